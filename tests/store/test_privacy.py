"""Nothing that is stored on a person outlives their wish to be forgotten, nor its time; whatever tables there are."""

import datetime as dt
import json
import re
from typing import Any

import pytest
from sqlalchemy import JSON, BigInteger, Boolean, Column, Integer, Table, insert, select
from sqlalchemy.orm import DeclarativeBase

from bot.store.database import Database
from bot.store.drafts import Draft
from bot.store.mentor_request import Tried
from bot.store.server_settings import ServerSettings
from bot.store.store import Store
from bot.store.tables import PERSONS, Base, DepartureRow, QuestionRow
from bot.store.tables.base import UtcTime
from tests.store.clocks import START, Clock

HERE, ELSEWHERE = 1_234_567_890_123_456_789, 2
CHANNEL = 1_111_111_111_111_111_111
ANN, BEN, CLEO = 987_654_321_098_765_432, 11, 12
#: What other columns with large numbers hold: no person.
THINGS = frozenset(
    "card card_channel channel expected_version message number question request server thread version".split()
)
#: In the same order in every process, as those that share the tests have to agree on.
ROWS: list[type[DeclarativeBase]] = sorted(
    (mapper.class_ for mapper in Base.registry.mappers), key=lambda row: row.__name__
)


def persons_of(table: Table) -> list[str]:
    return sorted(PERSONS & set(table.c.keys()))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.__name__))
def test_every_table_says_how_it_forgets_a_person(row: type[DeclarativeBase]) -> None:
    said = " ".join((row.__doc__ or "").split())
    table = Base.metadata.tables[row.__tablename__]
    named = re.search(r"To forget a person, ", said) if persons_of(table) else re.search(r"no person|To forget", said)
    assert named, f"{row.__name__} says: {said}"


@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=str)
def test_every_column_that_may_hold_an_id_says_whose_by_its_name(table: Table) -> None:
    numbers = {column.name for column in table.c if isinstance(column.type, BigInteger)}
    assert numbers <= PERSONS | THINGS


def made_up(column: Column[Any], person: int) -> object:
    """A value for a column; the same number and text everywhere, so that rows that belong together do."""
    if column.name in PERSONS:
        return person
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, BigInteger | Integer):
        return HERE if column.name == "server" else 1
    if isinstance(column.type, UtcTime):
        return START
    return [] if isinstance(column.type, JSON) else "x"


async def fill(database: Database, person: int) -> None:
    """A row in each table that names the person wherever one can be named."""
    async with database.writing() as session:
        for table in Base.metadata.sorted_tables:
            await session.execute(insert(table).values({one.name: made_up(one, person) for one in table.c}))


async def places(database: Database, person: int) -> set[str]:
    """Where the person's id stands, by table and column."""
    found = set()
    async with database.reading() as session:
        for table in Base.metadata.sorted_tables:
            for name in persons_of(table):
                if (await session.execute(select(table).where(table.c[name] == person))).first() is not None:
                    found.add(f"{table.name}.{name}")
    return found


async def test_after_forgetting_no_table_names_the_person(store: Store) -> None:
    await fill(store.database, ANN)
    every = {f"{table.name}.{name}" for table in Base.metadata.sorted_tables for name in persons_of(table)}
    assert await places(store.database, ANN) == every
    await store.privacy.forget(ANN)
    assert await places(store.database, ANN) == set()


async def test_forgetting_a_person_leaves_everybody_else(store: Store) -> None:
    await fill(store.database, ANN)
    before = await places(store.database, ANN)
    await store.privacy.forget(BEN)
    assert await places(store.database, ANN) == before


async def test_forgetting_twice_forgets_nothing_more(store: Store) -> None:
    await fill(store.database, ANN)
    first, second = [await store.privacy.forget(ANN) for _ in range(2)]
    assert (min(first.places.values()), max(second.places.values())) == (1, 0)
    assert (first.versions, second.versions) == (1, 0)


async def test_forgetting_in_one_server_leaves_what_is_elsewhere_and_of_no_server(store: Store) -> None:
    await fill(store.database, ANN)
    before = await places(store.database, ANN)
    await store.privacy.forget(ANN, ELSEWHERE)
    assert await places(store.database, ANN) == before
    await store.privacy.forget(ANN, HERE)
    of_none = {f"{table.name}.member" for table in Base.metadata.sorted_tables if "server" not in table.c}
    # A check-in is a member's own; only where it may be put goes.
    assert await places(store.database, ANN) == (of_none | {"check_ins.member"}) & before


