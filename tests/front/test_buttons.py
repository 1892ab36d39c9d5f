"""The buttons under answers and suggestions, before and after a restart of the bot."""

from pathlib import Path

import pytest
from simcord.results import ResponseMessage

from bot.front.client import WaymarkBot
from bot.knowledge.loading import load_knowledge
from bot.matching.coach import Coach
from tests.front.conftest import Community
from tests.front.reading import answered, seen
from tests.knowledge.folders import write_entries


async def ask(community: Community, question: str) -> ResponseMessage:
    return answered(await community.newcomer.slash(community.channel, "ask", question=question))


async def test_a_related_entry_opens_privately_for_whoever_presses(community: Community) -> None:
    result = await community.other.click(await ask(community, "baker salary"), label="Do bakers work at night?")
    assert answered(result).ephemeral
    assert "three in the morning" in seen(result.response).text


@pytest.mark.usefixtures("wavering")
async def test_the_askers_pick_turns_the_suggestions_into_the_answer(community: Community) -> None:
    offered = await ask(community, "pay")
    await community.newcomer.click(offered, label="What does a baker earn?")
    assert "$30,000" in seen(offered).text
    assert "Did you mean" not in seen(offered).text


@pytest.mark.usefixtures("wavering")
async def test_a_pick_is_answered_with_what_the_question_names(community: Community) -> None:
    offered = await ask(community, "pay of a head baker")
    await community.newcomer.click(offered, label="What does a baker earn?")
    assert "A head baker: more than $30,000.\n\nThe median" in seen(offered).text


async def test_an_entry_behind_not_this_one_opens_with_what_the_question_names(community: Community) -> None:
    offered = await community.newcomer.click(await ask(community, "apprentice working hours"), label="Not this one")
    result = await community.newcomer.click(answered(offered), label="What does a baker earn?")
    assert "An apprentice gets less.\n\nThe median" in seen(result.response).text


@pytest.mark.usefixtures("wavering")
async def test_somebody_elses_pick_leaves_the_suggestions_and_answers_privately(community: Community) -> None:
    offered = await ask(community, "pay")
    result = await community.other.click(offered, label="What does a baker earn?")
    assert answered(result).ephemeral
    assert "Did you mean" in seen(offered).text


@pytest.mark.usefixtures("wavering")
async def test_after_a_pick_not_this_one_offers_the_other_suggestions(community: Community) -> None:
    offered = await ask(community, "pay")
    await community.newcomer.click(offered, label="What does a baker earn?")
    result = await community.newcomer.click(offered, label="Not this one")
    assert "What makes a baker's pay higher or lower?" in seen(result.response).buttons


async def test_not_this_one_privately_offers_the_next_three_and_themes(community: Community) -> None:
    result = await community.newcomer.click(await ask(community, "baker salary"), label="Not this one")
    shown = seen(result.response)
    assert answered(result).ephemeral
    assert len([label for label in shown.buttons if label.endswith(("?", "…"))]) == 3
    assert "What does a baker earn?" not in shown.buttons
    assert {"Pay", "The work"} <= set(shown.buttons)


@pytest.mark.usefixtures("wavering")
async def test_none_of_these_goes_on_from_the_suggestions(community: Community) -> None:
    offered = await ask(community, "pay")
    result = await community.newcomer.click(offered, label="None of these")
    assert not set(seen(result.response).buttons) & {label for label in seen(offered).buttons if label.endswith("?")}


async def test_buttons_work_after_a_restart(community: Community, next_bot: WaymarkBot) -> None:
    message = await ask(community, "baker salary")
    await community.env.restart_bot(next_bot)
    result = await community.newcomer.click(message, label="Do bakers work at night?")
    assert "three in the morning" in seen(result.response).text


async def test_a_menu_works_after_a_restart(community: Community, next_bot: WaymarkBot) -> None:
    message = answered(await community.newcomer.slash(community.channel, "browse"))
    await community.env.restart_bot(next_bot)
    await community.newcomer.select(message, ["pay"], custom_id="wm:themes:0")
    assert "### Pay" in seen(message).text


async def test_a_button_of_an_entry_that_is_gone_says_so(community: Community, bot: WaymarkBot, tmp_path: Path) -> None:
    message = await ask(community, "baker salary")
    entry = "- {id: oven, theme: pay, question: Oven?, answer: By doing., sources: [survey]}\n"
    write_entries(tmp_path / "knowledge", entry)
    bot.coaches.base = Coach.knowing(load_knowledge(tmp_path / "knowledge"))
    result = await community.newcomer.click(message, label="Do bakers work at night?")
    assert "no longer in the guide" in seen(result.response).text
