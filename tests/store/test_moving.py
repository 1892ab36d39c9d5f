"""Backups: what they hold, what they refuse, and moving from one kind of database to the other."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.errors import WaymarkError
from bot.store import dump
from bot.store.database import Database
from bot.store.drafts import Draft
from bot.store.entries import CommunityEntries
from bot.store.moving import backup, entries_in, restore
from bot.store.revisions import VERSION_TABLE
from tests.store.clocks import Clock

HERE, ELSEWHERE = 1_234_567_890_123_456_789, 2
ANN = 987_654_321_098_765_432


async def fill(database: Database, clock: Clock) -> None:
    """One of everything: several servers and versions, the bin, an edit of the guide's entry, a forgotten person."""
    entries = CommunityEntries(database, clock)
    await entries.add(HERE, Draft("¿Qué? 日本 \U0001f600", "one\n\n\ttwo 'x\" \\n", ("naïve", "ß")), ANN, reason="why")
    clock.forward(microseconds=876_544)
    await entries.add(HERE, Draft("Guide?", "Ours."), 5, entry_id="faq-salary", overrides=True)
    for entry_id in ("b", "a-b", "a", "ab", "a1", "a-1"):
        await entries.add(ELSEWHERE, Draft(entry_id, "."), 5, entry_id=entry_id)
    await entries.edit(ELSEWHERE, "a", Draft("a", "changed"), ANN, expected_version=1)
    await entries.remove(ELSEWHERE, "b", 6)
    await entries.forget(6)


@pytest.fixture
async def filled(database: Database, clock: Clock) -> Database:
    await fill(database, clock)
    return database


async def all_of(database: Database) -> list[str]:
    """Every row, as text that must be the same for the same rows."""
    return await database.snapshot(lambda connection: list(dump.lines(connection)))


@pytest.fixture
async def emptied(filled: Database, tmp_path: Path) -> tuple[Database, Path, list[str]]:
    """A database whose entries are gone, a backup from before, and what was there then."""
    before = await all_of(filled)
    await backup(filled, tmp_path / "backup")
    async with filled.writing() as session:
        for table in ("audit_log", "community_versions", "community_entries"):
            await session.execute(text(f"DELETE FROM {table}"))
    return filled, tmp_path / "backup", before


async def test_a_restored_backup_brings_every_row_back(emptied: tuple[Database, Path, list[str]]) -> None:
    database, file, before = emptied
    assert await restore(database, file) == 8
    assert await all_of(database) == before


async def test_a_restore_replaces_what_came_after_the_backup(filled: Database, tmp_path: Path) -> None:
    before = await all_of(filled)
    await backup(filled, tmp_path / "backup")
    await CommunityEntries(filled).add(HERE, Draft("later", "."), ANN)
    await restore(filled, tmp_path / "backup")
    assert await all_of(filled) == before


async def test_after_a_restore_the_store_goes_on_writing(emptied: tuple[Database, Path, list[str]]) -> None:
    database, file, before = emptied
    await restore(database, file)
    await CommunityEntries(database).add(HERE, Draft("later", "."), ANN)
    assert len(await all_of(database)) == len(before) + 3


async def test_a_new_database_is_restored_into_without_migrating_first(
    filled: Database, tmp_path: Path, sqlite: str
) -> None:
    await backup(filled, tmp_path / "backup")
    async with Database.open(sqlite.replace("waymark.db", "other.db")) as other:
        await restore(other, tmp_path / "backup")
        assert await all_of(other) == await all_of(filled)


async def test_from_sqlite_to_postgresql_and_back_every_byte_is_the_same(
    sqlite: str, postgres: str, clock: Clock, tmp_path: Path
) -> None:
    async with Database.open(sqlite) as first:
        await first.migrate()
        await fill(first, clock)
        before = await all_of(first)
        await backup(first, tmp_path / "from-sqlite")
    async with Database.open(postgres) as second:
        await restore(second, tmp_path / "from-sqlite")
        assert await all_of(second) == before
        await backup(second, tmp_path / "from-postgres")
    async with Database.open(sqlite.replace("waymark.db", "back.db")) as third:
        await restore(third, tmp_path / "from-postgres")
        assert await all_of(third) == before
    assert (tmp_path / "from-postgres").read_text() == "".join(before)


async def test_a_backup_is_for_its_owners_eyes(filled: Database, tmp_path: Path) -> None:
    await backup(filled, tmp_path / "backup")
    assert (tmp_path / "backup").stat().st_mode & 0o077 == 0


