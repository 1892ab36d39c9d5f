"""Who has left is found out within hours, without a privileged intent, and forgotten in time."""

import datetime as dt

import pytest
import simcord
from structlog.testing import capture_logs

from bot.front.client import WaymarkBot
from bot.front.presence import LOOKED_UP, look_up, whose_turn
from bot.store.server_settings import ServerSettings
from tests.front.conftest import Community
from tests.store.clocks import Clock

NOON = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock()


async def hours(community: Community, clock: Clock, number: int) -> None:
    """Lets hours go by, and the bot do its round once."""
    clock.forward(hours=number)
    await community.env.advance_time(3_600)


async def ask(community: Community, actor: simcord.MemberActor) -> None:
    await actor.slash(community.channel, "ask", question="baker salary")


async def leave(community: Community, actor: simcord.MemberActor) -> None:
    community.guild.remove_member(actor)
    await community.env.advance_time(0)


async def departures(bot: WaymarkBot, actor: simcord.MemberActor) -> int:
    return len((await bot.store.privacy.export(actor.id)).get("departures", ()))


async def test_who_left_is_noted_within_the_hour(community: Community, bot: WaymarkBot, clock: Clock) -> None:
    await ask(community, community.newcomer)
    await ask(community, community.other)
    await leave(community, community.newcomer)
    await hours(community, clock, 1)
    assert (await departures(bot, community.newcomer), await departures(bot, community.other)) == (1, 0)


async def test_on_whom_nothing_is_held_nothing_is_noted(community: Community, bot: WaymarkBot, clock: Clock) -> None:
    await leave(community, community.newcomer)
    await hours(community, clock, 1)
    assert await departures(bot, community.newcomer) == 0


async def test_all_goes_when_the_servers_days_are_over(community: Community, bot: WaymarkBot, clock: Clock) -> None:
    await bot.store.settings.put(community.guild.id, ServerSettings(kept_days=7))
    await ask(community, community.newcomer)
    await bot.store.results.save(community.newcomer.id, "baker", "skills", {"level": "apprentice"})
    await leave(community, community.newcomer)
    await hours(community, clock, 1)
    await hours(community, clock, 7 * 24 - 1)
    assert set(await bot.store.privacy.export(community.newcomer.id)) >= {"departures", "member_results"}
    await hours(community, clock, 1)
    assert await bot.store.privacy.export(community.newcomer.id) == {}


async def test_what_is_of_no_server_stays_while_they_are_in_another_one(
    community: Community, bot: WaymarkBot, clock: Clock
) -> None:
    other_server = community.env.create_guild("Millers")
    other_server.add_member(community.newcomer.user)
    await ask(community, community.newcomer)
    await bot.store.results.save(community.newcomer.id, "baker", "skills", {"level": "apprentice"})
    await leave(community, community.newcomer)
    await hours(community, clock, 1)
    await hours(community, clock, 90 * 24)
    assert set(await bot.store.privacy.export(community.newcomer.id)) == {"member_results"}


async def test_when_discord_does_not_tell_where_else_they_are_it_is_asked_again(
    community: Community, bot: WaymarkBot, clock: Clock
) -> None:
    await bot.store.results.save(community.newcomer.id, "baker", "skills", {"level": "apprentice"})
    await bot.store.privacy.left(community.guild.id, community.newcomer.id, clock() - dt.timedelta(days=91))
    await leave(community, community.newcomer)
    # Discord answers neither who has left nor where else they are.
    community.env.inject_error("GET", "/guilds/*/members/*", status=403, times=2)
    await hours(community, clock, 1)
    assert set(await bot.store.privacy.export(community.newcomer.id)) == {"departures", "member_results"}
    await hours(community, clock, 1)
    assert await bot.store.privacy.export(community.newcomer.id) == {}


async def test_who_comes_back_in_time_keeps_everything(community: Community, bot: WaymarkBot, clock: Clock) -> None:
    await bot.store.settings.put(community.guild.id, ServerSettings(kept_days=365))
    await ask(community, community.newcomer)
    await leave(community, community.newcomer)
    await hours(community, clock, 1)
    community.guild.add_member(community.newcomer.user)
    await hours(community, clock, 1)
    assert set(await bot.store.privacy.export(community.newcomer.id)) == {"questions"}


async def test_when_discord_does_not_tell_nobody_is_taken_for_gone(community: Community, bot: WaymarkBot) -> None:
    await ask(community, community.newcomer)
    community.env.inject_error("GET", "/guilds/*/members/*", status=403, times=9)
    with capture_logs() as logged:
        await look_up(bot)
    assert [line["event"] for line in logged] == ["who has left could not be looked up"]
    assert await departures(bot, community.newcomer) == 0


@pytest.mark.parametrize("people", [0, 1, LOOKED_UP, LOOKED_UP + 1, LOOKED_UP * 7 + 3])
def test_everybody_has_their_turn_and_no_hour_has_too_many(people: int) -> None:
    ids = tuple(range(people))
    turns = [whose_turn(ids, NOON + dt.timedelta(hours=hour)) for hour in range(8)]
    assert {one for turn in turns for one in turn} == set(ids)
    assert max(map(len, turns)) <= LOOKED_UP


def test_whose_turn_it_is_does_not_hang_on_when_the_bot_was_started() -> None:
    ids = tuple(range(LOOKED_UP * 3))
    assert whose_turn(ids, NOON) == whose_turn(ids, NOON + dt.timedelta(hours=3))
    assert whose_turn(ids, NOON) != whose_turn(ids, NOON + dt.timedelta(hours=1))
