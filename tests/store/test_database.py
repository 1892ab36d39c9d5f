"""Opening a database, its transactions, and bringing it to its newest shape."""

import asyncio
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text

from bot.errors import WaymarkError
from bot.store import revisions
from bot.store.database import Database, StoreUnavailableError
from bot.store.tables import OURS
from tests.store.databases import say
from tests.store.doors import Door


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


async def test_a_new_database_has_every_table_after_migrating(database: Database) -> None:
    assert await database.snapshot(tables) == {*OURS, revisions.VERSION_TABLE}


async def test_migrating_again_changes_nothing(database: Database) -> None:
    assert await database.migrate() == (revisions.newest(), revisions.newest())


async def test_a_first_migration_comes_from_nothing(address: str) -> None:
    async with Database.open(address) as database:
        assert await database.migrate() == (None, revisions.newest())


async def test_migrations_in_one_process_wait_for_each_other(address: str) -> None:
    async with Database.open(address) as database, Database.open(address) as other:
        found = await asyncio.gather(*(each.migrate() for each in (database, other) * 3))
    assert sorted(before or "" for before, _ in found) == ["", *[revisions.newest()] * 5]


def test_processes_that_start_at_once_all_end_well(address: str) -> None:
    program = (
        "import asyncio, sys\n"
        "from bot.store.database import Database\n"
        "async def main():\n"
        "    print('ready', flush=True); sys.stdin.readline()\n"
        "    async with Database.open(sys.argv[1]) as database: print((await database.migrate())[0])\n"
        "asyncio.run(main())\n"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, address],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(4)
    ]  # fmt: skip
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [(*process.communicate(timeout=60), process.returncode) for process in started]
    assert sorted(said) == [(f"{revisions.newest()}\n", "", 0)] * 3 + [("None\n", "", 0)]


async def test_a_database_of_a_newer_waymark_is_refused(database: Database, address: str) -> None:
    async with database.writing() as session:
        await session.execute(text(f"UPDATE {revisions.VERSION_TABLE} SET version_num = 'later'"))
    with pytest.raises(WaymarkError, match="newer Waymark"):
        await database.migrate()
    with pytest.raises(WaymarkError, match="newer Waymark"):
        async with Database.open(address):
            pass


async def test_what_raises_leaves_nothing_behind(database: Database) -> None:
    def half(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE half (number INTEGER)"))
        raise WaymarkError("enough")

    with pytest.raises(WaymarkError, match="enough"):
        await database.alone(half)
    assert "half" not in await database.snapshot(tables)


async def test_rows_that_belong_to_nothing_are_refused(database: Database) -> None:
    orphan = (
        "INSERT INTO community_versions (server, entry_id, number, question, answer, phrasings, at, action) "
        "VALUES (1, 'x', 1, 'q', 'a', '[]', '2026-01-01 00:00:00', 'add')"
    )
    with pytest.raises(Exception, match=r"belong to nothing|foreign key"):
        await database.alone(lambda connection: connection.execute(text(orphan)))


async def test_sqlite_is_opened_with_what_the_store_stands_on(sqlite: str) -> None:
    async with Database.open(sqlite) as database, database.reading() as session:
        found = [
            (await session.execute(text(f"PRAGMA {name}"))).scalar_one()
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        ]
    assert found == ["wal", 1, 10_000, 2]


async def test_a_read_does_not_wait_for_a_write(database: Database) -> None:
    async with database.writing() as writing:
        await writing.execute(text("DELETE FROM audit_log"))
        async with database.reading() as reading:
            assert (await reading.execute(text("SELECT count(*) FROM audit_log"))).scalar_one() == 0


@pytest.mark.parametrize("address", ["nonsense", "mysql://u@h/d", "sqlite+pysqlite:///f", "postgresql+psycopg://h/d"])
async def test_an_address_of_another_kind_is_refused(address: str) -> None:
    with pytest.raises(WaymarkError, match="DATABASE_URL wants an address like"):
        async with Database.open(address):
            pass


@pytest.mark.parametrize("address", ["sqlite://", "sqlite+aiosqlite:///:memory:"])
async def test_a_database_in_memory_is_refused(address: str) -> None:
    with pytest.raises(WaymarkError, match="names no file"):
        async with Database.open(address):
            pass


async def test_an_address_without_a_driver_gets_ours(tmp_path: Path) -> None:
    async with Database.open(f"sqlite:///{tmp_path / 'x.db'}") as database:
        assert database.file == tmp_path / "x.db"


async def test_a_server_that_does_not_listen_is_named_without_its_password() -> None:
    with pytest.raises(WaymarkError) as caught:
        async with Database.open("postgresql+asyncpg://me:secret@127.0.0.1:1/x"):
            pass
    said = str(caught.value)
    assert said.startswith("The database postgresql+asyncpg://me:***@127.0.0.1:1/x cannot be opened: ")
    assert "\n" not in said


async def test_a_connection_that_is_cut_is_said_and_the_next_one_works(postgres: str, postgres_database: str) -> None:
    async with Database.open(postgres) as database:
        cut = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{postgres_database}'"

        async def cut_off() -> None:
            async with database.writing() as session:
                await session.execute(text("SELECT 1"))
                await asyncio.to_thread(say, cut)
                await session.execute(text("SELECT 1"))

        with pytest.raises(StoreUnavailableError, match="does not do its work just now"):
            await cut_off()
        async with database.reading() as session:
            assert (await session.execute(text("SELECT 1"))).scalar_one() == 1


async def test_a_database_that_the_server_does_not_have_is_said(postgres: str) -> None:
    with pytest.raises(WaymarkError, match='cannot be opened: database "missing" does not exist'):
        async with Database.open(postgres.rpartition("/")[0] + "/missing"):
            pass


async def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WaymarkError, match="cannot be made: Not a directory"):
        async with Database.open(f"sqlite+aiosqlite:///{tmp_path / 'file' / 'folder' / 'x.db'}"):
            pass


