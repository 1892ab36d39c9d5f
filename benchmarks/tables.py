"""What a benchmark shows: Markdown tables on standard output, and how far it is on standard error."""

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")

#: How often standard error is told how far a slow part is.
SECONDS = 5.0


def show(*lines: str) -> None:
    """Writes lines to standard output at once, so that parts which run as processes of their own stay in order."""
    sys.stdout.write("\n".join([*lines, ""]))
    sys.stdout.flush()


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; all columns but the first are aligned to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def number(value: float | None, digits: int = 3) -> str:
    """A figure with so many digits after the point; a dash where there is none."""
    return "–" if value is None else f"{value:,.{digits}f}"  # noqa: RUF001 - a dash, not a minus


def told(items: Sequence[Item], what: str) -> Iterator[Item]:
    """The items one by one; standard error is told every few seconds how many are done."""
    last = time.monotonic()
    for done, item in enumerate(items):
        if time.monotonic() - last > SECONDS:
            tell(f"{what}: {done:,} of {len(items):,}")
            last = time.monotonic()
        yield item


def tell(text: str) -> None:
    """Writes a line to standard error."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
