"""What members asked in servers and what came of it, for the inbox, the counts, and trying out changes."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, cast

from sqlalchemy import func, select, update

from bot.store.database import Database
from bot.store.drafts import storable
from bot.store.personal import Held, rows, theirs
from bot.store.tables import QuestionRow

#: What a member said of an answer.
Outcome = Literal["helped", "missed"]
#: What moderators made of a question in the inbox.
Settled = Literal["answered", "dismissed"]


@dataclass(frozen=True, slots=True)
class StoredQuestion:
    """A question with all that came of it. `member` and `text` are None once they are forgotten.

    `kind`: the verdict. `entry_id`: the first entry that was shown. `chosen`: the entry that the asker chose after it.
    `settled_entry`: the entry that answers it, where moderators said so.
    """

    number: int
    server: int
    channel: int
    member: int | None
    text: str | None
    kind: str
    entry_id: str | None
    outcome: Outcome | None
    chosen: str | None
    settled: Settled | None
    settled_entry: str | None
    at: dt.datetime


class Questions:
    """The questions in a database. `clock` tells the time of what is written."""

    def __init__(
        self, database: Database, clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(tz=dt.UTC)
    ) -> None:
        self._database = database
        self._clock = clock

    async def record(  # noqa: PLR0913 - what a question is made of
        self, *, server: int, channel: int, member: int, text: str, kind: str, entry_id: str | None
    ) -> int:
        """Keeps a question with its verdict and the first entry that was shown, and gives its number."""
        row = QuestionRow(
            server=server, channel=channel, member=member, text=storable(text), kind=kind, entry_id=entry_id,
            at=self._clock(),
        )  # fmt: skip
        async with self._database.writing() as session:
            session.add(row)
            await session.flush()
            return row.number

    async def get(self, number: int) -> StoredQuestion | None:
        """The question of that number, None when there is none."""
        async with self._database.reading() as session:
            row = await session.get(QuestionRow, number)
        return _stored(row) if row else None

    async def tell(self, number: int, outcome: Outcome, *, chosen: str | None = None) -> None:
        """Keeps what the asker said of the answer, and the entry that they chose instead."""
        async with self._database.writing() as session:
            values = {"outcome": outcome} | ({"chosen": chosen} if chosen else {})
            await session.execute(update(QuestionRow).where(QuestionRow.number == number).values(values))

    async def recent(self, server: int, limit: int = 300) -> tuple[str, ...]:
        """What was asked last in the server, the newest first, each wording once."""
        newest = func.max(QuestionRow.number)
        asked = (
            select(QuestionRow.text)
            .where(QuestionRow.server == server, QuestionRow.text.is_not(None))
            .group_by(QuestionRow.text)
            .order_by(newest.desc())
            .limit(limit)
        )
        async with self._database.reading() as session:
            return tuple(text for text in await session.scalars(asked) if text is not None)

    async def forget_texts(self, server: int, before: dt.datetime) -> int:
        """Empties the words and the asker of all questions older than that; gives how many there were."""
        asked = (
            update(QuestionRow)
            .where(QuestionRow.server == server, QuestionRow.at < before, QuestionRow.text.is_not(None))
            .values(text=None, member=None)
            .returning(QuestionRow.number)
        )
        async with self._database.writing() as session:
            return len((await session.scalars(asked)).all())

    async def export(self, person: int) -> Held:
        """What the person asked, and what came of it."""
        async with self._database.reading() as session:
            found = await rows(
                session, theirs(QuestionRow.member, person),
                QuestionRow.number, QuestionRow.server, QuestionRow.channel, QuestionRow.at, QuestionRow.text,
                QuestionRow.kind, QuestionRow.entry_id, QuestionRow.outcome, QuestionRow.chosen,
                QuestionRow.settled, QuestionRow.settled_entry,
            )  # fmt: skip
        return {QuestionRow.__tablename__: found}

    async def forget(self, person: int, server: int | None = None) -> int:
        """Empties the words and the asker of all that a person asked; gives how many questions there were."""
        asked = (
            update(QuestionRow)
            .where(theirs(QuestionRow.member, person, server))
            .values(text=None, member=None)
            .returning(QuestionRow.number)
        )
        async with self._database.writing() as session:
            return len((await session.scalars(asked)).all())


def _stored(row: QuestionRow) -> StoredQuestion:
    return StoredQuestion(
        row.number, row.server, row.channel, row.member, row.text, row.kind, row.entry_id,
        cast("Outcome | None", row.outcome), row.chosen, cast("Settled | None", row.settled), row.settled_entry, row.at,
    )  # fmt: skip
