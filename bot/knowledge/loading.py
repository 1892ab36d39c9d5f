"""Reads a knowledge folder into `Knowledge`, with every fault of every file named by file and line.

Not here: rules that reach across entries (`check`).
"""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.knowledge.coaching_files import CoachingFiles
from bot.knowledge.coaching_kinds import COACHING_KINDS, CoachingKind
from bot.knowledge.faults import Fault, KnowledgeError
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.models import (
    CommunityFile,
    EntriesFile,
    Entry,
    GuideEntry,
    GuideFile,
    OutOfScopeFile,
    WordsFile,
)
from bot.knowledge.shipped import shipped_knowledge
from bot.knowledge.wording import explain
from bot.knowledge.yaml_file import Location, YamlFaultError, YamlFile, read_yaml

#: Beside `words.yaml`: what `waymark import` brought in. Like a community's file, without themes and sources.
IMPORTED = "imported.yaml"

_File = TypeVar("_File", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class PlacedEntry:
    """An entry and where it stands: its file, and its position (from 0) in that file's list."""

    entry: Entry
    file: YamlFile
    position: int

    def fault(self, location: Location, message: str) -> Fault:
        """A fault at a key of this entry, such as `("related", 0)`."""
        return Fault(self.file.path, self.file.line(("entries", self.position, *location)), message)


@dataclass(frozen=True, slots=True)
class PlacedText:
    """An out-of-scope text and where it stands: its file, and its position (from 0) in that file's list."""

    text: str
    file: YamlFile
    position: int

    def fault(self, message: str) -> Fault:
        """A fault of this text."""
        return Fault(self.file.path, self.file.line(("out_of_scope", self.position)), message)


@dataclass(frozen=True, slots=True)
class PlacedCoaching:
    """A file that coaches, such as `path.yaml`: its guide's id, its kind, its lines, and what its model made of it."""

    guide: str
    kind: CoachingKind
    file: YamlFile
    value: Any


@dataclass(slots=True)
class Reading:
    """What was found in a folder: whatever could be read, and the faults of the rest."""

    guides: list[GuideFile] = field(default_factory=list)
    guide_files: list[YamlFile] = field(default_factory=list)
    placed: list[PlacedEntry] = field(default_factory=list)
    words: WordsFile = field(default_factory=WordsFile)
    out_of_scope: list[PlacedText] = field(default_factory=list)
    coaching: list[PlacedCoaching] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    #: Ids of entries that have faults of their own: others may still name them.
    faulty_ids: set[str] = field(default_factory=set)

    def knowledge(self) -> Knowledge:
        """The knowledge as far as it could be read; of entries with the same id the first."""
        entries: dict[str, Entry] = {}
        for placed in self.placed:
            entries.setdefault(placed.entry.id, placed.entry)
        out_of_scope = tuple(placed.text for placed in self.out_of_scope)
        return Knowledge(tuple(self.guides), tuple(entries.values()), self.words, out_of_scope, self.coaching_files())

    def coaching_files(self) -> dict[str, CoachingFiles]:
        """By a guide's id its files that coach, as far as they could be read; guides that have none are left out."""
        by_guide: dict[str, CoachingFiles] = {}
        for found in self.coaching:
            files = by_guide.get(found.guide, CoachingFiles())
            by_guide[found.guide] = replace(files, **{found.kind.name: found.value})
        return by_guide


def load_knowledge(folder: Path) -> Knowledge:
    """The knowledge in a folder; raises `KnowledgeError` with all faults that keep it from being read."""
    reading = read_folder(folder)
    if reading.faults:
        raise KnowledgeError(reading.faults)
    return reading.knowledge()


def read_folder(folder: Path) -> Reading:
    """Reads `words.yaml`, what was imported, and whatever is in each folder that has a `guide.yaml`; or one guide.

    Never raises on what files hold: what is wrong stands in `faults`.
    """
    reading = Reading()
    guide_folders = _guide_folders(folder)
    is_guide, has_imported = guide_folders == [folder], (folder / IMPORTED).is_file()
    if not guide_folders and not has_imported:
        reading.faults.append(Fault(folder, 1, "there is no guide here: no folder in it has a `guide.yaml`."))
        return reading
    words = _read(reading, _shared(folder, "words.yaml"), WordsFile)
    reading.words = words[1] if words else WordsFile()
    _read_out_of_scope(reading, _shared(folder, "out-of-scope.yaml"))
    for guide_folder in guide_folders:
        guide = _read(reading, guide_folder / "guide.yaml", GuideFile)
        if guide is not None:
            reading.guide_files.append(guide[0])
            reading.guides.append(guide[1])
        for path in sorted((guide_folder / "entries").glob("*.y*ml")):
            _read_entries(reading, path)
        _read_out_of_scope(reading, guide_folder / "out-of-scope.yaml")
        _read_coaching(reading, guide_folder, guide[1].guide if guide else guide_folder.name)
    if has_imported and not is_guide:
        _read_entries(reading, folder / IMPORTED, CommunityFile, Entry)
    reading.faults.sort()
    return reading


def read_words(folder: Path) -> WordsFile:
    """The words that hold for a folder; raises `KnowledgeError` with all faults of their file."""
    reading = Reading()
    words = _read(reading, _shared(folder, "words.yaml"), WordsFile)
    if words is None:
        raise KnowledgeError(reading.faults)
    return words[1]


def load_community(path: Path) -> tuple[Entry, ...]:
    """The entries of a community's file; raises `KnowledgeError` with all its faults."""
    reading = Reading()
    community = _read(reading, path, CommunityFile)
    if community is None:
        raise KnowledgeError(reading.faults)
    return tuple(community[1].entries)


def read_community(path: Path) -> Reading:
    """A community's file by itself, to be checked; the words that hold are those beside it, or else the shipped ones.

    An entry in it may stand in the place of one of a guide's. Never raises on what the file holds.
    """
    reading = Reading(words=read_words(path.parent))
    _read_entries(reading, path, CommunityFile, Entry)
    return reading


def _guide_folders(folder: Path) -> list[Path]:
    if (folder / "guide.yaml").is_file():
        return [folder]
    return sorted(path.parent for path in folder.glob("*/guide.yaml"))


def _shared(folder: Path, name: str) -> Path:
    """The folder's own file for all guides, or the one beside it when the folder is one guide, or the shipped one."""
    folders = [folder.parent] if (folder / "guide.yaml").is_file() else [folder]
    return next((path / name for path in folders if (path / name).is_file()), shipped_knowledge() / name)


def _parsed(reading: Reading, path: Path) -> YamlFile | None:
    try:
        return read_yaml(path)
    except YamlFaultError as problem:
        reading.faults.append(problem.fault)
        return None


def _read(reading: Reading, path: Path, model: type[_File]) -> tuple[YamlFile, _File] | None:
    file = _parsed(reading, path)
    if file is None:
        return None
    try:
        return file, model.model_validate(file.data)
    except ValidationError as error:
        reading.faults.extend(explain(file, error, model))
        return None


def _read_entries(
    reading: Reading,
    path: Path,
    model: type[EntriesFile | CommunityFile] = EntriesFile,
    item_model: type[Entry] = GuideEntry,
) -> None:
    file = _parsed(reading, path)
    if file is None:
        return
    try:
        found = model.model_validate(file.data)
    except ValidationError as error:
        reading.faults.extend(explain(file, error, model))
        _salvage(reading, file, item_model)
        return
    reading.placed.extend(PlacedEntry(entry, file, position) for position, entry in enumerate(found.entries))


def _read_out_of_scope(reading: Reading, path: Path) -> None:
    found = _read(reading, path, OutOfScopeFile) if path.is_file() else None
    if found is not None:
        file, texts = found[0], found[1].out_of_scope
        reading.out_of_scope.extend(PlacedText(text, file, position) for position, text in enumerate(texts))


def _read_coaching(reading: Reading, guide_folder: Path, guide: str) -> None:
    for kind in COACHING_KINDS:
        path = guide_folder / f"{kind.name}.yaml"
        found = _read(reading, path, kind.model) if path.is_file() else None
        if found is not None:
            reading.coaching.append(PlacedCoaching(guide, kind, *found))


def _salvage(reading: Reading, file: YamlFile, model: type[Entry]) -> None:
    """Keeps the sound entries of a faulty file, so that one fault does not bring up others that are none."""
    raw = file.data.get("entries") if isinstance(file.data, dict) else None
    for position, item in enumerate(raw if isinstance(raw, list) else []):
        try:
            reading.placed.append(PlacedEntry(model.model_validate(item), file, position))
        except ValidationError:
            if isinstance(item, dict) and isinstance(item.get("id"), str):
                reading.faulty_ids.add(item["id"])
