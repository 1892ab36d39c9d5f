"""Words cut into pieces as the encoder's published tokenizer cuts them."""

import pytest

from bot.matching.wordpiece import WORD_LIMIT, WordPieces
from tests.matching.encoders import PIECES

WORDS = WordPieces(PIECES)


def pieces(text: str, most: int = 128) -> str:
    """The pieces between the marks."""
    first, *found, last = (PIECES[number] for number in WORDS.numbers(text, most))
    assert (first, last) == ("[CLS]", "[SEP]")
    return " ".join(found)


def test_a_known_word_is_one_piece() -> None:
    assert pieces("pay") == "pay"


def test_another_word_falls_into_the_longest_pieces() -> None:
    assert pieces("bakers") == "bake ##rs"


@pytest.mark.parametrize("word", ["bakery", "zebra", "é" * 3, "🙂"])
def test_a_word_that_no_pieces_make_up_is_unknown_as_a_whole(word: str) -> None:
    assert pieces(f"pay {word} pay") == "pay [UNK] pay"


def test_an_overlong_word_is_unknown() -> None:
    assert pieces("bake" + "r" * (WORD_LIMIT - 4)) == "bake" + " ##r" * (WORD_LIMIT - 4)
    assert pieces("bake" + "r" * (WORD_LIMIT - 3)) == "[UNK]"


@pytest.mark.parametrize("text", ["Pay the BAKER?", "páy  thé\tbàker ?", "pay\u200b the\nba\u00adker?"])
def test_case_accents_spaces_and_hidden_characters_do_not_matter(text: str) -> None:
    assert pieces(text) == "pay the bake ##r ?"


def test_each_punctuation_mark_stands_for_itself() -> None:
    assert pieces("do...?") == "do . . . ?"


def test_each_chinese_character_stands_for_itself() -> None:
    assert pieces("日本") == "[UNK] [UNK]"


def test_special_tokens_are_plain_text() -> None:
    assert pieces("[SEP]") == "[UNK] [UNK] [UNK]"


@pytest.mark.parametrize("text", ["", " ", "\u200b"])
def test_a_text_without_words_is_the_marks_alone(text: str) -> None:
    assert pieces(text) == ""


def test_a_long_text_ends_at_the_limit() -> None:
    assert pieces("pay " * 100, most=5) == "pay pay pay"


def test_only_a_word_in_one_piece_is_whole() -> None:
    assert (WORDS.is_whole("pay"), WORDS.is_whole("baker")) == (True, False)
