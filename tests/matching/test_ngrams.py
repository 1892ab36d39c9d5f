"""Vectors of words, word pairs and letters in a row."""

import numpy as np
import pytest

from bot.matching.ngrams import NgramSpace

TEXTS = ["baker pay", "pay baker", "night work", "baker pay"]
SPACE = NgramSpace([(text.split(), text.split()) for text in TEXTS])


def likeness(text: str) -> list[float]:
    return [float(value) for value in SPACE.likeness(SPACE.vector(text.split(), text.split()))]


def test_a_text_is_most_like_itself() -> None:
    assert likeness("baker pay")[0] == pytest.approx(1, abs=1e-5)
    assert likeness("baker pay")[3] == pytest.approx(1, abs=1e-5)


def test_order_counts_a_little() -> None:
    assert 0.5 < likeness("baker pay")[1] < 1


def test_a_typo_leaves_letters_in_common() -> None:
    near = likeness("bakerr")
    assert near[0] > 0
    assert near[2] == 0


@pytest.mark.parametrize("text", ["", "zzz"])
def test_a_text_with_nothing_in_common_is_like_nothing(text: str) -> None:
    assert likeness(text) == [0, 0, 0, 0]


def test_likeness_is_the_cosine_of_the_vectors() -> None:
    dense = np.zeros((len(TEXTS), len(SPACE.vocabulary)))
    for row, vector in zip(dense, SPACE.vectors, strict=True):
        row[vector.features] = vector.values
    for text, row in zip(TEXTS, dense, strict=True):
        assert likeness(text) == pytest.approx(list(dense @ row), abs=1e-5)


def test_a_space_without_phrasings_is_empty() -> None:
    space = NgramSpace([])
    assert space.likeness(space.vector(["a"], ["a"])).shape == (0,)
