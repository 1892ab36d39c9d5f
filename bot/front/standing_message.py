"""A message that stands already: what its buttons say, and the same message with some of them changed."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import discord
from discord import ui

from bot.front.items import Button


def matches_in(message: discord.Message | None, template: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The custom ids of that kind in the message, from top to bottom; none in no message."""
    if message is None:
        return
    for item in ui.LayoutView.from_message(message).walk_children():
        if found := template.fullmatch(getattr(item, "custom_id", None) or ""):
            yield found


def changed(message: discord.Message, change: Callable[[Button], None]) -> ui.LayoutView:
    """The message as it stands, each button changed as wished; its pictures stay when it is edited without files."""
    view = ui.LayoutView.from_message(message, timeout=None)
    names = {attachment.filename for attachment in message.attachments}
    for item in view.walk_children():
        if isinstance(item, ui.Button):
            change(item)
        elif isinstance(item, ui.MediaGallery):
            item.items = [_attached(one, names) for one in item.items]
    # The buttons lead to their kinds by their custom ids; else discord.py would keep those of every such message.
    view.stop()
    return view


def _attached(item: discord.MediaGalleryItem, names: set[str]) -> discord.MediaGalleryItem:
    """The picture by the name of its file, if it is the message's own: the address that Discord gives it expires."""
    name = urlsplit(item.media.url).path.rsplit("/", 1)[-1]
    if name not in names:
        return item
    return discord.MediaGalleryItem(f"attachment://{name}", description=item.description, spoiler=item.spoiler)
