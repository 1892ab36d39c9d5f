"""The two confidence models, and the four pairs of them that come with the code."""

import json
from importlib import resources

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.confidence import AMONG, OF_FIRST, Confidence, Cutoffs, of_first, shares_of, shipped_confidence
from bot.matching.features import feature_names
from bot.matching.meaning import LEAST_CROWDING
from bot.matching.rows import Floats

VARIANTS = [feature_names(meaning=meaning, outside=outside) for meaning in (False, True) for outside in (False, True)]
#: Two features; being sure rests on the second, and on how far the likeliest is ahead.
MADE_UP = Confidence(
    np.asarray([2, -1], dtype=np.float32),
    np.asarray([0, 1, 3, 0.5, -2], dtype=np.float32),
    -0.5,
    Cutoffs(0.5, 0.05, 0.2, 0.9),
)


def of_one_by_one(rows: list[list[float]]) -> list[float]:
    """Both models spelled out: the shares of the likeliest few, then how sure the likeliest is."""
    raised = [float(np.exp(2 * first - second)) for first, second in rows]
    among = sum(sorted(raised, reverse=True)[:AMONG])
    shares = [one / among for one in raised]
    ordered = sorted(shares, reverse=True)
    best = shares.index(ordered[0])
    second = ordered[1] if len(ordered) > 1 else 0.0
    looked_at = rows[best][1] + 3 * ordered[0] + 0.5 * np.log(ordered[0]) - 2 * second - 0.5
    return [float(share / ordered[0] / (1 + np.exp(-looked_at))) for share in shares]


def like_nothing(names: tuple[str, ...]) -> Floats:
    """What is measured when a question has nothing in common with any of eight entries."""
    rows = np.zeros((8, len(names)), dtype=np.float32)
    rows[:, names.index("unknown_share")] = 1
    if "learned" in names:
        rows[:, names.index("learned")] = np.log(1 / 8)
        # What the vector of a text that is like none has in common with the mean of an entry, as real encoders have it.
        rows[:, names.index("taught")] = -0.4
    if "crowding" in names:
        rows[:, names.index("crowding")] = LEAST_CROWDING
    return rows


@pytest.mark.parametrize("names", VARIANTS, ids=len)
def test_each_set_of_features_has_models_with_a_weight_for_each(names: tuple[str, ...]) -> None:
    confidence = shipped_confidence(names)
    assert confidence.ranking.shape == (len(names),)
    assert confidence.sureness.shape == (len(names) + len(OF_FIRST),)
    assert np.isfinite([*confidence.ranking, *confidence.sureness, confidence.bias]).all()


@pytest.mark.parametrize("names", VARIANTS, ids=len)
def test_what_is_offered_is_answered_later_and_given_unasked_last(names: tuple[str, ...]) -> None:
    cutoffs = shipped_confidence(names).cutoffs
    assert 0 < cutoffs.offer < cutoffs.answer <= cutoffs.interject < 1
    assert 0 < cutoffs.lead < cutoffs.answer


@pytest.mark.parametrize("names", VARIANTS, ids=len)
def test_a_question_like_nothing_at_all_is_not_even_offered_anything(names: tuple[str, ...]) -> None:
    confidence = shipped_confidence(names)
    assert (confidence.of(like_nothing(names)) < confidence.cutoffs.offer).all()


def test_no_model_is_shipped_that_nothing_uses() -> None:
    stored = json.loads(resources.files("bot.matching").joinpath("weights.json").read_text("utf-8"))
    assert sorted(tuple(model["ranking"]) for model in stored["models"]) == sorted(VARIANTS)
    for model in stored["models"]:
        assert tuple(model["sureness"]) == (*model["ranking"], *OF_FIRST)


@given(st.lists(st.lists(st.floats(-3, 3), min_size=2, max_size=2), min_size=1, max_size=AMONG + 4))
def test_confidence_is_how_sure_the_likeliest_is_shared_out_by_how_likely_each_is(rows: list[list[float]]) -> None:
    found = MADE_UP.of(np.asarray(rows, dtype=np.float32))
    # With two that are equally likely, which is looked at may turn on the last digit.
    scores = sorted(2 * first - second for first, second in rows)
    if len(rows) < 2 or scores[-1] - scores[-2] > 1e-3:
        assert found == pytest.approx(of_one_by_one(rows), abs=1e-3)
    assert ((found >= 0) & (found <= 1)).all()


def test_the_likelier_entry_has_the_higher_confidence() -> None:
    first, second = MADE_UP.of(np.asarray([[0, 0.5], [1, 0]], dtype=np.float32))
    assert second > first


def test_without_entries_there_is_no_confidence() -> None:
    assert MADE_UP.of(np.zeros((0, 2), dtype=np.float32)).shape == (0,)


def test_shares_of_the_likeliest_are_one_in_all() -> None:
    assert shares_of(np.asarray([1.0, -2.0, 0.5])).sum() == pytest.approx(1)


def test_whatever_is_less_likely_than_the_likeliest_few_takes_no_share_from_them() -> None:
    likeliest = np.linspace(0, 1, AMONG)
    assert shares_of(np.append(likeliest, [-0.1] * 100))[:AMONG] == pytest.approx(shares_of(likeliest))


def test_shares_of_scores_however_large_are_numbers() -> None:
    assert shares_of(np.asarray([1e4, 0.0, -1e4])) == pytest.approx([1, 0, 0])


def test_the_second_model_looks_at_the_features_and_the_first_two_shares() -> None:
    looked_at = of_first(np.asarray([7.0, 8.0]), np.asarray([0.2, 0.5, 0.3]))
    assert looked_at == pytest.approx([7, 8, 0.5, np.log(0.5), 0.3])


def test_where_there_is_no_second_entry_its_share_is_nothing() -> None:
    assert of_first(np.asarray([7.0]), np.asarray([1.0])) == pytest.approx([7, 1, 0, 0])


def test_the_same_features_give_the_same_model_unread() -> None:
    assert shipped_confidence(VARIANTS[0]) is shipped_confidence(VARIANTS[0])
