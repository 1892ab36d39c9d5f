"""What is wrong between the entries of a file, or in a text that its model lets pass.

Not here: phrasings that only the matcher takes for the same (`bot.matching.check`).
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from bot.knowledge.exchange.ids import words_key
from bot.knowledge.faults import Fault
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.loading import PlacedEntry
from bot.knowledge.models import ANSWER_LIMIT
from bot.knowledge.yaml_file import Location


def wording_faults(placed: Sequence[PlacedEntry]) -> Iterator[Fault]:
    """Ids and wordings that stand in the file twice, wordings without a word, answers too long for Discord."""
    ids: dict[str, PlacedEntry] = {}
    owners: dict[str, tuple[PlacedEntry, Location]] = {}
    for one in placed:
        first = ids.setdefault(one.entry.id, one)
        if first is not one:
            yield one.fault(("id",), f"the id `{one.entry.id}` is taken already in line {_line(first, ('id',))}.")
        yield from _long_answer(one)
        for location, text in _wordings(one):
            words = words_key(text)
            if not words:
                yield one.fault(location, f"`{_short(text)}` has no word that could be matched.")
                continue
            owner, where = owners.setdefault(words, (one, location))
            if (owner, where) != (one, location):
                yield one.fault(location, f"`{_short(text)}` is asked already in line {_line(owner, where)}.")


def _wordings(placed: PlacedEntry) -> Iterator[tuple[Location, str]]:
    yield ("question",), placed.entry.question
    for number, text in enumerate(placed.entry.phrasings):
        yield ("phrasings", number), text


def _long_answer(placed: PlacedEntry) -> Iterator[Fault]:
    if len(placed.entry.answer) > ANSWER_LIMIT:
        # Lines that are wrapped in the file are joined for Discord; figures are filled in later and seldom longer.
        length = len(Knowledge().text_of(placed.entry, dt.date.min))
        if length > ANSWER_LIMIT:
            yield placed.fault(("answer",), f"`answer` has {length:,} characters; {ANSWER_LIMIT:,} is the most.")


def _line(placed: PlacedEntry, location: Location) -> int:
    return placed.file.line(("entries", placed.position, *location))


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
