"""A member's path between the database and what is shown: nothing is lost when several move it at once."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import opened
from bot.coaching.planning import plan_for
from bot.coaching.progress import Progress, StepState
from bot.coaching.reconciling import Reconciled
from bot.coaching.situation import Situation
from bot.errors import WaymarkError
from bot.front.client import WaymarkBot
from bot.front.member_path import MemberPath, UnreadablePathError, begun, find, guide_of, news_text, soon, walk
from bot.knowledge.knowledge import key_of
from bot.knowledge.path_models import Pace
from bot.settings import Settings
from bot.store.member_paths import MissingPathError
from tests.front.walking import bakers_folder

MEMBER = 7
KEY = key_of("baker")


@pytest.fixture
async def bot(tmp_path: Path, address: str) -> AsyncIterator[WaymarkBot]:
    """A bot over a database of each kind, whose member 7 has begun."""
    settings = Settings(
        _env_file=None,
        waymark_knowledge=bakers_folder(tmp_path),
        waymark_data=tmp_path / "data",
        waymark_encoder="off",
        database_url=SecretStr(address),
    )
    async with opened(settings) as bot:
        situation = Situation("baker", "fresh", Pace.FULL_TIME, 10, dt.datetime.now(tz=dt.UTC).date())
        plan = plan_for(bot.coaches.base.knowledge, situation, situation.begun_on)
        await bot.store.member_paths.begin(MEMBER, "baker", Progress.begun(plan).as_json())
        yield bot


async def test_moves_at_once_are_all_kept(bot: WaymarkBot) -> None:
    def tick(path: MemberPath, step: str, item: str) -> Progress:
        return path.progress.tick(path.plan, step, item)

    items = [("school", "choose"), ("school", "enroll"), ("guild", "papers"), ("night", "one"), ("night", "week")]
    await asyncio.gather(*(walk(bot, MEMBER, "baker", partial(tick, step=step, item=item)) for step, item in items))
    path = await begun(bot, MEMBER, KEY)
    assert {(step, item) for step, record in path.progress.steps.items() for item in record.ticks} == set(items)


async def test_the_same_move_at_once_is_made_once(bot: WaymarkBot) -> None:
    def done(path: MemberPath) -> Progress:
        return path.progress.done(path.plan, "school", path.today)

    paths = await asyncio.gather(*(walk(bot, MEMBER, "baker", done) for _ in range(4)))
    assert sorted(path.moved for path in paths) == [False, False, False, True]
    assert {path.progress.version for path in paths} == {2}


async def test_what_is_shown_is_what_is_saved(bot: WaymarkBot) -> None:
    path = await walk(bot, MEMBER, "baker", lambda path: path.progress.skip(path.plan, "school"))
    stored = await bot.store.member_paths.get(MEMBER, "baker")
    assert stored is not None
    assert Progress.from_json(stored.state) == path.progress
    assert path.progress.record("school").state is StepState.SKIPPED


async def test_a_move_that_fails_changes_nothing(bot: WaymarkBot) -> None:
    before = await begun(bot, MEMBER, KEY)

    def fail(_: MemberPath) -> Progress:
        raise WaymarkError("No.")

    with pytest.raises(WaymarkError, match="No"):
        await walk(bot, MEMBER, "baker", fail)
    assert await begun(bot, MEMBER, KEY) == before


async def test_who_has_not_begun_has_no_path(bot: WaymarkBot) -> None:
    assert await find(bot, 8, "baker") is None
    with pytest.raises(MissingPathError, match="/become"):
        await begun(bot, 8, KEY)


async def test_what_cannot_be_read_is_told_and_stays(bot: WaymarkBot) -> None:
    await bot.store.member_paths.begin(8, "baker", {"nothing": "known"})
    with pytest.raises(UnreadablePathError):
        await find(bot, 8, "baker")
    stored = await bot.store.member_paths.get(8, "baker")
    assert stored is not None
    assert stored.state == {"nothing": "known"}


async def test_a_guide_that_is_not_there_is_told(bot: WaymarkBot) -> None:
    with pytest.raises(WaymarkError, match="What you saved is kept"):
        guide_of(bot, "00000000")


async def test_a_form_waits_for_no_slow_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.front.member_path.PATIENCE", 0.0)
    with pytest.raises(WaymarkError, match="Nothing was changed"):
        await soon(asyncio.get_running_loop().create_future())


def test_where_nothing_has_changed_nothing_is_told() -> None:
    situation = Situation("baker", "fresh", Pace.FULL_TIME, 10, dt.date(2026, 1, 1))
    assert news_text(Reconciled(Progress(situation, "school"))) == ""
