"""A path while its database is away: members are told, nothing is lost, and it goes on when it is back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import Settings
from tests.front.conftest import Community
from tests.front.reading import answered, seen
from tests.front.walking import ANSWERS, bakers_folder, card, open_form, start
from tests.store.doors import Door


@pytest.fixture
async def door(postgres: str) -> AsyncIterator[Door]:
    async with Door(postgres).standing() as door:
        yield door


@pytest.fixture
def settings(tmp_path: Path, door: Door) -> Settings:
    return Settings(
        _env_file=None,
        waymark_knowledge=bakers_folder(tmp_path),
        waymark_data=tmp_path / "data",
        waymark_encoder="off",
        database_url=SecretStr(door.address),
    )


async def test_what_was_put_into_the_form_is_given_back(community: Community, door: Door) -> None:
    form = await open_form(community.newcomer, community)
    door.shut()
    result = await community.newcomer.submit_modal(form, {**ANSWERS, "region": "New *York*", "target": "2035"})
    assert answered(result).ephemeral
    text = seen(answered(result)).text
    assert "You had put in: From scratch; Full-time; 8 to 15 hours a week; New \\*York\\*; 2035" in text


async def test_a_note_is_given_back(community: Community, door: Door) -> None:
    message = await start(community.newcomer, community)
    form = await community.newcomer.click(message, label="Add a note")
    door.shut()
    result = await community.newcomer.submit_modal(form, {"note": "Ask *Ann*"})
    assert "Your note: Ask \\*Ann\\*" in seen(answered(result)).text


async def test_a_move_that_could_not_be_saved_is_not_shown(community: Community, door: Door) -> None:
    message = await start(community.newcomer, community)
    door.shut()
    refused = await community.newcomer.click(message, label="Done")
    assert answered(refused).ephemeral
    assert "### Step 1 of 3" in seen(message).text
    door.open()
    assert "### Step 1 of 3" in seen(await card(community.newcomer, community)).text
    await community.newcomer.click(message, label="Done")
    assert "### Step 2 of 3" in seen(message).text


async def test_a_question_at_a_step_is_answered_all_the_same(community: Community, door: Door) -> None:
    message = await start(community.newcomer, community)
    form = await community.newcomer.click(message, label="Ask about this step")
    door.shut()
    result = await community.newcomer.submit_modal(form, {"question": "working hours"})
    assert "Most start at three in the morning." in seen(answered(result)).text
