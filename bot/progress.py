"""Shows on a terminal how far something slow is."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bot.matching.embedding import Progress


@contextmanager
def learning() -> Iterator[Progress]:
    """Shows how far the vectors of new phrasings are; nothing where there are none or nobody looks."""
    if not sys.stderr.isatty():
        yield lambda _, __: None
        return
    # Where nobody looks, a start is spared what this takes.
    from rich.console import Console
    from rich.progress import BarColumn, TaskID, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("Learning {task.total} new phrasings, once"), BarColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: list[TaskID] = []

        def told(done: int, total: int) -> None:
            if not tasks:
                tasks.append(bar.add_task("", total=total))
            bar.update(tasks[0], completed=done)

        yield told
