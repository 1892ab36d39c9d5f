"""Vectors of words, word pairs and letters in a row, judged by plain dictionaries and loops."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching import ngrams as module
from bot.matching.index import Indexed
from bot.matching.ngrams import NgramSpace
from bot.matching.normalise import words_of
from tests.matching.made_up import LEXICON, corpus_of, entry_lists, starts_of, texts, texts_of

Feature = str | tuple[str, str]
Vector = dict[Feature, float]


def word_features(words: Sequence[str]) -> list[Feature]:
    """The stems of a text and its pairs of neighbours."""
    stems = LEXICON.stem_words(list(words))
    return [*stems, *pairwise(stems)]


def letter_features(words: Sequence[str]) -> list[Feature]:
    """Three to five letters in a row of each word, with a blank before and after it."""
    return [
        f" {word} "[at : at + size] for word in words for size in (3, 4, 5) for at in range(len(word) + 2 - size + 1)
    ]


def unit(values: Mapping[Feature, float]) -> Vector:
    length = math.sqrt(sum(value**2 for value in values.values()))
    return {feature: value / length for feature, value in values.items()}


def dot(first: Vector, second: Vector) -> float:
    return sum(value * second.get(feature, 0.0) for feature, value in first.items())


class Slow:
    """What `NgramSpace` promises: every vector spelled out, feature by feature.

    A phrasing counts a feature as often as it has it; a question's count is dampened, and it knows no features but
    those of the phrasings. Letters are counted by every time that they stand somewhere, words by the phrasing.
    """

    def __init__(self, entries: Sequence[Indexed]) -> None:
        self.size = len(texts_of(entries))
        words = [[words_of(text) for text in entry.texts] for entry in entries]
        every = [one for entry in words for one in entry]
        self.word_idf = self._idf(feature for one in every for feature in set(word_features(one)))
        self.letter_idf = self._idf(feature for one in every for feature in letter_features(one))
        self.by_words = [self._phrasing(word_features(one), self.word_idf) for one in every]
        self.by_letters = [self._phrasing(letter_features(one), self.letter_idf) for one in every]
        starts = starts_of(entries).tolist()
        self.mean_norms = [self._mean_norm(first, last) for first, last in pairwise(starts)]

    def _idf(self, found: Iterable[Feature]) -> Vector:
        counts = Counter(found)
        return {one: math.log((1 + self.size) / (1 + min(count, self.size))) + 1 for one, count in counts.items()}

    def _phrasing(self, features: Sequence[Feature], idf: Vector) -> Vector:
        return unit({feature: count * idf[feature] for feature, count in Counter(features).items()})

    def _question(self, features: Sequence[Feature], idf: Vector) -> Vector:
        counts = Counter(feature for feature in features if feature in idf)
        return unit({feature: (1 + math.log(count)) * idf[feature] for feature, count in counts.items()})

    def _mean_norm(self, first: int, last: int) -> float:
        """The length of the mean of whole vectors, of which words and letters are half each."""
        squares = 0.0
        for vectors in (self.by_words[first:last], self.by_letters[first:last]):
            summed: dict[Feature, float] = {}
            for vector in vectors:
                for feature, value in vector.items():
                    summed[feature] = summed.get(feature, 0.0) + value
            squares += sum((value / (last - first)) ** 2 for value in summed.values()) / 2
        return max(math.sqrt(squares), 1e-6)

    def word_cosines(self, words: Sequence[str]) -> list[float]:
        question = self._question(word_features(words), self.word_idf)
        return [dot(question, vector) for vector in self.by_words]

    def letter_cosines(self, words: Sequence[str]) -> list[float]:
        question = self._question(letter_features(words), self.letter_idf)
        return [dot(question, vector) for vector in self.by_letters]


def space_of(entries: Sequence[Indexed]) -> NgramSpace:
    return NgramSpace.over(corpus_of(entries), starts_of(entries))


questions = st.one_of(texts, st.text("abkenr ", max_size=20))


@given(entry_lists, questions)
def test_likeness_by_words_is_the_cosine_of_the_vectors_spelled_out(entries: tuple[Indexed, ...], text: str) -> None:
    words = words_of(text)
    fast = space_of(entries).by_words(LEXICON.stem_words(words))
    assert fast == pytest.approx(Slow(entries).word_cosines(words), abs=1e-5)


@given(entry_lists, questions)
def test_likeness_by_letters_is_the_cosine_of_the_vectors_spelled_out(entries: tuple[Indexed, ...], text: str) -> None:
    space, words = space_of(entries), words_of(text)
    fast = space.of_phrasings(space.by_letters(words))
    assert fast == pytest.approx(Slow(entries).letter_cosines(words), abs=1e-5)


@given(entry_lists, questions)
def test_likeness_is_half_words_and_half_letters(entries: tuple[Indexed, ...], text: str) -> None:
    slow, words = Slow(entries), words_of(text)
    halves = [sum(both) / 2 for both in zip(slow.word_cosines(words), slow.letter_cosines(words), strict=True)]
    assert space_of(entries).likeness(words, LEXICON.stem_words(words)) == pytest.approx(halves, abs=1e-5)


@given(entry_lists)
def test_mean_norms_are_the_lengths_of_the_means_spelled_out(entries: tuple[Indexed, ...]) -> None:
    assert space_of(entries).mean_norms == pytest.approx(Slow(entries).mean_norms, abs=1e-5)


@given(entry_lists, questions, st.data())
def test_letters_of_some_phrasings_are_as_they_are_among_all(
    entries: tuple[Indexed, ...], text: str, data: st.DataObject
) -> None:
    space = space_of(entries)
    wanted = data.draw(st.lists(st.integers(0, len(texts_of(entries)) - 1), max_size=5))
    phrasings = np.asarray(wanted, dtype=np.int32)
    by_letters = space.by_letters(words_of(text))
    assert space.of_phrasings(by_letters, phrasings) == pytest.approx(space.of_phrasings(by_letters)[phrasings])


@given(entry_lists, st.integers(1, 60))
def test_letters_looked_at_a_few_at_a_time_are_as_long_as_all_together(
    entries: tuple[Indexed, ...], chunk: int
) -> None:
    whole = space_of(entries)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "CHUNK", chunk)
        parts = space_of(entries)
    assert parts.norms == pytest.approx(whole.norms, rel=1e-5)
    assert parts.mean_norms == pytest.approx(whole.mean_norms, rel=1e-5)


TEXTS = ("baker pay", "pay baker", "night work", "baker pay")
SPACE = space_of([Indexed(f"e{at}", (text,)) for at, text in enumerate(TEXTS)])


def likeness(text: str) -> list[float]:
    words = text.split()
    return [float(value) for value in SPACE.likeness(words, LEXICON.stem_words(words))]


def test_a_text_is_most_like_itself() -> None:
    assert likeness("baker pay")[0] == pytest.approx(1, abs=1e-5)
    assert likeness("baker pay")[3] == pytest.approx(1, abs=1e-5)


def test_order_counts_a_little() -> None:
    assert 0.5 < likeness("baker pay")[1] < 1


def test_a_typo_leaves_letters_in_common() -> None:
    near = likeness("bakerr")
    assert near[0] > 0
    assert near[2] == 0


@pytest.mark.parametrize("text", ["", "zzz"])
def test_a_text_with_nothing_in_common_is_like_nothing(text: str) -> None:
    assert likeness(text) == [0, 0, 0, 0]


def test_a_rare_word_tells_more_than_a_common_one() -> None:
    # Both share one word of the same length with their phrasing; "night" is in one phrasing, "baker" in three.
    by_words = SPACE.by_words(["baker", "night"])
    assert by_words[2] > by_words[0] > 0


def test_a_pair_of_words_that_no_phrasing_has_counts_nothing() -> None:
    assert SPACE.by_words(["pay", "work"]).tolist() == SPACE.by_words(["work", "pay"]).tolist()


def test_the_mean_of_phrasings_that_are_all_alike_has_length_one() -> None:
    assert space_of([Indexed("one", ("baker pay",) * 3)]).mean_norms == pytest.approx([1], abs=1e-5)


def test_the_mean_of_phrasings_with_nothing_in_common_is_shorter() -> None:
    assert space_of([Indexed("one", ("baker", "pyjin"))]).mean_norms == pytest.approx([math.sqrt(1 / 2)], abs=1e-5)


def test_a_space_without_phrasings_is_empty() -> None:
    assert space_of([]).likeness(["a"], ["a"]).shape == (0,)


def test_phrasings_without_words_are_like_nothing() -> None:
    space = space_of([Indexed("one", ("😭",)), Indexed("two", ("?!", "🥐"))])
    assert space.likeness(["baker"], ["baker"]).tolist() == [0, 0, 0]
    assert np.isfinite(space.mean_norms).all()
