"""`/faq show`: an entry as members see it, with what only moderators see, and what they may do about it."""

from collections.abc import Iterable, Iterator

from discord import ui
from discord.utils import format_dt

from bot.front.client import Interaction, WaymarkBot
from bot.front.entry_card import entry_blocks
from bot.front.faq_form import open_edit
from bot.front.faq_history import HistoryButton
from bot.front.faq_remove import AskRemoveButton
from bot.front.faq_restore import BinButton, RestoreButton
from bot.front.faq_standing import ID, Standing, because, done_by, gone, named_standing, standing
from bot.front.items import Button, Persistent
from bot.front.layout import ANSWER, TEXT_LIMIT, Item, heading, layout, small
from bot.front.pages import Page
from bot.front.permissions import require_moderator
from bot.front.reply import in_time, replace, reply
from bot.front.text import quoted
from bot.knowledge.models import QUESTION_LIMIT, Entry
from bot.store.drafts import PHRASING_LIMIT
from bot.store.values import StoredEntry

#: Most phrasings on an entry's card; the rest is one button away.
PHRASINGS_SHOWN = 10
#: What stands above phrasings.
ALSO = "**Also found by**"
#: Characters that are kept free for the number of a page.
_SPARE = 50


async def show_entry(interaction: Interaction, name: str) -> None:
    """Shows the entry of that id or question, also one in the bin; raises `WaymarkError` when there is none."""
    server = await require_moderator(interaction)
    async with in_time(interaction, private=True):
        view = entry_view(interaction.client, await named_standing(interaction.client, server, name))
    await reply(interaction, view, private=True)


async def open_entry(interaction: Interaction, entry_id: str, *, binned: bool = False) -> None:
    """Shows the entry of that id; with `binned` what lies in the bin, though the guide has an entry with this id."""
    server = await require_moderator(interaction)
    async with in_time(interaction, private=True):
        found = await standing(interaction.client, server, entry_id)
        view = binned_view(interaction.client, found) if binned else entry_view(interaction.client, found)
    await reply(interaction, view, private=True)


def entry_view(client: WaymarkBot, found: Standing) -> ui.LayoutView:
    """What members are answered with, else what lies in the bin; raises `WaymarkError` when it is gone for good."""
    if found.entry is None:
        return binned_view(client, found)
    about = [_of_server(found.living) if found.living else f"`{found.id}` · the guide's own, never edited here"]
    buttons: list[Item] = []
    if found.living and found.guide:
        is_renamed = found.guide.question != found.entry.question
        about.append("An edit of the guide's entry" + (f" “{quoted(found.guide.question, 100)}”" if is_renamed else ""))
        buttons.append(BinButton(found.id, found.living.version))
    elif found.living:
        buttons.append(AskRemoveButton(found.id))
    elif found.binned and found.until:
        about = [f"`{found.id}` · the guide's own; an edit of it lies in the bin until {format_dt(found.until, 'f')}"]
        buttons.append(RestoreButton(found.id, found.binned.version, found.binned.version, "Restore the edit"))
    history = [HistoryButton(found.id)] if found.versions else []
    return _card(client, found.entry, about, [EditButton(found.id), *history, *buttons])


def binned_view(client: WaymarkBot, found: Standing) -> ui.LayoutView:
    """What lies in the bin under this id; raises `WaymarkError` when nothing does."""
    stored = found.binned
    if stored is None or found.until is None:
        if found.living:
            return entry_view(client, found)
        raise gone(found.id)
    said = f"In the bin until {format_dt(found.until, 'f')} ({format_dt(found.until, 'R')}). Members do not get it:"
    buttons = [RestoreButton(found.id, stored.version, stored.version), HistoryButton(found.id)]
    return _card(client, stored.draft.entry(found.id), [_of_server(stored)], buttons, binned=said)


def _of_server(stored: StoredEntry) -> str:
    current = stored.current
    made = done_by(current, overrides=stored.overrides)
    return f"`{stored.id}` · version {current.number} · {made}{because(current.reason)}"


