"""Reads tables with commas, semicolons or tabs between the columns: a row is a question with its answer."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from bot.knowledge.exchange.names import COLUMNS
from bot.knowledge.exchange.rows import Reached, Row, Rows, split_phrasings, tag_row, with_line_breaks

_SEPARATORS = ",;\t"
#: Rows that are looked at to tell what stands between the columns.
_SAMPLE = 20
#: Columns of a header that are looked at.
_WIDEST = 50


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column (from 0) is what; `count` columns in all."""

    count: int
    places: Mapping[str, int]

    def cell(self, cells: Sequence[str], what: str) -> str:
        place = self.places.get(what)
        return cells[place].strip() if place is not None and place < len(cells) else ""


#: What a table without a header row is taken for; the third column may be missing.
_BARE = _Columns(3, MappingProxyType({"question": 0, "answer": 1, "phrasings": 2}))


def read_csv(path: Path, text: str, reached: Reached) -> Rows:
    """The questions of the file, and its faults.

    A header row names the columns; without one they are question, answer and, if there is a third, phrasings.
    """
    rows = Rows(path)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    columns: _Columns | None = None
    start = 1
    try:
        for cells in reader:
            line, start = start, reader.line_num + 1
            reached(line)
            if not any(cell.strip() for cell in cells):
                continue
            if columns is None and (columns := _header(cells)):
                continue
            columns = columns or _BARE
            _take(rows, columns, line, cells)
    except csv.Error as error:
        rows.fault(start, f"the table breaks off in the row that begins here: {error}.")
    return rows


def _separator(text: str) -> str:
    """What stands between the columns: whatever gives the first rows the most of two columns or more, all alike."""

    def fit(separator: str) -> tuple[bool, int, int]:
        counts: list[int] = []
        header: _Columns | None = None
        try:
            for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
                header = header if counts else _header(cells)
                counts.append(len(cells))
                if len(counts) == _SAMPLE:
                    break
        except csv.Error:
            return False, 0, 0
        usual = max(set(counts), key=counts.count, default=0)
        return header is not None, counts.count(usual) if usual > 1 else 0, usual

    return max(_SEPARATORS, key=fit)


def _header(cells: Sequence[str]) -> _Columns | None:
    """The columns that a header row names; None when it names no question or no answer."""
    names = [cell.strip().casefold().replace(" ", "_") for cell in cells[:_WIDEST]]
    places = {
        what: place for what, known in COLUMNS.items() for place, name in reversed([*enumerate(names)]) if name in known
    }
    is_header = "answer" in places and ("question" in places or "tag" in places)
    return _Columns(len(cells), MappingProxyType(places)) if is_header else None


def _take(rows: Rows, columns: _Columns, line: int, cells: Sequence[str]) -> None:
    if len(cells) < 2 or len(cells) > columns.count:
        wanted = "2 or 3 columns are" if columns is _BARE else f"{columns.count} are"
        has = "1 column" if len(cells) == 1 else f"{len(cells)} columns"
        rows.fault(line, f"this row has {has}; {wanted} wanted. Text with separators or line breaks goes in quotes.")
        return
    answer = with_line_breaks(columns.cell(cells, "answer"))
    phrasings = split_phrasings(columns.cell(cells, "phrasings"))
    if "question" in columns.places:
        entry_id = columns.cell(cells, "id") or None
        rows.found.append(Row(line, columns.cell(cells, "question"), answer, phrasings, entry_id))
    else:
        rows.found.append(tag_row(line, columns.cell(cells, "tag"), answer, phrasings))
