"""Posting one's own path for everybody in a channel: a preview that only the member sees, and the card that all see."""

from collections.abc import Sequence

import discord
from discord import ButtonStyle, ui

from bot.errors import WaymarkError
from bot.front.client import Interaction
from bot.front.drawing import may_attach
from bot.front.items import Button, Persistent, Select
from bot.front.layout import ANSWER, OFFER, Attached, Shown, heading, layout, lines, notice, small
from bot.front.member_path import GUIDE, MemberPath, guide_of
from bot.front.path_glance import glance
from bot.front.path_reply import OnPath, show
from bot.front.permissions import is_moderator
from bot.front.shared_path import Showing, path_blocks, shared_picture

#: What is shown on the card besides, as `Showing` writes it.
_LETTERS = r"(?P<letters>r?t?)"
_CHOICES = {"r": "My state or country", "t": "The date by which I want to be done"}


class SharePathButton(OnPath[Button], template=rf"wm:path-share:{GUIDE}"):
    """Shows the member what would be posted."""

    is_below = True

    def __init__(self, guide: str) -> None:
        self.guide = guide
        super().__init__(Button(custom_id=f"wm:path-share:{guide}", label="Share"))

    async def shown(self, interaction: Interaction) -> Shown:
        """The preview, without what tells most about somebody."""
        _check_may_post(interaction)
        return await _preview(interaction, self.guide, Showing())


class SharePathMenu(OnPath[Select], template=rf"wm:path-share-what:{GUIDE}"):
    """Chooses what the card tells besides."""

    def __init__(self, guide: str, showing: Showing | None = None, letters: Sequence[str] = tuple(_CHOICES)) -> None:
        self.guide = guide
        chosen = showing.letters if showing else ""
        options = [
            discord.SelectOption(label=_CHOICES[letter], value=letter, default=letter in chosen) for letter in letters
        ]
        super().__init__(
            Select(
                custom_id=f"wm:path-share-what:{guide}", placeholder="Show more", options=options, min_values=0,
                max_values=len(options),
            )
        )  # fmt: skip

    async def shown(self, interaction: Interaction) -> Shown:
        """The preview with it."""
        return await _preview(interaction, self.guide, Showing.of("".join(self.item.values)))


class PostButton(Persistent[Button], template=rf"wm:path-post:{GUIDE}:{_LETTERS}:(?P<version>[0-9]{{1,18}})"):
    """Posts the card, if the path is still as it was in the preview."""

    is_light = True

    def __init__(self, guide: str, letters: str, version: int | str) -> None:
        self.guide, self.showing, self.version = guide, Showing.of(letters), int(version)
        custom_id = f"wm:path-post:{guide}:{letters}:{version}"
        super().__init__(Button(custom_id=custom_id, label="Post it", style=ButtonStyle.primary))

    async def used(self, interaction: Interaction) -> None:
        """Posts it, and puts that in the place of the preview."""
        await show(interaction, self._posted(interaction))

    async def _posted(self, interaction: Interaction) -> Shown:
        channel = _check_may_post(interaction)
        path = await _own(interaction, self.guide)
        if path.progress.version != self.version:
            told = "Your path has changed since, so nothing was posted yet. This is how it is now."
            return await _preview(interaction, self.guide, self.showing, told)
        view, files = await _card(interaction, path, self.showing)
        assert interaction.message is not None, "a button is on a message"
        # Discord posts nothing twice that has the same nonce, so that a double click posts once.
        await channel.send(view=view, files=files, nonce=str(interaction.message.id))
        return Shown(notice("It is posted. **Take it down** on the card removes it.", ANSWER))


class CancelShareButton(OnPath[Button], template=r"wm:path-share-cancel"):
    """Posts nothing."""

    def __init__(self) -> None:
        super().__init__(Button(custom_id="wm:path-share-cancel", label="Cancel"))

    async def shown(self, _: Interaction) -> Shown:
        """That nothing was posted."""
        return Shown(notice("Nothing was posted."))


class TakeDownButton(Persistent[Button], template=r"wm:path-take-down:(?P<member>[0-9]{1,20})"):
    """Removes a card, for whose path it is and for moderators."""

    is_light = True

    def __init__(self, member: int | str) -> None:
        self.member = int(member)
        super().__init__(Button(custom_id=f"wm:path-take-down:{member}", label="Take it down"))

    async def used(self, interaction: Interaction) -> None:
        """Removes it."""
        if interaction.user.id != self.member and not await is_moderator(interaction):
            raise WaymarkError("Only the member whose path this is can take it down, or a moderator.")
        await interaction.response.defer()
        await interaction.delete_original_response()


async def _own(interaction: Interaction, guide: str) -> MemberPath:
    client = interaction.client
    path = await glance(client, interaction.user.id, guide_of(client, guide))
    if path is None:
        raise WaymarkError("You have no path that could be shared. Begin one with `/become`.")
    return path


def _check_may_post(interaction: Interaction) -> discord.abc.Messageable:
    """The channel, in which both the member and the bot may post; raises `WaymarkError` when they may not."""
    channel = interaction.channel
    if interaction.guild_id is None or not isinstance(channel, discord.abc.Messageable):
        raise WaymarkError("There is nobody here to share it with. Open `/become` in a channel of a server.")
    in_thread = isinstance(channel, discord.Thread)
    for may, who in ((interaction.permissions, "You"), (interaction.app_permissions, "I")):
        if not (may.view_channel and (may.send_messages_in_threads if in_thread else may.send_messages)):
            raise WaymarkError(f"{who} may not post in this channel, so nothing was posted. Try another channel.")
    return channel


async def _preview(interaction: Interaction, guide: str, showing: Showing, told: str = "") -> Shown:
    path = await _own(interaction, guide)
    picture = await _picture(interaction, path, showing)
    situation = path.plan.situation
    letters = [letter for letter, told in (("r", situation.region), ("t", situation.target)) if told]
    view = layout(
        OFFER,
        lines(
            heading("Shall I post this here?"), told, "Everybody in this channel will see it. Your notes stay yours."
        ),
        *path_blocks(path, interaction.user.id, showing),
        picture.block() if picture else "",
        SharePathMenu(guide, showing, letters) if letters else "",
        [PostButton(guide, showing.letters, path.progress.version), CancelShareButton()],
    )
    return Shown(view, [picture] if picture else [])


async def _card(
    interaction: Interaction, path: MemberPath, showing: Showing
) -> tuple[ui.LayoutView, list[discord.File]]:
    picture = await _picture(interaction, path, showing)
    view = layout(
        ANSWER,
        *path_blocks(path, interaction.user.id, showing),
        picture.block() if picture else "",
        small("Shared by themselves. `/become` begins a path of your own, for you alone."),
        TakeDownButton(interaction.user.id),
    )
    return view, [picture.file()] if picture else []


async def _picture(interaction: Interaction, path: MemberPath, showing: Showing) -> Attached | None:
    return await shared_picture(interaction.client, path, showing) if may_attach(interaction) else None
