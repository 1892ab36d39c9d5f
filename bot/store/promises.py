"""Promises to tell members when there is an answer, and the telling: each once, whatever breaks down in between.

The database alone cannot know whether a message that was being sent when a process died has reached Discord. So each
telling is noted in three steps, each kept before the next begins: `claim`, `sending` right before the message goes out,
`told` right after. What follows from it:

- Each step is taken by one process only. Two that claim at once get different tellings: in PostgreSQL each skips rows
  that the other has locked, in SQLite one writes at a time.
- A process that dies, or hangs for `STALE`, before `sending` has surely sent nothing: another claims the telling, and
  `sending` then refuses the first one, should it wake up. Nothing is lost and nothing is doubled.
- One that dies between `sending` and `told` may have sent it. Its telling is claimed again, and marked `maybe_sent`:
  then whoever has it looks for the message first, by its mark (`Telling.mark`) in a custom id, where it would stand,
  calls `told` if it is there, and else sends it. That makes it once, unless somebody deleted the message meanwhile.
- `Telling.mark` is the nonce of the message, too, whoever sends it: of "the past few minutes" Discord gives back the
  first message instead of making another (`enforce_nonce` of Create Message, which discord.py sets). That covers the
  rest: a process that hung for `STALE` after `sending`, while another looked, found nothing and sent.
- What Discord surely did not take is given back with `put_off`, and tried again; with `reopen` when the entry is gone.
- A promise that was told stays as told, so that it is never told again, until its row goes with its time.
"""

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import WaymarkError
from bot.store.database import Database
from bot.store.personal import Held, rows, theirs
from bot.store.tables import PromiseRow, QuestionRow

#: A claim as old as that is taken for one of a process that is gone. Whoever tells gives up well before.
STALE = dt.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Telling:
    """What a member is to be told: that this entry answers the question, in the channel where they asked to be told.

    `text`: the question, None once it is forgotten. `maybe_sent`: whether it may have been sent already.
    """

    question: int
    member: int
    server: int
    channel: int
    text: str | None
    entry_id: str
    claim: str
    maybe_sent: bool

    @property
    def mark(self) -> str:
        """16 letters by which the message is known: its nonce, and part of a custom id in it."""
        return hashlib.blake2b(f"{self.question} {self.member}".encode(), digest_size=8).hexdigest()


