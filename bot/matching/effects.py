"""What a change of the knowledge does to the answers that members get: as values, and in a few sentences for people.

Not here: how it is found out (`consequences`).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.matching.answer import Kind

#: Most sentences: what a person reads before pressing a button.
SENTENCES = 6


class Fate(StrEnum):
    """What becomes of a question, worst first: `misdirected` (the wording of an entry that keeps it, and now another
    entry answers), `lost` (was answered or offered something, now nothing), `unclear` (was answered, is now only
    offered several), `changed` (now another entry answers), `gained` (now answered), `offered` (now offered something).
    """

    MISDIRECTED = "misdirected"
    LOST = "lost"
    UNCLEAR = "unclear"
    CHANGED = "changed"
    GAINED = "gained"
    OFFERED = "offered"


@dataclass(frozen=True, slots=True)
class Named:
    """An entry by its id, with its question as members see it."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict on a question: `shown` are the entries that it is answered with or offered, best first."""

    kind: Kind
    shown: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class Affected:
    """A question whose verdict changes. `right`: the entry that has this wording when the change is in place, None for
    what members asked and for wordings that go; `own_question`: whether it is that entry's question, not a phrasing.
    """

    question: str
    fate: Fate
    before: Outcome
    after: Outcome
    right: Named | None = None
    own_question: bool = False


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """An entry that is sure enough to answer a new wording of the changed entry today, with that confidence (0 to 1):
    `phrasing` is its phrasing that is near, `text` the new wording.
    """

    changed: Named
    entry: Named
    confidence: float
    text: str
    phrasing: str


@dataclass(frozen=True, slots=True)
class NotFound:
    """A changed entry that does not answer its own question, and who does; None when nobody does."""

    entry: Named
    answered_by: Named | None


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a change does; `affected` worst first, `near_duplicates` nearest first, at most one a pair of entries.

    `unchanged`: questions that surely get the same verdict. `untouched`: those taken to, as no changed entry is near.
    `unasked`: those that were not asked, being too many.
    """

    near_duplicates: tuple[NearDuplicate, ...]
    affected: tuple[Affected, ...]
    not_found_by_own_question: tuple[NotFound, ...]
    unchanged: int
    untouched: int
    unasked: int

    @property
    def needs_confirmation(self) -> bool:
        """Whether publishing should ask a second time: an entry, changed or not, loses its own question."""
        lost = any(one.fate is Fate.MISDIRECTED and one.own_question for one in self.affected)
        return lost or bool(self.not_found_by_own_question)

    def of(self, fate: Fate) -> tuple[Affected, ...]:
        """The questions of that fate."""
        return tuple(one for one in self.affected if one.fate is fate)

    def sentences(self) -> tuple[str, ...]:
        """The worst in at most `SENTENCES` plain sentences, worst first; never none."""
        told = tuple(self._told())
        unasked = f"{_questions(self.unasked)} could not be tried, being too many." if self.unasked else ""
        kept = told[: SENTENCES - bool(unasked)] or ("No question that was tried gets another answer.",)
        return (*kept, unasked) if unasked else kept

    def _told(self) -> Iterator[str]:
        yield from self._told_of_own_questions()
        if wordings := [one for one in self.of(Fate.MISDIRECTED) if not one.own_question]:
            yield (
                f"{_count(len(wordings), 'wording')} of other entries {_is(len(wordings), 'leads', 'lead')} to "
                f"{_title(wordings[0].after)} then."
            )
        if lost := len(self.of(Fate.LOST)):
            yield f"{_questions(lost)} that members may ask {_is(lost)} not answered any more."
        if unclear := len(self.of(Fate.UNCLEAR)):
            yield f"{_questions(unclear)} that members may ask {_is(unclear)} then only offered several entries."
        yield from self._told_of_changed()
        yield from self._told_of_duplicates()
        if gained := len(self.of(Fate.GAINED)):
            yield f"{_questions(gained)} that had no sure answer {_is(gained)} then answered."
        if offered := len(self.of(Fate.OFFERED)):
            yield f"{_questions(offered)} that found nothing {_is(offered)} then offered something."

    def _told_of_own_questions(self) -> Iterator[str]:
        pairs = [(one.entry.title, one.answered_by) for one in self.not_found_by_own_question]
        taken = [one for one in self.of(Fate.MISDIRECTED) if one.own_question and one.right]
        known = {one.entry.id for one in self.not_found_by_own_question}
        pairs += [(one.right.title, one.after.shown[0]) for one in taken if one.right and one.right.id not in known]
        if pairs:
            title, other = pairs[0]
            why = f"'{other.title}' answers it" if other else "no entry answers it"
            more = f" So it is with {len(pairs) - 1} more." if len(pairs) > 1 else ""
            yield f"'{title}' is not found by its own question: {why}.{more}"

    def _told_of_changed(self) -> Iterator[str]:
        pairs = Counter((_title(one.after), _title(one.before)) for one in self.of(Fate.CHANGED))
        (pair, count), *others = pairs.most_common() or [(("", ""), 0)]
        if count:
            asked = f"{_questions(count)} that members may ask {_is(count)}"
            yield f"{asked} then answered by {pair[0]} instead of {pair[1]}."
        if more := sum(number for _, number in others):
            yield f"{_questions(more)} besides {_is(more)} then answered by other entries than before."

    def _told_of_duplicates(self) -> Iterator[str]:
        if self.near_duplicates:
            nearest = self.near_duplicates[0]
            others = len({one.entry.id for one in self.near_duplicates}) - 1
            more = f", and {others} more {_is(others)} near" if others else ""
            yield f"'{nearest.entry.title}' answers '{nearest.text}' today{more}. Correct that one instead?"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _questions(number: int) -> str:
    return _count(number, "question")


def _is(number: int, one: str = "is", more: str = "are") -> str:
    return one if number == 1 else more


def _title(outcome: Outcome) -> str:
    return " and ".join(f"'{entry.title}'" for entry in outcome.shown)
