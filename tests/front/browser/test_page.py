"""What members do, done by hand on the sandbox's page: the real bot, a real browser, nothing in between replaced."""

import asyncio
import socket

import pytest
from playwright.async_api import Browser, expect

from bot.front.ask import QUESTION_LIMIT
from bot.sandbox import Page, World, tour
from tests.front.browser.conftest import Sandbox
from tests.front.browser.visitor import Visitor

#: As many as a member may send before the cooldown, less one question afterwards.
HOSTILE = (
    "<img src=x onerror=alert(1)><script>alert(2)</script>[a](javascript:alert(3)) <javascript:alert(4)>",
    "*_~|`> # " * 30 + "[" * 200 + "](x)" * 50 + "```" * 60 + "\n> " * 60,
    "@everyone @here <@&1> <#1> <@1> </ask:1> <t:1:R> <:x:1> https://example.org/" * 12,
    "\N{RIGHT-TO-LEFT OVERRIDE}yralas rekab\N{RIGHT-TO-LEFT ISOLATE}" * 40,
    "ba\N{ZERO WIDTH SPACE}ker" + "\N{ZERO WIDTH JOINER}\N{COMBINING ACUTE ACCENT}" * 450,
    "\N{FACE WITH TEARS OF JOY}" * 2_000,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_ask_offers_the_guides_questions_while_one_types(sandbox: Sandbox) -> None:
    visitor = await sandbox.visitor()
    await visitor.type_command("ask", "apprenticeship")
    await expect(visitor.page.locator(".command-suggestion").first).to_have_text(
        "How long does the apprenticeship take?"
    )


async def test_a_question_picked_from_the_list_is_answered(sandbox: Sandbox) -> None:
    visitor = await sandbox.visitor()
    await visitor.type_command("ask", "apprenticeship")
    await visitor.page.locator(".command-suggestion").first.click()
    await visitor.page.locator("#send-message").click()
    await expect(visitor.answer).to_contain_text("Three years.")


async def test_a_question_in_ones_own_words_is_answered(sandbox: Sandbox) -> None:
    visitor = await sandbox.visitor()
    await visitor.run_command("ask", "baker salary")
    await expect(visitor.answer).to_contain_text("$30,000")


async def test_a_mention_is_answered(sandbox: Sandbox) -> None:
    visitor = await sandbox.visitor()
    await visitor.send(f"{sandbox.world.mention} baker salary")
    await expect(visitor.answer).to_contain_text("$30,000")


async def test_a_direct_message_is_answered(direct_message: Sandbox) -> None:
    visitor = await direct_message.visitor()
    await visitor.send("baker salary")
    await expect(visitor.answer).to_contain_text("$30,000")


async def test_commands_work_in_a_direct_message(direct_message: Sandbox) -> None:
    visitor = await direct_message.visitor()
    await visitor.run_command("ask", "baker salary")
    await expect(visitor.answer).to_contain_text("$30,000")


async def test_a_related_entry_opens_privately(sandbox: Sandbox) -> None:
    visitor = await sandbox.visitor()
    await visitor.run_command("ask", "baker salary")
    await visitor.press("Do bakers work at night?")
    await expect(visitor.answer).to_contain_text("Only you can see this")
    await expect(visitor.answer).to_contain_text("three in the morning")


async def test_not_this_one_offers_others_privately(sandbox: Sandbox) -> None:
    visitor = await sandbox.visitor()
    await visitor.run_command("ask", "baker salary")
    await visitor.press("Not this one")
    await expect(visitor.answer).to_contain_text("Only you can see this")
    await expect(visitor.answer).to_contain_text("Then maybe one of these?")


async def test_browse_leads_from_theme_to_entry(sandbox: Sandbox) -> None:
    visitor = await sandbox.visitor()
    await visitor.run_command("browse")
    await visitor.pick("Pick a theme", "The work")
    await visitor.pick("Pick a question", "Do bakers work at night?")
    await expect(visitor.answer).to_contain_text("three in the morning")


async def test_a_private_answer_is_seen_by_nobody_else(sandbox: Sandbox) -> None:
    newcomer, moderator = await sandbox.visitor(), await sandbox.visitor("moderator")
    await newcomer.run_command("browse")
    await expect(newcomer.answer).to_contain_text("Only you can see this")
    await newcomer.send("Now for everyone")
    await expect(moderator.messages.last).to_contain_text("Now for everyone")
    await expect(moderator.messages.filter(has_text="Pick a theme")).to_have_count(0)


async def test_an_answer_in_the_channel_is_seen_by_everyone(sandbox: Sandbox) -> None:
    newcomer, mentor = await sandbox.visitor(), await sandbox.visitor("mentor")
    await newcomer.run_command("ask", "baker salary")
    await expect(mentor.answer).to_contain_text("$30,000")


async def test_ending_the_page_ends_the_sandbox(world: World, browser: Browser) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        page = Page(free.getsockname()[1])
    touring = asyncio.create_task(tour(world, page, asyncio.Queue(), open_browser=False))
    visitor = await Visitor.at(browser, f"http://127.0.0.1:{page.port}/#{page.key}")
    await visitor.page.get_by_text("More", exact=True).click()
    await visitor.page.get_by_role("button", name="End preview session").click()
    await asyncio.wait_for(touring, timeout=60)


async def test_hostile_messages_stay_text(direct_message: Sandbox) -> None:
    visitor = await direct_message.visitor()
    for count, text in enumerate(HOSTILE, start=1):
        await visitor.send(text)
        await expect(visitor.answers).to_have_count(count)
    await expect(visitor.messages.filter(has_text="<img src=x onerror=alert(1)><script>")).not_to_have_count(0)
    await assert_unharmed(visitor, direct_message)


async def test_hostile_questions_stay_text(sandbox: Sandbox) -> None:
    visitor = await sandbox.visitor()
    for text in HOSTILE:
        await visitor.run_command("ask", text[:QUESTION_LIMIT])
    await expect(visitor.answers.first).to_contain_text("<img src=x onerror=alert(1)><script>")
    await assert_unharmed(visitor, sandbox)


async def assert_unharmed(visitor: Visitor, sandbox: Sandbox) -> None:
    """The page runs nothing that was written, the bot stumbled over nothing, and both still answer."""
    await visitor.run_command("ask", "baker salary")
    await expect(visitor.answer).to_contain_text("$30,000")
    assert visitor.dialogs == []
    assert await visitor.messages.locator("img, script, a[href^=javascript]").count() == 0
    assert sandbox.world.env.errors == []
