"""How far a member has come on their path, and every move from there to the next state.

A move never fails and never loses anything: what it is not possible to do leaves all as it was, and the progress that
comes back is then the same object. So a click that comes twice, or comes late from a card that is no longer current,
does no harm. Not here: which steps there are (`Plan`), what became of them in a new file (`reconciling`), and saving
(`bot.store`).
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import takewhile
from typing import Annotated, Any

from pydantic import BeforeValidator, TypeAdapter

from bot.coaching.plan import Plan, PlannedStep
from bot.coaching.situation import Situation
from bot.errors import WaymarkError

#: How many moves can be taken back.
UNDO_LIMIT = 10
#: Longest note in characters, and most notes of one step, so that a card with all of them fits a message.
NOTE_LIMIT = 300
NOTES_LIMIT = 5


class StepState(StrEnum):
    """What became of a step: `skipped` is for later, `not_for_me` no longer counts."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"
    NOT_FOR_ME = "not_for_me"


def _known_state(value: object) -> object:
    """A state of a later version is open to this one."""
    return value if value in {*StepState} else StepState.OPEN


@dataclass(frozen=True, slots=True)
class StepRecord:
    """What a member did of one step; `ticks` are ids of items, in order, also of items that are gone from the file."""

    state: Annotated[StepState, BeforeValidator(_known_state)] = StepState.OPEN
    ticks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    done_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What the member was told a step is: its title, and the digest of the rest."""

    title: str
    digest: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """What one move changed, as it was before: of `steps` only those, None for one that had no record.

    `situation` and `told` are None where the move left them as they were. A note that was removed is in here until the
    move can be taken back no more.
    """

    current: str
    steps: Mapping[str, StepRecord | None]
    situation: Situation | None = None
    told: Mapping[str, Told] | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """A member's situation, what they did of each step, and the step they are at.

    `steps` has a record for each step of the plan, and keeps those of steps that are gone, should they come back.
    `version` rises with each change. `earlier`: the last moves, the newest last, to be taken back.
    """

    situation: Situation
    current: str
    steps: Mapping[str, StepRecord] = field(default_factory=dict)
    told: Mapping[str, Told] = field(default_factory=dict)
    version: int = 1
    earlier: tuple[Earlier, ...] = ()

    @classmethod
    def begun(cls, plan: Plan) -> "Progress":
        """The progress of somebody who has just seen the plan: at its first step, with nothing done."""
        return cls(plan.situation, plan.steps[0].id, {step.id: StepRecord() for step in plan.steps}, told_of(plan))

    def record(self, step_id: str) -> StepRecord:
        """What was done of the step; nothing, when it was never seen."""
        return self.steps.get(step_id, StepRecord())

    # --- moves within a step ---

    def tick(self, plan: Plan, step_id: str, item_id: str) -> "Progress":
        """With the item ticked."""
        return self.set_ticks(plan, step_id, {*self.record(step_id).ticks, item_id})

    def untick(self, plan: Plan, step_id: str, item_id: str) -> "Progress":
        """Without the item's tick."""
        return self.set_ticks(plan, step_id, {*self.record(step_id).ticks} - {item_id})

    def set_ticks(self, plan: Plan, step_id: str, item_ids: Iterable[str]) -> "Progress":
        """With just these items of the step ticked; ticks of items that are gone from the file are kept."""
        step = plan.step(step_id)
        if step is None:
            return self
        items = {item.id for item in step.checklist}
        ticks = ({*self.record(step_id).ticks} - items) | ({*item_ids} & items)
        return self._with(step, replace(self.record(step_id), ticks=tuple(sorted(ticks))))

    def add_note(self, plan: Plan, step_id: str, text: str) -> "Progress":
        """With a note on the step; one that stands there already, and an empty one, change nothing.

        Raises `WaymarkError` for one that is too long, or one too many.
        """
        step, note, notes = plan.step(step_id), text.strip(), self.record(step_id).notes
        if step is None or not note or note in notes:
            return self
        if len(note) > NOTE_LIMIT:
            raise WaymarkError(f"A note can have {NOTE_LIMIT} characters, and this has {len(note)}. Please shorten it.")
        if len(notes) >= NOTES_LIMIT:
            raise WaymarkError(
                f"This step has {NOTES_LIMIT} notes already, and they are all kept. Remove one, then add yours again."
            )
        return self._with(step, replace(self.record(step_id), notes=(*notes, note)))

    def remove_note(self, plan: Plan, step_id: str, note: str) -> "Progress":
        """Without that note."""
        step, notes = plan.step(step_id), self.record(step_id).notes
        kept = tuple(one for one in notes if one != note)
        return self if step is None else self._with(step, replace(self.record(step_id), notes=kept))

    # --- moves that end a step; one that is done stays so until it is opened again ---

    def done(self, plan: Plan, step_id: str, today: dt.date) -> "Progress":
        """With the step done today; from the current one on to the next that is open."""
        return self._ended(plan, step_id, StepState.DONE, today)

    def skip(self, plan: Plan, step_id: str) -> "Progress":
        """With the step left for later; from the current one on to the next that is open."""
        return self._ended(plan, step_id, StepState.SKIPPED)

    def not_for_me(self, plan: Plan, step_id: str) -> "Progress":
        """With the step counted no more; from the current one on to the next that is open."""
        return self._ended(plan, step_id, StepState.NOT_FOR_ME)

    def reopen(self, plan: Plan, step_id: str) -> "Progress":
        """With the step open again, and at it."""
        step = plan.step(step_id)
        if step is None or self.record(step_id).state is StepState.OPEN:
            return self
        return self._with(step, replace(self.record(step_id), state=StepState.OPEN, done_on=None), step_id)

    # --- moves between steps ---

    def next(self, plan: Plan, step_id: str) -> "Progress":
        """At the step after this one, if this one is current and not the last."""
        return self.go_to(plan, plan.beside(step_id, 1)) if self.at(plan) == step_id else self

    def back(self, plan: Plan, step_id: str) -> "Progress":
        """At the step before this one, if this one is current and not the first."""
        return self.go_to(plan, plan.beside(step_id, -1)) if self.at(plan) == step_id else self

    def go_to(self, plan: Plan, step_id: str) -> "Progress":
        """At that step."""
        return self if plan.step(step_id) is None else self._moved({}, current=step_id)

    def at(self, plan: Plan) -> str:
        """The id of the step the member is at; of the first open one when theirs is not on the plan any more."""
        return self.current if plan.step(self.current) is not None else self._open_after(plan, self.current)

    # --- moves over all of it ---

    def start_over(self, plan: Plan, today: dt.date) -> "Progress":
        """From the first step on, begun today, with nothing ticked, done or noted."""
        situation = replace(self.situation, begun_on=today)
        blank = {step_id: StepRecord() for step_id in self.steps}
        return self._moved(blank, current=plan.steps[0].id, situation=situation)

    def resituated(self, plan: Plan) -> "Progress":
        """In the situation of the plan, which was made anew from other answers; what was done is kept by step.

        At the first open step that those answers have brought, if it comes before the one the member was at.
        """
        added = {step.id: StepRecord() for step in plan.steps if step.id not in self.steps}
        moved = self._moved(added, current=self._at_anew(plan), situation=plan.situation)
        if moved is self:
            return self
        before = replace(moved.earlier[-1], told=self.told)
        return replace(moved, told=told_of(plan), earlier=(*moved.earlier[:-1], before))

    def undo(self, version: int) -> "Progress":
        """As it was before the move that led to that version; the same when there were others since, or it is too old.

        The situation may be another one then, so the plan is to be made anew.
        """
        if version != self.version or not self.earlier:
            return self
        before = self.earlier[-1]
        steps = {**self.steps, **before.steps}
        return replace(
            self,
            situation=before.situation or self.situation,
            current=before.current,
            steps={step_id: record for step_id, record in steps.items() if record is not None},
            told=self.told if before.told is None else before.told,
            version=self.version + 1,
            earlier=self.earlier[:-1],
        )

    # --- to keep ---

    def as_json(self) -> dict[str, Any]:
        """What `from_json` reads."""
        kept: dict[str, Any] = _STORED.dump_python(self, mode="json")
        return kept

    @classmethod
    def from_json(cls, kept: object) -> "Progress":
        """The progress that was kept; keys and states that are not known are passed over.

        Raises `ValueError` for what is no progress at all.
        """
        return _STORED.validate_python(kept)

    def _ended(self, plan: Plan, step_id: str, state: StepState, done_on: dt.date | None = None) -> "Progress":
        step, record = plan.step(step_id), self.record(step_id)
        if step is None or record.state in (state, StepState.DONE):
            return self
        current = self._open_after(plan, step_id) if self.at(plan) == step_id else None
        return self._with(step, replace(record, state=state, done_on=done_on), current)

    def _at_anew(self, plan: Plan) -> str:
        """The step to be at on a plan from other answers: nobody has been past one that was not on theirs before."""
        current = self.at(plan)
        before = takewhile(lambda step: step.id != current, plan.steps)
        brought = (step.id for step in before if step.id not in self.told)
        return next((step_id for step_id in brought if self.record(step_id).state is StepState.OPEN), current)

    def _open_after(self, plan: Plan, step_id: str) -> str:
        """The next open step, or else the first open one, or else the one that follows; not this one if it can be."""
        ids = [step.id for step in plan.steps]
        at = ids.index(step_id) if step_id in ids else -1
        others = [*ids[at + 1 :], *ids[: max(at, 0)]]
        still_open = (other for other in others if self.record(other).state is StepState.OPEN)
        return next(still_open, plan.beside(step_id, 1))

    def _with(self, step: PlannedStep, record: StepRecord, current: str | None = None) -> "Progress":
        return self._moved({step.id: record}, current=current)

    def _moved(
        self, records: Mapping[str, StepRecord], *, current: str | None = None, situation: Situation | None = None
    ) -> "Progress":
        """With what differs from now changed; this same progress when nothing does."""
        changed = {step_id: record for step_id, record in records.items() if self.steps.get(step_id) != record}
        current, situation = current or self.current, situation or self.situation
        if not changed and current == self.current and situation == self.situation:
            return self
        before = Earlier(
            self.current,
            {step_id: self.steps.get(step_id) for step_id in changed},
            None if situation == self.situation else self.situation,
        )
        return replace(
            self,
            situation=situation,
            current=current,
            steps={**self.steps, **changed},
            version=self.version + 1,
            earlier=(*self.earlier, before)[-UNDO_LIMIT:],
        )


def told_of(plan: Plan) -> dict[str, Told]:
    """What a member knows who has seen the plan."""
    return {step.id: Told(step.title, step.digest) for step in plan.steps}


_STORED = TypeAdapter(Progress)
