"""The sandbox with a browser at its page, over the guide about bakers."""

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from bot.sandbox import START, Page, World, local_discord
from bot.settings import Settings
from tests.front.bakers import ENTRIES, GUIDE, WORDS
from tests.front.browser.visitor import NAMES, Visitor, browser_path, chromium
from tests.knowledge.folders import knowledge_folder
from tests.staying import staying


@pytest.fixture(scope="session")
def path_of_browser() -> str:
    """The browser's program. Without one the tests are skipped; where it is required, as in CI, they fail."""
    path = browser_path()
    if path is None:
        missing = f"needs a browser: none of {', '.join(NAMES)} is installed"
        if os.environ.get("WAYMARK_REQUIRE_BROWSER") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    return path


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(path_of_browser: str) -> AsyncIterator[Browser]:
    async with chromium(path_of_browser) as browser:
        yield browser


@dataclass(frozen=True)
class Sandbox:
    """The local Discord, and how to sit down at its page."""

    world: World
    browser: Browser
    address: str

    async def visitor(self, persona: str = "newcomer") -> Visitor:
        visitor = await Visitor.at(self.browser, self.address)
        if persona != "newcomer":
            await visitor.view_as(persona)
        return visitor


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = knowledge_folder(tmp_path, guide=GUIDE, entries=ENTRIES, words=WORDS)
    return Settings(_env_file=None, waymark_knowledge=folder, waymark_data=tmp_path / "data", waymark_encoder="off")


@pytest_asyncio.fixture(loop_scope="session")
async def world(settings: Settings) -> AsyncIterator[World]:
    async with staying(local_discord(settings)) as world:
        yield world


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox(world: World, browser: Browser) -> AsyncIterator[Sandbox]:
    async with Page().showing(world, world.places[START]) as preview:
        yield Sandbox(world, browser, preview.url)
        for context in browser.contexts:
            await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def direct_message(world: World, browser: Browser) -> AsyncIterator[Sandbox]:
    async with Page().showing(world, world.places["dm newcomer"]) as preview:
        yield Sandbox(world, browser, preview.url)
        for context in browser.contexts:
            await context.close()
