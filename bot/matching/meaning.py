"""How near the meaning of a question is to each phrasing, and what the phrasings teach about each entry.

Finds what shares no word with the question. Not here: the words themselves (`alignment`, `ngrams`).
"""

from collections.abc import Sequence

import numpy as np

from bot.matching.embedding import Embedder
from bot.matching.index import Floats, Integers

#: How strongly single phrasings are smoothed over (kernel ridge on unit vectors; 0.3 to 3 give the same on our sets).
RIDGE = 1.0


class MeaningSpace:
    """The phrasings of an index as vectors of meaning."""

    def __init__(self, embedder: Embedder, texts: Sequence[str], owners: Integers, entries: int) -> None:
        """`owners[p]` is the position of the entry of phrasing p."""
        self._vectors = embedder.phrasings(texts)
        belongs = np.zeros((len(texts), entries), dtype=np.float32)
        belongs[np.arange(len(texts)), owners] = 1
        square = self._vectors.T @ self._vectors + RIDGE * np.eye(self._vectors.shape[1], dtype=np.float32)
        self._lessons: Floats = np.linalg.solve(square, self._vectors.T @ belongs).astype(np.float32)

    def cosines(self, vector: Floats) -> Floats:
        """The cosine (-1 to 1) of a question's vector with each phrasing's."""
        result: Floats = self._vectors @ vector
        return result

    def taught(self, vector: Floats) -> Floats:
        """One score an entry: about 1 where the phrasings, taken together, speak for it, about 0 where not."""
        result: Floats = vector @ self._lessons
        return result
