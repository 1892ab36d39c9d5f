"""How a member is reached for a check-in: by direct message, or in a private thread where they asked for it."""

from collections.abc import Awaitable, Callable, Sequence

import discord
import structlog

from bot.front.client import WaymarkBot
from bot.store.check_ins import CheckIn, DueCheckIn

log = structlog.stdlib.get_logger("waymark.front")

#: Where a member may be reached.
Place = discord.DMChannel | discord.Thread
#: Sends what is to be sent there, if it is; raises what Discord raises.
Sending = Callable[[Place], Awaitable[None]]
#: Finds a place in which a member may be reached, or makes it; None when there can be none.
Way = Callable[[WaymarkBot, CheckIn | DueCheckIn], Awaitable[Place | None]]

#: What a private thread needs, besides that the bot sees the channel.
THREAD_NEEDS = discord.Permissions(
    view_channel=True, create_private_threads=True, send_messages_in_threads=True, read_message_history=True
)
_THREAD_NAME = "How your path goes"
#: What Discord answers when somebody is not in the server (any more).
_UNKNOWN_MEMBER, _UNKNOWN_USER = 10007, 10013


async def _direct(client: WaymarkBot, whom: CheckIn | DueCheckIn) -> Place | None:
    return await client.create_dm(discord.Object(whom.member))


async def _kept_thread(client: WaymarkBot, whom: CheckIn | DueCheckIn) -> Place | None:
    if whom.thread is None:
        return None
    found = client.get_channel(whom.thread) or await client.fetch_channel(whom.thread)
    return found if isinstance(found, discord.Thread) else None


async def _new_thread(client: WaymarkBot, whom: CheckIn | DueCheckIn) -> Place | None:
    if whom.channel is None:
        return None
    channel = client.get_channel(whom.channel) or await client.fetch_channel(whom.channel)
    if not isinstance(channel, discord.TextChannel):
        return None
    thread = await channel.create_thread(
        name=_THREAD_NAME, type=discord.ChannelType.private_thread, invitable=False, auto_archive_duration=10_080
    )
    await thread.add_user(discord.Object(whom.member))
    await client.store.check_ins.at_thread(whom.member, whom.guide, thread.id)
    return thread


#: In which order a member is reached: as before, as if for the first time, and where no thread of the server would do.
AS_BEFORE, ANEW, DIRECTLY = (_kept_thread, _direct, _new_thread), (_direct, _kept_thread, _new_thread), (_direct,)


async def reach(
    client: WaymarkBot, whom: CheckIn | DueCheckIn, sending: Sending, ways: Sequence[Way] = AS_BEFORE
) -> Place | None:
    """Where the member was reached, None when nowhere; a thread that is opened for it is kept before it is used.

    Raises what Discord raises when it is away.
    """
    for way in ways:
        try:
            place = await way(client, whom)
            if place is not None:
                await sending(place)
                return place
        except discord.HTTPException as error:
            if not _is_refusal(error):
                raise
            log.info("a member is not reached that way", code=error.code, why=error.text)
    return None


async def has_left(client: WaymarkBot, whom: DueCheckIn) -> bool:
    """Whether the member is no longer in the server where they asked; where that cannot be told, they have not."""
    if whom.server is None:
        return False
    try:
        server = client.get_guild(whom.server) or await client.fetch_guild(whom.server)
        await server.fetch_member(whom.member)
    except discord.HTTPException as error:
        if not _is_refusal(error):
            raise
        return error.code in (_UNKNOWN_MEMBER, _UNKNOWN_USER)
    return False


def _is_refusal(error: discord.HTTPException) -> bool:
    """Whether Discord heard it and said no, and not just that it is busy."""
    return 400 <= error.status < 500 and error.status != 429
