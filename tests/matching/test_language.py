"""The words of the language: how usual each is, and what is a form of one."""

import pytest

from bot.matching.language import Language, english

LANGUAGE = Language(["the", "work", "curator", "pay", "the"])


def test_a_word_has_its_place_among_all() -> None:
    assert [LANGUAGE.rank(word) for word in ("the", "curator", "pay", "baker")] == [1, 3, 4, None]


def test_a_words_share_falls_with_its_rank() -> None:
    assert LANGUAGE.share("the") == pytest.approx(2 * LANGUAGE.share("work"))


def test_a_word_that_the_language_has_not_has_no_share() -> None:
    assert LANGUAGE.share("baker") == 0


def test_all_shares_together_are_at_most_one() -> None:
    words = [f"{a}{b}{c}" for a in "abcdefghij" for b in "abcdefghij" for c in "abcdefghij"]
    large = Language(words)
    assert 0.9 < sum(map(large.share, words)) <= 1


def test_another_ending_makes_a_form() -> None:
    assert LANGUAGE.is_form("curators")
    assert LANGUAGE.is_form("worked")
    assert not LANGUAGE.is_form("curatix")


def test_a_form_of_a_short_stem_is_none() -> None:
    assert not LANGUAGE.is_form("pays")


def test_without_words_nothing_is_known() -> None:
    empty = Language([])
    assert (empty.rank("the"), empty.share("the"), empty.is_form("works")) == (None, 0, False)


def test_spelling_finds_near_words() -> None:
    assert LANGUAGE.spelling.within("curatpr", 1) == [("curator", 1)]


def test_english_knows_usual_words_and_rare_ones_but_no_typos() -> None:
    ranks = [english().rank(word) for word in ("the", "school", "overdraft", "recieve")]
    assert ranks[0] == 1
    assert ranks[1] is not None
    assert ranks[2] is not None
    assert ranks[1] < ranks[2]
    assert ranks[3] is None


def test_typos_are_meant_as_usual_words() -> None:
    assert english().spelling.within("shcool", 1) == [("school", 1)]
