"""The entries that a question is measured against in full, with their phrasings, and what each is at its best.

In a small index those are all entries. In a large one, those with the phrasings that came nearest at first sight, so
that the cost of a question does not grow with the entries.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from bot.matching.rows import Floats, Integers, Places

#: Up to so many phrasings, or `NEAREST` entries, all entries are measured.
ALL = 8_000
#: Above both, the entries of so many phrasings that came nearest.
NEAREST = 192


@dataclass(frozen=True)
class Candidates:
    """Entries by position, their phrasings one entry after another, and where those of each begin.

    `phrasings` is None when these are all phrasings of the index; `owners[i]` is the candidate of the i-th phrasing.
    """

    entries: Integers
    phrasings: Integers | None
    starts: Places
    owners: Integers

    @classmethod
    def all_of(cls, starts: Places) -> "Candidates":
        """All entries; `starts[e]` is where the phrasings of entry e begin, its last item how many there are."""
        entries = np.arange(len(starts) - 1, dtype=np.int32)
        return cls(entries, None, starts[:-1], np.repeat(entries, np.diff(starts)))

    @classmethod
    def of_entries(cls, entries: npt.NDArray[np.integer], starts: Places) -> "Candidates":
        """These entries, which are in order."""
        lengths = starts[entries + 1] - starts[entries]
        ends = np.cumsum(lengths)
        owners = np.repeat(np.arange(len(entries), dtype=np.int32), lengths)
        phrasings = (starts[entries] - (ends - lengths))[owners] + np.arange(len(owners))
        return cls(entries.astype(np.int32), phrasings.astype(np.int32), ends - lengths, owners)

    @cached_property
    def counts(self) -> Places:
        """How many phrasings each candidate has."""
        return np.diff(np.append(self.starts, len(self.owners)))

    def of(self, scores: Floats) -> Floats:
        """Of scores for all phrasings of the index, those of the candidates."""
        return scores if self.phrasings is None else scores[self.phrasings]

    def best(self, scores: npt.NDArray[np.floating]) -> tuple[Floats, Integers]:
        """The best score of each candidate's phrasings and the first phrasing, counted among these, that has it."""
        best = np.maximum.reduceat(scores, self.starts)
        first = np.flatnonzero(scores == best[self.owners])[::-1]
        phrasings = np.zeros(len(best), dtype=np.int32)
        phrasings[self.owners[first]] = first
        return best, phrasings

    def of_three(self, scores: npt.NDArray[np.floating]) -> Floats:
        """The mean of each candidate's three best phrasings (of all, where it has fewer)."""
        left = np.array(scores, dtype=np.float32)
        total = np.zeros(len(self.starts), dtype=np.float32)
        counts = np.zeros(len(self.starts), dtype=np.float32)
        for _ in range(3):
            best, at = self.best(left)
            there = best > -np.inf
            total[there] += best[there]
            counts += there
            left[at] = -np.inf
        result: Floats = (total / np.maximum(counts, 1)).astype(np.float32)
        return result

    def mean(self, scores: npt.NDArray[np.floating]) -> Floats:
        """The mean score of each candidate's phrasings."""
        summed = np.bincount(self.owners, weights=scores, minlength=len(self.starts))
        return (summed / self.counts).astype(np.float32)


def likeliest(confidences: Floats, most: int) -> npt.NDArray[np.intp]:
    """The positions of the highest confidences above 0, at most so many, best first; of equal ones the first."""
    touched = np.flatnonzero(confidences)
    if len(touched) > most:
        touched = touched[confidences[touched] >= np.partition(confidences[touched], -most)[-most]]
    return touched[np.argsort(-confidences[touched], kind="stable")][:most]


def nearest_entries(scores: list[Floats], owners: Integers) -> npt.NDArray[np.integer]:
    """The entries, in order, of the phrasings that came nearest by any of these scores."""
    return np.unique(owners[np.concatenate([_nearest(score) for score in scores])])


def _nearest(scores: Floats) -> Places:
    """The positions of the `NEAREST` highest scores, or of all where there are no more.

    Those above 0 are looked at first: mostly they are few, and of the others it does not matter which are taken.
    """
    likely = np.flatnonzero(scores > 0)
    if len(likely) > NEAREST:
        return likely[np.argpartition(-scores[likely], NEAREST)[:NEAREST]]
    return np.concatenate([likely, np.flatnonzero(scores <= 0)[: NEAREST - len(likely)]])
