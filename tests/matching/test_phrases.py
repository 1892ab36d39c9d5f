"""Phrases as they are compared with a message."""

import pytest

from bot.matching.lexicon import Lexicon
from bot.matching.phrases import named_in, phrase_stems


def test_phrases_with_the_same_stems_are_the_same(lexicon: Lexicon) -> None:
    assert phrase_stems("Head bakers", lexicon) == phrase_stems("head baker", lexicon)


def test_a_short_form_is_written_out(lexicon: Lexicon) -> None:
    assert phrase_stems("mls", lexicon) == phrase_stems("master of library science", lexicon)


@pytest.mark.parametrize("text", ["and as a head baker?", "HEAD BAKERS!"])
def test_a_text_names_a_phrase_whose_words_stand_in_it_one_after_the_other(lexicon: Lexicon, text: str) -> None:
    assert named_in(text, ["apprentice", "head baker"], lexicon)


@pytest.mark.parametrize("text", ["a baker with a head", "the head of a baker", "", "oven"])
def test_a_text_without_them_names_none(lexicon: Lexicon, text: str) -> None:
    assert not named_in(text, ["head baker"], lexicon)


def test_a_phrase_without_words_is_never_named(lexicon: Lexicon) -> None:
    assert not named_in("head baker", ["", "..."], lexicon)
