"""How far members have come on the paths of guides. A state is what `bot.coaching.progress` makes of it.

Each method is one transaction: when it comes back, what it did outlives a crash.
"""

import copy
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from bot.errors import WaymarkError
from bot.store.database import Database
from bot.store.member_rows import State, forget_rows, made_once, storable_state
from bot.store.personal import Held, rows
from bot.store.tables import MemberPathRow


class MissingPathError(WaymarkError):
    """The member has no path of this guide (any more)."""


@dataclass(frozen=True, slots=True)
class StoredPath:
    """How far a member has come; `version` counts from 1 and rises with each state that differs from the one before."""

    member: int
    guide: str
    state: State
    version: int
    begun_at: dt.datetime
    changed_at: dt.datetime


class MemberPaths:
    """The paths in a database. `clock` tells the time of what is written."""

    def __init__(
        self, database: Database, clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(tz=dt.UTC)
    ) -> None:
        self._database = database
        self._clock = clock

    async def get(self, member: int, guide: str) -> StoredPath | None:
        """The member's path of the guide, None when they have not begun it."""
        async with self._database.reading() as session:
            row = await session.get(MemberPathRow, (member, guide))
        return _stored(row) if row else None

    async def of(self, member: int) -> tuple[StoredPath, ...]:
        """All paths of a member, the one they went on with last first."""
        asked = select(MemberPathRow).where(MemberPathRow.member == member)
        async with self._database.reading() as session:
            found = await session.scalars(asked.order_by(MemberPathRow.changed_at.desc(), MemberPathRow.guide))
            return tuple(_stored(row) for row in found)

    async def begin(self, member: int, guide: str, state: State) -> StoredPath:
        """The path as it is begun with the state; the one that is there when there is one, as it is."""
        async with self._database.writing() as session:
            now = self._clock()
            row = await made_once(
                session, MemberPathRow, member=member, guide=guide, state=storable_state(state), version=1,
                begun_at=now, changed_at=now,
            )  # fmt: skip
            return _stored(row)

    async def change(self, member: int, guide: str, move: Callable[[State], State]) -> StoredPath:
        """The path after the move, which is called once with the state as it stands, while nobody else changes it.

        A move that gives the same state saves nothing; one that raises changes nothing. It is to be quick, as others
        who change this path wait for it. Raises `MissingPathError` when there is no path.
        """
        async with self._database.writing() as session:
            row = await session.get(MemberPathRow, (member, guide), with_for_update=True)
            if row is None:
                raise MissingPathError(
                    "You have not begun this path, or what was kept of it was deleted. Nothing was changed; `/become` "
                    "starts it."
                )
            self._save(row, move(copy.deepcopy(row.state)))
            return _stored(row)

    async def replace(self, member: int, guide: str, state: State) -> StoredPath:
        """The path with the state in the place of whatever was there, as when that cannot be read any more."""
        async with self._database.writing() as session:
            now = self._clock()
            row = await made_once(
                session, MemberPathRow, member=member, guide=guide, state=storable_state(state), version=1,
                begun_at=now, changed_at=now,
            )  # fmt: skip
            self._save(row, state)
            return _stored(row)

    async def forget(self, person: int, server: int | None = None) -> int:
        """Lets all paths of a person go, which are of no server; gives how many there were."""
        if server is not None:
            return 0
        return await forget_rows(self._database, MemberPathRow, MemberPathRow.member == person)

    async def export(self, person: int) -> Held:
        """A person's paths, notes and all."""
        row = MemberPathRow
        columns = (row.guide, row.version, row.begun_at, row.changed_at, row.state)
        async with self._database.reading() as session:
            return {"member_paths": await rows(session, row.member == person, *columns)}

    def _save(self, row: MemberPathRow, state: State) -> None:
        kept = storable_state(state)
        if kept != row.state:
            row.state, row.version, row.changed_at = kept, row.version + 1, self._clock()


def _stored(row: MemberPathRow) -> StoredPath:
    return StoredPath(row.member, row.guide, row.state, row.version, row.begun_at, row.changed_at)
