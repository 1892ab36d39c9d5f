"""What `benchmarks/fit_confidence.py` learns, on data made so that the right result is known."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from benchmarks.fit_confidence import (
    COUNTED,
    FEWER,
    FEWEST_RIGHT,
    FOLDS,
    LEAD,
    MOST_ANSWERED,
    MOST_INTERJECTED,
    MOST_OFFERED,
    PENALTY,
    TIMES_THINNED,
    Examples,
    Sureness,
    Weights,
    cutoffs,
    examples,
    fit,
    fit_ranking,
    for_sureness,
    guides,
    judged,
    judged_unseen,
    learn,
    weights_of,
    with_fewer,
)
from benchmarks.labelled import LabelledSet
from bot.knowledge.models import WordsFile
from bot.matching.confidence import AMONG, OF_FIRST, Confidence, Cutoffs
from bot.matching.embedding import Embedder
from bot.matching.features import Measuring, feature_names
from bot.matching.index import Indexed
from bot.matching.lexicon import Lexicon
from bot.matching.space import Space
from bot.matching.vectors import VectorCache
from tests.matching.encoders import small_encoder

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


#: For each question four entries with two features, drawn so that the likelier ones are the oftener right.
LIKELIER = np.asarray([1.5, -20.0])
FOUR = NUMBERS.normal([0.0, 1.0], [1.0, 0.05], (2_000, 4, 2))
DRAWN = NUMBERS.gumbel(size=(2_000, 4)) + FOUR @ LIKELIER
ONE_RIGHT = (DRAWN.max(axis=1, keepdims=True) == DRAWN).astype(np.float64)
TWO_RIGHT = (np.sort(DRAWN, axis=1)[:, -2:-1] <= DRAWN).astype(np.float64)
EACH_ONCE = np.ones(len(FOUR))


def loss(weights: Array, right: Array, counts: Array) -> float:
    """What ranking brings down, question by question: how unlikely the right entries are, and the pull towards zero."""
    spread = FOUR.reshape(-1, 2).std(axis=0)
    found = PENALTY / 2 * float(((weights * spread) ** 2).sum())
    for rows, is_right, count in zip(FOUR, right, counts, strict=True):
        raised = np.exp(rows @ weights - (rows @ weights).max())
        found -= count * float(np.log(raised[is_right > 0].sum() / raised.sum()))
    return found


def test_a_known_ranking_is_found_again() -> None:
    assert fit_ranking(FOUR, ONE_RIGHT, EACH_ONCE) == pytest.approx(LIKELIER, rel=0.1)


@pytest.mark.parametrize("right", [ONE_RIGHT, TWO_RIGHT], ids=["one right", "two right"])
def test_the_ranking_stands_where_its_loss_has_no_slope(right: Array) -> None:
    counts = np.where(np.arange(len(FOUR)) % 2, 1.0, 3.0)
    weights = fit_ranking(FOUR, right, counts)
    for step in (np.asarray([1e-3, 0.0]), np.asarray([0.0, 1e-2])):
        slope = (loss(weights + step, right, counts) - loss(weights - step, right, counts)) / (2 * step.sum())
        assert slope * FOUR.reshape(-1, 2).std(axis=0)[step > 0] == pytest.approx(0, abs=0.1)


def test_what_is_the_same_for_all_entries_of_a_question_gets_no_weight_in_the_ranking() -> None:
    same = np.repeat(NUMBERS.normal(size=(len(FOUR), 1, 1)), 4, axis=1)
    weights = fit_ranking(np.concatenate([FOUR, same], axis=2), ONE_RIGHT, EACH_ONCE)
    assert weights[2] == pytest.approx(0, abs=1e-9)
    assert weights[:2] == pytest.approx(fit_ranking(FOUR, ONE_RIGHT, EACH_ONCE), rel=1e-6)


def test_the_same_questions_give_the_same_ranking_to_the_last_digit() -> None:
    first, second = (fit_ranking(FOUR.copy(), ONE_RIGHT.copy(), EACH_ONCE.copy()) for _ in range(2))
    assert first.tolist() == second.tolist()


def made_up(questions: int, seed: int, names: tuple[str, ...] = ("cosine", "letters", "asks")) -> Examples:
    """Examples of a made-up set, of which every fifth question is out of scope."""
    numbers = np.random.default_rng(seed)
    rows = numbers.normal(size=(questions, AMONG, 3))
    in_scope = np.arange(questions) % 5 > 0
    right = np.zeros((questions, AMONG))
    right[np.arange(questions), np.argmax(rows @ [2.0, 1.0, 0.0] + numbers.gumbel(size=(questions, AMONG)), axis=1)] = 1
    return Examples(rows, right * in_scope[:, None], in_scope, names)


def test_a_set_counts_the_same_however_many_questions_it_has() -> None:
    small, large = made_up(40, 1), made_up(60, 2)
    twice = small.of(np.tile(np.arange(40), 2))
    once_counted, twice_counted = weights_of([small, large]), weights_of([twice, large])
    # The pull is measured by the spread over all questions, which may differ a little.
    assert once_counted.ranking == pytest.approx(twice_counted.ranking, abs=0.001)
    assert weights_of([large]).ranking != pytest.approx(twice_counted.ranking, abs=0.1)


def test_there_are_weights_for_each_feature_and_for_what_else_sureness_knows() -> None:
    weights = weights_of([made_up(40, 1)])
    assert (weights.ranking.shape, weights.sureness.shape) == ((3,), (3 + len(OF_FIRST),))


def test_words_and_leads_do_not_tell_how_sure_to_be_where_meanings_have_to() -> None:
    weights = weights_of([made_up(40, 1, ("crowding", "letters", "lead_cosine"))])
    assert weights.sureness[0] != 0
    assert weights.sureness[1:].tolist() == [0.0, 0.0, 0.0, 0.0, 0.0]


def test_words_alone_tell_how_sure_to_be_where_there_is_nothing_else() -> None:
    assert np.all(weights_of([made_up(40, 1, ("letters", "lead_letters", "asks"))]).sureness != 0)


def test_being_judged_is_as_sure_as_a_member_meets_it() -> None:
    part, weights = made_up(30, 3), weights_of([made_up(40, 1)])
    confidence = Confidence(
        weights.ranking.astype(np.float32), weights.sureness.astype(np.float32), weights.bias, Cutoffs(0, 0, 0, 0)
    )
    met = [confidence.of(rows.astype(np.float32)) for rows in part.rows]
    found = judged(part, weights)
    assert found.chance == pytest.approx([float(chances.max()) for chances in met], abs=1e-4)
    assert found.right.tolist() == [part.right[at, int(chances.argmax())] for at, chances in enumerate(met)]
    assert found.in_scope.tolist() == part.in_scope.tolist()


def test_each_question_is_judged_by_its_likeliest_entry() -> None:
    part = Examples(
        np.asarray([[[0.0], [2.0]], [[1.0], [-1.0]]]),
        np.asarray([[0.0, 1.0], [0.0, 1.0]]),
        np.asarray([True, True]),
        ("cosine",),
    )
    found = judged(part, Weights(np.ones(1), np.asarray([1.0, 0.0, 0.0, 0.0]), 0.0))
    assert found.chance == pytest.approx([1 / (1 + np.exp(-2)), 1 / (1 + np.exp(-1))])
    assert found.right.tolist() == [1.0, 0.0]


def test_unseen_questions_are_judged_by_weights_that_were_learned_without_them() -> None:
    parts = [made_up(43, 1), made_up(30, 2)]
    found = judged_unseen(parts)
    for fold in range(FOLDS):
        left_out = [np.arange(len(part.rows)) % FOLDS == fold for part in parts]
        without = weights_of([part.of(~left) for part, left in zip(parts, left_out, strict=True)])
        for part, left, unseen in zip(parts, left_out, found, strict=True):
            # Fold by fold, each in the order of its questions.
            before = sum(int((np.arange(len(part.rows)) % FOLDS == earlier).sum()) for earlier in range(fold))
            span = slice(before, before + int(left.sum()))
            expected = judged(part.of(left), without)
            assert unseen.chance[span].tolist() == expected.chance.tolist()
            assert unseen.right[span].tolist() == expected.right.tolist()
            assert unseen.in_scope[span].tolist() == expected.in_scope.tolist()


def test_every_question_is_judged_unseen_once() -> None:
    parts = [made_up(43, 1), made_up(30, 2)]
    assert [len(one.chance) for one in judged_unseen(parts)] == [43, 30]


def test_a_label_does_not_change_how_its_own_question_is_judged_unseen() -> None:
    part = made_up(40, 1)
    mislabelled = replace(part, right=part.right.copy())
    mislabelled.right[7] = 1 - part.right[7]
    fold = np.flatnonzero(np.arange(40) % FOLDS == 7 % FOLDS)
    before = sum(int((np.arange(40) % FOLDS == earlier).sum()) for earlier in range(7 % FOLDS))
    at = before + fold.tolist().index(7)
    assert judged_unseen([part])[0].chance[at] == judged_unseen([mislabelled])[0].chance[at]
    assert judged(part, weights_of([part])).chance[7] != judged(part, weights_of([mislabelled])).chance[7]


def confident(*judged: tuple[float, bool, bool]) -> Sureness:
    """A set of questions: the confidence of the first entry, whether that is right, whether any entry is."""
    chance, right, in_scope = zip(*judged, strict=True)
    return Sureness(np.asarray(chance), np.asarray(right, dtype=np.float64), np.asarray(in_scope))


#: A hundred out-of-scope questions, one at the middle of each hundredth: 0.005, 0.015, … 0.995.
HUNDREDTHS = [(hundredth / 100 + 0.005, False, False) for hundredth in range(100)]


def test_a_cutoff_is_the_lowest_at_which_no_more_out_of_scope_questions_pass_than_may() -> None:
    found = cutoffs([confident(*HUNDREDTHS, (0.999, True, True))])
    assert found["answer"] == pytest.approx(1 - MOST_ANSWERED)
    assert found["offer"] == pytest.approx(1 - MOST_OFFERED)


def test_unasked_it_speaks_up_from_where_nearly_all_it_says_is_right() -> None:
    right = [(0.80 + at / 1000, True, True) for at in range(99)]
    wrong = [(0.30, False, True), (0.41, False, True)]
    found = cutoffs([confident(*right, *wrong, (0.1, False, False))])
    assert 98 / 99 > FEWEST_RIGHT > 99 / 101
    assert found["interject"] == 0.31  # 99 of 100 are right above the first wrong one


def test_unasked_it_answers_next_to_no_out_of_scope_message_however_often_it_is_right() -> None:
    right = [(0.90, True, True)] * 100_000
    found = cutoffs([confident(*right, (0.60, False, False), *[(0.1, False, False)] * 99)])
    assert MOST_INTERJECTED < 1 / 100
    assert found["interject"] == 0.61


def test_each_set_counts_the_same_however_large_it_is_when_cutoffs_are_set() -> None:
    large = confident(*[(0.2, False, False)] * 90, (0.9, True, True))
    small = confident((0.7, False, False), (0.9, True, True))
    assert cutoffs([large, small])["answer"] == 0.71


@pytest.mark.parametrize("meaning", [True, False])
def test_where_out_of_scope_messages_are_known_phrasings_do_not_count_for_sureness(*, meaning: bool) -> None:
    names = feature_names(meaning=meaning, outside=True)
    counts = for_sureness(names)
    assert [name for name, one in zip(names, counts, strict=False) if not one] == [n for n in names if "phrasings" in n]
    assert counts[len(names) :].all()


def test_where_neither_meanings_nor_out_of_scope_messages_are_known_all_counts_for_sureness() -> None:
    assert for_sureness(feature_names(meaning=False, outside=False)).all()


def test_the_lead_is_set_by_hand() -> None:
    assert cutoffs([confident((0.5, False, False), (0.9, True, True))])["lead"] == LEAD


WORDS = "pay night oven bread flour water salt yeast sugar butter".split()
BAKERS = LabelledSet(
    "bakers",
    tuple(Indexed(word, (f"what about {word}", f"baker {word}", f"{word} of bakers")) for word in WORDS),
    (*((f"bakers and {word}", (word,)) for word in WORDS), ("xylophones", ()), ("a zeppelin in may", ())),
)
PLAIN = Lexicon(WordsFile())


def test_the_examples_of_a_question_are_what_is_measured_of_its_likeliest_entries() -> None:
    measuring = Measuring(Space.over(BAKERS.entries, PLAIN), PLAIN)
    found = examples(BAKERS, PLAIN, None)
    assert found.rows.shape == (len(BAKERS.questions), AMONG, len(measuring.names))
    for (text, _), rows in zip(BAKERS.questions, found.rows, strict=True):
        measured = measuring.features(text).rows.astype(np.float64).tolist()
        assert all(row in measured for row in rows.tolist())


def test_the_examples_mark_the_right_entries_and_the_questions_in_scope() -> None:
    found = examples(BAKERS, PLAIN, None)
    assert found.right.sum(axis=1).tolist() == [1.0] * len(WORDS) + [0.0, 0.0]
    assert found.in_scope.tolist() == [True] * len(WORDS) + [False, False]


def test_the_guide_takes_part_as_it_is_with_fewer_phrasings_thinned_out_and_beside_entries_of_each_faq() -> None:
    taking_part = guides(BAKERS, [replace(BAKERS, name="sailors")])
    assert taking_part[0] == BAKERS
    thinned = [f"bakers~{seed}" for seed in range(TIMES_THINNED)]
    assert [one.name for one in taking_part[1:]] == ["bakers@1", *thinned, "bakers+sailors"]


@pytest.mark.parametrize("embedder", [None, Embedder(small_encoder, VectorCache(None))], ids=["words", "meaning"])
def test_what_is_learned_is_a_model_as_the_matcher_reads_it(embedder: Embedder | None) -> None:
    learned = learn([BAKERS], PLAIN, embedder)
    names = feature_names(meaning=embedder is not None, outside=False)
    assert isinstance(learned["ranking"], dict)
    assert tuple(learned["ranking"]) == names
    assert isinstance(learned["sureness"], dict)
    assert tuple(learned["sureness"]) == (*names, *OF_FIRST)
    assert learned["learned_from"] == {"bakers": len(BAKERS.questions)}
    assert isinstance(learned["bias"], float)
    assert isinstance(learned["cutoffs"], dict)
    cut = Cutoffs(**learned["cutoffs"])
    assert cut.offer <= cut.answer


def test_a_model_for_known_out_of_scope_messages_has_their_features() -> None:
    beside = replace(BAKERS, out_of_scope=("xylophones and strings", "my zeppelin"))
    learned = learn([beside], PLAIN, None)
    assert isinstance(learned["ranking"], dict)
    assert tuple(learned["ranking"]) == feature_names(meaning=False, outside=True)


def test_what_is_learned_ranks_the_right_entry_first() -> None:
    part = examples(BAKERS, PLAIN, None)
    found = judged(part, weights_of([part]))
    assert found.right[found.in_scope].all()


def test_learning_twice_gives_the_same() -> None:
    assert learn([BAKERS], PLAIN, None) == learn([BAKERS], PLAIN, None)


def test_a_set_takes_part_with_fewer_phrasings_too() -> None:
    many = replace(BAKERS, entries=(Indexed("pay", tuple(f"pay {at}" for at in range(10))), *BAKERS.entries[1:]))
    names = [one.name for one in with_fewer(many)]
    assert names == ["bakers", *(f"bakers@{count}" for count in FEWER if count < 10)]


def test_all_questions_are_counted_for_so_many_a_set() -> None:
    # The pull is the same, so that a set which counts for more would be followed further.
    part = made_up(40, 1)
    rows = part.rows[part.right.any(axis=1)]
    right = part.right[part.right.any(axis=1)]
    expected = fit_ranking(rows, right, np.full(len(rows), COUNTED / 40))
    assert weights_of([part]).ranking == pytest.approx(expected)
