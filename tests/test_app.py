"""The composition root: what is opened and closed, and who follows a change of files or of entries."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.app import following, opened, reload
from bot.assembly import Assembly
from bot.coaches import Coaches
from bot.errors import WaymarkError
from bot.front.client import WaymarkBot
from bot.knowledge.faults import KnowledgeError
from bot.matching.coach import Coach
from bot.settings import Settings
from bot.store import announcements
from bot.store.drafts import Draft
from bot.store.store import Store
from tests.front.bakers import ENTRIES, GUIDE, WORDS
from tests.knowledge.folders import knowledge_folder, write_entries
from tests.making import Making, bakers, said
from tests.store.clocks import START, Clock
from tests.store.doors import Door

HERE, ANN = 1, 7
MEETING = Draft("When do we meet?", "On Mondays.", ("day of the meeting",))
FRIDAYS = Draft("When do we meet?", "On Fridays.", ("day of the meeting",))
APPRENTICESHIP = "how long does the apprenticeship take"


class Following(Coaches):
    """Coaches that tell when they have followed a change, or tried to; None stands for one that may be anywhere."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._followed: asyncio.Queue[int | None] = asyncio.Queue()

    async def refresh_held(self, server: int) -> None:
        try:
            await super().refresh_held(server)
        finally:
            self._followed.put_nowait(server)

    async def refresh_all(self, base: Coach | None = None) -> None:
        try:
            await super().refresh_all(base)
        finally:
            self._followed.put_nowait(None)

    async def followed(self, server: int | None) -> None:
        while await self._followed.get() != server:
            pass


@pytest.fixture
def settings(tmp_path: Path, address: str) -> Settings:
    folder = knowledge_folder(tmp_path, guide=GUIDE, entries=ENTRIES, words=WORDS)
    return Settings(_env_file=None, waymark_knowledge=folder, database_url=SecretStr(address), waymark_encoder="off")


@pytest.fixture
async def bot(settings: Settings) -> AsyncIterator[WaymarkBot]:
    async with opened(settings) as bot:
        yield bot


@pytest.fixture
def assembly(tmp_path: Path) -> Assembly:
    return bakers(tmp_path / "guides")


@pytest.fixture
def making(assembly: Assembly) -> Making:
    return Making(assembly)


@asynccontextmanager
async def process(assembly: Assembly, address: str) -> AsyncIterator[tuple[Following, Store]]:
    """What a process of its own has, once it hears of changes."""
    async with Store.open(address) as store:
        coaches = Following(assembly.coach(), assembly.extended, store.entries)
        async with following(coaches, store):
            await coaches.followed(None)
            yield coaches, store
        coaches.close()


def ours() -> set[str]:
    """The names of the tasks that the bot has going."""
    names = {task.get_name() for task in asyncio.all_tasks()}
    return names & {"announcements", "knowledge watch", "refresh"}


async def test_an_opened_bot_answers_from_the_guides_and_the_database(settings: Settings, bot: WaymarkBot) -> None:
    async with Store.open(settings.database_address) as store:
        await store.entries.add(HERE, MEETING, ANN)
    assert said(await bot.coaches.of(HERE), "when do we meet") == "On Mondays."
    assert said(await bot.coaches.of(HERE), APPRENTICESHIP) == "Three years."


async def test_an_opened_bot_stores_by_the_clock_it_is_given(settings: Settings) -> None:
    async with opened(settings, Clock()) as bot:
        added = await bot.store.entries.add(HERE, MEETING, ANN)
    assert added.current.at == START


@pytest.mark.usefixtures("settings")
async def test_a_bot_that_is_closed_leaves_nothing_going(settings: Settings) -> None:
    async with opened(settings):
        pass
    assert ours() == set()


async def test_a_bot_that_breaks_off_leaves_nothing_going(settings: Settings) -> None:
    with pytest.raises(ZeroDivisionError):
        async with opened(settings):
            raise ZeroDivisionError
    assert ours() == set()


async def test_broken_knowledge_is_told_with_its_place(settings: Settings) -> None:
    assert settings.waymark_knowledge is not None
    write_entries(settings.waymark_knowledge, "[")
    with pytest.raises(KnowledgeError, match=r"pay\.yaml:3"):
        async with opened(settings):
            pass


async def test_a_database_that_cannot_be_opened_is_told(settings: Settings) -> None:
    away = settings.model_copy(update={"database_url": SecretStr("postgresql+asyncpg://me@127.0.0.1:1/x")})
    with pytest.raises(WaymarkError, match="cannot be opened"):
        async with opened(away):
            pass
    assert ours() == set()


async def test_changed_files_give_every_server_a_new_coach(settings: Settings, bot: WaymarkBot) -> None:
    assert settings.waymark_knowledge is not None
    await bot.store.entries.add(HERE, MEETING, ANN)
    await bot.coaches.of(HERE)
    write_entries(settings.waymark_knowledge, ENTRIES.replace("Three years.", "Two years."))
    with capture_logs() as logged:
        await reload(bot, Assembly(settings.waymark_knowledge))
    for server in (HERE, None):
        assert said(await bot.coaches.of(server), APPRENTICESHIP) == "Two years."
    assert said(await bot.coaches.of(HERE), "when do we meet") == "On Mondays."
    assert ("knowledge reloaded", 5) in [(line["event"], line.get("entries")) for line in logged]


