"""What bots, sheets and people call the parts of an entry."""

from collections.abc import Mapping
from types import MappingProxyType

#: For each part of an entry the names of a column or key that hold it, the surest first. `tag` is a short name that is
#: no question yet: Red's custom commands call it `command`, tag lists such as Carl-bot's `name`.
COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "question": ("question", "title", "q", "frage"),
        "tag": ("name", "tag", "tag_name", "command", "trigger", "key"),
        "answer": ("answer", "content", "response", "responses", "reply", "text", "value", "body", "a", "antwort"),
        "phrasings": (
            "phrasings",
            "phrasing",
            "also_asked",
            "aliases",
            "alias",
            "alternatives",
            "variants",
            "triggers",
        ),
        "id": ("id",),
    }
)
