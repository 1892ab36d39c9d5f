"""Builds every message of the bot as a Components V2 layout and keeps Discord's limits, in this one place.

Limits and their sources: 4,000 characters over all texts and 40 components in all (discord.py 2.7.1,
discord/ui/view.py), five buttons a row, labels of 80 characters.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.charts.picture import Picture
from bot.front.text import shorten

#: Most characters of all texts of a message together.
TEXT_LIMIT = 4_000
#: Most characters of a button's label.
LABEL_LIMIT = 80
#: Most characters of a choice's name and of an option's label, value and description.
CHOICE_LIMIT = 100
#: Most options of a select menu and choices of an autocomplete.
OPTIONS_LIMIT = 25

Item = ui.Item[Any]
#: What needs no row around it.
_FOR_ITSELF = (ui.Separator, ui.File, ui.MediaGallery)


@dataclass(frozen=True, slots=True)
class Tone:
    """What kind of message it is; the colour only repeats what the text says."""

    colour: discord.Colour


ANSWER = Tone(discord.Colour.from_rgb(46, 139, 122))
OFFER = Tone(discord.Colour.from_rgb(208, 140, 40))
MISS = Tone(discord.Colour.from_rgb(120, 124, 133))

Block = str | Item | Sequence[Item]


@dataclass(frozen=True, slots=True)
class Attached:
    """A picture as it goes with a message, in a file of that `name`."""

    name: str
    picture: Picture

    def block(self) -> Item:
        """What shows it in a layout, with its alt text."""
        return ui.MediaGallery(discord.MediaGalleryItem(f"attachment://{self.name}", description=self.picture.alt))

    def file(self) -> discord.File:
        """What is sent with the message; good for one sending."""
        return discord.File(io.BytesIO(self.picture.png), self.name, description=self.picture.alt)


@dataclass(frozen=True, slots=True)
class Shown:
    """A message about to be sent, with the pictures that its layout shows."""

    view: ui.LayoutView
    pictures: Sequence[Attached] = ()

    def files(self) -> list[discord.File]:
        """What is sent with it; good for one sending."""
        return [picture.file() for picture in self.pictures]


def layout(tone: Tone, *blocks: Block) -> ui.LayoutView:
    """A message of texts and items from top to bottom; it never times out, as its state stands in its custom ids.

    A text is Markdown; an empty one is left out. A separator, a file or a picture stands for itself, another item in a
    row of its own, several items share one (at most five buttons). Texts that are too long together are cut, the
    longest first. Raises `ValueError` beyond 40 components.
    """
    texts = iter(_fitted([block for block in blocks if isinstance(block, str) and block]))
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=tone.colour)
    for block in blocks:
        if isinstance(block, str):
            if block:
                container.add_item(ui.TextDisplay(next(texts)))
        elif isinstance(block, ui.Item):
            container.add_item(block if isinstance(block, _FOR_ITSELF) else ui.ActionRow(block))
        elif block:
            container.add_item(ui.ActionRow(*block))
    view = ui.LayoutView(timeout=None)
    view.add_item(container)
    return view


def notice(text: str, tone: Tone = MISS) -> ui.LayoutView:
    """A message of one text."""
    return layout(tone, text)


def heading(text: str) -> str:
    """A title line, as large as an answer's title is."""
    return f"### {text}"


def small(text: str) -> str:
    """Each line of a text in small print; empty for an empty text."""
    return "\n".join(f"-# {line}" for line in text.splitlines())


def lines(*texts: str | None) -> str:
    """The texts below each other; those that are missing or empty leave no gap."""
    return "\n".join(text for text in texts if text)


def label(text: str) -> str:
    """A text as a button's label."""
    return shorten(text, LABEL_LIMIT)


def _fitted(texts: Sequence[str]) -> list[str]:
    """The texts cut to one common length where they are longer than their share of the limit."""
    room, common = TEXT_LIMIT, TEXT_LIMIT
    for count, length in zip(range(len(texts), 0, -1), sorted(map(len, texts)), strict=True):
        common = room // count
        if length > common:
            break
        room -= length
    else:
        return list(texts)
    return [shorten(text, common) for text in texts]
