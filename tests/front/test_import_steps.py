"""The steps of slow work: shown once each while they last, with the buttons that must not be lost meanwhile."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import groupby

import pytest
from discord import app_commands
from discord.ext import commands

from bot import app
from bot.errors import WaymarkError
from bot.front import faq_progress, import_steps
from bot.front import reply as reply_module
from bot.front.client import Interaction, Parts, WaymarkBot
from bot.front.import_steps import Steps, steps_of
from bot.front.items import Button, Persistent
from bot.front.layout import ANSWER, layout
from bot.front.reply import replace, reply
from bot.settings import Settings
from tests.front.conftest import Community
from tests.front.reading import answered, seen

Work = Callable[[Steps], Awaitable[None]]


class Kneading:
    """What a command does, as the test says; nothing until it says so."""

    def __init__(self) -> None:
        self.work: Work | None = None

    async def __call__(self, steps: Steps) -> None:
        if self.work is not None:
            await self.work(steps)


class Knead(commands.Cog):
    """A command that does it, and a button in its answer that does it again."""

    def __init__(self, kneading: Kneading, _: WaymarkBot) -> None:
        KneadButton.kneading = self.kneading = kneading

    @app_commands.command()
    async def knead(self, interaction: Interaction) -> None:
        """Kneads."""
        async with steps_of(interaction) as steps:
            await self.kneading(steps)
        await reply(interaction, layout(ANSWER, "Done.", KneadButton()), private=True)


class KneadButton(Persistent[Button], template=r"wm:knead"):
    """Kneads in place."""

    kneading: Kneading

    def __init__(self, text: str = "Again") -> None:
        super().__init__(Button(custom_id="wm:knead", label=text))

    async def used(self, interaction: Interaction) -> None:
        """Kneads."""
        async with steps_of(interaction, lambda: [KneadButton("Still there")]) as steps:
            await self.kneading(steps)
        await replace(interaction, layout(ANSWER, "Done again."))


@pytest.fixture
def kneading() -> Kneading:
    return Kneading()


@pytest.fixture
def settings(settings: Settings, kneading: Kneading, monkeypatch: pytest.MonkeyPatch) -> Settings:
    parts = Parts((partial(Knead, kneading),), (KneadButton,), app.PARTS.receive)
    monkeypatch.setattr(app, "PARTS", parts)
    return settings


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Discord is told at once, and steps are looked at without a pause: tests then need no time to pass."""
    monkeypatch.setattr(reply_module, "ACKNOWLEDGE_SECONDS", 0.0)
    monkeypatch.setattr(faq_progress, "EVERY_SECONDS", 0.0)
    monkeypatch.setattr(import_steps, "LOOK_SECONDS", 0.0)


async def until(is_so: Callable[[], bool]) -> None:
    for _ in iter(is_so, True):
        await asyncio.sleep(0)


def edits(community: Community) -> list[str]:
    """What the bot put into its message while it worked and when it was done, in order."""
    asked = [request for request in community.env.http_requests if request.method == "PATCH"]
    return [json.dumps(request.json, ensure_ascii=False) for request in asked]


async def knead(community: Community) -> None:
    await community.moderator.slash(community.channel, "knead")


async def test_short_work_is_answered_at_once(community: Community, kneading: Kneading) -> None:
    async def work(steps: Steps) -> None:
        steps.begin("Kneading …")

    kneading.work = work
    result = await community.moderator.slash(community.channel, "knead")
    assert seen(result.response).text == "Done."
    assert answered(result).ephemeral
    assert edits(community) == []


@pytest.mark.usefixtures("at_once")
async def test_steps_are_shown_in_order_with_how_much_is_done(community: Community, kneading: Kneading) -> None:
    async def work(steps: Steps) -> None:
        steps.begin("Kneading …")
        steps.reached(2, 5)
        await until(lambda: "40%" in "".join(edits(community)))
        steps.begin("Baking …")
        await until(lambda: "Baking" in "".join(edits(community)))

    kneading.work = work
    await knead(community)
    shown = [re.findall("Kneading … 40%|Baking …|Done", edit) for edit in edits(community)]
    assert [text for text, _ in groupby(shown)] == [["Kneading … 40%"], ["Baking …"], ["Done"]]


