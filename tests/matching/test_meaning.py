"""Meanings of phrasings: cosines, and what the phrasings of an entry teach together."""

import numpy as np
import pytest

from bot.matching.embedding import Embedder
from bot.matching.index import Floats
from bot.matching.meaning import RIDGE, MeaningSpace
from bot.matching.vectors import VectorCache
from tests.matching.encoders import WIDTH, real_encoder, small_encoder

TEXTS = ["baker pay", "the pay of a baker", "night work", "do bakers work"]
OWNERS = np.asarray([0, 0, 1, 1], dtype=np.int32)
EMBEDDER = Embedder(small_encoder, VectorCache(None))
SPACE = MeaningSpace(EMBEDDER, TEXTS, OWNERS, 2)


def vector(text: str) -> Floats:
    row: Floats = EMBEDDER.questions([text])[0]
    return row


def test_the_cosine_of_a_phrasing_with_itself_is_one() -> None:
    for position, text in enumerate(TEXTS):
        assert SPACE.cosines(vector(text))[position] == pytest.approx(1, abs=1e-3)


def test_cosines_are_those_of_the_vectors() -> None:
    assert SPACE.cosines(vector("work")) == pytest.approx(EMBEDDER.phrasings(TEXTS) @ vector("work"), abs=1e-5)


def test_what_is_taught_is_kernel_ridge_regression() -> None:
    # The space solves for each number of a vector; the textbook form solves for each phrasing and gives the same.
    phrasings = EMBEDDER.phrasings(TEXTS).astype(np.float64)
    shares = np.linalg.solve(phrasings @ phrasings.T + RIDGE * np.eye(len(TEXTS)), np.eye(2)[OWNERS])
    for text in [*TEXTS, "the night"]:
        assert SPACE.taught(vector(text)) == pytest.approx(vector(text) @ phrasings.T @ shares, abs=1e-4)


def test_an_entry_without_phrasings_is_taught_nothing() -> None:
    assert MeaningSpace(EMBEDDER, TEXTS, OWNERS, 3).taught(vector("night work"))[2] == pytest.approx(0, abs=1e-6)


def test_what_is_like_no_phrasing_is_taught_nothing() -> None:
    phrasings = EMBEDDER.phrasings(TEXTS)
    across = np.linalg.svd(phrasings)[2][-1].astype(np.float32)
    assert across.shape == (WIDTH,)
    assert SPACE.cosines(across) == pytest.approx([0] * 4, abs=1e-4)
    assert SPACE.taught(across) == pytest.approx([0, 0], abs=1e-4)


def test_other_words_with_the_same_meaning_speak_for_their_entry() -> None:
    real = Embedder(real_encoder, VectorCache(None))
    space = MeaningSpace(real, TEXTS, OWNERS, 2)
    pay, night = space.taught(real.questions(["how much money do they get"])[0])
    assert pay > 0.1 > night
    assert np.argmax(space.cosines(real.questions(["shifts after dark"])[0])) == 2
