"""Reads one YAML file into plain values, remembering the line of every key and item.

Safe against files of any kind: broken, huge, binary, oddly encoded, or made to blow up by aliases. Not here: what the
values must be (`loading`).
"""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.knowledge.faults import Fault

#: Largest knowledge file in bytes. The largest shipped file is far under 0.1 MB; 5 MB already takes a second to parse.
SIZE_LIMIT = 5_000_000
#: Deepest nesting of lists and mappings; knowledge files use five levels. Kept well under what overflows the C stack.
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
    text = _text_of(path)
    _refuse_depth(path, text)
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        reader = _Reader(path)
        data = reader.value(node, ()) if node is not None else None
    except yaml.YAMLError as error:
        raise YamlFaultError(_syntax_fault(path, text, error)) from None
    finally:
        loader.dispose()
    return YamlFile(path, data, reader.lines)


def _text_of(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > SIZE_LIMIT:
            raise YamlFaultError(
                Fault(path, 1, f"the file has {size:,} bytes; {SIZE_LIMIT:,} is the most. Split it up.")
            )
        raw = path.read_bytes()
    except OSError as error:
        raise YamlFaultError(Fault(path, 1, f"the file cannot be read ({error.strerror}).")) from None
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


def _refuse_depth(path: Path, text: str) -> None:
    """Refuses runs of brackets, dashes or indents that would overflow the C stack before any node exists."""
    depth = 0
    for number, line in enumerate(text.splitlines(), 1):
        depth = max(0, depth + line.count("[") + line.count("{") - line.count("]") - line.count("}"))
        dashes = len(line) - len(line.lstrip("- ?"))
        if depth > 20 * DEPTH_LIMIT or dashes > 20 * DEPTH_LIMIT:
            raise YamlFaultError(Fault(path, number, "lists or mappings are nested too deep."))


def _syntax_fault(path: Path, text: str, error: yaml.YAMLError) -> Fault:
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context or "unreadable"
        return Fault(path, mark.line + 1 if mark else 1, f"this is not valid YAML: {problem}.")
    position = getattr(error, "position", 0)
    return Fault(path, text.count("\n", 0, position) + 1, "there is a control character that YAML does not allow.")


class _Reader:
    """Turns nodes into values; refuses aliases, doubled keys and depth, which knowledge files never need."""

    def __init__(self, path: Path) -> None:
        self.lines: dict[Location, int] = {}
        self._path = path
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, location: Location) -> object:
        line = node.start_mark.line + 1
        self.lines.setdefault(location, line)
        if not isinstance(node, yaml.ScalarNode):
            # An alias is composed to the very node it names, so a node met twice is an alias.
            if id(node) in self._seen:
                raise YamlFaultError(Fault(self._path, line, "aliases (&name, *name) are not allowed; write it out."))
            self._seen.add(id(node))
        if len(location) > DEPTH_LIMIT:
            raise YamlFaultError(Fault(self._path, line, "lists or mappings are nested too deep."))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*location, number)) for number, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, location)
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, location: Location) -> dict[str, object]:
        found: dict[str, object] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise YamlFaultError(Fault(self._path, line, "a key must be plain text."))
            key = key_node.value
            if key in found:
                raise YamlFaultError(Fault(self._path, line, f"the key `{key}` stands here a second time."))
            self.lines[(*location, key)] = line
            found[key] = self.value(value_node, (*location, key))
        return found


def _scalar(node: yaml.Node) -> object:
    """The value of plain text as YAML 1.2 has it: in YAML 1.1 `on`, `no` and `12:30` would be no text."""
    text: str = node.value
    kind = node.tag.rpartition(":")[2]
    if kind == "null":
        return None
    if kind == "bool" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if kind in ("int", "float") and _NUMBER.fullmatch(text):
        return int(text) if text.lstrip("-").isdigit() else float(text)
    return text
