"""Which leads of an entry a message names."""

import pytest

from bot.knowledge.models import Entry, Lead, WordsFile
from bot.matching.embedding import Embedder
from bot.matching.index import Indexed
from bot.matching.leads import Naming
from bot.matching.lexicon import Lexicon
from bot.matching.matcher import Matcher
from bot.matching.vectors import VectorCache
from tests.matching.conftest import ENTRIES, WORDS
from tests.matching.encoders import real_encoder

LEADS = [
    Lead(when=["apprentice"], text="An apprentice: $20k."),
    Lead(when=["master baker", "united kingdom"], text="A master: $50k."),
    Lead(when=["baker"], text="A baker: $30k."),
    Lead(when=["night shift", "us"], text="At night: $5 more."),
]
PAY = Entry(id="pay", question="What do master bakers earn?", answer="It depends.", leads=LEADS)
LEXICON = Lexicon(WordsFile(**{**WORDS.model_dump(), "short_forms": {"uk": "united kingdom", "us": "united states"},
                               "fillers": [*WORDS.fillers, "us"], "protected": ["backer"]}))  # fmt: skip
MATCHER = Matcher((*ENTRIES, Indexed("levels", ("apprentice, baker or master",))), LEXICON)


def named(text: str, matcher: Matcher = MATCHER) -> tuple[int, ...]:
    return Naming(text, matcher).leads_of(PAY)


def test_a_message_that_holds_no_phrase_names_no_lead() -> None:
    assert named("and the pay?") == ()


def test_a_message_names_the_lead_whose_phrase_it_holds() -> None:
    assert named("what does an apprentice make") == (0,)


@pytest.mark.parametrize("text", ["APPRENTICES!", "the apprentice's pay", "night-shifts, and the apprentices"])
def test_case_points_and_endings_do_not_matter(text: str) -> None:
    assert 0 in named(text)


def test_all_leads_that_are_named_come_in_the_order_of_the_entry() -> None:
    assert named("the night shift or an apprentice") == (0, 3)


def test_a_lead_that_is_named_twice_comes_once() -> None:
    assert named("apprentice or no apprentice") == (0,)


def test_the_words_of_a_phrase_must_follow_each_other() -> None:
    assert named("a shift at night") == ()


def test_a_phrase_that_is_only_met_within_a_longer_one_counts_for_nothing() -> None:
    assert named("pay of a master baker") == (1,)
    assert named("pay of a master baker and of a baker") == (1, 2)


def test_a_short_form_is_what_it_stands_for() -> None:
    assert named("pay in the UK") == (1,)


def test_a_short_form_that_is_a_filler_too_is_only_itself() -> None:
    assert named("tell us") == (3,)
    assert Naming("tell us", MATCHER).leads_of(
        PAY.model_copy(update={"leads": [Lead(when=["united states"], text="x")]})
    ) == ()  # fmt: skip


def test_a_typo_is_forgiven_where_the_matcher_forgives_it() -> None:
    assert named("the pay of an aprentice") == (0,)


def test_a_word_that_the_matcher_knows_or_guards_is_no_typo() -> None:
    assert named("does baking pay") == named("is a backer paid") == ()


def test_a_synonym_does_not_name_a_lead() -> None:
    entry = PAY.model_copy(update={"leads": [Lead(when=["salary"], text="x")]})
    assert Naming("the wage of an apprentice", MATCHER).leads_of(entry) == ()


def test_the_entrys_own_question_names_none() -> None:
    assert named("what do MASTER bakers earn") == ()


def test_a_phrase_without_words_is_never_named() -> None:
    entry = PAY.model_copy(update={"leads": [Lead(when=["?!"], text="x")]})
    assert Naming("pay?!", MATCHER).leads_of(entry) == ()


def test_an_empty_index_still_reads_what_is_named() -> None:
    assert named("an apprentice", Matcher([], LEXICON)) == (0,)


def test_with_the_encoder_a_typo_is_forgiven_and_a_word_of_the_language_is_none() -> None:
    encoder = real_encoder()
    entries = [Indexed("levels", ("apprentice, director or baker",))]
    matcher = Matcher(entries, LEXICON, embedder=Embedder(lambda: encoder, VectorCache(None)))
    entry = PAY.model_copy(update={"leads": [Lead(when=["director"], text="x")]})
    assert named("the pay of an aprentice", matcher) == (0,)
    assert Naming("the directory", matcher).leads_of(entry) == ()
