"""Messages that an entry is only mistaken for."""

from dataclasses import replace

import numpy as np
import pytest

from bot.matching.answer import Kind
from bot.matching.confidence import shipped_confidence
from bot.matching.dialogue import Before
from bot.matching.embedding import Embedder
from bot.matching.features import feature_names
from bot.matching.index import Indexed
from bot.matching.lexicon import Lexicon
from bot.matching.lookalikes import LEFT, Lookalikes
from bot.matching.matcher import EXACT, Matcher
from bot.matching.vectors import VectorCache
from tests.matching.conftest import ENTRIES, WORDS
from tests.matching.encoders import real_encoder, small_encoder

LOOKALIKE = "how much do footballers make"
GUARDED = (replace(ENTRIES[0], lookalikes=(LOOKALIKE, "pay a baker by card")), *ENTRIES[1:])
SMALL = Embedder(small_encoder, VectorCache(None))
LEXICON = Lexicon(WORDS)


def alike(text: str, *entries: Indexed) -> list[bool]:
    found = Lookalikes.over(entries, LEXICON, None, str)
    return [bool(one) for one in found.among(np.arange(len(entries)), text, None)]


@pytest.mark.parametrize("embedder", [None, SMALL], ids=["words", "meaning"])
def test_a_lookalike_leaves_its_entry_little_confidence(embedder: Embedder | None) -> None:
    found = {one.id: one for one in Matcher(GUARDED, LEXICON, embedder=embedder).rank(LOOKALIKE.upper() + "?!")}
    assert found["pay"].alike
    assert found["pay"].confidence <= LEFT


def test_other_entries_keep_their_confidence_for_a_lookalike() -> None:
    found = {one.id: one for one in Matcher(GUARDED, LEXICON).rank(LOOKALIKE)}
    before = {one.id: one for one in Matcher(ENTRIES, LEXICON).rank(LOOKALIKE)}
    assert [found[one.id] for one in ENTRIES[1:]] == [before[one.id] for one in ENTRIES[1:]]


def test_a_message_nearer_to_a_lookalike_than_to_any_phrasing_is_alike() -> None:
    assert Matcher(ENTRIES, LEXICON).judge("how much does a footballer make").kind is Kind.ANSWER
    assert Matcher(GUARDED, LEXICON).judge("how much does a footballer make").kind is Kind.NONE


def test_a_message_nearer_to_a_phrasing_is_answered_as_before() -> None:
    asked = "how much do most bakers make"
    assert Matcher(GUARDED, LEXICON).judge(asked) == Matcher(ENTRIES, LEXICON).judge(asked)


@pytest.mark.parametrize("text", ENTRIES[0].texts)
def test_each_phrasing_still_finds_its_entry(text: str) -> None:
    first = Matcher(GUARDED, LEXICON).rank(text)[0]
    assert (first.id, first.confidence, first.alike) == ("pay", EXACT, False)


def test_only_entries_with_lookalikes_are_looked_at() -> None:
    one, other = Indexed("one", ("baker pay",), ("baker play",)), Indexed("other", ("baker pay",))
    assert alike("baker play", other, one, other) == [False, True, False]


def test_word_for_word_counts_even_when_a_phrasing_is_as_near() -> None:
    assert alike("pays of bakers", Indexed("one", ("pay of baker",), ("pays of bakers",))) == [True]


def test_what_is_as_near_to_a_phrasing_is_not_alike() -> None:
    entry = Indexed("one", ("pay of a baker",), ("pay of a nurse",))
    assert alike("pay of a nurse or a baker", entry) == [False]
    assert alike("pay of nurses", entry) == [True]


def test_what_is_like_neither_is_not_alike() -> None:
    assert alike("zebra", Indexed("one", ("baker pay",), ("baker play",))) == [False]


def test_without_lookalikes_nothing_is_alike() -> None:
    assert alike("baker pay", *ENTRIES) == [False] * len(ENTRIES)


def test_a_typo_that_is_mended_in_a_message_is_mended_in_a_lookalike_too() -> None:
    entry = Indexed("one", ("baker pay",), ("bakre",))
    found = Lookalikes.over([entry], LEXICON, None, lambda text: text.replace("bakre", "baker"))
    assert found.exact == {(0, "baker")}


def test_a_lookalike_stays_one_after_a_question_before_it() -> None:
    before = Before("What is the salary of a baker?", "pay")
    found = Matcher(GUARDED, LEXICON).judge(f"and {LOOKALIKE}?", before)
    assert all(one.alike for one in found.ranked if one.id == "pay")


@pytest.mark.parametrize("meaning", [False, True])
@pytest.mark.parametrize("outside", [False, True])
def test_what_is_left_of_a_confidence_is_too_little_to_be_offered(*, meaning: bool, outside: bool) -> None:
    cutoffs = shipped_confidence(feature_names(meaning=meaning, outside=outside)).cutoffs
    assert cutoffs.offer > LEFT


def test_with_the_encoder_a_message_is_alike_by_its_meaning() -> None:
    encoder = real_encoder()
    embedder = Embedder(lambda: encoder, VectorCache(None))
    found = Matcher(GUARDED, LEXICON, embedder=embedder).rank("what are soccer players paid")
    assert {one.id for one in found if one.alike} == {"pay"}
    assert not any(one.alike for one in Matcher(GUARDED, LEXICON, embedder=embedder).rank("what are pastry cooks paid"))


def test_all_texts_that_vectors_are_needed_for_are_told() -> None:
    assert set(Matcher(GUARDED, LEXICON).texts) == {
        *(text for entry in ENTRIES for text in entry.texts),
        LOOKALIKE,
        "pay a baker by card",
        "A baker takes home 30,000 a year",
        "Nights pay more",
    }
