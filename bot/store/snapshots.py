"""All entries of a server or of a file at one moment: what stands, what shall stand, and how they differ.

Plain values; not here: where they are kept (`entries`, `imports`).
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from bot.knowledge.exchange.ids import words_key
from bot.knowledge.models import Entry
from bot.store.drafts import Draft, checked_id
from bot.store.values import Replaced, StoredEntry


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The drafts by their ids, in the order of those; `overrides`: the ids that stand in place of the guide's."""

    drafts: Mapping[str, Draft]
    overrides: frozenset[str] = frozenset()

    @classmethod
    def checked(cls, drafts: Mapping[str, Draft], guide_ids: Collection[str] = ()) -> Self:
        """The drafts as they can be saved; raises `WaymarkError` when one of them is no entry."""
        found = {checked_id(entry_id): drafts[entry_id].checked() for entry_id in sorted(drafts)}
        return cls(found, frozenset(found.keys() & set(guide_ids)))

    @classmethod
    def of(cls, stored: Iterable[StoredEntry]) -> Self:
        """The entries as they are stored."""
        entries = {entry.id: entry for entry in stored}
        overrides = frozenset(entry_id for entry_id, entry in entries.items() if entry.overrides)
        return cls({entry_id: entries[entry_id].draft for entry_id in sorted(entries)}, overrides)

    @classmethod
    def read(cls, text: str) -> Self:
        """What `text` wrote."""
        said = json.loads(text)
        drafts = {
            entry_id: Draft(question, answer, tuple(phrasings))
            for entry_id, question, answer, phrasings in said["entries"]
        }
        return cls(drafts, frozenset(said["overrides"]))

    def text(self) -> str:
        """The same as text, for a database."""
        entries = [(entry_id, one.question, one.answer, one.phrasings) for entry_id, one in self.drafts.items()]
        return json.dumps({"entries": entries, "overrides": sorted(self.overrides)}, ensure_ascii=False)

    def fingerprint(self) -> str:
        """16 letters by which the texts are known: others when a single letter differs."""
        entries = [(entry_id, one.question, one.answer, one.phrasings) for entry_id, one in self.drafts.items()]
        return hashlib.blake2b(json.dumps(entries).encode(), digest_size=8).hexdigest()

    def entries(self) -> tuple[Entry, ...]:
        """The entries as the knowledge has them, by id."""
        return tuple(draft.entry(entry_id) for entry_id, draft in self.drafts.items())

    def replaced_by(self, after: "Snapshot") -> Replaced:
        """What is new, changed and lost when `after` takes the place of this."""
        before = self.drafts
        return Replaced(
            tuple(entry_id for entry_id in after.drafts if entry_id not in before),
            tuple(entry_id for entry_id, draft in after.drafts.items() if before.get(entry_id, draft) != draft),
            tuple(entry_id for entry_id in before if entry_id not in after.drafts),
        )

    def laid_over(self, standing: "Snapshot", *, keep: bool) -> "Snapshot":
        """What shall stand when these entries, read from a file, are imported over those that stand.

        An entry whose question stands already under an id that the file has not goes on under that id, with its
        history. One that says the same, but for phrasings that repeat another's words, stays as it is. With `keep`, so
        does what the file lacks.
        """
        lacking = {
            words_key(draft.question): entry_id
            for entry_id, draft in standing.drafts.items()
            if entry_id not in self.drafts
        }
        drafts: dict[str, Draft] = {}
        overrides: set[str] = set()
        for ours, draft in self.drafts.items():
            entry_id = ours if ours in standing.drafts else lacking.pop(words_key(draft.question), ours)
            before = standing.drafts.get(entry_id)
            drafts[entry_id] = before if before and _says_the_same(before, draft) else draft
            if entry_id in standing.overrides if before else ours in self.overrides:
                overrides.add(entry_id)
        if keep:
            drafts = {**standing.drafts, **drafts}
            overrides |= standing.overrides
        return Snapshot(dict(sorted(drafts.items())), frozenset(overrides))


def without_repeats(draft: Draft) -> Draft:
    """The draft without phrasings that have the words of its question or of one before: once is enough."""
    seen = {words_key(draft.question)}
    kept: list[str] = []
    for phrasing in draft.phrasings:
        words = words_key(phrasing)
        if words not in seen:
            kept.append(phrasing)
            seen.add(words)
    return Draft(draft.question, draft.answer, tuple(kept))


def _says_the_same(one: Draft, other: Draft) -> bool:
    return one == other or without_repeats(one) == without_repeats(other)