async def test_a_backup_is_one_file_and_leaves_nothing_else(filled: Database, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    await backup(filled, folder / "backup")
    await restore(filled, folder / "backup")
    assert [file.name for file in folder.iterdir()] == ["backup"]


async def test_a_backup_of_sqlite_is_a_sqlite_file(sqlite: str, clock: Clock, tmp_path: Path) -> None:
    async with Database.open(sqlite) as database:
        await database.migrate()
        await fill(database, clock)
        await backup(database, tmp_path / "backup.db")
    copy = sqlite3.connect(tmp_path / "backup.db")
    found = copy.execute("SELECT count(*) FROM community_entries").fetchone()
    copy.close()
    assert found == (8,)


async def test_a_backup_is_made_while_others_write(filled: Database, tmp_path: Path) -> None:
    before = await all_of(filled)
    async with filled.writing() as session:
        await session.execute(text("DELETE FROM audit_log"))
        await backup(filled, tmp_path / "backup")
    await restore(filled, tmp_path / "backup")
    assert await all_of(filled) == before


async def test_the_database_itself_is_no_place_for_its_backup(sqlite: str) -> None:
    async with Database.open(sqlite) as database:
        await database.migrate()
        assert database.file is not None
        with pytest.raises(WaymarkError, match="is the database itself"):
            await backup(database, database.file)


async def test_a_database_with_nothing_of_ours_is_not_backed_up(address: str, tmp_path: Path) -> None:
    async with Database.open(address) as database:
        with pytest.raises(WaymarkError, match="holds nothing of Waymark's yet"):
            await backup(database, tmp_path / "backup")
    assert not (tmp_path / "backup").exists()


async def test_a_backup_that_cannot_be_written_is_said(filled: Database, tmp_path: Path) -> None:
    with pytest.raises(WaymarkError, match="cannot be written: No such file or directory"):
        await backup(filled, tmp_path / "nowhere" / "backup")


async def test_a_failed_backup_leaves_the_one_before(address: str, tmp_path: Path) -> None:
    (tmp_path / "backup").write_text("the one before")
    async with Database.open(address) as database:
        with pytest.raises(WaymarkError):
            await backup(database, tmp_path / "backup")
    assert (tmp_path / "backup").read_text() == "the one before"


@pytest.mark.parametrize("kept", [0.0, 0.1, 0.5, 0.9, 0.999])
async def test_a_backup_that_was_cut_off_changes_nothing(filled: Database, tmp_path: Path, kept: float) -> None:
    file = tmp_path / "backup"
    await backup(filled, file)
    await CommunityEntries(filled).add(HERE, Draft("later", "."), ANN)
    before = await all_of(filled)
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * kept)])
    with pytest.raises(WaymarkError, match="Nothing was changed"):
        await restore(filled, file)
    assert await all_of(filled) == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"entries: []\n", "is no backup"),
        (b'{"entries": []}\n', "is no backup"),
        (b"\xff\xfe\x00binary", "is no backup"),
        (b'{"revision":"0001","waymark_backup":2}\n', "newer Waymark"),
        (b'{"revision":"9999","waymark_backup":1}\n', "newer Waymark"),
        (b'{"revision":"0001","waymark_backup":1}\n', "damaged or not whole"),
        (b'{"revision":"0001","waymark_backup":1}\n{"rows":0,"sha256":"0"}\n', "damaged or not whole"),
        (b'{"revision":"0001","waymark_backup":1}\n{"row":{},"table":"pg_class"}\n', "damaged or not whole"),
    ],
)
async def test_a_file_that_is_no_whole_backup_changes_nothing(
    filled: Database, tmp_path: Path, content: bytes, said: str
) -> None:
    before = await all_of(filled)
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(WaymarkError, match=said):
        await restore(filled, tmp_path / "file")
    assert await all_of(filled) == before


async def test_a_changed_letter_in_a_backup_is_found(postgres: str, clock: Clock, tmp_path: Path) -> None:
    file = tmp_path / "backup"
    async with Database.open(postgres) as database:
        await database.migrate()
        await fill(database, clock)
        await backup(database, file)
        file.write_text(file.read_text().replace("changed", "chanqed"))
        with pytest.raises(WaymarkError, match="damaged"):
            await restore(database, file)


async def test_a_sqlite_file_of_another_program_changes_nothing(filled: Database, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE songs (title TEXT)")
    other.close()
    before = await all_of(filled)
    with pytest.raises(WaymarkError, match="holds nothing of Waymark's"):
        await restore(filled, tmp_path / "other.db")
    assert await all_of(filled) == before


async def test_a_backup_that_is_missing_is_said(filled: Database, tmp_path: Path) -> None:
    with pytest.raises(WaymarkError, match="cannot be read: No such file"):
        await restore(filled, tmp_path / "missing")


async def test_tables_of_other_programs_are_left_alone(filled: Database, tmp_path: Path) -> None:
    async with filled.writing() as session:
        await session.execute(text("CREATE TABLE songs (title TEXT)"))
        await session.execute(text("INSERT INTO songs VALUES ('x')"))
    await backup(filled, tmp_path / "backup")
    await restore(filled, tmp_path / "backup")
    async with filled.reading() as session:
        assert (await session.execute(text("SELECT count(*) FROM songs"))).scalar_one() == 1


async def test_a_database_of_a_newer_waymark_is_not_restored_into(filled: Database, tmp_path: Path) -> None:
    await backup(filled, tmp_path / "backup")
    async with filled.writing() as session:
        await session.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = 'later'"))
    with pytest.raises(WaymarkError, match="newer Waymark"):
        await restore(filled, tmp_path / "backup")


async def test_entries_are_counted_with_those_in_the_bin(filled: Database) -> None:
    assert await entries_in(filled) == 8


async def test_a_database_that_is_not_set_up_has_no_entries(address: str) -> None:
    async with Database.open(address) as database:
        assert await entries_in(database) == 0
