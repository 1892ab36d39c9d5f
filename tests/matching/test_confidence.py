"""The confidence model, and the four that come with the code."""

import json
from importlib import resources

import numpy as np
import pytest

from bot.matching.confidence import Confidence, Cutoffs, shipped_confidence
from bot.matching.features import feature_names

VARIANTS = [feature_names(meaning=meaning, outside=outside) for meaning in (False, True) for outside in (False, True)]


@pytest.mark.parametrize("names", VARIANTS, ids=len)
def test_each_set_of_features_has_a_model_with_a_weight_for_each(names: tuple[str, ...]) -> None:
    confidence = shipped_confidence(names)
    assert confidence.weights.shape == (len(names),)
    assert np.isfinite([*confidence.weights, confidence.bias]).all()


@pytest.mark.parametrize("names", VARIANTS, ids=len)
def test_what_is_offered_is_answered_later_and_given_unasked_last(names: tuple[str, ...]) -> None:
    cutoffs = shipped_confidence(names).cutoffs
    assert 0 < cutoffs.offer < cutoffs.answer <= cutoffs.interject < 1
    assert 0 < cutoffs.lead < cutoffs.answer


@pytest.mark.parametrize("names", VARIANTS, ids=len)
def test_a_question_like_nothing_at_all_is_not_even_offered_anything(names: tuple[str, ...]) -> None:
    confidence = shipped_confidence(names)
    nothing = np.zeros((1, len(names)), dtype=np.float32)
    assert confidence.of(nothing)[0] < confidence.cutoffs.offer


def test_no_model_is_shipped_that_nothing_uses() -> None:
    stored = json.loads(resources.files("bot.matching").joinpath("weights.json").read_text("utf-8"))
    assert sorted(tuple(model["weights"]) for model in stored["models"]) == sorted(VARIANTS)


def test_confidence_is_the_logistic_function_of_the_weighted_sum() -> None:
    confidence = Confidence(np.asarray([2, -1], dtype=np.float32), 0.5, Cutoffs(0.5, 0.05, 0.2, 0.9))
    rows = np.asarray([[0, 0.5], [1, 0], [-3, 1]], dtype=np.float32)
    assert confidence.of(rows) == pytest.approx([0.5, 1 / (1 + np.exp(-2.5)), 1 / (1 + np.exp(6.5))])


def test_the_same_features_give_the_same_model_unread() -> None:
    assert shipped_confidence(VARIANTS[0]) is shipped_confidence(VARIANTS[0])
