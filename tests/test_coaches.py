"""The coach of each server: whose entries it knows, when it is made anew, and what happens while it is."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.assembly import Assembly
from bot.coaches import IDLE_SECONDS, Coaches
from bot.store.database import StoreUnavailableError
from bot.store.drafts import Draft
from bot.store.store import Store
from tests.front.bakers import ENTRIES
from tests.knowledge.folders import write_entries
from tests.making import Making, bakers, said

HERE, ELSEWHERE, ANN = 1, 2, 7

MEETING = Draft("When do we meet?", "On Mondays.", ("day of the meeting",))
RULES = Draft("What are the rules of this server?", "Be kind.")
PAY = Draft("What does a baker earn?", "Ask in #jobs.")


class Seconds:
    """A clock in seconds that moves only when it is told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def assembly(tmp_path: Path) -> Assembly:
    return bakers(tmp_path)


@pytest.fixture
def making(assembly: Assembly) -> Making:
    return Making(assembly)


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
async def store(sqlite: str) -> AsyncIterator[Store]:
    async with Store.open(sqlite) as store:
        yield store


@pytest.fixture
def coaches(assembly: Assembly, making: Making, store: Store, seconds: Seconds) -> Iterator[Coaches]:
    coaches = Coaches(assembly.coach(), making, store.entries, seconds)
    yield coaches
    coaches.close()


@contextmanager
def away(sqlite: str) -> Iterator[None]:
    """While this lasts, the database cannot give any entries."""

    def rename(before: str, after: str) -> None:
        with closing(sqlite3.connect(make_url(sqlite).database or "")) as connection:
            connection.execute(f"ALTER TABLE {before} RENAME TO {after}")

    rename("community_entries", "away")
    try:
        yield
    finally:
        rename("away", "community_entries")


async def test_a_servers_own_entry_is_answered_there(coaches: Coaches, store: Store) -> None:
    await store.entries.add(HERE, MEETING, ANN)
    assert said(await coaches.of(HERE), "when do we meet") == "On Mondays."


@pytest.mark.parametrize("server", [ELSEWHERE, None])
async def test_a_servers_own_entry_is_not_answered_elsewhere(
    coaches: Coaches, store: Store, server: int | None
) -> None:
    await store.entries.add(HERE, MEETING, ANN)
    await coaches.of(HERE)
    coach = await coaches.of(server)
    assert said(coach, "when do we meet") is None
    assert coach is coaches.base


async def test_the_guide_is_answered_beside_a_servers_own_entries(coaches: Coaches, store: Store) -> None:
    await store.entries.add(HERE, MEETING, ANN)
    assert said(await coaches.of(HERE), "baker salary") == "The median is {median_pay} a year."


async def test_a_servers_edit_stands_in_place_of_the_guides_entry(coaches: Coaches, store: Store) -> None:
    await store.entries.add(HERE, PAY, ANN, entry_id="median-pay", overrides=True)
    assert said(await coaches.of(HERE), "what does a baker earn") == "Ask in #jobs."
    assert said(await coaches.of(ELSEWHERE), "what does a baker earn") == "The median is {median_pay} a year."


async def test_without_entries_of_its_own_a_server_shares_the_guides_coach(coaches: Coaches, making: Making) -> None:
    assert await coaches.of(HERE) is coaches.base
    assert making.made == 0


async def test_a_coach_is_made_at_the_first_question_and_kept(coaches: Coaches, store: Store, making: Making) -> None:
    await store.entries.add(HERE, MEETING, ANN)
    assert not coaches.is_ready(HERE)
    assert await coaches.of(HERE) is await coaches.of(HERE)
    assert coaches.is_ready(HERE)
    assert making.made == 1


async def test_in_direct_messages_the_coach_is_always_there(coaches: Coaches) -> None:
    assert coaches.is_ready(None)


async def test_first_questions_at_the_same_time_make_one_coach(coaches: Coaches, store: Store, making: Making) -> None:
    await store.entries.add(HERE, MEETING, ANN)
    found = await asyncio.gather(*(coaches.of(HERE) for _ in range(20)))
    assert (len(set(map(id, found))), making.made) == (1, 1)


