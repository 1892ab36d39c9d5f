"""How an entry stands in a server: what it says now and said before, whether it lies in the bin, what the guide says.

Not here: what a moderator does about it (`faq_remove`, `faq_restore`), nor how it is shown (`faq_show`).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from discord.utils import format_dt

from bot.errors import WaymarkError
from bot.front.client import WaymarkBot
from bot.front.faq_entries import named_entry
from bot.front.text import quoted
from bot.knowledge.models import Entry
from bot.store.values import BIN_DAYS, Binned, Deed, StoredEntry, Version

#: An entry's id in a custom id.
ID = r"[a-z0-9-]{1,60}"
#: Most characters of a reason where several are shown.
REASON_SHOWN = 120

_DONE: dict[Deed, str] = {
    "add": "added", "edit": "edited", "remove": "removed", "restore": "restored", "import": "imported",
    "purge": "ended for good",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry by its id. `versions`: the server's, the newest first, none for an entry that is the guide's alone.

    `stored`: the server's entry, living or in the bin, None for one of the guide's alone and one gone for good;
    `until`: when it will be gone, None while it lives. `guide`: what the guide has under this id. `entry`: what
    members are answered with.
    """

    id: str
    versions: tuple[Version, ...]
    stored: StoredEntry | None
    until: dt.datetime | None
    guide: Entry | None
    entry: Entry | None

    @property
    def living(self) -> StoredEntry | None:
        """The server's entry that members are answered with."""
        return self.stored if self.until is None else None

    @property
    def binned(self) -> StoredEntry | None:
        """The server's entry that lies in the bin."""
        return self.stored if self.until is not None else None

    def version(self, number: int) -> Version | None:
        """The version of that number."""
        return next((version for version in self.versions if version.number == number), None)

    def made_by(self, version: Version) -> str:
        """What made this version of it, by whom, and how long ago."""
        return done_by(version, overrides=self.guide is not None)


async def standing(client: WaymarkBot, server: int, entry_id: str) -> Standing:
    """How the entry of that id stands."""
    entries = client.store.entries
    stored, until = await entries.get(server, entry_id), None
    if stored is None:
        found = await _binned(client, server)
        binned = next((each for each in found if each.entry.id == entry_id), None)
        stored, until = (binned.entry, binned.until) if binned else (None, None)
    versions = await entries.history(server, entry_id)
    guide = client.coaches.base.knowledge.entry(entry_id)
    entry = guide if stored is None or until is not None else await known_text(client, server, stored)
    return Standing(entry_id, versions, stored, until, guide, entry)


async def known_text(client: WaymarkBot, server: int, stored: StoredEntry) -> Entry:
    """A living entry as the server's coach knows it, or as it is stored where the coach is not as far yet."""
    draft = stored.draft
    known = (await client.coaches.of(server)).knowledge.entry(stored.id)
    if known is None or (known.question, known.answer) != (draft.question, draft.answer):
        return draft.entry(stored.id)
    return known


async def named_standing(client: WaymarkBot, server: int, name: str) -> Standing:
    """How the entry of that id or question stands, be it in the bin; raises `WaymarkError` when there is none."""
    try:
        entry_id = named_entry(await client.coaches.of(server), name).id
    except WaymarkError:
        binned = _named(await _binned(client, server), name)
        if binned is None:
            raise
        entry_id = binned.entry.id
    return await standing(client, server, entry_id)


def gone(entry_id: str) -> WaymarkError:
    """What to say of an entry that is neither in use nor in the bin."""
    return WaymarkError(
        f"`{entry_id}` is not there any more: after {BIN_DAYS} days in the bin an entry goes for good. Nothing was "
        "changed; `/faq add` makes it anew."
    )


def done_by(version: Version, *, overrides: bool = False) -> str:
    """What made a version, by whom, and how long ago; `overrides`: of an edit of the guide's entry."""
    what = "taken back" if overrides and version.action == "remove" else _DONE[version.action]
    return f"{what} by {who(version.author)} {format_dt(version.at, 'R')}"


def done(deed: Deed, *, overrides: bool = False) -> str:
    """What somebody did; `overrides`: to edits of the guide's entries, whose removal brings the guide's text back."""
    return "took back" if overrides and deed == "remove" else _DONE[deed]


def who(author: int | None) -> str:
    """The person, as a mention that tells them nothing of it."""
    return f"<@{author}>" if author is not None else "somebody"


def because(reason: str | None) -> str:
    """The reason as the end of a line; empty without one."""
    return f": {quoted(reason, REASON_SHOWN)}" if reason else ""


async def _binned(client: WaymarkBot, server: int) -> tuple[Binned, ...]:
    return await client.store.entries.bin(server, client.store.clock())


def _named(binned: Sequence[Binned], name: str) -> Binned | None:
    wanted = " ".join(name.split()).casefold()
    by_question = [each for each in binned if each.entry.draft.question.casefold() == wanted]
    return next((each for each in binned if each.entry.id == wanted), by_question[0] if by_question else None)
