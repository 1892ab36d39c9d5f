"""A question with its answer as a file of any format has it, before it is an entry."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from bot.knowledge.exchange.ids import title_of, words_key
from bot.knowledge.faults import Fault
from bot.knowledge.knowledge import LIST_ITEM
from bot.knowledge.yaml_file import Location, YamlFile

#: Is told the line (from 1) that reading has come to, now and then.
Reached = Callable[[int], None]

FENCE = "```"


@dataclass(frozen=True, slots=True)
class Row:
    """One question, where it stands, and what the file says of it; `id` is None where the file has none."""

    line: int
    question: str
    answer: str
    phrasings: tuple[str, ...] = ()
    id: str | None = None
    answer_line: int | None = None


@dataclass(slots=True)
class Rows:
    """All rows of a file in its order, and what is wrong in it."""

    path: Path
    found: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, line: int, message: str) -> None:
        """Notes a fault of the file."""
        self.faults.append(Fault(self.path, line, message))

    def file(self) -> YamlFile:
        """The rows as a file of entries, with the lines where they really stand."""
        lines: dict[Location, int] = {}
        entries: list[object] = []
        for position, row in enumerate(self.found):
            lines[("entries", position)] = row.line
            lines[("entries", position, "answer")] = row.answer_line or row.line
            entry: dict[str, object] = {
                "question": row.question,
                "phrasings": _other_wordings(row),
                "answer": row.answer,
            }
            entries.append(entry if row.id is None else {"id": row.id, **entry})
            for key in ("id", "question", "phrasings"):
                lines[("entries", position, key)] = row.line
        return YamlFile(self.path, {"entries": entries}, lines)


def tag_row(line: int, name: str, answer: str, phrasings: Iterable[str] = (), answer_line: int | None = None) -> Row:
    """The row of a tag or custom command: its name becomes a title, and stays as a phrasing."""
    return Row(line, title_of(name), answer, (name, *phrasings), answer_line=answer_line)


def split_phrasings(text: str) -> tuple[str, ...]:
    """Phrasings that stand in one text, one a line or with ` | ` between them."""
    parts = (part.strip() for line in text.splitlines() for part in f" {line} ".split(" | "))
    return tuple(part for part in parts if part)


def with_line_breaks(text: str) -> str:
    """An answer in which each line break is meant, as in chat; in a knowledge file only a blank line is one.

    List items and code blocks keep their lines anyway.
    """
    lines: list[str] = []
    in_code = False
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if lines and lines[-1].strip() and line.strip() and not in_code and not LIST_ITEM.match(line.strip()):
            lines.append("")
        lines.append(line)
        in_code ^= bool(line.count(FENCE) % 2)
    return "\n".join(lines)


def _other_wordings(row: Row) -> list[str]:
    """The row's phrasings without those that say the same as its question or one before; once is enough."""
    seen = {words_key(row.question)}
    kept: list[str] = []
    for phrasing in row.phrasings:
        words = words_key(phrasing)
        if not words or words not in seen:
            kept.append(phrasing)
            seen.add(words)
    return kept