async def test_after_a_refresh_the_new_coach_answers(coaches: Coaches, store: Store) -> None:
    added = await store.entries.add(HERE, MEETING, ANN)
    await coaches.of(HERE)
    await store.entries.edit(HERE, added.id, Draft(MEETING.question, "On Fridays."), ANN, expected_version=1)
    await coaches.refresh(HERE)
    assert said(await coaches.of(HERE), "when do we meet") == "On Fridays."


async def test_when_its_last_entry_is_removed_a_server_shares_the_guides_coach(coaches: Coaches, store: Store) -> None:
    added = await store.entries.add(HERE, MEETING, ANN)
    await coaches.of(HERE)
    await store.entries.remove(HERE, added.id, ANN)
    await coaches.refresh(HERE)
    assert await coaches.of(HERE) is coaches.base


async def test_while_a_coach_is_made_the_one_before_answers(coaches: Coaches, store: Store, making: Making) -> None:
    await store.entries.add(HERE, MEETING, ANN)
    before = await coaches.of(HERE)
    with making.stopped():
        refreshing = asyncio.create_task(coaches.refresh(HERE))
        await making.is_begun()
        assert await coaches.of(HERE) is before
        assert not refreshing.done()
    await refreshing
    assert await coaches.of(HERE) is not before


async def test_refreshes_at_the_same_time_are_done_together(coaches: Coaches, store: Store, making: Making) -> None:
    await store.entries.add(HERE, MEETING, ANN)
    await asyncio.gather(*(coaches.refresh(HERE) for _ in range(50)))
    assert making.made == 1


async def test_refreshes_during_a_making_are_done_together_after_it(
    coaches: Coaches, store: Store, making: Making
) -> None:
    await store.entries.add(HERE, MEETING, ANN)
    with making.stopped():
        first = asyncio.create_task(coaches.refresh(HERE))
        await making.is_begun()
        await store.entries.add(HERE, RULES, ANN)
        others = [asyncio.create_task(coaches.refresh(HERE)) for _ in range(50)]
    await asyncio.gather(first, *others)
    assert making.made == 2
    assert said(await coaches.of(HERE), RULES.question) == "Be kind."


async def test_whoever_gives_up_waiting_stops_nobody_elses_refresh(
    coaches: Coaches, store: Store, making: Making
) -> None:
    await store.entries.add(HERE, MEETING, ANN)
    with making.stopped():
        impatient, patient = (asyncio.create_task(coaches.refresh(HERE)) for _ in range(2))
        await making.is_begun()
        impatient.cancel()
    await patient
    assert impatient.cancelled()
    assert said(await coaches.of(HERE), "when do we meet") == "On Mondays."


async def test_a_making_that_fails_is_told_to_all_who_wait_for_it(
    coaches: Coaches, store: Store, making: Making
) -> None:
    await store.entries.add(HERE, MEETING, ANN)
    making.fault = ArithmeticError("wrong")
    ended = await asyncio.gather(*(coaches.refresh(HERE) for _ in range(3)), return_exceptions=True)
    assert list(map(type, ended)) == [ArithmeticError] * 3


async def test_a_making_that_fails_does_not_stop_later_ones(coaches: Coaches, store: Store, making: Making) -> None:
    await store.entries.add(HERE, MEETING, ANN)
    making.fault = ArithmeticError("wrong")
    with pytest.raises(ArithmeticError):
        await coaches.of(HERE)
    making.fault = None
    assert said(await coaches.of(HERE), "when do we meet") == "On Mondays."


async def test_a_refresh_that_failed_is_made_up_for_at_the_next_question(
    coaches: Coaches, store: Store, making: Making
) -> None:
    added = await store.entries.add(HERE, MEETING, ANN)
    await coaches.of(HERE)
    await store.entries.edit(HERE, added.id, Draft(MEETING.question, "On Fridays."), ANN, expected_version=1)
    making.fault = ArithmeticError("wrong")
    with pytest.raises(ArithmeticError):
        await coaches.refresh(HERE)
    making.fault = None
    assert said(await coaches.of(HERE), "when do we meet") == "On Fridays."


