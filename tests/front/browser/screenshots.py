"""Makes the pictures of docs/pictures from the sandbox's page. `make screenshots` runs it.

`python -m tests.front.browser.screenshots --width 420 --out DIR` puts them into another folder at another width, and
beside them the page after every command as each persona, for looking them all over.
"""

import argparse
import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog
from playwright.async_api import FloatRect, Locator, expect

from bot.front.client import WaymarkBot
from bot.matching.answer import Kind
from bot.sandbox import START, Page, World, local_discord
from bot.settings import Settings
from tests.front.browser.visitor import NAMES, Visitor, browser_path, chromium

PICTURES = Path(__file__).resolve().parents[3] / "docs" / "pictures"
#: So high that any message fits.
HEIGHT = 1500
#: Around a card; below the newest one comes the line to type in at once.
RIGHT_MARGIN, BOTTOM_MARGIN = 16, 3
#: For each picture, questions of which the first is asked that the coach meets in this way today.
QUESTIONS = {
    "ask": (Kind.ANSWER, ["how long does it take if I already teach?", "which degree do I need?"]),
    "suggestions": (Kind.SUGGESTIONS, ["do I need a masters", "what should I do in high school", "money", "school"]),
    "miss": (Kind.NONE, ["how do I become a pilot?", "which guitar should I buy?", "what is the capital of Peru?"]),
}


async def main(width: int, out: Path, *, everything: bool) -> None:
    """Makes the pictures in a folder; `everything` adds each command as each persona."""
    path = browser_path()
    if path is None:
        sys.exit(f"Pictures need a browser: install one of {', '.join(NAMES)}.")
    async with chromium(path) as browser:
        async with sandbox() as (world, address):
            await picture_page(await Visitor.at(browser, address, width=width, height=760), out)
            await picture_answers(world, await Visitor.at(browser, address, width=width, height=HEIGHT), out)
        if everything:
            async with sandbox() as (world, address):
                for persona in world.personas:
                    await picture_commands(await Visitor.at(browser, address, width=width), persona, out)


@asynccontextmanager
async def sandbox() -> AsyncIterator[tuple[World, str]]:
    """A fresh local Discord and the address of its page."""
    with TemporaryDirectory() as data:
        settings = Settings(_env_file=None, waymark_data=Path(data))
        async with local_discord(settings) as world, Page().showing(world, world.places[START]) as preview:
            yield world, preview.url


async def picture_page(visitor: Visitor, out: Path) -> None:
    """The whole page while one types a question."""
    await visitor.type_command("ask", "how long if I teach")
    await visitor.page.locator(".command-suggestion").first.wait_for()
    await visitor.page.screenshot(path=out / "sandbox.png")


async def picture_answers(world: World, visitor: Visitor, out: Path) -> None:
    """Single messages: the menu of a theme, the help, and a card for each verdict."""
    await visitor.run_command("browse")
    await visitor.pick("Pick a theme", "How to become one")
    await visitor.answer.get_by_role("combobox", name="Pick a question").click()
    await picture(visitor, out / "browse.png")
    await visitor.page.keyboard.press("Escape")
    await visitor.run_command("help")
    await picture(visitor, out / "help.png")
    for name, (kind, questions) in QUESTIONS.items():
        await visitor.run_command("ask", met_with(world, kind, questions))
        await picture(visitor, out / f"{name}.png")


async def picture_commands(visitor: Visitor, persona: str, out: Path) -> None:
    """The page after each command, and after "Not this one"."""
    await visitor.view_as(persona)
    await visitor.run_command("ask", "which degree do I need?")
    await picture(visitor, out / f"{persona}-ask.png", whole_page=True)
    await visitor.press("Not this one")
    await expect(visitor.answer).to_contain_text("Only you can see this")
    await picture(visitor, out / f"{persona}-not-this-one.png", whole_page=True)
    for command in ("browse", "help"):
        await visitor.run_command(command)
        await picture(visitor, out / f"{persona}-{command}.png", whole_page=True)


def met_with(world: World, kind: Kind, questions: Iterable[str]) -> str:
    """The first question that the coach meets in this way; ends the program when there is none."""
    bot = world.env.bot
    assert isinstance(bot, WaymarkBot)
    for question in questions:
        if bot.coaches.base.ask(question).kind is kind:
            return question
    sys.exit(f"No question of QUESTIONS is met with {kind.name.lower()} any more. Put in one that is.")


async def picture(visitor: Visitor, path: Path, *, whole_page: bool = False) -> None:
    """The newest answer with what is open in it, cut to its card unless the whole page is wanted."""
    await visitor.answer.scroll_into_view_if_needed()
    if whole_page:
        await visitor.page.screenshot(path=path)
        return
    message = await box(visitor.answer)
    inner = [await box(part) for part in await visitor.answer.locator(".component-container, .select-list").all()]
    width = max(part["x"] + part["width"] for part in inner) + RIGHT_MARGIN - message["x"]
    height = max(part["y"] + part["height"] for part in inner) + BOTTOM_MARGIN - message["y"]
    await visitor.page.screenshot(path=path, clip=FloatRect(x=message["x"], y=message["y"], width=width, height=height))


async def box(part: Locator) -> FloatRect:
    """Where on the page it is."""
    found = await part.bounding_box()
    assert found is not None, "it is not on the page"
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    folder = given.out or PICTURES
    folder.mkdir(parents=True, exist_ok=True)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    asyncio.run(main(given.width, folder, everything=given.out is not None))
