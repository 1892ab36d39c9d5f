"""What moderators do with what the coach knows, done by hand on the sandbox's page."""

import pytest
from playwright.async_api import expect

from tests.front.browser.conftest import Sandbox
from tests.front.browser.visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "Where may I park my bike?"


async def open_form(visitor: Visitor, command: str) -> None:
    """Runs a command that opens a form."""
    await visitor.type_command(command)
    await visitor.page.locator("#send-message").click()
    await visitor.page.locator(".modal-dialog").wait_for()


async def fill_in(visitor: Visitor, *texts: str) -> None:
    """Types into the form's inputs, from top to bottom, and sends it."""
    for number, text in enumerate(texts):
        await visitor.page.locator(".modal-input").nth(number).fill(text)
    await visitor.page.locator(".modal-dialog").get_by_role("button", name="Submit").click()
    await visitor.page.locator(".modal-dialog").wait_for(state="detached")


async def test_an_entry_is_added_with_a_preview_and_answers_at_once(sandbox: Sandbox) -> None:
    moderator = await sandbox.visitor("moderator")
    await open_form(moderator, "faq add")
    await fill_in(moderator, QUESTION, "Behind the **oven**.\nLock it!", "bike rack")
    await expect(moderator.answer).to_contain_text("Your new entry, as members will see it.")
    await expect(moderator.answer).to_contain_text("Only you can see this")
    await expect(moderator.answer).to_contain_text("2 questions that had no sure answer are then answered.")
    await moderator.press("Publish")
    await expect(moderator.answer).to_contain_text("It is live")
    newcomer = await sandbox.visitor()
    await newcomer.run_command("ask", "bike rack")
    await expect(newcomer.answer).to_contain_text("Behind the oven.")


async def test_the_form_comes_back_filled_in(sandbox: Sandbox) -> None:
    moderator = await sandbox.visitor("moderator")
    await open_form(moderator, "faq add")
    await fill_in(moderator, QUESTION, "Behind the oven.")
    await moderator.press("Change")
    await expect(moderator.page.locator(".modal-input").first).to_have_value(QUESTION)
    await fill_in(moderator, QUESTION, "In front of the oven.")
    await expect(moderator.answer).to_contain_text("In front of the oven.")
