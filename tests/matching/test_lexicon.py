"""Stems, synonyms, short forms, social phrases and occupations."""

import pytest

from bot.knowledge.models import WordsFile
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


TRADES = Lexicon(WordsFile(trades=["nurse", "nurse practitioner", "air traffic controller"]))


def trades_in(text: str) -> set[str]:
    return {" ".join(trade) for trade in TRADES.trades_in(TRADES.stems(text))}


@pytest.mark.parametrize("text", ["nurse pay", "what do nurses earn", "How does one become a NURSE?"])
def test_an_occupation_that_is_named_is_found_whatever_its_ending(text: str) -> None:
    assert trades_in(text) == {"nurs"}


def test_an_occupation_of_several_words_is_found() -> None:
    assert trades_in("do air traffic controllers sleep") == {"air traffic control"}


@pytest.mark.parametrize("text", ["air pay", "traffic controllers", "the controller", "nurture", ""])
def test_a_part_of_an_occupation_is_none(text: str) -> None:
    assert trades_in(text) == set()


def test_an_occupation_that_begins_like_another_counts_for_both() -> None:
    assert trades_in("what does a nurse practitioner do") == {"nurs", "nurs practition"}


def test_two_occupations_are_both_found() -> None:
    assert trades_in("nurse or air traffic controller, who earns more") == {"nurs", "air traffic control"}


@pytest.mark.parametrize(
    "text",
    [
        "i am a nurse", "I'm a registered nurse", "i was a nurse", "as a former nurse", "ex nurse here",
        "I have been a nurse", "retired nurse", "my husband is a nurse", "my mom was a nurse",
        "moving over from nursing", "I quit as a nurse practitioner",
    ],
)  # fmt: skip
def test_an_occupation_that_somebody_says_they_have_is_left_out(text: str) -> None:
    assert trades_in(text) == set()


@pytest.mark.parametrize(
    "text", ["what is the current pay of a nurse", "how does it differ from a nurse", "should i leave to be a nurse"]
)
def test_an_occupation_that_is_asked_about_is_not_taken_for_ones_own(text: str) -> None:
    assert trades_in(text) == {"nurs"}


def test_what_somebody_has_does_not_hide_an_occupation_they_ask_about_later() -> None:
    assert trades_in("I am a nurse. How much more does an air traffic controller earn?") == {"air traffic control"}


def test_without_occupations_none_is_found(lexicon: Lexicon) -> None:
    assert lexicon.trades_in(lexicon.stems("what do nurses earn")) == set()
