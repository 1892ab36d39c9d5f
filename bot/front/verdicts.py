"""What is shown for each verdict: an answer, suggestions to pick from, an honest miss, or a friendly word."""

import dataclasses
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import discord
from discord import ui

from bot.front.client import Asked, Interaction, WaymarkBot
from bot.front.entry_card import (
    KEY,
    entry_blocks,
    entry_card,
    entry_shown,
    joined_blocks,
    known_entry,
    show_entry,
)
from bot.front.helped import POINT, QUESTION, HelpedButton, Meant, meant_by, tell_missed
from bot.front.items import Button, Persistent
from bot.front.layout import ANSWER, MISS, OFFER, Block, Item, Shown, heading, label, layout, lines, notice, small
from bot.front.misses import choice, ways_on
from bot.front.pay_ladder import PayLadder, pay_ladder
from bot.front.reply import in_time, replace
from bot.front.standing_message import matches_in
from bot.front.text import quoted
from bot.front.themes import ThemeButton
from bot.knowledge.knowledge import Theme
from bot.matching.answer import Answer, Kind, Match
from bot.matching.coach import Coach

#: How many entries "Not this one" offers.
NEXT = 3
#: To a hello, to thanks and to a bare mention alike.
SOCIAL = (
    "Glad to help! Ask me anything about {career}: type `/ask` and your question, or mention me with it. "
    "`/browse` shows all I know."
)


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands in the message beside the verdict.

    `lead`: above it. `offered`: below suggestions and a miss. `ladder`: the picture below an answer; `may_attach`:
    whether pictures may be sent there. `number`: that under which the question was recorded, for what the asker says,
    None where it was not; `in_server`: whether it was asked in a server.
    """

    lead: str = ""
    offered: Sequence[Block] = ()
    ladder: PayLadder | None = None
    may_attach: bool = True
    number: int | None = None
    in_server: bool = True


async def verdict_shown(
    client: WaymarkBot, asked: Asked, asker: int, question: str = "", beside: Beside = Beside()
) -> Shown:
    """The message for an answer as `verdict_view` makes it, with the picture that goes with it."""
    entries = [match.entry for match in asked.answer.matches] if asked.answer.kind is Kind.ANSWER else []
    ladder = await pay_ladder(client, asked.coach.knowledge, entries) if beside.may_attach else None
    drawn = dataclasses.replace(beside, ladder=ladder, number=asked.number, in_server=asked.server is not None)
    view = verdict_view(asked.coach, asked.answer, asker, question, drawn)
    return Shown(view, [ladder.attached] if ladder else [])


def verdict_view(
    coach: Coach, answer: Answer, asker: int, question: str = "", beside: Beside = Beside()
) -> ui.LayoutView:
    """The message for an answer. `asker`: the id of who asked; `question`: their words, where nobody else sees them."""
    said = quoted(question)
    quote = lines(small(f"asked: {said}") if said else "", beside.lead)
    match answer.kind:
        case Kind.SOCIAL:
            return social_view(coach)
        case Kind.ANSWER:
            more = [*_helped(asker, beside.number), NotThisOneButton(_keys(answer.others))]
            return _answer_view(coach, answer, quote, beside.ladder, more)
        case Kind.SUGGESTIONS:
            picks = [PickButton(asker, match.key, match.entry.question, beside.number) for match in answer.matches]
            return _suggestions_view([*picks, *beside.offered], quote, more=_keys(answer.others))
        case Kind.NONE:
            on = ways_on(beside.number, in_server=beside.in_server)
            return _miss_view(beside.offered, coach.nearest_themes(answer), quote, on)


def social_view(coach: Coach) -> ui.LayoutView:
    """A friendly word with the way to ask."""
    career = " or ".join(f"becoming a {guide.title}" for guide in coach.knowledge.guides) or "your next career"
    return notice(SOCIAL.format(career=career), ANSWER)


def _answer_view(
    coach: Coach, answer: Answer, quote: str, ladder: PayLadder | None, more: Sequence[Item]
) -> ui.LayoutView:
    entries = [match.shown for match in answer.matches]
    if len(entries) == 1:
        return entry_card(coach, entries[0], quote=quote, more=more, ladder=ladder)
    first, *others = (entry_blocks(coach.knowledge, entry) for entry in entries)
    parts = [*first, *(block for blocks in others for block in (ui.Separator[ui.LayoutView](), *blocks))]
    return layout(ANSWER, quote, *parts, *joined_blocks(coach.knowledge, entries, ladder, [], more))


def _suggestions_view(offered: Sequence[Block], quote: str, more: str) -> ui.LayoutView:
    text = f"{heading('Did you mean one of these?')}\nI am not sure which one answers you."
    return layout(OFFER, quote, text, *offered, NotThisOneButton(more, "None of these"))


def _miss_view(offered: Sequence[Block], themes: Iterable[Theme], quote: str, on: Sequence[Block]) -> ui.LayoutView:
    text = f"{heading('I do not know that one')}\nI only answer from my guide, and nothing in it seems to fit."
    near = "These themes come nearest; or put it in other words."
    texts = [text, *offered, near] if offered else [f"{text} {near}"]
    return layout(MISS, quote, *texts, [ThemeButton(theme.id, theme.title) for theme in themes], *on)


def _helped(asker: int, number: int | str | None) -> list[HelpedButton]:
    return [HelpedButton(QUESTION, number, asker)] if number else []


def _keys(matches: Iterable[Match]) -> str:
    """The next entries as they stand in the custom id of "Not this one"."""
    return ".".join([match.key for match in matches][:NEXT])


class PickButton(
    Persistent[Button],
    template=rf"wm:pick:(?P<asker>[0-9]{{1,20}}):(?P<key>{KEY})(?::(?P<number>[0-9]{{1,19}}))?",
):
    """A suggestion. Its asker's pick turns the message into the answer; others get it privately."""

    def __init__(self, asker: int | str, key: str, text: str = "", number: int | str | None = None) -> None:
        self.asker, self.key, self.number = int(asker), key, number
        recorded = f":{number}" if number else ""
        super().__init__(Button(custom_id=f"wm:pick:{asker}:{key}{recorded}", label=label(text) or None))

    async def used(self, interaction: Interaction) -> None:
        """Shows the entry that was picked; "Not this one" then offers the suggestions that were not."""
        if interaction.user.id != self.asker:
            await show_entry(interaction, self.key)
            return
        left = [pick["key"] for pick in _picks_of(interaction.message) if pick["key"] != self.key]
        more = [*_helped(self.asker, self.number), NotThisOneButton(".".join(left[:NEXT]))]
        async with in_time(interaction, in_place=True):
            coach = await interaction.client.coach_of(interaction)
            entry = known_entry(coach, self.key)
            shown = await entry_shown(interaction, coach, entry, more=more)
        await replace(interaction, shown.view, files=shown.files())


