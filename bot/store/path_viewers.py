"""Who may see a member's path: nobody but those whom the member allowed, each in one server and for one guide."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import and_, delete, exists, or_, select

from bot.store.database import Database
from bot.store.member_rows import forget_rows, made_once
from bot.store.personal import Held, rows, theirs
from bot.store.tables import PathViewerRow


@dataclass(frozen=True, slots=True)
class PathViewer:
    """Somebody, or everybody with a role, whom a member allowed to see their path; `viewer` is the id of either."""

    viewer: int
    is_role: bool
    at: dt.datetime


class PathViewers:
    """Those who may see paths, in a database. `clock` tells the time of what is written."""

    def __init__(
        self, database: Database, clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(tz=dt.UTC)
    ) -> None:
        self._database = database
        self._clock = clock

    async def allow(self, member: int, guide: str, server: int, viewer: int, *, is_role: bool) -> None:
        """Lets somebody, or everybody with a role of that server, see the member's path of the guide there."""
        async with self._database.writing() as session:
            row = await made_once(
                session, PathViewerRow, member=member, guide=guide, server=server, viewer=viewer, is_role=is_role,
                at=self._clock(),
            )  # fmt: skip
            row.is_role = is_role

    async def revoke(self, member: int, guide: str, server: int, viewer: int) -> bool:
        """Lets them see it no more; whether they could."""
        asked = delete(PathViewerRow).where(
            PathViewerRow.member == member, PathViewerRow.guide == guide, PathViewerRow.server == server,
            PathViewerRow.viewer == viewer,
        )  # fmt: skip
        async with self._database.writing() as session:
            return await session.scalar(asked.returning(PathViewerRow.viewer)) is not None

    async def of(self, member: int, guide: str, server: int) -> tuple[PathViewer, ...]:
        """All whom the member allowed there, in the order in which they did."""
        asked = select(PathViewerRow).where(
            PathViewerRow.member == member, PathViewerRow.guide == guide, PathViewerRow.server == server
        )
        async with self._database.reading() as session:
            found = await session.scalars(asked.order_by(PathViewerRow.at, PathViewerRow.viewer))
            return tuple(PathViewer(row.viewer, row.is_role, row.at) for row in found)

    async def may_see(self, member: int, guide: str, server: int, viewer: int, roles: Collection[int]) -> bool:
        """Whether the member allowed it to them or to one of the roles they have now; everybody may see their own."""
        if viewer == member:
            return True
        allowed = or_(
            and_(PathViewerRow.viewer == viewer, PathViewerRow.is_role.is_(False)),
            and_(PathViewerRow.viewer.in_(roles), PathViewerRow.is_role.is_(True)),
        )
        there = exists().where(
            PathViewerRow.member == member, PathViewerRow.guide == guide, PathViewerRow.server == server, allowed
        )
        async with self._database.reading() as session:
            return bool(await session.scalar(select(there)))

    async def forget(self, person: int, server: int | None = None) -> int:
        """Lets go whom a person allowed, and that they were allowed themselves; gives in how many places they stood."""
        row = PathViewerRow
        whose = or_(
            theirs(row.member, person, server), and_(theirs(row.viewer, person, server), row.is_role.is_(False))
        )
        return await forget_rows(self._database, row, whose)

    async def export(self, person: int) -> Held:
        """Whom a person allowed, and where they were allowed by others, without those others."""
        row = PathViewerRow
        allowed = (row.guide, row.server, row.viewer, row.is_role, row.at)
        async with self._database.reading() as session:
            by_them = await rows(session, row.member == person, *allowed)
            to_them = await rows(
                session, and_(row.viewer == person, row.is_role.is_(False)), row.guide, row.server, row.viewer, row.at
            )
        return {"path_viewers": [*by_them, *to_them]}
