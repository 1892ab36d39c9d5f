"""The rules of `path.yaml` that reach across its keys and to other files."""

from collections.abc import Iterator, Sequence

from bot.knowledge.amounts import Measure, amount_of, duration_of, held_to, measure_of, months_shown, whole_duration
from bot.knowledge.coaching_files import CoachingFiles
from bot.knowledge.defined import Defined
from bot.knowledge.faults import Fault
from bot.knowledge.models import FIGURE_MARK
from bot.knowledge.path_models import (
    ByPace,
    Estimate,
    Pace,
    PathFile,
    PathStep,
    StartingPoint,
    StepChange,
    at_pace,
    first_in_circle,
)
from bot.knowledge.skills_check import fault, repeated
from bot.knowledge.yaml_file import Location, YamlFile


def path_faults(path: PathFile, file: YamlFile, defined: Defined, _beside: CoachingFiles) -> Iterator[Fault]:
    """Ids that repeat or name nothing, ranges the wrong way round, and totals that the steps do not add up to."""
    yield from _undefined_figures(file, defined, (), file.data)
    yield from repeated(file, ((("steps", at, "id"), step.id) for at, step in enumerate(path.steps)))
    yield from repeated(file, ((("starting_points", at, "id"), s.id) for at, s in enumerate(path.starting_points)))
    for at, step in enumerate(path.steps):
        yield from _part_faults(path, file, defined, ("steps", at), step)
        if step.during is None and step.duration is None:
            yield fault(
                file, ("steps", at), f"`{step.id}` lacks the key `duration`, or `during` with the id of a step."
            )
    looped = first_in_circle(path.steps)
    if looped is not None:
        place = ("steps", path.steps.index(looped), "during")
        yield fault(file, place, f"`during` of `{looped.id}` comes back to `{looped.id}` itself.")
    for at, start in enumerate(path.starting_points):
        where = ("starting_points", at)
        yield from _start_faults(path, file, defined, where, start)
        if looped is None and (circle := first_in_circle(path.steps_from(start))) is not None:
            yield fault(file, (*where, "changes"), f"`during` of `{circle.id}` comes back to `{circle.id}` itself.")
        yield from _total_faults(path, file, defined, where, start)