def _card(
    client: WaymarkBot, entry: Entry, about: Iterable[str], buttons: Iterable[Item], *, binned: str = ""
) -> ui.LayoutView:
    """The entry as members see it, its phrasings as far as they fit, what is `about` it, and the buttons.

    `binned`: what stands above one that lies in the bin.
    """
    blocks = entry_blocks(client.coaches.base.knowledge, entry)
    below = small("\n".join(about))
    room = TEXT_LIMIT - sum(len(text) for text in (small(binned), below, *blocks) if isinstance(text, str))
    lines = _phrasings(entry.phrasings)
    shown = next(_fitting(lines[:PHRASINGS_SHOWN], room - len(ALSO) - 1), [])
    also = "\n".join([ALSO, *shown]) if shown else "" if lines else small("No other phrasings yet.")
    whole = PhrasingsButton("bin" if binned else "use", entry.id, f"All {len(lines)} phrasings")
    more = [] if len(shown) == len(lines) else [whole]
    return layout(ANSWER, small(binned), *blocks, ui.Separator(), also, below, [*more, *buttons])


class EditButton(Persistent[Button], template=rf"wm:faq-edit:(?P<entry_id>{ID})"):
    """Opens the form of an entry, filled in."""

    def __init__(self, entry_id: str) -> None:
        self.entry_id = entry_id
        super().__init__(Button(custom_id=f"wm:faq-edit:{entry_id}", label="Edit"))

    async def used(self, interaction: Interaction) -> None:
        """Opens it, for a moderator."""
        await open_edit(interaction, self.entry_id)


class PhrasingsButton(Persistent[Button], template=rf"wm:faq-phrasings:(?P<where>use|bin):(?P<entry_id>{ID})"):
    """Opens all phrasings of an entry: of the one in use, or of what lies in the bin under its id."""

    def __init__(self, where: str, entry_id: str, text: str = "") -> None:
        self.where, self.entry_id = where, entry_id
        super().__init__(Button(custom_id=f"wm:faq-phrasings:{where}:{entry_id}", label=text or None))

    async def used(self, interaction: Interaction) -> None:
        """Shows them privately."""
        server = await require_moderator(interaction)
        async with in_time(interaction, private=True):
            view = phrasings_view(await standing(interaction.client, server, self.entry_id), self.where, 0)
        await reply(interaction, view, private=True)


class PhrasingsPageButton(
    Persistent[Button],
    template=rf"wm:faq-phrasings:(?P<where>use|bin):(?P<entry_id>{ID}):(?P<page>[0-9]{{1,6}})",
):
    """Turns to another page of an entry's phrasings."""

    def __init__(self, where: str, entry_id: str, page: int | str, text: str = "") -> None:
        self.where, self.entry_id, self.page = where, entry_id, int(page)
        super().__init__(Button(custom_id=f"wm:faq-phrasings:{where}:{entry_id}:{page}", label=text or None))

    async def used(self, interaction: Interaction) -> None:
        """Shows it in the place of this one."""
        server = await require_moderator(interaction)
        async with in_time(interaction, private=True, in_place=True):
            view = phrasings_view(await standing(interaction.client, server, self.entry_id), self.where, self.page)
        await replace(interaction, view)


def phrasings_view(found: Standing, where: str, number: int) -> ui.LayoutView:
    """A page of all phrasings of the entry in use, or with `bin` of what lies there; the other where there is but one.

    Raises `WaymarkError` for an entry that is gone for good.
    """
    binned = found.binned.draft.entry(found.id) if found.binned else None
    entry = (binned or found.entry) if where == "bin" else (found.entry or binned)
    if entry is None:
        raise gone(found.id)
    title = f"{heading(quoted(entry.question, QUESTION_LIMIT))}\n{ALSO}"
    pages = list(_fitting(_phrasings(entry.phrasings), TEXT_LIMIT - len(title) - _SPARE))
    page = Page.at(pages, number, 1)
    lines = [line for lines in page.items for line in lines] or [small("No other phrasings yet.")]
    turning = [PhrasingsPageButton(where, found.id, other, text) for other, text in page.beside()]
    return layout(ANSWER, "\n".join([title, *lines]), small(str(page)), turning)


def _phrasings(phrasings: Iterable[str]) -> list[str]:
    return [f"- {quoted(text, PHRASING_LIMIT)}" for text in phrasings]


def _fitting(lines: Iterable[str], room: int) -> Iterator[list[str]]:
    """The lines in parts of at most so many characters; the first part is empty when not even one line fits it."""
    part: list[str] = []
    left = room
    for line in lines:
        if len(line) + 1 > left:
            yield part
            part, left = [], room
        part.append(line)
        left -= len(line) + 1
    if part:
        yield part
