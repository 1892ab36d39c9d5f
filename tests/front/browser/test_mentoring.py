"""What mentors do for newcomers, done by hand on the sandbox's page.

The page has no menus of messages, so the menu itself is opened by SimCord; all that follows is pressed on the page.
"""

from dataclasses import replace

import pytest
from playwright.async_api import expect

from bot.front.client import WaymarkBot
from bot.sandbox import START
from tests.front.browser.conftest import Sandbox
from tests.front.browser.visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def appoint_mentors(sandbox: Sandbox) -> None:
    """What an admin does with `/setup`."""
    world = sandbox.world
    mentor, bot = world.personas["mentor"], world.env.bot
    assert isinstance(bot, WaymarkBot)
    role = next(role for role in mentor.guild.roles.values() if role.name == "Mentor")
    settings = await bot.store.settings.get(mentor.guild.id)
    await bot.store.settings.put(mentor.guild.id, replace(settings, mentor_role=role.id))


async def refresh(visitor: Visitor) -> None:
    """Shows on the page what was not done on it."""
    await visitor.page.get_by_role("button", name="Refresh preview").click()
    await visitor.ready("Preview refreshed")


@pytest.mark.parametrize("width", [1280, 420])
async def test_a_mentor_answers_a_message_and_the_newcomer_says_that_it_helped(sandbox: Sandbox, width: int) -> None:
    await appoint_mentors(sandbox)
    world = sandbox.world
    channel = world.places[START].channel
    newcomer = await Visitor.at(sandbox.browser, sandbox.address, width=width)
    mentor = await Visitor.at(sandbox.browser, sandbox.address, width=width)
    await mentor.view_as("mentor")
    await newcomer.send("Hi all! What is a baker salary like?")
    await expect(newcomer.messages.last).to_contain_text("Hi all!")
    await world.personas["mentor"].context_menu(channel, "Answer this", channel.history()[-1])
    await refresh(mentor)
    await expect(mentor.answer).to_contain_text("Only you can see this")
    await expect(mentor.answer).to_contain_text("1. What does a baker earn?")
    await mentor.press("Answer 2")
    await mentor.press("Answer 1")
    await mentor.press("Share")
    await expect(mentor.answers.filter(has_text="Shared: ")).to_have_count(1)
    await refresh(newcomer)
    await expect(newcomer.answer).to_contain_text("shared by @mentor")
    await expect(newcomer.answer).to_contain_text("$30,000")
    await newcomer.press("That helped")
    await expect(newcomer.answer.get_by_role("button", name="Thank you!")).to_be_disabled()
    assert world.env.errors == []
