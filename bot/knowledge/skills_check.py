"""The rules of `ladder.yaml` and `skills.yaml` that reach across their keys and to other files."""

from collections.abc import Iterable, Iterator

from bot.knowledge.coaching_files import CoachingFiles
from bot.knowledge.defined import Defined
from bot.knowledge.faults import Fault
from bot.knowledge.models import FIGURE_MARK
from bot.knowledge.skills_models import SKILLS_PART, LadderFile, ReadinessForm, ReadinessPart, Skill, SkillsFile
from bot.knowledge.yaml_file import Location, YamlFile


def ladder_faults(ladder: LadderFile, file: YamlFile, defined: Defined, _beside: CoachingFiles) -> Iterator[Fault]:
    """Ids that repeat, figures and entries that are not there, and levels that do not lead to the next."""
    yield from figure_marks(file, file.data)
    yield from repeated(file, ((("levels", at, "id"), level.id) for at, level in enumerate(ladder.levels)))
    for at, level in enumerate(ladder.levels):
        where = ("levels", at)
        for key, name in (("years",), level.years), *((("pay", label), name) for label, name in level.pay.items()):
            if defined.lacks_figure(name):
                yield fault(file, (*where, *key), f"`{key[-1]}` names the figure `{name}`, which guide.yaml lacks.")
        yield from unknown_entry(file, (*where, "entry"), level.entry, defined)
        is_highest = level is ladder.levels[-1]
        if is_highest and level.onward is not None:
            yield fault(file, (*where, "onward"), f"`{level.id}` is the highest level: `onward` has nowhere to lead.")
        if not is_highest and level.onward is None:
            yield fault(file, where, f"`{level.id}` lacks the key `onward`: how to get to the next level.")
    for at, entry in enumerate(ladder.pictured):
        if defined.lacks_entry(entry):
            yield fault(file, ("pictured", at), f"`pictured` names `{entry}`, and there is no such entry.")


def skills_faults(skills: SkillsFile, file: YamlFile, defined: Defined, beside: CoachingFiles) -> Iterator[Fault]:
    """Ids that repeat or name nothing, levels without a need, and readiness that cannot come to a hundred."""
    yield from not_beside(file, "ladder.yaml", "path.yaml")
    yield from figure_marks(file, file.data)
    yield from repeated(file, ((("groups", at, "id"), group.id) for at, group in enumerate(skills.groups)))
    yield from repeated(file, (((*where, "id"), skill.id) for where, skill in _placed(skills)))
    for where, skill in _placed(skills):
        yield from _need_faults(skill, file, where, beside.ladder)
        yield from unknown_step(file, (*where, "step"), skill.step, beside)
        yield from unknown_entry(file, (*where, "entry"), skill.entry, defined)
    yield from _readiness_faults(skills.readiness, file, defined, beside)


def repeated(file: YamlFile, placed: Iterable[tuple[Location, str]]) -> Iterator[Fault]:
    """A fault for each id that stood at an earlier place already."""
    first: dict[str, Location] = {}
    for location, name in placed:
        if first.setdefault(name, location) != location:
            line = file.line(first[name])
            yield fault(file, location, f"the id `{name}` is taken already (line {line}); ids must differ.")


def not_beside(file: YamlFile, *names: str) -> Iterator[Fault]:
    """A fault for each file that this one names things of, and that is not in its folder."""
    for name in names:
        if not file.path.with_name(name).is_file():
            yield Fault(file.path, 1, f"this file needs `{name}` beside it, which is not there.")


def figure_marks(file: YamlFile, value: object, where: Location = ()) -> Iterator[Fault]:
    """A fault for each text below a place that names a figure in braces: members would read the name."""
    if isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from figure_marks(file, part, (*where, key))
    elif isinstance(value, str):
        for mark in dict.fromkeys(found[0] for found in FIGURE_MARK.finditer(value)):
            yield fault(file, where, f"`{mark}` would be shown as it is: no figures are filled in here.")


def unknown_level(file: YamlFile, location: Location, level: str, ladder: LadderFile | None) -> Iterator[Fault]:
    """A fault where the ladder surely has no such level."""
    if ladder is not None and ladder.level(level) is None:
        yield fault(file, location, f"`{location[-1]}` names the level `{level}`, which ladder.yaml lacks.")


def unknown_step(file: YamlFile, location: Location, step: str, beside: CoachingFiles) -> Iterator[Fault]:
    """A fault where the path surely has no such step."""
    if beside.path is not None and step not in {known.id for known in beside.path.steps}:
        yield fault(file, location, f"`{location[-1]}` names the step `{step}`, which path.yaml lacks.")


def unknown_entry(file: YamlFile, location: Location, entry: str, defined: Defined) -> Iterator[Fault]:
    """A fault where there is surely no such entry."""
    if defined.lacks_entry(entry):
        yield fault(file, location, f"`{location[-1]}` names `{entry}`, and there is no such entry.")


def fault(file: YamlFile, location: Location, message: str) -> Fault:
    """A fault at a place of the file."""
    return Fault(file.path, file.line(location), message)


def _placed(skills: SkillsFile) -> Iterator[tuple[Location, Skill]]:
    for number, group in enumerate(skills.groups):
        for at, skill in enumerate(group.skills):
            yield ("groups", number, "skills", at), skill


def _need_faults(skill: Skill, file: YamlFile, where: Location, ladder: LadderFile | None) -> Iterator[Fault]:
    for level_id in skill.needs:
        yield from unknown_level(file, (*where, "needs", level_id), level_id, ladder)
    for level in ladder.levels if ladder else ():
        if level.id not in skill.needs:
            yield fault(file, (*where, "needs"), f"`needs` of `{skill.id}` lacks the level `{level.id}`.")


def _readiness_faults(
    readiness: ReadinessForm, file: YamlFile, defined: Defined, beside: CoachingFiles
) -> Iterator[Fault]:
    parts = [(("readiness", "parts", at), part) for at, part in enumerate(readiness.parts)]
    yield from unknown_level(file, ("readiness", "level"), readiness.level, beside.ladder)
    own = (("readiness", "skills"), SKILLS_PART)
    yield from repeated(file, (own, *(((*where, "id"), part.id) for where, part in parts)))
    weight = readiness.skills.weight + sum(part.weight for part in readiness.parts)
    if weight != 100:
        yield fault(file, ("readiness",), f"the weights of `skills` and the `parts` come to {weight}; 100 is wanted.")
    for where, part in parts:
        yield from _part_faults(part, file, where)
        for at, choice in enumerate(part.choices):
            if choice.move is not None:
                move = (*where, "choices", at, "move")
                yield from unknown_step(file, (*move, "step"), choice.move.step, beside)
                yield from unknown_entry(file, (*move, "entry"), choice.move.entry, defined)


def _part_faults(part: ReadinessPart, file: YamlFile, where: tuple[str | int, ...]) -> Iterator[Fault]:
    yield from repeated(file, (((*where, "choices", at, "id"), choice.id) for at, choice in enumerate(part.choices)))
    points = [choice.points for choice in part.choices]
    full, of = (max(points), "the best choice") if part.choose == "one" else (sum(points), "all choices together")
    if full != 100:
        yield fault(file, (*where, "choices"), f"`points` of `{part.id}` come to {full} for {of}; 100 is wanted.")
    least = min(points) if part.choose == "one" else 0
    for at, choice in enumerate(part.choices):
        if choice.points > least and choice.move is None:
            message = f"`{choice.id}` lacks the key `move`: what to do to be able to say this."
            yield fault(file, (*where, "choices", at), message)
