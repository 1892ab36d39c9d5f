"""The figures of an evaluation, on verdicts made by hand."""

import pytest

from bot.matching.answer import Kind
from bot.matching.evaluation import Judged, Query, auroc, confusions, figures_of
from bot.matching.matcher import Ranked, Verdict


def judged(
    expected: list[str], kind: Kind, *ranked: tuple[str, float], shown: int = 1, seconds: float = 0.001
) -> Judged:
    entries = tuple(Ranked(entry_id, confidence, "") for entry_id, confidence in ranked)
    return Judged(Query(1, "?", tuple(expected)), Verdict(kind, entries, shown, interject=False), seconds)


RIGHT = judged(["a"], Kind.ANSWER, ("a", 0.9), ("b", 0.1))
WRONG = judged(["a"], Kind.ANSWER, ("b", 0.8), ("a", 0.1))
OFFERED = judged(["a"], Kind.SUGGESTIONS, ("b", 0.5), ("a", 0.4), shown=2)
HIDDEN = judged(["a"], Kind.SUGGESTIONS, ("b", 0.5), ("c", 0.4), ("a", 0.3), shown=2)
MISSED = judged(["a"], Kind.NONE, ("a", 0.2), shown=0)
OUT_NONE = judged([], Kind.NONE, ("a", 0.1), shown=0)
OUT_ANSWERED = judged([], Kind.ANSWER, ("a", 0.7))
OUT_SOCIAL = judged([], Kind.SOCIAL, shown=0)


def test_each_question_in_scope_is_right_offered_wrong_or_missed() -> None:
    figures = figures_of([RIGHT, WRONG, OFFERED, HIDDEN])
    assert (figures.right, figures.right_or_offered, figures.wrong, figures.missed) == (0.25, 0.5, 0.25, 0.25)


def test_a_right_entry_that_was_not_shown_is_missed_but_ranked() -> None:
    figures = figures_of([MISSED])
    assert (figures.missed, figures.top_1) == (1.0, 1.0)


def test_a_ranking_counts_within_its_first_places() -> None:
    figures = figures_of([RIGHT, WRONG, HIDDEN])
    assert figures.top_1 == pytest.approx(1 / 3, abs=1e-4)
    assert figures.top_3 == 1.0


def test_out_of_scope_answers_and_offers_are_counted() -> None:
    figures = figures_of([OUT_NONE, OUT_ANSWERED, OUT_SOCIAL, judged([], Kind.SUGGESTIONS, ("a", 0.4), shown=2)])
    assert (figures.out_of_scope, figures.out_answered, figures.out_offered) == (4, 0.25, 0.25)


def test_auroc_is_the_chance_of_a_rightly_found_question_being_the_surer_one() -> None:
    assert figures_of([RIGHT, OUT_NONE]).auroc == 1.0
    assert figures_of([RIGHT, MISSED, OUT_ANSWERED, OUT_NONE]).auroc == 0.75
    assert figures_of([MISSED, judged([], Kind.NONE, ("a", 0.2), shown=0)]).auroc == 0.5


def test_auroc_leaves_out_questions_whose_first_entry_is_wrong() -> None:
    assert figures_of([RIGHT, WRONG, OUT_ANSWERED]).auroc == 1.0
    assert figures_of([WRONG, OUT_ANSWERED]).auroc is None


def test_calibration_error_is_the_distance_of_confidence_from_being_right() -> None:
    assert figures_of([RIGHT]).calibration_error == pytest.approx(0.1)
    assert figures_of([WRONG]).calibration_error == pytest.approx(0.8)
    assert figures_of([OUT_NONE]).calibration_error == pytest.approx(0.1)


def test_latency_is_told_in_milliseconds() -> None:
    figures = figures_of([judged([], Kind.NONE, seconds=seconds, shown=0) for seconds in (0.001, 0.002, 0.003)])
    assert figures.median_ms == 2.0


def test_without_questions_there_are_no_figures() -> None:
    figures = figures_of([])
    assert (figures.right, figures.auroc, figures.median_ms, figures.calibration_error) == (None, None, None, None)


def test_confusions_name_what_was_wanted_what_came_and_how_often() -> None:
    assert confusions([WRONG, OFFERED, RIGHT, judged(["z"], Kind.NONE, shown=0)]) == [
        ("a", "b", 2),
        ("z", "nothing", 1),
    ]


def test_auroc_is_the_share_of_pairs_in_the_right_order() -> None:
    assert auroc([0.9, 0.5], [0.6, 0.4]) == 0.75


def test_a_tie_counts_half() -> None:
    assert auroc([0.5], [0.5, 0.4]) == 0.75


def test_auroc_is_none_where_one_kind_is_missing() -> None:
    assert auroc([], [0.1]) is auroc([0.1], []) is None
