"""The encoder with its memory: phrasings are kept, questions are not, and neither is asked for before its time."""

from pathlib import Path

import numpy as np
import pytest

from bot.matching.embedding import Embedder
from bot.matching.encoder import Encoder, EncoderError
from bot.matching.vectors import VectorCache
from tests.matching.encoders import WIDTH, small_encoder

ENCODER = small_encoder()


def embedder(path: Path | None = None, told: list[tuple[int, int]] | None = None) -> Embedder:
    """With it, `told` is filled with what is computed for phrasings."""
    progress = None if told is None else lambda done, total: told.append((done, total))
    return Embedder(lambda: ENCODER, VectorCache(path), progress)


def test_phrasings_and_questions_have_vectors_of_length_one() -> None:
    texts = ["baker pay", "night work", "zebra"]
    for rows in (embedder().phrasings(texts), embedder().questions(texts)):
        assert rows.shape == (3, WIDTH)
        assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)


def test_a_question_that_is_a_phrasing_points_the_same_way() -> None:
    texts = ["baker pay", "night work"]
    assert (embedder().phrasings(texts) * embedder().questions(texts)).sum(axis=1) == pytest.approx(1, abs=1e-3)


def test_phrasings_are_computed_once_and_told_of() -> None:
    told: list[tuple[int, int]] = []
    one = embedder(told=told)
    one.phrasings(["pay", "night"])
    assert told[-1] == (2, 2)
    one.phrasings(["night", "pay", "work"])
    assert told[-1] == (1, 1)


def test_a_members_words_are_not_kept(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    one = embedder(tmp_path / "vectors.npz", told)
    one.questions(["pay"])
    assert (told, list(tmp_path.iterdir())) == ([], [])
    one.phrasings(["pay"])
    assert told == [(1, 1)]


def test_the_encoder_is_not_waited_for_before_it_is_used() -> None:
    asked: list[str] = []

    def load() -> Encoder:
        asked.append("encoder")
        return ENCODER

    one = Embedder(load, VectorCache(None))
    assert asked == []
    assert one.encoder is ENCODER
    assert asked == ["encoder"]


def test_an_encoder_that_is_not_sound_is_told_to_whoever_uses_it_first(tmp_path: Path) -> None:
    one = Embedder(lambda: Encoder.load(tmp_path), VectorCache(None))
    with pytest.raises(EncoderError, match="cannot be read"):
        one.questions(["pay"])
