"""The shape of `path.yaml`: the steps to a career, and where people start from.

Lengths and counts are such that a step fits one message and a starting point one choice of a Discord form. Not here:
rules that reach across keys (`path_check`), what the amounts come to (`amounts`), and the path that a member walks
(`bot.coaching`).
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Discriminator, Field, StringConstraints, Tag, WithJsonSchema

from bot.knowledge.models import Id, Record, Text
from bot.knowledge.skills_models import CHOICES_LIMIT, Choice

#: Most steps of a path: each is an option of a select menu, which has 25, and a square of the progress bar.
STEPS_LIMIT = 20

#: The id of a step or of an item; short enough for the custom id of a button (100 characters) to name one of each.
PathId = Annotated[Id, StringConstraints(max_length=30)]
Title = Annotated[Text, StringConstraints(max_length=80)]
Line = Annotated[Text, StringConstraints(max_length=300)]
Paragraph = Annotated[Text, StringConstraints(max_length=600)]


def _checked_sum(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(_FIGURE_SUM, value):
        raise ValueError('must be figures of guide.yaml, such as "{total_years}", or an `estimate` with `because`')
    return value


_FIGURE_SUM = r"^\{[a-z][a-z0-9_]*\}( \+ \{[a-z][a-z0-9_]*\})*$"
#: Figures of `guide.yaml`, added up where there are several: `{bachelors_years} + {total_years}`.
FigureSum = Annotated[str, BeforeValidator(_checked_sum), WithJsonSchema({"type": "string", "pattern": _FIGURE_SUM})]


class Pace(StrEnum):
    """How somebody studies."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"


class Estimate(Record):
    """A range [low, high] that no source gives, in months or in the path's currency, and what it rests on."""

    estimate: Annotated[list[Annotated[int, Field(ge=0)]], Field(min_length=2, max_length=2)]
    because: Line


def _figures_or_estimate(value: object) -> str:
    return "own-estimate" if isinstance(value, dict | Estimate) else "figures"


#: A time or a cost: figures of the guide, or an estimate of ours, which members are told it is.
GivenAmount = Annotated[
    Annotated[FigureSum, Tag("figures")] | Annotated[Estimate, Tag("own-estimate")],
    Discriminator(_figures_or_estimate),
]


class ByPace(Record):
    """A time that depends on how somebody studies; a pace that is left out has none."""

    full_time: GivenAmount | None = None
    part_time: GivenAmount | None = None


def _by_pace_or_not(value: object) -> str:
    is_by_pace = isinstance(value, ByPace) or (isinstance(value, dict) and not {*value}.isdisjoint(Pace))
    return "by-pace" if is_by_pace else "any-pace"


GivenDuration = Annotated[
    Annotated[ByPace, Tag("by-pace")] | Annotated[GivenAmount, Tag("any-pace")], Discriminator(_by_pace_or_not)
]


def at_pace(given: str | Estimate | ByPace | None, pace: Pace) -> str | Estimate | None:
    """The amount at that pace; None where none is given."""
    if isinstance(given, ByPace):
        return given.full_time if pace is Pace.FULL_TIME else given.part_time
    return given


class ChecklistItem(Record):
    """One thing to do; its `id` is what a member's tick is kept by."""

    id: PathId
    text: Choice


Checklist = Annotated[list[ChecklistItem], Field(min_length=1, max_length=CHOICES_LIMIT)]


class PathStep(Record):
    """A step: what it is for, what there is to do, how long it takes and what it costs, and when it is done.

    A step follows on those before it, after their `duration`. One with `during` is taken while that other step goes on
    and adds no time of its own; where the other step is left out, it is taken while all the rest goes on. A missing
    `cost` is one that nobody can tell. `varies`: what depends on the state or country. `entries`: what people ask about
    it.
    """

    id: PathId
    title: Title
    goal: Line
    why: Paragraph
    checklist: Checklist
    done_when: Line
    duration: GivenDuration | None = None
    during: PathId | None = None
    cost: GivenAmount | None = None
    varies: Paragraph | None = None
    note: Paragraph | None = None
    entries: list[Id] = Field(default=[])
    sources: Annotated[list[Id], Field(min_length=1)]


class StepChange(Record):
    """How a step is another one for who starts there: `because` tells them; each other key takes the step's place."""

    because: Line
    title: Title | None = None
    goal: Line | None = None
    why: Paragraph | None = None
    checklist: Checklist | None = None
    done_when: Line | None = None
    duration: GivenDuration | None = None
    during: PathId | None = None
    cost: GivenAmount | None = None
    varies: Paragraph | None = None
    note: Paragraph | None = None
    entries: list[Id] | None = None
    sources: Annotated[list[Id], Field(min_length=1)] | None = None

    def of(self, step: PathStep) -> PathStep:
        """The step with this change made to it."""
        return step.model_copy(update={key: getattr(self, key) for key in self.model_fields_set - {"because"}})


class StartingPoint(Record):
    """Where somebody starts from: the steps they have behind them (`drop`) and those that are another for them.

    `total`: what the source says the whole way takes from here; the steps have to add up to it.
    """

    id: PathId
    label: Choice
    about: Choice | None = None
    drop: list[PathId] = Field(default=[])
    changes: dict[PathId, StepChange] = Field(default={})
    total: GivenDuration | None = None
    sources: list[Id] = Field(default=[])


class PathFile(Record):
    """`path.yaml`: the steps in their order and the starting points, two to ten, as a form offers them."""

    title: Title
    currency: Literal["USD", "EUR"] = "USD"
    steps: Annotated[list[PathStep], Field(min_length=1, max_length=STEPS_LIMIT)]
    starting_points: Annotated[list[StartingPoint], Field(min_length=2, max_length=CHOICES_LIMIT)]

    def starting_point(self, start_id: str) -> StartingPoint | None:
        """The starting point of that id, or None when there is none (any more)."""
        return next((start for start in self.starting_points if start.id == start_id), None)

    def step_of(self, entry_id: str) -> PathStep | None:
        """The first step that the entry is about, or else the first that it is about from some starting point."""
        anywhere = [self.steps, *(self.steps_from(start) for start in self.starting_points)]
        return next((step for steps in anywhere for step in steps if entry_id in step.entries), None)

    def steps_from(self, start: StartingPoint | None) -> Sequence[PathStep]:
        """The steps that apply from there, as they are from there; all of them from nowhere."""
        if start is None:
            return self.steps
        kept = [step for step in self.steps if step.id not in start.drop]
        return [start.changes[step.id].of(step) if step.id in start.changes else step for step in kept]


def first_in_circle(steps: Sequence[PathStep]) -> PathStep | None:
    """The first step whose `during`, followed from step to step, comes back to it; None when there is none."""
    during = {step.id: step.during for step in steps}
    for step in steps:
        other, seen = step.during, set[str]()
        while other is not None and other not in seen:
            if other == step.id:
                return step
            seen.add(other)
            other = during.get(other)
    return None
