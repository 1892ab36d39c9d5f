"""Switching check-ins on, changing and stopping them, with open and with closed direct messages."""

from pathlib import Path

import discord
import pytest
from simcord.results import ResponseMessage

from bot.front.client import WaymarkBot
from bot.settings import Settings
from tests.front.conftest import Community
from tests.front.looking_in import WEEKLY, close_direct_messages, form, letters, opt_in, overview, set_for
from tests.front.reading import answered, seen
from tests.front.walking import bakers_folder, start


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = bakers_folder(tmp_path)
    return Settings(_env_file=None, waymark_knowledge=folder, waymark_data=tmp_path / "data", waymark_encoder="off")


@pytest.fixture
async def begun(community: Community) -> Community:
    """The community, in which the newcomer has begun a path."""
    await start(community.newcomer, community)
    return community


async def test_who_asks_for_it_is_asked_at_their_hour(begun: Community, bot: WaymarkBot) -> None:
    message = await opt_in(begun.newcomer, begun)
    made = await set_for(bot, begun.newcomer)
    assert (made.every, made.hour, made.zone, made.thread) == ("week", 18, "Europe/Berlin", None)
    assert (made.server, made.channel) == (begun.guild.id, begun.channel.id)
    text = seen(message).text
    assert "I ask you once a week at 18:00 (Europe/Berlin), by direct message." in text
    assert f"<t:{int(made.next_at.timestamp())}:F>" in text
    assert message.ephemeral


async def test_a_first_direct_message_shows_where_it_will_come(begun: Community) -> None:
    await opt_in(begun.newcomer, begun)
    (message,) = letters(begun.newcomer)
    assert "### Check-ins are on" in seen(message).text
    assert "every week at 18:00" in seen(message).text
    assert seen(message).buttons == ("Stop",)


async def test_a_zone_may_be_typed_as_people_do(begun: Community, bot: WaymarkBot) -> None:
    await opt_in(begun.newcomer, begun, every="month", hour=["0"], zone=" america/new york ")
    made = await set_for(bot, begun.newcomer)
    assert (made.every, made.hour, made.zone) == ("month", 0, "America/New_York")


async def test_a_zone_that_there_is_not_is_told_and_kept_to_be_mended(begun: Community, bot: WaymarkBot) -> None:
    message = await opt_in(begun.newcomer, begun, every="month", hour=["7"], zone="Berlyn")
    assert "There is no time zone “Berlyn”, so nothing was changed. Write it like Europe/Berlin." in seen(message).text
    assert await bot.store.check_ins.get(begun.newcomer.id, "baker") is None
    assert letters(begun.newcomer) == []
    shown = await begun.newcomer.click(message, label="Open the form again")
    assert chosen(shown.modal) == {"every": "month", "hour": "7", "zone": "Berlyn"}
    await begun.newcomer.submit_modal(shown, {**WEEKLY, "zone": "Europe/Berlin"})
    assert (await set_for(bot, begun.newcomer)).zone == "Europe/Berlin"


@pytest.mark.parametrize("zone", ["*" * 40, "<@123>:{}", "a:b:c"])
async def test_whatever_is_typed_as_a_zone_is_kept(begun: Community, zone: str) -> None:
    message = await opt_in(begun.newcomer, begun, zone=zone)
    shown = await begun.newcomer.click(message, label="Open the form again")
    assert chosen(shown.modal)["zone"] == zone


def chosen(modal: object) -> dict[str, str]:
    """What a form begins with."""
    assert isinstance(modal, dict)
    parts = [part["component"] for part in modal["components"]]
    return {
        part["custom_id"]: part["value"]
        if part.get("value")
        else next((one["value"] for one in part.get("options", []) if one.get("default")), "")
        for part in parts
    }


async def test_whoever_is_asked_already_sees_how_it_stands(begun: Community, bot: WaymarkBot) -> None:
    await opt_in(begun.newcomer, begun)
    shown = answered(await begun.newcomer.click(await overview(begun.newcomer, begun), label="Check in on me"))
    assert seen(shown).buttons == ("Change it", "Stop")
    again = await begun.newcomer.click(shown, label="Change it")
    assert chosen(again.modal) == {"every": "week", "hour": "18", "zone": "Europe/Berlin"}
    await begun.newcomer.submit_modal(again, {**WEEKLY, "hour": ["6"]})
    assert (await set_for(bot, begun.newcomer)).hour == 6


async def test_stop_ends_it(begun: Community, bot: WaymarkBot) -> None:
    message = await opt_in(begun.newcomer, begun)
    await begun.newcomer.click(message, label="Stop")
    assert "I do not ask you any more." in seen(message).text
    assert await bot.store.check_ins.get(begun.newcomer.id, "baker") is None
    assert (await begun.newcomer.click(message, label="Check in on me")).modal