async def test_what_is_tried_is_answered_by_the_trial_alone(coaches: Coaches, store: Store) -> None:
    await store.entries.add(HERE, MEETING, ANN)
    before = await coaches.of(HERE)
    changed = Draft(MEETING.question, "On Fridays.").entry("when-do-we-meet")
    trial = await coaches.trial(HERE, [changed, RULES.entry("rules")])
    assert (said(trial, "when do we meet"), said(trial, RULES.question)) == ("On Fridays.", "Be kind.")
    assert await coaches.of(HERE) is before
    await coaches.refresh(HERE)
    assert said(await coaches.of(HERE), "when do we meet") == "On Mondays."
    assert [entry.draft for entry in await store.entries.all(HERE)] == [MEETING]


async def test_an_edit_of_the_guides_that_is_removed_on_trial_shows_the_guides_own(
    coaches: Coaches, store: Store
) -> None:
    await store.entries.add(HERE, PAY, ANN, entry_id="median-pay", overrides=True)
    trial = await coaches.trial(HERE, [], removed=["median-pay", "never-was"])
    assert said(trial, "what does a baker earn") == "The median is {median_pay} a year."


async def test_of_one_wording_in_two_entries_the_trial_gives_it_to_the_one_that_will_have_it(
    coaches: Coaches, store: Store
) -> None:
    await store.entries.add(HERE, MEETING, ANN, entry_id="meeting")
    taking = Draft(MEETING.question, "Never.")
    trial = await coaches.trial(HERE, [taking.entry("a-first")])
    await store.entries.add(HERE, taking, ANN, entry_id="a-first")
    await coaches.refresh(HERE)
    assert said(trial, MEETING.question) == said(await coaches.of(HERE), MEETING.question) == "Never."


async def test_a_trial_needs_no_coach_that_is_held(coaches: Coaches) -> None:
    assert said(await coaches.trial(HERE, [MEETING.entry("meeting")]), "when do we meet") == "On Mondays."
    assert not coaches.is_ready(HERE)


async def test_long_work_is_done_beside_the_event_loop(coaches: Coaches) -> None:
    assert await coaches.work(threading.get_ident) != threading.get_ident()


async def test_nobody_asked_for_an_hour_and_the_coach_goes(
    coaches: Coaches, store: Store, making: Making, seconds: Seconds
) -> None:
    await store.entries.add(HERE, MEETING, ANN)
    await store.entries.add(ELSEWHERE, RULES, ANN)
    await coaches.of(HERE)
    await coaches.of(ELSEWHERE)
    seconds.now += IDLE_SECONDS - 1
    await coaches.of(ELSEWHERE)
    assert coaches.drop_idle() == 0
    seconds.now += 2
    assert coaches.drop_idle() == 1
    assert (coaches.is_ready(HERE), coaches.is_ready(ELSEWHERE)) == (False, True)
    assert said(await coaches.of(HERE), "when do we meet") == "On Mondays."
    assert making.made == 3


async def test_entries_held_are_counted_over_all_coaches(coaches: Coaches, store: Store) -> None:
    await store.entries.add(HERE, MEETING, ANN)
    assert coaches.entries_held() == 5
    await coaches.of(HERE)
    await coaches.of(ELSEWHERE)
    assert coaches.entries_held() == 5 + 6


async def test_while_the_database_is_away_a_new_server_gets_the_guides(
    coaches: Coaches, store: Store, sqlite: str
) -> None:
    await store.entries.add(HERE, MEETING, ANN)
    with away(sqlite):
        assert await coaches.of(HERE) is coaches.base
    assert said(await coaches.of(HERE), "when do we meet") == "On Mondays."


