"""What is shown for each verdict: an answer, suggestions to pick from, an honest miss, or a friendly word."""

from collections.abc import Iterable

import discord
from discord import ui

from bot.front.client import Interaction
from bot.front.entry_card import KEY, EntryButton, entry_blocks, entry_card, known_entry
from bot.front.items import Button, Persistent
from bot.front.layout import ANSWER, MISS, OFFER, heading, label, layout, notice, small
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


def verdict_view(coach: Coach, answer: Answer, asker: int, question: str = "") -> ui.LayoutView:
    """The message for an answer. `asker`: the id of who asked; `question`: their words, where nobody else sees them."""
    quote = small(f"asked: {said}") if (said := quoted(question)) else ""
    match answer.kind:
        case Kind.SOCIAL:
            return social_view(coach)
        case Kind.ANSWER:
            return _answer_view(coach, answer, quote)
        case Kind.SUGGESTIONS:
            return _suggestions_view(answer.matches, asker, quote, more=_keys(answer.others))
        case Kind.NONE:
            return _miss_view(coach.nearest_themes(answer), quote)


def social_view(coach: Coach) -> ui.LayoutView:
    """A friendly word with the way to ask."""
    career = " or ".join(f"becoming a {guide.title}" for guide in coach.knowledge.guides) or "your next career"
    return notice(SOCIAL.format(career=career), ANSWER)


def _answer_view(coach: Coach, answer: Answer, quote: str) -> ui.LayoutView:
    other = NotThisOneButton(_keys(answer.others))
    entries = [match.shown for match in answer.matches]
    if len(entries) == 1:
        return entry_card(coach, entries[0], quote=quote, more=[other])
    parts = [block for entry in entries for block in entry_blocks(coach.knowledge, entry)]
    return layout(ANSWER, quote, *parts, other)


def _suggestions_view(matches: Iterable[Match], asker: int, quote: str, more: str) -> ui.LayoutView:
    picks = [PickButton(asker, match.key, match.entry.question) for match in matches]
    text = f"{heading('Did you mean one of these?')}\nI am not sure which one answers you."
    return layout(OFFER, quote, text, *picks, NotThisOneButton(more, "None of these"))


def _miss_view(themes: Iterable[Theme], quote: str) -> ui.LayoutView:
    text = (
        f"{heading('I do not know that one')}\nI only answer from my guide, and nothing in it seems to fit. "
        "These themes come nearest; or put it in other words."
    )
    return layout(MISS, quote, text, [ThemeButton(theme.id, theme.title) for theme in themes])


def _keys(matches: Iterable[Match]) -> str:
    """The next entries as they stand in the custom id of "Not this one"."""
    return ".".join([match.key for match in matches][:NEXT])


class PickButton(Persistent[Button], template=rf"wm:pick:(?P<asker>[0-9]{{1,20}}):(?P<key>{KEY})"):
    """A suggestion. Its asker's pick turns the message into the answer; others get it privately."""

    def __init__(self, asker: int | str, key: str, text: str = "") -> None:
        self.asker = int(asker)
        self.key = key
        super().__init__(Button(custom_id=f"wm:pick:{asker}:{key}", label=label(text) or None))

    async def used(self, interaction: Interaction) -> None:
        """Shows the entry that was picked; "Not this one" then offers the suggestions that were not."""
        coach = await interaction.client.coach_of(interaction)
        entry = known_entry(coach, self.key)
        if interaction.user.id != self.asker:
            await interaction.response.send_message(view=entry_card(coach, entry), ephemeral=True)
            return
        left = [key for key in _picks_of(interaction.message) if key != self.key]
        card = entry_card(coach, entry, more=[NotThisOneButton(".".join(left[:NEXT]))])
        await interaction.response.edit_message(view=card)


def _picks_of(message: discord.Message | None) -> list[str]:
    """The keys of the suggestions in a message, from top to bottom."""
    if message is None:
        return []
    template = PickButton.__discord_ui_compiled_template__
    ids = (getattr(item, "custom_id", None) or "" for item in ui.LayoutView.from_message(message).walk_children())
    return [found["key"] for custom_id in ids if (found := template.fullmatch(custom_id))]


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
        buttons = [EntryButton(key, entry.question) for key, entry in found.items()]
        themes = [ThemeButton(theme.id, theme.title) for theme in coach.themes_near(entries)]
        await interaction.response.send_message(
            view=layout(OFFER, heading(text), *buttons, "Or look through a theme:", themes), ephemeral=True
        )
