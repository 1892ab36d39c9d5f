"""Says in plain words what a file's models refuse: the key, what stands there, what is wanted."""

import difflib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.knowledge.faults import Fault
from bot.knowledge.yaml_file import Location, YamlFile

_KIND: Mapping[type, str] = MappingProxyType(
    {dict: "a mapping", list: "a list", str: "text", bool: "true or false", int: "a number", float: "a number"}
)
_WANTED: Mapping[str, str] = MappingProxyType(
    {
        "string_type": "text",
        "float_type": "a number",
        "int_type": "a number",
        "bool_type": "true or false",
        "list_type": "a list",
        "dict_type": "a mapping",
        "model_type": "a mapping",
        "model_attributes_type": "a mapping",
        "greater_than_equal": "a number from {ge:g}",
        "too_short": "at least {min_length} items",
        "too_long": "at most {max_length} items",
        "string_too_long": "at most {max_length} characters",
        "literal_error": "one of {expected}",
    }
)
_PATTERNS: Mapping[str, str] = MappingProxyType(
    {
        r"^[a-z0-9]+(-[a-z0-9]+)*$": "small letters and digits, joined by single hyphens",
        r"^[a-z][a-z0-9_]*$": "small letters, digits and underscores, starting with a letter",
        r"^\d{4}(-\d{2}(-\d{2})?)?$": "a date such as 2025, 2025-06 or 2025-06-30",
        r"^https?://\S+$": "an address that starts with https://",
    }
)


def explain(file: YamlFile, error: ValidationError, model: type[BaseModel], base: Location = ()) -> list[Fault]:
    """One fault a place for what the model refused in the file (below `base`), in the order of the lines."""
    known = {location[:length] for location in file.lines for length in range(len(location) + 1)}
    found: dict[Location, list[ErrorDetails]] = {}
    for detail in error.errors(include_url=False):
        location = _place((*base, *detail["loc"]), known, is_missing=detail["type"] == "missing")
        found.setdefault(location, []).append(detail)
    return sorted(
        Fault(file.path, file.line(location), _sentence(location, details, model))
        for location, details in found.items()
    )


def _place(location: Location, known: set[Location], *, is_missing: bool) -> Location:
    """The steps of the location that lead on in the file, and the key that is missing behind them.

    Pydantic adds steps of its own, such as the branch of a union or "[key]".
    """
    place: Location = ()
    for step in location:
        if (*place, step) in known:
            place = (*place, step)
    return (*place, location[-1]) if is_missing else place


def _sentence(location: Location, details: list[ErrorDetails], model: type[BaseModel]) -> str:
    name = _name(location)
    first = details[0]
    if first["type"] == "missing":
        return f"{_name(location[:-1])} lacks the key `{location[-1]}`."
    if first["type"] == "extra_forbidden":
        return f"unknown key `{location[-1]}`{_nearest(str(location[-1]), model)}."
    if "[key]" in first["loc"]:
        return f"the key {name} must be {_wanted(first)}."
    wanted = " or ".join(dict.fromkeys(_wanted(detail) for detail in details))
    return f"{name} is {_shown(first['input'])}; it must be {wanted}."


def _name(location: Location) -> str:
    """`entries.3.answer` as people count: the key, and for an item of a list its position from 1."""
    if not location:
        return "the file"
    last = location[-1]
    if isinstance(last, int):
        return f"item {last + 1} of {_name(location[:-1])}"
    return f"`{last}`"


def _wanted(detail: ErrorDetails) -> str:
    context = detail.get("ctx", {})
    if detail["type"] == "string_pattern_mismatch":
        return _PATTERNS.get(context.get("pattern", ""), "written otherwise")
    if detail["type"] == "value_error":
        return detail["msg"].removeprefix("Value error, must be ")
    if detail["type"] == "too_long" and isinstance(detail["input"], str):
        return _WANTED["string_too_long"].format(**context)
    template = _WANTED.get(detail["type"])
    return template.format(**context) if template else detail["msg"].lower().rstrip(".")


def _shown(value: object) -> str:
    if value is None:
        return "empty"
    if isinstance(value, dict | list):
        return _KIND[type(value)]
    text = str(value)
    if not text.strip():
        return "empty"
    return f"`{text}`" if len(text) <= 40 else f"`{text[:39]}…` ({len(text)} characters)"


def _nearest(key: str, model: type[BaseModel]) -> str:
    near = difflib.get_close_matches(key, _all_keys(model), n=1)
    return f" (did you mean `{near[0]}`?)" if near else ""


@cache
def _all_keys(model: type[BaseModel]) -> tuple[str, ...]:
    """Every key of the model and of the models in it, read from its schema so that nested ones are found too."""
    schema = model.model_json_schema()
    parts = [schema, *schema.get("$defs", {}).values()]
    return tuple(sorted({key for part in parts for key in part.get("properties", {})}))
