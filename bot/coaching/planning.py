"""Makes a member's plan from a guide's path, its figures and the member's situation."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add

from bot.coaching.forecast import Forecast, Window, forecast
from bot.coaching.plan import Plan, PlannedStep
from bot.coaching.situation import Situation
from bot.coaching.target import Outlook, outlook
from bot.errors import WaymarkError
from bot.knowledge.amounts import Amount, amount_of, duration_of, held_to, whole_duration
from bot.knowledge.knowledge import Knowledge, source_line
from bot.knowledge.path_models import Estimate, Pace, PathFile, PathStep, StartingPoint, at_pace

#: What a member has to know of a step: when any of it changes, they are told.
_TOLD = {"title", "goal", "checklist", "done_when", "duration", "during", "cost", "varies"}


def path_of(knowledge: Knowledge, guide: str) -> PathFile | None:
    """The path of the guide of that id, or None when it has none (any more)."""
    files = knowledge.coaching.get(guide)
    return files.path if files else None


def plan_for(knowledge: Knowledge, situation: Situation, today: dt.date) -> Plan:
    """The plan for somebody in that situation; figures past their date on `today` are told with their age.

    Raises `WaymarkError` when the guide has no path (any more).
    """
    path = path_of(knowledge, situation.guide)
    if path is None:
        raise WaymarkError("This path is not in the guide at the moment. What you saved is kept, so look again later.")
    planning = _Planning(knowledge, path, path.starting_point(situation.starting_point), today)
    return planning.plan(situation)


@dataclass(frozen=True, slots=True)
class _Planning:
    """A path as it is from one starting point, None for the whole of it."""

    knowledge: Knowledge
    path: PathFile
    start: StartingPoint | None
    today: dt.date

    @property
    def given(self) -> Sequence[PathStep]:
        return self.path.steps_from(self.start)

    def plan(self, situation: Situation) -> Plan:
        steps = self._steps(situation.pace)
        finish = self._forecast(steps, situation)
        costs = [step.cost for step in steps if step.cost is not None]
        return Plan(
            title=self.path.title,
            situation=situation,
            start=self.start,
            steps=tuple(replace(step, finish=finish.steps[step.id]) for step in steps),
            duration=self._duration(situation.pace),
            guide_total=self._total(situation.pace),
            cost=reduce(add, costs) if costs else None,
            without_cost=tuple(step.title for step in steps if step.cost is None),
            finish=_whole(finish, situation),
            source_line=self._source_line(
                [*(self.start.sources if self.start else ()), *(name for step in self.given for name in step.sources)]
            ),
            outlook=self._outlook(situation, _whole(finish, situation)),
        )

    def _steps(self, pace: Pace) -> Sequence[PlannedStep]:
        return [self._step(step, number, pace) for number, step in enumerate(self.given, 1)]

    def _step(self, step: PathStep, number: int, pace: Pace) -> PlannedStep:
        change = self.start.changes.get(step.id) if self.start else None
        entries = [entry_id for entry_id in step.entries if self.knowledge.entry(entry_id) is not None]
        return PlannedStep(
            id=step.id,
            number=number,
            title=step.title,
            goal=self._filled(step.goal),
            why=self._filled(step.why),
            checklist=tuple(step.checklist),
            done_when=self._filled(step.done_when),
            differs=self._filled(change.because) if change else None,
            duration=duration_of(step, pace, self.knowledge.figure),
            cost=amount_of(step.cost, self.path.currency, self.knowledge.figure),
            estimates=self._estimates(step, pace),
            during=step.during,
            varies=self._filled(step.varies) if step.varies else None,
            note=self._filled(step.note) if step.note else None,
            finish=None,
            entries=tuple(entries),
            source_line=self._source_line(step.sources),
            digest=_digest(step),
        )

    def _filled(self, text: str) -> str:
        return self.knowledge.filled(text, self.today)

    def _estimates(self, step: PathStep, pace: Pace) -> tuple[str, ...]:
        given = {"Time": at_pace(step.duration, pace), "Cost": step.cost}
        return tuple(f"{what}: {self._filled(one.because)}" for what, one in given.items() if isinstance(one, Estimate))

    def _source_line(self, names: Sequence[str]) -> str:
        return source_line(self.knowledge.sources_of(dict.fromkeys(names)))

    def _total(self, pace: Pace) -> Amount | None:
        given = at_pace(self.start.total, pace) if self.start else None
        return amount_of(given, "months", self.knowledge.figure)

    def _duration(self, pace: Pace) -> Amount:
        return held_to(whole_duration(self.given, pace, self.knowledge.figure), self._total(pace))

    def _forecast(self, steps: Sequence[PlannedStep], situation: Situation) -> Forecast:
        least = self._duration(situation.pace).low
        return forecast(steps, situation.begun_on, situation.begun_on, least, {})

    def _outlook(self, situation: Situation, finish: Window) -> Outlook | None:
        if situation.target is None:
            return None
        if situation.pace is Pace.FULL_TIME:
            return outlook(situation.target, finish)
        faster = replace(situation, pace=Pace.FULL_TIME)
        return outlook(situation.target, finish, _whole(self._forecast(self._steps(faster.pace), faster), faster))


def _whole(finish: Forecast, situation: Situation) -> Window:
    """When the whole is finished; at once where no step takes any time, which `waymark check` refuses."""
    return finish.whole or Window(situation.begun_on, situation.begun_on, situation.begun_on)


def _digest(step: PathStep) -> str:
    return hashlib.blake2b(step.model_dump_json(include=_TOLD).encode(), digest_size=8).hexdigest()
