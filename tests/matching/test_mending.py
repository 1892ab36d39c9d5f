"""Mending words that nobody knows into the words of the phrasings."""

import pytest

from bot.knowledge.models import WordsFile
from bot.matching.embedding import Embedder
from bot.matching.lexicon import Lexicon
from bot.matching.mending import Mender
from bot.matching.normalise import words_of
from bot.matching.vectors import VectorCache
from tests.matching.encoders import real_encoder, small_encoder

LANGUAGE = frozenset("baker barker bread pay night apprenticeship training trained water later qualifications".split())
TEXTS = [
    "Baker pay at night",
    "apprenticeship or training?",
    "later bread",
    "water",
    "qualifications",
    "a viennoiserie",
]
WORDS = [word for text in TEXTS for word in words_of(text)]
MENDER = Mender(WORDS, LANGUAGE.__contains__)


@pytest.mark.parametrize("typed", ["bakerr", "bajer", "bkaer", "BAKRE"])
def test_an_unknown_word_within_one_edit_of_one_known_word_becomes_that_word(typed: str) -> None:
    assert MENDER.mend(typed) == "baker"


def test_what_stands_around_a_mended_word_stays_as_it_is() -> None:
    assert MENDER.mend("  How MUCH do $5 Bakre, pay?!\n") == "  How MUCH do $5 baker, pay?!\n"


def test_a_text_without_unknown_words_stays_as_it_is() -> None:
    assert MENDER.mend("Baker pay at NIGHT: 3 o'clock 😭") == "Baker pay at NIGHT: 3 o'clock 😭"


def test_a_word_of_the_language_stays_even_one_letter_from_a_phrasings_word() -> None:
    assert MENDER.mend("barker") == "barker"


def test_a_word_of_the_phrasings_stays_however_rare_it_is() -> None:
    assert Mender(["bakr", "baker"], LANGUAGE.__contains__).mend("bakr") == "bakr"


def test_typos_are_not_mended_to_a_word_that_the_language_does_not_have() -> None:
    assert MENDER.mend("viennoiseri") == "viennoiseri"


def test_typos_are_not_mended_to_a_word_that_no_phrasing_has() -> None:
    assert MENDER.mend("traineed") == "traineed"


def test_between_two_words_that_are_as_near_nothing_is_chosen() -> None:
    assert MENDER.mend("wwater") == "water"
    assert MENDER.mend("lwater") == "lwater"  # "later" is as near


def test_short_words_stay_as_they_are() -> None:
    assert MENDER.mend("pya") == "pya"


def test_a_word_that_begins_otherwise_stays() -> None:
    assert MENDER.mend("aaker") == "aaker"


def test_a_word_with_an_accent_stays() -> None:
    assert MENDER.mend("trainíng baker") == "trainíng baker"


def test_words_of_the_words_file_are_known() -> None:
    lexicon = Lexicon(WordsFile(short_forms={"bakre": "bakery trainee"}))
    embedder = Embedder(small_encoder, VectorCache(None))
    assert Mender.over(["baker"], embedder, lexicon).mend("bakre") == "bakre"


def test_two_edits_are_mended_from_nine_letters_on() -> None:
    assert MENDER.mend("qualifcatons") == "qualifications"
    assert MENDER.mend("traning") == "training"
    assert MENDER.mend("tranng") == "tranng"


def test_the_nearer_word_wins_over_one_two_edits_away() -> None:
    near = Mender(["training", "draining"], {"training", "draining"}.__contains__)
    assert near.mend("trainingg") == "training"


def test_without_phrasings_nothing_is_mended() -> None:
    assert Mender([], LANGUAGE.__contains__).mend("bakr") == "bakr"


def test_the_real_encoder_tells_words_from_typos() -> None:
    mender = Mender("what does a librarian earn salary".split(), real_encoder().is_word)
    assert mender.mend("libarian salery in texas") == "librarian salary in texas"