async def test_while_the_database_is_away_a_server_keeps_its_coach(coaches: Coaches, store: Store, sqlite: str) -> None:
    await store.entries.add(HERE, MEETING, ANN)
    before = await coaches.of(HERE)
    with away(sqlite):
        with pytest.raises(StoreUnavailableError):
            await coaches.refresh(HERE)
        assert await coaches.of(HERE) is before


async def test_a_new_base_is_answered_together_with_the_servers_entries(
    coaches: Coaches, store: Store, assembly: Assembly
) -> None:
    await store.entries.add(HERE, MEETING, ANN)
    await coaches.of(HERE)
    await coaches.of(ELSEWHERE)
    write_entries(assembly.folder, ENTRIES.replace("Three years.", "Two years."))
    await coaches.refresh_all(assembly.coach())
    for server in (HERE, ELSEWHERE, None):
        assert said(await coaches.of(server), "how long does the apprenticeship take") == "Two years."
    assert said(await coaches.of(HERE), "when do we meet") == "On Mondays."


async def test_a_new_base_reaches_a_coach_that_was_just_being_made(
    coaches: Coaches, store: Store, making: Making, assembly: Assembly
) -> None:
    await store.entries.add(HERE, MEETING, ANN)
    write_entries(assembly.folder, ENTRIES.replace("Three years.", "Two years."))
    base = assembly.coach()
    with making.stopped():
        asking = asyncio.create_task(coaches.of(HERE))
        await making.is_begun()
        reloading = asyncio.create_task(coaches.refresh_all(base))
    await asyncio.gather(asking, reloading)
    assert said(await coaches.of(HERE), "how long does the apprenticeship take") == "Two years."


async def test_a_new_base_comes_later_where_the_database_was_away(
    coaches: Coaches, store: Store, assembly: Assembly, sqlite: str
) -> None:
    for server in (HERE, ELSEWHERE):
        await store.entries.add(server, MEETING, ANN)
        await coaches.of(server)
    write_entries(assembly.folder, ENTRIES.replace("Three years.", "Two years."))
    with away(sqlite), pytest.raises(StoreUnavailableError):
        await coaches.refresh_all(assembly.coach())
    for server in (HERE, ELSEWHERE):
        assert said(await coaches.of(server), "how long does the apprenticeship take") == "Two years."
        assert said(await coaches.of(server), "when do we meet") == "On Mondays."


async def test_a_new_base_makes_no_coach_for_servers_that_idle(
    coaches: Coaches, store: Store, making: Making, seconds: Seconds
) -> None:
    await store.entries.add(HERE, MEETING, ANN)
    await coaches.of(HERE)
    seconds.now += IDLE_SECONDS + 1
    await coaches.refresh_all()
    assert (coaches.is_ready(HERE), making.made) == (False, 1)


async def test_a_change_that_is_told_refreshes_a_coach_that_is_held(coaches: Coaches, store: Store) -> None:
    await store.entries.add(HERE, MEETING, ANN)
    await coaches.of(HERE)
    await store.entries.add(HERE, RULES, ANN)
    await coaches.refresh_held(HERE)
    assert said(await coaches.of(HERE), RULES.question) == "Be kind."


async def test_a_change_that_is_told_makes_no_coach_that_nobody_asked_for(
    coaches: Coaches, store: Store, making: Making
) -> None:
    await store.entries.add(HERE, MEETING, ANN)
    await coaches.refresh_held(HERE)
    assert (coaches.is_ready(HERE), making.made) == (False, 0)


async def test_a_change_that_is_told_reaches_a_coach_that_was_just_being_made(
    coaches: Coaches, store: Store, making: Making
) -> None:
    await store.entries.add(HERE, MEETING, ANN)
    with making.stopped():
        asking = asyncio.create_task(coaches.of(HERE))
        await making.is_begun()
        await store.entries.add(HERE, RULES, ANN)
        told = asyncio.create_task(coaches.refresh_held(HERE))
    await asyncio.gather(asking, told)
    assert said(await coaches.of(HERE), RULES.question) == "Be kind."
