"""Answers in time: what Discord and the member are shown while something slow is done, and after it."""

import asyncio
import io
from collections.abc import Callable
from functools import partial

import discord
import pytest
import simcord
from discord import app_commands
from discord.ext import commands

from bot import app
from bot.errors import WaymarkError
from bot.front import reply as reply_module
from bot.front.client import Interaction, Parts, WaymarkBot
from bot.front.items import Button, Persistent
from bot.front.layout import ANSWER, layout, notice
from bot.front.reply import in_time, replace, reply
from tests.front.conftest import Community
from tests.front.reading import answered, seen


class Work:
    """What a command does before it answers: nothing, until a test lets it take its time or fail."""

    def __init__(self) -> None:
        self.env: simcord.Env | None = None
        self.done = asyncio.Event()
        self.turns = 0
        self.fault: Exception | None = None

    async def __call__(self) -> None:
        for _ in range(self.turns):
            await asyncio.sleep(0)
        if self.env is not None:
            await self.env.external_wait(self.done.wait(), reason="slow work")
        if self.fault is not None:
            raise self.fault


class Slow(commands.Cog):
    """Commands that do the work and answer."""

    def __init__(self, work: Work, _: WaymarkBot) -> None:
        self.work = work

    @app_commands.command()
    async def slow(self, interaction: Interaction, private: bool) -> None:
        """Does the work."""
        async with in_time(interaction, private=private):
            await self.work()
        await reply(interaction, layout(ANSWER, "Done.", SlowButton(self.work)), private=private)

    @app_commands.command()
    async def secret(self, interaction: Interaction) -> None:
        """Learns only while it works that nobody else may read the answer."""
        async with in_time(interaction):
            await self.work()
        await reply(interaction, notice("For your eyes."), private=True)

    @app_commands.command()
    async def twice(self, interaction: Interaction) -> None:
        """Answers twice, with files."""
        async with in_time(interaction, private=True):
            await self.work()
        for name in ("one", "two"):
            await reply(interaction, notice(name), private=True, files=[_file(f"{name}.txt")])


class SlowButton(Persistent[Button], template=r"wm:slow"):
    """Does the work, and puts the answer in the place of its message."""

    work: Work

    def __init__(self, work: Work | None = None) -> None:
        if work is not None:
            type(self).work = work
        super().__init__(Button(custom_id="wm:slow", label="Again"))

    async def used(self, interaction: Interaction) -> None:
        async with in_time(interaction, private=True, in_place=True):
            await self.work()
        await replace(interaction, notice("Done again."), files=[_file("again.txt")])


def _file(name: str) -> discord.File:
    return discord.File(io.BytesIO(b"bread"), name)


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture(autouse=True)
def parts(monkeypatch: pytest.MonkeyPatch, work: Work) -> None:
    """The bot with the commands of this module."""
    slow: Callable[[WaymarkBot], commands.Cog] = partial(Slow, work)
    monkeypatch.setattr(app, "PARTS", Parts((*app.GROUPS, slow), (*app.ITEMS, SlowButton), app.PARTS.receive))


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Members are told at once that the bot is thinking."""
    monkeypatch.setattr(reply_module, "ACKNOWLEDGE_SECONDS", 0)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Members are told only when the test's time is over that the bot is thinking."""
    monkeypatch.setattr(reply_module, "ACKNOWLEDGE_SECONDS", 1_000)


async def finish(community: Community, work: Work) -> None:
    work.done.set()
    await community.env.settle()


def files(message: discord.Message) -> list[str]:
    return [file.filename for file in message.attachments]


def test_members_are_told_before_discord_gives_up() -> None:
    assert reply_module.ACKNOWLEDGE_SECONDS < 2


@pytest.mark.usefixtures("later")
async def test_quick_work_is_answered_without_ado(community: Community) -> None:
    result = await community.newcomer.slash(community.channel, "slow", private=True)
    assert not result.deferred
    assert answered(result).ephemeral
    assert seen(result.response).text == "Done."


@pytest.mark.usefixtures("later")
async def test_before_its_time_nothing_is_said_of_slow_work(community: Community, work: Work) -> None:
    work.env = community.env
    result = await community.newcomer.slash(community.channel, "slow", private=True)
    assert not result.acknowledged
    await finish(community, work)
    assert seen(result.response).text == "Done."


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("private", [True, False])
async def test_slow_work_is_acknowledged_and_the_answer_takes_the_place_of_thinking(
    community: Community, work: Work, private: bool
) -> None:
    work.env = community.env
    result = await community.newcomer.slash(community.channel, "slow", private=private)
    thinking = answered(result)
    assert (result.deferred, thinking.ephemeral, seen(thinking).text) == (True, private, "")
    await finish(community, work)
    assert (answered(result).id, answered(result).ephemeral) == (thinking.id, private)
    assert seen(result.response).text == "Done."
    assert result.followups == []


