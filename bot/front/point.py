"""`/point`: a mentor sends a member an entry or a command in the channel; what they use most is offered first."""

from collections.abc import Mapping
from dataclasses import dataclass

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import WaymarkError
from bot.front.client import Interaction, WaymarkBot
from bot.front.faq_entries import named_entry
from bot.front.layout import ANSWER, CHOICE_LIMIT, OPTIONS_LIMIT, notice
from bot.front.permissions import require_mentor
from bot.front.reply import in_time, reply
from bot.front.shared_answer import Sharing
from bot.front.text import shorten
from bot.front.verdicts import NEXT
from bot.knowledge.knowledge import key_of
from bot.matching.coach import Coach
from bot.store.database import StoreUnavailableError

#: Commands that are no help for a newcomer: those of mentors themselves.
_OF_MENTORS = frozenset({"point"})


@dataclass(frozen=True, slots=True)
class Command:
    """A command that members may use, by its name with its slash, as one that can be pressed, and what it does."""

    name: str
    mention: str
    about: str


class Point(commands.Cog):
    """The command group of `/point`."""

    def __init__(self, bot: WaymarkBot) -> None:
        self._bot = bot

    # Not `guild_only`: discord.py 2.7.1 adds to that where the bot's other commands work, and so direct messages.
    @app_commands.command()
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.describe(member="Whom it is for; nobody else is pinged", topic="A question of the guide or a command")
    async def point(self, interaction: Interaction, member: discord.Member, topic: str) -> None:
        """Send a member an answer or a command, for mentors."""
        async with in_time(interaction, private=True):
            server = await require_mentor(interaction)
            _check(interaction, member)
            posted = await self._post(interaction, server, member.id, topic)
        await reply(interaction, notice(f"Posted: {posted.jump_url}", ANSWER), private=True)

    async def _post(self, interaction: Interaction, server: int, member: int, topic: str) -> discord.Message:
        mentor, points = interaction.user.id, self._bot.store.points
        coach = await self._bot.coach_of(interaction)
        command = offered_commands(self._bot).get(" ".join(topic.split()))
        if command is not None:
            sharing = Sharing(mentor, member, await points.point(server, mentor, command.name))
            shown = sharing.command(command.mention, command.about)
        else:
            entry = named_entry(coach, topic)
            sharing = Sharing(mentor, member, await points.point(server, mentor, entry.id))
            others = [key_of(other.id) for other in coach.knowledge.related_to(entry)[:NEXT]]
            shown = await sharing.entry(interaction, coach, entry, ".".join(others))
        channel = self._bot.get_partial_messageable(interaction.channel_id or 0, guild_id=server)
        return await channel.send(view=shown.view, files=shown.files(), allowed_mentions=sharing.pinging)

    @point.autocomplete("topic")
    async def _offer(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        coach = await self._bot.coach_of(interaction)
        offered = offered_commands(self._bot)
        entries = [entry.id for entry in coach.complete(typed, OPTIONS_LIMIT)]
        if typed.strip():
            wanted = typed.strip().casefold()
            named = [name for name, command in offered.items() if wanted in f"{name} {command.about}".casefold()]
            begun = [name for name in named if name.removeprefix("/").startswith(wanted.removeprefix("/"))]
            topics = [*begun, *entries, *named]
        else:
            used = await self._used_most(interaction)
            topics = [*used, *offered, *entries]
        names = {topic: _name(coach, offered, topic) for topic in topics}
        choices = [app_commands.Choice(name=name, value=topic) for topic, name in names.items() if name]
        return choices[:OPTIONS_LIMIT]

    async def _used_most(self, interaction: Interaction) -> list[str]:
        """What the mentor points to most; nothing while the database is away."""
        try:
            uses = await self._bot.store.points.mentor_uses(interaction.guild_id or 0, interaction.user.id)
        except StoreUnavailableError:
            return []
        return [use.topic for use in uses]


def offered_commands(client: WaymarkBot) -> dict[str, Command]:
    """The commands that all members may use, by their names with the slash."""
    found: dict[str, Command] = {}
    for command in client.synced:
        if command.type is not discord.AppCommandType.chat_input or command.name in _OF_MENTORS:
            continue
        if command.default_member_permissions is not None:
            continue
        inner = [option for option in command.options if isinstance(option, app_commands.AppCommandGroup)]
        for one in inner or (command,):
            name = f"/{one.qualified_name}" if isinstance(one, app_commands.AppCommandGroup) else f"/{one.name}"
            found[name] = Command(name, one.mention, one.description)
    return found


def _name(coach: Coach, offered: Mapping[str, Command], topic: str) -> str | None:
    """How the topic is offered; None when it is gone."""
    if topic in offered:
        return shorten(f"{topic} - {offered[topic].about}", CHOICE_LIMIT)
    entry = coach.knowledge.entry(topic)
    return shorten(entry.question, CHOICE_LIMIT) if entry else None


def _check(interaction: Interaction, member: discord.Member) -> None:
    """Raises `WaymarkError` when the member could not read it."""
    if member.bot:
        raise WaymarkError("That is a bot, which needs no answer. Choose a person.")
    channel = interaction.channel
    if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return
    if not channel.permissions_for(member).view_channel:
        raise WaymarkError("They cannot see this channel, so I posted nothing. Use `/point` where they can read along.")
