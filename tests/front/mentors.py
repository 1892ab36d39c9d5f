"""A community with mentors: two of them, an admin, and a channel where mentors read."""

from dataclasses import dataclass, replace
from typing import Any

import discord
import simcord
from simcord import interactions
from simcord.backend import serializers
from simcord.results import ResponseMessage

from bot.front.ask_mentor import AskMentorButton
from bot.front.client import WaymarkBot
from bot.front.layout import MISS, layout
from bot.store.store import Store
from tests.front.conftest import Community
from tests.front.filling import filled_in
from tests.front.reading import answered, custom_ids, seen

#: What the guide about bakers does not know.
MISSED = "Which guitar should I buy?"


@dataclass(frozen=True)
class Mentored:
    """The community, its mentors, and their channel."""

    community: Community
    mentor: simcord.MemberActor
    colleague: simcord.MemberActor
    admin: simcord.MemberActor
    mentors: simcord.ChannelHandle

    @property
    def store(self) -> Store:
        return client(self.community).store

    @property
    def newcomer(self) -> simcord.MemberActor:
        return self.community.newcomer

    @property
    def card(self) -> discord.Message:
        """The first card in the mentors' channel, as it stands."""
        return self.mentors.history()[0]

    @property
    def told(self) -> discord.Message:
        """The last direct message that the newcomer got."""
        message = self.newcomer.user.dm_channel.last_message
        assert message is not None, "the newcomer was told nothing"
        return message


def client(community: Community) -> WaymarkBot:
    bot = community.env.bot
    assert isinstance(bot, WaymarkBot)
    return bot


async def mentored(community: Community, *, with_channel: bool = True) -> Mentored:
    """Brings mentors into the community, as an admin does with `/setup`."""
    guild, env = community.guild, community.env
    role = guild.create_role("Mentor")
    admins = guild.create_role("Admin", permissions=discord.Permissions(administrator=True))
    channel = guild.create_text_channel("mentors")
    store = client(community).store
    settings = replace(
        await store.settings.get(guild.id), mentor_role=role.id, mentors_channel=channel.id if with_channel else None
    )
    await store.settings.put(guild.id, settings)
    return Mentored(
        community,
        guild.add_member(env.create_user("mentor"), roles=[role]),
        guild.add_member(env.create_user("colleague"), roles=[role]),
        guild.add_member(env.create_user("admin"), roles=[admins]),
        channel,
    )


def sent(community: Community, channel: simcord.ChannelHandle) -> dict[str, Any]:
    """What the bot last asked Discord to post in the channel."""
    path = f"/channels/{channel.id}/messages"
    posts = [one.json for one in community.env.http_requests if one.method == "POST" and one.path.endswith(path)]
    assert posts
    assert isinstance(posts[-1], dict)
    return posts[-1]


def button_id(message: discord.Message | ResponseMessage, begin: str) -> str:
    """The custom id in the message that begins so."""
    return next(one for one in custom_ids(message) if one.startswith(begin))


def refusal(stage: Mentored, message: ResponseMessage) -> str:
    """What a member is told, privately, whose command or form was refused."""
    assert message.ephemeral
    # discord.py hands on what a command raised; whoever looks at it says that it was expected.
    assert stage.community.env.errors
    return seen(message).text


async def put(stage: Mentored, *, text: str = MISSED, **boxes: bool) -> discord.Message:
    """The newcomer asks the mentors by the form, with these boxes ticked; gives the card."""
    bot, community = client(stage.community), stage.community
    number = await bot.store.questions.record(
        server=community.guild.id, channel=community.channel.id, member=stage.newcomer.id, text=text, kind="none",
        entry_id=None,
    )  # fmt: skip
    place = bot.get_partial_messageable(community.channel.id)
    message = await place.send(view=layout(MISS, "I do not know that one", AskMentorButton(number)))
    shown = await stage.newcomer.click(message, label="Ask a mentor")
    await stage.newcomer.submit_modal(shown, {**filled_in(shown), **boxes})
    return stage.card


def close_direct_messages(stage: Mentored) -> None:
    """From now on the newcomer takes none."""
    channel = stage.newcomer.user.dm_channel
    stage.community.env.inject_error("POST", f"/channels/{channel.id}/messages", status=403, code=50007, times=None)


async def write(who: Any, message: discord.Message, text: str, label: str = "Reply") -> ResponseMessage:
    """Opens the form of a reply under a message, and sends it; gives what the writer is told."""
    shown = await who.click(message, label=label)
    return answered(await who.submit_modal(shown, {"text": text}))


async def click_at_once(
    message: discord.Message | ResponseMessage, *clicks: tuple[simcord.MemberActor, str]
) -> list[simcord.InteractionResult]:
    """All press the buttons with these custom ids before the bot has heard of one; SimCord's own clicks wait."""
    (env,) = {actor._env for actor, _ in clicks}  # noqa: SLF001 - the actors know their Discord, and nobody else asks
    backend = env.backend
    stored = backend.get_message(
        message.channel.id if isinstance(message, discord.Message) else message.channel_id, message.id
    )
    records = []
    for actor, custom_id in clicks:
        record, payload = interactions.base_payload(
            backend, type=3, channel_id=stored.channel_id, guild_id=actor.guild.id, user_id=actor.id,
            data={"custom_id": custom_id, "component_type": 2},
        )  # fmt: skip
        record.source_message_id = stored.id
        backend.emit("INTERACTION_CREATE", {**payload, "message": dict(serializers.message_payload(backend, stored))})
        records.append(record)
    await env.settle()
    return [simcord.InteractionResult(env, record) for record in records]
