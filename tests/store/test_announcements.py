"""Announcements on PostgreSQL: who hears of a change, and what happens when the connection is lost."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.store import announcements
from bot.store.announcements import announce, listening
from bot.store.database import Database
from bot.store.drafts import Draft
from bot.store.moving import backup, restore
from bot.store.store import Store
from bot.store.values import StaleEdit
from tests.store.doors import Door

HERE, ELSEWHERE, ANN = 1_234_567_890_123_456_789, 2, 7
RULES, KINDER = Draft("What are the rules?", "Be kind."), Draft("What are the rules?", "Be kinder.")

Heard = asyncio.Queue[int | None]


@pytest.fixture(autouse=True)
def tries_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcements, "RETRY_SECONDS", (0.0, 10.0))


@pytest.fixture
async def here(postgres: str) -> AsyncIterator[Store]:
    """The store as one process has it."""
    async with Store.open(postgres) as store:
        yield store


@pytest.fixture
async def there(here: Store, postgres: str) -> AsyncIterator[Store]:
    """The same as another process has it."""
    del here  # makes the tables
    async with Store.open(postgres) as store:
        yield store


@asynccontextmanager
async def hearing(database: Database) -> AsyncIterator[Heard]:
    """What is heard from the moment on at which the connection stands."""
    heard: Heard = asyncio.Queue()
    async with listening(database, heard.put_nowait):
        assert await heard.get() is None
        yield heard


async def cut(store: Store) -> None:
    """Ends all connections that listen."""
    asked = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
    async with store.database.reading() as session:
        assert await session.scalar(text(f"{asked} AND datname = current_database()")) == 1


def listeners() -> list[asyncio.Task[object]]:
    return [task for task in asyncio.all_tasks() if task.get_name() == "announcements"]


async def test_a_change_by_one_process_is_heard_by_another(here: Store, there: Store) -> None:
    async with hearing(there.database) as heard:
        await here.entries.add(HERE, RULES, ANN)
        assert await heard.get() == HERE


async def test_a_process_hears_its_own_changes(here: Store) -> None:
    async with hearing(here.database) as heard:
        await here.entries.add(HERE, RULES, ANN)
        assert await heard.get() == HERE


async def _publish(store: Store) -> None:
    await store.pending.publish((await store.pending.keep(HERE, Draft("New?", "Yes."), ANN)).key, ANN)


async def _take_back(store: Store) -> None:
    await store.entries.add(HERE, RULES, ANN, entry_id="guides", overrides=True)
    await store.entries.take_back(HERE, "guides", ANN)


@pytest.mark.parametrize(
    "change",
    [
        lambda store: store.entries.edit(HERE, "rules", KINDER, ANN, expected_version=1),
        lambda store: store.entries.remove(HERE, "rules", ANN),
        lambda store: store.entries.restore(HERE, "rules", 1, ANN),
        lambda store: store.entries.replace(HERE, {}, ANN),
        lambda store: store.entries.replace(HERE, {"rules": RULES, "new": RULES}, ANN),
        _take_back,
        _publish,
    ],
    ids=["edit", "remove", "restore", "import of nothing", "import", "take back", "publish"],
)
async def test_every_kind_of_change_is_announced(
    here: Store, there: Store, change: Callable[[Store], Awaitable[object]]
) -> None:
    await here.entries.add(HERE, RULES, ANN, entry_id="rules")
    async with hearing(there.database) as heard:
        await change(here)
        assert await heard.get() == HERE


async def test_a_large_import_is_announced_once(here: Store, there: Store) -> None:
    async with hearing(there.database) as heard:
        await here.entries.replace(HERE, {f"rule-{number}": RULES for number in range(100)}, ANN)
        await here.entries.add(ELSEWHERE, RULES, ANN)
        assert [await heard.get() for _ in range(2)] == [HERE, ELSEWHERE]


async def _announce_and_fail(store: Store) -> None:
    async with store.database.writing() as session:
        await announce(session, HERE)
        raise ZeroDivisionError


async def test_a_transaction_that_fails_announces_nothing(here: Store, there: Store) -> None:
    async with hearing(there.database) as heard:
        with pytest.raises(ZeroDivisionError):
            await _announce_and_fail(here)
        await here.entries.add(ELSEWHERE, RULES, ANN)
        assert await heard.get() == ELSEWHERE


async def test_an_edit_that_is_refused_announces_nothing(here: Store, there: Store) -> None:
    await here.entries.add(HERE, RULES, ANN, entry_id="rules")
    async with hearing(there.database) as heard:
        with pytest.raises(StaleEdit):
            await here.entries.edit(HERE, "rules", KINDER, ANN, expected_version=2)
        await here.entries.add(ELSEWHERE, RULES, ANN)
        assert await heard.get() == ELSEWHERE


async def test_after_a_cut_anything_may_have_changed_and_changes_are_heard_again(here: Store, there: Store) -> None:
    async with hearing(there.database) as heard:
        await cut(here)
        assert await heard.get() is None
        await here.entries.add(HERE, RULES, ANN)
        assert await heard.get() == HERE


async def test_a_database_that_was_away_is_heard_once_it_is_back(here: Store, postgres: str) -> None:
    heard: Heard = asyncio.Queue()
    async with Door(postgres).standing() as door, Database.open(door.address) as database:
        door.shut()
        async with listening(database, heard.put_nowait):
            await door.knocked.wait()
            assert heard.empty()
            door.open()
            assert await heard.get() is None
            await here.entries.add(HERE, RULES, ANN)
            assert await heard.get() == HERE


async def test_a_connection_that_was_dropped_without_a_word_is_noticed(
    here: Store, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcements, "CHECK_SECONDS", (0.01, 0.2))
    async with Door(postgres).standing() as door, Database.open(door.address) as database:
        async with hearing(database) as heard:
            door.silence()
            await here.entries.add(HERE, RULES, ANN)
            await door.lost.wait()
            door.open()
            assert await heard.get() is None
        door.shut()


async def test_a_connection_on_which_nothing_happens_stays(
    here: Store, there: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcements, "CHECK_SECONDS", (0.001, 10.0))
    async with hearing(there.database) as heard:
        for _ in range(20):
            await here.entries.add(HERE, RULES, ANN)
            assert await heard.get() == HERE


async def test_what_an_address_says_beside_the_name_holds_for_listening_too(here: Store, postgres: str) -> None:
    async with (
        Database.open(f"{postgres}?ssl=prefer&prepared_statement_cache_size=50") as database,
        hearing(database) as heard,
    ):
        await here.entries.add(HERE, RULES, ANN)
        assert await heard.get() == HERE


async def test_it_listens_no_longer_than_it_is_told_to(here: Store) -> None:
    async with hearing(here.database):
        assert len(listeners()) == 1
    assert listeners() == []


async def test_the_log_says_when_changes_are_not_heard(
    here: Store, there: Store, caplog: pytest.LogCaptureFixture
) -> None:
    async with hearing(there.database) as heard:
        await cut(here)
        await heard.get()
    assert "changes by other processes are not heard" in caplog.text


async def test_sqlite_announces_nothing(sqlite: str) -> None:
    heard: Heard = asyncio.Queue()
    async with Store.open(sqlite) as store, listening(store.database, heard.put_nowait):
        await store.entries.add(HERE, RULES, ANN)
        await store.entries.replace(HERE, {}, ANN)
        assert listeners() == []
    assert heard.empty()


async def test_a_restore_is_announced_for_all_servers(here: Store, there: Store, tmp_path: Path) -> None:
    await here.entries.add(HERE, RULES, ANN)
    await backup(here.database, tmp_path / "backup")
    async with hearing(there.database) as heard:
        await restore(here.database, tmp_path / "backup")
        assert await heard.get() is None
