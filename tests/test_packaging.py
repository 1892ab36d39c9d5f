"""The built wheel: what `pip install` puts on a machine works without the checkout."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds what the wheel installs, and nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = folder.glob("waymark_bot-*.whl")
    target = folder / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def waymark(installed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("COV")}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=installed, env={**kept, "PYTHONPATH": str(installed)}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_it_finds_the_shipped_guide(installed: Path) -> None:
    result = waymark(
        installed, "ask", "--json", "How much do library media specialists make, starting out and later on?"
    )
    assert json.loads(result.stdout)["entries"][0]["id"] == "faq-salary"


def test_its_shipped_guide_is_sound(installed: Path) -> None:
    assert waymark(installed, "check").returncode == 0


def test_it_brings_its_database_up(installed: Path, tmp_path: Path) -> None:
    kept = {"PATH": os.environ["PATH"], "PYTHONPATH": str(installed), "WAYMARK_DATA": str(tmp_path)}
    result = subprocess.run(
        [sys.executable, "-m", "bot", "migrate"], cwd=installed, env=kept, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert (tmp_path / "waymark.db").is_file()


def test_it_has_the_command(installed: Path) -> None:
    (metadata,) = installed.glob("waymark_bot-*.dist-info")
    assert "waymark = bot.cli:main" in (metadata / "entry_points.txt").read_text()


def test_it_says_that_it_is_typed_and_under_which_licence(installed: Path) -> None:
    (metadata,) = installed.glob("waymark_bot-*.dist-info")
    assert "License-Expression: MIT" in (metadata / "METADATA").read_text()
    assert (installed / "bot" / "py.typed").is_file()
