"""How like questions are to each other and to the entries."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching import likeness as module
from bot.matching.embedding import Embedder
from bot.matching.likeness import Likeness, Met, Wordings
from bot.matching.matcher import Matcher
from bot.matching.vectors import VectorCache
from tests.matching.conftest import ENTRIES
from tests.matching.encoders import real_encoder, small_encoder
from tests.matching.made_up import LEXICON, texts

WORDS_ALONE = Matcher(ENTRIES, LEXICON)
SMALL = Matcher(ENTRIES, LEXICON, embedder=Embedder(small_encoder, VectorCache(None)))


def between(matcher: Matcher, *asked: str) -> Likeness:
    return Wordings.of(matcher, asked, {}).likeness()


def test_a_question_is_wholly_like_itself() -> None:
    found = between(WORDS_ALONE, "free lunch for bakers", "parking")
    assert np.diag(found).tolist() == [1, 1]


def test_questions_without_a_common_word_or_letters_are_not_alike() -> None:
    assert between(WORDS_ALONE, "parking", "lunch")[0, 1] == 0


def test_synonyms_and_typos_count_nearly_as_the_word() -> None:
    found = between(WORDS_ALONE, "teacher pay", "educator salary", "teachre pay", "teacher lunch")
    assert found[0, 1] > found[0, 3] / 2
    assert found[0, 2] > found[0, 3]


def test_words_that_say_little_count_little() -> None:
    found = between(WORDS_ALONE, "how do i park", "how do i eat", "park")
    assert found[0, 2] > found[0, 1]


def test_without_words_nothing_is_alike() -> None:
    assert between(WORDS_ALONE, "😭", "lunch").tolist() == [[0, 0], [0, 1]]


@pytest.mark.parametrize("matcher", [WORDS_ALONE, SMALL], ids=["words", "meaning"])
def test_no_questions_are_compared_too(matcher: Matcher) -> None:
    wordings = Wordings.of(matcher, (), {})
    assert wordings.likeness().shape == (0, 0)
    assert wordings.near_entries([]).shape[0] == 0


@given(st.lists(texts, min_size=2, max_size=6, unique=True), texts)
def test_no_question_changes_how_like_two_others_are(every: list[str], another: str) -> None:
    more = [*every, *({another} - set(every))]
    for matcher in (WORDS_ALONE, SMALL):
        found = between(matcher, *more)[: len(every), : len(every)]
        # All but the last digit, which may be rounded up or down.
        assert np.allclose(found, between(matcher, *every), rtol=0, atol=1.1e-4)


@given(st.lists(texts, min_size=1, max_size=6, unique=True))
def test_likeness_goes_both_ways_and_is_at_most_one(every: list[str]) -> None:
    for matcher in (WORDS_ALONE, SMALL):
        found = between(matcher, *every)
        assert (found == found.T).all()
        assert found.max() <= 1


def test_many_features_at_once_give_the_same_as_few(monkeypatch: pytest.MonkeyPatch) -> None:
    every = ("free lunch for bakers", "where do bakers park", "parking fee", "lunch fee")
    right = between(WORDS_ALONE, *every)
    monkeypatch.setattr(module, "FEATURES", 3)
    assert np.allclose(between(WORDS_ALONE, *every), right, atol=1e-4)


def test_the_nearest_entry_is_the_one_that_says_the_same() -> None:
    wordings = Wordings.of(WORDS_ALONE, ("do bakers work at night", "baker pay"), {})
    assert [int(np.argmax(row)) for row in wordings.near_entries([0, 1])] == [2, 0]


def test_nearness_is_the_same_however_many_are_asked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    wordings = Wordings.of(SMALL, ("do bakers work", "night pay", "bakers"), {})
    right = wordings.near_entries([0, 1, 2])
    monkeypatch.setattr(module, "TOGETHER", 2)
    assert np.allclose(wordings.near_entries([0, 1, 2]), right, atol=1e-5)
    assert right.shape == (3, len(ENTRIES))


def test_only_what_is_new_is_computed() -> None:
    vector = np.zeros(small_encoder().width, dtype=np.float32)
    met: Met = {"bakers": vector, "gone": vector}
    wordings = Wordings.of(SMALL, ("night pay", "bakers"), met)
    assert wordings.vectors is not None
    assert not wordings.vectors[1].any()
    assert wordings.vectors[0].any()
    assert list(met) == ["night pay", "bakers"]


def test_with_the_encoder_meaning_decides_and_not_what_all_questions_share() -> None:
    encoder = real_encoder()
    matcher = Matcher(ENTRIES, LEXICON, embedder=Embedder(lambda: encoder, VectorCache(None)))
    wordings = Wordings.of(
        matcher, ("Where may bakers leave their cars?", "parking for bakers", "Do bakers get lunch for free?"), {}
    )
    found = wordings.likeness()
    assert found[0, 1] >= wordings.alike > found[0, 2]
