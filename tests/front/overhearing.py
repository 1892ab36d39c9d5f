"""A community in a channel that the bot listens in: what is said there, what it offers, who opens it."""

import datetime as dt
from typing import Any

import discord
import simcord
from simcord.results import ResponseMessage

from bot.front.client import WaymarkBot
from bot.store.store import Store
from tests.front.conftest import Community
from tests.front.reading import answered, seen

SURE = "what does a baker earn?"
OFFER = "I may know this"


class CommunityClock:
    """The time of the local Discord, once it is known."""

    def __init__(self) -> None:
        self.env: simcord.Env | None = None

    def __call__(self) -> dt.datetime:
        return self.env.now() if self.env is not None else dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


async def listening(community: Community, bot: WaymarkBot, clock: CommunityClock) -> Community:
    """The community, which has turned listening on in its channel."""
    clock.env = community.env
    await listen_in(bot.store, community, community.channel)
    return community


async def listen_in(store: Store, community: Community, *channels: simcord.ChannelHandle) -> None:
    await store.settings.change(community.guild.id, listening=[channel.id for channel in channels])


def offers(community: Community, channel: simcord.ChannelHandle | None = None) -> list[discord.Message]:
    """The offers that stand in the channel, the oldest first."""
    me = community.env.bot.user
    said = [one for one in (channel or community.channel).history() if one.author == me]
    return sorted((one for one in said if OFFER in seen(one).buttons), key=lambda one: one.id)


async def offered(community: Community, text: str = SURE) -> tuple[discord.Message, discord.Message]:
    """The newcomer's question and the offer under it."""
    question = await community.newcomer.send(community.channel, text)
    (offer,) = offers(community)
    return question, offer


async def opened_by(who: simcord.MemberActor, offer: discord.Message) -> ResponseMessage:
    return answered(await who.click(offer, label=OFFER))


def replies(community: Community, question: discord.Message) -> list[discord.Message]:
    """What the bot replied to the question, but for offers."""
    me = community.env.bot.user
    return [
        one
        for one in community.channel.history()
        if one.author == me
        and one.reference is not None
        and one.reference.message_id == question.id
        and OFFER not in seen(one).buttons
    ]


def clicks_of(bot: WaymarkBot) -> list[Any]:
    """All clicks from now on, to be used once more at the same time: the local Discord takes them one by one."""
    clicks: list[Any] = []

    async def on_interaction(interaction: Any) -> None:
        clicks.append(interaction)

    bot.add_listener(on_interaction)
    return clicks


async def asked(bot: WaymarkBot, community: Community) -> int:
    return (await bot.store.insights.of(community.guild.id, "year", {})).counts.asked
