"""Phrasings as TF-IDF vectors over word stems, word pairs and letters in a row (3 to 5 within a word).

Letters in a row make typos and endings cost little; word pairs keep some of the order. Not here: which entry a vector
speaks for (`classifier`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from bot.matching.index import Floats, Integers


@dataclass(frozen=True, slots=True)
class Vector:
    """A text as feature numbers with their values, of length one all together."""

    features: Integers
    values: Floats


@lru_cache(maxsize=50_000)
def _letters(word: str) -> tuple[str, ...]:
    padded = f" {word} "
    return tuple(padded[i : i + size] for size in (3, 4, 5) for i in range(len(padded) - size + 1))


def _blocks(words: Sequence[str], stems: Sequence[str]) -> tuple[list[str], list[str]]:
    """The word features and the letter features of a text."""
    pairs = [f"{first}_{second}" for first, second in pairwise(stems)]
    return [*stems, *pairs], [f"#{run}" for word in words for run in _letters(word)]


class NgramSpace:
    """The vectors of a list of phrasings, and how near a question's vector is to each of them."""

    def __init__(self, texts: Sequence[tuple[Sequence[str], Sequence[str]]]) -> None:
        """`texts`: for each phrasing its words and its stems, in order."""
        self.vocabulary: dict[str, int] = {}
        counted = [[self._counted(block, grow=True) for block in _blocks(words, stems)] for words, stems in texts]
        self._idf = self._inverse_frequencies(counted)
        self.vectors = [self._joined(blocks) for blocks in counted]
        self._size = len(texts)
        self._starts, self._rows, self._values = self._by_feature()

    def vector(self, words: Sequence[str], stems: Sequence[str]) -> Vector:
        """The vector of a question; features that no phrasing has are left out."""
        return self._joined([self._counted(block, grow=False) for block in _blocks(words, stems)])

    def likeness(self, vector: Vector) -> Floats:
        """The cosine (0 to 1) of the vector with each phrasing's."""
        starts, ends = self._starts[vector.features], self._starts[vector.features + 1]
        if not len(starts):
            return np.zeros(self._size, dtype=np.float32)
        lengths = ends - starts
        at = np.repeat(starts - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths) + np.arange(lengths.sum())
        shares = np.repeat(vector.values, lengths) * self._values[at]
        return np.bincount(self._rows[at], weights=shares, minlength=self._size).astype(np.float32)

    def _counted(self, block: Sequence[str], *, grow: bool) -> dict[int, int]:
        counts: dict[int, int] = {}
        for feature in block:
            number = self.vocabulary.get(feature)
            if number is None:
                if not grow:
                    continue
                number = self.vocabulary[feature] = len(self.vocabulary)
            counts[number] = counts.get(number, 0) + 1
        return counts

    def _inverse_frequencies(self, counted: Sequence[Sequence[dict[int, int]]]) -> Floats:
        present = [number for blocks in counted for block in blocks for number in block]
        frequencies = np.bincount(np.asarray(present, dtype=np.int64), minlength=len(self.vocabulary))
        return (np.log((1 + len(counted)) / (1 + frequencies)) + 1).astype(np.float32)

    def _joined(self, blocks: Sequence[dict[int, int]]) -> Vector:
        features, values = [], []
        for block in blocks:
            numbers = np.fromiter(block.keys(), dtype=np.int32, count=len(block))
            counts = np.fromiter(block.values(), dtype=np.float32, count=len(block))
            weighted = (1 + np.log(counts)) * self._idf[numbers]
            # Words and letters count the same in all, however many of them there are.
            values.append(weighted / max(float(np.linalg.norm(weighted)), 1e-6) / np.sqrt(2))
            features.append(numbers)
        return Vector(np.concatenate(features), np.concatenate(values).astype(np.float32))

    def _by_feature(self) -> tuple[Integers, Integers, Floats]:
        rows = np.repeat(np.arange(self._size, dtype=np.int32), [len(vector.features) for vector in self.vectors])
        features = (
            np.concatenate([vector.features for vector in self.vectors]) if self.vectors else np.zeros(0, np.int32)
        )
        values = np.concatenate([vector.values for vector in self.vectors]) if self.vectors else np.zeros(0, np.float32)
        order = np.argsort(features, kind="stable")
        starts = np.searchsorted(features[order], np.arange(len(self.vocabulary) + 1)).astype(np.int32)
        return starts, rows[order], values[order]
