"""A message that stands already, read and changed."""

import io
import re

import discord
from discord import ui

from bot.front.items import Button
from bot.front.layout import ANSWER, layout
from bot.front.standing_message import changed, matches_in
from tests.front.conftest import Community
from tests.front.mentors import client
from tests.front.reading import seen


async def standing(community: Community) -> discord.Message:
    """A message with two buttons and two pictures, one of them its own."""
    pictures: ui.MediaGallery[ui.LayoutView] = ui.MediaGallery(
        discord.MediaGalleryItem("attachment://pay.png", description="pay"),
        discord.MediaGalleryItem("https://example.org/other.png"),
    )
    buttons = [Button(custom_id="wm:a:1", label="One"), Button(custom_id="wm:b:2", label="Two")]
    place = client(community).get_partial_messageable(community.channel.id)
    return await place.send(
        view=layout(ANSWER, "Text", pictures, buttons), files=[discord.File(io.BytesIO(b"x"), "pay.png")]
    )


async def test_custom_ids_of_a_kind_are_found(community: Community) -> None:
    found = matches_in(await standing(community), re.compile("wm:b:(?P<number>[0-9])"))
    assert [one["number"] for one in found] == ["2"]


def test_no_message_has_none() -> None:
    assert list(matches_in(None, re.compile(".*"))) == []


async def test_buttons_are_changed_and_the_rest_stays(community: Community) -> None:
    message = await standing(community)

    def change(button: Button) -> None:
        button.label = f"{button.label}!"

    view = changed(message, change)
    assert seen(view).text == "Text"
    assert seen(view).buttons == ("One!", "Two!")


async def test_a_picture_of_its_own_is_named_by_its_file(community: Community) -> None:
    view = changed(await standing(community), lambda _: None)
    (gallery,) = [item for item in view.walk_children() if isinstance(item, ui.MediaGallery)]
    assert [item.media.url for item in gallery.items] == ["attachment://pay.png", "https://example.org/other.png"]
    assert gallery.items[0].description == "pay"


async def test_discord_takes_the_changed_message(community: Community) -> None:
    message = await standing(community)
    edited = await message.edit(view=changed(message, lambda _: None))
    assert [one.filename for one in edited.attachments] == ["pay.png"]
