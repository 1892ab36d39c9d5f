"""The JSON Schema of all knowledge files, made from the models, so that editors complete and check while one types."""

import json

from pydantic import BaseModel

from bot.knowledge.coaching_kinds import COACHING_KINDS
from bot.knowledge.models import EntriesFile, GuideFile, OutOfScopeFile, WordsFile

#: The key by which a file of each kind is known from the others, whatever else it holds or lacks.
_KINDS: tuple[tuple[str, type[BaseModel]], ...] = (
    ("entries", EntriesFile),
    ("guide", GuideFile),
    ("out_of_scope", OutOfScopeFile),
    *((kind.key, kind.model) for kind in COACHING_KINDS),
)


def schema_text() -> str:
    """`knowledge/schema.json` as it must stand: a file is of the kind of its telling key, without one it is words."""
    definitions: dict[str, object] = {}
    branch: dict[str, object] = {"$ref": "#/$defs/WordsFile"}
    models: list[type[BaseModel]] = [*(model for _, model in _KINDS), WordsFile]
    for model in models:
        schema = model.model_json_schema(ref_template="#/$defs/{model}")
        definitions |= schema.pop("$defs", {})
        definitions[model.__name__] = schema
    for key, model in reversed(_KINDS):
        branch = {"if": {"required": [key]}, "then": {"$ref": f"#/$defs/{model.__name__}"}, "else": branch}
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Waymark knowledge files", **branch}
    return json.dumps({**whole, "$defs": dict(sorted(definitions.items()))}, indent=2) + "\n"
