"""What mentors point newcomers to, so that each finds first what they use most."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, select, update

from bot.store.database import Database
from bot.store.personal import Held, rows, theirs
from bot.store.questions import Outcome
from bot.store.tables import PointRow


@dataclass(frozen=True, slots=True)
class Use:
    """How often a mentor pointed to a topic, and how often the newcomer said that it helped."""

    topic: str
    times: int
    helped: int


class Points:
    """What was pointed to, in a database. `clock` tells the time of what is written."""

    def __init__(
        self, database: Database, clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(tz=dt.UTC)
    ) -> None:
        self._database = database
        self._clock = clock

    async def point(self, server: int, mentor: int, topic: str) -> int:
        """Keeps that a mentor points to a topic: an entry's id, or a command with its slash. Gives its number."""
        row = PointRow(server=server, mentor=mentor, topic=topic, at=self._clock())
        async with self._database.writing() as session:
            session.add(row)
            await session.flush()
            return row.number

    async def tell(self, number: int, outcome: Outcome) -> None:
        """Keeps what the newcomer said of it."""
        async with self._database.writing() as session:
            await session.execute(update(PointRow).where(PointRow.number == number).values(outcome=outcome))

    async def mentor_uses(self, server: int, mentor: int, limit: int = 25) -> tuple[Use, ...]:
        """What the mentor points to, the most often used first; of equal ones the last used."""
        helped = func.sum(case((PointRow.outcome == "helped", 1), else_=0))
        asked = (
            select(PointRow.topic, func.count(), helped)
            .where(theirs(PointRow.mentor, mentor, server))
            .group_by(PointRow.topic)
            .order_by(func.count().desc(), func.max(PointRow.number).desc())
            .limit(limit)
        )
        async with self._database.reading() as session:
            return tuple(Use(topic, times, good) for topic, times, good in (await session.execute(asked)).tuples())

    async def expire(self, server: int, before: dt.datetime) -> int:
        """Takes the mentors out of all that is older than that; gives how many points there were."""
        old = and_(PointRow.server == server, PointRow.at < before, PointRow.mentor.is_not(None))
        return await self._empty(old)

    async def export(self, person: int) -> Held:
        """What the person pointed to."""
        async with self._database.reading() as session:
            found = await rows(
                session, theirs(PointRow.mentor, person),
                PointRow.number, PointRow.server, PointRow.at, PointRow.topic, PointRow.outcome,
            )  # fmt: skip
        return {PointRow.__tablename__: found}

    async def forget(self, person: int, server: int | None = None) -> int:
        """Takes a person's id out of what they pointed to; gives how many points there were."""
        return await self._empty(theirs(PointRow.mentor, person, server))

    async def _empty(self, which: ColumnElement[bool]) -> int:
        asked = update(PointRow).where(which).values(mentor=None).returning(PointRow.number)
        async with self._database.writing() as session:
            return len((await session.scalars(asked)).all())
