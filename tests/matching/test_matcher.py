"""Ranking and judging messages."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.answer import Kind
from bot.matching.index import Indexed
from bot.matching.lexicon import Lexicon
from bot.matching.matcher import EXACT, OFFERED, RANKED, Matcher
from tests.matching.conftest import ENTRIES, WORDS

MATCHER = Matcher(ENTRIES, Lexicon(WORDS))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_every_wording_of_an_entry_finds_it_first_and_is_answered(entry: Indexed) -> None:
    for text in entry.texts:
        verdict = MATCHER.judge(f"  {text.upper()}!! ")
        assert (verdict.kind, verdict.ranked[0].id, verdict.shown) == (Kind.ANSWER, entry.id, 1)
        assert verdict.ranked[0].confidence == EXACT


def test_an_exact_wording_names_the_phrasing_it_met() -> None:
    assert MATCHER.rank("Baker pay?")[0].phrasing == "baker pay"


def test_of_two_entries_with_the_same_wording_the_first_is_found() -> None:
    twins = [Indexed("own", ("Opening hours?",)), Indexed("base", ("opening hours",))]
    assert Matcher(twins, Lexicon(WORDS)).rank("opening hours")[0].id == "own"


@pytest.mark.parametrize(
    ("text", "entry_id"),
    [
        ("whats the slary of bakers", "pay"),
        ("how long is the aprenticeship", "training"),
        ("i teach, can i move over", "switch"),
    ],
)
def test_other_words_and_typos_still_rank_the_right_entry_first(text: str, entry_id: str) -> None:
    assert MATCHER.rank(text)[0].id == entry_id


def test_ranked_entries_differ_and_come_best_first() -> None:
    ranked = MATCHER.rank("how much do bakers make at night")
    assert len({one.id for one in ranked}) == len(ranked) <= RANKED
    assert [one.confidence for one in ranked] == sorted((one.confidence for one in ranked), reverse=True)


def test_a_message_without_words_has_no_ranking_and_no_answer() -> None:
    assert MATCHER.rank("😭😭 ¿?!") == ()
    assert MATCHER.judge("😭😭 ¿?!").kind is Kind.NONE


def test_what_shares_no_word_with_any_entry_is_not_known() -> None:
    assert MATCHER.judge("zebras graze near volcanoes").kind is Kind.NONE


def test_a_social_message_is_no_question() -> None:
    assert MATCHER.judge("Thanks, that is great!!").kind is Kind.SOCIAL


def test_a_social_phrase_that_is_an_entrys_wording_is_answered() -> None:
    matcher = Matcher([Indexed("greeting", ("Hello",)), *ENTRIES], Lexicon(WORDS))
    assert matcher.judge("hello!").kind is Kind.ANSWER


def test_suggestions_are_two_to_five() -> None:
    many = [Indexed(f"e{n}", (f"pay of baker {letter}",)) for n, letter in enumerate(string.ascii_lowercase)]
    verdict = Matcher(many, Lexicon(WORDS)).judge("pay of baker")
    assert verdict.kind is Kind.SUGGESTIONS
    assert 2 <= verdict.shown <= OFFERED


def test_a_matcher_without_entries_knows_nothing() -> None:
    empty = Matcher([], Lexicon(WORDS))
    assert (empty.judge("baker pay").kind, empty.complete("pay", 5)) == (Kind.NONE, ())


def test_completion_follows_an_unfinished_word() -> None:
    assert MATCHER.complete("how long does it ta", 2)[0] == "training"
    assert MATCHER.complete("appren", 2)[0] == "training"


def test_completion_gives_at_most_what_was_asked_for() -> None:
    assert len(MATCHER.complete("baker", 2)) == 2


def test_the_same_message_gets_the_same_verdict_every_time() -> None:
    again = Matcher(ENTRIES, Lexicon(WORDS))
    assert MATCHER.judge("pay of teachers at night") == again.judge("pay of teachers at night")


@given(st.text(max_size=200))
def test_no_text_at_all_makes_it_fail(text: str) -> None:
    verdict = MATCHER.judge(text)
    assert 0 <= verdict.shown <= len(verdict.ranked)
    assert all(0 <= one.confidence <= 1 for one in verdict.ranked)
    MATCHER.complete(text, 5)
