"""A classifier over an index's own phrasings, fitted when the index is built: which entry do texts like this belong to?

Kernel ridge regression on TF-IDF vectors: one linear system, no training loop, the same result every time. On public
intent sets such classifiers beat any single similarity as soon as entries have several phrasings.
"""

import numpy as np

from bot.matching.index import Floats, Integers
from bot.matching.ngrams import NgramSpace

#: How strongly single phrasings are smoothed over.
RIDGE = 1.0
#: Above so many phrasings the linear system takes longer than a start may; the classifier then stays silent.
PHRASINGS_LIMIT = 4_000


class PhrasingClassifier:
    """Scores each entry for a question: about 1 where it speaks for the entry, about 0 where it does not."""

    def __init__(self, space: NgramSpace, owners: Integers, entries: int) -> None:
        self._space = space
        self._entries = entries
        self._shares = _fitted(space, owners, entries) if 0 < len(owners) <= PHRASINGS_LIMIT else None

    def scores(self, likeness: Floats) -> Floats:
        """One score an entry, from the question's likeness to each phrasing."""
        if self._shares is None:
            return np.zeros(self._entries, dtype=np.float32)
        return likeness @ self._shares


def _fitted(space: NgramSpace, owners: Integers, entries: int) -> Floats:
    kernel = np.stack([space.likeness(vector) for vector in space.vectors])
    kernel[np.diag_indices_from(kernel)] += RIDGE
    belongs = np.zeros((len(owners), entries), dtype=np.float32)
    belongs[np.arange(len(owners)), owners] = 1
    solution: Floats = np.linalg.solve(kernel, belongs).astype(np.float32)
    return solution
