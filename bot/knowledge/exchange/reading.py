"""Reads a file of any known format into entries, or tells everything that is wrong with it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from bot.knowledge.exchange.csv_table import read_csv
from bot.knowledge.exchange.ids import Ids
from bot.knowledge.exchange.json_file import parse_json
from bot.knowledge.exchange.markdown import read_markdown
from bot.knowledge.exchange.rows import Reached, Rows
from bot.knowledge.exchange.tags import read_tags
from bot.knowledge.exchange.wordings import wording_faults
from bot.knowledge.faults import Fault
from bot.knowledge.loading import PlacedEntry
from bot.knowledge.models import CommunityFile, Entry
from bot.knowledge.wording import explain
from bot.knowledge.yaml_file import YamlFaultError, YamlFile, parse_yaml, text_of

#: Most entries of a file; far more than a server can ask of one bot, and still read in seconds.
ENTRIES_LIMIT = 50_000
#: Lines between two calls of `Progress`.
STEP = 1_000

#: Is told how many lines are read, and how many there are.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file holds: all its entries in its order and where they stand, or its faults and nothing else."""

    placed: tuple[PlacedEntry, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries alone."""
        return tuple(placed.entry for placed in self.placed)


def read_entries(name: str, content: bytes, progress: Progress | None = None) -> Imported:
    """The entries of a file of that name; a file with a fault gives none. Never raises on what a file holds.

    YAML, Markdown, CSV and JSON are known, by the name's ending or else by what stands in the file. Entries without an
    id get one, made from their question and the same each time.
    """
    path = Path(name)
    try:
        text = text_of(path, content)
        if not text.strip():
            return Imported(faults=(Fault(path, 1, "the file is empty."),))
        file, faults = _parsed(path, text, _steps(text, progress))
    except YamlFaultError as problem:
        return Imported(faults=(problem.fault,))
    if (count := len(_items(file))) > ENTRIES_LIMIT:
        return Imported(faults=(Fault(path, 1, f"the file has {count:,} entries; {ENTRIES_LIMIT:,} is the most."),))
    return _checked(_with_ids(file), faults)


def _steps(text: str, progress: Progress | None) -> Reached:
    if progress is None:
        return lambda _: None
    tell, total, told = progress, text.count("\n") + 1, 0

    def reached(line: int) -> None:
        nonlocal told
        if line >= told + STEP:
            told = line
            tell(line, total)

    return reached


def _parsed(path: Path, text: str, reached: Reached) -> tuple[YamlFile, list[Fault]]:
    """The file in the shape of a knowledge file, with the faults of a format that can have several."""
    match _format(path, text):
        case "yaml":
            return parse_yaml(path, text, reached), []
        case "json":
            file = parse_json(path, text, reached)
            if _is_export(file.data):
                return file, []
            rows = read_tags(file)
            rows.faults += _open_code(rows)
        case "markdown":
            rows = read_markdown(path, text, reached)
        case _:
            rows = read_csv(path, text, reached)
            rows.faults += _open_code(rows)
    if not rows.found and not rows.faults:
        rows.fault(1, "there is no question in this file.")
    return rows.file(), rows.faults


_ENDINGS = {
    "yaml": (".yaml", ".yml"),
    "json": (".json", ".jsonl", ".ndjson"),
    "markdown": (".md", ".markdown"),
    "csv": (".csv", ".tsv"),
}


def _format(path: Path, text: str) -> str:
    for known, endings in _ENDINGS.items():
        if path.suffix.casefold() in endings:
            return known
    start = text.lstrip()
    if start.startswith(("{", "[")):
        return "json"
    lines = text.splitlines()
    if any(line.startswith("entries:") for line in lines):
        return "yaml"
    if any(line.startswith("#") and line.lstrip("#").startswith(" ") for line in lines):
        return "markdown"
    return "csv"


def _is_export(data: object) -> bool:
    """Whether JSON has the shape of a knowledge file."""
    if not isinstance(data, dict) or data.keys() != {"entries"} or not isinstance(data["entries"], list):
        return False
    return all(isinstance(item, dict) and {"question", "answer"} <= item.keys() for item in data["entries"])


def _open_code(rows: Rows) -> list[Fault]:
    message = "a code block (```) in this answer is never closed."
    return [Fault(rows.path, row.answer_line or row.line, message) for row in rows.found if row.answer.count("```") % 2]


def _items(file: YamlFile) -> list[object]:
    items = file.data.get("entries") if isinstance(file.data, dict) else None
    return items if isinstance(items, list) else []


def _with_ids(file: YamlFile) -> YamlFile:
    """The file with an id for each entry that has none, even if its question is at fault: that is told already."""
    items = _items(file)
    if not items:
        return file
    ids = Ids({item["id"] for item in items if isinstance(item, dict) and isinstance(item.get("id"), str)})
    named = [
        {"id": ids.make(str(item.get("question"))), **item} if isinstance(item, dict) and "id" not in item else item
        for item in items
    ]
    return YamlFile(file.path, {**file.data, "entries": named} if isinstance(file.data, dict) else None, file.lines)


def _checked(file: YamlFile, faults: list[Fault]) -> Imported:
    placed: list[PlacedEntry] = []
    found = list(faults)
    try:
        entries = CommunityFile.model_validate(file.data).entries
        placed.extend(PlacedEntry(entry, file, position) for position, entry in enumerate(entries))
    except ValidationError as error:
        found.extend(explain(file, error, CommunityFile))
        placed.extend(_sound(file))
    found.extend(wording_faults(placed))
    return Imported(faults=tuple(sorted(set(found)))) if found else Imported(tuple(placed))


def _sound(file: YamlFile) -> list[PlacedEntry]:
    """The entries that can be read, so that what is wrong between them is told at once too."""
    found: list[PlacedEntry] = []
    for position, item in enumerate(_items(file)):
        try:
            found.append(PlacedEntry(Entry.model_validate(item), file, position))
        except ValidationError:
            continue
    return found
