"""Reads JSON into plain values and remembers the line of every key and item, which the standard library does not."""

import json
import re
from pathlib import Path

from bot.knowledge.exchange.rows import Reached
from bot.knowledge.faults import Fault
from bot.knowledge.yaml_file import DEPTH_LIMIT, Location, YamlFaultError, YamlFile

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


def parse_json(path: Path, text: str, reached: Reached) -> YamlFile:
    """The file's value; several values one after the other, as in JSON lines, count as a list of them.

    Raises `YamlFaultError` with one clear fault when it is no JSON.
    """
    reader = _Reader(path, text, reached)
    return YamlFile(path, reader.document(), reader.lines)


class _Reader:
    """Goes through the text once; strings and numbers are left to the standard library."""

    def __init__(self, path: Path, text: str, reached: Reached) -> None:
        self.lines: dict[Location, int] = {}
        self._path = path
        self._text = text
        self._reached = reached
        self._at = 0
        self._line = 1

    def document(self) -> object:
        """The one value, or the list of them."""
        first = self._value(())
        if self._peek() == "":
            return first
        # Only now is it known that the values are items of a list: their lines are read anew as such.
        self.lines, self._at, self._line = {}, 0, 1
        found: list[object] = []
        while self._peek() != "":
            found.append(self._value((len(found),)))
        return found

    def _peek(self) -> str:
        """The next character that is no space, "" at the end."""
        space = _SPACE.match(self._text, self._at)
        end = space.end() if space else self._at
        self._line += self._text.count("\n", self._at, end)
        self._at = end
        return self._text[end : end + 1]

    def _value(self, location: Location) -> object:
        opening = self._peek()
        self.lines.setdefault(location, self._line)
        if len(location) > DEPTH_LIMIT:
            raise self._fault("lists or mappings are nested too deep.")
        if opening == "{":
            self._reached(self._line)
            return self._mapping(location)
        return self._list(location) if opening == "[" else self._scalar()

    def _list(self, location: Location) -> list[object]:
        found: list[object] = []
        self._at += 1
        while self._more("]", is_first=not found):
            found.append(self._value((*location, len(found))))
        return found

    def _mapping(self, location: Location) -> dict[str, object]:
        found: dict[str, object] = {}
        self._at += 1
        while self._more("}", is_first=not found):
            if self._peek() != '"':
                raise self._fault('this is not valid JSON: a key in "quotes" is wanted.')
            line = self._line
            key = str(self._scalar())
            if key in found:
                raise self._fault(f"the key `{key}` stands here a second time.")
            if self._peek() != ":":
                raise self._fault("this is not valid JSON: a colon is wanted behind a key.")
            self._at += 1
            self.lines[(*location, key)] = line
            found[key] = self._value((*location, key))
        return found

    def _more(self, closing: str, *, is_first: bool) -> bool:
        """Whether another item follows; goes past the comma before it, or past the closing bracket."""
        character = self._peek()
        if character == closing:
            self._at += 1
            return False
        if not is_first:
            if character != ",":
                raise self._fault(f"this is not valid JSON: a comma or `{closing}` is wanted.")
            self._at += 1
            if self._peek() == closing:
                raise self._fault("this is not valid JSON: there is a comma behind the last item.")
        return True

    def _scalar(self) -> object:
        try:
            value, end = _DECODER.raw_decode(self._text, self._at)
        except json.JSONDecodeError as error:
            self._line += self._text.count("\n", self._at, error.pos)
            raise self._fault(f"this is not valid JSON: {error.msg.lower()}.") from None
        except ValueError:
            raise self._fault("this number is too long.") from None
        self._at = end
        return value

    def _fault(self, message: str) -> YamlFaultError:
        return YamlFaultError(Fault(self._path, self._line, message))
