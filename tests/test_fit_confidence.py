"""What `benchmarks/fit_confidence.py` learns, on data made so that the right result is known."""

import numpy as np
import numpy.typing as npt
import pytest

from benchmarks.fit_confidence import (
    FEWEST_RIGHT,
    LEAD,
    MOST_OFFERED,
    PENALTY,
    LabelledSet,
    cutoffs,
    fit,
    judged,
    learn,
)
from bot.knowledge.models import WordsFile
from bot.matching.confidence import Confidence, Cutoffs
from bot.matching.features import feature_names
from bot.matching.index import Indexed
from bot.matching.lexicon import Lexicon

Array = npt.NDArray[np.float64]

WEIGHTS, BIAS = np.asarray([3.0, -1.5, 0.0]), -0.7
NUMBERS = np.random.default_rng(5)
#: Features of quite different sizes, as the real ones are.
ROWS = NUMBERS.normal([0.5, 2.0, -1.0], [0.5, 1.5, 0.1], (20_000, 3))
CHANCE = 1 / (1 + np.exp(-(ROWS @ WEIGHTS + BIAS)))
RIGHT = (NUMBERS.random(len(ROWS)) < CHANCE).astype(np.float64)
EQUAL = np.ones(len(ROWS))


def test_a_known_logistic_model_is_found_again() -> None:
    weights, bias = fit(ROWS, RIGHT, EQUAL)
    assert weights[:2] == pytest.approx(WEIGHTS[:2], abs=0.15)
    found = 1 / (1 + np.exp(-(ROWS @ weights + bias)))
    assert np.abs(found - CHANCE).mean() < 0.01


def test_the_fit_stands_where_its_loss_has_no_slope() -> None:
    weights, bias = fit(ROWS, RIGHT, EQUAL)
    wrong_by = 1 / (1 + np.exp(-(ROWS @ weights + bias))) - RIGHT
    assert wrong_by.sum() == pytest.approx(0, abs=1e-3)
    standardised = (ROWS - ROWS.mean(axis=0)) / ROWS.std(axis=0)
    assert standardised.T @ wrong_by == pytest.approx(-PENALTY * weights * ROWS.std(axis=0), abs=1e-3)


def test_the_same_data_give_the_same_model_to_the_last_digit() -> None:
    first, second = fit(ROWS, RIGHT, EQUAL), fit(ROWS.copy(), RIGHT.copy(), EQUAL.copy())
    assert (first[0].tolist(), first[1]) == (second[0].tolist(), second[1])


def test_a_row_that_counts_twice_is_like_two_rows() -> None:
    rows, right = ROWS[:200], RIGHT[:200]
    twice, bias_of_twice = fit(rows, right, np.full(200, 2.0))
    doubled, bias_of_doubled = fit(np.vstack([rows, rows]), np.concatenate([right, right]), np.ones(400))
    assert twice == pytest.approx(doubled)
    assert bias_of_twice == pytest.approx(bias_of_doubled)


def test_features_that_never_change_get_no_weight() -> None:
    rows = np.hstack([ROWS[:500], np.full((500, 1), 4.0)])
    weights, bias = fit(rows, RIGHT[:500], np.ones(500))
    assert weights[3] == pytest.approx(0, abs=1e-6)
    assert np.isfinite([*weights, bias]).all()


def test_what_can_be_told_apart_without_fault_still_gets_finite_weights() -> None:
    rows = np.asarray([[0.0], [0.1], [0.9], [1.0]])
    weights, bias = fit(rows, np.asarray([0.0, 0.0, 1.0, 1.0]), np.ones(4))
    assert 0 < weights[0] < 20
    assert np.isfinite(bias)


def confident(*judged: tuple[float, bool, bool]) -> tuple[Array, Array, Array]:
    """A set of questions: the confidence of the first entry, whether that is right, whether any entry is."""
    chance, right, in_scope = zip(*judged, strict=True)
    return np.asarray(chance), np.asarray(right, dtype=np.float64), np.asarray(in_scope)


