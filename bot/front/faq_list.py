"""`/faq list`: the entries of the server, of the guide and of the bin, in pages, those that hold what was typed."""

from collections.abc import Sequence

import discord
from discord import ui

from bot.front.client import Interaction, WaymarkBot
from bot.front.faq_shelves import Row, Shelf, row_text, rows_on
from bot.front.faq_show import open_entry
from bot.front.items import Button, Persistent, Select
from bot.front.layout import ANSWER, CHOICE_LIMIT, Item, heading, layout, small
from bot.front.pages import Page
from bot.front.permissions import require_moderator
from bot.front.reply import in_time, replace, reply
from bot.front.text import quoted, shorten
from bot.store.values import BIN_DAYS

#: Entries a page.
ENTRIES = 10
#: Most characters of what was typed: the custom id that carries it from page to page has 100 in all.
CONTAINS_LIMIT = 70


#: What stands on the button of each shelf, and over its list.
_NAMES = {Shelf.SERVER: "This server's", Shelf.GUIDE: "The guide's", Shelf.BIN: "The bin"}
_TITLES = {Shelf.SERVER: "This server's entries", Shelf.GUIDE: "The guide's entries", Shelf.BIN: "In the bin"}
_SHELF, _CONTAINS = "server|guide|bin", rf".{{0,{CONTAINS_LIMIT}}}"


async def show_list(interaction: Interaction, contains: str) -> None:
    """Shows the entries of the server that hold all words of `contains`; all of them when it is empty."""
    server = await require_moderator(interaction)
    async with in_time(interaction, private=True):
        contains = shorten(" ".join(contains.split()).rstrip("…"), CONTAINS_LIMIT)
        view = await list_view(interaction.client, server, Shelf.SERVER, 0, contains)
    await reply(interaction, view, private=True)


class ShelfButton(Persistent[Button], template=rf"wm:faq-shelf:(?P<shelf>{_SHELF}):(?P<contains>{_CONTAINS})"):
    """Goes over to another shelf, with the same words looked for."""

    def __init__(self, shelf: str, contains: str, text: str = "", *, here: bool = False) -> None:
        self.shelf, self.contains = Shelf(shelf), contains
        style = discord.ButtonStyle.primary if here else discord.ButtonStyle.secondary
        item: Button = Button(
            custom_id=f"wm:faq-shelf:{shelf}:{contains}", label=text or None, style=style, disabled=here
        )
        super().__init__(item)

    async def used(self, interaction: Interaction) -> None:
        """Shows its first page in the place of the list."""
        await _turn(interaction, self.shelf, 0, self.contains)


class ListPageButton(
    Persistent[Button], template=rf"wm:faq-list:(?P<shelf>{_SHELF}):(?P<page>[0-9]{{1,6}}):(?P<contains>{_CONTAINS})"
):
    """Turns to another page of the list."""

    def __init__(self, shelf: str, page: int | str, contains: str, text: str = "") -> None:
        self.shelf, self.page, self.contains = Shelf(shelf), int(page), contains
        super().__init__(Button(custom_id=f"wm:faq-list:{shelf}:{page}:{contains}", label=text or None))

    async def used(self, interaction: Interaction) -> None:
        """Shows it in the place of this one."""
        await _turn(interaction, self.shelf, self.page, self.contains)


class OpenMenu(Persistent[Select], template=rf"wm:faq-open:(?P<shelf>{_SHELF})"):
    """Opens the entry that was picked from the page."""

    def __init__(self, shelf: str, rows: Sequence[Row] = ()) -> None:
        self.shelf = Shelf(shelf)
        options = [
            discord.SelectOption(label=shorten(row.question, CHOICE_LIMIT), value=row.id, description=row.id)
            for row in rows
        ]
        super().__init__(Select(custom_id=f"wm:faq-open:{shelf}", placeholder="Open an entry", options=options))

    async def used(self, interaction: Interaction) -> None:
        """Shows it privately, below the list."""
        await open_entry(interaction, self.item.values[0], binned=self.shelf is Shelf.BIN)


async def _turn(interaction: Interaction, shelf: Shelf, page: int, contains: str) -> None:
    server = await require_moderator(interaction)
    async with in_time(interaction, private=True, in_place=True):
        view = await list_view(interaction.client, server, shelf, page, contains)
    await replace(interaction, view)


async def list_view(client: WaymarkBot, server: int, shelf: Shelf, number: int, contains: str) -> ui.LayoutView:
    """A page of the entries of a shelf that hold all words of `contains`, with ways to the other shelves."""
    words = contains.removesuffix("…").casefold().split()
    found = await rows_on(client, server, shelf, words)
    page = Page.at(found, number, ENTRIES)
    texts = [await row_text(client, server, row) for row in page.items]
    turning: list[Item] = [ListPageButton(shelf, other, contains, text) for other, text in page.beside()]
    if contains:
        turning.append(ShelfButton(shelf, "", "Show all"))
    return layout(
        ANSWER,
        _title(shelf, len(found), contains),
        ui.Separator(),
        *(texts or [await _nothing(client, server, shelf, words)]),
        small(str(page)),
        [OpenMenu(shelf, page.items)] if texts else [],
        turning,
        [ShelfButton(each, contains, name, here=each is shelf) for each, name in _NAMES.items()],
    )


def _title(shelf: Shelf, count: int, contains: str) -> str:
    title = heading(_TITLES[shelf])
    said = f"{f'{count:,}' if count else 'No'} {'entry' if count == 1 else 'entries'}"
    if not contains:
        return f"{title}\n{small(said)}" if count else title
    cut = "; that was long, so the rest of it was left out" if contains.endswith("…") else ""
    words = "all of the words" if len(contains.split()) > 1 else "the word"
    return f"{title}\n{small(f'{said} with {words} “{quoted(contains, CONTAINS_LIMIT)}”{cut}')}"


async def _nothing(client: WaymarkBot, server: int, shelf: Shelf, words: Sequence[str]) -> str:
    """What to say of an empty list, with the next step."""
    if words:
        counts = {name: len(await rows_on(client, server, other, words)) for other, name in _NAMES.items()}
        others = [f"*{name}* has {count:,}" for name, count in counts.items() if count]
        again = "fewer words, or other ones" if len(words) > 1 else "another word"
        return f"{', '.join(others)}." if others else f"The other lists have none either. Try {again}."
    if shelf is Shelf.SERVER:
        return (
            "This server has none of its own yet, so members are answered from the guide alone. `/faq add` makes the "
            "first; `/faq edit` changes one of the guide's for this server."
        )
    if shelf is Shelf.BIN:
        return f"Nothing lies here. What is taken away with `/faq remove` can be brought back for {BIN_DAYS} days."
    return "The guide has no entries."
