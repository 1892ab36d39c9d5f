"""The classifier over an index's own phrasings."""

import numpy as np
import pytest

from bot.matching import classifier
from bot.matching.classifier import PhrasingClassifier
from bot.matching.ngrams import NgramSpace

TEXTS = ["baker pay", "pay of bakers", "night work", "working at night"]
SPACE = NgramSpace([(text.split(), text.split()) for text in TEXTS])
OWNERS = np.asarray([0, 0, 1, 1], dtype=np.int32)


def scores(text: str) -> list[float]:
    found = PhrasingClassifier(SPACE, OWNERS, 2).scores(SPACE.likeness(SPACE.vector(text.split(), text.split())))
    return [float(score) for score in found]


def test_a_text_scores_highest_for_the_entry_whose_phrasings_it_is_like() -> None:
    assert scores("pay for bakers")[0] > 0.3 > scores("pay for bakers")[1]
    assert scores("work by night")[1] > 0.3 > scores("work by night")[0]


def test_a_text_like_nothing_scores_zero() -> None:
    assert scores("zzz") == [0, 0]


def test_the_fit_is_kernel_ridge_regression() -> None:
    kernel = np.stack([SPACE.likeness(vector) for vector in SPACE.vectors])
    expected = kernel @ np.linalg.inv(kernel + classifier.RIDGE * np.eye(4)) @ np.eye(2)[OWNERS]
    found = [scores(text) for text in TEXTS]
    assert np.allclose(found, expected, atol=1e-4)


def test_too_many_phrasings_leave_it_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classifier, "PHRASINGS_LIMIT", 3)
    assert scores("baker pay") == [0, 0]
