"""Check-ins: when members want to be asked how it goes, and how each due one is sent by one process, whatever crashes.

The way of a due one: `claim_due` gives it out, `renew` says right before sending whether it is still to be sent, then
it is sent with its `nonce`, and `sent` moves on to the next. Where that did not go, `failed` says when to try again.

What is guaranteed:

- None is dropped. It stays due until `sent` was saved, however often processes crash and sending fails.
- No two processes are given the same one at a time. A claim lasts `CLAIM_LASTS` from `claim_due` or the last `renew`;
  only then, or after `failed`, is it given out again.
- All attempts at the same due time have the same `nonce`, and no others have it. `sent` counts once for it.
- What the member stopped, snoozed or set anew is not sent any more: from then on `renew` says so.
- Due times that passed while nobody was there are not made up for: one is sent, then comes the next regular time.

What is not:

- That it is sent only once. A process may die, or lose the database, after Discord took the message and before `sent`
  was saved, and then it is given out again. Discord posts no second message with a nonce that it knows, but it knows
  one only for "the past few minutes" (Create Message, `enforce_nonce`). `CLAIM_LASTS` is a few minutes, too, but
  nobody may be there by then. So whoever is given one that is `again` due looks first whether it stands there already,
  with the nonce, which the custom ids of its buttons should hold for that.
- Anything, when a process sleeps longer than `CLAIM_LASTS` between `renew` and sending, or clocks differ by so much.
- That nothing comes after `stop`, when it was pressed between `renew` and sending.
"""

import datetime as dt
import difflib
import hashlib
import secrets
import zoneinfo
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import WaymarkError
from bot.store.database import Database
from bot.store.drafts import storable
from bot.store.member_rows import forget_rows, made_once
from bot.store.personal import Held, rows, theirs
from bot.store.tables import CheckInRow

#: How often a member wants to be asked.
Every = Literal["week", "month"]

#: How long one that was given out to be sent is not given out again: about as long as Discord remembers a nonce.
CLAIM_LASTS = dt.timedelta(minutes=3)
#: Fewest days between two: half a period. After a late one, the next regular time that is nearer is left out.
_FEWEST_DAYS = {"week": 4, "month": 15}
#: Longest that a check-in can be put off, in days.
SNOOZE_LIMIT = 365


@dataclass(frozen=True, slots=True)
class CheckIn:
    """How a member wants to be asked; `next_at` is in UTC, all else as in `CheckIns.set`.

    `thread`: the private thread that is used because direct messages are closed, None when none is.
    """

    member: int
    guide: str
    every: Every
    hour: int
    zone: str
    server: int | None
    channel: int | None
    thread: int | None
    next_at: dt.datetime


@dataclass(frozen=True, slots=True)
class DueCheckIn:
    """A check-in that is given out to be sent; `again` when it was before, so that it may have been sent already."""

    member: int
    guide: str
    server: int | None
    channel: int | None
    thread: int | None
    due_at: dt.datetime
    claim: str
    again: bool

    @property
    def nonce(self) -> str:
        """The same for each attempt at this due time, and for no other; 24 characters, of 25 that Discord takes."""
        text = f"{self.member}:{self.guide}:{self.due_at.astimezone(dt.UTC).isoformat()}"
        return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


