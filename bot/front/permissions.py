"""Who may do what, looked at when somebody clicks: Discord hides commands by default rules, but buttons are for all.

Besides Discord's own permissions, a server's `/setup` may name a role for moderators and one for mentors.
"""

import discord

from bot.errors import WaymarkError
from bot.front.client import Interaction
from bot.store.server_settings import ServerSettings


async def require_moderator(interaction: Interaction) -> int:
    """The server, in which the member may look after entries; raises `WaymarkError` when they may not."""
    if not await is_moderator(interaction):
        raise WaymarkError(
            "This is for moderators: it needs the permission Manage Messages or the server's moderator role. Nothing "
            "was changed."
        )
    return server_of(interaction)


async def is_moderator(interaction: Interaction) -> bool:
    """Whether the member may look after entries; raises `WaymarkError` in a direct message."""
    server = server_of(interaction)
    if interaction.permissions.manage_messages or interaction.permissions.administrator:
        return True
    return _has_role(interaction, (await interaction.client.store.settings.get(server)).moderator_role)


async def require_mentor(interaction: Interaction) -> int:
    """The server, in which the member is a mentor or a moderator; raises `WaymarkError` when they are neither."""
    server = server_of(interaction)
    if interaction.permissions.manage_messages or interaction.permissions.administrator:
        return server
    settings = await interaction.client.store.settings.get(server)
    if not is_mentor(interaction, settings):
        raise WaymarkError(
            "This is for mentors: it needs the server's mentor role, which an admin names with `/setup`. Nothing was "
            "changed."
        )
    return server


def require_admin(interaction: Interaction) -> int:
    """The server, which the member may set up; raises `WaymarkError` when they may not."""
    server = server_of(interaction)
    if not (interaction.permissions.manage_guild or interaction.permissions.administrator):
        raise WaymarkError("This is for admins: it needs the permission Manage Server. Nothing was changed.")
    return server


def is_mentor(interaction: Interaction, settings: ServerSettings) -> bool:
    """Whether the member has the server's mentor role or its moderator role."""
    return _has_role(interaction, settings.mentor_role) or _has_role(interaction, settings.moderator_role)


def server_of(interaction: Interaction) -> int:
    """The server that the interaction comes from; raises `WaymarkError` in a direct message."""
    if interaction.guild_id is None:
        raise WaymarkError("This works in a server only; nothing was changed.")
    return interaction.guild_id


def _has_role(interaction: Interaction, role: int | None) -> bool:
    # As Discord sent the member with this very click.
    member = interaction.user
    return role is not None and isinstance(member, discord.Member) and member.get_role(role) is not None
