"""Brings what mentors and askers write to each other: askers by direct message, mentors to their channel.

Only ids are kept of it, never a text. Where direct messages are closed, an asker is reached in a private thread of the
channel in which they asked, or, unless they asked without their name, by a mention there.
"""

from collections.abc import Awaitable, Callable
from enum import Enum

import discord
import structlog
from discord import ui

from bot.errors import WaymarkError
from bot.front.client import Interaction, WaymarkBot
from bot.front.layout import heading, lines, small
from bot.front.pinging import pinging_only
from bot.front.text import quoted
from bot.store.mentor_request import MentorRequest

log = structlog.stdlib.get_logger("waymark.front")

#: Most characters of what is written in one go.
WRITTEN_LIMIT = 1_500
#: Makes the message, with this text above: who it is for, where that must be said.
Telling = Callable[[str], ui.LayoutView]
_Sending = Callable[[WaymarkBot, MentorRequest, int, Telling, str], Awaitable[discord.Message | None]]


class Way(Enum):
    """How an asker was reached, or why not, as the mentor is told."""

    DIRECT = "They have it by direct message."
    THREAD = "Their direct messages are closed, so I wrote to them in a private thread."
    MENTION = "Their direct messages are closed, so I wrote to them in the channel where they asked."
    LEFT = "They have left the server, so I could not reach them."
    NOWHERE = "Their direct messages are closed, and I found no other way to reach them."
    FORGOTTEN = "They have asked me to forget them, so there is nobody left to write to."

    @property
    def is_reached(self) -> bool:
        """Whether they have it."""
        return self in (Way.DIRECT, Way.THREAD, Way.MENTION)


def passed_on(text: str) -> str:
    """What somebody wrote, line by line as a quote, in which nothing has any effect."""
    written = [quoted(line, WRITTEN_LIMIT) for line in text[:WRITTEN_LIMIT].splitlines()]
    return "\n".join(f"> {line}" for line in written if line)


def named(request: MentorRequest, title: str) -> str:
    """A title with the question that it is about."""
    return lines(heading(title), small(f"asked: {quoted(request.text)}") if request.text else "")


def name_of(interaction: Interaction) -> str:
    """Who writes, by name: where an asker reads it, Discord may not know the member whom a mention names."""
    return quoted(interaction.user.display_name) or quoted(interaction.user.name)


async def to_asker(
    client: WaymarkBot, request: MentorRequest, telling: Telling, *, mark: str, is_news: bool = False
) -> Way:
    """Brings a message to the asker, and tells how. Sent again at once with the same `mark` (25 letters at most), it
    stays one message.

    `is_news`: whether anybody may read it; then closed direct messages lead to a mention right away.
    """
    person = await client.store.anonymity.recipient(request.number)
    if person is None:
        return Way.FORGOTTEN
    ways: dict[Way, _Sending] = {Way.DIRECT: _direct}
    if await _is_here(client, request.server, person):
        if request.anonymous or not is_news:
            ways[Way.THREAD] = _in_thread
        if not request.anonymous:
            ways[Way.MENTION] = _in_channel
    for way, send in ways.items():
        try:
            message = await send(client, request, person, telling, mark)
        except discord.HTTPException as error:
            log.info("an asker could not be reached that way", way=way.name, reason=str(error))
            continue
        if message is not None:
            await _keep(client, request, message, by_asker=False)
            return way
    return Way.NOWHERE if len(ways) > 1 else Way.LEFT


async def to_mentors(
    client: WaymarkBot, request: MentorRequest, view: ui.LayoutView, *, mark: str, by_asker: bool = False
) -> None:
    """Brings what the asker writes (`by_asker`), or a report, to the mentors' channel, below the card.

    Whoever has the question is pinged. Raises `WaymarkError` when that cannot be done.
    """
    channel = await mentors_channel(client, request.server)
    card = request.card if request.card and request.card[0] == channel.id else None
    pinging = pinging_only(request.claimed_by) if request.claimed_by else discord.AllowedMentions.none()
    try:
        if card is None:
            message = await channel.send(view=view, nonce=mark, allowed_mentions=pinging)
        else:
            above = discord.MessageReference(message_id=card[1], channel_id=card[0], fail_if_not_exists=False)
            message = await channel.send(view=view, reference=above, nonce=mark, allowed_mentions=pinging)
    except (discord.Forbidden, discord.NotFound):
        raise _unreachable() from None
    if by_asker:
        await _keep(client, request, message, by_asker=True)


async def mentors_channel(client: WaymarkBot, server: int) -> discord.TextChannel | discord.Thread:
    """Where the mentors of the server read.

    Raises `WaymarkError` when nobody has named it, or the bot may not write there.
    """
    settings = await client.store.settings.get(server)
    if settings.mentors_channel is None:
        raise WaymarkError(
            "This server has named no channel for its mentors yet, so there is nobody whom I could ask; nothing was "
            "sent. Ask in a channel where people help each other, look around with `/browse`, or put the question in "
            "other words. An admin can name the channel with `/setup`."
        )
    channel = client.get_channel(settings.mentors_channel)
    if not isinstance(channel, discord.TextChannel | discord.Thread) or channel.guild.id != server:
        raise _unreachable()
    may = channel.permissions_for(channel.guild.me)
    if not (
        may.view_channel
        and (may.send_messages_in_threads if isinstance(channel, discord.Thread) else may.send_messages)
    ):
        raise _unreachable()
    return channel


def _unreachable() -> WaymarkError:
    return WaymarkError(
        "I cannot write in the mentors' channel at the moment, so nothing was sent. Tell a moderator that `/setup` "
        "has to name another or let me in; then try again."
    )


async def _direct(
    client: WaymarkBot, _: MentorRequest, person: int, telling: Telling, mark: str
) -> discord.Message | None:
    channel = await client.create_dm(discord.Object(person))
    return await channel.send(view=telling(""), nonce=mark)


async def _in_thread(
    client: WaymarkBot, request: MentorRequest, person: int, telling: Telling, mark: str
) -> discord.Message | None:
    channel = client.get_channel(request.channel)
    if not isinstance(channel, discord.TextChannel):
        return None
    name = f"Question {request.number} for the mentors"
    mine = (
        thread
        for thread in channel.threads
        if thread.name == name and thread.is_private() and thread.owner_id == channel.guild.me.id
    )
    thread = next(mine, None) or await channel.create_thread(name=name, invitable=False)
    await thread.add_user(discord.Object(person))
    return await thread.send(view=telling(f"<@{person}>"), nonce=mark, allowed_mentions=pinging_only(person))


async def _in_channel(
    client: WaymarkBot, request: MentorRequest, person: int, telling: Telling, mark: str
) -> discord.Message | None:
    channel = client.get_partial_messageable(request.channel, guild_id=request.server)
    return await channel.send(view=telling(f"<@{person}>"), nonce=mark, allowed_mentions=pinging_only(person))


async def _is_here(client: WaymarkBot, server: int, person: int) -> bool:
    """Whether the person is in the server; also when Discord does not tell."""
    guild = client.get_guild(server)
    try:
        return guild is not None and await guild.fetch_member(person) is not None
    except discord.NotFound:
        return False
    except discord.HTTPException:
        return True


async def _keep(client: WaymarkBot, request: MentorRequest, message: discord.Message, *, by_asker: bool) -> None:
    if request.anonymous:
        await client.store.anonymity.relay(request.number, message.id, message.channel.id, by_asker=by_asker)
