"""What is held on people over all tables: gives it out, and lets it go, when they say so or its time has come."""

import datetime as dt
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import Column, Select, Table, delete, select, union

from bot.store.database import Database
from bot.store.member_rows import made_once
from bot.store.personal import Personal, rows, theirs
from bot.store.server_settings import AllServerSettings
from bot.store.tables import PERSONS, Base, DepartureRow, VersionRow

#: Lets go what is older than that in a server, and gives in how many places it was.
Expire: TypeAlias = Callable[[int, dt.datetime], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was let go of a person: `places` by the name of the part of the store, how many there were.

    `versions`: how many texts of entries they wrote. Those stay with the community, without their name.
    """

    places: Mapping[str, int]
    versions: int


class Privacy:
    """What is held on people in a database.

    `parts`: by name, all parts of the store that hold something on people. `expiring`: by name, what lets go of that
    when its time has come. Each is a transaction of its own: what breaks off is begun again, and goes on where it was.
    """

    def __init__(
        self,
        database: Database,
        settings: AllServerSettings,
        parts: Mapping[str, Personal],
        expiring: Mapping[str, Expire],
    ) -> None:
        self._database = database
        self._settings = settings
        self._parts = parts
        self._expiring = expiring

    async def export(self, person: int) -> dict[str, Sequence[Mapping[str, object]]]:
        """All that is held on the person, by table, as plain values that JSON knows; tables without any are left out.

        Nothing in it tells of others: not who asked the question that a mentor took, nor who reported one.
        """
        found: dict[str, Sequence[Mapping[str, object]]] = {}
        for part in self._parts.values():
            found |= await part.export(person)
        async with self._database.reading() as session:
            left = await rows(session, theirs(DepartureRow.member, person), DepartureRow.server, DepartureRow.at)
        found[DepartureRow.__tablename__] = left
        return {name: every for name, every in found.items() if every}

    async def forget(self, person: int, server: int | None = None) -> Forgotten:
        """Lets go all that is held on the person, in one server or in all, and tells what went and what stays."""
        wrote = select(VersionRow.number).where(theirs(VersionRow.author, person, server))
        async with self._database.reading() as session:
            versions = len((await session.scalars(wrote)).all())
        places = {name: await part.forget(person, server) for name, part in self._parts.items()}
        async with self._database.writing() as session:
            await session.execute(delete(DepartureRow).where(theirs(DepartureRow.member, person, server)))
        return Forgotten(places, versions)

    async def people(self, server: int) -> tuple[int, ...]:
        """The ids of all on whom something is held in the server, in order: to see who of them has left."""
        async with self._database.reading() as session:
            found = await session.scalars(union(*_people(server)))
            return tuple(sorted(found))

    async def left(self, server: int, member: int, now: dt.datetime) -> None:
        """Notes that a member has left the server; when that is known already, it stays as it was."""
        async with self._database.writing() as session:
            await made_once(session, DepartureRow, server=server, member=member, at=now)

    async def came_back(self, server: int, member: int) -> None:
        """Notes that a member is back, so that what is held on them stays."""
        async with self._database.writing() as session:
            await session.execute(delete(DepartureRow).where(theirs(DepartureRow.member, member, server)))

    async def forget_left(self, now: dt.datetime) -> tuple[tuple[int, int], ...]:
        """Forgets in each server those who left it longer ago than it keeps texts, and gives server and person of each.

        What is of no server, such as paths, stays: whoever is in none with the bot any more is to be forgotten.
        """
        asked = select(DepartureRow.server, DepartureRow.member, DepartureRow.at).order_by(DepartureRow.at)
        async with self._database.reading() as session:
            departed = (await session.execute(asked)).tuples().all()
        gone: list[tuple[int, int]] = []
        for server, member, at in departed:
            if at <= await self._before(server, now):
                await self.forget(member, server)
                gone.append((server, member))
        return tuple(gone)

    async def retention(self, now: dt.datetime) -> Mapping[str, int]:
        """Lets go what is older than its server keeps texts, by the settings as they stand now.

        Tells in how many places it was, by the name of the part of the store.
        """
        columns = (table.c.server for table in _tables())
        async with self._database.reading() as session:
            servers = sorted(await session.scalars(union(*(select(one).where(one.is_not(None)) for one in columns))))
        gone = dict.fromkeys(self._expiring, 0)
        for server in servers:
            before = await self._before(server, now)
            for name, expire in self._expiring.items():
                gone[name] += await expire(server, before)
        return gone

    async def _before(self, server: int, now: dt.datetime) -> dt.datetime:
        return now - dt.timedelta(days=(await self._settings.get(server)).kept_days)


def _tables() -> Iterator[Table]:
    """The tables in which people are named by server."""
    return (one for one in Base.metadata.sorted_tables if "server" in one.c and PERSONS & set(one.c.keys()))


def _people(server: int) -> Iterator[Select[tuple[int]]]:
    for table in _tables():
        for name in sorted(PERSONS & set(table.c.keys())):
            person: Column[int] = table.c[name]
            named = select(person).where(person.is_not(None), table.c.server == server)
            # The same column holds the ids of roles there.
            yield named.where(table.c.is_role.is_(False)) if "is_role" in table.c else named
