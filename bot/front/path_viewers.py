"""Whom a member lets see their path: the list, letting somebody in, and stopping it."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.errors import WaymarkError
from bot.front.client import Interaction
from bot.front.items import Button
from bot.front.layout import ANSWER, Block, Shown, heading, layout, lines, small
from bot.front.member_path import GUIDE, guide_of
from bot.front.path_reply import OnPath
from bot.store.path_viewers import PathViewer

#: Most who may be let in, members and roles: as many as two rows of buttons can stop.
VIEWERS_LIMIT = 10
_ROW = 5
_WHAT_THEY_SEE = (
    "Let a mentor in, and they see your steps, how far you are, and what you told about yourself in the form. Your "
    "notes they never see. A role lets in everybody who has it, now or later."
)
#: The command in the menu of a member.
SEE_THEIR_PATH = "See their path"


class ViewersButton(OnPath[Button], template=rf"wm:path-viewers:{GUIDE}"):
    """Shows who may see the path, and lets others in."""

    is_below = True

    def __init__(self, guide: str) -> None:
        self.guide = guide
        super().__init__(Button(custom_id=f"wm:path-viewers:{guide}", label="Let a mentor see my path"))

    async def shown(self, interaction: Interaction) -> Shown:
        """Them."""
        return await _viewers_shown(interaction, self.guide)


class AllowMenu(OnPath[ui.MentionableSelect[Any]], template=rf"wm:path-allow:{GUIDE}"):
    """Lets members and everybody with a role see the path."""

    def __init__(self, guide: str) -> None:
        self.guide = guide
        menu: ui.MentionableSelect[Any] = ui.MentionableSelect(
            custom_id=f"wm:path-allow:{guide}", placeholder="Let a member or a role in", max_values=_ROW
        )
        super().__init__(menu)

    async def shown(self, interaction: Interaction) -> Shown:
        """Who may see it then. Raises `WaymarkError` for what can not be let in, and lets nobody in."""
        server = _server(interaction)
        viewers, guide = interaction.client.store.path_viewers, guide_of(interaction.client, self.guide)
        member = interaction.user.id
        picked = [who for who in self.item.values if who.id != member]
        _check(picked, server)
        known = {viewer.viewer for viewer in await viewers.of(member, guide, server)}
        if len(known | {who.id for who in picked}) > VIEWERS_LIMIT:
            raise WaymarkError(
                f"Up to {VIEWERS_LIMIT} members and roles can see your path, so nobody was let in now. Stop sharing "
                "with somebody first."
            )
        for who in picked:
            await viewers.allow(member, guide, server, who.id, is_role=isinstance(who, discord.Role))
        return await _viewers_shown(interaction, self.guide, "That is saved." if picked else "You see it anyway.")


class StopSharingButton(OnPath[Button], template=rf"wm:path-revoke:{GUIDE}:(?P<viewer>[0-9]{{1,20}})"):
    """Lets somebody see the path no more."""

    def __init__(self, guide: str, viewer: int | str, number: int = 0) -> None:
        self.guide, self.viewer = guide, int(viewer)
        custom_id = f"wm:path-revoke:{guide}:{viewer}"
        super().__init__(Button(custom_id=custom_id, label=f"Stop sharing with {number}"))

    async def shown(self, interaction: Interaction) -> Shown:
        """Who may see it then."""
        client, server = interaction.client, _server(interaction)
        await client.store.path_viewers.revoke(interaction.user.id, guide_of(client, self.guide), server, self.viewer)
        return await _viewers_shown(interaction, self.guide, "That is stopped, from now on.")


async def _viewers_shown(interaction: Interaction, guide: str, told: str = "") -> Shown:
    server = _server(interaction)
    viewers = await interaction.client.store.path_viewers.of(
        interaction.user.id, guide_of(interaction.client, guide), server
    )
    return Shown(layout(ANSWER, *viewers_blocks(guide, viewers, told)))


def viewers_blocks(guide: str, viewers: Sequence[PathViewer], told: str = "") -> list[Block]:
    """The list with what changes it. `guide`: as custom ids name it."""
    listed = [f"{number}\\. {_named(viewer)}" for number, viewer in enumerate(viewers, start=1)]
    stops = [StopSharingButton(guide, viewer.viewer, number) for number, viewer in enumerate(viewers, start=1)]
    return [
        lines(
            heading("Who may see your path in this server"),
            told,
            *(listed or ["Nobody but you."]),
        ),
        *(stops[at : at + _ROW] for at in range(0, len(stops), _ROW)),
        _WHAT_THEY_SEE,
        AllowMenu(guide),
        small(f"They see it by the menu of your name: Apps, {SEE_THEIR_PATH}. I do not tell them that they may."),
    ]


def _named(viewer: PathViewer) -> str:
    return f"everybody with <@&{viewer.viewer}>" if viewer.is_role else f"<@{viewer.viewer}>"


def _check(picked: Sequence[Any], server: int) -> None:
    if any(isinstance(who, discord.Role) and who.id == server for who in picked):
        raise WaymarkError(
            "That would be everybody in this server, so nobody was let in. Pick members, or a role like the mentors'."
        )
    if any(getattr(who, "bot", False) for who in picked):
        raise WaymarkError("A bot has no use for your path, so nobody was let in. Pick members or roles.")


def _server(interaction: Interaction) -> int:
    if interaction.guild_id is None:
        raise WaymarkError(
            "Mentors are let in server by server, so nothing was changed. Open `/become` in the server where yours is."
        )
    return interaction.guild_id
