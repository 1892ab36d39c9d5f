"""The whole path: its totals, its steps with their state, the picture, and the ways into it."""

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from simcord.results import ResponseMessage

from bot.app import opened
from bot.front.client import WaymarkBot
from bot.front.layout import ANSWER, layout
from bot.front.path_overview import overview_texts
from bot.knowledge.loading import load_knowledge
from bot.matching.coach import Coach
from bot.settings import Settings
from tests.coaching.walks import FRESH, knowledge
from tests.front.conftest import Community
from tests.front.reading import answered, seen
from tests.front.walking import bakers_folder, begin, path_of, pick, standing
from tests.knowledge.paths import PATH, write_path

NOW = dt.datetime(2026, 1, 31, tzinfo=dt.UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = bakers_folder(tmp_path)
    return Settings(_env_file=None, waymark_knowledge=folder, waymark_data=tmp_path / "data", waymark_encoder="off")


@pytest.fixture
async def bot(settings: Settings) -> AsyncIterator[WaymarkBot]:
    async with opened(settings, lambda: NOW) as bot:
        yield bot


@pytest.fixture
async def shown(community: Community) -> ResponseMessage:
    """The path that the newcomer has just begun."""
    return await begin(community.newcomer, community)


async def click(community: Community, message: ResponseMessage, *labels: str) -> str:
    for label in labels:
        await community.newcomer.click(message, label=label)
    return seen(message).text


async def test_the_totals_are_those_of_the_plan(shown: ResponseMessage) -> None:
    text = seen(shown).text
    assert "**Finished:** January 2028 at the earliest, January 2029 at the latest" in text
    assert "**In all:** 2-3 years at your pace; the guide gives 2-4 years" in text
    assert "**Cost:** $1,050 to $2,100 (partly our estimate)" in text
    assert "Not counted, as the guide gives no cost: Work at night" in text


async def test_each_step_tells_how_long_it_takes_and_when_it_ends(shown: ResponseMessage) -> None:
    text = seen(shown).text
    assert "→ **1. Go to baking school**\n-# 1-2 years, ends Jan 2027 to Jan 2028" in text
    assert "☐ **3. Work at night**\n-# the guide gives none, beside step 1, ends Jan 2027 to Jan 2028" in text


async def test_the_sources_and_what_depends_on_the_place_are_named(shown: ResponseMessage) -> None:
    assert "-# Step 1 depends on where you live.\n-# Source: Bakers' union: Pay survey" in seen(shown).text


async def test_a_date_is_judged_as_of_today(community: Community) -> None:
    message = await begin(community.newcomer, community, target="2027")
    assert "**Your date:** December 2027 is hard to reach" in seen(message).text
    text = await click(community, message, "Start", "Done", "Overview")
    assert "**Your date:** December 2027 leaves you room" in text


async def test_the_overview_shows_what_became_of_each_step(community: Community, shown: ResponseMessage) -> None:
    text = await click(community, shown, "Start", "Done", "Skip", "Not for me", "Overview")
    assert "✓ **1. Go to baking school**\n-# 1-2 years, done on 31 Jan 2026" in text
    assert "☐ **2. Join the guild**\n-# left for later · 6-12 months" in text
    assert "✗ **3. Work at night**\n-# does not count for you" in text


async def test_the_picture_carries_its_words(shown: ResponseMessage) -> None:
    (attachment,) = shown.attachments
    assert attachment.filename == "path.png"
    assert attachment.description is not None
    assert attachment.description.startswith("Timeline as of ")
    gallery = next(one for one in shown.components[0]["components"] if one["type"] == 12)
    assert gallery["items"][0]["description"] == attachment.description


async def test_a_card_in_its_place_has_no_picture_left(community: Community, shown: ResponseMessage) -> None:
    await click(community, shown, "Start")
    assert shown.attachments == []


async def test_the_picture_can_be_read_as_text(community: Community, shown: ResponseMessage) -> None:
    result = await community.newcomer.click(shown, label="Read it as text")
    text = seen(answered(result)).text
    assert answered(result).ephemeral
    assert "Becoming a baker\n0 of 3 done\n1\\. Go to baking school: now, ends " in text
    assert "### Becoming a baker" in seen(shown).text


async def test_the_menu_goes_to_a_step(community: Community, shown: ResponseMessage, bot: WaymarkBot) -> None:
    await pick(community.newcomer, shown, "3. Work at night")
    assert "### Step 3 of 3: Work at night" in seen(shown).text
    assert (await path_of(bot, community.newcomer)).progress.current == "night"


async def test_the_overview_leads_back_to_the_step(community: Community, shown: ResponseMessage) -> None:
    await click(community, shown, "Start", "Done", "Overview")
    assert "### Step 2 of 3" in await click(community, shown, "Go on with step 2")


async def test_what_depends_on_the_place_is_told_step_by_step(community: Community, shown: ResponseMessage) -> None:
    result = await community.newcomer.click(shown, label="What depends on where I live")
    text = seen(answered(result)).text
    assert "What depends on where you live: ask how it is in Ohio" in text
    assert "**1. Go to baking school**\nEach town has its own school." in text
    assert "### Becoming a baker" in seen(shown).text


async def test_what_was_estimated_is_told_step_by_step(community: Community, shown: ResponseMessage) -> None:
    result = await community.newcomer.click(shown, label="What is estimated")
    assert (
        "**2. Join the guild**\nCost: $50 to $100 (our estimate). A fee and the stamps." in seen(answered(result)).text
    )


async def test_where_nothing_was_estimated_that_is_told(
    community: Community, tmp_path: Path, bot: WaymarkBot, shown: ResponseMessage
) -> None:
    write_path(
        tmp_path / "knowledge", PATH.replace("    cost: {estimate: [50, 100], because: A fee and the stamps.}\n", "")
    )
    bot.coaches.base = Coach.knowing(load_knowledge(tmp_path / "knowledge"))
    result = await community.newcomer.click(shown, label="What is estimated")
    assert "Nothing, on your path." in seen(answered(result)).text


def test_a_long_path_still_names_every_step() -> None:
    steps = PATH.partition("steps:\n")[2].partition("starting_points:")[0]
    school = steps.partition("  - id: guild")[0]
    many = "".join(
        school.replace("id: school", f"id: school-{number}").replace(
            "Go to baking school", f"{'Very ' * 14}long {number}"
        )
        for number in range(20)
    )
    starts = "starting_points: [{id: fresh, label: New}, {id: cook, label: Cook}]\n"
    path = standing(knowledge(f"title: Becoming a baker\nsteps:\n{many}{starts}"), FRESH)
    text = seen(layout(ANSWER, *overview_texts(path))).text
    assert [f"**{number + 1}. Very" in text for number in range(20)] == [True] * 20
    assert "…" not in text
