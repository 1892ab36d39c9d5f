"""Puts the questions that nobody could answer together with their like.

Plain values in, plain values out; not here: where questions are kept, and what moderators make of a group.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import numpy as np

from bot.matching.coach import Coach
from bot.matching.likeness import DIGITS, Likeness, Met, Wordings
from bot.matching.normalise import plain
from bot.matching.rows import Floats

#: So many different people must ask anew what moderators dismissed before it comes up again.
ANEW = 3
#: How many nearest entries are told of a group.
NEAREST = 3


class Asked(Protocol):
    """A question of a member's as it is kept."""

    @property
    def number(self) -> int:
        """Counts up as questions are asked."""

    @property
    def member(self) -> int:
        """Who asked."""

    @property
    def text(self) -> str:
        """Their words."""

    @property
    def at(self) -> dt.datetime:
        """When they asked."""

    @property
    def chosen(self) -> str | None:
        """The id of the entry that they chose themselves; None for a plain miss."""

    @property
    def asked_mentor(self) -> bool:
        """Whether a mentor was asked."""

    @property
    def waiting(self) -> int:
        """How many people want to be told when there is an answer."""

    @property
    def dismissed(self) -> bool:
        """Whether moderators said that it is not for them."""


Question = TypeVar("Question", bound=Asked)


@dataclass(frozen=True, slots=True)
class Group(Generic[Question]):
    """Questions that ask the same, oldest first; `wordings` are their texts, each once, the most typical first.

    `people`: how many different members asked. `mentor_asks`: for how many of the questions a mentor was asked.
    `waiting`: how many want to be told. `nearest`: ids of the entries that come nearest, nearest first, though none of
    them was near enough. `dismissed`: how many questions like them moderators dismissed before.
    """

    questions: tuple[Question, ...]
    wordings: tuple[str, ...]
    people: int
    mentor_asks: int
    waiting: int
    nearest: tuple[str, ...]
    dismissed: int = 0

    @property
    def number(self) -> int:
        """The number of the question that was asked first, which is in no other group."""
        return self.questions[0].number

    @property
    def first(self) -> dt.datetime:
        """When it was first asked."""
        return self.questions[0].at

    @property
    def last(self) -> dt.datetime:
        """When it was last asked."""
        return self.questions[-1].at


@dataclass(frozen=True, slots=True)
class Proposal(Generic[Question]):
    """A wording by which members found an entry only on their own; `people`: how many different ones."""

    entry_id: str
    text: str
    questions: tuple[Question, ...]
    people: int


def groups(coach: Coach, questions: Iterable[Question], met: Met | None = None) -> tuple[Group[Question], ...]:
    """What was missed, with its like: what most people asked first, then what mentors were asked for most, then what
    was asked last.

    Each wording joins the group that it is most like on average, if that asks the same (see `likeness`), else it begins
    one; wordings come in the order in which they were first asked. So the same questions make the same groups, and one
    that is asked later changes nothing about those before it. What has no words, or was `chosen`, is left out.

    Dismissed questions are put together with the rest, and what is like them stays out of sight with them until `ANEW`
    different people have asked it; then those that were not dismissed come up as a group.

    `met` keeps what these questions mean for the next time, and nothing else; without it, 2,000 different wordings take
    ten seconds with an encoder, with it half a second.
    """
    asked = by_wording(question for question in questions if question.chosen is None)
    wordings = Wordings.of(coach.matcher, (one[0].text for one in asked), {} if met is None else met)
    likeness = wordings.likeness()
    together = _together(likeness, wordings.alike)
    shown = [members for members in together if _is_open([one for at in members for one in asked[at]])]
    typical = [_typical_first(members, likeness) for members in shown]
    near = wordings.near_entries([members[0] for members in typical])
    entries = coach.knowledge.entries
    every = (
        _group([asked[at] for at in members], tuple(entries[at].id for at in _highest(scores)))
        for members, scores in zip(typical, near, strict=True)
    )
    return tuple(sorted(every, key=lambda group: (-group.people, -group.mentor_asks, -group.last.timestamp())))


def proposals(coach: Coach, questions: Iterable[Question]) -> tuple[Proposal[Question], ...]:
    """The wordings whose askers chose an entry that does not have them yet: those of most people first.

    An entry that is gone is not proposed for; what was dismissed comes up again as in `groups`.
    """
    found: list[Proposal[Question]] = []
    by_entry: dict[str, list[Question]] = {}
    for question in questions:
        if question.chosen is not None:
            by_entry.setdefault(question.chosen, []).append(question)
    for entry_id, chosen in by_entry.items():
        entry = coach.knowledge.entry(entry_id)
        known = {plain(text) for text in (entry.question, *entry.phrasings)} if entry else set()
        for wording in by_wording(chosen) if entry else ():
            if plain(wording[0].text) not in known and _is_open(wording):
                left = tuple(one for one in wording if not one.dismissed)
                found.append(Proposal(entry_id, left[-1].text, left, _people(left)))
    return tuple(sorted(found, key=lambda one: (-one.people, -one.questions[-1].number)))


def _highest(scores: Floats) -> list[int]:
    best: list[int] = np.argsort(-scores, kind="stable")[:NEAREST].tolist()
    return best


def by_wording(questions: Iterable[Question]) -> list[list[Question]]:
    """The questions with the same words together, oldest first."""
    found: dict[str, list[Question]] = {}
    for question in sorted(questions, key=lambda one: one.number):
        if key := plain(question.text):
            found.setdefault(key, []).append(question)
    return list(found.values())


def _together(likeness: Likeness, alike: float) -> list[list[int]]:
    found: list[list[int]] = []
    owners = np.zeros(len(likeness), dtype=np.int64)
    for at, row in enumerate(likeness):
        if found:
            sums = np.bincount(owners[:at], weights=row[:at], minlength=len(found))
            means = sums / [len(members) for members in found]
            owners[at] = best = int(np.argmax(means))
            if means[best] >= alike:
                found[best].append(at)
                continue
        owners[at] = len(found)
        found.append([at])
    return found


def _typical_first(members: Sequence[int], likeness: Likeness) -> list[int]:
    """The members, that first which the others are most like."""
    means = likeness[np.ix_(members, members)].mean(axis=1).round(DIGITS)
    return [members[at] for at in np.argsort(-means, kind="stable")]


def _is_open(asked: Sequence[Asked]) -> bool:
    """Whether moderators should see it: none was dismissed, or enough people have asked anew."""
    left = [question for question in asked if not question.dismissed]
    return bool(left) and (len(left) == len(asked) or _people(left) >= ANEW)


def _people(asked: Iterable[Asked]) -> int:
    return len({question.member for question in asked})


def _group(wordings: Sequence[Sequence[Question]], nearest: tuple[str, ...]) -> Group[Question]:
    left = [[question for question in asked if not question.dismissed] for asked in wordings]
    questions = sorted((question for asked in left for question in asked), key=lambda one: one.number)
    return Group(
        tuple(questions), tuple(asked[-1].text for asked in left if asked), _people(questions),
        sum(question.asked_mentor for question in questions), sum(question.waiting for question in questions), nearest,
        dismissed=sum(map(len, wordings)) - len(questions),
    )  # fmt: skip
