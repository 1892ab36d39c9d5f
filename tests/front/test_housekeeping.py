"""What is let go of every hour, by a time that the tests move."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from bot.app import opened
from bot.assembly import Assembly, knowledge_folder
from bot.coaches import IDLE_SECONDS, Coaches
from bot.front.client import WaymarkBot
from bot.front.housekeeping import Housekeeping
from bot.settings import Settings
from bot.store.server_settings import KEPT_DAYS, ServerSettings
from bot.store.snapshots import Snapshot
from bot.store.values import BIN_DAYS
from tests.front.away import away
from tests.front.conftest import Community
from tests.front.reading import seen
from tests.front.stock import MEETING, RULES, add, remove
from tests.store.clocks import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


async def hour(community: Community, clock: Clock) -> None:
    """Lets an hour go by."""
    clock.forward(hours=1)
    await community.env.advance_time(3_600)


async def texts(bot: WaymarkBot, community: Community) -> set[str]:
    return set(await bot.store.questions.recent(community.guild.id))


async def test_what_lay_in_the_bin_for_thirty_days_goes_within_the_hour(
    community: Community, bot: WaymarkBot, clock: Clock
) -> None:
    await add(community, bot, RULES, "rules")
    await remove(community, bot, "rules")
    clock.forward(days=BIN_DAYS, hours=-1, seconds=-1)
    await hour(community, clock)
    assert len(await bot.store.entries.history(community.guild.id, "rules")) == 2
    await hour(community, clock)
    assert await bot.store.entries.history(community.guild.id, "rules") == ()
    log = await community.moderator.slash(community.channel, "faq history")
    assert "Gone for good: `rules`" in seen(log.response).text


async def test_what_is_in_use_stays_however_old(community: Community, bot: WaymarkBot, clock: Clock) -> None:
    added = await add(community, bot, RULES, "rules")
    clock.forward(days=4_000)
    await hour(community, clock)
    assert await bot.store.entries.get(community.guild.id, "rules") == added


async def test_members_words_go_after_the_days_that_the_server_keeps_them(
    community: Community, bot: WaymarkBot, clock: Clock
) -> None:
    await bot.store.settings.put(community.guild.id, ServerSettings(kept_days=7))
    await community.newcomer.slash(community.channel, "ask", question="an older one")
    clock.forward(days=5)
    await community.newcomer.slash(community.channel, "ask", question="a newer one")
    clock.forward(days=2)
    await hour(community, clock)
    assert await texts(bot, community) == {"a newer one"}


async def test_where_nothing_is_set_members_words_are_kept_ninety_days(
    community: Community, bot: WaymarkBot, clock: Clock
) -> None:
    await community.newcomer.slash(community.channel, "ask", question="baker salary")
    clock.forward(days=KEPT_DAYS, hours=-1)
    await hour(community, clock)
    assert await texts(bot, community) == {"baker salary"}
    await hour(community, clock)
    assert await texts(bot, community) == set()


async def test_members_words_go_where_the_bot_was_sent_away(
    community: Community, bot: WaymarkBot, clock: Clock
) -> None:
    await bot.store.questions.record(server=1, channel=2, member=3, text="a word", kind="none", entry_id=None)
    clock.forward(days=KEPT_DAYS + 1)
    await hour(community, clock)
    assert await bot.store.questions.recent(1) == ()


async def test_coaches_that_nobody_asked_for_an_hour_go(
    community: Community, bot: WaymarkBot, settings: Settings, clock: Clock
) -> None:
    seconds = 0.0
    assembly = Assembly(knowledge_folder(settings))
    bot.coaches = Coaches(bot.coaches.base, assembly.extended, bot.store.entries, lambda: seconds)
    await add(community, bot, RULES, "rules")
    seconds += IDLE_SECONDS
    await hour(community, clock)
    assert bot.coaches.is_ready(community.guild.id)
    seconds += 1
    await hour(community, clock)
    assert not bot.coaches.is_ready(community.guild.id)
    bot.coaches.close()


async def test_while_the_database_is_away_it_is_logged_and_tried_again(
    community: Community, bot: WaymarkBot, clock: Clock
) -> None:
    await add(community, bot, RULES, "rules")
    await remove(community, bot, "rules")
    clock.forward(days=BIN_DAYS)
    with away(bot, "community_entries"), capture_logs() as logged:
        await hour(community, clock)
        await hour(community, clock)
    waiting = [line for line in logged if line["event"] == "housekeeping has to wait"]
    assert [line["of"] for line in waiting] == ["entries out of the bin"] * 2
    await hour(community, clock)
    assert await bot.store.entries.history(community.guild.id, "rules") == ()


async def test_a_fault_in_one_chore_leaves_the_others_be(
    community: Community, bot: WaymarkBot, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await community.newcomer.slash(community.channel, "ask", question="baker salary")
    clock.forward(days=KEPT_DAYS + 1)
    monkeypatch.setattr(bot.store.entries, "purge", None)
    with capture_logs() as logged:
        await hour(community, clock)
    assert [line["of"] for line in logged if line["event"] == "housekeeping failed"] == ["entries out of the bin"]
    assert await texts(bot, community) == set()


async def test_what_was_let_go_is_counted_in_the_log(community: Community, bot: WaymarkBot, clock: Clock) -> None:
    for entry_id, draft in (("rules", RULES), ("meeting", MEETING)):
        await add(community, bot, draft, entry_id)
        await remove(community, bot, entry_id)
    clock.forward(days=BIN_DAYS)
    with capture_logs() as logged:
        await hour(community, clock)
    assert [(line["of"], line["count"]) for line in logged if line["event"] == "let go"] == [
        ("entries out of the bin", 2)
    ]


async def test_while_the_stores_clock_stands_still_nothing_is_done(
    community: Community, bot: WaymarkBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds: list[str] = []

    def drop_idle() -> int:
        rounds.append("another")
        return 0

    monkeypatch.setattr(bot.coaches, "drop_idle", drop_idle)
    await community.env.advance_time(3_600)
    assert rounds == []


async def test_the_round_begins_with_the_bot_and_ends_with_its_group(community: Community, bot: WaymarkBot) -> None:
    group = bot.get_cog("Housekeeping")
    assert isinstance(group, Housekeeping)
    assert group.go_round.is_running()
    await bot.remove_cog("Housekeeping")
    await community.env.advance_time(1)
    assert not group.go_round.is_running()


async def test_it_ends_after_the_round_that_is_on(
    bot: WaymarkBot, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = Housekeeping(bot)
    begun, on = asyncio.Event(), asyncio.Event()
    really = bot.store.imports.purge

    async def purge() -> int:
        begun.set()
        await on.wait()
        return await really()

    monkeypatch.setattr(bot.store.imports, "purge", purge)
    clock.forward(hours=1)
    going = asyncio.create_task(group.go_round())
    await begun.wait()
    ending = asyncio.create_task(group.cog_unload())
    await asyncio.sleep(0)
    assert not ending.done()
    on.set()
    await asyncio.gather(ending, going)


@pytest.fixture
async def later_bot(settings: Settings, clock: Clock) -> AsyncIterator[WaymarkBot]:
    """The same bot as another process starts it a month later."""
    month = dt.timedelta(days=BIN_DAYS)
    async with opened(settings, lambda: clock() + month) as bot:
        yield bot


async def test_after_a_restart_the_first_round_goes_at_once(
    community: Community, bot: WaymarkBot, later_bot: WaymarkBot
) -> None:
    await add(community, bot, RULES, "rules")
    await remove(community, bot, "rules")
    await community.env.restart_bot(later_bot)
    await community.env.advance_time(1)
    assert await later_bot.store.entries.history(community.guild.id, "rules") == ()


async def test_files_that_waited_too_long_to_be_imported_go(
    community: Community, bot: WaymarkBot, clock: Clock
) -> None:
    file = Snapshot.checked({"rules": RULES}, ())
    await bot.store.imports.keep(community.guild.id, "faq.yaml", file, community.moderator.id)
    clock.forward(days=1)
    with capture_logs() as logged:
        await hour(community, clock)
    assert [(line["of"], line["count"]) for line in logged if line["event"] == "let go"] == [("imports", 1)]
