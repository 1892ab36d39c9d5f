"""Puts a whole set of entries in the place of those that a server has, many rows at a time.

Not here: who asks for it, and the transaction in which it happens (`entries`, `imports`).
"""

import asyncio
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.drafts import Draft
from bot.store.snapshots import Snapshot
from bot.store.tables import AuditRow, EntryRow, VersionRow
from bot.store.values import Replaced

#: How many rows are read or written at once: between two times others have their turn.
TOGETHER = 500

_Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Row:
    """An entry as it is found, in the bin or not."""

    version: int
    overrides: bool
    in_bin: bool
    draft: Draft


async def replace_all(  # noqa: PLR0913, PLR0917 - what a version is made of
    session: AsyncSession,
    server: int,
    wanted: Callable[[Snapshot], Snapshot],
    author: int,
    at: dt.datetime,
    reason: str | None,
) -> Replaced:
    """Makes what `wanted` gives the server's entries: what is new or changed gets a next version, the rest is binned.

    `wanted` is given the entries that stand, which nobody else changes until the transaction ends; it is called in a
    thread, and what it raises changes nothing.
    """
    rows = await _locked(session, server)
    standing = Snapshot(
        {entry_id: row.draft for entry_id, row in rows.items() if not row.in_bin},
        frozenset(entry_id for entry_id, row in rows.items() if row.overrides and not row.in_bin),
    )
    # Many texts are compared there, and others want to be heard meanwhile.
    after = await asyncio.to_thread(wanted, standing)
    done = standing.replaced_by(after)
    for batch in _batches([*done.new, *done.changed, *done.lost]):
        made: list[_Values] = []
        moved: list[_Values] = []
        texts: list[_Values] = []
        deeds: list[_Values] = []
        for entry_id in batch:
            row, draft = rows.get(entry_id), after.drafts.get(entry_id)
            version = row.version + 1 if row else 1
            entry: _Values = {"server": server, "entry_id": entry_id}
            said = {**entry, "author": author, "at": at, "action": "import" if draft else "remove", "reason": reason}
            state = {"version": version, "removed_at": None if draft else at}
            overrides = row.overrides if row and not row.in_bin else entry_id in after.overrides
            (moved if row else made).append({**entry, **state, "overrides": overrides})
            texts.append({**said, **_text(draft or standing.drafts[entry_id]), "number": version})
            deeds.append({**said, "version": version})
        # A version hangs on its entry.
        for statement, values in (
            (insert(EntryRow), made), (update(EntryRow), moved), (insert(VersionRow), texts), (insert(AuditRow), deeds),
        ):  # fmt: skip
            if values:
                await session.execute(statement, values)
    return done


async def _locked(session: AsyncSession, server: int) -> dict[str, _Row]:
    """All entries of the server by id, those in the bin too; nobody else changes them until this transaction ends."""
    if session.get_bind().dialect.name == "postgresql":
        # Where there is no row yet to lock, two imports would both think that they are the first.
        await session.execute(select(func.pg_advisory_xact_lock(server)))
    # Locked in order, so that two writers cannot wait for each other; read only then, as what is read together with the
    # wait for a lock would be of two moments.
    lock = select(EntryRow.entry_id).where(EntryRow.server == server).order_by(EntryRow.entry_id)
    await session.execute(lock.with_for_update())
    current = and_(
        VersionRow.server == EntryRow.server,
        VersionRow.entry_id == EntryRow.entry_id,
        VersionRow.number == EntryRow.version,
    )
    asked = (
        select(
            EntryRow.entry_id, EntryRow.version, EntryRow.overrides, EntryRow.removed_at,
            VersionRow.question, VersionRow.answer, VersionRow.phrasings,
        )
        .join(VersionRow, current)
        .where(EntryRow.server == server)
    )  # fmt: skip
    found: dict[str, _Row] = {}
    async for rows in (await session.stream(asked)).partitions(TOGETHER):
        for entry_id, version, overrides, removed_at, question, answer, phrasings in rows:
            draft = Draft(question, answer, tuple(phrasings))
            found[entry_id] = _Row(version, overrides, removed_at is not None, draft)
    return dict(sorted(found.items()))


def _text(draft: Draft) -> _Values:
    return {"question": draft.question, "answer": draft.answer, "phrasings": list(draft.phrasings)}


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), TOGETHER):
        yield ids[start : start + TOGETHER]