async def test_an_export_has_every_table_that_names_the_person(store: Store) -> None:
    await fill(store.database, ANN)
    exported = await store.privacy.export(ANN)
    assert {table.name for table in Base.metadata.sorted_tables if persons_of(table)} <= exported.keys()


async def test_an_export_can_be_written_as_json(store: Store) -> None:
    await fill(store.database, ANN)
    exported = await store.privacy.export(ANN)
    assert json.loads(json.dumps(exported)) == exported


async def test_an_export_of_somebody_unknown_is_empty(store: Store) -> None:
    await fill(store.database, ANN)
    assert await store.privacy.export(BEN) == {}


async def ask(store: Store, text: str = "parking?", *, server: int = HERE, member: int = ANN) -> int:
    return await store.questions.record(
        server=server, channel=CHANNEL, member=member, text=text, kind="none", entry_id=None
    )


async def test_an_export_tells_what_the_person_asked(store: Store) -> None:
    number = await ask(store)
    await ask(store, "lunch?", member=BEN)
    await store.questions.tell(number, "missed", chosen="parking")
    (told,) = (await store.privacy.export(ANN))["questions"]
    assert (told["text"], told["outcome"], told["chosen"], told["server"]) == ("parking?", "missed", "parking", HERE)
    assert told["at"] == "2026-03-01T12:30:15.123456+00:00"


async def test_an_export_tells_a_mentor_nothing_of_those_who_asked(store: Store) -> None:
    request = await store.mentoring.ask(
        server=HERE, channel=CHANNEL, asker=ANN, text="am I too old?", anonymous=True, tried=[Tried("age", 0.4)]
    )
    await store.mentoring.claim(request.number, BEN)
    await store.anonymity.report(request.number, CLEO, "rude")
    await store.anonymity.unmask(request.number, BEN, "was reported")
    for told in (await store.privacy.export(BEN), await store.privacy.export(CLEO)):
        assert not re.search(rf"{ANN}|too old|age", json.dumps(told))
    assert not re.search(rf"\b({BEN}|{CLEO})\b|rude", json.dumps(await store.privacy.export(ANN)))


async def test_who_was_unmasked_is_told_when(store: Store) -> None:
    request = await store.mentoring.ask(server=HERE, channel=CHANNEL, asker=ANN, text="?", anonymous=True)
    await store.anonymity.report(request.number, CLEO)
    await store.anonymity.unmask(request.number, BEN, "was reported")
    assert [row["request"] for row in (await store.privacy.export(ANN))["unmasked"]] == [request.number]


async def test_all_on_whom_something_is_held_are_named_by_server(store: Store) -> None:
    await ask(store)
    await ask(store, server=ELSEWHERE, member=BEN)
    await store.points.point(HERE, CLEO, "parking")
    await store.path_viewers.allow(ANN, "baker", HERE, 4711, is_role=True)
    assert await store.privacy.people(HERE) == (CLEO, ANN)
    assert await store.privacy.people(ELSEWHERE) == (BEN,)
    assert await store.privacy.people(3) == ()


async def test_who_left_is_forgotten_there_after_the_servers_days(store: Store, clock: Clock) -> None:
    await store.settings.put(HERE, ServerSettings(kept_days=30))
    for server in (HERE, ELSEWHERE):
        await ask(store, server=server)
        await store.privacy.left(server, ANN, clock.now)
    clock.forward(days=30, microseconds=-1)
    assert await store.privacy.forget_left(clock.now) == ()
    clock.forward(microseconds=1)
    assert await store.privacy.forget_left(clock.now) == ((HERE, ANN),)
    assert [row["server"] for row in (await store.privacy.export(ANN))["questions"]] == [ELSEWHERE]
    assert await store.privacy.forget_left(clock.now) == ()
    clock.forward(days=60)
    assert await store.privacy.forget_left(clock.now) == ((ELSEWHERE, ANN),)
    assert await store.privacy.export(ANN) == {}


async def test_noticing_again_that_somebody_left_does_not_begin_anew(store: Store, clock: Clock) -> None:
    await store.privacy.left(HERE, ANN, clock.now)
    clock.forward(days=90)
    await store.privacy.left(HERE, ANN, clock.now)
    assert await store.privacy.forget_left(clock.now) == ((HERE, ANN),)