async def test_a_folder_in_the_place_of_the_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(WaymarkError, match="cannot be opened: unable to open database file"):
        async with Database.open(f"sqlite+aiosqlite:///{tmp_path}"):
            pass


async def test_a_file_that_is_no_database_is_said_and_stays(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("no database, but long enough to have a header " * 40)
    before = file.read_bytes()
    with pytest.raises(WaymarkError, match="cannot be opened: file is not a database"):
        async with Database.open(f"sqlite+aiosqlite:///{file}"):
            pass
    assert file.read_bytes() == before


async def test_a_missing_file_is_not_made_when_it_should_be_there(sqlite: str) -> None:
    with pytest.raises(WaymarkError, match="There is no database"):
        async with Database.open(sqlite, create=False):
            pass


async def test_a_database_that_somebody_else_holds_is_said(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.database.BUSY_TIMEOUT", 50)
    async with Database.open(sqlite) as database:
        assert database.file is not None
        holder = sqlite3.connect(database.file, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        try:
            with pytest.raises(WaymarkError, match="does not do its work just now: database is locked"):
                await database.migrate()
        finally:
            holder.close()


async def hold(database: Database, begun: asyncio.Event, go: asyncio.Event) -> None:
    """A transaction that lasts until it is told to go on, and writes then."""
    async with database.writing() as session:
        begun.set()
        await go.wait()
        await session.execute(text("CREATE TABLE held (number INTEGER)"))


async def test_closing_waits_for_a_transaction_that_is_under_way(address: str) -> None:
    begun, go = asyncio.Event(), asyncio.Event()
    async with Database.open(address) as database:
        holding = asyncio.create_task(hold(database, begun, go))
        await begun.wait()
        go.set()
    assert holding.done()
    async with Database.open(address) as database:
        assert "held" in await database.snapshot(tables)


async def read_for_ever(database: Database, begun: asyncio.Event) -> None:
    async with database.reading() as session:
        begun.set()
        while True:
            await session.execute(text("SELECT 1"))


async def test_closing_waits_for_a_transaction_that_is_broken_off(address: str) -> None:
    """Else its connection would be waited for for ever when the event loop ends."""
    begun = asyncio.Event()
    async with Database.open(address) as database:
        reading = asyncio.create_task(read_for_ever(database, begun))
        await begun.wait()
        reading.cancel()
    assert reading.cancelled()


async def test_closing_after_a_fault_waits_too(address: str) -> None:
    begun = asyncio.Event()
    reading: list[asyncio.Task[None]] = []

    async def fail() -> None:
        async with Database.open(address) as database:
            reading.append(asyncio.create_task(read_for_ever(database, begun)))
            await begun.wait()
            reading[0].cancel()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert reading[0].cancelled()


async def test_closing_does_not_wait_for_a_server_that_went_away_without_a_word(
    postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.database.CLOSE_TIMEOUT", 0.05)
    async with Door(postgres).standing() as door, Database.open(door.address):
        door.silence()
    assert door.lost.is_set()
