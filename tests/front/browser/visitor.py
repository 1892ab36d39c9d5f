"""A person at the sandbox's page: finds the browser of this machine, and does on the page what one would do by hand."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Locator, Page, async_playwright, expect

#: Chromium as it is called by the systems that have it.
NAMES = ("chromium", "chromium-browser", "google-chrome")
#: It runs as root in CI, draws no window, and fetches nothing by itself.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
#: Most milliseconds for something to appear; a busy machine takes its time.
PATIENCE = 20_000


def browser_path() -> str | None:
    """The browser's program, or None on a machine without one."""
    return next((path for name in NAMES if (path := shutil.which(name)) is not None), None)


@asynccontextmanager
async def chromium(path: str) -> AsyncIterator[Browser]:
    """The browser while this lasts."""
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            await browser.close()


class Visitor:
    """Somebody at the page, with a browser profile of their own."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.messages = page.locator("article.channel-message")
        #: Whatever the page asked or told in a window of its own: nothing should.
        self.dialogs: list[str] = []
        page.on("dialog", lambda dialog: self.dialogs.append(dialog.message))

    @classmethod
    async def at(cls, browser: Browser, address: str, *, width: int = 1280, height: int = 860) -> "Visitor":
        """Opens the page and waits until one could type."""
        context = await browser.new_context(viewport={"width": width, "height": height})
        context.set_default_timeout(PATIENCE)
        visitor = cls(await context.new_page())
        await visitor.page.goto(address)
        await visitor.composer.wait_for()
        return visitor

    @property
    def composer(self) -> Locator:
        """Where messages are typed."""
        return self.page.locator("#channel-composer-input")

    @property
    def answers(self) -> Locator:
        """The bot's messages that this one sees."""
        return self.messages.filter(has=self.page.locator(".message-app-badge"))

    @property
    def answer(self) -> Locator:
        """The newest of them."""
        return self.answers.last

    async def view_as(self, persona: str) -> None:
        """Becomes another persona, and waits until the page shows what that one sees."""
        await self.page.get_by_label("Viewing as").select_option(label=persona)
        await self.ready("Preview ready")

    async def send(self, text: str) -> None:
        """Writes a message."""
        await self.composer.fill(text)
        await self.page.locator("#send-message").click()

    async def type_command(self, name: str, text: str = "") -> None:
        """Picks a slash command, and types into its option if there is text; it is not sent yet."""
        await self.composer.fill(f"/{name}")
        await self.page.locator(".command-entry", has_text=f"/{name}").first.click()
        if text:
            await self.page.locator(".command-option-input").fill(text)

    async def run_command(self, name: str, text: str = "") -> None:
        """Runs a slash command with these very words, and waits for its answer."""
        before = await self.answers.count()
        await self.type_command(name, text)
        await self.page.locator("#send-message").click()
        await expect(self.answers).to_have_count(before + 1)

    async def pick(self, menu: str, choice: str) -> None:
        """Opens the newest menu of that name and picks from it."""
        await self.answer.get_by_role("combobox", name=menu).click()
        await self.answer.locator(".select-option", has_text=choice).click()

    async def press(self, label: str) -> None:
        """Presses a button of the bot's newest message."""
        await self.answer.get_by_role("button", name=label, exact=True).click()

    async def ready(self, status: str) -> None:
        """Waits for the page's word on what it did."""
        await expect(self.page.locator("#action-status")).to_have_text(status)
