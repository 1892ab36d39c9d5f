"""What a step's card shows: where the member is, what there is to do, and how far they have come."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from bot.coaching.forecast import Forecast, Window, forecast
from bot.coaching.plan import Plan, PlannedStep
from bot.coaching.progress import Progress, StepRecord, StepState
from bot.knowledge.path_models import ChecklistItem

#: Hours that an item of a checklist is reckoned with, to choose how many to do in a week; our rule of thumb.
HOURS_AN_ITEM = 4
#: Most items that are shown as those of this week.
WEEK_LIMIT = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """A step of the plan and what became of it; `finish` is as of today, None for no telling."""

    step: PlannedStep
    record: StepRecord
    finish: Window | None
    is_current: bool

    @property
    def items(self) -> tuple[tuple[ChecklistItem, bool], ...]:
        """The checklist, and whether each item is ticked."""
        return tuple((item, item.id in self.record.ticks) for item in self.step.checklist)


@dataclass(frozen=True, slots=True)
class Card:
    """The step a member is at, or looks at.

    `heading`: `Step 3 of 6`. `reached`: `3 of 6 done`, over the steps that count, and `squares` the same as `■■■□□□`.
    `percent`: 0 to 100, ticks counted in; 100 only when each step that counts is done. `this_week`: the first items
    without a tick, as many as the member has hours for; none when the step is not open. `finish`: of the whole way as
    of today.
    """

    standing: Standing
    heading: str
    squares: str
    reached: str
    percent: int
    this_week: tuple[ChecklistItem, ...]
    is_first: bool
    is_last: bool
    is_finished: bool
    finish: Window | None

    @property
    def bar(self) -> str:
        """`■■■□□□ 3 of 6 done`."""
        return f"{self.squares} {self.reached}".strip()


def card_of(plan: Plan, progress: Progress, today: dt.date, step_id: str | None = None) -> Card:
    """The card of the step; of the one the member is at where none is given or it is not on the plan any more."""
    standings = overview(plan, progress, today)
    wanted = step_id if step_id and plan.step(step_id) else progress.at(plan)
    shown = next(standing for standing in standings if standing.step.id == wanted)
    counted = [standing for standing in standings if standing.record.state is not StepState.NOT_FOR_ME]
    done = [standing for standing in counted if standing.record.state is StepState.DONE]
    return Card(
        standing=shown,
        heading=f"Step {shown.step.number} of {len(plan.steps)}",
        squares="■" * len(done) + "□" * (len(counted) - len(done)),
        reached=f"{len(done)} of {len(counted)} done",
        percent=_percent(counted),
        this_week=_this_week(shown, plan.situation.hours_a_week),
        is_first=shown.step is plan.steps[0],
        is_last=shown.step is plan.steps[-1],
        is_finished=bool(done) and len(done) == len(counted),
        finish=forecast_of(plan, progress, today).whole,
    )


def overview(plan: Plan, progress: Progress, today: dt.date) -> tuple[Standing, ...]:
    """Every step of the plan with what became of it, as lists and the timeline show them."""
    finish, current = forecast_of(plan, progress, today), progress.at(plan)
    return tuple(
        Standing(step, progress.record(step.id), finish.steps[step.id], step.id == current) for step in plan.steps
    )


def forecast_of(plan: Plan, progress: Progress, today: dt.date) -> Forecast:
    """When all can be finished after what was done so far; a step skipped for later still takes its time."""
    ended: Mapping[str, dt.date | None] = {
        step.id: record.done_on or today if record.state is StepState.DONE else None
        for step in plan.steps
        if (record := progress.record(step.id)).state in (StepState.DONE, StepState.NOT_FOR_ME)
    }
    return forecast(plan.steps, plan.situation.begun_on, today, plan.duration.low, ended)


def _percent(counted: list[Standing]) -> int:
    """Each item is a part of its step, and so is that the step is done, so that ticks alone never make it whole."""
    parts = sum(len(standing.step.checklist) + 1 for standing in counted)
    reached = sum(
        len(standing.step.checklist) + 1
        if standing.record.state is StepState.DONE
        else sum(is_ticked for _, is_ticked in standing.items)
        for standing in counted
    )
    return 100 * reached // parts if parts else 0


def _this_week(standing: Standing, hours: int) -> tuple[ChecklistItem, ...]:
    if standing.record.state is not StepState.OPEN:
        return ()
    waiting = [item for item, is_ticked in standing.items if not is_ticked]
    return tuple(waiting[: min(max(hours // HOURS_AN_ITEM, 1), WEEK_LIMIT)])
