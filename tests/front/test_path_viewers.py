"""Letting a mentor see one's path, and what they see: nothing without the member's leave, and never a note."""

from pathlib import Path

import discord
import pytest
import simcord
from simcord.results import InteractionResult, ResponseMessage

from bot.front.client import WaymarkBot
from bot.front.path_viewers import SEE_THEIR_PATH, VIEWERS_LIMIT
from bot.front.their_path import REFUSAL
from bot.settings import Settings
from tests.front.conftest import Community
from tests.front.looking_in import overview
from tests.front.reading import answered, custom_ids, seen
from tests.front.test_become import second_guide
from tests.front.walking import ANSWERS, bakers_folder, card, path_of, pick, start


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = bakers_folder(tmp_path)
    return Settings(_env_file=None, waymark_knowledge=folder, waymark_data=tmp_path / "data", waymark_encoder="off")


@pytest.fixture
async def viewers(community: Community) -> ResponseMessage:
    """The list of whom the newcomer lets in, who has a note at the first step and has told a state."""
    message = await start(community.newcomer, community, target="2030-06-17")
    shown = await community.newcomer.click(message, label="Add a note")
    await community.newcomer.submit_modal(shown, {"note": "Ask aunt Mary"})
    shown = await community.newcomer.click(
        await overview(community.newcomer, community), label="Let a mentor see my path"
    )
    return answered(shown)


Who = simcord.MemberActor | simcord.RoleHandle


async def allow(community: Community, viewers: ResponseMessage, *who: Who) -> InteractionResult:
    menu = next(custom_id for custom_id in custom_ids(viewers) if "path-allow" in custom_id)
    return await community.newcomer.select(viewers, list(who), custom_id=menu)


async def see(community: Community, who: simcord.MemberActor) -> ResponseMessage:
    """What somebody gets from the menu of the newcomer's name."""
    return answered(await who.context_menu(community.channel, SEE_THEIR_PATH, community.newcomer))


def told(result: InteractionResult) -> str:
    """What an interaction was answered with, in the first place or after that."""
    return seen(result.followups[0] if result.followups else result.response).text


async def test_at_first_nobody_sees_it(community: Community, viewers: ResponseMessage) -> None:
    assert "Nobody but you." in seen(viewers).text
    assert viewers.ephemeral
    for who in (community.other, community.moderator):
        message = await see(community, who)
        assert seen(message).text == REFUSAL
        assert message.ephemeral


async def test_the_refusal_does_not_tell_whether_there_is_a_path(community: Community) -> None:
    assert seen(await see(community, community.other)).text == REFUSAL
    await start(community.newcomer, community)
    assert seen(await see(community, community.other)).text == REFUSAL


async def test_who_was_let_in_sees_all_but_the_notes(community: Community, viewers: ResponseMessage) -> None:
    await allow(community, viewers, community.other)
    assert f"1\\. <@{community.other.id}>" in seen(viewers).text
    message = await see(community, community.other)
    text = seen(message).text
    assert message.ephemeral
    assert f"The path of <@{community.newcomer.id}>" in text
    assert "**Starts from:** From scratch\n**Studies:** Full-time" in text
    assert "**State or country:** Ohio\n**Wants to be done by:** Jun 2030\n**May be finished:** " in text
    assert "→ **1. Go to baking school** · now" in text
    assert "-# ☐ Choose a school" in text
    assert "aunt Mary" not in str(message.components)
    assert seen(await see(community, community.moderator)).text == REFUSAL


async def test_looking_takes_no_news_from_its_owner(
    community: Community, bot: WaymarkBot, viewers: ResponseMessage
) -> None:
    await allow(community, viewers, community.other)
    before = (await path_of(bot, community.newcomer)).progress
    await see(community, community.other)
    assert (await path_of(bot, community.newcomer)).progress == before


async def test_a_role_lets_in_whoever_has_it_at_that_moment(
    community: Community, bot: WaymarkBot, viewers: ResponseMessage
) -> None:
    mentors = community.guild.create_role("Mentor")
    mentor = community.guild.add_member(community.env.create_user("mentor"), roles=[mentors])
    await allow(community, viewers, mentors)
    assert f"everybody with <@&{mentors.id}>" in seen(viewers).text
    assert "The path of" in seen(await see(community, mentor)).text
    assert seen(await see(community, community.other)).text == REFUSAL
    guild = bot.get_guild(community.guild.id)
    assert guild is not None
    await (await guild.fetch_member(mentor.id)).remove_roles(discord.Object(mentors.id))
    assert seen(await see(community, mentor)).text == REFUSAL


