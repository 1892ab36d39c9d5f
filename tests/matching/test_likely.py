"""How likely words are, by the phrasings and by the language."""

import pytest

from bot.knowledge.models import WordsFile
from bot.matching.corpus import Corpus
from bot.matching.language import MEANT, Language
from bot.matching.lexicon import Lexicon
from bot.matching.likely import KNOWN, PAIRS, UNKNOWN, Likely

LEXICON = Lexicon(WordsFile())
TEXTS = ["how long does baking take", "how long is the training", "pay at night", "viennoiserie"]
LANGUAGE = Language(["the", "how", "long", "pay", "night", "barker"])


def likely(texts: list[str] | None = None, language: Language = LANGUAGE) -> Likely:
    return Likely(Corpus.over(TEXTS if texts is None else texts, LEXICON), lambda: language)


def test_words_of_the_phrasings_cost_less_than_those_of_the_language_alone() -> None:
    assert likely().cost("night") < likely().cost("barker") < likely().cost("viennoiseries")


def test_what_nobody_knows_costs_most() -> None:
    assert likely().cost("zzz") == UNKNOWN


def test_a_word_costs_less_after_the_word_that_it_often_follows() -> None:
    assert likely().cost("long", "how") < likely().cost("long", "pay") == likely().cost("long")


def test_phrasings_are_not_read_on_into_the_next() -> None:
    assert likely().cost("how", "take") == likely().cost("how")


def test_a_pair_counts_by_its_share_of_what_follows() -> None:
    assert PAIRS > 0
    always = likely(["how long", "how long"]).cost("long", "how")
    half = likely(["how long", "how come"]).cost("long", "how")
    assert always < half


def test_words_of_the_phrasings_are_meant_however_rare() -> None:
    assert likely().is_meant("viennoiserie")


def test_usual_words_and_their_forms_are_meant() -> None:
    assert likely().is_meant("night")
    assert likely().is_meant("barkers")
    assert not likely().is_meant("bakrer")


def test_a_rare_word_of_the_language_is_meant_unless_it_is_short() -> None:
    words = [f"w{number}" for number in range(KNOWN)]
    assert [likely(language=Language([*words, word])).is_meant(word) for word in ("vegan", "wo")] == [True, False]


def test_what_else_is_known_to_be_a_word_is_meant_unless_it_is_short() -> None:
    known = Likely(Corpus.over([], LEXICON), lambda: LANGUAGE, {"wifi", "ib"}.__contains__)
    assert [known.is_meant(word) for word in ("wifi", "ib", "wfii")] == [True, False, False]


def test_the_language_is_asked_only_about_words_that_are_not_known_otherwise() -> None:
    asked: list[str] = []

    def language() -> Language:
        asked.append("once")
        return LANGUAGE

    made = Likely(Corpus.over(TEXTS, LEXICON), language, {"wifi"}.__contains__)
    assert (made.is_meant("training"), made.is_meant("wifi"), asked) == (True, True, [])
    assert (made.is_meant("barker"), made.is_meant("nitgh"), asked) == (True, False, ["once"])


@pytest.mark.parametrize(("word", "is_one"), [("a", True), ("i", True), ("s", False), ("night", True), ("nite", False)])
def test_a_typo_can_be_meant_as_a_known_word(word: str, *, is_one: bool) -> None:
    language = Language(["a", "i", "s", "night"])
    assert likely(language=language).is_target(word) is is_one


def test_near_words_are_those_of_the_phrasings_and_of_the_language() -> None:
    assert sorted(likely().near("bakong", 2)) == [("baking", 1)]
    assert ("barker", 1) in likely().near("barke", 1)


def test_a_rare_word_of_the_language_that_the_phrasings_have_is_near() -> None:
    words = [f"word{number}" for number in range(MEANT)]
    assert ("training", 1) in likely(language=Language([*words, "training"])).near("trainign", 1)


def test_a_rare_short_word_is_no_target() -> None:
    words = [f"word{number}" for number in range(1_000)]
    assert likely(language=Language([*words, "mp"])).near("pmp", 1) == []
    assert likely(language=Language(["mp", *words])).near("pmp", 1) == [("mp", 1)]


def test_without_phrasings_the_language_is_known() -> None:
    empty = likely([])
    assert empty.is_meant("night")
    assert empty.cost("night") < UNKNOWN