#: Ten out-of-scope questions, one at each tenth: 0.05, 0.15, … 0.95.
TENTHS = [(tenth / 10 + 0.05, False, False) for tenth in range(10)]


def test_a_cutoff_is_the_lowest_at_which_no_more_out_of_scope_questions_pass_than_may() -> None:
    found = cutoffs([confident(*TENTHS, (0.99, True, True))], 0.10)
    assert found["answer"] == 0.86  # only the one at 0.95 is left, a tenth of them
    assert found["offer"] == 0.66  # those at 0.75, 0.85 and 0.95 are, and four would be more than `MOST_OFFERED`
    assert 0.3 <= MOST_OFFERED < 0.4


def test_more_may_be_answered_at_a_lower_cutoff() -> None:
    assert cutoffs([confident(*TENTHS, (0.99, True, True))], 0.20)["answer"] == 0.76


def test_unasked_it_speaks_up_from_where_nearly_all_it_says_is_right() -> None:
    right = [(0.80 + at / 1000, True, True) for at in range(99)]
    wrong = [(0.30, False, True), (0.41, False, True)]
    found = cutoffs([confident(*right, *wrong, (0.1, False, False))], 0.10)
    assert found["interject"] == 0.31  # 99 of 100 are right above the first wrong one
    assert FEWEST_RIGHT == 0.99


def test_each_set_counts_the_same_however_large_it_is() -> None:
    large = confident(*[(0.2, False, False)] * 90, (0.9, True, True))
    small = confident((0.7, False, False), (0.9, True, True))
    assert cutoffs([large, small], 0.4)["answer"] == 0.71


def test_where_nothing_keeps_to_what_is_allowed_the_cutoff_is_the_highest() -> None:
    found = cutoffs([confident((1.0, False, False), (1.0, False, True))], 0.10)
    assert (found["answer"], found["offer"], found["interject"]) == (0.99, 0.99, 0.99)


def test_the_lead_is_set_by_hand() -> None:
    assert cutoffs([confident((0.5, False, False), (0.9, True, True))], 0.10)["lead"] == LEAD


def test_each_question_is_judged_by_its_most_confident_entry() -> None:
    rows = np.asarray([[[0.0], [2.0]], [[1.0], [-1.0]]])
    chance, right, in_scope = judged(
        (rows, np.asarray([[0.0, 1.0], [0.0, 1.0]]), np.asarray([True, True])), np.ones(1), 0
    )
    assert chance == pytest.approx([1 / (1 + np.exp(-2)), 1 / (1 + np.exp(-1))])
    assert (right.tolist(), in_scope.tolist()) == ([1.0, 0.0], [True, True])


WORDS = "pay night oven bread flour water salt yeast".split()
BAKERS = LabelledSet(
    "bakers",
    tuple(Indexed(word, (f"what about {word}", f"baker {word}")) for word in WORDS),
    (*((f"bakers and {word}", (word,)) for word in WORDS), ("xylophones", ()), ("a zeppelin in may", ())),
)


def test_what_is_learned_is_a_model_as_the_matcher_reads_it() -> None:
    learned = learn([BAKERS], Lexicon(WordsFile()), None)
    assert isinstance(learned["weights"], dict)
    assert tuple(learned["weights"]) == feature_names(meaning=False, outside=False)
    assert learned["learned_from"] == {"bakers": 10}
    assert isinstance(learned["bias"], float)
    assert isinstance(learned["cutoffs"], dict)
    weights = np.asarray(list(learned["weights"].values()), dtype=np.float32)
    confidence = Confidence(weights, learned["bias"], Cutoffs(**learned["cutoffs"]))
    assert confidence.cutoffs.offer <= confidence.cutoffs.answer


def test_learning_twice_gives_the_same() -> None:
    assert learn([BAKERS], Lexicon(WordsFile()), None) == learn([BAKERS], Lexicon(WordsFile()), None)
