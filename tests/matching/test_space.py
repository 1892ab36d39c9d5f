"""What is computed once about a set of entries, judged by counting text by text."""

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.models import WordsFile
from bot.matching.asking import KINDS, kind_of
from bot.matching.embedding import Embedder
from bot.matching.index import Indexed
from bot.matching.lexicon import Lexicon
from bot.matching.space import Space
from bot.matching.vectors import VectorCache
from tests.matching.conftest import ENTRIES
from tests.matching.encoders import small_encoder
from tests.matching.made_up import LEXICON, entry_lists, texts, texts_of

OUTSIDE = ("do you like the night", "what a day")
asked = st.sampled_from(["how much pay", "where is night", "can i", "why", "how long is night", "pay"])
asking_entries = st.lists(st.lists(asked, min_size=1, max_size=4), min_size=1, max_size=4).map(
    lambda every: tuple(Indexed(f"e{at}", tuple(found)) for at, found in enumerate(every))
)


def traders_of(space: Space) -> dict[str, list[int]]:
    return {trade: space.traders[number].tolist() for number, trade in enumerate(space.trades)}


def test_out_of_scope_messages_are_the_phrasings_of_one_more_entry() -> None:
    space = Space.over(ENTRIES, LEXICON, OUTSIDE)
    assert (space.entries, space.outside, len(space.index.starts) - 1) == (len(ENTRIES), True, len(ENTRIES) + 1)
    assert space.texts == (*texts_of(ENTRIES), *OUTSIDE)


def test_without_out_of_scope_messages_there_is_no_other_entry() -> None:
    space = Space.over(ENTRIES, LEXICON)
    assert (space.entries, space.outside, len(space.index.starts) - 1) == (len(ENTRIES), False, len(ENTRIES))


def test_without_an_encoder_there_is_no_meaning() -> None:
    assert Space.over(ENTRIES, LEXICON).meaning is None


def test_with_an_encoder_every_text_has_its_meaning() -> None:
    embedder = Embedder(small_encoder, VectorCache(None))
    space = Space.over(ENTRIES, LEXICON, OUTSIDE, embedder)
    assert space.meaning is not None
    assert space.meaning.vectors.tolist() == embedder.phrasings(space.texts).tolist()


def test_with_an_encoder_every_sentence_of_the_answers_has_its_meaning() -> None:
    embedder = Embedder(small_encoder, VectorCache(None))
    entries = [
        Indexed("pay", ("baker pay",), answer="A wage. A salary."),
        Indexed("night", ("night",), answer="Never."),
    ]
    space = Space.over(entries, LEXICON, OUTSIDE, embedder)
    assert space.meaning_of_answers is not None
    assert space.meaning_of_answers.vectors.tolist() == embedder.phrasings(["A wage", "A salary", "Never"]).tolist()
    assert space.meaning_of_answers.starts.tolist() == [0, 2, 3]


@given(asking_entries)
def test_kinds_tell_how_much_oftener_an_entry_is_asked_so_than_all_are(entries: tuple[Indexed, ...]) -> None:
    every = [kind_of(text) for text in texts_of(entries)]
    usual = [(every.count(kind) + 1) / (len(every) + KINDS) for kind in range(KINDS)]
    found = Space.over(entries, LEXICON).kinds
    for entry, row in zip(entries, found, strict=True):
        kinds = [kind_of(text) for text in entry.texts]
        shares = [(kinds.count(kind) + 2 * usual[kind]) / (len(kinds) + 2) for kind in range(KINDS)]
        assert row[0] == 0
        assert row[1:] == pytest.approx([math.log(shares[kind] / usual[kind]) for kind in range(1, KINDS)], abs=1e-5)


@given(entry_lists, st.lists(texts, min_size=1, max_size=4))
def test_odds_tell_how_much_oftener_phrasings_have_a_stem_than_out_of_scope_messages(
    entries: tuple[Indexed, ...], outside: list[str]
) -> None:
    space = Space.over(entries, LEXICON, outside)

    def share(stem: str, messages: Sequence[str]) -> float:
        return (sum(stem in LEXICON.stems(text) for text in messages) + 1) / (len(messages) + 2)

    odds = [math.log(share(stem, texts_of(entries)) / share(stem, outside)) for stem in space.index.stems]
    assert space.odds == pytest.approx(odds, abs=1e-5)


def test_without_out_of_scope_messages_no_stem_speaks_for_either_side() -> None:
    assert not Space.over(ENTRIES, LEXICON).odds.any()


def test_an_occupation_names_the_entries_whose_phrasings_name_it() -> None:
    lexicon = Lexicon(WordsFile(trades=["nurse", "truck driver", "pilot"]))
    entries = [
        Indexed("nurse", ("what do nurses earn", "pay of a nurse")),
        Indexed("baker", ("pay of a baker",)),
        Indexed("both", ("nurse or truck driver",)),
    ]
    assert traders_of(Space.over(entries, lexicon)) == {"nurs": [0, 2], "truck driver": [2]}


def test_an_occupation_that_a_phrasing_says_somebody_has_is_not_named() -> None:
    lexicon = Lexicon(WordsFile(trades=["nurse"]))
    assert traders_of(Space.over([Indexed("switch", ("I am a nurse; can I bake?",))], lexicon)) == {}


def test_an_occupation_of_an_out_of_scope_message_is_that_of_the_last_entry() -> None:
    lexicon = Lexicon(WordsFile(trades=["nurse"]))
    assert traders_of(Space.over(ENTRIES, lexicon, ["nurses only"])) == {"nurs": [len(ENTRIES)]}
