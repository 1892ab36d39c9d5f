"""What skills and readiness checks came to, where members had it saved, so that they can see how they get on."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import BigInteger, Select, cast, delete, func, select

from bot.store.database import Database
from bot.store.member_rows import State, forget_rows, storable_state
from bot.store.personal import Held, rows
from bot.store.tables import ResultRow

#: What was checked.
Kind = Literal["skills", "readiness"]

#: The same values again within this time are the same result: a second click, or one after a restart came between.
SAME_CHECK = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Result:
    """What a check came to, and when; `values` are the domain's own."""

    number: int
    at: dt.datetime
    values: State


class Results:
    """The results in a database. `clock` tells the time of what is written."""

    def __init__(
        self, database: Database, clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(tz=dt.UTC)
    ) -> None:
        self._database = database
        self._clock = clock

    async def save(self, member: int, guide: str, kind: Kind, values: State) -> Result:
        """The saved result; the last one when that was saved within the hour and says the same."""
        kept, now = storable_state(values), self._clock()
        async with self._database.writing() as session:
            if session.get_bind().dialect.name == "postgresql":
                # There may be no row yet that a second click could wait for.
                await session.execute(select(func.pg_advisory_xact_lock(cast(member, BigInteger))))
            last = await session.scalar(_of(member, guide, kind).order_by(ResultRow.number.desc()).limit(1))
            if last is not None and last.values == kept and now - last.at < SAME_CHECK:
                return _result(last)
            row = ResultRow(member=member, guide=guide, kind=kind, values=kept, at=now)
            session.add(row)
            await session.flush()
            return _result(row)

    async def of(self, member: int, guide: str, kind: Kind) -> tuple[Result, ...]:
        """The member's results, oldest first."""
        async with self._database.reading() as session:
            found = await session.scalars(_of(member, guide, kind).order_by(ResultRow.number))
            return tuple(_result(row) for row in found)

    async def drop(self, member: int, number: int) -> bool:
        """Lets one result of the member's go; whether there was one."""
        asked = delete(ResultRow).where(ResultRow.member == member, ResultRow.number == number)
        async with self._database.writing() as session:
            return await session.scalar(asked.returning(ResultRow.number)) is not None

    async def forget(self, person: int, server: int | None = None) -> int:
        """Lets all results of a person go, which are of no server; gives how many there were."""
        if server is not None:
            return 0
        return await forget_rows(self._database, ResultRow, ResultRow.member == person)

    async def export(self, person: int) -> Held:
        """A person's results, oldest first."""
        row = ResultRow
        columns = (row.number, row.guide, row.kind, row.values, row.at)
        async with self._database.reading() as session:
            return {"member_results": await rows(session, row.member == person, *columns)}


def _of(member: int, guide: str, kind: Kind) -> Select[tuple[ResultRow]]:
    return select(ResultRow).where(ResultRow.member == member, ResultRow.guide == guide, ResultRow.kind == kind)


def _result(row: ResultRow) -> Result:
    return Result(row.number, row.at, row.values)
