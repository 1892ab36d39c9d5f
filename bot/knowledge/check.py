"""The rules that reach across files: ids that repeat, names that lead nowhere, answers that are too long.

Not here: what each key must be (`models`); phrasings that clash, and entries that are not found by their own question,
which need the matcher (`bot.matching.check`).
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from bot.knowledge.defined import Defined
from bot.knowledge.faults import Fault
from bot.knowledge.loading import IMPORTED, PlacedEntry, Reading
from bot.knowledge.models import ANSWER_LIMIT, FIGURE_MARK, Entry, GuideFile
from bot.knowledge.yaml_file import Location, YamlFile


def check_reading(reading: Reading, today: dt.date) -> list[Fault]:
    """Every fault of what was read, those of the files themselves among them, sorted by file and line."""
    faults = set(reading.faults)
    for guide, file in zip(reading.guides, reading.guide_files, strict=True):
        faults.update(_guide_faults(guide, file))
    defined = _defined(reading)
    faults.update(_broken_sequences(reading, defined))
    faults.update(_repeated_ids(reading))
    faults.update(_dangling(reading, defined))
    by_guide = reading.coaching_files()
    for found in reading.coaching:
        faults.update(found.kind.rules(found.value, found.file, defined, by_guide[found.guide]))
    faults.update(_long_answers(reading, today))
    return sorted(faults)


def _guide_faults(guide: GuideFile, file: YamlFile) -> Iterator[Fault]:
    for name, figure in guide.figures.items():
        if figure.source not in guide.sources:
            line = file.line(("figures", name, "source"))
            yield Fault(file.path, line, f"figure `{name}` names the source `{figure.source}`, which is not defined.")
        if isinstance(figure.value, list) and figure.value[0] >= figure.value[1]:
            line = file.line(("figures", name, "value"))
            yield Fault(file.path, line, f"`value` of figure `{name}` must go from low to high.")


def _repeated_ids(reading: Reading) -> Iterator[Fault]:
    first: dict[str, PlacedEntry] = {}
    for placed in reading.placed:
        earlier = first.setdefault(placed.entry.id, placed)
        if earlier is not placed:
            where = f"{earlier.file.path.name}:{earlier.file.line(('entries', earlier.position, 'id'))}"
            yield placed.fault(("id",), f"the id `{placed.entry.id}` is taken already ({where}); ids must differ.")


def _defined(reading: Reading) -> Defined:
    ids = {placed.entry.id for placed in reading.placed} | reading.faulty_ids
    return Defined.by(reading.guides, None if _is_unread(reading) else ids)


def _dangling(reading: Reading, defined: Defined) -> Iterator[Fault]:
    texts: dict[Path, list[str]] = {}
    for placed in reading.placed:
        entry = placed.entry
        for number, other in enumerate(entry.related):
            if other == entry.id:
                yield placed.fault(("related", number), f"`{entry.id}` names itself as related.")
            elif defined.lacks_entry(other):
                yield placed.fault(("related", number), f"`related` names `{other}`, and there is no such entry.")
        if defined.has_guide:
            yield from _undefined(placed, defined, texts)


def _broken_sequences(reading: Reading, defined: Defined) -> Iterator[Fault]:
    for guide, file in zip(reading.guides, reading.guide_files, strict=True):
        for number, sequence in enumerate(guide.sequences):
            for place, entry_id in enumerate(sequence):
                if defined.lacks_entry(entry_id):
                    line = file.line(("sequences", number, place))
                    yield Fault(file.path, line, f"`sequences` names `{entry_id}`, and there is no such entry.")


def _undefined(placed: PlacedEntry, defined: Defined, texts: dict[Path, list[str]]) -> Iterator[Fault]:
    entry = placed.entry
    # Only imported entries may be without one; a guide's are refused before.
    if entry.theme is not None and entry.theme not in defined.themes:
        yield placed.fault(("theme",), f"`theme` is `{entry.theme}`, which guide.yaml does not define.")
    for number, source in enumerate(entry.sources):
        if source not in defined.sources:
            yield placed.fault(("sources", number), f"`sources` names `{source}`, which guide.yaml does not define.")
    for location, text in (("answer",), entry.answer), *_leads(entry):
        for name in dict.fromkeys(FIGURE_MARK.findall(text)):
            if name not in defined.figures:
                yield _figure_fault(placed, location, name, texts)


def _leads(entry: Entry) -> Iterator[tuple[Location, str]]:
    return ((("leads", number, "text"), lead.text) for number, lead in enumerate(entry.leads))


def _is_unread(reading: Reading) -> bool:
    """Whether some entries file could not be read at all: then a missing id may well stand in it."""
    read = {placed.file.path for placed in reading.placed}
    return any(
        (fault.file.parent.name == "entries" or fault.file.name == IMPORTED) and fault.file not in read
        for fault in reading.faults
    )


def _figure_fault(placed: PlacedEntry, location: Location, name: str, texts: dict[Path, list[str]]) -> Fault:
    """`texts`: the lines of files that were looked into already."""
    start = placed.file.line(("entries", placed.position, *location))
    path = placed.file.path
    lines = texts.get(path) or texts.setdefault(path, path.read_text("utf-8-sig").splitlines())
    # The text is a block that starts on its key's line or below it: the line that has the mark is the place.
    line = next((at for at, text in enumerate(lines[start - 1 : start + 199], start) if f"{{{name}}}" in text), start)
    message = f"`{location[-1]}` names the figure `{{{name}}}`, which guide.yaml does not define."
    return Fault(path, line, message)


def _long_answers(reading: Reading, today: dt.date) -> Iterator[Fault]:
    knowledge = reading.knowledge()
    for placed in reading.placed:
        leads = range(len(placed.entry.leads))
        length = len(knowledge.text_of(placed.entry.led_by(leads), today))
        if length > ANSWER_LIMIT:
            more = " and all its leads before it" if leads else ""
            yield placed.fault(
                ("answer",),
                f"`answer` has {length:,} characters with its figures filled in{more}; {ANSWER_LIMIT:,} is the most.",
            )
