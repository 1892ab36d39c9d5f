"""What was asked in a server and what came of it, in counts. Nothing here tells of one member."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from sqlalchemy import case, func, select

from bot.store.database import Database
from bot.store.tables import MentorRequestRow, PointRow, PromiseRow, QuestionRow

Span = Literal["week", "month", "year"]
#: Days of each span, and into how many equal parts it is cut.
SPANS: Mapping[Span, tuple[int, int]] = MappingProxyType({"week": (7, 7), "month": (30, 30), "year": (365, 12)})
#: How often an entry must have been shown until it is told that it never helped.
OFTEN = 3


@dataclass(frozen=True, slots=True)
class Counts:
    """How many questions were `asked`; of these `answered` at once, `offered` several entries, or `missed`: not known,
    or not the right thing. `helped`: how many askers said so.
    """

    asked: int = 0
    answered: int = 0
    offered: int = 0
    missed: int = 0
    helped: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.asked + other.asked, self.answered + other.answered, self.offered + other.offered,
            self.missed + other.missed, self.helped + other.helped,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a span, after `start` and up to the next one's, with its counts."""

    start: dt.datetime
    counts: Counts


@dataclass(frozen=True, slots=True)
class EntryCounts:
    """How often an entry was `shown` first, or `chosen` after another; how often it `helped`, or was not the right one
    (`missed`).
    """

    entry_id: str
    shown: int = 0
    chosen: int = 0
    helped: int = 0
    missed: int = 0


@dataclass(frozen=True, slots=True)
class ThemeCounts:
    """The same over all entries of a theme. None is the theme of entries that are known no more."""

    theme: str | None
    shown: int = 0
    chosen: int = 0
    helped: int = 0
    missed: int = 0


@dataclass(frozen=True, slots=True)
class MentorCounts:
    """Requests to all mentors of the span: `asked`, `claimed` and `answered` of these; how often mentors `pointed` to
    something, and how often that `helped`.
    """

    asked: int = 0
    claimed: int = 0
    answered: int = 0
    pointed: int = 0
    helped: int = 0


@dataclass(frozen=True, slots=True)
class Insight:
    """What a span tells. `before`: the counts of the span before it. `parts`: oldest first.

    `entries`: the most often shown first. `themes`: in the order in which they were given. `never_asked`: ids of known
    entries that no question led to. `never_helped`: entries that were shown `OFTEN` times or more and helped nobody.
    `told`: how many askers heard later that there is an answer.
    """

    since: dt.datetime
    until: dt.datetime
    counts: Counts
    before: Counts
    parts: tuple[Part, ...]
    entries: tuple[EntryCounts, ...]
    themes: tuple[ThemeCounts, ...]
    never_asked: tuple[str, ...]
    never_helped: tuple[EntryCounts, ...]
    mentors: MentorCounts
    told: int