@pytest.mark.usefixtures("at_once")
async def test_slow_work_behind_a_button_leaves_its_message_until_it_is_done(community: Community, work: Work) -> None:
    message = answered(await community.newcomer.slash(community.channel, "slow", private=True))
    work.env = community.env
    result = await community.newcomer.click(message, label="Again")
    assert result.deferred
    assert seen(message).text == "Done."
    await finish(community, work)
    assert seen(message).text == "Done again."
    assert files(message.message) == ["again.txt"]
    assert result.followups == []


@pytest.mark.usefixtures("later")
async def test_quick_work_behind_a_button_changes_its_message(community: Community) -> None:
    message = answered(await community.newcomer.slash(community.channel, "slow", private=True))
    await community.newcomer.click(message, label="Again")
    assert seen(message).text == "Done again."
    assert files(message.message) == ["again.txt"]


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("turns", range(8))
async def test_work_that_ends_just_as_members_are_told_is_answered_once(
    community: Community, work: Work, turns: int
) -> None:
    work.turns = turns
    result = await community.newcomer.slash(community.channel, "slow", private=False)
    assert seen(result.response).text == "Done."
    assert result.followups == []
    assert len(community.channel.history()) == 1


@pytest.mark.usefixtures("at_once")
async def test_where_members_could_not_be_told_the_answer_comes_all_the_same(community: Community, work: Work) -> None:
    community.env.inject_error("POST", "/interactions/*/callback", status=500)
    work.env = community.env
    result = await community.newcomer.slash(community.channel, "slow", private=True)
    assert not result.acknowledged
    await finish(community, work)
    assert answered(result).ephemeral
    assert seen(result.response).text == "Done."


@pytest.mark.parametrize("when", ["at_once", "later"])
async def test_a_second_answer_is_a_message_of_its_own(
    community: Community, work: Work, when: str, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(when)
    work.env = community.env
    result = await community.newcomer.slash(community.channel, "twice")
    await finish(community, work)
    messages = [answered(result), *result.followups]
    assert [seen(message).text for message in messages] == ["one", "two"]
    assert [files(message.message) for message in messages] == [["one.txt"], ["two.txt"]]
    assert all(message.ephemeral for message in messages)


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(("command", "options"), [("slow", {"private": False}), ("secret", {})])
async def test_what_goes_wrong_after_thinking_in_public_is_told_privately(
    community: Community, work: Work, command: str, options: dict[str, bool]
) -> None:
    work.env, work.fault = community.env, WaymarkError("The oven is cold.")
    result = await community.newcomer.slash(community.channel, command, **options)
    assert not answered(result).ephemeral
    await finish(community, work)
    assert result.response is None
    (told,) = result.followups
    assert (told.ephemeral, seen(told).text) == (True, "The oven is cold.")
    assert community.channel.history(viewer=community.other) == []
    assert community.env.errors


@pytest.mark.usefixtures("at_once")
async def test_what_goes_wrong_after_thinking_in_private_takes_the_place_of_thinking(
    community: Community, work: Work
) -> None:
    work.env, work.fault = community.env, WaymarkError("The oven is cold.")
    result = await community.newcomer.slash(community.channel, "slow", private=True)
    await finish(community, work)
    assert (answered(result).ephemeral, seen(result.response).text) == (True, "The oven is cold.")
    assert result.followups == []
    assert community.env.errors


@pytest.mark.usefixtures("at_once")
async def test_what_goes_wrong_behind_a_button_leaves_its_message(community: Community, work: Work) -> None:
    message = answered(await community.newcomer.slash(community.channel, "slow", private=False))
    work.env, work.fault = community.env, WaymarkError("The oven is cold.")
    result = await community.other.click(message, label="Again")
    await finish(community, work)
    (told,) = result.followups
    assert (told.ephemeral, seen(told).text) == (True, "The oven is cold.")
    assert seen(message).text == "Done."


@pytest.mark.usefixtures("at_once")
async def test_a_private_answer_stays_private_after_thinking_in_public(community: Community, work: Work) -> None:
    work.env = community.env
    result = await community.newcomer.slash(community.channel, "secret")
    assert not answered(result).ephemeral
    await finish(community, work)
    (told,) = result.followups
    assert (told.ephemeral, seen(told).text) == (True, "For your eyes.")
    assert community.channel.history(viewer=community.other) == []
