"""The making of coaches, watched and held up, and what a coach that was made says."""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.assembly import Assembly
from bot.knowledge.models import Entry
from bot.matching.answer import Kind
from bot.matching.coach import Coach
from tests.front.bakers import ENTRIES, GUIDE, WORDS
from tests.knowledge.folders import knowledge_folder


def bakers(folder: Path) -> Assembly:
    """What coaches are made of that know the guide about bakers."""
    return Assembly(knowledge_folder(folder, guide=GUIDE, entries=ENTRIES, words=WORDS))


class Making:
    """Makes coaches as the bot does and counts them; while it is `stopped` none is finished, with a `fault` none made.

    `begun` is set when a coach is begun.
    """

    def __init__(self, assembly: Assembly) -> None:
        self._extended = assembly.extended
        self._open = threading.Event()
        self._open.set()
        self.begun = threading.Event()
        self.made = 0
        self.fault: Exception | None = None

    def __call__(self, base: Coach, entries: Sequence[Entry]) -> Coach:
        self.begun.set()
        self._open.wait()
        if self.fault is not None:
            raise self.fault
        self.made += 1
        return self._extended(base, entries)

    @contextmanager
    def stopped(self) -> Iterator[None]:
        self._open.clear()
        self.begun.clear()
        try:
            yield
        finally:
            self._open.set()

    async def is_begun(self) -> None:
        await asyncio.to_thread(self.begun.wait)


def said(coach: Coach, question: str) -> str | None:
    """What answers the question; None where nothing does."""
    answer = coach.ask(question)
    return answer.matches[0].entry.answer if answer.kind is Kind.ANSWER else None
