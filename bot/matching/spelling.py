"""Words by their spelling: which of many lie within a few wrong letters of a word, found without trying each.

RapidFuzz counts the wrong letters. Before that, words are left out that cannot be near: one wrong letter changes a
length by one at the most, and the set of letters by two.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.matching.rows import ends_of


class Spelling:
    """Finds near words among these; they are in plain letters, as `words_of` gives them."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = tuple(word for word in words if word)
        self._lengths = np.asarray([len(word) for word in self._words], dtype=np.int64)
        self._letters = _letters(self._words, self._lengths)

    def within(self, word: str, edits: int) -> list[tuple[str, int]]:
        """The words at most so many edits (letter added, left out, wrong, or swapped with the next) away, nearest
        first, with how many; the word itself has 0.
        """
        if not word or not self._words:
            return []
        near = np.bitwise_count(self._letters ^ _letters_of(word)) <= 2 * edits
        near &= np.abs(self._lengths - len(word)) <= edits
        words = [self._words[at] for at in np.flatnonzero(near)]
        found = process.extract(word, words, scorer=DamerauLevenshtein.distance, score_cutoff=edits, limit=None)
        return [(near_word, int(distance)) for near_word, distance, _ in found]


def _letters_of(word: str) -> np.uint32:
    """The set of letters of one word; what `_letters` gives for many at once."""
    letters = 0
    for letter in word.encode("ascii", "replace"):
        letters |= 1 << (letter & 31)
    return np.uint32(letters)


def _letters(words: Sequence[str], lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.uint32]:
    """The set of letters of each word, as bits."""
    if not words:
        return np.empty(0, dtype=np.uint32)
    spelled = np.frombuffer("".join(words).encode("ascii", "replace"), dtype=np.uint8)
    bits = np.uint32(1) << (spelled & 31).astype(np.uint32)
    result: npt.NDArray[np.uint32] = np.bitwise_or.reduceat(bits, ends_of(lengths)[:-1])
    return result
