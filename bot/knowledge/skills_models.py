"""The shapes of `ladder.yaml` and `skills.yaml`: a career's levels, what each of them needs, and the readiness form.

Lengths and counts are those of Discord's forms (discord.py 2.7.1, discord/ui/{modal,label,checkbox,radio}.py), so that
whatever a file holds can be asked. Not here: rules that reach across keys (`skills_check`), and what a member's answers
come to (`bot.coaching`).
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema

from bot.knowledge.models import FigureName, Id, Record, Text

#: Longest title of a form, and longest label of a field in one.
LABEL_LIMIT = 45
#: Longest choice of a field, and longest description below a label or a choice.
CHOICE_LIMIT = 100
#: Most fields of one form.
FIELDS_LIMIT = 5
#: Most choices of a radio or checkbox group.
CHOICES_LIMIT = 10
#: The id of the part of readiness that comes from ratings, which no other part may have.
SKILLS_PART = "skills"

Label = Annotated[Text, StringConstraints(max_length=LABEL_LIMIT)]
Choice = Annotated[Text, StringConstraints(max_length=CHOICE_LIMIT)]
#: How well somebody has a skill, or how well a level needs it: 0 none, 1 basic, 2 solid, 3 leading.
Rating = Literal[0, 1, 2, 3]


def _up_to_hundred(number: int) -> int:
    if not 0 <= number <= 100:
        raise ValueError("must be a whole number from 0 to 100")
    return number


def _weighing_something(number: int) -> int:
    if not 1 <= number <= 100:
        raise ValueError("must be a whole number from 1 to 100")
    return number


#: What a choice is worth of its part's full score.
Points = Annotated[
    int, AfterValidator(_up_to_hundred), WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 100})
]
#: What a part is of all parts.
Weight = Annotated[
    int, AfterValidator(_weighing_something), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 100})
]


class Level(Record):
    """A level of the ladder: its years and its pay are figures of the guide, the pay by what it is, such as `median`.

    `onward` tells how to get to the next level; the highest has none.
    """

    id: Id
    title: Label
    years: FigureName
    does: Text
    pay: Annotated[dict[Choice, FigureName], Field(min_length=1)]
    onward: Text | None = None
    entry: Id


class LadderFile(Record):
    """`ladder.yaml`: the levels of the career, lowest first.

    `pictured`: the entries, besides those of the levels, whose answers come with a picture of the levels and their pay.
    """

    levels: Annotated[list[Level], Field(min_length=1, max_length=CHOICES_LIMIT)]
    pictured: list[Id] = Field(default=[])

    @property
    def pictured_entries(self) -> frozenset[str]:
        """The ids of all entries whose answers come with the picture."""
        return frozenset((*self.pictured, *(level.entry for level in self.levels)))

    def level(self, level_id: str) -> Level | None:
        """The level of that id, or None when there is none (any more)."""
        return next((level for level in self.levels if level.id == level_id), None)


class RatingName(Record):
    """What one rating is called, and what somebody can do who has a skill that well."""

    name: Label
    meaning: Choice


class Skill(Record):
    """A skill: what it is, why it matters, how well each level needs it, and the step and the entry that teach it."""

    id: Id
    name: Label
    about: Choice
    why: Text
    needs: dict[Id, Rating]
    step: Id
    entry: Id


class SkillGroup(Record):
    """Skills that are asked for together."""

    id: Id
    title: Label
    skills: Annotated[list[Skill], Field(min_length=1, max_length=CHOICES_LIMIT)]


class ReadinessMove(Record):
    """What somebody can do to come further: an order ("Finish the master's"), the step it belongs to, and the entry."""

    do: Choice
    step: Id
    entry: Id


class ReadinessChoice(Record):
    """An answer to a part's question: what the member says, what it is worth, and how to come to say it."""

    id: Id
    text: Choice
    points: Points
    move: ReadinessMove | None = None


class ReadinessPart(Record):
    """A part of readiness that a question of its own asks for.

    `choose`: with `one`, the part's score is the points of the chosen answer; with `several`, those of all that were
    ticked. `holds_back`: what is said as long as the part is not full, where nothing else can make up for it.
    """

    id: Id
    name: Label
    weight: Weight
    question: Label
    hint: Choice | None = None
    choose: Literal["one", "several"]
    choices: Annotated[list[ReadinessChoice], Field(min_length=2, max_length=CHOICES_LIMIT)]
    holds_back: Text | None = None


class SkillsPart(Record):
    """The part of readiness that comes from how the skills were rated."""

    name: Label
    weight: Weight


class ReadinessForm(Record):
    """What readiness is made of: for which level it is, what it cannot tell, and its parts."""

    level: Id
    note: Text
    skills: SkillsPart
    parts: Annotated[list[ReadinessPart], Field(min_length=1, max_length=FIELDS_LIMIT)]


class SkillsFile(Record):
    """`skills.yaml`: what the four ratings mean, the skills in groups, and the readiness form.

    In a group the skills stand in the order in which they matter, which decides when all else is the same.
    """

    ratings: Annotated[list[RatingName], Field(min_length=4, max_length=4)]
    groups: Annotated[list[SkillGroup], Field(min_length=1)]
    readiness: ReadinessForm

    @property
    def skills(self) -> tuple[Skill, ...]:
        """Every skill, in the order of the file."""
        return tuple(skill for group in self.groups for skill in group.skills)

    def skill(self, skill_id: str) -> Skill | None:
        """The skill of that id, or None when there is none (any more)."""
        return next((skill for skill in self.skills if skill.id == skill_id), None)
