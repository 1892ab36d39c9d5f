"""How ready a member is to apply: a score for each part, a total that never goes without them, and what would move it.

Not here: the parts, their weights and questions (`skills.yaml`), and keeping scores over time (`bot.store`).
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter

from bot.coaching.skills import Ratings, SkillsGap, gap
from bot.knowledge.skills_models import SKILLS_PART, LadderFile, ReadinessChoice, ReadinessPart, SkillsFile

#: By part id the ids of what was chosen or ticked. A part that is not in it was not answered; an empty set means that
#: nothing was ticked, and where one choice is asked for, that none was made.
Answers = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class PartScore:
    """A part's score from 0 to 100, None when it was not answered; `answered` of `asked` questions or skills were."""

    id: str
    name: str
    weight: int
    score: int | None
    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class Score:
    """What is kept of a readiness check, with plain values only; the total comes from the parts and nothing else."""

    level: str
    parts: tuple[PartScore, ...]

    @property
    def total(self) -> int | None:
        """From 0 to 100: the answered parts by their weights; None when none was answered."""
        weight = self.answered_weight
        points = sum(part.weight * part.score for part in self.parts if part.score is not None)
        return _rounded(points / weight) if weight else None

    @property
    def answered_weight(self) -> int:
        """The weights of the parts that were answered, of 100 in all."""
        return sum(part.weight for part in self.parts if part.score is not None)

    def as_json(self) -> object:
        """What `from_json` reads, in values that JSON has."""
        return _STORED.dump_python(self, mode="json")

    @classmethod
    def from_json(cls, stored: object) -> "Score":
        """The score of `as_json`; raises `ValueError` for anything else."""
        return _STORED.validate_python(stored)


_STORED = TypeAdapter(Score)


@dataclass(frozen=True, slots=True)
class Gain:
    """Something to do, and by how many points of 100 it would lift the total; the step and the entry tell how."""

    part: str
    do: str
    points: float
    step: str
    entry: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """The result of a check: `gains` has all that would lift the total, most first.

    `held_back`: answered parts that are not full and that no other part can make up for.
    """

    score: Score
    gains: tuple[Gain, ...]
    held_back: tuple[ReadinessPart, ...]

    @property
    def unanswered(self) -> tuple[PartScore, ...]:
        """The parts that the total says nothing about."""
        return tuple(part for part in self.score.parts if part.score is None)


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part's score then and now; None where it was not answered, or was no part of readiness."""

    id: str
    name: str
    before: int | None
    now: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """What changed between two checks; `total` is None when they do not measure the same and cannot be compared."""

    parts: tuple[PartChange, ...]
    total: int | None


def readiness(skills_file: SkillsFile, ladder_file: LadderFile, ratings: Ratings, answers: Answers) -> Readiness:
    """How ready the ratings and answers show a member to be for the level that the readiness form is for.

    Parts, choices and skills that the files do not have (any more) count nothing.
    """
    form = skills_file.readiness
    by_skills = gap(skills_file, ladder_file, ratings, form.level)
    chosen = {part.id: _chosen(part, answers) for part in form.parts}
    parts = (
        _skills_score(by_skills, form.skills.name, form.skills.weight),
        *(_part_score(part, chosen[part.id]) for part in form.parts),
    )
    score = Score(form.level, parts)
    gains = [*_skill_gains(skills_file, by_skills, score), *_choice_gains(form.parts, chosen, score)]
    open_parts = {part.id for part in parts if part.score is not None and part.score < 100}
    held_back = tuple(part for part in form.parts if part.holds_back and part.id in open_parts)
    return Readiness(score, tuple(sorted(gains, key=lambda gain: -gain.points)), held_back)


def compare(before: Score, now: Score) -> Change:
    """What changed, part by part in the order of now; totals only when the same parts with the same weights count."""
    then = {part.id: part for part in before.parts}
    today = {part.id: part for part in now.parts}
    parts = tuple(
        PartChange(part.id, part.name, _score_of(then.get(part.id)), _score_of(today.get(part.id)))
        for part in (*now.parts, *(part for part in before.parts if part.id not in today))
    )
    if before.total is None or now.total is None or _measured(before) != _measured(now):
        return Change(parts, None)
    return Change(parts, now.total - before.total)


def _rounded(number: float) -> int:
    return math.floor(number + 0.5)


def _score_of(part: PartScore | None) -> int | None:
    return part.score if part else None


def _measured(score: Score) -> tuple[str, frozenset[tuple[str, int]]]:
    return score.level, frozenset((part.id, part.weight) for part in score.parts if part.score is not None)


def _chosen(part: ReadinessPart, answers: Answers) -> tuple[ReadinessChoice, ...] | None:
    """The part's choices that were made, None when it was not answered."""
    ids = answers.get(part.id)
    if ids is None:
        return None
    found = tuple(choice for choice in part.choices if choice.id in ids)
    return None if part.choose == "one" and not found else found


def _skills_score(by_skills: SkillsGap, name: str, weight: int) -> PartScore:
    target, asked = by_skills.target, by_skills.rated + len(by_skills.unrated)
    # Skills that the level does not need tell nothing about it.
    score = _rounded(100 * (1 - target.missing / target.needed)) if target.needed else None
    return PartScore(SKILLS_PART, name, weight, score, by_skills.rated, asked)


def _part_score(part: ReadinessPart, chosen: tuple[ReadinessChoice, ...] | None) -> PartScore:
    if chosen is None:
        return PartScore(part.id, part.name, part.weight, None, 0, 1)
    return PartScore(part.id, part.name, part.weight, _points(part, chosen), 1, 1)


def _points(part: ReadinessPart, chosen: tuple[ReadinessChoice, ...]) -> int:
    points = [choice.points for choice in chosen]
    return min(100, sum(points) if part.choose == "several" else max(points))


def _skill_gains(skills_file: SkillsFile, by_skills: SkillsGap, score: Score) -> Iterator[Gain]:
    names = [rating.name.lower() for rating in skills_file.ratings]
    for found in by_skills.gaps:
        share = (found.need - found.rating) / by_skills.target.needed
        do = f"{found.skill.name}: from {names[found.rating]} to {names[found.need]}"
        points = _gain(skills_file.readiness.skills.weight, 100 * share, score)
        yield Gain(SKILLS_PART, do, points, found.skill.step, found.skill.entry)


def _choice_gains(
    parts: Sequence[ReadinessPart], chosen: Mapping[str, tuple[ReadinessChoice, ...] | None], score: Score
) -> Iterator[Gain]:
    for part in parts:
        made = chosen[part.id]
        if made is None:
            continue
        now = _points(part, made) if made else 0
        for choice in _open(part, made, now):
            more = choice.points - now if part.choose == "one" else choice.points
            if choice.move is not None and more > 0:
                points = _gain(part.weight, more, score)
                yield Gain(part.id, choice.move.do, points, choice.move.step, choice.move.entry)


def _open(part: ReadinessPart, made: tuple[ReadinessChoice, ...], now: int) -> list[ReadinessChoice]:
    """What can be reached from here: all that is not ticked; where one is chosen, the next better one."""
    if part.choose == "several":
        return [choice for choice in part.choices if choice not in made]
    better = [choice for choice in part.choices if choice.points > now]
    return [min(better, key=lambda choice: choice.points)] if better else []


def _gain(weight: int, points: float, score: Score) -> float:
    return round(weight * points / score.answered_weight, 1)
