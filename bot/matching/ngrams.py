"""Phrasings as TF-IDF vectors over word stems, word pairs and letters in a row (3 to 5 within a word).

Letters in a row make typos and endings cost little; word pairs keep some of the order. Not here: which entry a vector
speaks for (`classifier`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt

from bot.matching.index import Floats, Integers

#: Words are one block of features, letters another; each is of the same length in a vector.
BLOCKS = 2


@dataclass(frozen=True, slots=True)
class Vector:
    """A text as feature numbers with their values, of length one all together."""

    features: Integers
    values: Floats


@lru_cache(maxsize=50_000)
def _letters(word: str) -> tuple[str, ...]:
    padded = f" {word} "
    return tuple(f"#{padded[i : i + size]}" for size in (3, 4, 5) for i in range(len(padded) - size + 1))


def _weighted(counts: npt.NDArray[np.int64], idf: Floats) -> npt.NDArray[np.float64]:
    result: npt.NDArray[np.float64] = (1 + np.log(counts)) * idf
    return result


def _of_words(stems: Sequence[str]) -> list[str]:
    """The features of a text's words: each by itself, and each with the one after it."""
    return [*stems, *(f"{first}_{second}" for first, second in pairwise(stems))]


def _spelled_out(
    words: Sequence[Sequence[int]], order: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The numbers of each word in that order, one after another, and how many each word has."""
    sizes = np.asarray([len(numbers) for numbers in words], dtype=np.int64)
    flat = np.fromiter(chain.from_iterable(words), dtype=np.int64)
    lengths = sizes[order] if len(order) else np.zeros(0, dtype=np.int64)
    starts = (np.cumsum(sizes) - sizes)[order] if len(order) else lengths
    return flat[np.repeat(starts - (np.cumsum(lengths) - lengths), lengths) + np.arange(lengths.sum())], lengths


class NgramSpace:
    """The vectors of a list of phrasings, and how near a question's vector is to each of them."""

    def __init__(self, texts: Sequence[tuple[Sequence[str], Sequence[str]]]) -> None:
        """`texts`: for each phrasing its words and its stems, in order."""
        self.vocabulary: dict[str, int] = {}
        self._size = len(texts)
        by_words = [self._numbers(_of_words(stems)) for _, stems in texts]
        letters: dict[str, list[int]] = {}
        for word in chain.from_iterable(words for words, _ in texts):
            if word not in letters:
                letters[word] = self._numbers(_letters(word))
        place = {word: number for number, word in enumerate(letters)}
        spelled = np.fromiter((place[word] for words, _ in texts for word in words), dtype=np.int64)
        runs, lengths = _spelled_out(list(letters.values()), spelled)
        texts_of = np.repeat(np.arange(self._size), [len(words) for words, _ in texts])
        owners = np.concatenate(
            [
                BLOCKS * np.repeat(np.arange(self._size), [len(block) for block in by_words]),
                BLOCKS * np.repeat(texts_of, lengths) + 1,
            ]
        )
        features = np.concatenate([np.fromiter(chain.from_iterable(by_words), dtype=np.int64), runs])
        # Each feature once a block, in the order of the blocks, with how often it stands there.
        found, counts = np.unique(owners * max(len(self.vocabulary), 1) + features, return_counts=True)
        owners, features = np.divmod(found, max(len(self.vocabulary), 1))
        frequencies = np.bincount(features, minlength=len(self.vocabulary))
        self._idf = (np.log((1 + self._size) / (1 + frequencies)) + 1).astype(np.float32)
        values = _weighted(counts, self._idf[features])
        lengths = np.sqrt(np.bincount(owners, weights=values**2, minlength=BLOCKS * self._size))
        values = (values / np.maximum(lengths[owners], 1e-6) / np.sqrt(BLOCKS)).astype(np.float32)
        self._vector_starts = np.searchsorted(owners, np.arange(0, BLOCKS * self._size + 1, BLOCKS))
        self._features, self._weights = features.astype(np.int32), values
        order = np.argsort(features, kind="stable")
        self._starts = np.searchsorted(features[order], np.arange(len(self.vocabulary) + 1)).astype(np.int32)
        self._rows, self._values = (owners[order] // BLOCKS).astype(np.int32), values[order]

    @property
    def vectors(self) -> list[Vector]:
        """The vector of each phrasing, in order."""
        spans = pairwise(self._vector_starts)
        return [Vector(self._features[start:end], self._weights[start:end]) for start, end in spans]

    def vector(self, words: Sequence[str], stems: Sequence[str]) -> Vector:
        """The vector of a question; features that no phrasing has are left out."""
        features, values = [], []
        for block in (_of_words(stems), [run for word in words for run in _letters(word)]):
            known = [number for feature in block if (number := self.vocabulary.get(feature)) is not None]
            numbers, counts = np.unique(np.asarray(known, dtype=np.int32), return_counts=True)
            weighted = _weighted(counts, self._idf[numbers])
            # Words and letters count the same in all, however many of them there are.
            values.append(weighted / max(float(np.linalg.norm(weighted)), 1e-6) / np.sqrt(BLOCKS))
            features.append(numbers)
        return Vector(np.concatenate(features), np.concatenate(values).astype(np.float32))

    def likeness(self, vector: Vector) -> Floats:
        """The cosine (0 to 1) of the vector with each phrasing's."""
        starts, ends = self._starts[vector.features], self._starts[vector.features + 1]
        if not len(starts):
            return np.zeros(self._size, dtype=np.float32)
        lengths = ends - starts
        at = np.repeat(starts - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths) + np.arange(lengths.sum())
        shares = np.repeat(vector.values, lengths) * self._values[at]
        return np.bincount(self._rows[at], weights=shares, minlength=self._size).astype(np.float32)

    def _numbers(self, block: Sequence[str]) -> list[int]:
        vocabulary = self.vocabulary
        return [vocabulary.setdefault(feature, len(vocabulary)) for feature in block]
