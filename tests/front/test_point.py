"""`/point`: mentors send somebody an entry or a command."""

import discord
import pytest
from simcord.results import InteractionResult

from tests.front.conftest import Community
from tests.front.mentors import Mentored, client, mentored, refusal, sent
from tests.front.reading import answered, seen


@pytest.fixture
async def stage(community: Community) -> Mentored:
    return await mentored(community)


async def point(stage: Mentored, topic: str) -> InteractionResult:
    return await stage.mentor.slash(stage.community.channel, "point", member=stage.newcomer, topic=topic)


async def offered(stage: Mentored, typed: str = "") -> list[str]:
    choices = await stage.mentor.autocomplete(stage.community.channel, "point", "topic", typed, member=stage.newcomer)
    return [choice["value"] for choice in choices]


async def test_an_entry_is_posted_for_the_member(stage: Mentored) -> None:
    result = await point(stage, "median-pay")
    text = seen(stage.community.channel.last_message).text
    assert text.startswith(f"<@{stage.newcomer.id}>\n-# shared by <@{stage.mentor.id}>")
    assert "The median is $30,000 a year." in text
    assert answered(result).ephemeral
    assert "Posted: https://" in seen(answered(result)).text


async def test_it_pings_the_member_and_nobody_else(stage: Mentored) -> None:
    await point(stage, "median-pay")
    allowed = sent(stage.community, stage.community.channel)["allowed_mentions"]
    assert (allowed["parse"], allowed["users"]) == ([], [stage.newcomer.id])


async def test_a_command_can_be_pressed_and_tells_what_it_does(stage: Mentored) -> None:
    await point(stage, "/become")
    (command,) = [one for one in client(stage.community).synced if one.name == "become"]
    shown = seen(stage.community.channel.last_message)
    assert f"### </become:{command.id}>\n{command.description}" in shown.text
    assert shown.buttons == ("That helped",)


async def test_a_part_of_a_question_names_the_entry(stage: Mentored) -> None:
    await point(stage, "What does a baker")
    assert "The median is $30,000" in seen(stage.community.channel.last_message).text


async def test_what_the_mentor_points_to_most_is_offered_first(stage: Mentored) -> None:
    for topic in ("night", "/browse", "/browse", "training", "/browse", "night"):
        await point(stage, topic)
    assert (await offered(stage))[:3] == ["/browse", "night", "training"]


async def test_what_another_mentor_uses_is_not_offered_first(stage: Mentored) -> None:
    await point(stage, "/browse")
    choices = await stage.colleague.autocomplete(stage.community.channel, "point", "topic", "", member=stage.newcomer)
    assert choices[0]["value"] != "/browse"


async def test_entries_and_commands_are_offered_for_what_is_typed(stage: Mentored) -> None:
    assert (await offered(stage, "salary"))[0] == "median-pay"
    assert (await offered(stage, "/bec"))[0] == "/become"
    assert (await offered(stage, "becom"))[0] == "/become"


async def test_each_topic_is_offered_once_and_25_at_most(stage: Mentored) -> None:
    await point(stage, "/become")
    topics = await offered(stage)
    assert len(topics) == len(set(topics)) <= 25


async def test_what_is_for_moderators_or_mentors_is_not_offered(stage: Mentored) -> None:
    assert {"/faq add", "/point", "/setup"}.isdisjoint(await offered(stage, "/"))


async def test_an_unknown_topic_posts_nothing_and_names_the_nearest(stage: Mentored) -> None:
    result = await point(stage, "guitars of bakers")
    assert "There is no entry `guitars of bakers`" in refusal(stage, answered(result))
    assert stage.community.channel.last_message is None
    assert await stage.store.points.mentor_uses(stage.community.guild.id, stage.mentor.id) == ()


async def test_a_bot_needs_no_answer(stage: Mentored) -> None:
    robot = stage.community.guild.add_member(stage.community.env.create_user("robot", bot=True))
    result = await stage.mentor.slash(stage.community.channel, "point", member=robot, topic="night")
    assert "needs no answer" in refusal(stage, answered(result))
    assert stage.community.channel.last_message is None


async def test_nothing_is_posted_for_who_cannot_read_it(stage: Mentored) -> None:
    hidden = stage.community.guild.create_text_channel(
        "hidden",
        overwrites={
            stage.community.guild.default_role: discord.PermissionOverwrite(view_channel=False),
            stage.mentor: discord.PermissionOverwrite(view_channel=True),
        },
    )
    result = await stage.mentor.slash(hidden, "point", member=stage.newcomer, topic="night")
    assert "cannot see this channel" in refusal(stage, answered(result))


async def test_members_may_not(stage: Mentored) -> None:
    result = await stage.community.other.slash(
        stage.community.channel, "point", member=stage.newcomer, topic="median-pay"
    )
    assert "This is for mentors" in refusal(stage, answered(result))
    assert stage.community.channel.last_message is None


@pytest.mark.parametrize("who", ["moderator", "admin"])
async def test_moderators_and_admins_may(stage: Mentored, who: str) -> None:
    actor = stage.admin if who == "admin" else stage.community.moderator
    await actor.slash(stage.community.channel, "point", member=stage.newcomer, topic="median-pay")
    assert f"shared by <@{actor.id}>" in seen(stage.community.channel.last_message).text


async def test_where_the_bot_may_not_write_the_mentor_hears_of_it(stage: Mentored) -> None:
    stage.community.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, message="Missing")
    assert "I lack a permission" in refusal(stage, answered(await point(stage, "median-pay")))
