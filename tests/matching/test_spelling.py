"""Near words, judged by trying every word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import DamerauLevenshtein

from bot.matching.spelling import Spelling

# "p" and "0", "q" and "1" look alike to the sieve before the count.
word = st.text("abcdpq01+", max_size=8)
real = st.sampled_from("baker barker bakers bread break bakery brake paker ab ba apprenticeship aprenticeship".split())
words = st.lists(st.one_of(word, real), max_size=12)


def within_one_by_one(known: list[str], asked: str, edits: int) -> list[tuple[str, int]]:
    if not asked:
        return []
    tried = [(one, DamerauLevenshtein.distance(asked, one)) for one in known if one]
    return sorted((found for found in tried if found[1] <= edits), key=lambda found: found[1])


@given(words, st.one_of(word, real), st.integers(0, 3))
def test_the_near_words_are_those_found_by_trying_each(known: list[str], asked: str, edits: int) -> None:
    assert Spelling(known).within(asked, edits) == within_one_by_one(known, asked, edits)


@given(words, real, st.lists(st.tuples(st.integers(0, 20), st.sampled_from("abkr")), max_size=2))
def test_a_word_changed_by_so_many_letters_is_never_missed(
    known: list[str], meant: str, changes: list[tuple[int, str]]
) -> None:
    typed = meant
    for at, letter in changes:
        typed = typed[:at] + letter + typed[at + 1 :]
    assert meant in [found for found, _ in Spelling([*known, meant]).within(typed, len(changes))]


@pytest.mark.parametrize("typed", ["bakerr", "bakr", "bajer", "bkaer"])
def test_a_letter_added_left_out_wrong_or_swapped_is_one_edit(typed: str) -> None:
    assert Spelling(["night", "baker"]).within(typed, 1) == [("baker", 1)]


def test_the_word_itself_is_no_edit_away_and_comes_first() -> None:
    assert Spelling(["barker", "baker"]).within("baker", 1) == [("baker", 0), ("barker", 1)]


def test_words_as_near_keep_their_order() -> None:
    assert [found for found, _ in Spelling(["water", "later"]).within("lwater", 1)] == ["water", "later"]


def test_a_word_further_away_is_left_out() -> None:
    assert Spelling(["baker"]).within("bkr", 1) == []


@pytest.mark.parametrize("known", [[], [""], ["", "pay"]])
def test_nothing_is_near_no_word_and_no_word_is_near_nothing(known: list[str]) -> None:
    assert Spelling(known).within("", 2) == []
    assert Spelling(known).within("baker", 2) == []