async def test_who_comes_back_is_not_forgotten(store: Store, clock: Clock) -> None:
    await ask(store)
    await store.privacy.left(HERE, ANN, clock.now)
    await store.privacy.left(ELSEWHERE, ANN, clock.now)
    await store.privacy.came_back(HERE, ANN)
    clock.forward(days=90)
    assert await store.privacy.forget_left(clock.now) == ((ELSEWHERE, ANN),)
    assert "questions" in await store.privacy.export(ANN)


async def everything(store: Store) -> int:
    """One of all that has its time; gives the request's number."""
    question = await ask(store)
    await store.promises.promise(question, ANN, CHANNEL)
    request = await store.mentoring.ask(
        server=HERE, channel=CHANNEL, asker=ANN, text="parking?", question=question, anonymous=True, step="step 3"
    )
    await store.mentoring.answered(request.number, BEN)
    await store.anonymity.relay(request.number, 71, CHANNEL, by_asker=True)
    await store.anonymity.report(request.number, CLEO, "rude")
    await store.anonymity.unmask(request.number, BEN, "was reported")
    await store.points.point(HERE, BEN, "parking")
    return request.number


async def test_what_is_older_than_the_server_keeps_it_falls_away(store: Store, clock: Clock) -> None:
    number = await everything(store)
    clock.forward(days=90)
    assert set((await store.privacy.retention(clock.now)).values()) == {0}
    clock.forward(microseconds=1)
    assert await store.privacy.retention(clock.now) == {
        "questions": 1, "promises": 1, "mentoring": 1, "anonymity": 2, "points": 1,
    }  # fmt: skip
    # That somebody looked is the one thing that stays with a name.
    assert await places(store.database, ANN) | await places(store.database, CLEO) == set()
    assert await places(store.database, BEN) == {"unmaskings.moderator"}
    kept = await store.mentoring.get(number)
    assert (kept.text, kept.step, kept.tried, kept.claimed_by, kept.state) == (None, None, (), None, "answered")
    assert await store.anonymity.relayed(71) is None
    assert [one.reason for one in await store.anonymity.unmaskings(HERE)] == [None]
    assert set((await store.privacy.retention(clock.now)).values()) == {0}


async def test_each_server_keeps_texts_as_long_as_it_has_set(store: Store, clock: Clock) -> None:
    await store.settings.put(HERE, ServerSettings(kept_days=7))
    for server in (HERE, ELSEWHERE):
        await ask(store, server=server)
    clock.forward(days=8)
    assert (await store.privacy.retention(clock.now))["questions"] == 1
    async with store.database.reading() as session:
        left = (await session.scalars(select(QuestionRow.server).where(QuestionRow.text.is_not(None)))).all()
    assert left == [ELSEWHERE]


async def test_where_nothing_is_stored_nothing_falls_away(store: Store, clock: Clock) -> None:
    assert set((await store.privacy.retention(clock.now)).values()) == {0}


async def test_counts_outlive_the_words(store: Store, clock: Clock) -> None:
    await everything(store)
    clock.forward(days=91)
    await store.privacy.retention(clock.now)
    insight = await store.insights.of(HERE, "year", {})
    assert (insight.counts.asked, insight.mentors.answered, insight.mentors.pointed) == (1, 1, 1)


async def test_forgetting_tells_what_went_and_that_entries_stay(store: Store) -> None:
    added = await store.entries.add(HERE, Draft("Where do I park?", "Behind the school."), ANN)
    await ask(store)
    await store.privacy.left(HERE, ANN, START)
    told = await store.privacy.forget(ANN)
    assert (told.places["questions"], told.places["promises"], told.versions) == (1, 0, 1)
    kept = await store.entries.get(HERE, added.id)
    assert kept is not None
    assert (kept.draft.answer, kept.current.author) == ("Behind the school.", None)
    async with store.database.reading() as session:
        assert await session.get(DepartureRow, (HERE, ANN)) is None


async def test_a_moment_is_told_with_its_zone(store: Store) -> None:
    await store.points.point(HERE, ANN, "/become")
    (told,) = (await store.privacy.export(ANN))["mentor_points"]
    assert dt.datetime.fromisoformat(str(told["at"])) == START
