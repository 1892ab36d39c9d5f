"""What an import would change, told before it does."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.knowledge.exchange.ids import words_key
from bot.knowledge.models import Entry

#: Most questions that a summary names of each kind.
NAMED_LIMIT = 10


@dataclass(frozen=True, slots=True)
class Change:
    """An entry before and after."""

    before: Entry
    after: Entry


@dataclass(frozen=True, slots=True)
class Difference:
    """Each kind sorted by id; `lost` are the old entries that the new ones do not have."""

    new: tuple[Entry, ...] = ()
    changed: tuple[Change, ...] = ()
    lost: tuple[Entry, ...] = ()
    same: tuple[Entry, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.new or self.changed or self.lost)

    def summary(self) -> str:
        """The numbers on one line, then a line for each of the first entries: `+` new, `~` changed, `-` lost."""
        counts = (
            f"{len(self.new):,} new, {len(self.changed):,} changed, {len(self.lost):,} lost, {len(self.same):,} same"
        )
        return "\n".join(
            [
                counts,
                *_named("+", self.new),
                *_named("~", [change.after for change in self.changed]),
                *_named("-", self.lost),
            ]
        )


def difference(old: Iterable[Entry], new: Iterable[Entry]) -> Difference:
    """How the new entries differ from the old: paired by id, and those left over by their question."""
    before = {entry.id: entry for entry in old}
    after = {entry.id: entry for entry in new}
    moved = {words_key(entry.question): entry for entry in before.values() if entry.id not in after}
    pairs: list[Change] = []
    added: list[Entry] = []
    for entry in after.values():
        earlier = before.get(entry.id) or moved.pop(words_key(entry.question), None)
        if earlier is None:
            added.append(entry)
        else:
            pairs.append(Change(earlier, entry))
    pairs.sort(key=lambda pair: pair.after.id)
    met = {pair.before.id for pair in pairs}
    return Difference(
        _by_id(added),
        tuple(pair for pair in pairs if pair.before != pair.after),
        _by_id(entry for entry in before.values() if entry.id not in met),
        tuple(pair.after for pair in pairs if pair.before == pair.after),
    )


def _by_id(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: entry.id))


def _named(sign: str, entries: Iterable[Entry]) -> Iterator[str]:
    all_of_them = list(entries)
    for entry in all_of_them[:NAMED_LIMIT]:
        yield f"  {sign} {entry.id}: {entry.question}"
    if len(all_of_them) > NAMED_LIMIT:
        yield f"  {sign} and {len(all_of_them) - NAMED_LIMIT:,} more"
