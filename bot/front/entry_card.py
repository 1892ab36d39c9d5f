"""An entry as members see it: title, text, source and date, the picture that goes with it, and the buttons that open
what is related or add it to one's own path.
"""

from collections.abc import Iterable, Sequence

import discord
from discord import ui

from bot.errors import WaymarkError
from bot.front.add_to_plan import add_button, step_lines
from bot.front.client import Interaction
from bot.front.drawing import may_attach
from bot.front.items import Button, Persistent
from bot.front.layout import ANSWER, Block, Item, Shown, heading, label, layout, small
from bot.front.pay_ladder import PayLadder, pay_ladder
from bot.front.reply import in_time, reply
from bot.knowledge.knowledge import Knowledge, key_of
from bot.knowledge.models import Entry
from bot.matching.coach import Coach

#: Related entries under an answer; more would push the answer off a phone's screen.
RELATED = 3
#: A key of an entry, with or without leads, in a button's id.
KEY = r"[0-9a-f]{8}(?:-[a-t]{1,20})?"


def entry_blocks(knowledge: Knowledge, entry: Entry) -> list[Block]:
    """Title, text and source line of an entry, each a block of a layout."""
    text = knowledge.text_of(entry, discord.utils.utcnow().date())
    source = knowledge.source_line(entry)
    return [f"{heading(entry.question)}\n{text}", small(f"Source: {source}") if source else ""]


def entry_card(
    coach: Coach, entry: Entry, *, quote: str = "", more: Sequence[Item] = (), ladder: PayLadder | None = None
) -> ui.LayoutView:
    """The card of one entry; `quote` stands above it, the buttons `more` below those of the related entries."""
    related = coach.knowledge.related_to(entry)[:RELATED]
    buttons = [EntryButton(key_of(other.id), other.question) for other in related]
    blocks = entry_blocks(coach.knowledge, entry)
    return layout(ANSWER, quote, *blocks, *joined_blocks(coach.knowledge, [entry], ladder, buttons, more))


def joined_blocks(
    knowledge: Knowledge,
    entries: Sequence[Entry],
    ladder: PayLadder | None,
    buttons: Iterable[Item],
    more: Iterable[Item],
) -> list[Block]:
    """What stands below the entries of an answer: the picture, the step that they belong to, the buttons."""
    row = [*more, *add_button(knowledge, entries), *([ladder.button] if ladder else [])]
    return [step_lines(knowledge, entries), ladder.attached.block() if ladder else "", *buttons, row]


async def entry_shown(
    interaction: Interaction, coach: Coach, entry: Entry, *, quote: str = "", more: Sequence[Item] = ()
) -> Shown:
    """The card of one entry with its picture, where it has one and files may be sent."""
    client = interaction.client
    ladder = await pay_ladder(client, coach.knowledge, [entry]) if may_attach(interaction) else None
    view = entry_card(coach, entry, quote=quote, more=more, ladder=ladder)
    return Shown(view, [ladder.attached] if ladder else [])


async def show_entry(interaction: Interaction, key: str) -> None:
    """Shows the entry of a key to whoever asked for it, privately; raises `WaymarkError` when it is gone."""
    async with in_time(interaction, private=True):
        coach = await interaction.client.coach_of(interaction)
        shown = await entry_shown(interaction, coach, known_entry(coach, key))
    await reply(interaction, shown.view, private=True, files=shown.files())


def known_entry(coach: Coach, key: str) -> Entry:
    """The entry of a key; raises `WaymarkError` when it has left the guide since the button was made."""
    entry = coach.knowledge.entry_by_key(key)
    if entry is None:
        raise WaymarkError(
            "That entry is no longer in the guide. Ask again with `/ask`, or look around with `/browse`."
        )
    return entry


class EntryButton(Persistent[Button], template=rf"wm:entry:(?P<key>{KEY})"):
    """Opens an entry for whoever presses it, privately."""

    def __init__(self, key: str, text: str = "") -> None:
        self.key = key
        super().__init__(Button(custom_id=f"wm:entry:{key}", label=label(text) or None))

    async def used(self, interaction: Interaction) -> None:
        """Shows the entry."""
        await show_entry(interaction, self.key)
