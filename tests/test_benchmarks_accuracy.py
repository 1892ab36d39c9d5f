"""The figures that methods are compared by, on cases small enough to count."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.ablation import GROUPS, Without, right_at
from benchmarks.accuracy import about_added, figures_of, measured, rows_of
from benchmarks.fit_confidence import BEGUN, Examples, Sureness, examples, guides, weights_of
from benchmarks.labelled import LabelledSet
from benchmarks.peers import Found, Method
from benchmarks.sets import Sets, some
from benchmarks.typos import with_typos
from benchmarks.unseen import Lessons, pooled
from bot.knowledge.models import WordsFile
from bot.matching.features import feature_names
from bot.matching.index import Indexed
from bot.matching.lexicon import Lexicon

QUESTIONS = (("a", ("x",)), ("b", ("x", "y")), ("c", ("y",)), ("d", ()), ("e", ()))
FOUND = (Found("x", 0.9, True), Found("y", 0.5, False), Found("x", 0.99, True), Found("x", 0.6, True), Found(None, 0))
WITH_TYPOS = (Found("x", 0.8), Found("x", 0.3), Found(None, 0.0))


def test_only_right_answers_are_set_against_out_of_scope_questions() -> None:
    # 0.9 and 0.5 are right; the 0.99 of a wrong answer does not count.
    assert figures_of(QUESTIONS, FOUND, WITH_TYPOS).auroc == 0.75


def test_any_of_the_expected_entries_is_right() -> None:
    figures = figures_of(QUESTIONS, FOUND, WITH_TYPOS)
    assert figures.top_1 == figures.top_1_with_typos == pytest.approx(2 / 3)


def test_without_a_cutoff_there_is_no_share_of_answers() -> None:
    figures = figures_of(QUESTIONS, FOUND, WITH_TYPOS)
    assert figures.out_answered is None
    assert figures.right_answered == pytest.approx(1 / 3)
    assert rows_of({"one": figures}) == [["one", "0.667", "0.750", "0.667", "0.0", "–", "0.333"]]  # noqa: RUF001


class Keeping(Method):
    """Finds nothing, and keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__("keeping")
        self.asked: list[str] = []

    def ask(self, text: str) -> Found:
        self.asked.append(text)
        return Found(None, 0.0, answered=False)


def test_in_scope_questions_are_asked_once_more_with_typos() -> None:
    method = Keeping()
    labelled = LabelledSet("bakers", (), (("what does a baker do", ("x",)), ("where is the moon", ())))
    figures = measured(labelled, [method])
    assert method.asked == ["what does a baker do", "where is the moon", with_typos("what does a baker do")]
    assert figures["keeping"].top_1 == 0


def sureness(*judged: tuple[float, bool, bool]) -> Sureness:
    """For each question its confidence, whether the first entry is right, and whether any is."""
    chance, right, in_scope = zip(*judged, strict=True)
    return Sureness(np.asarray(chance), np.asarray(right, dtype=np.float64), np.asarray(in_scope))


def test_right_answers_are_counted_where_no_more_out_of_scope_ones_pass_than_may() -> None:
    outside = [(at / 20, False, False) for at in range(20)]  # the highest are 0.95 and 0.90
    inside = [(0.93, True, True), (0.99, False, True), (0.90, True, True), (0.2, True, True)]
    assert right_at(sureness(*outside, *inside), 0.05) == 0.25
    assert right_at(sureness(*outside, *inside), 0.10) == 0.5


def test_sets_are_pooled_question_by_question() -> None:
    both = pooled([sureness((0.1, True, True)), sureness((0.2, False, False), (0.3, True, True))])
    assert (both.chance.tolist(), both.in_scope.tolist()) == ([0.1, 0.2, 0.3], [True, False, True])


@pytest.mark.parametrize("outside", [True, False])
@pytest.mark.parametrize("group", GROUPS)
def test_each_group_of_features_can_be_left_out(group: str, outside: bool) -> None:
    names = feature_names(meaning=True, outside=outside)
    kept = Without(names, GROUPS[group]).kept
    assert 0 < len(kept) < len(names)
    assert not any(mark in names[at] for at in kept for mark in GROUPS[group])


def test_nothing_left_out_keeps_all_columns() -> None:
    part = Examples(np.ones((2, 3, 4)), np.ones((2, 3)), np.asarray([True, False]), ("a", "b", "c", "d"))
    assert Without(("a", "b", "c", "d"), ())(part).rows.shape == (2, 3, 4)
    assert Without(("a", "b", "c", "d"), ("b", "d"))(part).rows.shape == (2, 3, 2)


def labelled(name: str, words: Sequence[str]) -> LabelledSet:
    entries = tuple(Indexed(word, (f"what about {word}", f"{name} {word}")) for word in words)
    asked = tuple((f"{name} and {word}", (word,)) for word in words)
    return LabelledSet(name, entries, (*asked, ("xylophones", ()), ("a zeppelin in may", ())))


BAKERS = labelled("bakers", "pay night oven bread flour water salt yeast".split())
SAILORS = labelled("sailors", "mast sail rope wind wave knot port deck".split())
CLIMBERS = labelled("climbers", "rope wall chalk shoes grade belay route hold".split())


def test_a_set_is_measured_with_what_the_others_teach() -> None:
    lexicon = Lexicon(WordsFile())
    lessons = Lessons(lexicon, None, Sets(BAKERS, BAKERS, (SAILORS, CLIMBERS), ()))
    varied = (BAKERS, BAKERS.with_phrasings(1), CLIMBERS, BAKERS.with_entries(BEGUN), CLIMBERS.with_entries(BEGUN))
    others = [examples(one, lexicon, None) for one in varied]
    assert lessons.weights_without("sailors").bias == weights_of(others).bias
    assert lessons.weights_without("climbers").bias != weights_of(others).bias


def test_entries_just_added_are_measured_with_what_a_guide_beside_others_teaches() -> None:
    lexicon = Lexicon(WordsFile())
    guide = replace(BAKERS, out_of_scope=("a day at the zoo", "trains"))
    lessons = Lessons(lexicon, None, Sets(guide, guide, (SAILORS, CLIMBERS), ()))
    without = weights_of([examples(one, lexicon, None) for one in guides(guide, [CLIMBERS])])
    assert lessons.confidence_beside("sailors").bias == without.bias
    assert lessons.weights_of_guide().bias != without.bias


def test_only_questions_about_the_added_entries_are_asked() -> None:
    found = about_added(BAKERS, SAILORS)
    assert found.entries[: len(BAKERS.entries)] == BAKERS.entries
    assert sorted(found.questions) == sorted((text, (f"sailors/{one[0]}",)) for text, one in SAILORS.questions if one)


def test_a_part_of_the_questions_is_drawn_from_all_over_the_set() -> None:
    assert [text for text, _ in some(BAKERS, 3).questions] == ["bakers and pay", "bakers and flour", "xylophones"]
    assert some(BAKERS, None) == some(BAKERS, 10) == BAKERS
