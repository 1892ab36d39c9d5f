"""Mending words that nobody knows into the words of the phrasings."""

import pytest

from bot.knowledge.models import WordsFile
from bot.matching.corpus import Corpus
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


def test_of_two_words_that_are_as_near_the_one_that_begins_alike_is_meant() -> None:
    assert MENDER.mend("wwater") == "water"
    assert MENDER.mend("lwater") == "later"


def test_of_two_that_begin_alike_the_one_that_is_used_much_more_is_meant() -> None:
    language = {"barred", "barrel"}.__contains__
    assert Mender({"barred": 2, "barrel": 6}, language).mend("barrek") == "barrel"
    assert Mender({"barred": 2, "barrel": 5}, language).mend("barrek") == "barrek"


def test_two_words_typed_as_one_are_parted() -> None:
    assert MENDER.mend("trainingbread") == "training bread"


def test_of_several_partings_the_one_of_well_used_words_is_meant() -> None:
    words = {"how": 9, "long": 9, "ho": 1, "wlong": 1}
    assert Mender(words, words.__contains__).mend("howlong") == "how long"


def test_short_words_stay_as_they_are() -> None:
    assert MENDER.mend("pya") == "pya"


def test_one_wrong_letter_may_be_the_first_of_a_longer_word() -> None:
    assert MENDER.mend("vaker") == "baker"


def test_with_two_wrong_letters_or_few_in_all_a_word_begins_alike() -> None:
    assert MENDER.mend("nay") == "nay"
    assert MENDER.mend("fualifcations") == "fualifcations"


def test_a_word_with_an_accent_stays() -> None:
    assert MENDER.mend("trainíng baker") == "trainíng baker"


def test_words_of_the_words_file_are_known() -> None:
    lexicon = Lexicon(WordsFile(short_forms={"bakre": "bakery trainee"}))
    embedder = Embedder(small_encoder, VectorCache(None))
    assert Mender.over(Corpus.over(["baker"], lexicon), embedder, lexicon).mend("bakre") == "bakre"


def test_two_edits_are_mended_from_seven_letters_on() -> None:
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
