"""Finding one's way by theme: a menu of themes, then a menu of the theme's entries, then the entry."""

from collections.abc import Sequence

import discord
from discord import ui

from bot.errors import WaymarkError
from bot.front.client import Interaction
from bot.front.entry_card import entry_shown, known_entry
from bot.front.items import Button, Persistent, Select
from bot.front.layout import ANSWER, CHOICE_LIMIT, OPTIONS_LIMIT, heading, label, layout
from bot.front.reply import in_time, replace
from bot.front.text import shorten
from bot.knowledge.knowledge import Theme, key_of
from bot.knowledge.models import Entry
from bot.matching.coach import Coach


def themes_view(coach: Coach) -> ui.LayoutView:
    """The menu of all themes, with what each guide is about."""
    guides = coach.knowledge.guides
    about = "\n".join(f"{heading(guide.title)}\n{guide.summary}" for guide in guides)
    themes = coach.knowledge.themes()
    menus = [ThemeMenu(page, themes[at : at + OPTIONS_LIMIT]) for page, at in _pages(themes)]
    return layout(ANSWER, about, "Pick a theme to see its questions.", *menus)


def theme_view(coach: Coach, theme_id: str) -> ui.LayoutView:
    """The menus of a theme's entries, 25 a menu; raises `WaymarkError` when the theme is gone."""
    theme = coach.knowledge.theme(theme_id)
    if theme is None:
        raise WaymarkError("That theme is no longer in the guide. `/browse` shows those that are.")
    entries = theme.entries[: OPTIONS_LIMIT * _MENUS]
    menus = [EntryMenu(theme.id, page, theme.entries[at : at + OPTIONS_LIMIT]) for page, at in _pages(entries)]
    left = len(theme.entries) - len(entries)
    more = f"There are {left} more than fit here; `/ask` finds them all." if left else ""
    return layout(ANSWER, heading(theme.title), *menus, more, BackButton())


#: Most menus of 25 in a message, so that a theme of any size stays within 40 components.
_MENUS = 10


def _pages(items: Sequence[object]) -> list[tuple[int, int]]:
    """The number of each menu from 0 with the position of its first item."""
    return list(enumerate(range(0, len(items), OPTIONS_LIMIT)))


class ThemeMenu(Persistent[Select], template=r"wm:themes:(?P<page>[0-9]+)"):
    """Goes on to the theme that was picked."""

    def __init__(self, page: int | str, themes: Sequence[Theme] = ()) -> None:
        options = [
            discord.SelectOption(
                label=shorten(theme.title, CHOICE_LIMIT),
                value=theme.id,
                description=f"{len(theme.entries)} question{'s' if len(theme.entries) != 1 else ''}",
            )
            for theme in themes
        ]
        super().__init__(Select(custom_id=f"wm:themes:{page}", placeholder="Pick a theme", options=options))

    async def used(self, interaction: Interaction) -> None:
        """Shows the theme's entries in place of the menu."""
        coach = await interaction.client.coach_of(interaction)
        await replace(interaction, theme_view(coach, self.item.values[0]))


class EntryMenu(Persistent[Select], template=r"wm:entries:(?P<theme>[a-z0-9-]+):(?P<page>[0-9]+)"):
    """Goes on to the entry that was picked."""

    def __init__(self, theme: str, page: int | str, entries: Sequence[Entry] = ()) -> None:
        self.theme = theme
        options = [
            discord.SelectOption(label=shorten(entry.question, CHOICE_LIMIT), value=key_of(entry.id))
            for entry in entries
        ]
        super().__init__(Select(custom_id=f"wm:entries:{theme}:{page}", placeholder="Pick a question", options=options))

    async def used(self, interaction: Interaction) -> None:
        """Shows the entry in place of the menu, with a way back."""
        async with in_time(interaction, in_place=True):
            coach = await interaction.client.coach_of(interaction)
            entry = known_entry(coach, self.item.values[0])
            shown = await entry_shown(interaction, coach, entry, more=[BackButton(self.theme)])
        await replace(interaction, shown.view, files=shown.files())


class BackButton(Persistent[Button], template=r"wm:back:(?P<theme>[a-z0-9-]*)"):
    """Goes back to a theme, or without one to all themes, in the same message."""

    def __init__(self, theme: str = "") -> None:
        self.theme = theme
        text = "Back to the questions" if theme else "All themes"
        super().__init__(Button(custom_id=f"wm:back:{theme}", label=text))

    async def used(self, interaction: Interaction) -> None:
        """Shows the theme, or all themes."""
        coach = await interaction.client.coach_of(interaction)
        view = theme_view(coach, self.theme) if self.theme else themes_view(coach)
        await replace(interaction, view)


class ThemeButton(Persistent[Button], template=r"wm:theme:(?P<theme>[a-z0-9-]+)"):
    """Opens a theme for whoever presses it, privately."""

    def __init__(self, theme: str, title: str = "") -> None:
        self.theme = theme
        super().__init__(Button(custom_id=f"wm:theme:{theme}", label=label(title) or None))

    async def used(self, interaction: Interaction) -> None:
        """Shows the theme's entries."""
        coach = await interaction.client.coach_of(interaction)
        await interaction.response.send_message(view=theme_view(coach, self.theme), ephemeral=True)