class Promises:
    """The promises in a database. `clock` tells the time of what is written."""

    def __init__(
        self, database: Database, clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(tz=dt.UTC)
    ) -> None:
        self._database = database
        self._clock = clock

    async def promise(self, question: int, member: int, channel: int) -> bool:
        """Promises to tell the member, once however often they ask; whether it is new.

        When there is an answer by now, it is due at once. Raises `WaymarkError` for a question that there is not.
        """
        now = self._clock()
        async with self._database.writing() as session:
            # Locked, so that nobody answers it, or promises the same, between reading and writing.
            asked = await session.get(QuestionRow, question, with_for_update=True)
            if asked is None:
                raise WaymarkError("This question is not kept any more. Ask it again, and choose this there.")
            if await session.get(PromiseRow, (question, member)) is not None:
                return False
            answered = now if asked.settled_entry else None
            session.add(
                PromiseRow(
                    question=question, member=member, server=asked.server, channel=channel, at=now,
                    entry_id=asked.settled_entry, answered_at=answered, due_at=answered,
                )
            )  # fmt: skip
            return True

    async def withdraw(self, member: int, question: int | None = None) -> int:
        """Takes the member's promise for that question back, or all that were not told yet; gives how many."""
        open_ones = and_(PromiseRow.member == member, PromiseRow.told_at.is_(None))
        chosen = open_ones if question is None else and_(open_ones, PromiseRow.question == question)
        return await self._delete(chosen)

    async def claim(self, limit: int, now: dt.datetime) -> tuple[Telling, ...]:
        """At most so many tellings that are due, longest first, for the caller alone until `STALE` has passed.

        What is guaranteed stands at the top of the module.
        """
        free = or_(PromiseRow.claimed_at.is_(None), PromiseRow.claimed_at <= now - STALE)
        due = (
            select(PromiseRow)
            .where(PromiseRow.due_at <= now, free)
            .order_by(PromiseRow.due_at, PromiseRow.question, PromiseRow.member)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        async with self._database.writing() as session:
            claimed = (await session.scalars(due)).all()
            for row in claimed:
                row.claim, row.claimed_at = secrets.token_hex(8), now
            asked = select(QuestionRow.number, QuestionRow.text).where(
                QuestionRow.number.in_([row.question for row in claimed])
            )
            texts = dict((await session.execute(asked)).tuples().all())
            return tuple(_telling(row, texts.get(row.question)) for row in claimed)

    async def sending(self, telling: Telling) -> bool:
        """Notes that the message goes out now; False when it must not: another has the telling, or it is off."""
        return await self._update(_held(telling), sending_at=self._clock())

    async def told(self, telling: Telling) -> bool:
        """Notes that the member was told, whoever has the telling by now; whether nobody had noted it."""
        return await self._update(
            and_(_of(telling), PromiseRow.told_at.is_(None)),
            told_at=self._clock(), due_at=None, claim=None, claimed_at=None, sending_at=None,
        )  # fmt: skip

    async def put_off(self, telling: Telling, until: dt.datetime) -> bool:
        """Gives the telling back, to be tried again from then on, after Discord surely did not take the message."""
        return await self._update(_held(telling), due_at=until, claim=None, claimed_at=None, sending_at=None)

    async def reopen(self, telling: Telling) -> bool:
        """Lets the member wait on, and the question come up in the inbox again, as the entry is gone meanwhile."""
        async with self._database.writing() as session:
            gone = and_(QuestionRow.number == telling.question, QuestionRow.settled_entry == telling.entry_id)
            # In the order in which `due` locks them.
            await session.execute(update(QuestionRow).where(gone).values(settled=None, settled_entry=None))
            asked = (
                update(PromiseRow)
                .where(_held(telling))
                .values(entry_id=None, answered_at=None, due_at=None, claim=None, claimed_at=None, sending_at=None)
            )
            return bool((await session.scalars(asked.returning(PromiseRow.question))).all())

    @staticmethod
    async def due(
        session: AsyncSession, server: int, entry_id: str, questions: Collection[int], now: dt.datetime
    ) -> int:
        """Makes due what was promised for these questions, as the entry answers them; gives how many will be told.

        Who was promised several is told once: the others count as told, and so do those of members who are about to be
        told of this entry, or were since they asked. In a transaction of the caller's, which has locked the questions.
        """
        waiting = and_(
            PromiseRow.server == server, PromiseRow.question.in_(questions), PromiseRow.entry_id.is_(None),
            PromiseRow.told_at.is_(None),
        )  # fmt: skip
        asked = select(PromiseRow).where(waiting).order_by(PromiseRow.at, PromiseRow.question).with_for_update()
        found = (await session.scalars(asked)).all()
        same = select(PromiseRow.member, PromiseRow.told_at).where(
            PromiseRow.server == server, PromiseRow.entry_id == entry_id,
            PromiseRow.member.in_({row.member for row in found}),
        )  # fmt: skip
        others = [(member, told_at) for member, told_at in (await session.execute(same)).tuples()]
        due: set[int] = set()
        for row in found:
            row.entry_id, row.answered_at = entry_id, now
            known = any(member == row.member and (told is None or told >= row.at) for member, told in others)
            if known or row.member in due:
                row.told_at = now
            else:
                row.due_at = now
                due.add(row.member)
        return len(due)

    async def due_count(self, now: dt.datetime) -> int:
        """How many are to be told by now."""
        asked = select(func.count()).select_from(PromiseRow).where(PromiseRow.due_at <= now)
        async with self._database.reading() as session:
            return await session.scalar(asked) or 0

    async def expire(self, server: int, before: dt.datetime) -> int:
        """Lets go what was promised, or answered, or told before that; gives how many of them were never told."""
        last = func.coalesce(PromiseRow.told_at, PromiseRow.answered_at, PromiseRow.at)
        old = delete(PromiseRow).where(PromiseRow.server == server, last < before)
        async with self._database.writing() as session:
            told = (await session.scalars(old.returning(PromiseRow.told_at))).all()
        return told.count(None)

    async def export(self, person: int) -> Held:
        """What the person was promised."""
        async with self._database.reading() as session:
            found = await rows(
                session, theirs(PromiseRow.member, person),
                PromiseRow.question, PromiseRow.server, PromiseRow.channel, PromiseRow.at, PromiseRow.entry_id,
                PromiseRow.answered_at, PromiseRow.told_at,
            )  # fmt: skip
        return {PromiseRow.__tablename__: found}

    async def forget(self, person: int, server: int | None = None) -> int:
        """Lets go all that a person was promised; gives how many promises there were."""
        return await self._delete(theirs(PromiseRow.member, person, server))

    async def _delete(self, which: ColumnElement[bool]) -> int:
        async with self._database.writing() as session:
            return len((await session.scalars(delete(PromiseRow).where(which).returning(PromiseRow.question))).all())

    async def _update(self, which: ColumnElement[bool], **values: object) -> bool:
        asked = update(PromiseRow).where(which).values(**values).returning(PromiseRow.question)
        async with self._database.writing() as session:
            return bool((await session.scalars(asked)).all())


def _of(telling: Telling) -> ColumnElement[bool]:
    return and_(PromiseRow.question == telling.question, PromiseRow.member == telling.member)


def _held(telling: Telling) -> ColumnElement[bool]:
    """The promise as long as it is the caller's to tell; one that was told is nobody's."""
    return and_(_of(telling), PromiseRow.claim == telling.claim)


def _telling(row: PromiseRow, text: str | None) -> Telling:
    assert row.entry_id is not None, "what is due has an answer"
    assert row.claim is not None, "it was claimed just now"
    return Telling(
        row.question, row.member, row.server, row.channel, text, row.entry_id, row.claim, row.sending_at is not None
    )
