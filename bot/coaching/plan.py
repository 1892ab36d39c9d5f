"""A member's own plan: the steps that apply to them, when each can be finished, and what they cost.

It is never stored, but made anew from the guide's `path.yaml` whenever it is needed (`planning`). What a member has
done of it is their `Progress`.
"""

from dataclasses import dataclass

from bot.coaching.forecast import Window
from bot.coaching.situation import Situation
from bot.coaching.target import Outlook
from bot.knowledge.amounts import Amount
from bot.knowledge.path_models import ChecklistItem, StartingPoint


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step as it is for this member, all figures filled in.

    `number`: its position from 1. `differs`: how it is another one from where they start, None when it is not.
    `duration` and `cost`: None where nobody can tell; `estimates` say what those rest on that the guide does not give.
    `during`: the id of the step it is taken beside, which need not be on this plan. `finish`: as of the day on which
    the path was begun. `entries`: ids of entries that there are. `digest`: another one when there is anything new in
    the step to do or to know.
    """

    id: str
    number: int
    title: str
    goal: str
    why: str
    checklist: tuple[ChecklistItem, ...]
    done_when: str
    differs: str | None
    duration: Amount | None
    cost: Amount | None
    estimates: tuple[str, ...]
    during: str | None
    varies: str | None
    note: str | None
    finish: Window | None
    entries: tuple[str, ...]
    source_line: str
    digest: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The path from where the member stands.

    `start`: None when their starting point is in the file no more; then it is the whole path. `duration`: of the whole,
    in months. `guide_total`: the same as the guide itself gives it for any pace, where it does. `cost`: of the steps
    whose cost is known; None when there is none. `without_cost`: titles of the others. `finish`: as of the day on which
    it was begun. `outlook`: whether the target can be met, None without one.
    """

    title: str
    situation: Situation
    start: StartingPoint | None
    #: One at least.
    steps: tuple[PlannedStep, ...]
    duration: Amount
    guide_total: Amount | None
    cost: Amount | None
    without_cost: tuple[str, ...]
    finish: Window
    source_line: str
    outlook: Outlook | None

    def step(self, step_id: str) -> PlannedStep | None:
        """The step of that id, or None when it is not on this path (any more)."""
        return next((step for step in self.steps if step.id == step_id), None)

    def step_of(self, entry_id: str) -> PlannedStep | None:
        """The first step that the entry is about, or None."""
        return next((step for step in self.steps if entry_id in step.entries), None)

    def beside(self, step_id: str, places: int) -> str:
        """The id of the step so many places on (back, below 0); the last or first one beyond the ends."""
        ids = [step.id for step in self.steps]
        at = ids.index(step_id) + places if step_id in ids else 0
        return ids[min(max(at, 0), len(ids) - 1)]
