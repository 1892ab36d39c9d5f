"""Questions without a command: mentions and direct messages."""

import discord

from tests.front.conftest import Community
from tests.front.reading import seen


async def say(community: Community, text: str) -> discord.Message | None:
    await community.newcomer.send(community.channel, text)
    return community.channel.last_message


def mention(community: Community) -> str:
    assert community.env.bot.user is not None
    return community.env.bot.user.mention


def is_from_bot(community: Community, message: discord.Message | None) -> bool:
    return message is not None and message.author == community.env.bot.user


async def test_a_mention_is_answered_in_reply(community: Community) -> None:
    asked = await community.newcomer.send(community.channel, f"{mention(community)} baker salary")
    reply = community.channel.last_message
    assert "$30,000" in seen(reply).text
    assert reply is not None
    assert reply.reference is not None
    assert reply.reference.message_id == asked.id


async def test_a_reply_pings_nobody(community: Community) -> None:
    reply = await say(community, f"{mention(community)} baker salary")
    assert reply is not None
    assert reply.mentions == []


async def test_a_message_to_others_is_left_alone(community: Community) -> None:
    assert not is_from_bot(community, await say(community, "baker salary"))


async def test_a_mention_of_somebody_else_is_left_alone(community: Community) -> None:
    assert not is_from_bot(community, await say(community, f"{community.other.mention} baker salary"))


async def test_a_mention_of_everyone_is_left_alone(community: Community) -> None:
    assert not is_from_bot(community, await say(community, "@everyone baker salary"))


async def test_a_bare_mention_gets_the_way_to_ask(community: Community) -> None:
    assert "`/ask`" in seen(await say(community, mention(community))).text


async def test_a_direct_message_is_answered_there(community: Community) -> None:
    await community.newcomer.send_dm("baker salary")
    assert "$30,000" in seen(community.newcomer.user.dm_channel.last_message).text


async def test_another_bot_is_left_alone(community: Community) -> None:
    robot = community.guild.add_member(community.env.create_user("robot", bot=True))
    await robot.send(community.channel, f"{mention(community)} baker salary")
    assert not is_from_bot(community, community.channel.last_message)


async def test_one_who_asks_too_much_is_told_once_and_then_left_alone(community: Community) -> None:
    for _ in range(12):
        await say(community, f"{mention(community)} baker salary")
    said = [message for message in community.channel.history() if is_from_bot(community, message)]
    notices = [message for message in said if "Try again in" in seen(message).text]
    assert (len(said), len(notices)) == (9, 1)


async def test_where_the_bot_may_not_write_the_member_hears_of_it_privately(community: Community) -> None:
    closed = community.guild.create_text_channel(
        "closed", overwrites={community.guild.default_role: discord.PermissionOverwrite(send_messages=True)}
    )
    community.env.inject_error("POST", f"/channels/{closed.id}/messages", status=403, code=50013, message="Missing")
    await community.newcomer.send(closed, f"{mention(community)} baker salary")
    assert "I lack a permission" in seen(community.newcomer.user.dm_channel.last_message).text


async def test_when_discord_fails_the_member_gets_a_sentence_with_a_number(community: Community) -> None:
    community.env.inject_error("POST", f"/channels/{community.channel.id}/messages", status=500)
    await say(community, f"{mention(community)} baker salary")
    text = seen(community.newcomer.user.dm_channel.last_message).text
    assert "Something went wrong on my side; nothing of yours was lost." in text
    assert "HTTPException" not in text


async def test_with_direct_messages_closed_the_sentence_comes_in_reply(community: Community) -> None:
    community.env.inject_error("POST", f"/channels/{community.channel.id}/messages", status=500)
    community.env.inject_error("POST", "/users/@me/channels", status=403, code=50007)
    assert "Something went wrong" in seen(await say(community, f"{mention(community)} baker salary")).text
