"""Questions that members put to the mentors of their server: who takes which, and how long it takes."""

import datetime as dt
from collections.abc import Callable, Sequence

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import WaymarkError
from bot.store.database import Database
from bot.store.drafts import storable
from bot.store.mentor_request import MentorRequest, MissingRequestError, Tried
from bot.store.personal import Held, rows, theirs
from bot.store.tables import MentorRequestRow, RelayRow, ReportRow, UnmaskingRow
from bot.store.waiting import Span, Waiting

#: How many questions of one member's may wait for mentors at once.
OPEN_LIMIT = 3
#: Most characters of a step.
STEP_LIMIT = 200


class Mentoring:
    """The requests in a database. `clock` tells the time of what is written."""

    def __init__(
        self, database: Database, clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(tz=dt.UTC)
    ) -> None:
        self._database = database
        self._clock = clock

    async def ask(  # noqa: PLR0913 - what a request is made of
        self,
        *,
        server: int,
        channel: int,
        asker: int,
        text: str,
        question: int | None = None,
        anonymous: bool = False,
        tried: Sequence[Tried] = (),
        step: str | None = None,
    ) -> MentorRequest:
        """Puts a question to the mentors; the same request again for a question that the asker has put to them before.

        Raises `WaymarkError` when `OPEN_LIMIT` of theirs wait already.
        """
        row = MentorRequestRow(
            server=server, channel=channel, question=question, asker=asker, anonymous=anonymous, text=storable(text),
            tried=[(one.entry_id, one.confidence) for one in tried], step=step and storable(step)[:STEP_LIMIT],
            state="open", at=self._clock(),
        )  # fmt: skip
        try:
            async with self._database.writing() as session:
                if same := await _same(session, asker, question):
                    return MentorRequest.of(same)
                open_ones = select(func.count()).where(
                    MentorRequestRow.server == server, MentorRequestRow.asker == asker, _is_waiting()
                )
                if (await session.scalar(open_ones) or 0) >= OPEN_LIMIT:
                    raise WaymarkError(
                        f"The mentors have {OPEN_LIMIT} questions of yours already. Ask again when one is answered."
                    )
                session.add(row)
                await session.flush()
                return MentorRequest.of(row)
        except IntegrityError:
            # Asked twice at the same moment: the other one is there.
            async with self._database.reading() as session:
                same = await _same(session, asker, question)
            if same is None:
                raise
            return MentorRequest.of(same)

    async def posted(self, number: int, channel: int, message: int) -> None:
        """Keeps where the card stands that shows the request to the mentors."""
        asked = update(MentorRequestRow).where(MentorRequestRow.number == number)
        async with self._database.writing() as session:
            await session.execute(asked.values(card_channel=channel, card=message))

    async def get(self, number: int) -> MentorRequest:
        """The request; raises `MissingRequestError` when there is none."""
        async with self._database.reading() as session:
            return MentorRequest.of(_found(await session.get(MentorRequestRow, number)))

    async def claim(self, number: int, mentor: int) -> MentorRequest:
        """The request as it stands afterwards: the mentor's if `claimed_by` says so, else another's or over.

        One gets it of all who try at once. Raises `WaymarkError` when it is their own question, and
        `MissingRequestError` when there is none.
        """
        async with self._database.writing() as session:
            row = await _locked(session, number)
            if row.asker == mentor:
                raise WaymarkError("This is your own question, so another mentor has to take it.")
            if row.state == "open":
                row.state, row.claimed_by, row.claimed_at = "claimed", mentor, self._clock()
            return MentorRequest.of(row)

    async def release(self, number: int, mentor: int) -> MentorRequest:
        """The request, open again for others if the mentor had claimed it and not answered."""
        async with self._database.writing() as session:
            row = await _locked(session, number)
            if row.state == "claimed" and row.claimed_by == mentor:
                row.state, row.claimed_by, row.claimed_at = "open", None, None
            return MentorRequest.of(row)

    async def answered(self, number: int, mentor: int) -> MentorRequest:
        """The request with the mentor's answer noted, if it is theirs or was open; only the first answer counts."""
        async with self._database.writing() as session:
            row = await _locked(session, number)
            if row.state == "open" or (row.state == "claimed" and row.claimed_by == mentor):
                now = self._clock()
                row.state, row.claimed_by, row.claimed_at = "answered", mentor, row.claimed_at or now
                row.answered_at = now
            return MentorRequest.of(row)

    async def close(self, number: int) -> MentorRequest:
        """The request, over without an answer if it had none."""
        async with self._database.writing() as session:
            row = await _locked(session, number)
            if row.state != "answered":
                row.state = "closed"
            return MentorRequest.of(row)

    async def waiting(self, server: int, limit: int = 50) -> tuple[MentorRequest, ...]:
        """The server's requests without an answer, those that wait longest first."""
        asked = select(MentorRequestRow).where(MentorRequestRow.server == server, _is_waiting())
        async with self._database.reading() as session:
            found = await session.scalars(asked.order_by(MentorRequestRow.number).limit(limit))
            return tuple(MentorRequest.of(row) for row in found)

    async def of(self, asker: int, server: int | None = None) -> tuple[MentorRequest, ...]:
        """What a person has asked mentors, the latest first: to take their cards down before they are forgotten."""
        asked = select(MentorRequestRow).where(theirs(MentorRequestRow.asker, asker, server))
        async with self._database.reading() as session:
            found = await session.scalars(asked.order_by(MentorRequestRow.number.desc()))
            return tuple(MentorRequest.of(row) for row in found)

    async def waiting_count(self) -> int:
        """How many requests of all servers have no answer."""
        async with self._database.reading() as session:
            return await session.scalar(select(func.count()).select_from(MentorRequestRow).where(_is_waiting())) or 0

    async def waiting_times(self, server: int, last: int = 20) -> Waiting | None:
        """How long the last askers of the server waited for an answer; None where too few were answered to tell.

        Who took the question back before there was one is not counted.
        """
        asked = (
            select(MentorRequestRow.at, MentorRequestRow.answered_at)
            .where(MentorRequestRow.server == server, MentorRequestRow.state != "closed")
            .order_by(MentorRequestRow.number.desc())
            .limit(last)
        )
        async with self._database.reading() as session:
            found = (await session.execute(asked)).tuples().all()
        now = self._clock()
        return Waiting.of([Span((answered or now) - at, answered is not None) for at, answered in found])

    async def expire(self, server: int, before: dt.datetime) -> int:
        """Empties what was asked before that, with asker and mentor; gives how many requests there were."""
        old = and_(
            MentorRequestRow.server == server, MentorRequestRow.at < before,
            or_(MentorRequestRow.text.is_not(None), MentorRequestRow.claimed_by.is_not(None)),
        )  # fmt: skip
        async with self._database.writing() as session:
            numbers = await _empty(session, old)
            everything = update(MentorRequestRow).where(MentorRequestRow.number.in_(numbers))
            await session.execute(everything.values(claimed_by=None))
            return len(numbers)

    async def export(self, person: int) -> Held:
        """What the person asked mentors, and which questions they took themselves, without these questions."""
        own = (
            MentorRequestRow.number, MentorRequestRow.server, MentorRequestRow.channel, MentorRequestRow.at,
            MentorRequestRow.question, MentorRequestRow.anonymous, MentorRequestRow.text, MentorRequestRow.tried,
            MentorRequestRow.step, MentorRequestRow.state, MentorRequestRow.answered_at,
        )  # fmt: skip
        taken = (
            MentorRequestRow.number, MentorRequestRow.server, MentorRequestRow.claimed_at, MentorRequestRow.answered_at,
        )  # fmt: skip
        async with self._database.reading() as session:
            asked = await rows(session, theirs(MentorRequestRow.asker, person), *own)
            claimed = await rows(session, theirs(MentorRequestRow.claimed_by, person), *taken)
        return {MentorRequestRow.__tablename__: asked, "mentor_requests_taken": claimed}

    async def forget(self, person: int, server: int | None = None) -> int:
        """Empties what a person asked mentors, and takes their id from what they took; gives how many requests."""
        mine = theirs(MentorRequestRow.claimed_by, person, server)
        async with self._database.writing() as session:
            asked = await _empty(session, theirs(MentorRequestRow.asker, person, server))
            for row in (ReportRow, UnmaskingRow):
                await session.execute(update(row).where(row.request.in_(asked)).values(reason=None))
            again = update(MentorRequestRow).where(mine, MentorRequestRow.state == "claimed")
            await session.execute(again.values(state="open", claimed_at=None))
            taken = update(MentorRequestRow).where(mine).values(claimed_by=None).returning(MentorRequestRow.number)
            return len(asked) + len((await session.scalars(taken)).all())


