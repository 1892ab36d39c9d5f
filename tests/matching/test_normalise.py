"""Bringing text down to plain words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.normalise import LENGTH_LIMIT, plain, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("How LONG does it take?!", "how long does it take"),
        ("café résumé naïve", "cafe resume naive"),
        ("what’s the pay", "what is the pay"),
        ("I can't, won't and don't", "i can not will not and do not"),
        ("they'd go, we've been", "they would go we have been"),
        ("a librarian's day", "a librarian day"),
        ("pay 💰💰 please 🙏🏽", "pay please"),
        ("рау", "pay"),
        ("ｐａｙ 𝐩𝐚𝐲 ⓟⓐⓨ", "pay pay pay"),
        ("p\u200ba\u202ey", "pay"),
        ("p̷a̶y̵", "pay"),
        ("sooooo good", "soo good"),
        ("C++ and C# or 20k", "c++ and c# or 20k"),
        ("K-12 Q&A", "k 12 q&a"),
        ("straße ﬁnd", "strasse find"),
        ("¿?!…", ""),
        ("", ""),
        ("'''", ""),
    ],
)
def test_text_becomes_plain_words(text: str, words: str) -> None:
    assert plain(text) == words


def test_what_lies_beyond_the_longest_message_is_not_looked_at() -> None:
    assert words_of("a " * LENGTH_LIMIT + "end")[-1] == "a"


@given(st.text(max_size=300))
def test_any_text_at_all_becomes_words_of_plain_letters(text: str) -> None:
    assert all(word and word.isascii() and word == word.lower() and " " not in word for word in words_of(text))


def test_endings_upon_endings_are_all_written_out() -> None:
    assert words_of("a's'm b'c's") == ["a", "am", "b", "c"]


def test_an_ending_by_itself_leaves_no_empty_word() -> None:
    assert words_of("N'T") == ["not"]


@given(st.text(max_size=300))
def test_plain_text_stays_as_it_is(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
