"""Alignment of words, judged by a slow and obvious implementation of the same."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.alignment import MEANT, SYNONYM, TYPO, Aligner, Coverage
from bot.matching.index import Indexed, PhrasingIndex
from tests.matching.conftest import ENTRIES
from tests.matching.made_up import LEXICON, corpus_of, entry_lists, texts, texts_of


class Aligned:
    """An index with its aligner, and both coverages of a question with each phrasing."""

    def __init__(self, entries: Sequence[Indexed]) -> None:
        self.texts = texts_of(entries)
        self.index = PhrasingIndex.over(entries, corpus_of(entries), LEXICON)
        self.aligner = Aligner(self.index, LEXICON)

    def likeness(self, stem: str, word: str) -> float:
        return self.aligner.likenesses(stem).get(self.index.vocabulary[word], 0.0)

    def fast(self, stems: Sequence[str]) -> Coverage:
        aligner = self.aligner
        return aligner.coverage([(aligner.weight(stem), aligner.likenesses(stem)) for stem in dict.fromkeys(stems)])

    def one_by_one(self, stems: Sequence[str]) -> tuple[list[float], list[float]]:
        """Both coverages, phrasing by phrasing and word by word."""
        question = list(dict.fromkeys(stems))
        weight_of = dict(zip(self.index.stems, self.index.weights.tolist(), strict=True))
        of_question, of_phrasing = [], []
        for text in self.texts:
            words = list(dict.fromkeys(LEXICON.stems(text)))
            held = sum(
                self.aligner.weight(stem) * max((self.likeness(stem, word) for word in words), default=0.0)
                for stem in question
            )
            met = sum(
                weight_of[word] * max((self.likeness(stem, word) for stem in question), default=0.0) for word in words
            )
            of_question.append(held / max(sum(map(self.aligner.weight, question)), 1e-6))
            of_phrasing.append(met / max(sum(weight_of[word] for word in words), 1e-6))
        return of_question, of_phrasing


BAKERS = Aligned(ENTRIES)
INDEX, ALIGNER, likeness = BAKERS.index, BAKERS.aligner, BAKERS.likeness
WORD_POOL = "baker bakers pay salary wage teacher educator trainig nurse night the zebra how".split()


@given(st.lists(st.sampled_from(WORD_POOL), max_size=8))
def test_the_fast_coverage_is_the_obvious_one(words: list[str]) -> None:
    stems = LEXICON.stems(" ".join(words))
    fast, (of_question, of_phrasing) = BAKERS.fast(stems), BAKERS.one_by_one(stems)
    assert fast.of_question == pytest.approx(of_question, abs=1e-4)
    assert fast.of_phrasing == pytest.approx(of_phrasing, abs=1e-4)


@given(entry_lists, texts)
def test_the_fast_coverage_is_the_obvious_one_in_any_index(entries: tuple[Indexed, ...], text: str) -> None:
    aligned, stems = Aligned(entries), LEXICON.stems(text)
    fast, (of_question, of_phrasing) = aligned.fast(stems), aligned.one_by_one(stems)
    assert fast.of_question == pytest.approx(of_question, abs=1e-4)
    assert fast.of_phrasing == pytest.approx(of_phrasing, abs=1e-4)


def test_a_question_without_words_covers_nothing() -> None:
    coverage = ALIGNER.coverage([])
    assert not coverage.of_question.any()
    assert not coverage.of_phrasing.any()


def test_of_two_words_that_stand_for_the_same_the_nearer_one_counts() -> None:
    aligned = Aligned([Indexed("pay", ("pay",)), Indexed("night", ("night",))])
    assert aligned.fast(["wage", "pay"]).of_phrasing[0] == pytest.approx(1)
    assert aligned.fast(["wage"]).of_phrasing[0] == pytest.approx(SYNONYM)


def test_the_same_words_in_any_order_cover_all_both_ways() -> None:
    coverage = BAKERS.fast(LEXICON.stems("pay baker"))
    position = BAKERS.texts.index("baker pay")
    assert coverage.of_question[position] == pytest.approx(1, abs=1e-5)
    assert coverage.of_phrasing[position] == pytest.approx(1, abs=1e-5)


def test_a_synonym_counts_less_than_the_word() -> None:
    assert likeness("wage", "pay") == SYNONYM
    assert likeness("pay", "pay") == 1.0


@pytest.mark.parametrize(
    ("typed", "word", "share"), [("bakre", "baker", TYPO[0]), ("aprentceship", "apprenticeship", TYPO[1])]
)
def test_a_typo_counts_less_than_the_word(typed: str, word: str, share: float) -> None:
    assert likeness(LEXICON.stems(typed)[0], LEXICON.stems(word)[0]) == share


def test_short_words_are_never_taken_for_typos() -> None:
    assert ALIGNER.likenesses("pax") == {}


def test_protected_words_are_never_taken_for_typos() -> None:
    aligner = Aligned([Indexed("purse", ("a purse",))]).aligner
    assert aligner.likenesses("nurs") == {}
    assert aligner.likenesses("burs") != {}


def test_a_rare_word_weighs_more_than_a_common_one_and_a_filler_least() -> None:
    weight = dict(zip(INDEX.stems, INDEX.weights, strict=True))
    assert weight["apprenticeship"] > weight["baker"] > weight["the"] > 0


def test_a_word_nobody_wrote_weighs_as_much_as_the_rarest() -> None:
    assert ALIGNER.weight("zebra") == pytest.approx(float(np.max(INDEX.weights)))


def test_of_the_words_a_typo_may_have_meant_only_the_nearest_count() -> None:
    aligned = Aligned([Indexed("one", ("trainings", "drainage"))])
    assert aligned.aligner.likenesses("draina") == {aligned.index.vocabulary["drainag"]: TYPO[0]}
    assert aligned.aligner.likenesses("trainxxg") == {}


def test_a_typo_stands_for_no_more_than_a_few_words() -> None:
    many = tuple(f"b{letter}ll" for letter in "aeiou")
    assert len(Aligned([Indexed("one", many)]).aligner.likenesses("bxll")) == MEANT


def test_a_word_with_a_synonym_here_is_not_taken_for_a_typo() -> None:
    aligned = Aligned([Indexed("one", ("pay", "wager"))])
    assert aligned.aligner.likenesses("wage") == {aligned.index.vocabulary["pay"]: SYNONYM}
