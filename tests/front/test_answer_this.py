"""`Answer this` in the menu of a message."""

import discord
import pytest
import simcord
from simcord.results import InteractionResult

from bot.app import opened
from bot.front.client import WaymarkBot
from bot.settings import Settings
from tests.front.conftest import Community
from tests.front.mentors import MISSED, Mentored, button_id, click_at_once, mentored, refusal, sent
from tests.front.reading import answered, seen

MENU = "Answer this"


@pytest.fixture
async def stage(community: Community) -> Mentored:
    return await mentored(community)


async def asked(stage: Mentored, text: str = "hi all, baker salary?") -> discord.Message:
    return await stage.newcomer.send(stage.community.channel, text)


async def menu(stage: Mentored, message: discord.Message, who: simcord.MemberActor | None = None) -> InteractionResult:
    return await (who or stage.mentor).context_menu(stage.community.channel, MENU, message)


async def shared(stage: Mentored, message: discord.Message) -> discord.Message:
    await stage.mentor.click(answered(await menu(stage, message)), label="Share")
    posted = stage.community.channel.last_message
    assert posted is not None
    assert posted.id != message.id, "nothing was posted"
    return posted


async def test_the_mentor_alone_sees_the_best_three_with_previews_and_confidence(stage: Mentored) -> None:
    shown = answered(await menu(stage, await asked(stage)))
    assert shown.ephemeral
    text = seen(shown).text
    assert "**1. What does a baker earn?**" in text
    assert "### What fits best" in text
    assert "% sure\nThe median is $30,000 a year." in text
    assert "**3. " in text
    assert seen(shown).buttons == ("✓ Answer 1", "Answer 2", "Answer 3", "Share", "Look at it")
    assert stage.community.channel.last_message.content == "hi all, baker salary?"  # type: ignore[union-attr]


async def test_what_only_comes_nearest_is_not_said_to_fit(stage: Mentored) -> None:
    text = seen(answered(await menu(stage, await asked(stage, MISSED)))).text
    assert "### Nothing fits well\nAsked this, I would say that I do not know. What comes nearest:" in text
    assert "What fits best" not in text


async def test_sharing_replies_to_the_message_with_the_card(stage: Mentored) -> None:
    message = await asked(stage)
    posted = await shared(stage, message)
    assert posted.reference is not None
    assert posted.reference.message_id == message.id
    text = seen(posted).text
    assert f"-# shared by <@{stage.mentor.id}>" in text
    assert "The median is $30,000 a year." in text
    assert {"That helped", "Not this one"} <= set(seen(posted).buttons)


async def test_sharing_pings_the_asker_and_nobody_else(stage: Mentored) -> None:
    await shared(stage, await asked(stage))
    allowed = sent(stage.community, stage.community.channel)["allowed_mentions"]
    assert allowed == {"parse": [], "users": [stage.newcomer.id], "replied_user": True}


async def test_after_sharing_the_mentor_is_told_and_cannot_share_again(stage: Mentored) -> None:
    shown = answered(await menu(stage, await asked(stage)))
    await stage.mentor.click(shown, label="Share")
    assert "Shared: https://discord.com/channels/" in seen(shown).text
    assert seen(shown).buttons == ()


async def test_a_double_click_shares_once(stage: Mentored) -> None:
    message = await asked(stage)
    shown = answered(await menu(stage, message))
    share = button_id(shown, "wm:answer-share:")
    await click_at_once(shown, (stage.mentor, share), (stage.mentor, share))
    replies = [one for one in stage.community.channel.history() if one.reference is not None]
    assert len(replies) == 1
    (use,) = await stage.store.points.mentor_uses(stage.community.guild.id, stage.mentor.id)
    assert use.times == 1


async def test_another_one_can_be_picked(stage: Mentored) -> None:
    message = await asked(stage)
    shown = answered(await menu(stage, message))
    second = next(line for line in seen(shown).text.splitlines() if line.startswith("**2. "))
    await stage.mentor.click(shown, label="Answer 2")
    assert seen(shown).buttons[:2] == ("Answer 1", "✓ Answer 2")
    look = await stage.mentor.click(shown, label="Look at it")
    assert answered(look).ephemeral
    await stage.mentor.click(shown, label="Share")
    posted = stage.community.channel.last_message
    assert second.removeprefix("**2. ").split("**")[0] in seen(posted).text


async def test_a_picked_answer_begins_with_what_the_message_names(stage: Mentored) -> None:
    posted = await shared(stage, await asked(stage, "what does a head baker earn?"))
    assert "A head baker: more than $30,000." in seen(posted).text


async def test_sharing_is_counted_for_the_mentor(stage: Mentored) -> None:
    await shared(stage, await asked(stage))
    (use,) = await stage.store.points.mentor_uses(stage.community.guild.id, stage.mentor.id)
    assert (use.topic, use.times) == ("median-pay", 1)


async def test_looking_records_no_question_of_the_member(stage: Mentored) -> None:
    await menu(stage, await asked(stage))
    assert await stage.store.questions.recent(stage.community.guild.id) == ()


