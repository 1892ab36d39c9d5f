"""What a file would make of a server's entries, found out before anything is changed; plain values, no Discord.

Not here: reading the formats (`bot.knowledge.exchange`), what is done about it (`import_buttons`), and how it is shown
(`import_views`).
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.errors import WaymarkError
from bot.knowledge.exchange.difference import Difference, difference
from bot.knowledge.exchange.ids import Ids, id_of, words_key
from bot.knowledge.exchange.reading import Imported
from bot.knowledge.exchange.wordings import wording_faults
from bot.knowledge.faults import Fault
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.loading import PlacedEntry
from bot.knowledge.models import FIGURE_MARK, Entry
from bot.knowledge.yaml_file import YamlFile
from bot.matching.check import clashes
from bot.store.drafts import PHRASING_LIMIT, PHRASINGS_LIMIT, Draft
from bot.store.snapshots import Snapshot, without_repeats

#: Keys of a guide's entry that a community's does not have.
_LEFT_OUT = {"theme": "theme", "lookalikes": "not", "leads": "leads", "related": "related", "sources": "sources"}
#: Most ids, keys and marks that a note names.
NAMED = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do: the file's entries and how the server's would differ, or the faults of the file.

    `notes`: sentences on what is otherwise in the file than it will be.
    """

    file: Snapshot = field(default_factory=lambda: Snapshot({}))
    difference: Difference = field(default_factory=Difference)
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()


def plan_of(read: Imported, standing: Snapshot, guide: Knowledge, *, keep: bool) -> Plan:
    """What a file that was read would make of the entries that stand; with `keep`, what it lacks stays.

    `guide`: what the server's entries lie over.
    """
    if read.faults:
        return Plan(faults=read.faults)
    placed = _with_own_ids(read.placed, standing, guide)
    drafts: dict[str, Draft] = {}
    faults: list[Fault] = []
    for one in placed:
        found, drafts[one.entry.id] = _drafted(one)
        faults += found
    file = Snapshot(dict(sorted(drafts.items())), frozenset(one for one in drafts if guide.entry(one)))
    if faults := faults or _clashes(placed, file, standing, keep=keep):
        return Plan(faults=tuple(sorted(set(faults))))
    return Plan(file, planned(file, standing, keep=keep), notes=tuple(_notes(placed, file, standing, guide)))


def planned(file: Snapshot, standing: Snapshot, *, keep: bool) -> Difference:
    """How the entries would differ when the file's are imported over those that stand."""
    return difference(standing.entries(), file.laid_over(standing, keep=keep).entries())


def unreadable(entries: Iterable[Entry]) -> tuple[str, ...]:
    """What would keep a file of these entries from being imported again: wordings that two of them have."""
    return tuple(fault.message.partition(" in line ")[0] for fault in wording_faults(_unplaced(entries)))


def _with_own_ids(placed: Sequence[PlacedEntry], standing: Snapshot, guide: Knowledge) -> list[PlacedEntry]:
    """The entries; an id that was made from a question and only happens to be that of a guide's entry is made anew."""
    ids = Ids({entry.id for entry in guide.entries} | standing.drafts.keys() | {one.entry.id for one in placed})
    return [
        replace(one, entry=one.entry.model_copy(update={"id": ids.make(one.entry.question)}))
        if one.entry.id not in standing.drafts and _is_chance(one.entry, guide)
        else one
        for one in placed
    ]


def _is_chance(entry: Entry, guide: Knowledge) -> bool:
    named = guide.entry(entry.id)
    if named is None or entry.id != id_of(entry.question):
        return False
    return words_key(named.question) != words_key(entry.question)


def _drafted(one: PlacedEntry) -> tuple[list[Fault], Draft]:
    """The entry as it can be saved, and why it cannot."""
    entry = one.entry
    draft = Draft(entry.question, entry.answer, tuple(entry.phrasings))
    try:
        return [], draft.checked()
    except WaymarkError as error:
        said = str(error).partition(" Nothing was changed")[0]
    faults = [
        one.fault(("phrasings", number), f"this phrasing has {len(text):,} characters; {PHRASING_LIMIT} is the most.")
        for number, text in enumerate(entry.phrasings)
        if len(text) > PHRASING_LIMIT
    ]
    if len(entry.phrasings) > PHRASINGS_LIMIT:
        said = f"`{entry.id}` has {len(entry.phrasings):,} phrasings; {PHRASINGS_LIMIT} is the most."
        faults.append(one.fault(("phrasings",), said))
    return faults or [one.fault(("answer",), said)], draft


def _clashes(placed: Sequence[PlacedEntry], file: Snapshot, standing: Snapshot, *, keep: bool) -> list[Fault]:
    """Wordings of what is new or changed that stand twice, or in what stays. What stays is no fault of the file."""
    after = file.laid_over(standing, keep=keep).drafts
    stays = {entry_id: draft for entry_id, draft in after.items() if draft == standing.drafts.get(entry_id)}
    texts = {without_repeats(draft) for draft in stays.values()}
    fresh = [one for one in placed if without_repeats(file.drafts[one.entry.id]) not in texts]
    ours = {one.file.path for one in fresh}
    old = _unplaced(draft.entry(entry_id) for entry_id, draft in stays.items())
    return [fault for fault in clashes([*old, *fresh]) if fault.file in ours]


def _unplaced(entries: Iterable[Entry]) -> list[PlacedEntry]:
    """Entries that stand in no file."""
    nowhere = YamlFile(Path(), None, {})
    return [PlacedEntry(entry, nowhere, position) for position, entry in enumerate(entries)]


def _notes(placed: Sequence[PlacedEntry], file: Snapshot, standing: Snapshot, guide: Knowledge) -> Iterator[str]:
    entries = [one.entry for one in placed]
    if over := sorted(file.overrides - standing.drafts.keys()):
        yield f"These take the place of the guide's own entries: {_listed(over)}."
    left_out = dict.fromkeys(key for entry in entries for name, key in _LEFT_OUT.items() if getattr(entry, name))
    if left_out:
        yield f"I keep questions, phrasings and answers only. The file has more: {_listed(left_out)}."
    marks = dict.fromkeys(mark for entry in entries for mark in FIGURE_MARK.findall(entry.answer))
    if unknown := [f"{{{mark}}}" for mark in marks if guide.figure(mark) is None]:
        yield f"Members will read {_listed(unknown)} as it stands there: it means nothing to me."


def _listed(names: Collection[str]) -> str:
    """The first names, and how many more there are."""
    more = len(names) - NAMED
    return ", ".join(f"`{name}`" for name in list(names)[:NAMED]) + (f" and {more} more" if more > 0 else "")
