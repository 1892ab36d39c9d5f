"""Writes entries as YAML, the same entries as the same bytes on every machine.

PyYAML's own writer would not do: with libyaml it lays text out otherwise than without.
"""

import re
from collections.abc import Iterable, Mapping

from bot.knowledge.models import Entry

#: The order of an entry's keys, as docs/knowledge.md has them.
_KEYS = ("id", "theme", "question", "phrasings", "not", "answer", "leads", "related", "sources")

#: What may stand in a file as it is. The others, such as the line breaks that only Unicode knows, are written as codes.
_SHOWN = "\\x20-\\x7e\\xa1-\\u2027\\u202f-\\ud7ff\\ue000-\\ufefe\\uff00-\\ufffd\\U00010000-\\U0010ffff"
#: Text that YAML takes as it stands: a letter first, no `#`, no colon before a space.
_PLAIN = re.compile(f"[A-Za-z](?:(?![#:])[{_SHOWN}]|:(?=[{_SHOWN}])(?! ))*")
#: Several lines, none with space at its end, the first not indented.
_BLOCK = re.compile(f"(?![ \\t])[\\t\\n{_SHOWN}]*")
_SPACE_AT_END = re.compile(r"[ \t](?:\n|$)")
_CODED = re.compile(f'[^{_SHOWN}]|["\\\\]')
_CODES: Mapping[str, str] = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
#: Words that some reader of YAML takes for something else than text.
_NO_TEXT = frozenset("null true false yes no on off y n".split())


def write_entries(entries: Iterable[Entry]) -> str:
    """A file of the entries, sorted by id, that `load_community` takes and `read_entries` gives back as they are.

    Lines are never wrapped: a text's own line breaks are the only ones.
    """
    lines: list[str] = []
    for entry in sorted(entries, key=lambda entry: entry.id):
        values = entry.model_dump(by_alias=True, exclude_defaults=True)
        _mapping(lines, {key: values[key] for key in _KEYS if key in values}, "  - ", "    ")
    return "\n".join(["entries:", *lines, ""]) if lines else "entries: []\n"


def _mapping(lines: list[str], values: Mapping[str, object], first: str, indent: str) -> None:
    for number, (key, value) in enumerate(values.items()):
        start = f"{indent if number else first}{key}:"
        if isinstance(value, str):
            lines.append(f"{start} {_text(value, indent)}")
        elif isinstance(value, list):
            lines.append(start)
            for item in value:
                if isinstance(item, Mapping):
                    _mapping(lines, item, f"{indent}  - ", f"{indent}    ")
                else:
                    lines.append(f"{indent}  - {_text(str(item), indent + '  ')}")


def _text(text: str, indent: str) -> str:
    if _PLAIN.fullmatch(text) and not text.endswith(" ") and text.lower() not in _NO_TEXT:
        return text
    if "\n" in text and text == text.strip() and _BLOCK.fullmatch(text) and not _SPACE_AT_END.search(text):
        block = "\n".join(f"{indent}  {line}" if line else "" for line in text.split("\n"))
        return f"|-\n{block}"
    return f'"{_CODED.sub(lambda found: _code(found[0]), text)}"'


def _code(character: str) -> str:
    number = ord(character)
    if character in _CODES:
        return _CODES[character]
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
