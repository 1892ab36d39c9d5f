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
    stems: tuple[tuple[str, ...], ...]
    vocabulary: dict[str, int]
    words: tuple[str, ...]
    weights: Floats
    postings: tuple[Integers, ...]
    norms: Floats

    @classmethod
    def over(cls, entries: Sequence[Indexed], lexicon: Lexicon) -> "PhrasingIndex":
        """The index of these entries. A word weighs the more the fewer entries hold it (inverse entry frequency)."""
        texts = [text for entry in entries for text in entry.texts]
        owners = np.repeat(np.arange(len(entries), dtype=np.int32), [len(entry.texts) for entry in entries])
        stems = [tuple(dict.fromkeys(lexicon.stems(text))) for text in texts]
        vocabulary: dict[str, int] = {}
        numbers = [vocabulary.setdefault(stem, len(vocabulary)) for phrasing in stems for stem in phrasing]
        words = np.asarray(numbers, dtype=np.int32)
        phrasings = np.repeat(np.arange(len(texts), dtype=np.int32), [len(phrasing) for phrasing in stems])
        weights = _weights(vocabulary, words, owners[phrasings], len(entries), lexicon)
        norms = np.bincount(phrasings, weights=weights[words], minlength=len(texts)).astype(np.float32)
        order = np.argsort(words, kind="stable")
        ends = np.cumsum(np.bincount(words, minlength=len(vocabulary)))
        postings = tuple(np.split(phrasings[order], ends[:-1])) if vocabulary else ()
        return cls(
            tuple(entry.id for entry in entries), tuple(texts), owners, tuple(stems), vocabulary, tuple(vocabulary),
            weights, postings, np.maximum(norms, 1e-6),
        )  # fmt: skip


#: Share of its weight that a word without a topic of its own ("the", "honestly") keeps.
FILLER_SHARE = 0.15


def _weights(vocabulary: Iterable[str], words: Integers, owners: Integers, entries: int, lexicon: Lexicon) -> Floats:
    """`words` and `owners`: for each word of each phrasing its number and the entry's."""
    pairs = np.unique(words.astype(np.int64) * max(entries, 1) + owners)
    filler = np.asarray([word in lexicon.fillers for word in vocabulary], dtype=bool)
    counts = np.bincount(pairs // max(entries, 1), minlength=len(filler)).astype(np.float32)
    weights = np.log1p((entries - counts + 0.5) / (counts + 0.5)).astype(np.float32)
    weights[filler] *= FILLER_SHARE
    return weights
