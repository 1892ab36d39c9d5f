"""The loop from a question that nobody can answer to the asker who is told, done by hand on the sandbox's page."""

import pytest
from playwright.async_api import expect

from tests.front.browser.conftest import Sandbox
from tests.front.browser.test_faq import fill_in
from tests.front.browser.visitor import Visitor
from tests.front.reading import seen

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "Where may I park my bike?"


async def press_first(visitor: Visitor, label: str) -> None:
    """Presses the button of the question that was asked last; the sandbox's own members ask something in vain, too."""
    await visitor.answer.get_by_role("button", name=label, exact=True).first.click()


async def test_a_missed_question_comes_back_as_an_answer(sandbox: Sandbox) -> None:
    newcomer = await sandbox.visitor()
    await newcomer.run_command("ask", QUESTION)
    await newcomer.press("Tell me when there is an answer")
    await expect(newcomer.answer).to_contain_text("I will tell you")
    await expect(newcomer.answer).to_contain_text("Only you can see this")

    moderator = await sandbox.visitor("moderator")
    await moderator.run_command("faq inbox")
    await expect(moderator.answer).to_contain_text(QUESTION)
    await expect(moderator.answer).to_contain_text("asked by 1 person")
    await press_first(moderator, "Write this entry")
    await moderator.page.locator(".modal-dialog").wait_for()
    await expect(moderator.page.locator(".modal-input").first).to_have_value(QUESTION)
    await fill_in(moderator, QUESTION, "Behind the oven.")
    await expect(moderator.answer).to_contain_text("as members will see it")
    await moderator.press("Publish")
    await expect(moderator.answer).to_contain_text("1 person will be told within a minute")

    direct = sandbox.world.places["dm newcomer"].channel
    assert "Behind the oven." in seen(direct.last_message).text


async def test_it_is_that_entry_is_chosen_in_a_form(sandbox: Sandbox) -> None:
    newcomer = await sandbox.visitor()
    await newcomer.run_command("ask", QUESTION)
    moderator = await sandbox.visitor("moderator")
    await moderator.run_command("faq inbox")
    await press_first(moderator, "It is that entry")
    await moderator.page.locator(".modal-dialog").wait_for()
    await moderator.page.locator(".modal-input").first.fill("night")
    await moderator.page.locator(".modal-dialog").get_by_role("button", name="Submit").click()
    await expect(moderator.answer).to_contain_text("as members will see it")
    await moderator.press("Publish")
    await expect(moderator.answer).to_contain_text("had just these words")


async def test_not_for_us_can_be_undone(sandbox: Sandbox) -> None:
    newcomer = await sandbox.visitor()
    await newcomer.run_command("ask", QUESTION)
    moderator = await sandbox.visitor("moderator")
    await moderator.run_command("faq inbox")
    await press_first(moderator, "Not for us")
    await expect(moderator.answer).to_contain_text(f"Out of the inbox: “{QUESTION}”")
    await moderator.press("Undo")
    await expect(moderator.answer).to_contain_text("It is back.")
