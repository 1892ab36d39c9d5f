"""Questions at a step: those people ask, and one's own, with the step's entries first."""

from pathlib import Path

import pytest
from simcord.results import ResponseMessage

from bot.front.client import WaymarkBot
from bot.settings import Settings
from tests.front.conftest import Community
from tests.front.reading import answered, custom_ids, seen
from tests.front.walking import bakers_folder, pick, start
from tests.knowledge.paths import PATH

OVEN = "How does one learn to handle the oven, the dough, the mixer, the scales and other tools of a small bakery?"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = bakers_folder(tmp_path, PATH.replace("entries: [median-pay]", "entries: [pay-factors, oven]"))
    return Settings(_env_file=None, waymark_knowledge=folder, waymark_data=tmp_path / "data", waymark_encoder="off")


async def ask(community: Community, question: str) -> ResponseMessage:
    """The answer to a question that the newcomer asks at the first step."""
    message = await start(community.newcomer, community)
    shown = await community.newcomer.click(message, label="Ask about this step")
    return answered(await community.newcomer.submit_modal(shown, {"question": question}))


async def test_a_step_lists_what_people_ask_about_it(community: Community) -> None:
    message = await start(community.newcomer, community)
    assert "What makes a baker's pay higher or lower?" in seen(message).options


async def test_such_a_question_opens_privately_beside_the_card(community: Community) -> None:
    message = await start(community.newcomer, community)
    result = await pick(community.newcomer, message, "What makes a baker's pay higher or lower?")
    assert answered(result).ephemeral
    assert "Town, owner and years." in seen(answered(result)).text
    assert "### Step 1 of 3" in seen(message).text


async def test_a_step_without_entries_has_no_such_menu(community: Community) -> None:
    message = await start(community.newcomer, community)
    await community.newcomer.click(message, label="Next")
    assert not [one for one in custom_ids(message) if "step-entries" in one]


async def test_what_the_coach_is_sure_of_is_answered_privately(community: Community) -> None:
    message = await ask(community, "pay differences")
    assert message.ephemeral
    assert "-# asked: pay differences\n### What makes a baker's pay higher or lower?" in seen(message).text
    assert "This is not from step" not in seen(message).text


async def test_an_answer_from_elsewhere_says_so(community: Community) -> None:
    text = seen(await ask(community, "working hours")).text
    assert "-# This is not from step 1, “Go to baking school”, but it answers you." in text
    assert "Most start at three in the morning." in text


async def test_a_miss_offers_what_people_ask_at_the_step(community: Community) -> None:
    message = seen(await ask(community, "xylophone zeppelins"))
    assert "I do not know that one" in message.text
    assert "People ask these at this step:" in message.text
    assert "What makes a baker's pay higher or lower?" in message.buttons


@pytest.mark.usefixtures("wavering")
async def test_when_the_coach_is_not_sure_the_steps_entries_come_first(community: Community) -> None:
    buttons = seen(await ask(community, "pay of a baker")).buttons
    assert buttons[0] == "What makes a baker's pay higher or lower?"
    assert "What does a baker earn?" in buttons
    assert any(OVEN.startswith(button.rstrip("…")) for button in buttons)


async def test_thanks_get_a_friendly_word(community: Community) -> None:
    assert "Glad to help!" in seen(await ask(community, "thanks")).text


async def test_the_question_stands_in_the_servers_inbox(community: Community, bot: WaymarkBot) -> None:
    await ask(community, "xylophone zeppelins")
    assert await bot.store.questions.recent(community.guild.id) == ("xylophone zeppelins",)


async def test_a_question_form_outlives_a_restart(community: Community, next_bot: WaymarkBot) -> None:
    message = await start(community.newcomer, community)
    shown = await community.newcomer.click(message, label="Ask about this step")
    await community.env.restart_bot(next_bot)
    result = await community.newcomer.submit_modal(shown, {"question": "pay differences"})
    assert "Town, owner and years." in seen(answered(result)).text
