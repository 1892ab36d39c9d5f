"""How far long work is, shown in its private message while it lasts."""

import asyncio
from collections.abc import Callable
from functools import partial

import pytest
import simcord
from discord import app_commands
from discord.ext import commands
from simcord.results import InteractionResult

from bot import app
from bot.front import faq_progress
from bot.front import reply as reply_module
from bot.front.client import Interaction, Parts, WaymarkBot
from bot.front.faq_progress import Progress
from bot.front.layout import notice
from bot.front.reply import in_time, reply
from tests.front.conftest import Community
from tests.front.reading import seen


class Work:
    """Long work, of which a test tells how far it is and when it ends."""

    def __init__(self) -> None:
        self.env: simcord.Env | None = None
        self.done = asyncio.Event()
        self.progress: Progress | None = None

    async def reach(self, done: int, of: int = 10) -> None:
        assert self.env is not None
        assert self.progress is not None
        # As in the bot: in a thread that knows nothing of the interaction.
        await asyncio.get_running_loop().run_in_executor(None, self.progress, done, of)
        await self.env.settle()

    async def end(self) -> None:
        assert self.env is not None
        self.done.set()
        await self.env.settle()


class Working(commands.Cog):
    """A command that works for long."""

    def __init__(self, work: Work, _: WaymarkBot) -> None:
        self.work = work

    @app_commands.command()
    async def work_long(self, interaction: Interaction) -> None:
        """Works."""
        async with in_time(interaction, private=True):
            self.work.progress = Progress(interaction, lambda done, total: notice(f"{done} of {total}"))
            if self.work.env is not None:
                await self.work.env.external_wait(self.work.done.wait(), reason="long work")
            await self.work.progress.end()
        await reply(interaction, notice("Done."), private=True)


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture(autouse=True)
def parts(monkeypatch: pytest.MonkeyPatch, work: Work) -> None:
    """The bot with the command of this module."""
    working: Callable[[WaymarkBot], commands.Cog] = partial(Working, work)
    monkeypatch.setattr(app, "PARTS", Parts((*app.GROUPS, working), app.ITEMS, app.PARTS.receive))


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Members are told at once that the bot is thinking, and everything may be shown."""
    monkeypatch.setattr(reply_module, "ACKNOWLEDGE_SECONDS", 0)
    monkeypatch.setattr(faq_progress, "EVERY_SECONDS", 0.0)


async def started(community: Community, work: Work) -> InteractionResult:
    work.env = community.env
    return await community.moderator.slash(community.channel, "work_long")


@pytest.mark.usefixtures("at_once")
async def test_long_work_shows_how_far_it_is_and_then_its_answer(community: Community, work: Work) -> None:
    result = await started(community, work)
    for done in (3, 7):
        await work.reach(done)
        assert seen(result.response).text == f"{done} of 10"
    await work.end()
    assert seen(result.response).text == "Done."
    assert result.followups == []


async def test_work_of_which_nothing_was_told_yet_shows_nothing(
    community: Community, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reply_module, "ACKNOWLEDGE_SECONDS", 1_000)
    result = await started(community, work)
    await work.reach(3)
    assert result.response is None
    await work.end()
    assert seen(result.response).text == "Done."


@pytest.mark.usefixtures("at_once")
async def test_it_is_not_shown_more_often_than_discord_likes(
    community: Community, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faq_progress, "EVERY_SECONDS", 1_000.0)
    result = await started(community, work)
    await work.reach(3)
    await work.reach(4)
    assert seen(result.response).text == "3 of 10"
    await work.end()


@pytest.mark.usefixtures("at_once")
async def test_after_the_end_nothing_is_shown(community: Community, work: Work) -> None:
    result = await started(community, work)
    await work.end()
    await work.reach(9)
    assert seen(result.response).text == "Done."


@pytest.mark.usefixtures("at_once")
async def test_an_edit_that_fails_ends_no_work(community: Community, work: Work) -> None:
    result = await started(community, work)
    community.env.inject_error("PATCH", "/webhooks/*/messages/*", status=404)
    await work.reach(3)
    assert seen(result.response).text == ""
    await work.end()
    assert seen(result.response).text == "Done."
