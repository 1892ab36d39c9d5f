"""The step on their path that an asker may show to the mentors."""

from pathlib import Path

import pytest

from bot.front.ask_mentor import current_step
from bot.settings import Settings
from tests.front.conftest import Community
from tests.front.mentors import Mentored, client, mentored, put
from tests.front.reading import seen
from tests.front.walking import bakers_folder, start


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = bakers_folder(tmp_path)
    return Settings(_env_file=None, waymark_knowledge=folder, waymark_data=tmp_path / "data", waymark_encoder="off")


@pytest.fixture
async def stage(community: Community) -> Mentored:
    stage = await mentored(community)
    await start(stage.newcomer, community)
    return stage


async def test_the_step_stands_on_the_card_when_the_asker_allows_it(stage: Mentored) -> None:
    step = await current_step(client(stage.community), stage.newcomer.id)
    assert step is not None
    assert step.startswith("Step 1 of ")
    assert f"**On the path:** {step}" in seen(await put(stage, step=True)).text


async def test_the_step_is_no_part_of_the_list_of_what_comes_nearest(stage: Mentored) -> None:
    text = seen(await put(stage, text="baker salary in which guitar?", step=True)).text
    _, behind = text.split("**What comes nearest:**\n")
    assert behind.splitlines()[0].startswith("- ")
    assert "On the path" not in behind


async def test_the_step_is_not_shown_unasked(stage: Mentored) -> None:
    assert "On the path" not in seen(await put(stage, step=False)).text