async def test_the_form_outlives_a_restart(begun: Community, next_bot: WaymarkBot) -> None:
    shown = await form(begun.newcomer, begun)
    await begun.env.restart_bot(next_bot)
    await begun.newcomer.submit_modal(shown, WEEKLY)
    await set_for(next_bot, begun.newcomer)


async def test_in_a_direct_message_it_works_as_well(begun: Community, bot: WaymarkBot) -> None:
    user = begun.newcomer.user
    message = answered(await user.slash("become"))
    await user.click(message, label="Overview")
    await user.submit_modal(await user.click(message, label="Check in on me"), WEEKLY)
    made = await set_for(bot, begun.newcomer)
    assert (made.server, made.channel) == (None, None)


async def test_who_has_no_path_is_not_asked(begun: Community, bot: WaymarkBot) -> None:
    shown = await form(begun.newcomer, begun)
    await bot.store.member_paths.forget(begun.newcomer.id)
    message = answered(await begun.newcomer.submit_modal(shown, WEEKLY))
    assert "You have no path yet" in seen(message).text
    assert await bot.store.check_ins.get(begun.newcomer.id, "baker") is None


# --- closed direct messages ---


@pytest.fixture
def closed(begun: Community) -> Community:
    """The community, in which the newcomer takes no direct messages."""
    close_direct_messages(begun, begun.newcomer)
    return begun


async def test_closed_direct_messages_are_told_and_a_private_thread_is_opened(
    closed: Community, bot: WaymarkBot
) -> None:
    message = await opt_in(closed.newcomer, closed)
    (thread,) = closed.channel.threads
    assert "Your direct messages are closed to me, so I opened a private thread." in seen(message).text
    assert "moderators may read it" in seen(message).text
    assert f"in <#{thread.id}>" in seen(message).text
    assert (await set_for(bot, closed.newcomer)).thread == thread.id
    found = bot.get_channel(thread.id)
    assert isinstance(found, discord.Thread)
    assert found.is_private()
    assert {member.id for member in await found.fetch_members()} >= {closed.newcomer.id}
    first = next(one for one in thread.history() if one.components)
    assert f"<@{closed.newcomer.id}>" in seen(first).text


async def test_a_second_time_the_same_thread_is_used(closed: Community, bot: WaymarkBot) -> None:
    await opt_in(closed.newcomer, closed)
    shown = answered(await closed.newcomer.click(await overview(closed.newcomer, closed), label="Check in on me"))
    await closed.newcomer.submit_modal(await closed.newcomer.click(shown, label="Change it"), WEEKLY)
    assert [thread.id for thread in closed.channel.threads] == [(await set_for(bot, closed.newcomer)).thread]


async def test_who_opens_their_direct_messages_gets_it_there(begun: Community, bot: WaymarkBot) -> None:
    close_direct_messages(begun, begun.newcomer, times=1)
    await opt_in(begun.newcomer, begun)
    shown = answered(await begun.newcomer.click(await overview(begun.newcomer, begun), label="Check in on me"))
    await begun.newcomer.submit_modal(await begun.newcomer.click(shown, label="Change it"), WEEKLY)
    assert (await set_for(bot, begun.newcomer)).thread is None
    assert len(letters(begun.newcomer)) == 1


async def refused(community: Community, bot: WaymarkBot) -> ResponseMessage:
    """What the newcomer is told when nothing works; it is off then."""
    message = await opt_in(community.newcomer, community)
    assert "Check-ins are off: your direct messages are closed to me" in seen(message).text
    assert "Allow direct messages from this server's members" in seen(message).text
    assert seen(message).buttons == ("Open the form again",)
    assert await bot.store.check_ins.get(community.newcomer.id, "baker") is None
    return message


async def test_where_no_thread_may_be_opened_it_is_off_and_told_why(closed: Community, bot: WaymarkBot) -> None:
    channel = bot.get_channel(closed.channel.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.set_permissions(channel.guild.me, create_private_threads=False, view_channel=True)
    await closed.env.advance_time(1)
    message = await refused(closed, bot)
    assert "I may not open a private thread here" in seen(message).text
    assert closed.channel.threads == []


async def test_a_thread_that_discord_refuses_is_told_as_well(closed: Community, bot: WaymarkBot) -> None:
    path = f"/channels/{closed.channel.id}/threads"
    closed.env.inject_error("POST", path, status=400, code=160006, message="Too many threads")
    await refused(closed, bot)


async def test_while_discord_is_away_it_is_off_and_told(begun: Community, bot: WaymarkBot) -> None:
    begun.env.inject_error("POST", f"/channels/{begun.newcomer.user.dm_channel.id}/messages", status=500)
    message = await opt_in(begun.newcomer, begun)
    assert "Discord did not take my first message, so check-ins are off." in seen(message).text
    assert await bot.store.check_ins.get(begun.newcomer.id, "baker") is None
