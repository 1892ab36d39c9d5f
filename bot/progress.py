"""Shows on a terminal how far something slow is."""

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from bot.matching.embedding import Progress


def learning() -> AbstractContextManager[Progress]:
    """Shows how far the vectors of new phrasings are; nothing where there are none or nobody looks."""
    return _bar("Learning {task.total} new phrasings, once")


def reading() -> AbstractContextManager[Progress]:
    """Shows how far a large file is read; nothing where it is small or nobody looks."""
    return _bar("Reading {task.total} lines")


@contextmanager
def _bar(text: str) -> Iterator[Progress]:
    if not sys.stderr.isatty():
        yield lambda _, __: None
        return
    # Where nobody looks, a start is spared what this takes.
    from rich.console import Console
    from rich.progress import BarColumn, TaskID, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn(text), BarColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: list[TaskID] = []

        def told(done: int, total: int) -> None:
            if not tasks:
                tasks.append(bar.add_task("", total=total))
            bar.update(tasks[0], completed=done, total=total)

        yield told
