"""Unknown words read as the known ones they were most likely meant to be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.models import WordsFile
from bot.matching.corpus import Corpus
from bot.matching.embedding import Embedder
from bot.matching.language import Language, english
from bot.matching.lexicon import Lexicon
from bot.matching.likely import Likely
from bot.matching.mending import Mender
from bot.matching.vectors import VectorCache
from tests.matching.encoders import real_encoder, small_encoder

LEXICON = Lexicon(WordsFile())
#: The most used first.
WORDS = (
    "the a i do how to is it what need long pay at or night day water later work school training bread baker barker "
    "apprenticeship qualifications librarian trained"
).split()
TEXTS = [
    "how long is the apprenticeship or training?",
    "what is the pay of a baker at night",
    "do i need qualifications",
    "later bread",
    "water",
    "school librarian",
    "a viennoiserie",
]


def mender(texts: list[str] = TEXTS, words: list[str] = WORDS) -> Mender:
    language = Language(words)
    return Mender(Likely(Corpus.over(texts, LEXICON), lambda: language), {"mls"})


MENDER = mender()


@pytest.mark.parametrize("typed", ["bakerr", "bajer", "bkaer", "BAKRE", "abker"])
def test_an_unknown_word_a_slip_away_from_a_known_one_is_read_as_that(typed: str) -> None:
    assert MENDER.mend(typed) == "baker"


def test_what_stands_around_a_mended_word_stays_as_it_is() -> None:
    assert MENDER.mend("  How MUCH do $5 Bakre, pay?!\n") == "  How MUCH do $5 baker, pay?!\n"


def test_a_text_of_known_words_stays_as_it_is() -> None:
    assert MENDER.mend("Baker pay at NIGHT: 3 o'clock 😭") == "Baker pay at NIGHT: 3 o'clock 😭"


def test_a_word_of_the_language_stays_even_one_letter_from_a_phrasings_word() -> None:
    assert MENDER.mend("barker") == "barker"


def test_a_word_of_the_phrasings_stays_however_rare_it_is() -> None:
    assert mender(["bakr", "baker"]).mend("bakr") == "bakr"


def test_a_word_that_is_to_be_kept_stays() -> None:
    assert MENDER.mend("mls") == "mls"


def test_a_form_of_a_known_word_stays() -> None:
    assert MENDER.mend("the librarians") == "the librarians"


def test_a_community_s_own_word_is_what_a_typo_is_meant_as() -> None:
    assert MENDER.mend("viennoiseri") == "viennoiserie"


def test_a_typo_may_be_meant_as_a_word_of_the_language_alone() -> None:
    assert MENDER.mend("traimed") == "trained"


def test_of_two_words_that_are_as_near_the_one_that_begins_alike_is_meant() -> None:
    assert MENDER.mend("wwater") == "water"
    assert MENDER.mend("lwater") == "later"


def test_of_two_that_begin_alike_the_one_that_is_used_more_is_meant() -> None:
    texts = ["barred", *["barrel"] * 6]
    assert mender(texts, ["barred", "barrel"]).mend("barrek") == "barrel"


def test_the_word_before_tells_which_is_meant() -> None:
    texts = ["school bank", "river tank", "tank", "tank"]
    words = ["school", "river", "bank", "tank"]
    assert mender(texts, words).mend("school xank") == "school bank"
    assert mender(texts, words).mend("river xank") == "river tank"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("trainingbread", "training bread"),
        ("howlong is it", "how long is it"),
        ("schoollibarian", "school librarian"),
        ("doi need", "do i need"),
    ],
)
def test_two_words_typed_as_one_are_parted(typed: str, meant: str) -> None:
    assert MENDER.mend(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("schoo llibrarian", "school librarian"),
        ("schooll ibrarian", "school librarian"),
        ("appren ticeship", "apprenticeship"),
        ("ho wlong", "how long"),
    ],
)
def test_a_space_in_the_wrong_place_is_put_right(typed: str, meant: str) -> None:
    assert MENDER.mend(typed) == meant


def test_words_that_more_than_a_space_parts_are_not_joined() -> None:
    for typed in ("schoo; llibrarian", "schoo\nllibrarian", "appren-ticeship"):
        assert "schoollib" not in MENDER.mend(typed)
        assert "\n" in MENDER.mend(typed) or ";" in MENDER.mend(typed) or "-" in MENDER.mend(typed)


def test_longer_words_may_have_more_slips() -> None:
    assert MENDER.mend("apprentiechip") == "apprenticeship"
    assert MENDER.mend("quailifcatons") == "qualifications"
    assert MENDER.mend("bkxr") == "bkxr"


def test_a_short_word_in_capitals_is_an_abbreviation() -> None:
    assert MENDER.mend("how LNOG") == "how LNOG"
    assert MENDER.mend("how lnog") == "how long"


def test_in_a_message_of_capitals_they_say_nothing() -> None:
    assert MENDER.mend("HOW LNOG IS THE PAY") == "HOW long IS THE PAY"


@pytest.mark.parametrize("text", ["trainíng", "don't", "o\u2019clok", "3rd", "k12", "naïv"])
def test_words_with_accents_apostrophes_or_digits_stay(text: str) -> None:
    assert MENDER.mend(text) == text


def test_without_phrasings_and_language_nothing_is_mended() -> None:
    assert mender([], []).mend("bakr howlong") == "bakr howlong"


def test_a_rare_word_of_the_language_stays() -> None:
    words = [*WORDS, *(f"word{number}" for number in range(40_000)), "vegan"]
    assert mender(["las vegas", *TEXTS], words).mend("vegan bread") == "vegan bread"


@given(st.text(alphabet="abhklorestw '\n3é", max_size=60))
def test_any_text_is_mended_to_words_in_the_same_order_of_lines(text: str) -> None:
    mended = MENDER.mend(text)
    assert mended.count("\n") == text.count("\n")
    assert MENDER.mend(mended).split() or not mended.split()


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12))
def test_what_is_known_is_never_changed(words: list[str]) -> None:
    text = " ".join(words)
    assert MENDER.mend(text) == text


def test_a_mender_over_an_index_knows_its_words_and_those_of_the_encoder() -> None:
    embedder = Embedder(small_encoder, VectorCache(None))
    made = Mender.over(Corpus.over(["baker", "librarian"], LEXICON), embedder, {"bakre"})
    assert made.mend("libarian nihgt bakre") == "librarian night bakre"
    assert made.mend("vegan hummus") == "vegan hummus"


def test_english_and_the_real_encoder_tell_words_from_typos() -> None:
    corpus = Corpus.over(["what does a librarian earn", "salary"], LEXICON)
    made = Mender(Likely(corpus, english, real_encoder().is_word))
    assert made.mend("libarian salery in texas") == "librarian salary in texas"
    assert made.mend("waht is tihs") == "what is this"
    assert made.mend("a vegan bootcamp, priciest headphones") == "a vegan bootcamp, priciest headphones"