def _undefined_figures(file: YamlFile, defined: Defined, where: Location, value: object) -> Iterator[Fault]:
    """Any text may name a figure, and a duration or a cost consists of them."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _undefined_figures(file, defined, (*where, key), part)
    elif isinstance(value, list):
        for at, part in enumerate(value):
            yield from _undefined_figures(file, defined, (*where, at), part)
    elif isinstance(value, str):
        for name in dict.fromkeys(FIGURE_MARK.findall(value)):
            if defined.lacks_figure(name):
                message = f"`{where[-1]}` names the figure `{{{name}}}`, which guide.yaml does not define."
                yield fault(file, where, message)


def _part_faults(
    path: PathFile, file: YamlFile, defined: Defined, where: Location, part: PathStep | StepChange
) -> Iterator[Fault]:
    """The faults of a step, or of the keys that a starting point changes of one."""
    checklist = part.checklist or []
    yield from repeated(file, (((*where, "checklist", at, "id"), item.id) for at, item in enumerate(checklist)))
    yield from _duration_faults(file, defined, (*where, "duration"), part.duration)
    if isinstance(part.duration, ByPace) and None in (part.duration.full_time, part.duration.part_time):
        yield fault(file, (*where, "duration"), "`duration` must have both `full_time` and `part_time`.")
    yield from _amount_faults(file, defined, (*where, "cost"), part.cost, path.currency)
    if part.during is not None and part.during not in {step.id for step in path.steps}:
        yield fault(file, (*where, "during"), f"`during` names `{part.during}`, and there is no such step.")
    yield from _doubled(file, (*where, "entries"), part.entries or [])
    for at, entry in enumerate(part.entries or []):
        if defined.lacks_entry(entry):
            yield fault(file, (*where, "entries", at), f"`entries` names `{entry}`, and there is no such entry.")
    yield from _source_faults(file, defined, where, part.sources or [])


def _doubled(file: YamlFile, where: Location, names: Sequence[str]) -> Iterator[Fault]:
    for at, name in enumerate(names):
        if name in names[:at]:
            yield fault(file, (*where, at), f"`{where[-1]}` names `{name}` a second time.")


def _source_faults(file: YamlFile, defined: Defined, where: Location, sources: Sequence[str]) -> Iterator[Fault]:
    for at, source in enumerate(sources):
        if defined.lacks_source(source):
            message = f"`sources` names `{source}`, which guide.yaml does not define."
            yield fault(file, (*where, "sources", at), message)


def _duration_faults(
    file: YamlFile, defined: Defined, where: Location, given: str | Estimate | ByPace | None
) -> Iterator[Fault]:
    if isinstance(given, ByPace):
        for pace in Pace:
            yield from _amount_faults(file, defined, (*where, pace.value), at_pace(given, pace), "months")
    else:
        yield from _amount_faults(file, defined, where, given, "months")


def _amount_faults(
    file: YamlFile, defined: Defined, where: Location, given: str | Estimate | None, measure: Measure
) -> Iterator[Fault]:
    if isinstance(given, Estimate) and given.estimate[0] > given.estimate[1]:
        yield fault(file, (*where, "estimate"), "`estimate` must go from low to high.")
    if isinstance(given, str):
        wanted = "years or months" if measure == "months" else measure
        for name in FIGURE_MARK.findall(given):
            figure = defined.figures.get(name)
            if figure is not None and measure_of(figure) != measure:
                message = f"`{where[-1]}` names the figure `{{{name}}}`, which is not a range in {wanted} with an end."
                yield fault(file, where, message)


def _start_faults(
    path: PathFile, file: YamlFile, defined: Defined, where: Location, start: StartingPoint
) -> Iterator[Fault]:
    known = {step.id for step in path.steps}
    yield from _doubled(file, (*where, "drop"), start.drop)
    for at, dropped in enumerate(start.drop):
        if dropped not in known:
            yield fault(file, (*where, "drop", at), f"`drop` names `{dropped}`, and there is no such step.")
    if all(step.during is not None for step in path.steps_from(start)):
        yield fault(file, (*where, "drop"), f"`{start.id}` leaves no step that takes time of its own.")
    for step_id, change in start.changes.items():
        place = (*where, "changes", step_id)
        if step_id not in known:
            yield fault(file, place, f"`changes` names `{step_id}`, and there is no such step.")
        if step_id in start.drop:
            yield fault(file, place, f"`changes` names `{step_id}`, which `drop` leaves out.")
        yield from _part_faults(path, file, defined, place, change)
    yield from _duration_faults(file, defined, (*where, "total"), start.total)
    yield from _source_faults(file, defined, where, start.sources)


def _total_faults(
    path: PathFile, file: YamlFile, defined: Defined, where: Location, start: StartingPoint
) -> Iterator[Fault]:
    """The steps must reach from the lowest to the highest that the source gives for the whole: over both paces, or at
    each pace where it gives one for each.
    """
    groups = [[pace] for pace in Pace] if isinstance(start.total, ByPace) else [list(Pace)]
    for paces in groups:
        total = amount_of(at_pace(start.total, paces[0]), "months", defined.figures.get)
        steps = path.steps_from(start)
        if total is None or any(_is_unknown(step, pace, defined) for step in steps for pace in paces):
            continue
        wholes = [held_to(whole_duration(steps, pace, defined.figures.get), total) for pace in paces]
        low, high = min(whole.low for whole in wholes), max(whole.high for whole in wholes)
        if (low, high) != (total.low, total.high):
            key = ("total", paces[0].value) if len(groups) > 1 else ("total",)
            sums, wanted = months_shown(low, high), months_shown(total.low, total.high)
            message = f"the steps from `{start.id}` take {sums} together; `total` says {wanted}."
            yield fault(file, (*where, *key), message)


def _is_unknown(step: PathStep, pace: Pace, defined: Defined) -> bool:
    return step.during is None and duration_of(step, pace, defined.figures.get) is None
