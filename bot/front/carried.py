"""What a member has rated and answered in a check, carried in the custom ids of its buttons and forms.

So it outlives a restart between two forms without being kept anywhere: it is saved only when the member says so.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.coaching.readiness import Answers
from bot.coaching.skills import Ratings
from bot.errors import WaymarkError
from bot.knowledge.knowledge import Knowledge, key_of
from bot.knowledge.models import GuideFile
from bot.knowledge.skills_models import LadderFile, Level, SkillGroup, SkillsFile

#: A check in a custom id: the guide, what its files asked for, the target level, the ratings, the answers. There is
#: room for 68 skills and for as many answers as a form can ask for; beside it for 25 characters more.
CODE = r"(?P<code>[0-9a-f]{8}:[0-9a-f]{6}:[0-9]:[0-9a-f]{1,40}:[0-9a-f]{1,16})"
#: Of each skill it says one of these: not rated, or one of the four ratings.
_STATES = 5


@dataclass(frozen=True)
class Checked:
    """A guide by which skills and readiness are checked: its levels, its skills, and all that is known beside them."""

    guide: GuideFile
    ladder: LadderFile
    skills: SkillsFile
    knowledge: Knowledge

    @cached_property
    def stamp(self) -> str:
        """Six letters that change with what is asked for, as places in these lists are all that a code names."""
        named = [
            [level.id for level in self.ladder.levels],
            [skill.id for skill in self.skills.skills],
            [[part.id, *(choice.id for choice in part.choices)] for part in self.skills.readiness.parts],
        ]
        return hashlib.blake2b(repr(named).encode(), digest_size=3).hexdigest()

    @property
    def readiness_level(self) -> Level:
        """The level that readiness is for."""
        return self.ladder.level(self.skills.readiness.level) or self.ladder.levels[-1]


@dataclass(frozen=True)
class Carried:
    """A check as far as it is: for which level, what was rated, and by part of readiness what was answered."""

    checked: Checked
    level: Level
    ratings: Ratings = field(default_factory=Ratings)
    answers: Answers = field(default_factory=dict)

    @property
    def code(self) -> str:
        """What `carried_in` reads."""
        checked = self.checked
        ratings, answers = _packed_ratings(checked, self.ratings), _packed_answers(checked, self.answers)
        level = checked.ladder.levels.index(self.level)
        return f"{key_of(checked.guide.guide)}:{checked.stamp}:{level}:{ratings:x}:{answers:x}"

    @property
    def has_ratings(self) -> bool:
        """Whether any skill that is asked for was rated."""
        return any(self.is_rated(group) for group in self.checked.skills.groups)

    def is_rated(self, group: SkillGroup) -> bool:
        """Whether any skill of the group was rated."""
        return any(self.ratings.of(skill) is not None for skill in group.skills)


def checked_guides(knowledge: Knowledge) -> Sequence[Checked]:
    """The guides by which skills and readiness can be checked, in their order."""
    found = ((guide, knowledge.coaching.get(guide.guide)) for guide in knowledge.guides)
    return [
        Checked(guide, files.ladder, files.skills, knowledge)
        for guide, files in found
        if files and files.ladder and files.skills
    ]


def checked_guide(knowledge: Knowledge, key: str) -> Checked:
    """The guide that a custom id names; raises `WaymarkError` when it asks for no skills (any more)."""
    for checked in checked_guides(knowledge):
        if key_of(checked.guide.guide) == key:
            return checked
    raise WaymarkError("The guide has no skills to check at the moment. What you saved is kept, so look again later.")


def carried_in(knowledge: Knowledge, code: str) -> Carried:
    """The check of a custom id; raises `WaymarkError` when the guide asks for other things by now."""
    guide, stamp, level, ratings, answers = code.split(":")
    checked = checked_guide(knowledge, guide)
    if checked.stamp != stamp or int(level) >= len(checked.ladder.levels):
        raise WaymarkError(
            "The guide asks for other skills or answers since that message, so its buttons do not fit any more. What "
            "you saved is kept; begin again with `/skills` or `/readiness`."
        )
    return Carried(
        checked,
        checked.ladder.levels[int(level)],
        Ratings(dict(_ratings(checked, int(ratings, 16)))),
        dict(_answers(checked, int(answers, 16))),
    )


def _packed_ratings(checked: Checked, ratings: Ratings) -> int:
    number = 0
    for skill in reversed(checked.skills.skills):
        rating = ratings.of(skill)
        number = number * _STATES + (0 if rating is None else rating + 1)
    return number


def _ratings(checked: Checked, number: int) -> Iterator[tuple[str, int]]:
    for skill in checked.skills.skills:
        number, state = divmod(number, _STATES)
        if state:
            yield skill.id, state - 1


def _packed_answers(checked: Checked, answers: Mapping[str, frozenset[str]]) -> int:
    """A bit for each part, whether it was answered, and one for each of its choices."""
    bits: list[bool] = []
    for part in checked.skills.readiness.parts:
        chosen = answers.get(part.id)
        bits.append(chosen is not None)
        bits.extend(choice.id in (chosen or ()) for choice in part.choices)
    return sum(1 << place for place, bit in enumerate(bits) if bit)


def _answers(checked: Checked, number: int) -> Iterator[tuple[str, frozenset[str]]]:
    for part in checked.skills.readiness.parts:
        is_answered, number = number & 1, number >> 1
        chosen = frozenset(choice.id for place, choice in enumerate(part.choices) if number >> place & 1)
        number >>= len(part.choices)
        if is_answered:
            yield part.id, chosen
