"""How far a question and each phrasing hold the same words: alignment of words, weighted, forgiving typos.

The tests judge it by a slow and obvious implementation of the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.matching.index import PhrasingIndex
from bot.matching.lexicon import Lexicon
from bot.matching.rows import Floats
from bot.matching.spelling import Spelling

#: How much a synonym counts of the word itself.
SYNONYM = 0.75
#: How much a word counts that typo forgiveness found: one edit, two edits.
TYPO = (0.9, 0.75)
#: From how many letters on one edit, and two edits, are forgiven: below, too many different words are that near.
TYPO_LETTERS = (4, 8)
#: Most words that a typo may have meant.
MEANT = 3


@dataclass(frozen=True, slots=True)
class Coverage:
    """For each phrasing, from 0 to 1: how much of the question it holds, and how much of it the question holds."""

    of_question: Floats
    of_phrasing: Floats


@dataclass(frozen=True, slots=True)
class Met:
    """A stem of a question with its weight, the likest stem that one phrasing holds, and how much that counts of it
    (0 to 1); None and 0 where it holds none.
    """

    stem: str
    weight: float
    met: str | None
    likeness: float


class Aligner:
    """Aligns questions with the phrasings of one index."""

    def __init__(self, index: PhrasingIndex, lexicon: Lexicon) -> None:
        self._index = index
        self._lexicon = lexicon
        self._spelling = Spelling([stem for stem in index.stems if len(stem) >= TYPO_LETTERS[0] - 1 and stem.isalpha()])
        self._unknown_weight = float(np.max(index.weights, initial=1.0))

    def likenesses(self, stem: str) -> dict[int, float]:
        """Stems of the index that the stem stands for, with how much each counts (0 to 1)."""
        vocabulary = self._index.vocabulary
        found = {vocabulary[word]: SYNONYM for word in self._lexicon.synonyms_of(stem) if word in vocabulary}
        if stem in vocabulary:
            found[vocabulary[stem]] = 1.0
        elif not found and stem not in self._lexicon.protected and stem not in self._lexicon.fillers:
            found = self._mended(stem)
        return found

    def weight(self, stem: str) -> float:
        """How much the stem weighs in a question: as in the index, or as its rarest word when it is unknown."""
        number = self._index.vocabulary.get(stem)
        if number is not None:
            return float(self._index.weights[number])
        return 0.3 if stem in self._lexicon.fillers else self._unknown_weight

    def coverage(self, likenesses: Sequence[tuple[float, dict[int, float]]]) -> Coverage:
        """Coverage both ways of a question with every phrasing of the index.

        `likenesses`: for each distinct stem of the question its `weight` and what it stands for.
        """
        index = self._index
        held = np.zeros(len(index.norms), dtype=np.float32)
        met = np.zeros(len(index.norms), dtype=np.float32)
        best: dict[int, float] = {}
        for weight, found in likenesses:
            self._add(held, weight, found)
            for number, likeness in found.items():
                best[number] = max(best.get(number, 0.0), likeness)
        for number, likeness in best.items():
            met[index.postings[number]] += index.weights[number] * likeness
        held /= max(sum(weight for weight, _ in likenesses), 1e-6)
        met /= index.norms
        return Coverage(held, met)

    def met(self, found: Sequence[tuple[str, float, dict[int, float]]], phrasing: int) -> tuple[Met, ...]:
        """What `coverage` counts of one phrasing, for each distinct stem: its weight, and what it stands for."""
        index, result = self._index, []
        for stem, weight, likenesses in found:
            held = [(likeness, number) for number, likeness in likenesses.items() if phrasing in index.postings[number]]
            likeness, number = max(held, default=(0.0, -1))
            result.append(Met(stem, weight, index.stems[number] if held else None, likeness))
        return tuple(result)

    def _add(self, held: Floats, weight: float, found: dict[int, float]) -> None:
        """Adds what one stem of the question counts to the phrasings that hold a word it stands for, each once."""
        postings = self._index.postings
        if len(found) == 1:
            for number, likeness in found.items():
                held[postings[number]] += weight * likeness
            return
        if found:
            row = np.zeros(len(held), dtype=np.float32)
            for number, likeness in sorted(found.items(), key=lambda item: item[1]):
                row[postings[number]] = likeness
            held += weight * row

    def _mended(self, stem: str) -> dict[int, float]:
        if len(stem) < TYPO_LETTERS[0] or not stem.isalpha():
            return {}
        near = self._spelling.within(stem, 2 if len(stem) >= TYPO_LETTERS[1] else 1)[:MEANT]
        closest = min((distance for _, distance in near), default=0)
        return {self._index.vocabulary[word]: TYPO[d - 1] for word, d in near if d == closest and d > 0}
