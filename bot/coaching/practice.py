"""Practising for an interview: one question at a time, the member's own ticks on its rubric, and what to take next.

Not here: the questions (`practice.yaml`), and what was said in answer, which nobody keeps.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pydantic import TypeAdapter

from bot.errors import WaymarkError
from bot.knowledge.practice_models import InterviewQuestion, PracticeFile


@dataclass(frozen=True, slots=True)
class Session:
    """A member's practice at one level, with plain values only.

    `seed` decides the order. `seen`: ids of the questions of this round, in the order they were drawn; `round` counts
    from 0. `ticks`: by question id the points of its rubric (from 0) that the member last ticked.
    """

    level: str
    seed: int
    round: int = 0
    seen: tuple[str, ...] = ()
    ticks: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def as_json(self) -> object:
        """What `from_json` reads, in values that JSON has."""
        return _STORED.dump_python(self, mode="json")

    @classmethod
    def from_json(cls, stored: object) -> "Session":
        """The session of `as_json`; raises `ValueError` for anything else."""
        return _STORED.validate_python(stored)


_STORED = TypeAdapter(Session)


@dataclass(frozen=True, slots=True)
class Practised:
    """How a skill went so far: `ticked` of the `of` rubric points of all rated questions that practise it."""

    skill: str
    ticked: int
    of: int

    @property
    def share(self) -> float:
        """From 0, nothing ticked, to 1."""
        return self.ticked / self.of


def draw(
    practice_file: PracticeFile, session: Session, toward: Collection[str] = ()
) -> tuple[InterviewQuestion, Session]:
    """The next question, and the session that has seen it; no question comes again before all of the level were seen.

    Questions that practise a skill of `toward` come first. The seed decides the rest, each round anew; a question that
    is added later leaves the order of the others as it is. Raises `WaymarkError` when the level has no question.
    """
    of_level = _of_level(practice_file, session)
    if not of_level:
        raise WaymarkError("There are no questions for that level (any more). Nothing is lost; choose another level.")
    unseen = [question for question in of_level if question.id not in session.seen]
    if not unseen:
        # Where there is a choice, a new round does not begin with what the last one ended with.
        last = session.seen[-1]
        session = replace(session, round=session.round + 1, seen=())
        unseen = [question for question in of_level if question.id != last] or of_level
    question = min(unseen, key=lambda question: (not set(question.skills) & set(toward), _order(session, question)))
    return question, replace(session, seen=(*session.seen, question.id))


def position(practice_file: PracticeFile, session: Session) -> tuple[int, int]:
    """How many of the level's questions this round has seen, and how many there are."""
    of_level = _of_level(practice_file, session)
    return sum(question.id in session.seen for question in of_level), len(of_level)


def rate(practice_file: PracticeFile, session: Session, question_id: str, ticks: Iterable[int]) -> Session:
    """The session with the member's ticks on a question's rubric, points counted from 0, in the place of earlier ones.

    Points that the rubric does not have are left out. Raises `WaymarkError` when the question is not there any more.
    """
    question = practice_file.question(question_id)
    if question is None:
        raise WaymarkError(
            "That question is not there any more. Your earlier ratings are kept; take the next question."
        )
    points = tuple(sorted({tick for tick in ticks if 0 <= tick < len(question.rubric)}))
    return replace(session, ticks={**session.ticks, question_id: points})


def practised(practice_file: PracticeFile, session: Session) -> tuple[Practised, ...]:
    """Every skill that a rated question practises, the weakest first; among equals the one with more points to it."""
    ticked: dict[str, int] = {}
    of: dict[str, int] = {}
    for question_id, ticks in session.ticks.items():
        question = practice_file.question(question_id)
        for skill in question.skills if question else ():
            rubric = len(question.rubric) if question else 0
            ticked[skill] = ticked.get(skill, 0) + sum(tick < rubric for tick in ticks)
            of[skill] = of.get(skill, 0) + rubric
    found = [Practised(skill, ticked[skill], of[skill]) for skill in of]
    return tuple(sorted(found, key=lambda skill: (skill.share, -skill.of)))


def practise_next(practice_file: PracticeFile, session: Session, gaps: Sequence[str] = ()) -> tuple[str, ...]:
    """The skills to practise next, most pressing first, as far as the level's questions practise them.

    First the member's gaps, as `bot.coaching.skills.gap` sorts them, that did not go wholly well; then what else went
    least well. Nothing is left when all that was practised went wholly well and no gap is open.
    """
    went = {skill.skill: skill.share for skill in practised(practice_file, session)}
    offered = {skill for question in _of_level(practice_file, session) for skill in question.skills}
    return tuple(skill for skill in dict.fromkeys((*gaps, *went)) if skill in offered and went.get(skill, 0) < 1)


def _of_level(practice_file: PracticeFile, session: Session) -> list[InterviewQuestion]:
    return [question for question in practice_file.questions if question.level == session.level]


def _order(session: Session, question: InterviewQuestion) -> bytes:
    text = f"{session.seed}:{session.round}:{question.id}"
    return hashlib.blake2b(text.encode(), digest_size=8).digest()