class CheckIns:
    """The check-ins in a database, one a member and guide. `clock` tells the time of what is written."""

    def __init__(
        self, database: Database, clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(tz=dt.UTC)
    ) -> None:
        self._database = database
        self._clock = clock

    async def set(  # noqa: PLR0913 - what a member says about it
        self,
        member: int,
        guide: str,
        *,
        every: Every,
        hour: int,
        zone: str,
        server: int | None,
        channel: int | None,
    ) -> CheckIn:
        """The member's check-in from now on, in the place of the one before; the first comes in a week or a month.

        `hour`: 0 to 23 by the member's clock, whose time zone is `zone` as IANA names it. `server`, `channel`: where a
        private thread may be opened when direct messages are closed, None when nowhere. Raises `WaymarkError` for an
        hour or a zone that there is not, and changes nothing.
        """
        if not 0 <= hour <= 23:
            raise WaymarkError(f"{hour} is no hour of the day, so nothing was changed. Choose one from 0 to 23.")
        known, now = known_zone(zone), self._clock()
        day = _day_of(now.astimezone(zoneinfo.ZoneInfo(known)).date(), every)
        due = next_time(now, every, hour, known)
        async with self._database.writing() as session:
            row = await made_once(
                session, CheckInRow, member=member, guide=guide, every=every, day=day, hour=hour, zone=known,
                server=server, channel=channel, due_at=due, next_at=due,
            )  # fmt: skip
            if (row.server, row.channel) != (server, channel):
                row.server, row.channel, row.thread = server, channel, None
            row.every, row.day, row.hour, row.zone = every, day, hour, known
            _move_to(row, due)
            return _check_in(row)

    async def get(self, member: int, guide: str) -> CheckIn | None:
        """How the member wants to be asked about the guide's path, None when they do not."""
        async with self._database.reading() as session:
            row = await session.get(CheckInRow, (member, guide))
        return _check_in(row) if row else None

    async def stop(self, member: int, guide: str) -> bool:
        """Asks the member no more; whether they were asked."""
        asked = delete(CheckInRow).where(_is(member, guide)).returning(CheckInRow.member)
        async with self._database.writing() as session:
            return await session.scalar(asked) is not None

    async def snooze(self, member: int, guide: str, days: int) -> CheckIn | None:
        """Asks the member next so many days from today, 1 to 365, at their hour, and from then on as before.

        None when they are not asked at all.
        """
        ahead = min(max(days, 1), SNOOZE_LIMIT)
        async with self._database.writing() as session:
            row = await _locked(session, member, guide)
            if row is None:
                return None
            zone = _kept_zone(row)
            today = self._clock().astimezone(zone).date()
            _move_to(row, _at_hour(today + dt.timedelta(days=ahead), row.hour, zone))
            return _check_in(row)

    async def at_thread(self, member: int, guide: str, thread_id: int | None) -> None:
        """Keeps the private thread in which the member is asked, None when it is there no more."""
        asked = update(CheckInRow).where(_is(member, guide)).values(thread=thread_id)
        async with self._database.writing() as session:
            await session.execute(asked)

    async def claim_due(self, now: dt.datetime, limit: int) -> tuple[DueCheckIn, ...]:
        """Those that are due and that nobody else is about to send, longest due first, to be sent by the caller."""
        free = or_(CheckInRow.claimed_at.is_(None), CheckInRow.claimed_at <= now - CLAIM_LASTS)
        asked = select(CheckInRow).where(CheckInRow.next_at <= now, free)
        claim = secrets.token_hex(8)
        async with self._database.writing() as session:
            rows = await session.scalars(
                asked.order_by(CheckInRow.next_at, CheckInRow.member, CheckInRow.guide)
                .limit(limit)
                .with_for_update(skip_locked=True)
            )
            return tuple(_claimed(row, claim, now) for row in rows)

    async def renew(self, due: DueCheckIn) -> bool:
        """Whether it is still to be sent by whoever was given it; if so, for `CLAIM_LASTS` from now on.

        Not when the member stopped, snoozed or changed it meanwhile, or it was given to another in the end.
        """
        asked = update(CheckInRow).where(_holds(due)).values(claimed_at=self._clock()).returning(CheckInRow.member)
        async with self._database.writing() as session:
            return await session.scalar(asked) is not None

    async def sent(self, due: DueCheckIn) -> bool:
        """Moves on to the next regular time; whether it did, which it does once for each due time."""
        async with self._database.writing() as session:
            row = await _locked(session, due.member, due.guide)
            # Whoever holds it by now: the message is out, and they had better not send it again.
            if row is None or row.due_at != due.due_at:
                return False
            after = max(self._clock(), row.due_at)
            _move_to(row, _next_time(after, cast("Every", row.every), row.hour, _kept_zone(row), row.day))
            return True

    async def failed(self, due: DueCheckIn, retry_at: dt.datetime) -> bool:
        """Gives it back, to be sent from that time on with the same nonce; False when the caller has it no more."""
        asked = update(CheckInRow).where(_holds(due)).values(claimed_at=None, next_at=retry_at)
        async with self._database.writing() as session:
            return await session.scalar(asked.returning(CheckInRow.member)) is not None

    async def forget(self, person: int, server: int | None = None) -> int:
        """Lets all check-ins of a person go; in one server only that they may be asked there in a thread.

        Gives in how many check-ins it was.
        """
        if server is None:
            return await forget_rows(self._database, CheckInRow, CheckInRow.member == person)
        asked = update(CheckInRow).where(theirs(CheckInRow.member, person, server)).returning(CheckInRow.member)
        async with self._database.writing() as session:
            return len((await session.scalars(asked.values(server=None, channel=None, thread=None))).all())

    async def export(self, person: int) -> Held:
        """A person's check-ins."""
        row = CheckInRow
        columns = (
            row.guide, row.every, row.day, row.hour, row.zone, row.server, row.channel, row.thread, row.next_at,
        )  # fmt: skip
        async with self._database.reading() as session:
            return {"check_ins": await rows(session, row.member == person, *columns)}


