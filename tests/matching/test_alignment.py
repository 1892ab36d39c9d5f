"""Alignment of words, judged by a slow and obvious implementation of the same."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.alignment import SYNONYM, TYPO, Aligner
from bot.matching.index import Indexed, PhrasingIndex
from bot.matching.lexicon import Lexicon
from tests.matching.conftest import ENTRIES, WORDS

LEXICON = Lexicon(WORDS)
INDEX = PhrasingIndex.over(ENTRIES, LEXICON)
ALIGNER = Aligner(INDEX, LEXICON)


def likeness(stem: str, word: str) -> float:
    return ALIGNER.likenesses(stem).get(INDEX.vocabulary[word], 0.0)


def coverage_one_by_one(stems: list[str], phrasing: str) -> tuple[float, float]:
    """Both coverages of one phrasing, word by word."""
    question = list(dict.fromkeys(stems))
    words = list(dict.fromkeys(LEXICON.stems(phrasing)))
    weight_of = dict(zip(INDEX.words, INDEX.weights, strict=True))
    held = sum(ALIGNER.weight(stem) * max(likeness(stem, word) for word in words) for stem in question)
    met = sum(weight_of[word] * max((likeness(stem, word) for stem in question), default=0.0) for word in words)
    return held / max(sum(map(ALIGNER.weight, question)), 1e-6), met / sum(weight_of[word] for word in words)


WORD_POOL = [
    "baker",
    "bakers",
    "pay",
    "salary",
    "wage",
    "teacher",
    "educator",
    "trainig",
    "nurse",
    "night",
    "the",
    "zebra",
    "how",
]


@given(st.lists(st.sampled_from(WORD_POOL), max_size=8))
def test_the_fast_coverage_is_the_obvious_one(words: list[str]) -> None:
    stems = LEXICON.stems(" ".join(words))
    fast = ALIGNER.coverage(stems)
    for position, phrasing in enumerate(INDEX.texts):
        of_question, of_phrasing = coverage_one_by_one(stems, phrasing)
        assert fast.of_question[position] == pytest.approx(of_question, abs=1e-4)
        assert fast.of_phrasing[position] == pytest.approx(of_phrasing, abs=1e-4)


def test_the_same_words_in_any_order_cover_all_both_ways() -> None:
    coverage = ALIGNER.coverage(LEXICON.stems("pay baker"))
    position = INDEX.texts.index("baker pay")
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
    index = PhrasingIndex.over([Indexed("purse", ("a purse",))], LEXICON)
    aligner = Aligner(index, LEXICON)
    assert aligner.likenesses("nurs") == {}
    assert aligner.likenesses("burs") != {}


def test_a_rare_word_weighs_more_than_a_common_one_and_a_filler_least() -> None:
    weight = dict(zip(INDEX.words, INDEX.weights, strict=True))
    assert weight["apprenticeship"] > weight["baker"] > weight["the"] > 0


def test_a_word_nobody_wrote_weighs_as_much_as_the_rarest() -> None:
    assert ALIGNER.weight("zebra") == pytest.approx(float(np.max(INDEX.weights)))