async def test_everyone_is_refused(community: Community, bot: WaymarkBot, viewers: ResponseMessage) -> None:
    result = await allow(community, viewers, community.guild.default_role, community.other)
    assert "That would be everybody in this server, so nobody was let in." in told(result)
    assert await bot.store.path_viewers.of(community.newcomer.id, "baker", community.guild.id) == ()


async def test_a_bot_is_refused(community: Community, bot: WaymarkBot, viewers: ResponseMessage) -> None:
    machine = community.guild.add_member(community.env.create_user("machine", bot=True))
    assert "A bot has no use for your path" in told(await allow(community, viewers, machine))
    assert await bot.store.path_viewers.of(community.newcomer.id, "baker", community.guild.id) == ()


async def test_to_let_oneself_in_changes_nothing(
    community: Community, bot: WaymarkBot, viewers: ResponseMessage
) -> None:
    await allow(community, viewers, community.newcomer)
    assert "You see it anyway." in seen(viewers).text
    assert await bot.store.path_viewers.of(community.newcomer.id, "baker", community.guild.id) == ()


async def test_no_more_are_let_in_than_can_be_stopped(
    community: Community, bot: WaymarkBot, viewers: ResponseMessage
) -> None:
    for number in range(VIEWERS_LIMIT):
        await bot.store.path_viewers.allow(
            community.newcomer.id, "baker", community.guild.id, 100 + number, is_role=False
        )
    result = await allow(community, viewers, community.other)
    assert f"Up to {VIEWERS_LIMIT} members and roles can see your path, so nobody was let in now." in told(result)
    shown = await community.newcomer.click(
        await overview(community.newcomer, community), label="Let a mentor see my path"
    )
    assert [label for label in seen(shown.response).buttons if label.startswith("Stop")] == [
        f"Stop sharing with {number}" for number in range(1, VIEWERS_LIMIT + 1)
    ]


async def test_stop_sharing_ends_it_at_once(community: Community, viewers: ResponseMessage) -> None:
    await allow(community, viewers, community.other, community.moderator)
    await community.newcomer.click(viewers, label="Stop sharing with 1")
    assert "That is stopped, from now on." in seen(viewers).text
    allowed = [seen(await see(community, who)).text != REFUSAL for who in (community.other, community.moderator)]
    assert sorted(allowed) == [False, True]


async def test_the_list_outlives_a_restart(
    community: Community, next_bot: WaymarkBot, viewers: ResponseMessage
) -> None:
    await community.env.restart_bot(next_bot)
    await allow(community, viewers, community.other)
    assert "The path of" in seen(await see(community, community.other)).text


async def test_what_is_allowed_in_one_server_is_not_in_another(community: Community, viewers: ResponseMessage) -> None:
    await allow(community, viewers, community.other)
    elsewhere = community.env.create_guild("Elsewhere")
    channel = elsewhere.create_text_channel("talk")
    newcomer, other = (elsewhere.add_member(who.user) for who in (community.newcomer, community.other))
    shown = await other.context_menu(channel, SEE_THEIR_PATH, newcomer)
    assert seen(shown.response).text == REFUSAL


async def test_everybody_sees_their_own(community: Community, viewers: ResponseMessage) -> None:
    assert "Nobody but you." in seen(viewers).text
    assert "The path of" in seen(await see(community, community.newcomer)).text


async def test_of_several_paths_one_picks(
    community: Community, bot: WaymarkBot, tmp_path: Path, viewers: ResponseMessage
) -> None:
    await allow(community, viewers, community.other)
    second_guide(tmp_path, bot)
    shown = await pick(community.newcomer, await card(community.newcomer, community), "Miller")
    await community.newcomer.submit_modal(shown, ANSWERS)
    await bot.store.path_viewers.allow(
        community.newcomer.id, "miller", community.guild.id, community.other.id, is_role=False
    )
    message = await see(community, community.other)
    assert seen(message).buttons == ("Becoming a baker", "Becoming a miller")
    await bot.store.path_viewers.revoke(community.newcomer.id, "miller", community.guild.id, community.other.id)
    await community.other.click(message, label="Becoming a miller")
    assert seen(message).text == REFUSAL
    assert "### Becoming a baker" in seen(await see(community, community.other)).text


async def test_a_path_that_was_forgotten_is_gone_for_those_let_in(
    community: Community, bot: WaymarkBot, viewers: ResponseMessage
) -> None:
    await allow(community, viewers, community.other)
    await bot.store.privacy.forget(community.newcomer.id)
    assert seen(await see(community, community.other)).text == REFUSAL


async def test_in_a_direct_message_nobody_is_let_in(community: Community) -> None:
    await start(community.newcomer, community)
    user = community.newcomer.user
    message = answered(await user.slash("become"))
    await user.click(message, label="Overview")
    assert "Mentors are let in server by server" in told(await user.click(message, label="Let a mentor see my path"))
