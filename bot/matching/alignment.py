"""How far a question and each phrasing hold the same words: alignment of words, weighted, forgiving typos.

The tests judge it by a slow and obvious implementation of the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.matching.index import Floats, PhrasingIndex
from bot.matching.lexicon import Lexicon

#: How much a synonym counts of the word itself.
SYNONYM = 0.75
#: How much a word counts that typo forgiveness found: one edit, two edits.
TYPO = (0.9, 0.75)
#: From how many letters on one edit, and two edits, are forgiven: below, too many different words are that near.
TYPO_LETTERS = (4, 8)


@dataclass(frozen=True, slots=True)
class Coverage:
    """For each phrasing, from 0 to 1: how much of the question it holds, and how much of it the question holds."""

    of_question: Floats
    of_phrasing: Floats


class Aligner:
    """Aligns questions with the phrasings of one index."""

    def __init__(self, index: PhrasingIndex, lexicon: Lexicon) -> None:
        self._index = index
        self._lexicon = lexicon
        self._long_words = [word for word in index.words if len(word) >= TYPO_LETTERS[0] - 1 and word.isalpha()]
        self._unknown_weight = float(np.max(index.weights, initial=1.0))

    def likenesses(self, stem: str) -> dict[int, float]:
        """Words of the index that the stem stands for, with how much each counts (0 to 1)."""
        found: dict[int, float] = {}
        for synonym in self._lexicon.synonyms_of(stem):
            if synonym in self._index.vocabulary:
                found[self._index.vocabulary[synonym]] = SYNONYM
        if stem in self._index.vocabulary:
            found[self._index.vocabulary[stem]] = 1.0
        elif not found and stem not in self._lexicon.protected and stem not in self._lexicon.fillers:
            found = self._mended(stem)
        return found

    def weight(self, stem: str) -> float:
        """How much the stem weighs in a question: as in the index, or as its rarest word when it is unknown."""
        number = self._index.vocabulary.get(stem)
        if number is not None:
            return float(self._index.weights[number])
        return 0.3 if stem in self._lexicon.fillers else self._unknown_weight

    def coverage(self, stems: Sequence[str]) -> Coverage:
        """Coverage both ways of a question's stems with every phrasing of the index."""
        index = self._index
        held = np.zeros(len(index.texts), dtype=np.float32)
        best: dict[int, float] = {}
        total = 0.0
        for stem in dict.fromkeys(stems):
            weight = self.weight(stem)
            total += weight
            row = np.zeros(len(index.texts), dtype=np.float32)
            for number, likeness in sorted(self.likenesses(stem).items(), key=lambda item: item[1]):
                row[index.postings[number]] = likeness
                best[number] = max(best.get(number, 0.0), likeness)
            held += weight * row
        met = np.zeros(len(index.texts), dtype=np.float32)
        for number, likeness in best.items():
            met[index.postings[number]] += index.weights[number] * likeness
        return Coverage(held / max(total, 1e-6), met / index.norms)

    def _mended(self, stem: str) -> dict[int, float]:
        if len(stem) < TYPO_LETTERS[0] or not stem.isalpha():
            return {}
        edits = 2 if len(stem) >= TYPO_LETTERS[1] else 1
        near = process.extract(stem, self._long_words, scorer=DamerauLevenshtein.distance, score_cutoff=edits, limit=3)
        closest = min((distance for _, distance, _ in near), default=0)
        return {self._index.vocabulary[word]: TYPO[int(d) - 1] for word, d, _ in near if d == closest and d > 0}
