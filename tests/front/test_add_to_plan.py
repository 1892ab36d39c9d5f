"""Answers and paths joined: what step an answer belongs to, and adding it to one's own path."""

from pathlib import Path

import pytest
from simcord.results import ResponseMessage

from bot.front.client import WaymarkBot
from bot.settings import Settings
from tests.front.conftest import Community
from tests.front.reading import answered, seen
from tests.front.walking import ANSWERS, bakers_folder, begin, path_of, pick


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = bakers_folder(tmp_path)
    return Settings(_env_file=None, waymark_knowledge=folder, waymark_data=tmp_path / "data", waymark_encoder="off")


async def ask(community: Community, question: str) -> ResponseMessage:
    return answered(await community.newcomer.slash(community.channel, "ask", question=question))


async def test_an_answer_says_which_step_it_belongs_to(community: Community) -> None:
    message = seen(await ask(community, "baker salary"))
    assert "-# For the step “Go to baking school” of `/become`" in message.text
    assert message.buttons[-2:] == ("Not this one", "Add to my plan")


async def test_an_answer_of_no_step_has_nothing_to_add(community: Community) -> None:
    message = seen(await ask(community, "working hours"))
    assert "of `/become`" not in message.text
    assert "Add to my plan" not in message.buttons


async def test_an_answer_is_added_as_a_note_on_its_step(community: Community, bot: WaymarkBot) -> None:
    await begin(community.newcomer, community)
    message = await ask(community, "baker salary")
    result = await community.newcomer.click(message, label="Add to my plan")
    assert answered(result).ephemeral
    assert "Added to your plan as a note: “Go to baking school” (step 1)." in seen(answered(result)).text
    assert (await path_of(bot, community.newcomer)).progress.record("school").notes == ("What does a baker earn?",)


async def test_adding_it_twice_adds_it_once(community: Community, bot: WaymarkBot) -> None:
    await begin(community.newcomer, community)
    message = await ask(community, "baker salary")
    await community.newcomer.click(message, label="Add to my plan")
    again = await community.newcomer.click(message, label="Add to my plan")
    assert "On your plan already: “Go to baking school” (step 1)." in seen(answered(again)).text
    assert len((await path_of(bot, community.newcomer)).progress.record("school").notes) == 1


async def test_somebody_elses_press_adds_it_to_their_own_path(community: Community, bot: WaymarkBot) -> None:
    for member in (community.newcomer, community.other):
        await begin(member, community)
    await community.other.click(await ask(community, "baker salary"), label="Add to my plan")
    assert (await path_of(bot, community.other)).progress.record("school").notes
    assert not (await path_of(bot, community.newcomer)).progress.record("school").notes


async def test_who_has_no_path_gets_the_form_and_then_the_note(community: Community, bot: WaymarkBot) -> None:
    message = await ask(community, "baker salary")
    shown = await community.other.click(message, label="Add to my plan")
    result = await community.other.submit_modal(shown, ANSWERS)
    assert answered(result).ephemeral
    assert "Added to your plan as a note: “Go to baking school” (step 1)." in seen(answered(result)).text
    assert "Start" in seen(answered(result)).buttons
    assert "### What does a baker earn?" in seen(message).text
    assert (await path_of(bot, community.other)).progress.record("school").notes == ("What does a baker earn?",)


async def test_a_path_without_the_step_has_nothing_to_add_it_to(community: Community) -> None:
    await begin(community.newcomer, community, start="cook")
    result = await community.newcomer.click(await ask(community, "baker salary"), label="Add to my plan")
    assert "Your path leaves that step out" in seen(answered(result)).text


async def test_an_answer_of_two_parts_adds_what_belongs_to_steps(community: Community, bot: WaymarkBot) -> None:
    await begin(community.newcomer, community)
    message = await ask(community, "what does a baker earn? and do bakers work at night?")
    assert "### Do bakers work at night?" in seen(message).text
    assert seen(message).text.count("For the step “Go to baking school”") == 1
    await community.newcomer.click(message, label="Add to my plan")
    assert (await path_of(bot, community.newcomer)).progress.record("school").notes == ("What does a baker earn?",)


async def test_an_entry_from_a_button_or_a_theme_is_joined_as_well(community: Community) -> None:
    message = answered(await community.newcomer.slash(community.channel, "browse"))
    await community.newcomer.select(message, ["pay"], custom_id="wm:themes:0")
    await pick(community.newcomer, message, "What does a baker earn?")
    assert "of `/become`" in seen(message).text
    assert "Add to my plan" in seen(message).buttons


async def test_the_button_works_in_a_direct_message_and_after_a_restart(
    community: Community, next_bot: WaymarkBot
) -> None:
    await begin(community.newcomer, community)
    message = answered(await community.newcomer.user.slash("ask", question="baker salary"))
    await community.env.restart_bot(next_bot)
    await community.newcomer.user.click(message, label="Add to my plan")
    assert (await path_of(next_bot, community.newcomer)).progress.record("school").notes