def next_time(after: dt.datetime, every: Every, hour: int, zone: str, day: int | None = None) -> dt.datetime:
    """The next regular time in UTC: on that day of the week or month, when a clock in the zone shows the hour.

    `day`: from 1 (Monday) to 7, or from 1 to 31 with the last day of a shorter month in its place; without it, the day
    that `after` is there. At least half a period lies between, so that two never come close to each other. An hour that
    the clocks leave out comes when they show what follows it, one that they show twice the first time. Raises
    `WaymarkError` for a zone that there is not.
    """
    return _next_time(after, every, hour, zoneinfo.ZoneInfo(known_zone(zone)), day)


def known_zone(zone: str) -> str:
    """The time zone as IANA names it, whatever its letters' case; raises `WaymarkError` when there is none."""
    typed = "_".join(zone.split())
    if found := _zones().get(typed.lower()):
        return found
    near = difflib.get_close_matches(typed.lower()[:64], _places(), n=1, cutoff=0.8)
    example = _places()[near[0]] if near else "Europe/Berlin or America/New_York"
    raise WaymarkError(
        f"There is no time zone “{storable(zone)[:40]}”, so nothing was changed. Write it like {example}."
    )


@cache
def _zones() -> dict[str, str]:
    """All zones, by their names in small letters; those that stand for whatever this machine has are none."""
    return {zone.lower(): zone for zone in sorted(zoneinfo.available_timezones() - {"Factory", "localtime"})}


@cache
def _places() -> dict[str, str]:
    """All zones by their names, and by the city in them alone, as people write them."""
    return {zone.rpartition("/")[2].lower(): zone for zone in _zones().values()} | _zones()


def _kept_zone(row: CheckInRow) -> zoneinfo.ZoneInfo:
    """The row's zone; UTC when this machine does not know it, as one that cannot move on would be sent for ever."""
    return zoneinfo.ZoneInfo(_zones().get(row.zone.lower(), "UTC"))


def _next_time(after: dt.datetime, every: Every, hour: int, zone: zoneinfo.ZoneInfo, day: int | None) -> dt.datetime:
    today = after.astimezone(zone).date()
    wanted = day or _day_of(today, every)
    earliest = today + dt.timedelta(days=_FEWEST_DAYS[every])
    if every == "week":
        return _at_hour(earliest + dt.timedelta(days=(wanted - earliest.isoweekday()) % 7), hour, zone)
    this = _day_of_month(earliest.year, earliest.month, wanted)
    if this < earliest:
        year, month = divmod(earliest.year * 12 + earliest.month, 12)
        this = _day_of_month(year, month + 1, wanted)
    return _at_hour(this, hour, zone)


def _day_of(date: dt.date, every: Every) -> int:
    return date.isoweekday() if every == "week" else date.day


def _day_of_month(year: int, month: int, day: int) -> dt.date:
    return dt.date(year, month, min(day, monthrange(year, month)[1]))


def _at_hour(date: dt.date, hour: int, zone: zoneinfo.ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(date, dt.time(hour), tzinfo=zone).astimezone(dt.UTC)


def _move_to(row: CheckInRow, due: dt.datetime) -> None:
    """Lets the next one be due then; whoever was about to send the one before is not any more."""
    row.due_at = row.next_at = due
    row.claimed_at = row.claim = None


def _claimed(row: CheckInRow, claim: str, now: dt.datetime) -> DueCheckIn:
    again = row.claim is not None
    row.claim, row.claimed_at = claim, now
    return DueCheckIn(row.member, row.guide, row.server, row.channel, row.thread, row.due_at, claim, again)


def _is(member: int, guide: str) -> ColumnElement[bool]:
    return and_(CheckInRow.member == member, CheckInRow.guide == guide)


def _holds(due: DueCheckIn) -> ColumnElement[bool]:
    """Whether nobody else was given it since, and it was not given back."""
    return and_(_is(due.member, due.guide), CheckInRow.claim == due.claim, CheckInRow.claimed_at.is_not(None))


async def _locked(session: AsyncSession, member: int, guide: str) -> CheckInRow | None:
    """The check-in, which nobody else changes until this transaction ends."""
    return await session.get(CheckInRow, (member, guide), with_for_update=True)


def _check_in(row: CheckInRow) -> CheckIn:
    return CheckIn(
        row.member, row.guide, cast("Every", row.every), row.hour, row.zone, row.server, row.channel, row.thread,
        row.next_at,
    )  # fmt: skip