async def _empty(session: AsyncSession, which: ColumnElement[bool]) -> Sequence[int]:
    """Empties what was asked with who asked, closes what waits, and gives the numbers of the requests."""
    numbers = (await session.scalars(select(MentorRequestRow.number).where(which).with_for_update())).all()
    requests = update(MentorRequestRow).where(MentorRequestRow.number.in_(numbers))
    await session.execute(requests.where(_is_waiting()).values(state="closed"))
    await session.execute(requests.values(asker=None, text=None, step=None, tried=[]))
    await session.execute(delete(RelayRow).where(RelayRow.request.in_(numbers)))
    return numbers


def _is_waiting() -> ColumnElement[bool]:
    return MentorRequestRow.state.in_(("open", "claimed"))


async def _same(session: AsyncSession, asker: int, question: int | None) -> MentorRequestRow | None:
    if question is None:
        return None
    same = and_(MentorRequestRow.asker == asker, MentorRequestRow.question == question)
    found: MentorRequestRow | None = await session.scalar(select(MentorRequestRow).where(same))
    return found


async def _locked(session: AsyncSession, number: int) -> MentorRequestRow:
    return _found(await session.get(MentorRequestRow, number, with_for_update=True))


def _found(row: MentorRequestRow | None) -> MentorRequestRow:
    if row is None:
        raise MissingRequestError("This question to the mentors is not kept any more. Nothing was changed.")
    return row