class Insights:
    """The counts over a database. `clock` tells where spans end."""

    def __init__(
        self, database: Database, clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(tz=dt.UTC)
    ) -> None:
        self._database = database
        self._clock = clock

    async def of(self, server: int, span: Span, themes: Mapping[str, str]) -> Insight:
        """What the span that ends with this moment tells; `themes`: of each known entry its theme, in order."""
        days, number = SPANS[span]
        until, length = self._clock(), dt.timedelta(days=days)
        since = until - length
        starts = [since + length * at / number for at in range(number)]
        parts = await self._parts(server, since - length, [*starts, until])
        entries = await self._entries(server, since, until)
        return Insight(
            since, until,
            counts=sum(parts[1:], Counts()),
            before=parts[0],
            parts=tuple(Part(start, counts) for start, counts in zip(starts, parts[1:], strict=True)),
            entries=entries,
            themes=_by_theme(entries, themes),
            never_asked=tuple(sorted(themes.keys() - {one.entry_id for one in entries})),
            never_helped=tuple(one for one in entries if one.shown >= OFTEN and not one.helped),
            mentors=await self._mentors(server, since, until),
            told=await self._told(server, since, until),
        )  # fmt: skip

    async def _parts(self, server: int, since: dt.datetime, edges: list[dt.datetime]) -> list[Counts]:
        """The counts from `since` to the first edge, then from each edge to the next."""
        part = case(*((QuestionRow.at <= edge, at) for at, edge in enumerate(edges)))
        asked = (
            select(part, QuestionRow.kind, QuestionRow.outcome, func.count())
            .where(QuestionRow.server == server, QuestionRow.at > since, QuestionRow.at <= edges[-1])
            .group_by(part, QuestionRow.kind, QuestionRow.outcome)
        )
        found = [Counts() for _ in edges]
        async with self._database.reading() as session:
            for at, kind, outcome, number in (await session.execute(asked)).tuples():
                found[at] += _counts(kind, outcome, number)
        return found

    async def _entries(self, server: int, since: dt.datetime, until: dt.datetime) -> tuple[EntryCounts, ...]:
        by = (QuestionRow.entry_id, QuestionRow.chosen, QuestionRow.outcome)
        asked = (
            select(*by, func.count())
            .where(QuestionRow.server == server, QuestionRow.at > since, QuestionRow.at <= until)
            .group_by(*by)
        )
        shown, chosen, helped, missed = (Counter[str]() for _ in range(4))
        async with self._database.reading() as session:
            for entry_id, other, outcome, number in (await session.execute(asked)).tuples():
                right = other or entry_id
                if entry_id is not None:
                    shown[entry_id] += number
                    missed[entry_id] += number * (outcome == "missed" or right != entry_id)
                if other is not None and other != entry_id:
                    chosen[other] += number
                if right is not None:
                    helped[right] += number * (outcome == "helped")
        every = (
            EntryCounts(entry_id, shown[entry_id], chosen[entry_id], helped[entry_id], missed[entry_id])
            for entry_id in shown.keys() | chosen.keys()
        )
        return tuple(sorted(every, key=lambda one: (-one.shown, -one.chosen, one.entry_id)))

    async def _mentors(self, server: int, since: dt.datetime, until: dt.datetime) -> MentorCounts:
        requests = select(
            func.count(), func.count(MentorRequestRow.claimed_at), func.count(MentorRequestRow.answered_at)
        ).where(MentorRequestRow.server == server, MentorRequestRow.at > since, MentorRequestRow.at <= until)
        points = (
            select(PointRow.outcome, func.count())
            .where(PointRow.server == server, PointRow.at > since, PointRow.at <= until)
            .group_by(PointRow.outcome)
        )
        async with self._database.reading() as session:
            asked, claimed, answered = (await session.execute(requests)).tuples().one()
            pointed = dict((await session.execute(points)).tuples().all())
        return MentorCounts(asked, claimed, answered, sum(pointed.values()), pointed.get("helped", 0))

    async def _told(self, server: int, since: dt.datetime, until: dt.datetime) -> int:
        asked = select(func.count(PromiseRow.member.distinct())).where(
            PromiseRow.server == server, PromiseRow.told_at > since, PromiseRow.told_at <= until
        )
        async with self._database.reading() as session:
            return await session.scalar(asked) or 0


def _counts(kind: str, outcome: str | None, number: int) -> Counts:
    return Counts(
        number,
        number * (kind == "answer"),
        number * (kind == "suggestions"),
        number * (kind == "none" or outcome == "missed"),
        number * (outcome == "helped"),
    )


def _by_theme(entries: Iterable[EntryCounts], themes: Mapping[str, str]) -> tuple[ThemeCounts, ...]:
    found: dict[str | None, ThemeCounts] = {theme: ThemeCounts(theme) for theme in themes.values()}
    for one in entries:
        theme = themes.get(one.entry_id)
        so_far = found.get(theme, ThemeCounts(theme))
        found[theme] = replace(
            so_far, shown=so_far.shown + one.shown, chosen=so_far.chosen + one.chosen,
            helped=so_far.helped + one.helped, missed=so_far.missed + one.missed,
        )  # fmt: skip
    return tuple(found.values())
