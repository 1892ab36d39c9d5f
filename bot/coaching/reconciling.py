"""What became of a member's progress in a path file that was changed since they were here."""

from dataclasses import dataclass, replace

from bot.coaching.plan import Plan, PlannedStep
from bot.coaching.progress import Progress, StepRecord, told_of


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The progress on the plan as it is now, and what the member has not been told yet.

    `new` and `changed` are steps of the plan, `gone` the titles of those that are not on it any more. Ticks and notes
    are kept, those of steps that are gone as well.
    """

    progress: Progress
    new: tuple[PlannedStep, ...] = ()
    changed: tuple[PlannedStep, ...] = ()
    gone: tuple[str, ...] = ()


def reconciled(progress: Progress, plan: Plan) -> Reconciled:
    """The progress brought to the plan; the same one, with nothing to tell, when the member knows the plan as it is."""
    told = told_of(plan)
    new = tuple(step for step in plan.steps if step.id not in progress.told)
    changed = tuple(step for step in plan.steps if progress.told.get(step.id, told[step.id]) != told[step.id])
    gone = tuple(known.title for step_id, known in progress.told.items() if step_id not in told)
    added = {step.id: StepRecord() for step in plan.steps if step.id not in progress.steps}
    current = progress.at(plan)
    if not (new or changed or gone or added) and current == progress.current:
        return Reconciled(progress)
    brought = replace(
        progress, current=current, steps={**progress.steps, **added}, told=told, version=progress.version + 1
    )
    return Reconciled(brought, new, changed, gone)
