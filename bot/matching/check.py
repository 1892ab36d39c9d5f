"""The faults that only the matcher can see: wordings that clash, and entries that their own question does not find.

Not here: rules that need no comparing of words (`bot.knowledge.check`).
"""

import datetime as dt
from collections.abc import Iterable, Iterator

from bot.knowledge.check import check_reading
from bot.knowledge.faults import Fault
from bot.knowledge.loading import PlacedEntry, Reading
from bot.knowledge.yaml_file import Location
from bot.matching.coach import Coach
from bot.matching.lexicon import Lexicon
from bot.matching.normalise import plain
from bot.matching.phrases import phrase_stems


def check_all(reading: Reading, today: dt.date) -> list[Fault]:
    """Every fault of the files, of the rules across them and of finding their entries, sorted by file and line."""
    return sorted(
        {
            *check_reading(reading, today),
            *clashes(reading.placed),
            *_contradictions(reading),
            *_own_lookalikes(reading),
            *_clashing_leads(reading),
            *_lost(reading),
        }
    )


def _wordings(placed: PlacedEntry) -> Iterator[tuple[Location, str]]:
    yield ("question",), placed.entry.question
    for number, text in enumerate(placed.entry.phrasings):
        yield ("phrasings", number), text


def clashes(entries: Iterable[PlacedEntry]) -> Iterator[Fault]:
    """Wordings without a word, and those that stand twice, in one entry or in two."""
    owners: dict[str, PlacedEntry] = {}
    for placed in entries:
        for location, text in _wordings(placed):
            words = plain(text)
            if not words:
                yield placed.fault(location, f"`{text}` has no word that could be matched.")
            elif words not in owners:
                owners[words] = placed
            elif owners[words] is placed:
                yield placed.fault(location, f"`{text}` stands in `{placed.entry.id}` twice; once is enough.")
            elif owners[words].entry.id != placed.entry.id:
                other = owners[words].entry.id
                yield placed.fault(location, f"`{text}` is a phrasing of `{other}` too; it can lead to one only.")


def _contradictions(reading: Reading) -> Iterator[Fault]:
    """Out-of-scope texts that an entry answers: what is taught with them would speak against that entry."""
    owners: dict[str, str] = {}
    for placed in reading.placed:
        for _, text in _wordings(placed):
            owners.setdefault(plain(text), placed.entry.id)
    for outside in reading.out_of_scope:
        # Without a word a text is nobody's wording; it teaches nothing and does no harm.
        words = plain(outside.text)
        if words and words in owners:
            message = f"`{outside.text}` is out of scope here and a phrasing of `{owners[words]}`; it can be one only."
            yield outside.fault(message)


def _own_lookalikes(reading: Reading) -> Iterator[Fault]:
    """Lookalikes that their entry answers after all."""
    for placed in reading.placed:
        wordings = {plain(text) for _, text in _wordings(placed)}
        for number, text in enumerate(placed.entry.lookalikes):
            if not plain(text):
                yield placed.fault(("not", number), f"`{text}` has no word that could be matched.")
            elif plain(text) in wordings:
                message = f"`{text}` is under `not` and a phrasing of `{placed.entry.id}`; it can be one only."
                yield placed.fault(("not", number), message)


def _clashing_leads(reading: Reading) -> Iterator[Fault]:
    """Phrases that nobody can name, and those that name two leads of an entry."""
    lexicon = Lexicon(reading.words)
    for placed in reading.placed:
        owners: dict[tuple[str, ...], int] = {}
        for lead, one in enumerate(placed.entry.leads):
            for number, phrase in enumerate(one.when):
                stems = phrase_stems(phrase, lexicon)
                if not stems:
                    yield placed.fault(
                        ("leads", lead, "when", number), f"`{phrase}` has no word that could be matched."
                    )
                elif owners.setdefault(stems, lead) != lead:
                    message = (
                        f"`{phrase}` names lead {owners[stems] + 1} of `{placed.entry.id}` too; it can be one only."
                    )
                    yield placed.fault(("leads", lead, "when", number), message)


def _lost(reading: Reading) -> Iterator[Fault]:
    """Entries that are not found first by their own question, which can only be when another has the same wording."""
    coach = Coach.knowing(reading.knowledge())
    for placed in reading.placed:
        ranked = coach.matcher.rank(placed.entry.question, limit=1)
        if ranked and ranked[0].id != placed.entry.id:
            message = f"`{placed.entry.id}` is not found first by its own question; `{ranked[0].id}` is."
            yield placed.fault(("question",), message)
