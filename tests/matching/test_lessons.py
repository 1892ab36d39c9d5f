"""What phrasings teach, judged by plain gradient descent, and the chances that follow from it."""

from typing import cast

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching import lessons as module
from bot.matching.lessons import LOWEST, PENALTY, chances, fit_lessons, log_chances
from bot.matching.rows import Floats

Array = npt.NDArray[np.float64]

NUMBERS = np.random.default_rng(11)
OWNERS = np.asarray([0, 0, 0, 1, 1, 2], dtype=np.int32)
VECTORS = NUMBERS.normal(0, 1, (len(OWNERS), 4)).astype(np.float32)
VECTORS /= np.linalg.norm(VECTORS, axis=1, keepdims=True)
ENTRIES = 3


def slope(weights: Array) -> Array:
    """The slope of the loss that multinomial logistic regression brings down, phrasing by phrasing."""
    found = PENALTY * weights
    found[-1] /= 100
    for vector, owner in zip(VECTORS.astype(np.float64), OWNERS, strict=True):
        row = np.append(vector, 1.0)
        raised = np.exp(row @ weights)
        for entry in range(ENTRIES):
            found[:, entry] += row * (raised[entry] / raised.sum() - (entry == owner))
    return found


def fitted(steps: int) -> Array:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "STEPS", steps)
        return cast("Array", fit_lessons(VECTORS, OWNERS, ENTRIES).astype(np.float64))


def test_more_steps_leave_less_slope() -> None:
    slopes = [float(np.linalg.norm(slope(fitted(steps)))) for steps in (0, 5, 20, 80)]
    assert slopes == sorted(slopes, reverse=True)
    assert slopes[-1] < 1e-3 < slopes[0]


def test_enough_steps_find_what_plain_gradient_descent_finds() -> None:
    weights = np.zeros((VECTORS.shape[1] + 1, ENTRIES))
    for _ in range(3_000):
        weights -= 0.5 * slope(weights)
    assert fitted(1_000) == pytest.approx(weights, abs=1e-3)


def test_the_steps_that_are_taken_are_near_enough() -> None:
    design = np.hstack([VECTORS, np.ones((len(VECTORS), 1), dtype=np.float32)])
    taken, all_the_way = (chances((design @ weights).astype(np.float32)) for weights in (fitted(20), fitted(1_000)))
    assert taken == pytest.approx(all_the_way, abs=0.02)


def test_the_same_phrasings_teach_the_same_every_time() -> None:
    first, second = (fit_lessons(VECTORS.copy(), OWNERS.copy(), ENTRIES) for _ in range(2))
    assert first.tobytes() == second.tobytes()


def test_each_phrasing_speaks_for_its_own_entry() -> None:
    weights = fit_lessons(VECTORS, OWNERS, ENTRIES)
    scores = VECTORS @ weights[:-1] + weights[-1]
    assert scores.argmax(axis=1).tolist() == OWNERS.tolist()


def test_there_is_a_row_for_each_number_of_a_vector_and_one_more_and_a_column_for_each_entry() -> None:
    assert fit_lessons(VECTORS, OWNERS, ENTRIES).shape == (5, 3)


def test_too_many_entries_are_taught_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ENTRIES_LIMIT", ENTRIES - 1)
    assert fit_lessons(VECTORS, OWNERS, ENTRIES).shape == (5, 0)


def test_as_many_entries_as_the_limit_are_taught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ENTRIES_LIMIT", ENTRIES)
    assert fit_lessons(VECTORS, OWNERS, ENTRIES).shape == (5, 3)


scores = st.lists(st.floats(-1e4, 1e4, width=32), min_size=1, max_size=6).map(
    lambda values: np.asarray(values, dtype=np.float32)
)


@given(scores)
def test_chances_are_one_in_all(values: Floats) -> None:
    assert chances(values).sum() == pytest.approx(1, abs=1e-5)


@given(scores, st.floats(-100, 100, width=32))
def test_chances_rest_on_differences_alone(values: Floats, more: float) -> None:
    values = np.round(values / 100)
    assert chances(values + np.float32(round(more))) == pytest.approx(chances(values), abs=1e-5)


def test_chances_stand_to_each_other_as_the_exponentials_of_the_scores() -> None:
    assert chances(np.asarray([0, np.log(3)], dtype=np.float32)) == pytest.approx([1 / 4, 3 / 4])


def test_chances_are_taken_row_by_row() -> None:
    rows = np.asarray([[0, 0], [5, 5]], dtype=np.float32)
    assert chances(rows).tolist() == [[0.5, 0.5], [0.5, 0.5]]


@given(scores)
def test_logarithms_are_those_of_the_chances_and_none_is_too_low(values: Floats) -> None:
    found = log_chances(values)
    assert (found >= LOWEST - 1e-5).all()
    assert np.exp(found) == pytest.approx(chances(values), abs=1e-4)


def test_a_chance_of_nothing_has_the_lowest_logarithm() -> None:
    assert log_chances(np.asarray([0, 1_000], dtype=np.float32)) == pytest.approx([LOWEST, 0])
