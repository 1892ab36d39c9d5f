"""Each method that Waymark is measured beside finds what it is asked for."""

from collections.abc import Callable, Sequence

import pytest
from rapidfuzz import fuzz

from benchmarks.peers import Bm25s, Fts5, Letters, Meanings, Method, MiniLm, Ours, RapidFuzz
from bot.knowledge.models import WordsFile
from bot.matching.index import Indexed
from bot.matching.lexicon import Lexicon
from bot.matching.matcher import Matcher
from tests.matching.encoders import real_encoder

Maker = Callable[[Sequence[Indexed]], Method]

BAKERY = (
    Indexed("pay", ("How much does a baker earn?", "wages in a bakery")),
    Indexed("nights", ("Do bakers work at night?", "when the working day of a baker begins")),
    Indexed("sourdough", ("How do I feed a sourdough starter?", "keeping the sourdough alive")),
    Indexed("ovens", ("Which oven is best for bread?", "steam ovens and stone ovens")),
)


def bm25s(entries: Sequence[Indexed]) -> Method:
    pytest.importorskip("bm25s")
    return Bm25s(entries)


def nearest(entries: Sequence[Indexed]) -> Method:
    return MiniLm(entries, Meanings(real_encoder()))


def mean(entries: Sequence[Indexed]) -> Method:
    return MiniLm(entries, Meanings(real_encoder()), of_mean=True)


def ours(entries: Sequence[Indexed]) -> Method:
    return Ours("Waymark", Matcher(entries, Lexicon(WordsFile())))


def w_ratio(entries: Sequence[Indexed]) -> Method:
    return RapidFuzz(entries, fuzz.WRatio)


def token_set_ratio(entries: Sequence[Indexed]) -> Method:
    return RapidFuzz(entries, fuzz.token_set_ratio)


BY_WORDS = (ours, token_set_ratio, w_ratio, bm25s, Letters, Fts5)
ALL = (*BY_WORDS, nearest, mean)


@pytest.mark.parametrize("maker", ALL)
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("how much does a baker earn in a bakery", "pay"),
        ("feed my sourdough starter", "sourdough"),
        ("which stone oven is best for bread", "ovens"),
    ],
)
def test_the_right_entry_comes_first(maker: Maker, text: str, wanted: str) -> None:
    assert maker(BAKERY).ask(text).id == wanted


@pytest.mark.parametrize("maker", ALL)
def test_several_questions_are_answered_in_order(maker: Maker) -> None:
    found = maker(BAKERY).ask_all(["the best oven for bread", "feed a sourdough starter"])
    assert [one.id for one in found] == ["ovens", "sourdough"]


@pytest.mark.parametrize("maker", ALL)
def test_the_wording_of_an_entry_scores_higher_than_less_of_it(maker: Maker) -> None:
    method = maker(BAKERY)
    assert method.ask("How do I feed a sourdough starter?").score > method.ask("xylophones for a sourdough").score


@pytest.mark.parametrize("maker", [bm25s, Letters, Fts5])
def test_where_no_word_is_known_nothing_is_found(maker: Maker) -> None:
    found = maker(BAKERY).ask("zzzz")
    assert (found.id, found.score) == (None, 0.0)


@pytest.mark.parametrize("text", ['"', "what's AND or NEAR(", "?!"])
def test_a_question_cannot_break_the_language_of_full_text_search(text: str) -> None:
    assert Fts5(BAKERY).ask(text).score >= 0


def test_letters_are_weighed_as_a_vectoriser_would() -> None:
    # What scikit-learn 1.9.1 says: TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5)), cosine with the nearest.
    found = Letters(BAKERY).ask("how do bakers ern")
    assert found.id == "nights"
    assert found.score == pytest.approx(0.4796957)


def test_red_answers_from_a_score_over_60_on() -> None:
    method = RapidFuzz(BAKERY, fuzz.WRatio)
    assert method.ask("How much does a baker earn?").answered
    assert not method.ask("xyz").answered


def test_methods_without_a_usual_cutoff_say_so() -> None:
    assert Letters(BAKERY).ask("oven").answered is None