def _picks_of(message: discord.Message | None) -> list[re.Match[str]]:
    """The suggestions in a message by their custom ids, from top to bottom."""
    return list(matches_in(message, PickButton.__discord_ui_compiled_template__))


def _suggested_to(message: discord.Message | None) -> Meant | None:
    """Whose question the suggestions in a message are for, where it was recorded."""
    numbered = (pick for pick in _picks_of(message) if pick["number"])
    return next((Meant(QUESTION, int(pick["number"]), int(pick["asker"])) for pick in numbered), None)


class NotThisOneButton(
    Persistent[Button],
    template=rf"wm:not:(?P<keys>(?:{KEY}(?:\.{KEY}){{0,2}})?)",
):
    """Offers whoever presses it the next best entries, privately; those stand in its custom id."""

    def __init__(self, keys: str = "", text: str = "Not this one") -> None:
        self.keys = [key for key in keys.split(".") if key]
        super().__init__(Button(custom_id=f"wm:not:{keys}", label=text))

    async def used(self, interaction: Interaction) -> None:
        """Offers the next three, and the themes for when none of them fits either."""
        coach = await interaction.client.coach_of(interaction)
        found = {key: entry for key in self.keys if (entry := coach.knowledge.entry_by_key(key))}
        entries = list(found.values())
        text = "Then maybe one of these?" if entries else "Nothing else comes near"
        meant = meant_by(interaction.message) or _suggested_to(interaction.message)
        number = meant.number if meant is not None and meant.kind == QUESTION else None
        is_asker = meant is not None and meant.person == interaction.user.id
        buttons = [choice(number if is_asker else None, key, entry.question) for key, entry in found.items()]
        themes = [ThemeButton(theme.id, theme.title) for theme in coach.themes_near(entries)]
        # What a mentor shared answers no recorded question: there is none to be told of.
        is_shared = meant is not None and meant.kind == POINT
        on = [] if is_shared else ways_on(number, in_server=interaction.guild_id is not None)
        await interaction.response.send_message(
            view=layout(OFFER, heading(text), *buttons, "Or look through a theme:", themes, *on), ephemeral=True
        )
        await tell_missed(interaction, meant)
