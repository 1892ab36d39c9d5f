"""Members' words and long texts on their way to Discord."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.front.text import quoted, shorten


@given(st.text(max_size=300), st.integers(min_value=5, max_value=120))
def test_a_shortened_text_keeps_its_limit(text: str, limit: int) -> None:
    assert len(shorten(text, limit)) <= limit


def test_a_short_text_stays_whole() -> None:
    assert shorten("How long?", 9) == "How long?"


def test_a_long_text_is_cut_after_a_word() -> None:
    assert shorten("one two three four", 16) == "one two three…"


def test_a_long_word_is_cut_inside() -> None:
    assert shorten("a" * 30, 10) == "a" * 9 + "…"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("how much\n\n  is it", "how much is it"),
        ("**bold** _it_ `code` ~~no~~ ||spoiler||", r"\*\*bold\*\* \_it\_ \`code\` \~\~no\~\~ \|\|spoiler\|\|"),
        ("<@123> <#4> </ask:5> <:x:6>", r"\<@123> \<#4> \</ask:5> \<:x:6>"),
        ("@everyone", "@\u200beveryone"),
        ("pa\u200by \u202eevil\u202c", "pay evil"),
        ("p\u0337a\u0336y\u0335", "pay"),
        ("café", "café"),
        ("\u200b\u202e", ""),
    ],
)
def test_a_members_words_are_only_text(words: str, text: str) -> None:
    assert quoted(words) == text


def test_a_link_cannot_hide_behind_words() -> None:
    assert quoted("[click](https://evil.example)").startswith("\\[")


def test_a_members_words_are_cut_before_they_are_escaped() -> None:
    assert quoted("*" * 2_000) == "\\*" * 149 + "…"
