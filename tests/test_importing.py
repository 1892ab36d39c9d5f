"""`waymark import`: what a person sees, and what is written when."""

import json
import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.importing import HEADER
from bot.knowledge.loading import IMPORTED, load_community, load_knowledge
from tests.knowledge.folders import knowledge_folder
from tests.test_cli import Waymark

MARKDOWN = "# Is the bakery open?\n\nYes.\n\n# Where do I park?\n\nBehind it.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return knowledge_folder(tmp_path)


@pytest.fixture
def waymark(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, folder: Path
) -> Waymark:
    """The command where the bot reads the small folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WAYMARK_KNOWLEDGE", str(folder))
    return Waymark(monkeypatch, capsys)


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_new_questions_are_shown_and_written_beside_the_words(waymark: Waymark, tmp_path: Path, folder: Path) -> None:
    code, out, err = waymark("import", written(tmp_path, "faq.md", MARKDOWN))
    assert (code, err) == (0, "")
    assert out == (
        "2 new, 0 changed, 0 lost, 0 same\n"
        "  + is-the-bakery-open: Is the bakery open?\n"
        "  + where-do-i-park: Where do I park?\n"
        f"Wrote {folder / IMPORTED} with 2 entries. Now run: waymark check {folder}\n"
    )
    assert [entry.answer for entry in load_community(folder / IMPORTED)] == ["Yes.", "Behind it."]


def test_what_was_imported_is_answered_and_passes_the_check(waymark: Waymark, tmp_path: Path) -> None:
    waymark("import", written(tmp_path, "faq.md", MARKDOWN))
    assert waymark("check")[0] == 0
    _, out, _ = waymark("ask", "--json", "where do I park")
    assert json.loads(out)["entries"][0]["text"] == "Behind it."


def test_another_import_tells_what_is_changed_and_lost(waymark: Waymark, tmp_path: Path, folder: Path) -> None:
    waymark("import", written(tmp_path, "faq.md", MARKDOWN))
    code, out, _ = waymark("import", "--yes", written(tmp_path, "faq.md", "# Is the bakery open?\n\nNo.\n"))
    assert code == 0
    assert out.startswith("0 new, 1 changed, 1 lost, 0 same\n")
    assert [entry.answer for entry in load_community(folder / IMPORTED)] == ["No."]


def test_where_nobody_can_be_asked_nothing_is_lost(waymark: Waymark, tmp_path: Path, folder: Path) -> None:
    waymark("import", written(tmp_path, "faq.md", MARKDOWN))
    before = (folder / IMPORTED).read_bytes()
    code, _, err = waymark("import", written(tmp_path, "faq.md", "# Is the bakery open?\n\nNo.\n"))
    assert (code, "--yes" in err) == (1, True)
    assert (folder / IMPORTED).read_bytes() == before


def test_with_keep_nothing_is_lost(waymark: Waymark, tmp_path: Path, folder: Path) -> None:
    waymark("import", written(tmp_path, "faq.md", MARKDOWN))
    _, out, _ = waymark("import", "--keep", written(tmp_path, "more.csv", "Is there cake?,Yes.\n"))
    assert out.startswith("1 new, 0 changed, 0 lost, 2 same\n")
    assert len(load_community(folder / IMPORTED)) == 3


def test_the_same_files_again_change_nothing(waymark: Waymark, tmp_path: Path, folder: Path) -> None:
    file = written(tmp_path, "faq.md", MARKDOWN)
    waymark("import", file)
    before = (folder / IMPORTED).stat().st_mtime_ns
    code, out, _ = waymark("import", file)
    assert (code, "nothing was changed" in out) == (0, True)
    assert (folder / IMPORTED).stat().st_mtime_ns == before


def test_several_files_are_taken_together_or_not_at_all(waymark: Waymark, tmp_path: Path, folder: Path) -> None:
    good, bad = written(tmp_path, "faq.md", MARKDOWN), written(tmp_path, "bad.csv", "Is there cake?,\n")
    code, out, err = waymark("import", good, bad)
    assert code == 1
    assert out == f"{bad}:1: `answer` is empty; it must be text that is not empty.\n"
    assert err == "1 fault; nothing was changed.\n"
    assert not (folder / IMPORTED).exists()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("What does a baker earn?,Much.\n", "1: `What does a baker earn?` is a phrasing of `median-pay` too"),
        ("question,answer,id\nIs it so?,yes,median-pay\n", "2: the id `median-pay` is taken already (pay.yaml:2)"),
        ("Is it so?,Hello {user}.\n", "1: `answer` names the figure `{user}`, which guide.yaml does not define."),
        ("給料?,yes\n", "1: `給料?` has no word that could be matched."),
    ],
)
def test_what_does_not_go_with_the_guides_is_a_fault_of_the_file(
    waymark: Waymark, tmp_path: Path, folder: Path, text: str, fault: str
) -> None:
    code, out, _ = waymark("import", written(tmp_path, "faq.csv", text))
    assert (code, f"faq.csv:{fault}" in out) == (1, True)
    assert not (folder / IMPORTED).exists()


def test_a_figure_of_the_guides_may_be_named(waymark: Waymark, tmp_path: Path) -> None:
    assert waymark("import", written(tmp_path, "faq.csv", "Is it much?,It is {median_pay}.\n"))[0] == 0


def test_a_file_that_a_person_wrote_is_left_alone(waymark: Waymark, tmp_path: Path, folder: Path) -> None:
    mine = written(folder, IMPORTED, "entries: []\n")
    code, _, err = waymark("import", "--yes", written(tmp_path, "faq.md", MARKDOWN))
    assert (code, "was left alone" in err) == (2, True)
    assert mine.read_text() == "entries: []\n"


def test_another_folder_may_be_named_and_need_hold_nothing(waymark: Waymark, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    assert waymark("import", "--into", tmp_path / "own", written(tmp_path, "faq.md", MARKDOWN))[0] == 0
    assert len(load_knowledge(tmp_path / "own").entries) == 2


def test_one_guides_folder_is_refused(waymark: Waymark, tmp_path: Path, folder: Path) -> None:
    code, _, err = waymark("import", "--into", folder / "baker", written(tmp_path, "faq.md", MARKDOWN))
    assert (code, "is one guide" in err) == (2, True)


def test_files_that_cannot_be_read_are_faults(waymark: Waymark, tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(10_000_000_000)
    code, out, _ = waymark("import", tmp_path / "none.md", tmp_path, large)
    assert code == 1
    assert [line.split(": ", 1)[1] for line in out.splitlines()] == [
        "the file cannot be read (No such file or directory).",
        "the file cannot be read (Is a directory).",
        "the file has 10,000,000,000 bytes; 25,000,000 is the most. Split it up.",
    ]


def test_a_text_cannot_steer_the_terminal(waymark: Waymark, tmp_path: Path) -> None:
    _, out, _ = waymark("import", written(tmp_path, "faq.csv", "Is it \x1b[31mred?,yes\n"))
    assert "Is it \ufffd[31mred?" in out


@pytest.mark.parametrize(("answer", "code"), [(b"y\n", 0), (b"\n", 1), (b"n\n", 1), (b"\x04", 1)])
def test_at_a_terminal_it_asks_first(tmp_path: Path, folder: Path, answer: bytes, code: int) -> None:
    file = written(tmp_path, "faq.md", MARKDOWN)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "bot", "import", "--into", str(folder), str(file)]
    with subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        os.write(ours, answer)
        out, _ = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert f"Write this to {folder / IMPORTED}? [y/N]" in out.decode()
    assert process.returncode == code
    assert (folder / IMPORTED).exists() == (code == 0)


def test_ten_thousand_entries_are_read_checked_and_written_in_seconds(
    waymark: Waymark, tmp_path: Path, folder: Path
) -> None:
    file = written(tmp_path, "faq.md", "".join(f"## Question {n}?\n\nAnswer {n}.\n\n" for n in range(10_000)))
    start = time.monotonic()
    assert waymark("import", file)[0] == 0
    assert time.monotonic() - start < 30
    assert (folder / IMPORTED).read_text().startswith(HEADER + "entries:\n  - id: question-0\n")