@pytest.mark.usefixtures("at_once")
async def test_a_step_that_lasts_is_not_shown_again_and_again(community: Community, kneading: Kneading) -> None:
    async def work(steps: Steps) -> None:
        steps.begin("Kneading …")
        await until(lambda: len(edits(community)) == 1)
        for _ in range(500):
            await asyncio.sleep(0)

    kneading.work = work
    await knead(community)
    # Without a pause it is looked at a second time before the first edit has gone out.
    assert len(edits(community)) <= 3


@pytest.mark.usefixtures("at_once")
async def test_what_is_told_from_another_thread_is_shown(community: Community, kneading: Kneading) -> None:
    async def work(steps: Steps) -> None:
        steps.begin("Kneading …")
        await asyncio.to_thread(steps.reached, 1, 4)
        await until(lambda: any("25%" in edit for edit in edits(community)))

    kneading.work = work
    await knead(community)
    assert "Done." in edits(community)[-1]


def test_what_is_shown_late_is_how_far_it_is_by_then() -> None:
    steps = Steps()
    steps.begin("Kneading …")
    steps.reached(1, 4)
    assert "Kneading … 25%" in seen(steps.view(0, 0)).text


@pytest.mark.usefixtures("at_once")
async def test_the_buttons_stay_while_a_step_lasts(community: Community, kneading: Kneading) -> None:
    message = answered(await community.moderator.slash(community.channel, "knead"))
    during: list[tuple[str, ...]] = []

    async def work(steps: Steps) -> None:
        steps.begin("Kneading …")
        await until(lambda: seen(message).text != "Done.")
        during.append(seen(message).buttons)

    kneading.work = work
    await community.moderator.click(message, label="Again")
    assert during == [("Still there",)]
    assert (seen(message).text, seen(message).buttons) == ("Done again.", ())


@pytest.mark.usefixtures("at_once")
async def test_a_step_may_change_the_buttons(community: Community, kneading: Kneading) -> None:
    message = answered(await community.moderator.slash(community.channel, "knead"))
    during: list[tuple[str, ...]] = []

    async def work(steps: Steps) -> None:
        steps.begin("Baking …", lambda: [KneadButton("Take it back")])
        await until(lambda: seen(message).text != "Done.")
        during.append(seen(message).buttons)

    kneading.work = work
    await community.moderator.click(message, label="Again")
    assert during == [("Take it back",)]


@pytest.mark.usefixtures("at_once")
async def test_a_step_that_fails_is_said_so_and_the_buttons_stay(community: Community, kneading: Kneading) -> None:
    message = answered(await community.moderator.slash(community.channel, "knead"))

    async def work(steps: Steps) -> None:
        steps.begin("Kneading …")
        await until(lambda: steps.was_shown)
        raise WaymarkError("The flour is out.")

    kneading.work = work
    result = await community.moderator.click(message, label="Again")
    assert seen(message).text == "Kneading … I had to stop here."
    assert seen(message).buttons == ("Still there",)
    (told,) = result.followups
    assert (seen(told).text, told.ephemeral) == ("The flour is out.", True)


async def test_a_failure_before_anything_was_shown_leaves_the_message(community: Community, kneading: Kneading) -> None:
    message = answered(await community.moderator.slash(community.channel, "knead"))

    async def work(steps: Steps) -> None:
        steps.begin("Kneading …")
        raise WaymarkError("The flour is out.")

    kneading.work = work
    result = await community.moderator.click(message, label="Again")
    assert seen(message).text == "Done."
    assert seen(result.response).text == "The flour is out."
