"""Reads one YAML file into plain values, remembering the line of every key and item.

Safe against files of any kind: broken, huge, binary, oddly encoded, or made to blow up by aliases. Not here: what the
values must be (`loading`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.knowledge.faults import Fault

#: Largest file in bytes, to read and to import. 10,000 entries have about 5 MB; the largest shipped file far under 0.1.
SIZE_LIMIT = 25_000_000
#: Deepest nesting of lists and mappings; knowledge files use five levels.
DEPTH_LIMIT = 50

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")

Location = tuple[str | int, ...]

# The C loader is about ten times as fast; PyYAML lacks it only where it was built without libyaml.
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlFaultError(Exception):
    """The file cannot be read as YAML; holds the one fault that says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A parsed file: `data` in plain values, and the lines of what stands in it."""

    path: Path
    data: object
    lines: dict[Location, int]

    def line(self, location: Location) -> int:
        """The line (from 1) of the key or item, or of the nearest thing around it that is known."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)


def read_yaml(path: Path) -> YamlFile:
    """Reads a file; raises `YamlFaultError` with one clear fault when it cannot be used. Never hangs on any file."""
    try:
        size = path.stat().st_size
        if size > SIZE_LIMIT:
            raise YamlFaultError(too_large(path, size))
        raw = path.read_bytes()
    except OSError as error:
        raise YamlFaultError(Fault(path, 1, f"the file cannot be read ({error.strerror}).")) from None
    return parse_yaml(path, text_of(path, raw))


def parse_yaml(path: Path, text: str, reached: Callable[[int], None] = lambda _: None) -> YamlFile:
    """The same for a file's text; `path` names it in faults, and `reached` is told the line now and then."""
    loader = _Loader(text)
    try:
        reader = _Reader(path, loader, reached)
        data = reader.document()
    except yaml.YAMLError as error:
        raise YamlFaultError(_syntax_fault(path, text, error)) from None
    finally:
        loader.dispose()
    return YamlFile(path, data, reader.lines)


def text_of(path: Path, raw: bytes) -> str:
    """The text of a file's bytes; raises `YamlFaultError` when they are too many, or are not text in UTF-8."""
    if len(raw) > SIZE_LIMIT:
        raise YamlFaultError(too_large(path, len(raw)))
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise YamlFaultError(Fault(path, 1, "the file is UTF-16; save it as UTF-8."))
    if b"\x00" in raw:
        raise YamlFaultError(Fault(path, raw.count(b"\n", 0, raw.index(b"\x00")) + 1, "this is not a text file."))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise YamlFaultError(
            Fault(path, line, f"byte 0x{raw[error.start]:02x} is not UTF-8; save it as UTF-8.")
        ) from None


def too_large(path: Path, size: int) -> Fault:
    """The fault of a file of that many bytes."""
    return Fault(path, 1, f"the file has {size:,} bytes; {SIZE_LIMIT:,} is the most. Split it up.")


def _syntax_fault(path: Path, text: str, error: yaml.YAMLError) -> Fault:
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context or "unreadable"
        return Fault(path, mark.line + 1 if mark else 1, f"this is not valid YAML: {problem}.")
    position = getattr(error, "position", 0)
    return Fault(path, text.count("\n", 0, position) + 1, "there is a control character that YAML does not allow.")


class _Reader:
    """Turns a parser's events into values; refuses aliases, doubled keys and depth, which knowledge files never need.

    Events come one by one, so depth is met before it can overflow the C stack, as composing whole nodes would; and
    other threads have their turn between two of them.
    """

    def __init__(self, path: Path, loader: yaml.SafeLoader, reached: Callable[[int], None]) -> None:
        self.lines: dict[Location, int] = {}
        self._path = path
        self._loader = loader
        self._reached = reached

    def document(self) -> object:
        """The value of the only document, None where there is none."""
        self._next()  # the start of the stream
        start = self._next()
        if not isinstance(start, yaml.DocumentStartEvent):
            return None
        value = self._value(self._next(), ())
        self._next()  # the end of the document
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            raise YamlFaultError(Fault(self._path, _line(after), "this is not valid YAML: but found another document."))
        return value

    def _next(self) -> yaml.Event:
        event: yaml.Event = self._loader.get_event()  # type: ignore[no-untyped-call] # the stubs leave it bare
        return event

    def _value(self, event: yaml.Event, location: Location) -> object:
        line = _line(event)
        self.lines.setdefault(location, line)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.AliasEvent):
            raise YamlFaultError(Fault(self._path, line, "aliases (&name, *name) are not allowed; write it out."))
        if len(location) > DEPTH_LIMIT:
            raise YamlFaultError(Fault(self._path, line, "lists or mappings are nested too deep."))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(location)
        self._reached(line)
        return self._mapping(location)

    def _sequence(self, location: Location) -> list[object]:
        found: list[object] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            found.append(self._value(event, (*location, len(found))))
        return found

    def _mapping(self, location: Location) -> dict[str, object]:
        found: dict[str, object] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            line = _line(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise YamlFaultError(Fault(self._path, line, "a key must be plain text."))
            key: str = event.value
            if key in found:
                raise YamlFaultError(Fault(self._path, line, f"the key `{key}` stands here a second time."))
            self.lines[(*location, key)] = line
            found[key] = self._value(self._next(), (*location, key))
        return found

    def _scalar(self, event: yaml.ScalarEvent) -> object:
        tag = event.tag
        if tag is None or tag == "!":
            tag = self._loader.resolve(yaml.ScalarNode, event.value, event.implicit)  # type: ignore[no-untyped-call]
        return _scalar(tag, event.value)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _scalar(tag: str, text: str) -> object:
    """The value of plain text as YAML 1.2 has it: in YAML 1.1 `on`, `no` and `12:30` would be no text."""
    kind = tag.rpartition(":")[2]
    if kind == "null":
        return None
    if kind == "bool" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if kind in ("int", "float") and _NUMBER.fullmatch(text):
        return int(text) if text.lstrip("-").isdigit() else float(text)
    return text
