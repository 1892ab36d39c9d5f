"""The index of phrasings: which phrasing holds which word, and how much a word weighs here.

Built once over all entries and never changed; a change in the knowledge makes a new one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.lexicon import Lexicon

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Indexed:
    """What is to be found under one id: its question first, then its other phrasings."""

    id: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class PhrasingIndex:
    """Phrasings as sets of words. Positions count from 0; `owners[p]` is the position of the entry of phrasing p."""

    entry_ids: tuple[str, ...]
    texts: tuple[str, ...]
    owners: Integers
    vocabulary: dict[str, int]
    words: tuple[str, ...]
    weights: Floats
    postings: tuple[Integers, ...]
    norms: Floats

    @classmethod
    def over(cls, entries: Sequence[Indexed], lexicon: Lexicon) -> "PhrasingIndex":
        """The index of these entries. A word weighs the more the fewer entries hold it (inverse entry frequency)."""
        texts, owners, stems = [], [], []
        for position, entry in enumerate(entries):
            for text in entry.texts:
                texts.append(text)
                owners.append(position)
                stems.append(tuple(dict.fromkeys(lexicon.stems(text))))
        vocabulary: dict[str, int] = {}
        postings: list[list[int]] = []
        for phrasing, words in enumerate(stems):
            for word in words:
                number = vocabulary.setdefault(word, len(vocabulary))
                if number == len(postings):
                    postings.append([])
                postings[number].append(phrasing)
        owner_of = np.asarray(owners, dtype=np.int32)
        rows = tuple(np.asarray(row, dtype=np.int32) for row in postings)
        weights = _weights(vocabulary, rows, owner_of, len(entries), lexicon)
        norms = np.zeros(len(texts), dtype=np.float32)
        for number, row in enumerate(rows):
            norms[row] += weights[number]
        return cls(
            tuple(entry.id for entry in entries), tuple(texts), owner_of, vocabulary, tuple(vocabulary), weights, rows,
            np.maximum(norms, 1e-6),
        )  # fmt: skip


#: Share of its weight that a word without a topic of its own ("the", "honestly") keeps.
FILLER_SHARE = 0.15


def _weights(
    vocabulary: Iterable[str], rows: Sequence[Integers], owners: Integers, entries: int, lexicon: Lexicon
) -> Floats:
    counts = np.asarray([len(np.unique(owners[row])) for row in rows], dtype=np.float32)
    weights = np.log1p((entries - counts + 0.5) / (counts + 0.5)).astype(np.float32)
    filler = np.asarray([word in lexicon.fillers for word in vocabulary], dtype=bool)
    weights[filler] *= FILLER_SHARE
    return weights
