"""Check-ins in the bakers' community: switching them on, and letting time go by."""

import datetime as dt

import discord
from simcord import MemberActor
from simcord.results import InteractionResult, ResponseMessage

from bot.front.client import WaymarkBot
from bot.store.check_ins import CheckIn
from tests.front.conftest import Community
from tests.front.reading import answered
from tests.front.walking import card
from tests.store.clocks import Clock

#: What a newcomer puts into the form.
WEEKLY: dict[str, str | list[str]] = {"every": "week", "hour": ["18"], "zone": "Europe/Berlin"}
WEEK = dt.timedelta(days=7)
#: So long it takes until the round has gone, in seconds.
ROUND = 61.0


async def overview(who: MemberActor, community: Community) -> ResponseMessage:
    """The whole path of somebody who has begun it."""
    message = await card(who, community)
    await who.click(message, label="Overview")
    return message


async def form(who: MemberActor, community: Community) -> InteractionResult:
    """The form of check-ins."""
    return await who.click(await overview(who, community), label="Check in on me")


async def opt_in(who: MemberActor, community: Community, **values: str | list[str]) -> ResponseMessage:
    """What the form is answered with."""
    return answered(await who.submit_modal(await form(who, community), {**WEEKLY, **values}))


async def forward(community: Community, clock: Clock, time: dt.timedelta) -> None:
    """Lets so much time go by, and then a round.

    Only the store's clock leaps: SimCord would go through every minute.
    """
    clock.now += max(time, dt.timedelta(seconds=ROUND))
    await community.env.advance_time(ROUND)


async def until_due(community: Community, bot: WaymarkBot, clock: Clock, who: MemberActor) -> None:
    """Lets time go by until the member has been asked."""
    await forward(community, clock, (await set_for(bot, who)).next_at - clock.now)


async def set_for(bot: WaymarkBot, who: MemberActor) -> CheckIn:
    """How the member is asked; fails when they are not."""
    found = await bot.store.check_ins.get(who.id, "baker")
    assert found is not None, "they are not asked"
    return found


def letters(who: MemberActor) -> list[discord.Message]:
    """The direct messages that the member has got, oldest first, without what only answers a click."""
    messages = who.user.dm_channel.history(viewer=who.user)
    return [message for message in messages if message.author.bot and not message.flags.ephemeral]


def close_direct_messages(community: Community, who: MemberActor, *, times: int | None = None) -> None:
    """Lets Discord refuse direct messages to the member."""
    path = f"/channels/{who.user.dm_channel.id}/messages"
    community.env.inject_error("POST", path, status=403, code=50007, message="Cannot send", times=times)
