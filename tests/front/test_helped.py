"""`That helped` and `Not this one`: what the person says for whom an answer was meant."""

import discord
import pytest
from simcord.results import ResponseMessage

from bot.front.client import WaymarkBot
from tests.front.conftest import Community
from tests.front.filling import ask
from tests.front.mentors import Mentored, client, mentored
from tests.front.reading import answered, custom_ids, seen
from tests.front.test_conversation import mention


@pytest.fixture
async def stage(community: Community) -> Mentored:
    return await mentored(community)


async def outcome(community: Community, number: int = 1) -> str | None:
    question = await client(community).store.questions.get(number)
    assert question is not None
    return question.outcome


async def pointed(stage: Mentored) -> discord.Message:
    await stage.mentor.slash(stage.community.channel, "point", member=stage.newcomer, topic="median-pay")
    message = stage.community.channel.last_message
    assert message is not None
    return message


async def helped(stage: Mentored) -> int:
    (use,) = await stage.store.points.mentor_uses(stage.community.guild.id, stage.mentor.id)
    return use.helped


async def test_the_asker_says_that_an_answer_helped(community: Community) -> None:
    message = await ask(community, "baker salary")
    await community.newcomer.click(message, label="That helped")
    assert await outcome(community) == "helped"


async def test_the_button_says_thanks_and_the_rest_stays(community: Community) -> None:
    message = await ask(community, "baker salary")
    before = seen(message)
    await community.newcomer.click(message, label="That helped")
    after = seen(message)
    assert after.text == before.text
    assert after.buttons == tuple("Thank you!" if one == "That helped" else one for one in before.buttons)


async def test_others_count_for_nothing(community: Community) -> None:
    message = await ask(community, "baker salary")
    result = await community.other.click(message, label="That helped")
    assert "meant for somebody else" in seen(answered(result)).text
    assert answered(result).ephemeral
    await community.other.click(message, label="Not this one")
    assert await outcome(community) is None
    assert "That helped" in seen(message).buttons


async def test_the_askers_not_this_one_counts_as_a_miss(community: Community) -> None:
    message = await ask(community, "baker salary")
    result = await community.newcomer.click(message, label="Not this one")
    assert "Then maybe one of these?" in seen(answered(result)).text
    assert await outcome(community) == "missed"


async def test_who_changes_their_mind_is_believed(community: Community) -> None:
    message = await ask(community, "baker salary")
    await community.newcomer.click(message, label="Not this one")
    await community.newcomer.click(message, label="That helped")
    assert await outcome(community) == "helped"


@pytest.mark.usefixtures("wavering")
async def test_a_suggestion_that_was_picked_can_help(community: Community) -> None:
    message = await ask(community, "money at night")
    await community.newcomer.click(message, custom_id=custom_ids(message)[0])
    await community.newcomer.click(message, label="That helped")
    assert await outcome(community) == "helped"


@pytest.mark.usefixtures("wavering")
async def test_none_of_these_counts_as_a_miss_for_the_asker_alone(community: Community) -> None:
    message = await ask(community, "money at night")
    await community.other.click(message, label="None of these")
    assert await outcome(community) is None
    await community.newcomer.click(message, label="None of these")
    assert await outcome(community) == "missed"


async def test_a_mention_is_answered_with_the_button(community: Community) -> None:
    await community.newcomer.send(community.channel, f"{mention(community)} baker salary")
    message = community.channel.last_message
    assert message is not None
    await community.newcomer.click(message, label="That helped")
    assert await outcome(community) == "helped"


async def test_where_no_question_is_recorded_there_is_no_button(community: Community) -> None:
    await community.newcomer.send_dm("baker salary")
    assert "That helped" not in seen(community.newcomer.user.dm_channel.last_message).buttons


async def test_what_a_mentor_shared_counts_for_the_mentor(stage: Mentored) -> None:
    message = await pointed(stage)
    await stage.community.other.click(message, label="That helped")
    assert await helped(stage) == 0
    await stage.newcomer.click(message, label="That helped")
    assert await helped(stage) == 1
    assert "Thank you!" in seen(stage.community.channel.last_message).buttons


async def test_a_miss_of_what_a_mentor_shared_is_kept(stage: Mentored) -> None:
    message = await pointed(stage)
    await stage.newcomer.click(message, label="That helped")
    result = await stage.newcomer.click(message, label="Not this one")
    assert await helped(stage) == 0
    assert not {"Tell me when there is an answer", "Ask a mentor"} & set(seen(answered(result)).buttons)


async def test_it_works_after_a_restart(stage: Mentored, next_bot: WaymarkBot) -> None:
    message = await pointed(stage)
    await stage.community.env.restart_bot(next_bot)
    await stage.newcomer.click(message, label="That helped")
    assert await helped(stage) == 1


async def test_a_second_click_of_an_old_message_is_harmless(community: Community) -> None:
    message = await ask(community, "baker salary")
    number = next(one for one in custom_ids(message) if one.startswith("wm:helped:"))
    assert number == f"wm:helped:q1:{community.newcomer.id}"
    await community.newcomer.click(message, label="That helped")
    assert isinstance(message, ResponseMessage)
    assert community.env.errors == []
