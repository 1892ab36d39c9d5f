"""The cache of vectors, with a small encoder that is quick enough to be asked for real."""

from pathlib import Path

import numpy as np
import pytest

from bot.matching import vectors as module
from bot.matching.encoder import Encoder
from bot.matching.rows import Floats
from bot.matching.vectors import VectorCache, write_vectors
from tests.matching.encoders import small_encoder

ENCODER = small_encoder()


class Asking:
    """Asks a cache and keeps how many vectors it had to compute, and what it told on the way."""

    def __init__(self, cache: VectorCache) -> None:
        self.cache = cache
        self.told: list[tuple[int, int]] = []

    def __call__(self, *texts: str) -> Floats:
        self.told.clear()
        return self.cache.vectors(ENCODER, texts, lambda done, total: self.told.append((done, total)))

    @property
    def computed(self) -> int:
        return self.told[-1][1] if self.told else 0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deeper" / "vectors.npz"


def test_vectors_come_in_the_order_of_the_texts() -> None:
    found = Asking(VectorCache(None))("pay", "night work", "pay")
    encoded = ENCODER.encode(["pay", "night work", "pay"])
    assert (found * encoded).sum(axis=1) == pytest.approx(1, abs=1e-3)
    assert found[0].tolist() == found[2].tolist()


def test_vectors_have_length_one() -> None:
    assert np.linalg.norm(Asking(VectorCache(None))("pay", "night work"), axis=1) == pytest.approx(1, abs=1e-5)


def test_only_texts_not_met_before_are_computed() -> None:
    ask = Asking(VectorCache(None))
    ask("pay", "pay")
    assert ask.computed == 1
    ask("night", "pay", "work")
    assert ask.computed == 2
    ask("work", "night")
    assert ask.told == []


def test_a_kept_vector_is_the_same_as_the_computed_one() -> None:
    ask = Asking(VectorCache(None))
    assert ask("pay").tolist() == ask("pay").tolist()


def test_a_file_keeps_vectors_from_one_start_to_the_next(path: Path) -> None:
    first = Asking(VectorCache(path))("pay", "night")
    ask = Asking(VectorCache(path))
    assert ask("night", "pay").tolist() == first[::-1].tolist()
    assert ask.computed == 0


def test_nothing_but_the_file_is_left_in_its_folder(path: Path) -> None:
    Asking(VectorCache(path))("pay")
    assert list(path.parent.iterdir()) == [path]


def test_a_first_file_is_known_and_never_written(tmp_path: Path, path: Path) -> None:
    first = tmp_path / "first.npz"
    Asking(VectorCache(first))("pay")
    before = first.read_bytes()
    ask = Asking(VectorCache(path, first))
    ask("pay", "night")
    assert (ask.computed, first.read_bytes()) == (1, before)


def test_what_is_kept_for_some_texts_can_be_written_elsewhere(path: Path) -> None:
    ask = Asking(VectorCache(None))
    ask("pay", "night")
    write_vectors(path, ask.cache.of(["night"]))
    again = Asking(VectorCache(path))
    again("pay", "night")
    assert again.computed == 1


def _pickled(path: Path) -> None:
    np.savez(path, keys=np.array([{"a": 1}], dtype=object), vectors=np.zeros((1, 64), np.int8))


def _of_other_shape(path: Path) -> None:
    np.savez(path, keys=np.zeros((2, 16), np.uint8), vectors=np.zeros((1, 64), np.int8))


def _of_other_numbers(path: Path) -> None:
    np.savez(path, keys=np.zeros((1, 16), np.uint8), vectors=np.zeros((1, 64), np.float64))


def _without_keys(path: Path) -> None:
    np.savez(path, vectors=np.zeros((1, 64), np.int8))


def _one_array(path: Path) -> None:
    with path.open("wb") as file:
        np.save(file, np.zeros(3))


def _empty(path: Path) -> None:
    path.touch()


def _nonsense(path: Path) -> None:
    path.write_text("nonsense")


def _cut_short(path: Path) -> None:
    Asking(VectorCache(path))("pay", "night")
    path.write_bytes(path.read_bytes()[:-200])


def _damaged(path: Path) -> None:
    Asking(VectorCache(path))("pay", "night")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


@pytest.mark.parametrize(
    "spoil",
    [
        _pickled, _of_other_shape, _of_other_numbers, _without_keys, _one_array, _empty, _nonsense, _cut_short,
        _damaged, Path.mkdir,
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_started_anew(path: Path, spoil: object) -> None:
    assert callable(spoil)
    path.parent.mkdir()
    spoil(path)
    ask = Asking(VectorCache(path))
    ask("pay", "night")
    assert ask.computed == 2


def test_vectors_of_another_width_are_computed_anew(path: Path) -> None:
    Asking(VectorCache(path))("pay")
    with np.load(path) as stored:
        keys = stored["keys"]
    np.savez(path, keys=keys, vectors=np.ones((1, 384), np.int8))
    ask = Asking(VectorCache(path))
    assert ask("pay").shape == (1, ENCODER.width)
    assert ask.computed == 1


def test_another_version_of_the_encoder_computes_anew(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Asking(VectorCache(path))("pay")
    monkeypatch.setattr(module, "VERSION", b"another")
    ask = Asking(VectorCache(path))
    ask("pay")
    assert ask.computed == 1


def test_a_file_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert len(Asking(VectorCache(tmp_path / "file" / "vectors.npz"))("pay")) == 1


def test_what_was_not_asked_for_longest_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 2)
    ask = Asking(VectorCache(None))
    ask("pay")
    ask("night")
    ask("work")
    ask("night", "work")
    assert ask.computed == 0
    ask("pay")
    assert ask.computed == 1


def test_texts_of_one_call_are_kept_however_many_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 2)
    ask = Asking(VectorCache(None))
    texts = ("pay", "night", "work", "do", "the")
    ask(*texts)
    ask(*texts)
    assert ask.computed == 0


def test_no_texts_have_no_vectors() -> None:
    assert Asking(VectorCache(None))().shape == (0, ENCODER.width)


def test_the_encoder_is_not_asked_for_nothing() -> None:
    encoder: Encoder = small_encoder()
    cache = VectorCache(None)
    told: list[int] = []
    cache.vectors(encoder, [], lambda done, _: told.append(done))
    assert told == []
