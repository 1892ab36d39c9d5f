"""Gathers what the check of a server's set-up looks at, from Discord, the database and the coach."""

import asyncio
import dataclasses
from collections.abc import Mapping

import discord
import structlog
from discord import app_commands

from bot.errors import WaymarkError
from bot.front.client import Interaction, WaymarkBot
from bot.front.server_facts import PERMISSIONS, ChannelFacts, CommandFacts, Facts, RoleFacts
from bot.front.text import quoted
from bot.knowledge.figures import last_day
from bot.store.database import StoreUnavailableError
from bot.store.server_settings import ServerSettings

log = structlog.stdlib.get_logger("waymark.front")

#: The channels in which members write texts or open threads.
TextChannel = discord.TextChannel | discord.ForumChannel
#: How many commands Discord is asked about at once.
AT_ONCE = 5


def server_of(interaction: Interaction) -> discord.Guild:
    """The server with its roles and channels; raises `WaymarkError` where only the commands are, and no bot."""
    server = interaction.client.get_guild(interaction.guild_id or 0)
    if server is None or server.unavailable:
        raise WaymarkError(
            "I do not see this server's roles and channels. Invite me again with the scope `bot`, or try again in a "
            "minute if I have just been started."
        )
    return server


def facts_of(client: WaymarkBot, server: discord.Guild, settings: ServerSettings) -> Facts:
    """What the bot knows at once, with nothing of what was set by hand for commands."""
    knowledge = client.coaches.base.knowledge
    return Facts(
        server=server.id,
        settings=settings,
        today=client.store.clock().date(),
        roles={role.id: _role(role) for role in server.roles},
        channels={channel.id: _channel(channel) for channel in server.channels if isinstance(channel, TextChannel)},
        commands=tuple(_command(command, {}) for command in client.synced),
        figures={
            figure.about: last_day(figure.valid_until)
            for guide in knowledge.guides
            for figure in guide.figures.values()
        },
        encoder=client.coaches.base.encoder,
        hears_messages=client.intents.message_content,
        is_administrator=server.me.guild_permissions.administrator,
    )


async def gathered(client: WaymarkBot, server: discord.Guild) -> Facts:
    """All facts; what cannot be had is a fact of its own and stops nothing."""
    database = None
    try:
        settings = await client.store.settings.get(server.id)
    except StoreUnavailableError as error:
        settings, database = ServerSettings(), str(error)
    facts = facts_of(client, server, settings)
    try:
        limit = asyncio.Semaphore(AT_ONCE)
        commands = await asyncio.gather(*(_asked(command, server, limit) for command in client.synced))
    except discord.HTTPException as error:
        log.warning("Discord does not tell who may see which command", reason=str(error))
        return dataclasses.replace(facts, database=database, are_overrides_known=False)
    return dataclasses.replace(facts, database=database, commands=tuple(commands))


def _role(role: discord.Role) -> RoleFacts:
    may = role.permissions
    return RoleFacts(
        role.id, quoted(role.name), role.is_default(), role.managed, may.manage_messages or may.administrator
    )


def _channel(channel: TextChannel) -> ChannelFacts:
    server = channel.guild
    mine, all_members = channel.permissions_for(server.me), channel.permissions_for(server.default_role)
    allowed = frozenset(name for name in PERMISSIONS if getattr(mine, name))
    is_forum = isinstance(channel, discord.ForumChannel)
    return ChannelFacts(channel.id, quoted(channel.name), allowed, all_members.view_channel, is_forum)


async def _asked(command: app_commands.AppCommand, server: discord.Guild, limit: asyncio.Semaphore) -> CommandFacts:
    """The command with what was set by hand for it in the server."""
    async with limit:
        try:
            set_by_hand = await command.fetch_permissions(server)
        except discord.NotFound:
            # Nothing was set by hand.
            return _command(command, {})
    return _command(command, {one.id: one.permission for one in set_by_hand.permissions})


def _command(command: app_commands.AppCommand, overrides: Mapping[int, bool]) -> CommandFacts:
    wanted = command.default_member_permissions
    name = command.name if command.type is not discord.AppCommandType.chat_input else f"/{command.name}"
    return CommandFacts(name, wanted is not None and wanted.manage_messages, overrides)