@pytest.mark.parametrize("how", ["broken", "gone"])
async def test_files_that_cannot_be_used_leave_the_last_good_version(
    settings: Settings, bot: WaymarkBot, how: str
) -> None:
    folder = settings.waymark_knowledge
    assert folder is not None
    await bot.store.entries.add(HERE, MEETING, ANN)
    before = [await bot.coaches.of(server) for server in (HERE, None)]
    if how == "broken":
        write_entries(folder, "[")
    else:
        folder.rename(folder.with_name("moved"))
    with capture_logs() as logged:
        await reload(bot, Assembly(folder))
    assert [await bot.coaches.of(server) for server in (HERE, None)] == before
    assert any("the last good version stays" in line["event"] for line in logged)


async def test_files_that_change_while_the_database_is_away_are_taken_over(settings: Settings, postgres: str) -> None:
    folder = settings.waymark_knowledge
    assert folder is not None
    async with Door(postgres).standing() as door:
        through = settings.model_copy(update={"database_url": SecretStr(door.address)})
        async with opened(through) as bot:
            await bot.store.entries.add(HERE, MEETING, ANN)
            await bot.coaches.of(HERE)
            write_entries(folder, ENTRIES.replace("Three years.", "Two years."))
            door.shut()
            await reload(bot, Assembly(folder))
            assert said(await bot.coaches.of(None), APPRENTICESHIP) == "Two years."
            assert said(await bot.coaches.of(HERE), "when do we meet") == "On Mondays."
            door.open()
            assert said(await bot.coaches.of(HERE), APPRENTICESHIP) == "Two years."
            assert said(await bot.coaches.of(HERE), "when do we meet") == "On Mondays."


async def test_what_one_process_publishes_another_answers(assembly: Assembly, postgres: str) -> None:
    async with process(assembly, postgres) as (_, here), process(assembly, postgres) as (coaches, _):
        added = await here.entries.add(HERE, MEETING, ANN)
        assert said(await coaches.of(HERE), "when do we meet") == "On Mondays."
        await here.entries.edit(HERE, added.id, FRIDAYS, ANN, expected_version=1)
        await coaches.followed(HERE)
        await coaches.followed(HERE)
        assert said(await coaches.of(HERE), "when do we meet") == "On Fridays."


async def test_what_was_published_while_a_process_heard_nothing_is_answered_when_it_hears_again(
    assembly: Assembly, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcements, "RETRY_SECONDS", (0.0, 10.0))
    async with (
        Door(postgres).standing() as door,
        process(assembly, postgres) as (_, here),
        process(assembly, door.address) as (coaches, _),
    ):
        added = await here.entries.add(HERE, MEETING, ANN)
        await coaches.of(HERE)
        door.shut()
        await here.entries.edit(HERE, added.id, FRIDAYS, ANN, expected_version=1)
        await door.knocked.wait()
        door.open()
        await coaches.followed(None)
        assert said(await coaches.of(HERE), "when do we meet") == "On Fridays."


async def test_a_change_that_cannot_be_followed_is_logged_and_made_up_for(assembly: Assembly, postgres: str) -> None:
    """The database is away when the entries are to be read again."""
    async with Store.open(postgres) as here, Door(postgres).standing() as door, Store.open(door.address) as store:
        coaches = Following(assembly.coach(), assembly.extended, store.entries)
        added = await here.entries.add(HERE, MEETING, ANN)
        await coaches.of(HERE)
        async with following(coaches, here):
            await coaches.followed(None)
            door.shut()
            with capture_logs() as logged:
                await here.entries.edit(HERE, added.id, FRIDAYS, ANN, expected_version=1)
                await coaches.followed(HERE)
                assert said(await coaches.of(HERE), "when do we meet") == "On Mondays."
            door.open()
            assert said(await coaches.of(HERE), "when do we meet") == "On Fridays."
        coaches.close()
    assert "changed entries could not be read" in [line["event"] for line in logged]


async def test_a_coach_that_is_being_made_does_not_hold_up_the_end(
    assembly: Assembly, postgres: str, making: Making
) -> None:
    async with Store.open(postgres) as store:
        coaches = Coaches(assembly.coach(), making, store.entries)
        await store.entries.add(HERE, MEETING, ANN)
        await coaches.of(HERE)
        with making.stopped():
            with pytest.raises(ZeroDivisionError):
                await _break_off_while_following(coaches, store, making)
            assert ours() == set()
        coaches.close()


async def _break_off_while_following(coaches: Coaches, store: Store, making: Making) -> None:
    async with following(coaches, store):
        await store.entries.add(HERE, FRIDAYS, ANN)
        await making.is_begun()
        raise ZeroDivisionError