async def test_it_works_after_a_restart(stage: Mentored, next_bot: WaymarkBot) -> None:
    shown = answered(await menu(stage, await asked(stage)))
    await stage.community.env.restart_bot(next_bot)
    await stage.mentor.click(shown, label="Answer 2")
    await stage.mentor.click(shown, label="Share")
    assert "shared by" in seen(stage.community.channel.last_message).text


async def test_a_message_that_is_deleted_meanwhile_is_told_kindly(stage: Mentored) -> None:
    message = await asked(stage)
    shown = answered(await menu(stage, message))
    await stage.newcomer.delete(message)
    result = await stage.mentor.click(shown, label="Share")
    assert "deleted meanwhile" in seen(result.followups[-1] if result.followups else answered(result)).text
    assert await stage.store.points.mentor_uses(stage.community.guild.id, stage.mentor.id) == ()
    assert stage.community.env.errors == []


async def test_where_the_bot_may_not_look_a_deleted_message_is_told_kindly_too(stage: Mentored) -> None:
    message = await asked(stage)
    shown = answered(await menu(stage, message))
    env = stage.community.env
    env.inject_error("GET", "/channels/*/messages/*", status=403, code=50001)
    # As Discord refuses it; SimCord takes a reply to what is deleted.
    unknown = "In message_reference: Unknown message"
    env.inject_error("POST", "/channels/*/messages", status=400, code=50035, message=unknown)
    result = await stage.mentor.click(shown, label="Share")
    assert "deleted meanwhile" in seen(answered(result)).text


async def test_a_message_of_a_bot_is_refused_kindly(stage: Mentored) -> None:
    robot = stage.community.guild.add_member(stage.community.env.create_user("robot", bot=True))
    message = await robot.send(stage.community.channel, "baker salary")
    shown = answered(await menu(stage, message))
    assert "nobody waits for an answer" in refusal(stage, shown)


async def test_an_answer_of_the_bot_itself_is_refused_kindly(stage: Mentored) -> None:
    await stage.newcomer.slash(stage.community.channel, "ask", question="baker salary")
    message = stage.community.channel.last_message
    assert message is not None
    assert "nobody waits for an answer" in refusal(stage, answered(await menu(stage, message)))


async def test_a_message_without_text_leads_to_point(stage: Mentored) -> None:
    message = await stage.newcomer.send(stage.community.channel, attachments=[("rack.png", b"")])
    assert "has no text" in refusal(stage, answered(await menu(stage, message)))


async def test_hostile_text_stays_text(stage: Mentored) -> None:
    hostile = "@everyone <@&1> [x](https://example.org) **baker salary** ```"
    shown = answered(await menu(stage, await asked(stage, hostile)))
    assert "\\<@&1> \\[x](https" in seen(shown).text
    assert "@everyone" not in seen(shown).text
    await shared(stage, await asked(stage, hostile))
    assert "@everyone" not in str(sent(stage.community, stage.community.channel))


async def test_a_friendly_word_has_nothing_to_share_or_something_that_is_little_sure(stage: Mentored) -> None:
    shown = seen(answered(await menu(stage, await asked(stage, "thanks"))))
    assert "wrote: thanks" in shown.text


@pytest.mark.parametrize("who", ["newcomer", "other"])
async def test_members_may_not(stage: Mentored, who: str) -> None:
    result = await menu(stage, await asked(stage), getattr(stage.community, who))
    assert "This is for mentors" in refusal(stage, answered(result))


@pytest.mark.parametrize("who", ["moderator", "admin"])
async def test_moderators_and_admins_may(stage: Mentored, who: str) -> None:
    actor = stage.admin if who == "admin" else stage.community.moderator
    assert "What fits best" in seen(answered(await menu(stage, await asked(stage), actor))).text


async def test_who_is_no_mentor_any_more_shares_nothing(stage: Mentored) -> None:
    shown = answered(await menu(stage, await asked(stage)))
    settings = await stage.store.settings.get(stage.community.guild.id)
    await stage.store.settings.put(stage.community.guild.id, type(settings)(mentors_channel=settings.mentors_channel))
    result = await stage.mentor.click(shown, label="Share")
    assert "This is for mentors" in seen(answered(result)).text
    assert not any(one.reference for one in stage.community.channel.history())


async def test_the_menu_brings_the_text_without_a_privileged_intent(settings: Settings) -> None:
    async with (
        opened(settings) as bot,
        simcord.run(bot, shard_count=1, settle_timeout=60.0, approved_intents=discord.Intents.default()) as env,
    ):
        guild = env.create_guild("Bakers")
        channel = guild.create_text_channel("ask")
        role = guild.create_role("Moderator", permissions=discord.Permissions(manage_messages=True))
        moderator = guild.add_member(env.create_user("moderator"), roles=[role])
        newcomer = guild.add_member(env.create_user("newcomer"))
        message = await newcomer.send(channel, "baker salary")
        shown = answered(await moderator.context_menu(channel, MENU, message))
        assert "What does a baker earn?" in seen(shown).text
        assert button_id(shown, "wm:answer-share:").startswith(f"wm:answer-share:{message.id}:{newcomer.id}:")
