"""How far a member is in practising: read, moved on, and saved before it is shown.

Kept are which questions they had, what they ticked, and what they wrote for a paper until its file is made; never what
they said in answer to a question.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pydantic import TypeAdapter

from bot.coaching.practice import Session, draw
from bot.coaching.skills import gap
from bot.errors import WaymarkError
from bot.front.client import WaymarkBot
from bot.front.saved_results import saved_skills
from bot.knowledge.knowledge import Knowledge, key_of
from bot.knowledge.models import GuideFile
from bot.knowledge.practice_models import InterviewQuestion, PracticeFile
from bot.knowledge.skills_models import LadderFile, SkillsFile
from bot.store.member_rows import State


@dataclass(frozen=True, slots=True)
class Practising:
    """A guide to practise by: its levels, its skills, its questions and papers, and all that is known beside them."""

    guide: GuideFile
    ladder: LadderFile
    skills: SkillsFile
    practice: PracticeFile
    knowledge: Knowledge

    @property
    def key(self) -> str:
        """The guide as custom ids name it."""
        return key_of(self.guide.guide)

    def question(self, key: str) -> InterviewQuestion:
        """The question that a custom id names; raises `WaymarkError` when it is not there any more."""
        for question in self.practice.questions:
            if key_of(question.id) == key:
                return question
        raise WaymarkError("That question has left the guide. What you ticked is kept; `/practice` has the others.")


@dataclass(frozen=True)
class PracticeState:
    """What is kept: a session for each level practised, and by paper and prompt what was written for its file.

    `level`: where the member is now, empty before the first question. `toward_gaps`: whether their gaps come first.
    """

    level: str = ""
    toward_gaps: bool = False
    sessions: Mapping[str, Session] = field(default_factory=dict)
    papers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def session(self) -> Session | None:
        """The session at the level where the member is."""
        return self.sessions.get(self.level)

    def with_session(self, session: Session) -> "PracticeState":
        """The state with that session in the place of the one of its level."""
        return replace(self, sessions={**self.sessions, session.level: session})

    def with_paper(self, paper: str, texts: Mapping[str, str]) -> "PracticeState":
        """The state with these texts beside, or in the place of, those of the paper so far."""
        return replace(self, papers={**self.papers, paper: {**self.papers.get(paper, {}), **texts}})

    def without_paper(self, paper: str) -> "PracticeState":
        """The state without any text of the paper."""
        return replace(self, papers={name: texts for name, texts in self.papers.items() if name != paper})


#: A state, and whether another question is to be drawn in it.
_Turned = tuple[PracticeState, bool]

_STORED = TypeAdapter(PracticeState)
_PLAIN = TypeAdapter(State)


def practising_guides(knowledge: Knowledge) -> Sequence[Practising]:
    """The guides to practise by, in their order."""
    found = ((guide, knowledge.coaching.get(guide.guide)) for guide in knowledge.guides)
    return [
        Practising(guide, files.ladder, files.skills, files.practice, knowledge)
        for guide, files in found
        if files and files.ladder and files.skills and files.practice
    ]


def practising_guide(knowledge: Knowledge, key: str) -> Practising:
    """The guide that a custom id names; raises `WaymarkError` when there is nothing to practise by (any more)."""
    for practising in practising_guides(knowledge):
        if practising.key == key:
            return practising
    raise WaymarkError("There is nothing to practice in the guide at the moment. What is kept stays; look again later.")


async def state_of(client: WaymarkBot, member: int, practising: Practising) -> PracticeState:
    """How far the member is."""
    return _read(await client.store.practice_states.get(member, practising.guide.guide))


async def moved(
    client: WaymarkBot, member: int, practising: Practising, move: Callable[[PracticeState], PracticeState]
) -> PracticeState:
    """The state after the move, saved when this returns. A move that raises changes nothing."""
    state = await client.store.practice_states.change(
        member,
        practising.guide.guide,
        lambda kept: _PLAIN.validate_python(_STORED.dump_python(move(_read(kept)), mode="json")),
    )
    return _read(state)


async def open_gaps(client: WaymarkBot, member: int, practising: Practising, level: str) -> tuple[str, ...]:
    """The skills that the level needs better than the member last saved them, those that matter most first."""
    saved = await saved_skills(client, member, practising.guide.guide)
    if not saved or practising.ladder.level(level) is None:
        return ()
    found = gap(practising.skills, practising.ladder, saved[-1].values.ratings, level)
    return tuple(each.skill.id for each in found.gaps)


async def at_level(
    client: WaymarkBot, member: int, practising: Practising, level: str, *, gaps_first: bool | None = None
) -> PracticeState:
    """The state at a level with a question: the one that was there, or a new one, as for whoever turns to their gaps.

    `gaps_first`: None to leave it as it is.
    """

    def turn(state: PracticeState) -> _Turned:
        turns = bool(gaps_first) and not (state.toward_gaps and state.level == level)
        toward = state.toward_gaps if gaps_first is None else gaps_first
        state = replace(state, level=level, toward_gaps=toward)
        return state, turns or state.session is None or current(practising, state.session) is None

    return await _draw(client, member, practising, level, turn)


async def gone_on(client: WaymarkBot, member: int, practising: Practising, question: str) -> PracticeState:
    """The state with the question drawn that comes after this one (its key); as it was when they are at another."""

    def turn(state: PracticeState) -> _Turned:
        seen = state.session.seen if state.session else ()
        return state, bool(seen) and key_of(seen[-1]) == question

    state = await state_of(client, member, practising)
    return await _draw(client, member, practising, state.level, turn) if state.session else state


def current(practising: Practising, session: Session) -> InterviewQuestion | None:
    """The question that was drawn last; None when there is none, or none any more."""
    return practising.practice.question(session.seen[-1]) if session.seen else None


async def _draw(
    client: WaymarkBot, member: int, practising: Practising, level: str, turn: Callable[[PracticeState], _Turned]
) -> PracticeState:
    """The state after `turn`, with another question at the level drawn where that says so."""
    toward = await open_gaps(client, member, practising, level)
    seed = secrets.randbits(32)

    def move(state: PracticeState) -> PracticeState:
        state, is_due = turn(state)
        if not is_due:
            return state
        session = state.session or Session(state.level, seed)
        _, session = draw(practising.practice, session, toward if state.toward_gaps else ())
        return state.with_session(session)

    return await moved(client, member, practising, move)


def _read(state: State | None) -> PracticeState:
    if state is None:
        return PracticeState()
    try:
        return _STORED.validate_python(state)
    except ValueError:
        raise WaymarkError(
            "What I kept of your practice was written in a way that I cannot read. It stays as it is; tell a "
            "moderator, or let it go with `/privacy forget` and begin anew."
        ) from None
