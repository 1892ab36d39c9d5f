"""`waymark import`: brings files of questions and answers into a knowledge folder, all of them or none.

They go to one file, `imported.yaml` beside `words.yaml`, which nobody else writes. Not here: reading the formats
(`bot.knowledge.exchange`).
"""

import datetime as dt
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import WaymarkError
from bot.knowledge.check import check_reading
from bot.knowledge.exchange.difference import Difference, difference
from bot.knowledge.exchange.reading import Imported, Progress, read_entries
from bot.knowledge.exchange.writing import write_entries
from bot.knowledge.faults import Fault
from bot.knowledge.loading import IMPORTED, PlacedEntry, read_folder
from bot.knowledge.models import Entry
from bot.knowledge.shipped import shipped_knowledge
from bot.knowledge.yaml_file import SIZE_LIMIT, too_large
from bot.matching.check import clashes

#: The first line of the file, by which it is known from one that a person wrote.
HEADER = "# Written by `waymark import`, which replaces all of it; change the files it came from instead.\n"


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do: the file with all its entries and how they differ from now, or the faults."""

    target: Path
    entries: tuple[Entry, ...] = ()
    difference: Difference = field(default_factory=Difference)
    faults: tuple[Fault, ...] = ()


def plan(folder: Path, files: Sequence[Path], progress: Progress, today: dt.date, *, keep: bool = False) -> Plan:
    """Reads the files and compares them with what the folder's file holds; changes nothing.

    With `keep`, entries that the files do not have stay. Raises `WaymarkError` when the folder is not one to import to.
    """
    target = _target(folder)
    imports = [_read(file, progress) for file in files]
    faults = [fault for one in imports for fault in one.faults]
    if faults:
        return Plan(target, faults=tuple(faults))
    reading = read_folder(folder)
    old = [placed for placed in reading.placed if placed.file.path == target]
    if broken := [fault for fault in reading.faults if fault.file == target]:
        return Plan(target, faults=tuple(broken))
    new = [placed for one in imports for placed in one.placed]
    changes = difference(_entries(old), _entries(new))
    if keep:
        lost = {entry.id for entry in changes.lost}
        kept = [placed for placed in old if placed.entry.id in lost]
        new += kept
        changes = difference(_entries(old), _entries(new))
    reading.placed = [*(placed for placed in reading.placed if placed.file.path != target), *new]
    ours = {*files, target}
    found = {*check_reading(reading, today), *clashes(reading.placed)}
    if faults := sorted(fault for fault in found if fault.file in ours):
        return Plan(target, faults=tuple(faults))
    return Plan(target, tuple(_entries(new)), changes)


def carry_out(plan: Plan, *, yes: bool) -> bool:
    """Tells the faults, or the difference, asks and writes; False when there are faults or nobody agreed."""
    if plan.faults:
        for fault in plan.faults:
            print(_shown(str(fault)))
        print(f"{_number(len(plan.faults), 'fault')}; nothing was changed.", file=sys.stderr)
        return False
    print(_shown(plan.difference.summary()))
    if plan.difference.is_empty:
        print(f"{plan.target} has all of it already; nothing was changed.")
        return True
    if not yes and not _agreed(plan):
        return False
    _write(plan)
    print(
        f"Wrote {plan.target} with {_number(len(plan.entries), 'entry')}. Now run: waymark check {plan.target.parent}"
    )
    return True


def _target(folder: Path) -> Path:
    if (folder / "guide.yaml").is_file():
        raise WaymarkError(
            f"{folder} is one guide, and what is imported stands beside all of them. Name {folder.parent}."
        )
    shipped = shipped_knowledge()
    if shipped.name == "shipped_knowledge" and folder.resolve() == shipped:
        raise WaymarkError(
            "The knowledge that came with Waymark is replaced with each update, so nothing was imported there. Set "
            "WAYMARK_KNOWLEDGE to a copy of it, or name a folder of your own with --into."
        )
    target = folder / IMPORTED
    if target.is_file() and not target.read_bytes().startswith(HEADER.encode()):
        raise WaymarkError(f"{target} was not written by `waymark import`, so it was left alone. Give it another name.")
    return target


def _read(file: Path, progress: Progress) -> Imported:
    try:
        size = file.stat().st_size
        if size > SIZE_LIMIT:
            return Imported(faults=(too_large(file, size),))
        content = file.read_bytes()
    except OSError as error:
        return Imported(faults=(Fault(file, 1, f"the file cannot be read ({error.strerror})."),))
    return read_entries(str(file), content, progress)


def _entries(placed: Sequence[PlacedEntry]) -> list[Entry]:
    return [one.entry for one in placed]


def _agreed(plan: Plan) -> bool:
    """Asks at a terminal; where nobody can be asked, only what adds to the file and takes nothing away is agreed."""
    if not sys.stdin.isatty():
        if not plan.difference.changed and not plan.difference.lost:
            return True
        print("Entries would be changed or lost; nothing was. To write them all the same, add --yes.", file=sys.stderr)
        return False
    try:
        answer = input(f"Write this to {plan.target}? [y/N] ")
    except EOFError:
        answer = ""
    if answer.strip().casefold() in ("y", "yes"):
        return True
    print("Nothing was changed.")
    return False


def _write(plan: Plan) -> None:
    content = (HEADER + write_entries(plan.entries)).encode()
    if len(content) > SIZE_LIMIT:
        raise WaymarkError(f"All together that is more than {SIZE_LIMIT:,} bytes in one file. Nothing was changed.")
    # Written whole beside it and put in its place in one step: nobody ever reads half a file.
    new = plan.target.with_name(f"{plan.target.name}.new")
    try:
        new.write_bytes(content)
        new.replace(plan.target)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise WaymarkError(f"{plan.target} cannot be written: {error.strerror}. Nothing was changed.") from None


def _shown(text: str) -> str:
    """The text without what could steer a terminal."""
    return "".join(letter if letter.isprintable() or letter == "\n" else "\N{REPLACEMENT CHARACTER}" for letter in text)


def _number(count: int, noun: str) -> str:
    plural = f"{noun.removesuffix('y')}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else plural}"
