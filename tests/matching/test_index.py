"""The index of phrasings, judged by counting in plain dictionaries."""

import math

import pytest
from hypothesis import given

from bot.knowledge.models import WordsFile
from bot.matching.corpus import Corpus
from bot.matching.index import FILLER_SHARE, Indexed, PhrasingIndex
from bot.matching.lexicon import Lexicon
from tests.matching.conftest import ENTRIES
from tests.matching.made_up import LEXICON, corpus_of, entry_lists, texts_of


def index_of(entries: tuple[Indexed, ...]) -> PhrasingIndex:
    return PhrasingIndex.over(entries, corpus_of(entries), LEXICON)


def weights_one_by_one(entries: tuple[Indexed, ...]) -> dict[str, float]:
    """Inverse entry frequency, word by word."""
    held = [{stem for text in entry.texts for stem in LEXICON.stems(text)} for entry in entries]
    weights = {}
    for stem in set().union(*held):
        count = sum(stem in stems for stems in held)
        weight = math.log(1 + (len(entries) - count + 0.5) / (count + 0.5))
        weights[stem] = weight * (FILLER_SHARE if stem in LEXICON.fillers else 1)
    return weights


@given(entry_lists)
def test_weights_are_those_counted_word_by_word(entries: tuple[Indexed, ...]) -> None:
    index = index_of(entries)
    found = dict(zip(index.stems, index.weights.tolist(), strict=True))
    assert found == pytest.approx(weights_one_by_one(entries), abs=1e-5)


@given(entry_lists)
def test_each_stem_names_each_phrasing_that_holds_it_once(entries: tuple[Indexed, ...]) -> None:
    index = index_of(entries)
    for number, stem in enumerate(index.stems):
        holders = [at for at, text in enumerate(texts_of(entries)) if stem in LEXICON.stems(text)]
        assert index.postings[number].tolist() == holders, stem


@given(entry_lists)
def test_the_norm_of_a_phrasing_is_the_weight_of_its_distinct_stems(entries: tuple[Indexed, ...]) -> None:
    weights = weights_one_by_one(entries)
    norms = [sum(weights[stem] for stem in set(LEXICON.stems(text))) for text in texts_of(entries)]
    assert index_of(entries).norms == pytest.approx([max(norm, 1e-6) for norm in norms], abs=1e-5)


@given(entry_lists)
def test_each_phrasing_is_owned_by_its_entry(entries: tuple[Indexed, ...]) -> None:
    owners = [at for at, entry in enumerate(entries) for _ in entry.texts]
    assert index_of(entries).owners.tolist() == owners


def test_phrasings_stand_entry_by_entry() -> None:
    assert index_of(ENTRIES).starts.tolist() == [0, 3, 6, 9, 12]


def test_stems_are_found_by_their_numbers_again() -> None:
    index = index_of(ENTRIES)
    assert [index.vocabulary[stem] for stem in index.stems] == list(range(len(index.stems)))


def test_a_short_form_is_held_by_the_phrasing_that_writes_it_out() -> None:
    index = index_of((Indexed("one", ("master of library science",)), Indexed("two", ("baker",))))
    assert index.postings[index.vocabulary["mls"]].tolist() == [0]


def test_a_phrasing_with_a_short_form_holds_what_it_stands_for() -> None:
    index = index_of((Indexed("one", ("pay", "an MLS")), Indexed("two", ("library",))))
    assert index.postings[index.vocabulary["librari"]].tolist() == [1, 2]


def test_a_phrasing_without_words_weighs_next_to_nothing() -> None:
    assert index_of((Indexed("one", ("😭", "pay")),)).norms[0] == pytest.approx(1e-6)


def test_an_index_of_phrasings_without_any_word_has_no_stems() -> None:
    index = index_of((Indexed("one", ("😭",)), Indexed("two", ("?!", "🥐"))))
    assert (index.stems, len(index.postings), index.owners.tolist()) == ((), 0, [0, 1, 1])


def test_without_short_forms_only_what_is_written_counts() -> None:
    plain = Lexicon(WordsFile())
    entries = [Indexed("one", ("mls",))]
    assert PhrasingIndex.over(entries, Corpus.over(["mls"], plain), plain).stems == ("mls",)
