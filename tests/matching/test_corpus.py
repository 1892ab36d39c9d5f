"""Phrasings as numbers of words, judged by the words themselves."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.corpus import Corpus
from bot.matching.normalise import words_of
from tests.matching.made_up import LEXICON, texts

many = st.lists(texts, max_size=8)


def position_one_by_one(phrasings: list[str], words: list[str]) -> int | None:
    for at, text in enumerate(phrasings):
        if words and words_of(text) == words:
            return at
    return None


@given(many)
def test_each_phrasing_is_its_words_in_order(phrasings: list[str]) -> None:
    corpus = Corpus.over(phrasings, LEXICON)
    found = [[corpus.words[number] for number in corpus.texts[row]] for row in range(len(corpus.texts))]
    assert found == [words_of(text) for text in phrasings]


@given(many)
def test_each_distinct_word_is_kept_once(phrasings: list[str]) -> None:
    corpus = Corpus.over(phrasings, LEXICON)
    assert list(corpus.words) == list(dict.fromkeys(word for text in phrasings for word in words_of(text)))


@given(many)
def test_each_word_is_led_to_its_stem(phrasings: list[str]) -> None:
    corpus = Corpus.over(phrasings, LEXICON)
    assert [corpus.stems[number] for number in corpus.stem_of] == LEXICON.stem_words(list(corpus.words))


def test_words_of_one_stem_share_its_number() -> None:
    corpus = Corpus.over(["bake", "baking", "pay"], LEXICON)
    assert corpus.stem_of.tolist() == [0, 0, 1]
    assert corpus.stems == ("bake", "pay")


def test_words_and_stems_are_found_by_their_numbers_again() -> None:
    corpus = Corpus.over(["a baker bakes", "baking pays"], LEXICON)
    assert [corpus.number_of[word] for word in corpus.words] == list(range(len(corpus.words)))
    assert [corpus.stem_number[stem] for stem in corpus.stems] == list(range(len(corpus.stems)))


@given(many, texts)
def test_a_wording_is_found_as_by_looking_at_one_phrasing_after_another(phrasings: list[str], asked: str) -> None:
    corpus = Corpus.over(phrasings, LEXICON)
    for text in (asked, *phrasings):
        assert corpus.position(words_of(text)) == position_one_by_one(phrasings, words_of(text))


@pytest.mark.parametrize("words", [[], ["baker"], ["pay", "baker"], ["baker", "pay", "now"], ["bakers", "pay"]])
def test_what_is_not_word_for_word_a_phrasing_is_at_no_position(words: list[str]) -> None:
    assert Corpus.over(["baker pay", "😭"], LEXICON).position(words) is None


def test_a_corpus_of_nothing_has_no_position() -> None:
    empty = Corpus.over([], LEXICON)
    assert empty.position(["baker"]) is None
    assert (empty.words, empty.stems, len(empty.texts)) == ((), (), 0)
    assert empty.stem_of.dtype == np.int32
