"""Lists of numbers of unequal length, row by row in one array: which words a text has, which texts a word is in."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int32]
#: Places in arrays that may be longer than 32 bits count.
Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Rows:
    """Row r is `numbers[starts[r]:starts[r + 1]]`; `starts` has one more item than there are rows."""

    starts: Places
    numbers: Integers

    @classmethod
    def of_lists(cls, lists: Sequence[Sequence[int]]) -> "Rows":
        """One row a list, in order."""
        numbers = np.fromiter(chain.from_iterable(lists), dtype=np.int32)
        return cls(ends_of([len(numbers) for numbers in lists]), numbers)

    @classmethod
    def of_pairs(cls, rows: npt.NDArray[np.integer], numbers: npt.NDArray[np.integer], count: int) -> "Rows":
        """`count` rows from (row, number) pairs in any order; those of a row keep theirs."""
        order = np.argsort(rows, kind="stable")
        return cls(ends_of(np.bincount(rows, minlength=count)), numbers[order].astype(np.int32))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, row: int) -> Integers:
        return self.numbers[self.starts[row] : self.starts[row + 1]]

    @cached_property
    def lengths(self) -> Places:
        """How many numbers each row has."""
        return np.diff(self.starts)

    @property
    def owners(self) -> Integers:
        """For each number, in which row it stands."""
        return np.repeat(np.arange(len(self), dtype=np.int32), self.lengths)

    def places(self, rows: npt.NDArray[np.integer]) -> tuple[Places, Places]:
        """Where the numbers of these rows stand, one row after another, and how many each row has."""
        starts = self.starts[rows]
        lengths = self.starts[rows + 1] - starts
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if len(ends) else 0
        return np.repeat(starts - (ends - lengths), lengths) + np.arange(total), lengths


def ends_of(lengths: Sequence[int] | npt.NDArray[np.integer]) -> Places:
    """The `starts` of rows of these lengths."""
    return np.concatenate(([0], np.cumsum(np.asarray(lengths, dtype=np.int64)))).astype(np.int64)


def distinct(numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The numbers in order, each once: `numpy.unique`, which takes ten times as long for millions (NumPy 2.3)."""
    ordered = np.sort(numbers)
    return ordered[np.diff(ordered, prepend=-1) != 0] if len(ordered) else ordered


def sums(values: npt.NDArray[np.floating], starts: Places) -> Floats:
    """The sum of each run of values that `starts` parts; 0 for an empty one."""
    running = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    return np.diff(running[starts]).astype(np.float32)
