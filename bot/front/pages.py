"""Long lists in pages: which part a page shows, and which pages are beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

_Item_co = TypeVar("_Item_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Page(Generic[_Item_co]):
    """A part of a list. `number` counts from 0, `of` is how many pages there are, at least 1."""

    items: tuple[_Item_co, ...]
    number: int
    of: int

    @classmethod
    def at(cls, items: Sequence[_Item_co], number: int, size: int) -> "Page[_Item_co]":
        """The page of that number, the last one where there are fewer: a list may have become shorter."""
        of = max(1, -(-len(items) // size))
        number = min(number, of - 1)
        return cls(tuple(items[number * size : (number + 1) * size]), number, of)

    def beside(self) -> Iterator[tuple[int, str]]:
        """The numbers of the pages that one can turn to, with what stands on their buttons."""
        return beside(self.number, more=self.number + 1 < self.of)

    def __str__(self) -> str:
        return f"Page {self.number + 1} of {self.of}" if self.of > 1 else ""


def beside(number: int, *, more: bool) -> Iterator[tuple[int, str]]:
    """The pages before and, if there are more, behind that one, with what stands on their buttons."""
    if number > 0:
        yield number - 1, "Previous"
    if more:
        yield number + 1, "Next"
