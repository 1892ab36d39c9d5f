"""The shelves that `/faq list` lists entries from: which entries stand there, and what is told of each."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from discord.utils import format_dt

from bot.front.client import WaymarkBot
from bot.front.faq_standing import done_by
from bot.front.layout import small
from bot.front.text import quoted
from bot.knowledge.models import Entry
from bot.store.drafts import Draft
from bot.store.values import Binned, StoredEntry

#: Most characters of a question in a list.
QUESTION_SHOWN = 100
#: What marks a server's entry that stands in the place of the guide's.
EDIT = "edit of the guide's · "


class Shelf(StrEnum):
    """Where entries are listed from: the server's own, the guide's, those in the bin."""

    SERVER = "server"
    GUIDE = "guide"
    BIN = "bin"


@dataclass(frozen=True, slots=True)
class Row:
    """An entry on a shelf: its id, what it says, and as what it stands there."""

    id: str
    text: Entry | Draft
    standing: StoredEntry | Binned | None = None

    @property
    def question(self) -> str:
        """Its question."""
        return self.text.question

    def holds(self, words: Sequence[str]) -> bool:
        """Whether each of the words, in small letters, is in the entry somewhere, as a part of a word too."""
        text = self.text
        leads = [lead.text for lead in text.leads] if isinstance(text, Entry) else []
        whole = "\n".join([self.id, text.question, text.answer, *text.phrasings, *leads]).casefold()
        return all(word in whole for word in words)


async def rows_on(client: WaymarkBot, server: int, shelf: Shelf, words: Sequence[str]) -> list[Row]:
    """The entries on a shelf that hold all these words, as `Row.holds` says, in order."""
    rows = await _rows(client, server, shelf)
    # A large import has ten thousand; others are answered meanwhile.
    return await asyncio.to_thread(lambda: [row for row in rows if row.holds(words)]) if words else rows


async def _rows(client: WaymarkBot, server: int, shelf: Shelf) -> list[Row]:
    entries = client.store.entries
    match shelf:
        case Shelf.SERVER:
            return [Row(one.id, one.draft, one) for one in await entries.all(server)]
        case Shelf.GUIDE:
            return [Row(entry.id, entry) for entry in client.coaches.base.knowledge.entries]
        case Shelf.BIN:
            binned = await entries.bin(server, client.store.clock())
            return [Row(one.entry.id, one.entry.draft, one) for one in binned]


async def row_text(client: WaymarkBot, server: int, row: Row) -> str:
    """What a list shows of an entry."""
    title = quoted(row.question, QUESTION_SHOWN) or row.id
    return f"**{title}**\n{small(f'`{row.id}` · {await _told(client, server, row)}')}"


async def _told(client: WaymarkBot, server: int, row: Row) -> str:
    guide = client.coaches.base.knowledge
    match row.standing:
        case StoredEntry(current=current):
            return f"{EDIT if guide.entry(row.id) else ''}{done_by(current)}"
        case Binned(entry=StoredEntry(current=current), until=until):
            done = done_by(current, overrides=guide.entry(row.id) is not None)
            return f"{done} · gone for good {format_dt(until, 'R')}"
        case None:
            theme = next(theme.title for theme in guide.themes() if row.text in theme.entries)
            edited = await client.store.entries.get(server, row.id) is not None
            return f"{theme} · edited for this server" if edited else theme
