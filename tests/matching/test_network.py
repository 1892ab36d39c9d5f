"""Running the layers, and keeping them in a file."""

from pathlib import Path

import numpy as np
import pytest

from bot.matching import network as module
from bot.matching.network import Network, exact, read_graph, write_graph
from tests.matching.encoders import WIDTH, small_weights

GRAPH = b"a graph"


def test_a_kept_graph_comes_back(tmp_path: Path) -> None:
    write_graph(tmp_path / "new" / "graph", GRAPH)
    assert read_graph(tmp_path / "new" / "graph") == GRAPH
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["graph"]


def test_a_graph_that_was_not_kept_is_none(tmp_path: Path) -> None:
    assert read_graph(tmp_path / "graph") is None


@pytest.mark.parametrize("damage", [b"", b"short", bytes(80)])
def test_a_file_that_is_no_graph_is_left_aside(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "graph").write_bytes(damage)
    assert read_graph(tmp_path / "graph") is None


def test_a_graph_with_a_changed_byte_is_left_aside(tmp_path: Path) -> None:
    path = tmp_path / "graph"
    write_graph(path, GRAPH)
    path.write_bytes(path.read_bytes()[:-1] + b"X")
    assert read_graph(path) is None


def test_a_graph_that_other_code_wrote_is_left_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_graph(tmp_path / "graph", GRAPH)
    monkeypatch.setattr(module, "_code", lambda: b"other")
    assert read_graph(tmp_path / "graph") is None


def test_a_graph_that_cannot_be_kept_is_not_missed(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    write_graph(tmp_path / "file" / "graph", GRAPH)
    assert read_graph(tmp_path / "file" / "graph") is None


def test_a_text_has_one_row_of_length_one() -> None:
    vector = Network(exact(small_weights()))(np.ones((4, WIDTH), np.float32))
    assert vector.shape == (WIDTH,)
    assert float(np.linalg.norm(vector)) == pytest.approx(1, abs=1e-5)
