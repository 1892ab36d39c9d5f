"""Keeps apart who asked the mentors without a name and those who answer, and notes whenever a moderator looks."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select, update

from bot.errors import WaymarkError
from bot.store.database import Database
from bot.store.drafts import checked_reason
from bot.store.personal import Held, rows, theirs
from bot.store.tables import MentorRequestRow, RelayRow, ReportRow, UnmaskingRow


@dataclass(frozen=True, slots=True)
class Relayed:
    """A message that was passed on, by the request it belongs to; `by_asker`: whether it came from the asker."""

    request: int
    by_asker: bool


@dataclass(frozen=True, slots=True)
class Unmasking:
    """A line of the log: a moderator learned who asked. `moderator` is None once that person is forgotten."""

    request: int
    moderator: int | None
    reason: str | None
    at: dt.datetime


class Anonymity:
    """Who stands behind requests without a name, in a database. `clock` tells the time of what is written."""

    def __init__(
        self, database: Database, clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(tz=dt.UTC)
    ) -> None:
        self._database = database
        self._clock = clock

    async def recipient(self, request: int) -> int | None:
        """Whom a mentor's reply goes to: for sending it, and for nothing else. None once they are forgotten."""
        async with self._database.reading() as session:
            row = await session.get(MentorRequestRow, request)
        return row.asker if row else None

    async def relay(self, request: int, message: int, channel: int, *, by_asker: bool) -> None:
        """Keeps that this message passes something on, so that replies to it find their way; its text is not kept."""
        row = RelayRow(message=message, channel=channel, request=request, by_asker=by_asker, at=self._clock())
        async with self._database.writing() as session:
            await session.merge(row)

    async def relayed(self, message: int) -> Relayed | None:
        """What the message passes on; None when it is none of those, or too old."""
        async with self._database.reading() as session:
            row = await session.get(RelayRow, message)
        return Relayed(row.request, row.by_asker) if row else None

    async def report(self, request: int, reporter: int, reason: str | None = None) -> bool:
        """Reports what an anonymous asker wrote; whether it is this person's first report of it."""
        async with self._database.writing() as session:
            asked = await session.get(MentorRequestRow, request, with_for_update=True)
            if asked is None:
                raise WaymarkError("This question to the mentors is not kept any more, so there is nothing to report.")
            same = and_(ReportRow.request == request, ReportRow.reporter == reporter)
            if await session.scalar(select(ReportRow.number).where(same)) is not None:
                return False
            session.add(
                ReportRow(
                    server=asked.server, request=request, reporter=reporter, reason=checked_reason(reason),
                    at=self._clock(),
                )
            )  # fmt: skip
            return True

    async def unmask(self, request: int, moderator: int, reason: str) -> int:
        """Who asked, after it was reported and for a reason; each look is logged before anything is told.

        Raises `WaymarkError` when nobody has reported it, the reason says nothing, or the asker is forgotten.
        """
        why = checked_reason(reason)
        if why is None:
            raise WaymarkError("Say why you have to know who asked. It is logged with your name.")
        async with self._database.writing() as session:
            asked = await session.get(MentorRequestRow, request)
            reported = await session.scalar(select(ReportRow.number).where(ReportRow.request == request).limit(1))
            if asked is None or reported is None:
                raise WaymarkError("Nobody has reported this question, so who asked it stays unknown.")
            if asked.asker is None:
                raise WaymarkError("Who asked this is not kept any more.")
            session.add(
                UnmaskingRow(server=asked.server, request=request, moderator=moderator, reason=why, at=self._clock())
            )
            return asked.asker

    async def unmaskings(self, server: int, limit: int = 50) -> tuple[Unmasking, ...]:
        """Who learned last who asked, the newest first."""
        asked = select(UnmaskingRow).where(UnmaskingRow.server == server).order_by(UnmaskingRow.number.desc())
        async with self._database.reading() as session:
            return tuple(
                Unmasking(row.request, row.moderator, row.reason, row.at)
                for row in await session.scalars(asked.limit(limit))
            )

    async def expire(self, server: int, before: dt.datetime) -> int:
        """Empties who reported before that and why, and why moderators looked; gives in how many places it stood."""
        reports = and_(
            ReportRow.server == server, ReportRow.at < before,
            or_(ReportRow.reporter.is_not(None), ReportRow.reason.is_not(None)),
        )  # fmt: skip
        looks = and_(UnmaskingRow.server == server, UnmaskingRow.at < before, UnmaskingRow.reason.is_not(None))
        return await self._update(ReportRow, reports, reporter=None, reason=None) + await self._update(
            UnmaskingRow, looks, reason=None
        )

    async def export(self, person: int) -> Held:
        """What was passed on for the person, what they reported and looked up, and when somebody looked them up."""
        own = select(MentorRequestRow.number).where(MentorRequestRow.asker == person)
        async with self._database.reading() as session:
            return {
                RelayRow.__tablename__: await rows(
                    session, RelayRow.request.in_(own),
                    RelayRow.request, RelayRow.at, RelayRow.message, RelayRow.channel, RelayRow.by_asker,
                ),
                ReportRow.__tablename__: await rows(
                    session, theirs(ReportRow.reporter, person),
                    ReportRow.request, ReportRow.at, ReportRow.server, ReportRow.reason,
                ),
                UnmaskingRow.__tablename__: await rows(
                    session, theirs(UnmaskingRow.moderator, person),
                    UnmaskingRow.request, UnmaskingRow.at, UnmaskingRow.server, UnmaskingRow.reason,
                ),
                "unmasked": await rows(
                    session, UnmaskingRow.request.in_(own), UnmaskingRow.request, UnmaskingRow.at, UnmaskingRow.server
                ),
            }  # fmt: skip

    async def forget(self, person: int, server: int | None = None) -> int:
        """Takes a person's id out of what they looked up, and out of what they reported with their words; gives in how
        many places it stood.

        What hangs on their own requests goes with those (`Mentoring.forget`).
        """
        reports = await self._update(ReportRow, theirs(ReportRow.reporter, person, server), reporter=None, reason=None)
        looks = await self._update(UnmaskingRow, theirs(UnmaskingRow.moderator, person, server), moderator=None)
        return reports + looks

    async def _update(self, row: type[ReportRow | UnmaskingRow], which: ColumnElement[bool], **values: None) -> int:
        asked = update(row).where(which).values(**values).returning(row.number)
        async with self._database.writing() as session:
            return len((await session.scalars(asked)).all())
