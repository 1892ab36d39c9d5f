"""What members asked in vain and moderators have to look at, and what they make of it."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select, update

from bot.store.database import Database
from bot.store.promises import Promises
from bot.store.tables import MentorRequestRow, PromiseRow, QuestionRow

#: Most questions that are looked at: the last ones.
MOST = 2000


@dataclass(frozen=True, slots=True)
class InboxQuestion:
    """A question that has no answer yet, or whose asker found one only by choosing another entry (`chosen`).

    `waiting`: how many people want to be told when there is an answer. `dismissed`: whether moderators said that it is
    not for them.
    """

    number: int
    channel: int
    member: int
    text: str
    kind: str
    entry_id: str | None
    chosen: str | None
    asked_mentor: bool
    waiting: int
    dismissed: bool
    at: dt.datetime


class Inbox:
    """The inboxes of all servers in a database. `clock` tells the time of what is written."""

    def __init__(
        self, database: Database, clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(tz=dt.UTC)
    ) -> None:
        self._database = database
        self._clock = clock

    async def questions(self, server: int, limit: int = MOST) -> tuple[InboxQuestion, ...]:
        """The server's last questions that found nothing, or not the right thing, or for which somebody waits, oldest
        first; those too that were dismissed, so that what is like them is known. Answered ones are not among them.
        """
        waiting = (
            select(func.count())
            .where(PromiseRow.question == QuestionRow.number, _is_waiting())
            .correlate(QuestionRow)
            .scalar_subquery()
        )
        mentor = select(MentorRequestRow.number).where(MentorRequestRow.question == QuestionRow.number)
        asked = (
            select(QuestionRow, mentor.correlate(QuestionRow).exists(), waiting)
            .where(_is_here(server), QuestionRow.settled.is_distinct_from("answered"))
            .order_by(QuestionRow.number.desc())
            .limit(limit)
        )
        async with self._database.reading() as session:
            found = (await session.execute(asked)).tuples().all()
        return tuple(_question(row, asked_mentor=bool(by), waiting=number) for row, by, number in reversed(found))

    async def answer(self, server: int, entry_id: str, numbers: Collection[int]) -> int:
        """Settles these questions as answered by the entry, and gives how many people will be told so.

        Only those that are not answered yet; for them as well as for those that were dismissed.
        """
        theirs = and_(
            QuestionRow.server == server, QuestionRow.number.in_(numbers),
            QuestionRow.settled.is_distinct_from("answered"),
        )  # fmt: skip
        # Locked in order, so that two moderators cannot wait for each other.
        lock = select(QuestionRow.number).where(theirs).order_by(QuestionRow.number).with_for_update()
        async with self._database.writing() as session:
            open_ones = (await session.scalars(lock)).all()
            asked = update(QuestionRow).where(QuestionRow.number.in_(open_ones))
            await session.execute(asked.values(settled="answered", settled_entry=entry_id))
            return await Promises.due(session, server, entry_id, open_ones, self._clock())

    async def dismiss(self, server: int, numbers: Collection[int]) -> int:
        """Settles these questions as not for the moderators, and gives how many there were; answered ones stay."""
        return await self._settle(server, numbers, QuestionRow.settled.is_(None), "dismissed")

    async def take_back(self, server: int, numbers: Collection[int]) -> int:
        """Lets these questions come up again that were dismissed, and gives how many there were."""
        return await self._settle(server, numbers, QuestionRow.settled == "dismissed", None)

    async def open_count(self) -> int:
        """How many questions of all servers wait for moderators."""
        asked = select(func.count()).select_from(QuestionRow).where(_was_missed(), QuestionRow.settled.is_(None))
        async with self._database.reading() as session:
            return await session.scalar(asked.where(QuestionRow.text.is_not(None))) or 0

    async def _settle(
        self, server: int, numbers: Collection[int], which: ColumnElement[bool], settled: str | None
    ) -> int:
        asked = update(QuestionRow).where(QuestionRow.server == server, QuestionRow.number.in_(numbers), which)
        async with self._database.writing() as session:
            done = await session.scalars(asked.values(settled=settled).returning(QuestionRow.number))
            return len(done.all())


def _is_waiting() -> ColumnElement[bool]:
    return and_(PromiseRow.told_at.is_(None), PromiseRow.entry_id.is_(None))


def _was_missed() -> ColumnElement[bool]:
    return or_(QuestionRow.kind == "none", QuestionRow.outcome == "missed", QuestionRow.chosen.is_not(None))


def _is_here(server: int) -> ColumnElement[bool]:
    promised = select(PromiseRow.question).where(PromiseRow.server == server, _is_waiting())
    return and_(
        QuestionRow.server == server,
        QuestionRow.text.is_not(None),
        or_(_was_missed(), QuestionRow.number.in_(promised)),
    )


def _question(row: QuestionRow, *, asked_mentor: bool, waiting: int) -> InboxQuestion:
    assert row.text is not None, "only those with their words are asked for"
    assert row.member is not None, "words and asker are forgotten together"
    return InboxQuestion(
        row.number, row.channel, row.member, row.text, row.kind, row.entry_id, row.chosen,
        asked_mentor, waiting, row.settled == "dismissed", row.at,
    )  # fmt: skip
