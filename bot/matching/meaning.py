"""How near the meaning of a question is to each phrasing, and what the phrasings teach about each entry.

Finds what shares no word with the question. Not here: the words themselves (`alignment`, `ngrams`).
"""

from dataclasses import dataclass

import numpy as np

from bot.matching.lessons import fit_lessons, log_chances
from bot.matching.rows import Floats, Integers, Places

#: How much of the spread within entries is taken from the phrasings themselves when there are very many. The rest is
#: taken to be the same in all directions (shrinkage; 0.3 to 0.5 give the same on our sets).
OWN_SHARE = 0.4
#: The same for telling what is in scope from what is not, where each side has many.
OWN_SHARE_OF_TWO = 0.9
#: By how many phrasings at the most, evenly spread, it is told how crowded entries are.
SEEN = 500
#: Least that entries count as crowded: of fewer or further ones nothing was learned.
LEAST_CROWDING = 0.2


@dataclass(frozen=True)
class MeaningSpace:
    """The phrasings of an index as vectors of meaning, of length one.

    `mean_norms`: the length of the mean of each entry's vectors. `unspread` and `offsets` make a linear discriminant
    analysis of the entries (see `cosines`). `inward` is the direction, and the last item the offset, in which phrasings
    of entries differ from out-of-scope messages; empty where none are known. `crowding`: the cosine of a phrasing with
    the nearest one of another entry, on average; what is near in an FAQ of many fields is far in one of a single field.
    """

    vectors: Floats
    mean_norms: Floats
    unspread: Floats
    offsets: Floats
    inward: Floats
    lessons: Floats
    crowding: float

    @classmethod
    def over(cls, vectors: Floats, starts: Places, taught: int) -> "MeaningSpace":
        """The space of these phrasings; those of entry e begin at `starts[e]`; only the first `taught` entries teach.

        Linear discriminant analysis is solved at once, knows nothing of how many phrasings an entry has, and on few
        phrasings an entry it is as good as the best classifier we tried (`docs/matching.md`).
        """
        lengths = np.diff(starts)
        means = np.add.reduceat(vectors, starts[:-1], axis=0) / lengths[:, None]
        norms = np.maximum(np.linalg.norm(means, axis=1), 1e-6).astype(np.float32)
        inner = vectors[: starts[taught]] - np.repeat(means[:taught], lengths[:taught], axis=0)
        unspread = np.linalg.inv(_shrunk(inner, taught, OWN_SHARE)).astype(np.float32)
        offsets = -0.5 * np.einsum("ij,ij->i", means @ unspread, means)
        outside = vectors[starts[taught] :]
        inward = _between(vectors[: starts[taught]], outside) if len(outside) else np.zeros(0, dtype=np.float32)
        owners = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
        lessons = fit_lessons(vectors, owners, len(lengths))
        # An entry is not the likelier for having many phrasings.
        lessons[-1:] -= np.log(lengths[: lessons.shape[1]])
        crowding = _crowding(vectors[: starts[taught]], owners)
        return cls(vectors, norms, unspread, offsets.astype(np.float32), inward, lessons, crowding)

    def cosines(self, vector: Floats) -> tuple[Floats, Floats]:
        """The cosine (-1 to 1) of a question's vector with each phrasing's, and what each phrasing counts towards what
        its entry is taught: an entry's score is the mean of these plus its offset.
        """
        return self.cosines_of_many(vector[np.newaxis])[0]

    def cosines_of_many(self, vectors: Floats) -> list[tuple[Floats, Floats]]:
        """The same for each row; several take little longer than one, as the phrasings are gone through once."""
        both = self.vectors @ np.asfortranarray(np.concatenate([vectors, vectors @ self.unspread]).T)
        columns = np.ascontiguousarray(both.T)
        return list(zip(columns[: len(vectors)], columns[len(vectors) :], strict=True))

    def learned(self, vector: Floats) -> Floats | None:
        """The natural logarithm of the chance that a question belongs to each entry, and to the
        out-of-scope messages; None for so many entries that they were not told apart.
        """
        if not self.lessons.shape[1]:
            return None
        return log_chances(vector @ self.lessons[:-1] + self.lessons[-1])

    def inside(self, vector: Floats) -> float:
        """How much more a question is like the phrasings of all entries than like the out-of-scope messages; 0 where
        none are known.
        """
        return float(vector @ self.inward[:-1] + self.inward[-1]) if len(self.inward) else 0.0


def _shrunk(inner: Floats, groups: int, own_share: float) -> Floats:
    """How vectors of one group differ among each other: their covariance, scaled to 1 on average, and shrunk."""
    width, free = inner.shape[1], max(len(inner) - groups, 0)
    square = inner.T @ inner
    scale = float(np.trace(square)) / width
    own = own_share * free / (free + width) if scale > 0 else 0.0
    result: Floats = own * square / max(scale, 1e-9) + (1 - own) * np.eye(width, dtype=np.float32)
    return result.astype(np.float32)


def _crowding(vectors: Floats, owners: Integers) -> float:
    """How near phrasings are to the nearest of another entry, on average, or `LEAST_CROWDING`."""
    chosen = np.arange(0, len(vectors), -(-len(vectors) // SEEN))
    cosines = vectors[chosen] @ vectors.T
    cosines[owners[chosen][:, None] == owners[None, : len(vectors)]] = -1
    nearest = cosines.max(axis=1)
    others = nearest > -1
    return max(float(nearest[others].mean()) if others.any() else 0.0, LEAST_CROWDING)


def _between(inside: Floats, outside: Floats) -> Floats:
    """The linear discriminant of two groups: a direction, then the offset at which both are equally near."""
    first, second = inside.mean(axis=0), outside.mean(axis=0)
    inner = np.concatenate([inside - first, outside - second])
    direction = np.linalg.solve(_shrunk(inner, 2, OWN_SHARE_OF_TWO), first - second)
    return np.append(direction, -direction @ (first + second) / 2).astype(np.float32)
