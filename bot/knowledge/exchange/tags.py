"""Finds questions, tags and custom commands in JSON, however deep a bot's export wraps them.

The shapes that are known:

- Red's `settings.json` of customcom (redbot/cogs/customcom/customcom.py): number of the cog, `GUILD`, number of the
  server, `commands`, name, then `{"command", "response", …}` with text or a list of texts; null for a deleted one
- lists of `{"name", "content"}` as tag lists of Carl-bot, R. Danny and their like are saved; Carl-bot documents no
  export of its own (docs.carl.gg names none), so its numbers and owners are passed over
- `{"name": "content"}`, and lists of `{"question", "answer"}`
"""

from bot.knowledge.exchange.names import COLUMNS
from bot.knowledge.exchange.rows import Row, Rows, split_phrasings, tag_row, with_line_breaks
from bot.knowledge.yaml_file import Location, YamlFile


def read_tags(file: YamlFile) -> Rows:
    """Every question of the file in its order, and what is wrong with the others."""
    finder = _Finder(file)
    finder.search(file.data, ())
    return finder.rows


class _Finder:
    def __init__(self, file: YamlFile) -> None:
        self.rows = Rows(file.path)
        self._file = file

    def search(self, value: object, location: Location) -> None:
        """Takes what stands at the location and below it."""
        if isinstance(value, list):
            for number, item in enumerate(value):
                self._item(item, (*location, number))
        elif isinstance(value, dict):
            self._mapping(value, location)
        elif not location:
            self.rows.fault(1, "there is no question here; a list of questions and answers is wanted.")

    def _item(self, item: object, location: Location) -> None:
        if isinstance(item, dict) and _part(item, "answer") is None and not _holds_more(item):
            self._fault(location, "this has no answer; it is wanted under `answer`, `content` or `response`.")
        elif isinstance(item, dict | list):
            self.search(item, location)
        else:
            self._fault(location, 'a mapping such as {"question": …, "answer": …} is wanted here.')

    def _mapping(self, mapping: dict[str, object], location: Location) -> None:
        answer = _part(mapping, "answer")
        named = location[-1] if location and isinstance(location[-1], str) else None
        if answer is not None and (_part(mapping, "question") or _part(mapping, "tag") or named is not None):
            self._record(mapping, location, answer)
        elif all(_is_text(value) for value in mapping.values()):
            for name, value in mapping.items():
                answer_text = self._text(value, (*location, name))
                self.rows.found.append(tag_row(self._file.line((*location, name)), name, answer_text))
        else:
            # Single values beside the wanted ones, such as a version, and null, are of no use here.
            for name, value in mapping.items():
                self.search(value, (*location, name))

    def _record(self, record: dict[str, object], location: Location, answer_key: str) -> None:
        line = self._file.line(location)
        answer_line = self._file.line((*location, answer_key))
        answer = self._text(record[answer_key], (*location, answer_key))
        phrasings_key = _part(record, "phrasings")
        phrasings: tuple[str, ...] = ()
        if phrasings_key is not None and record[phrasings_key] is not None:
            phrasings = split_phrasings(self._text(record[phrasings_key], (*location, phrasings_key)))
        if question_key := _part(record, "question"):
            question = self._text(record[question_key], (*location, question_key))
            entry_id = record.get("id")
            own = str(entry_id) if isinstance(entry_id, str | int) else None
            self.rows.found.append(Row(line, question, answer, phrasings, own, answer_line))
            return
        name_key = _part(record, "tag")
        name = self._text(record[name_key], (*location, name_key)) if name_key else str(location[-1])
        self.rows.found.append(tag_row(line, name, answer, phrasings, answer_line))

    def _text(self, value: object, location: Location) -> str:
        """The text, or a list of texts one below the other; anything else is a fault."""
        if isinstance(value, str):
            text = value
        elif isinstance(value, list) and all(isinstance(item, str) for item in value):
            text = "\n".join(value)
        else:
            self._fault(location, f"`{location[-1]}` must be text or a list of texts.")
            text = "-"
        return with_line_breaks(text)

    def _fault(self, location: Location, message: str) -> None:
        self.rows.fault(self._file.line(location), message)


def _part(mapping: dict[str, object], what: str) -> str | None:
    """The mapping's key for that part of an entry."""
    return next((name for name in COLUMNS[what] if name in mapping), None)


def _is_text(value: object) -> bool:
    return isinstance(value, str) or (
        isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value)
    )


def _holds_more(mapping: dict[str, object]) -> bool:
    """Whether the mapping only wraps others."""
    return _part(mapping, "question") is None and any(isinstance(value, dict | list) for value in mapping.values())
