"""How a member's skills stand against the levels of a career: which is nearest, how far the target is, what is missing.

A skill that was not rated is never taken for one that is missing: it counts for nothing, and is named.
Not here: what each level needs (`skills.yaml`), and asking for ratings (`bot.front`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from pydantic import TypeAdapter

from bot.errors import WaymarkError
from bot.knowledge.skills_models import LadderFile, Level, Rating, Skill, SkillsFile

#: How many gaps are shown as those that matter most.
BIGGEST = 3

_STORED = TypeAdapter(dict[str, Rating])


@dataclass(frozen=True, slots=True)
class Ratings:
    """How well a member says they have their skills, by skill id from 0 (none yet) to 3 (leading).

    Skills that are not in it were not rated. Raises `ValueError` for any other number.
    """

    by_skill: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        if wrong := {skill: rating for skill, rating in self.by_skill.items() if rating not in (0, 1, 2, 3)}:
            raise ValueError(f"ratings go from 0 to 3, not {wrong}")
        object.__setattr__(self, "by_skill", MappingProxyType(dict(self.by_skill)))

    @classmethod
    def ticked(cls, asked: Iterable[str], ticks: Mapping[int, Iterable[str]]) -> "Ratings":
        """The ratings of a form with one group of checkboxes a rating: the highest tick counts.

        `ticks`: by rating the ids of the ticked skills. A skill that was asked for and has no tick has 0.
        """
        by_skill = dict.fromkeys(asked, 0)
        for rating in sorted(ticks):
            by_skill.update({skill: rating for skill in ticks[rating] if skill in by_skill})
        return cls(by_skill)

    def updated(self, newer: "Ratings") -> "Ratings":
        """These ratings with the newer ones in the place of theirs, as the next page of a form brings them."""
        return Ratings({**self.by_skill, **newer.by_skill})

    def of(self, skill: Skill) -> int | None:
        """How the skill was rated; None when it was not."""
        return self.by_skill.get(skill.id)

    def as_json(self) -> dict[str, int]:
        """What `from_json` reads."""
        return dict(self.by_skill)

    @classmethod
    def from_json(cls, stored: object) -> "Ratings":
        """The ratings of `as_json`; raises `ValueError` for anything else."""
        return cls(_STORED.validate_python(stored))


@dataclass(frozen=True, slots=True)
class Standing:
    """How the rated skills stand against a level: `met` of them are good enough, `missing` of `needed` points are not.

    A point is one rating of one skill: a level that needs 3 where the member has 1 misses two of three.
    """

    level: Level
    met: int
    missing: int
    needed: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A skill that the target level needs better than the member has it; `why` is a sentence or two for them.

    `rise`: how much more the target needs of it than the level below. The step and the entry that teach it stand in
    the skill.
    """

    skill: Skill
    rating: int
    need: int
    rise: int
    why: str

    @property
    def weighs(self) -> tuple[int, int, int]:
        """How much the gap matters, more being more: first what is missing, then what is needed, then the rise."""
        return self.need - self.rating, self.need, self.rise


@dataclass(frozen=True, slots=True)
class SkillsGap:
    """What the ratings come to.

    `nearest` has every level that is equally near today, lowest first, and is empty when nothing was rated. `gaps` has
    all of them, those that matter most first. `strengths`: skills that the target needs and that are good enough, best
    first. `unrated`: skills that the target needs and that were not rated.
    """

    target: Standing
    nearest: tuple[Level, ...]
    standings: tuple[Standing, ...]
    gaps: tuple[Gap, ...]
    strengths: tuple[Skill, ...]
    rated: int
    unrated: tuple[Skill, ...]

    @property
    def biggest(self) -> tuple[Gap, ...]:
        """The gaps that matter most, three at most."""
        return self.gaps[:BIGGEST]

    @property
    def as_big(self) -> tuple[Gap, ...]:
        """The gaps that weigh as much as the last of the biggest, and are left out only because they come later."""
        return tuple(gap for gap in self.gaps[BIGGEST:] if gap.weighs == self.gaps[BIGGEST - 1].weighs)


def gap(skills_file: SkillsFile, ladder_file: LadderFile, ratings: Ratings, target_level: str) -> SkillsGap:
    """What stands between the ratings and the target level; raises `WaymarkError` when there is no such level.

    Gaps are sorted by what is missing, then by what is needed, then by how much more the target needs than the level
    below, then in the order of the file.
    """
    target = ladder_file.level(target_level)
    if target is None:
        raise WaymarkError("That level is not there any more. Nothing is lost; please choose one of those shown now.")
    rated = {skill.id: rating for skill in skills_file.skills if (rating := ratings.of(skill)) is not None}
    standings = tuple(_standing(skills_file.skills, level, rated) for level in ladder_file.levels)
    needed = [skill for skill in skills_file.skills if skill.needs.get(target.id, 0)]
    good = [skill for skill in needed if rated.get(skill.id, -1) >= skill.needs[target.id]]
    return SkillsGap(
        target=next(standing for standing in standings if standing.level is target),
        nearest=_nearest(skills_file.skills, ladder_file.levels, rated),
        standings=standings,
        gaps=_gaps(skills_file, ladder_file, rated, target),
        strengths=tuple(sorted(good, key=lambda skill: -rated[skill.id])),
        rated=len(rated),
        unrated=tuple(skill for skill in needed if skill.id not in rated),
    )


def _standing(skills: Sequence[Skill], level: Level, rated: Mapping[str, int]) -> Standing:
    needs = [(skill.needs.get(level.id, 0), rated[skill.id]) for skill in skills if skill.id in rated]
    missing = [max(0, need - rating) for need, rating in needs]
    return Standing(level, missing.count(0), sum(missing), sum(need for need, _ in needs))


def _nearest(skills: Sequence[Skill], levels: Sequence[Level], rated: Mapping[str, int]) -> tuple[Level, ...]:
    """The levels to which the ratings have the fewest points between them, up or down.

    Here a level needs of each skill what the levels below it need, too: one climbs through them. So a rating that goes
    up never takes anybody down the ladder.
    """
    if not rated:
        return ()
    built_up: dict[str, int] = dict.fromkeys(rated, 0)
    distances: list[int] = []
    for level in levels:
        own = {skill.id: skill.needs.get(level.id, 0) for skill in skills if skill.id in rated}
        built_up = {skill: max(need, own[skill]) for skill, need in built_up.items()}
        distances.append(sum(abs(need - rated[skill]) for skill, need in built_up.items()))
    return tuple(level for level, distance in zip(levels, distances, strict=True) if distance == min(distances))


def _gaps(skills_file: SkillsFile, ladder: LadderFile, rated: Mapping[str, int], target: Level) -> tuple[Gap, ...]:
    place = ladder.levels.index(target)
    below = ladder.levels[place - 1].id if place else None
    found: list[Gap] = []
    for skill in skills_file.skills:
        need, rating = skill.needs.get(target.id, 0), rated.get(skill.id)
        if rating is not None and rating < need:
            rise = need - (skill.needs.get(below, 0) if below else 0)
            names = [name.name for name in skills_file.ratings]
            more = " This level asks more of it than the one below." if below and rise > 0 else ""
            why = f"{skill.why} {target.title} asks for “{names[need]}”, you said “{names[rating]}”.{more}"
            found.append(Gap(skill, rating, need, rise, why))
    return tuple(sorted(found, key=lambda gap: [-weight for weight in gap.weighs]))
