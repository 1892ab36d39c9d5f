"""Tells which of the questions that nobody could answer an entry answers, once it is published."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic

from bot.matching.answer import Kind
from bot.matching.coach import Coach
from bot.matching.compound import questions_of
from bot.matching.grouping import Question, by_wording
from bot.matching.likeness import Met, Wordings
from bot.matching.passages import passages_of
from bot.matching.rows import Floats

#: A question is tried when an entry is among so many nearest ones, by meaning or by words. `consequences` found that no
#: verdict which shows the entry is missed so.
NEAR = 4
#: Most wordings that are tried when an entry is published; with an encoder that takes up to fifteen seconds.
MOST = 500


@dataclass(frozen=True, slots=True)
class Answerable(Generic[Question]):
    """A question that was not answered, and the entry that answers it now."""

    question: Question
    entry_id: str


def answerable(
    coach: Coach,
    questions: Iterable[Question],
    entry_ids: Collection[str],
    met: Met | None = None,
    most: int = MOST,
) -> tuple[Answerable[Question], ...]:
    """Those of the questions that the coach answers with one of these entries, in the order in which they were asked.

    What it says to each is what members get. Tried are only those to which one of the entries is near, and messages of
    several sentences or questions; of these at most so many wordings: those first for which most people wait, then
    those that were asked last. `met`: as in `groups`.
    """
    asked = by_wording(questions)
    wordings = Wordings.of(coach.matcher, (one[0].text for one in asked), {} if met is None else met)
    places = [at for at, entry in enumerate(coach.knowledge.entries) if entry.id in entry_ids]
    tried = [asked[at] for at in _to_try(wordings, places)]
    tried.sort(key=lambda wording: (-sum(one.waiting for one in wording), -wording[-1].number))
    found: list[Answerable[Question]] = []
    for wording in tried[:most]:
        answer = coach.ask(wording[0].text)
        ids = [match.entry.id for match in answer.matches if match.entry.id in entry_ids]
        if answer.kind is Kind.ANSWER and ids:
            found.extend(Answerable(question, ids[0]) for question in wording)
    return tuple(sorted(found, key=lambda one: one.question.number))


def _to_try(wordings: Wordings, places: Sequence[int]) -> Iterator[int]:
    """The positions of the questions to which an entry at one of these places may be the answer."""
    measuring = wordings.matcher.measuring
    if measuring is None or not places:
        return
    near = wordings.near_entries(range(len(wordings.texts)))
    for at, text in enumerate(wordings.texts):
        is_long = len(questions_of(text)) > 1 or len(passages_of(text)) > 1
        if is_long or _is_near(near[at], places) or _is_near(measuring.likeness(text), places):
            yield at


def _is_near(scores: Floats, places: Sequence[int]) -> bool:
    return bool((scores > scores[list(places)].max()).sum() < NEAR)
