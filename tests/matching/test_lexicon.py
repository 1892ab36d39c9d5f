"""Stems, synonyms, short forms and social phrases."""

import pytest

from bot.matching.lexicon import Lexicon


def test_endings_do_not_matter(lexicon: Lexicon) -> None:
    assert lexicon.stems("bakers baking baked") == [*lexicon.stems("baker bake bakes")[:1], "bake", "bake"]


def test_words_of_a_group_are_synonyms_of_each_other(lexicon: Lexicon) -> None:
    assert lexicon.synonyms_of("pay") == lexicon.synonyms_of("pay") - {"pay"}
    assert {"salari", "wage"} <= lexicon.synonyms_of("pay")
    assert "pay" in lexicon.synonyms_of("wage")


def test_a_word_without_a_group_has_no_synonyms(lexicon: Lexicon) -> None:
    assert lexicon.synonyms_of("bread") == frozenset()


def test_a_phrase_of_a_group_counts_as_its_first_word(lexicon: Lexicon) -> None:
    assert lexicon.stems("take home") == ["take", "home", "pay"]


def test_a_short_form_adds_what_it_stands_for(lexicon: Lexicon) -> None:
    assert lexicon.stems("MLS") == ["mls", *lexicon.stems("master of library science")[:-1]]


def test_what_a_short_form_stands_for_adds_the_short_form(lexicon: Lexicon) -> None:
    assert lexicon.stems("master of library science")[-1] == "mls"


@pytest.mark.parametrize(
    "words", ["thanks", "thank you", "thanks so great", "hello", "good morning", "thanks that is great"]
)
def test_social_phrases_want_no_knowledge(lexicon: Lexicon, words: str) -> None:
    assert lexicon.is_social(words)


@pytest.mark.parametrize("words", ["", "pay", "thanks what is the pay", "so what", "good night", "the"])
def test_other_messages_are_not_social(lexicon: Lexicon, words: str) -> None:
    assert not lexicon.is_social(words)
