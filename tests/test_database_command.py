"""`waymark migrate`, `backup`, `restore` and `export`, run as a person runs them."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from bot.knowledge.loading import load_community
from bot.settings import Settings
from bot.store.database import Database
from bot.store.drafts import Draft
from bot.store.entries import CommunityEntries
from bot.store.revisions import newest
from tests.test_cli import Waymark

RULES = Draft("What are the rules?", "Be kind.\n\n- no: shouting", ("house rules", "yes", "1"))


@pytest.fixture
def waymark(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Waymark:
    monkeypatch.chdir(tmp_path)
    return Waymark(monkeypatch, capsys)


def add(server: int, entry_id: str, draft: Draft = RULES) -> None:
    """Adds an entry to the database of the settings."""

    async def run() -> None:
        async with Database.open(Settings(_env_file=None).database_address) as database:
            await database.migrate()
            await CommunityEntries(database).add(server, draft, 7, entry_id=entry_id)

    asyncio.run(run())


def test_migrating_makes_the_database_in_the_data_folder(waymark: Waymark, tmp_path: Path) -> None:
    code, out, _ = waymark("migrate")
    assert (code, out) == (0, f"{tmp_path / 'data' / 'waymark.db'} is set up (revision {newest()}).\n")
    assert (tmp_path / "data" / "waymark.db").is_file()


def test_migrating_again_says_that_all_is_done(waymark: Waymark) -> None:
    waymark("migrate")
    assert waymark("migrate")[1].endswith(f"waymark.db is up to date (revision {newest()}).\n")


def test_database_url_names_another_database(waymark: Waymark, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'mine.db'}")
    assert waymark("migrate")[0] == 0
    assert (tmp_path / "mine.db").is_file()


def test_a_database_that_cannot_be_reached_is_one_line(waymark: Waymark, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+asyncpg://me:secret@127.0.0.1:1/x")
    code, out, err = waymark("migrate")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("waymark: The database postgresql+asyncpg://me:***@127.0.0.1:1/x cannot be opened: ")


def test_a_backup_and_its_restore_bring_entries_back(waymark: Waymark, tmp_path: Path) -> None:
    add(1, "rules")
    before = waymark("export")[1]
    assert waymark("backup", "saved")[0] == 0
    for file in (tmp_path / "data").iterdir():
        file.unlink()
    code, out, _ = waymark("restore", "saved")
    assert (code, out.endswith("holds the 1 entry of saved now.\n")) == (0, True)
    assert waymark("export")[1] == before


def test_without_a_database_there_is_nothing_to_back_up(waymark: Waymark, tmp_path: Path) -> None:
    code, _, err = waymark("backup", "saved")
    assert (code, "There is no database" in err) == (2, True)
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(("answer", "code", "left"), [("y\n", 0, ["a"]), ("n\n", 1, ["a", "b"]), ("", 2, ["a", "b"])])
def test_a_restore_over_entries_asks_first(
    waymark: Waymark, tmp_path: Path, answer: str, code: int, left: list[str]
) -> None:
    add(1, "a")
    waymark("backup", "saved")
    add(1, "b")
    ended, _, err = waymark("restore", "saved", stdin=answer)
    assert (ended, "holds 2 entries, which the backup replaces. Go on?" in err) == (code, True)
    waymark("export", "out.yaml")
    assert [entry.id for entry in load_community(tmp_path / "out.yaml")] == left


def test_a_restore_that_was_told_yes_does_not_ask(waymark: Waymark) -> None:
    add(1, "a")
    waymark("backup", "saved")
    code, _, err = waymark("restore", "saved", "--yes")
    assert (code, err) == (0, "")


def test_a_restore_of_a_wrong_file_is_refused_before_it_asks(waymark: Waymark, tmp_path: Path) -> None:
    add(1, "a")
    (tmp_path / "wrong").write_text("entries: []\n")
    code, _, err = waymark("restore", "wrong")
    assert (code, err) == (
        2, "waymark: wrong is no backup of Waymark's. Nothing was changed; name a file that `backup` wrote.\n",
    )  # fmt: skip


def test_an_export_is_what_a_communitys_file_is(waymark: Waymark, tmp_path: Path) -> None:
    add(1, "rules")
    assert waymark("export", "out.yaml")[0] == 0
    assert load_community(tmp_path / "out.yaml") == (RULES.entry("rules"),)


def test_an_export_passes_the_check_with_an_edit_of_the_guides_entry(waymark: Waymark) -> None:
    add(1, "rules")
    add(1, "faq-timeline", Draft("From scratch, how long?", "Two years."))
    assert waymark("export", "out.yaml")[0] == 0
    assert waymark("check", "out.yaml") == (0, "", "2 entries, no faults\n")


def test_an_export_is_the_same_bytes_each_time(waymark: Waymark, tmp_path: Path) -> None:
    for entry_id in ("b", "a-b", "a"):
        add(1, entry_id)
    waymark("export", "first.yaml")
    assert waymark("export")[1].encode() == (tmp_path / "first.yaml").read_bytes()


def test_an_exported_entry_is_answered_with(waymark: Waymark) -> None:
    add(1, "rules")
    waymark("export", "out.yaml")
    assert '"rules"' in waymark("ask", "--json", "--community", "out.yaml", "what are the house rules")[1]


def test_an_export_of_one_server_leaves_the_others_out(waymark: Waymark) -> None:
    add(1, "here")
    add(2, "there")
    out = waymark("export", "--server", "2")[1]
    assert ("there" in out, "here\n" in out.replace("there", "")) == (True, False)


def test_an_export_of_all_servers_has_the_entries_of_all(waymark: Waymark, tmp_path: Path) -> None:
    add(1, "here")
    add(2, "there")
    waymark("export", "out.yaml")
    assert [entry.id for entry in load_community(tmp_path / "out.yaml")] == ["here", "there"]


def test_servers_with_different_entries_of_one_id_are_exported_apart(waymark: Waymark, tmp_path: Path) -> None:
    add(1, "rules")
    add(2, "rules", Draft("What are the rules?", "Others."))
    code, _, err = waymark("export", "out.yaml")
    assert (code, "export them one at a time with --server" in err) == (2, True)
    assert not (tmp_path / "out.yaml").exists()


def test_a_question_is_answered_without_the_databases_library() -> None:
    program = (
        "import sys; sys.argv = ['waymark', 'ask', '--json', 'hi']\n"
        "from bot.cli import main\n"
        "try: main()\n"
        "except SystemExit: print(sorted({'sqlalchemy', 'alembic', 'asyncpg'} & set(sys.modules)))\n"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert said.splitlines()[-1] == "[]"
