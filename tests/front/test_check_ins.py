"""Check-ins from one end to the other: switched on, sent when they are due, once, and over when they should be."""

import asyncio
import datetime as dt
from itertools import pairwise
from pathlib import Path

import discord
import pytest
from structlog.testing import capture_logs

from bot.app import opened
from bot.front.check_ins import A_SECOND, GIVES_UP, LATER, SOON, CheckInRounds, ask
from bot.front.client import WaymarkBot
from bot.settings import Settings
from bot.store.check_ins import CLAIM_LASTS
from tests.front.away import away
from tests.front.conftest import Community
from tests.front.looking_in import (
    ROUND,
    WEEK,
    close_direct_messages,
    forward,
    letters,
    opt_in,
    set_for,
    until_due,
)
from tests.front.reading import custom_ids, seen
from tests.front.walking import bakers_folder, card, pick, start
from tests.store.clocks import Clock

#: After so long the first one is due, as it comes in a week at six in the evening.
DUE = dt.timedelta(days=8)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = bakers_folder(tmp_path)
    return Settings(_env_file=None, waymark_knowledge=folder, waymark_data=tmp_path / "data", waymark_encoder="off")


@pytest.fixture
async def asked(community: Community) -> Community:
    """The community, in which the newcomer has begun a path and is asked once a week."""
    await start(community.newcomer, community)
    await opt_in(community.newcomer, community)
    return community


def texts(community: Community) -> list[str]:
    """What the newcomer has got by direct message after the first one, which tells that it is on."""
    return [seen(message).text for message in letters(community.newcomer)[1:]]


async def test_a_member_is_asked_about_their_step_when_it_is_due(
    asked: Community, bot: WaymarkBot, clock: Clock
) -> None:
    await until_due(asked, bot, clock, asked.newcomer)
    (message,) = letters(asked.newcomer)[1:]
    text = seen(message).text
    assert "### Step 1 of 3: Go to baking school" in text
    assert "**This week**\n☐ Choose a school\n☐ Enroll" in text
    assert "There is no hurry" in text
    assert seen(message).buttons == ("Done", "Snooze", "Stuck", "Stop", "Open my step")


async def test_nobody_is_asked_before_it_is_due(asked: Community, bot: WaymarkBot, clock: Clock) -> None:
    left = (await set_for(bot, asked.newcomer)).next_at - clock.now
    await forward(asked, clock, left - dt.timedelta(seconds=ROUND + 60))
    assert texts(asked) == []


async def test_it_is_about_what_is_left_of_the_step(asked: Community, bot: WaymarkBot, clock: Clock) -> None:
    await pick(asked.newcomer, await card(asked.newcomer, asked), "Choose a school")
    await until_due(asked, bot, clock, asked.newcomer)
    assert "**This week**\n☐ Enroll" in texts(asked)[0]


async def test_when_all_is_ticked_it_asks_whether_the_step_is_done(
    asked: Community, bot: WaymarkBot, clock: Clock
) -> None:
    await pick(asked.newcomer, await card(asked.newcomer, asked), "Choose a school", "Enroll")
    await until_due(asked, bot, clock, asked.newcomer)
    assert "All of its list is ticked. Is the step done?" in texts(asked)[0]


async def test_it_comes_again_each_week(asked: Community, bot: WaymarkBot, clock: Clock) -> None:
    for _ in range(3):
        await until_due(asked, bot, clock, asked.newcomer)
    assert len(texts(asked)) == 3


async def test_weeks_in_which_nobody_was_there_are_not_made_up_for(asked: Community, clock: Clock) -> None:
    await forward(asked, clock, 5 * WEEK)
    await forward(asked, clock, dt.timedelta(hours=1))
    assert len(texts(asked)) == 1


async def test_after_a_restart_it_is_sent_all_the_same(
    asked: Community, bot: WaymarkBot, next_bot: WaymarkBot, clock: Clock
) -> None:
    await asked.env.restart_bot(next_bot)
    await until_due(asked, bot, clock, asked.newcomer)
    assert len(texts(asked)) == 1


async def test_where_the_clock_stands_still_nothing_is_looked_for(
    asked: Community, bot: WaymarkBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[dt.datetime] = []
    really = bot.store.check_ins.claim_due

    async def claim_due(now: dt.datetime, limit: int) -> object:
        looked.append(now)
        return await really(now, limit)

    monkeypatch.setattr(bot.store.check_ins, "claim_due", claim_due)
    await asked.env.advance_time(3_600)
    assert len(looked) <= 1


async def test_many_are_asked_in_one_round_and_not_all_at_once(
    asked: Community, bot: WaymarkBot, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(2 * A_SECOND):
        await bot.store.check_ins.set(
            1_000 + number, "baker", every="week", hour=18, zone="UTC", server=None, channel=None
        )
    looked: list[tuple[dt.datetime, int]] = []
    really = bot.store.check_ins.claim_due

    async def claim_due(now: dt.datetime, limit: int) -> object:
        looked.append((asked.env.now(), limit))
        return await really(now, limit)

    monkeypatch.setattr(bot.store.check_ins, "claim_due", claim_due)
    clock.now += DUE
    await asked.env.advance_time(ROUND)
    assert len(texts(asked)) == 1
    assert [limit for _, limit in looked] == [A_SECOND] * 3
    moments = [moment for moment, _ in looked]
    assert all(later - moment >= dt.timedelta(seconds=1) for moment, later in pairwise(moments))


# --- never twice ---


async def test_two_processes_send_one(
    asked: Community, bot: WaymarkBot, next_bot: WaymarkBot, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    # Both speak to the same Discord, each has the database opened for itself.
    monkeypatch.setattr(next_bot, "_connection", bot._connection)  # noqa: SLF001 - its one way to Discord
    monkeypatch.setattr(next_bot, "http", bot.http)
    others = [asked.newcomer, asked.other, asked.moderator]
    for who in others[1:]:
        await start(who, asked)
        await opt_in(who, asked)
    clock.now += DUE
    await asyncio.gather(*(CheckInRounds(each).go_round() for each in (bot, next_bot) * 3))
    assert [len(letters(who)) for who in others] == [2, 2, 2]


async def test_one_that_could_not_be_saved_as_sent_is_found_and_not_sent_again(
    asked: Community, bot: WaymarkBot, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    with monkeypatch.context() as crashing:
        crashing.setattr(bot.store.check_ins, "sent", _crash)
        await until_due(asked, bot, clock, asked.newcomer)
    assert len(texts(asked)) == 1
    await forward(asked, clock, CLAIM_LASTS)
    assert len(texts(asked)) == 1
    assert (await set_for(bot, asked.newcomer)).next_at > clock.now


async def test_it_is_found_even_after_the_member_has_answered_it(
    asked: Community, bot: WaymarkBot, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    with monkeypatch.context() as crashing:
        crashing.setattr(bot.store.check_ins, "sent", _crash)
        await until_due(asked, bot, clock, asked.newcomer)
    await asked.newcomer.user.click(letters(asked.newcomer)[-1], label="Done")
    await forward(asked, clock, CLAIM_LASTS)
    assert len(texts(asked)) == 1


async def _crash(_: object) -> bool:
    raise RuntimeError


async def test_one_that_was_claimed_by_a_process_that_died_is_sent_by_another(
    asked: Community, bot: WaymarkBot, clock: Clock
) -> None:
    clock.now += DUE
    assert len(await bot.store.check_ins.claim_due(clock.now, 9)) == 1
    await forward(asked, clock, dt.timedelta(0))
    assert texts(asked) == []
    await forward(asked, clock, CLAIM_LASTS)
    assert len(texts(asked)) == 1


async def test_what_was_stopped_after_it_was_claimed_is_not_sent(
    asked: Community, bot: WaymarkBot, clock: Clock
) -> None:
    clock.now += DUE
    (due,) = await bot.store.check_ins.claim_due(clock.now, 9)
    await bot.store.check_ins.stop(asked.newcomer.id, "baker")
    await ask(bot, due)
    assert texts(asked) == []


async def test_its_nonce_goes_to_discord_and_stands_in_its_buttons(
    asked: Community, bot: WaymarkBot, clock: Clock
) -> None:
    clock.now += DUE
    (due,) = await bot.store.check_ins.claim_due(clock.now, 9)
    await ask(bot, due)
    assert any(due.nonce in custom_id for custom_id in custom_ids(letters(asked.newcomer)[-1]))


# --- put off ---


async def test_while_discord_is_away_it_is_tried_again(asked: Community, bot: WaymarkBot, clock: Clock) -> None:
    path = f"/channels/{asked.newcomer.user.dm_channel.id}/messages"
    asked.env.inject_error("POST", path, status=500, times=1)
    with capture_logs() as logged:
        await until_due(asked, bot, clock, asked.newcomer)
    assert texts(asked) == []
    assert [line["event"] for line in logged if line["log_level"] == "warning"] == [
        "a check-in has to wait for Discord"
    ]
    await forward(asked, clock, SOON)
    assert len(texts(asked)) == 1


async def test_while_the_database_is_away_it_is_logged_and_tried_again(
    asked: Community, bot: WaymarkBot, clock: Clock
) -> None:
    left = (await set_for(bot, asked.newcomer)).next_at - clock.now
    with away(bot, "check_ins"), capture_logs() as logged:
        await forward(asked, clock, left)
    assert "check-ins have to wait" in [line["event"] for line in logged]
    await forward(asked, clock, dt.timedelta(0))
    assert len(texts(asked)) == 1


async def test_a_fault_in_one_round_does_not_end_all_rounds(
    asked: Community, bot: WaymarkBot, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    with monkeypatch.context() as broken, capture_logs() as logged:
        broken.setattr(bot.store.member_paths, "get", None)
        await until_due(asked, bot, clock, asked.newcomer)
    assert "a round of check-ins failed" in [line["event"] for line in logged]
    await forward(asked, clock, CLAIM_LASTS)
    assert len(texts(asked)) == 1


async def test_who_cannot_be_reached_is_tried_for_a_week_and_then_let_be(
    asked: Community, bot: WaymarkBot, clock: Clock
) -> None:
    await bot.store.check_ins.set(
        asked.newcomer.id, "baker", every="month", hour=18, zone="UTC", server=None, channel=None
    )
    close_direct_messages(asked, asked.newcomer)
    await until_due(asked, bot, clock, asked.newcomer)
    assert (await set_for(bot, asked.newcomer)).next_at > clock.now + LATER / 2
    await forward(asked, clock, GIVES_UP - dt.timedelta(hours=1))
    await set_for(bot, asked.newcomer)
    await forward(asked, clock, LATER)
    assert await bot.store.check_ins.get(asked.newcomer.id, "baker") is None


async def test_a_path_that_is_gone_from_the_guide_is_waited_for(
    asked: Community, bot: WaymarkBot, tmp_path: Path, settings: Settings, clock: Clock
) -> None:
    kept = bot.coaches.base
    file = tmp_path / "knowledge" / "baker" / "path.yaml"
    text = file.read_text(encoding="utf-8")
    file.unlink()
    async with opened(settings) as without:
        bot.coaches.base = without.coaches.base
        await until_due(asked, bot, clock, asked.newcomer)
    assert texts(asked) == []
    file.write_text(text, encoding="utf-8")
    bot.coaches.base = kept
    await forward(asked, clock, LATER)
    assert len(texts(asked)) == 1


# --- the last one ---


async def finish(community: Community) -> None:
    message = await card(community.newcomer, community)
    for _ in range(3):
        await community.newcomer.click(message, label="Done")


async def test_who_has_finished_is_told_goodbye_once(asked: Community, bot: WaymarkBot, clock: Clock) -> None:
    await finish(asked)
    await until_due(asked, bot, clock, asked.newcomer)
    (text,) = texts(asked)
    assert "You have finished your path" in text
    assert "my last message" in text
    assert await bot.store.check_ins.get(asked.newcomer.id, "baker") is None
    await forward(asked, clock, 5 * WEEK)
    assert len(texts(asked)) == 1


async def test_whose_path_is_gone_is_told_goodbye(asked: Community, bot: WaymarkBot, clock: Clock) -> None:
    await bot.store.member_paths.forget(asked.newcomer.id)
    await until_due(asked, bot, clock, asked.newcomer)
    assert "Your path is not kept any more" in texts(asked)[0]
    assert await bot.store.check_ins.get(asked.newcomer.id, "baker") is None


async def test_who_has_left_the_server_is_told_goodbye(asked: Community, bot: WaymarkBot, clock: Clock) -> None:
    asked.guild.remove_member(asked.newcomer)
    await until_due(asked, bot, clock, asked.newcomer)
    assert "You have left the server" in texts(asked)[0]
    assert await bot.store.check_ins.get(asked.newcomer.id, "baker") is None


async def test_who_has_finished_and_left_is_congratulated(asked: Community, bot: WaymarkBot, clock: Clock) -> None:
    await finish(asked)
    asked.guild.remove_member(asked.newcomer)
    await until_due(asked, bot, clock, asked.newcomer)
    assert "You have finished your path" in texts(asked)[0]


async def test_who_has_left_and_cannot_be_reached_is_let_be(asked: Community, bot: WaymarkBot, clock: Clock) -> None:
    asked.guild.remove_member(asked.newcomer)
    close_direct_messages(asked, asked.newcomer)
    await until_due(asked, bot, clock, asked.newcomer)
    assert await bot.store.check_ins.get(asked.newcomer.id, "baker") is None


async def test_who_forgot_all_is_not_asked(asked: Community, bot: WaymarkBot, clock: Clock) -> None:
    await bot.store.privacy.forget(asked.newcomer.id)
    await forward(asked, clock, 2 * WEEK)
    assert texts(asked) == []


# --- where ---


async def test_when_direct_messages_were_closed_meanwhile_a_thread_is_opened_where_it_was_asked_for(
    asked: Community, bot: WaymarkBot, clock: Clock
) -> None:
    close_direct_messages(asked, asked.newcomer)
    await until_due(asked, bot, clock, asked.newcomer)
    (thread,) = asked.channel.threads
    (message,) = [one for one in thread.history() if one.components]
    assert f"<@{asked.newcomer.id}>" in seen(message).text
    assert "### Step 1 of 3" in seen(message).text
    assert (await set_for(bot, asked.newcomer)).thread == thread.id
    await until_due(asked, bot, clock, asked.newcomer)
    assert len([one for one in thread.history() if one.components]) == 2
    assert len(asked.channel.threads) == 1


async def test_a_thread_that_was_removed_is_opened_anew(asked: Community, bot: WaymarkBot, clock: Clock) -> None:
    close_direct_messages(asked, asked.newcomer)
    await until_due(asked, bot, clock, asked.newcomer)
    gone = bot.get_channel(asked.channel.threads[0].id)
    assert isinstance(gone, discord.Thread)
    await gone.delete()
    await asked.env.advance_time(1)
    await until_due(asked, bot, clock, asked.newcomer)
    (thread,) = asked.channel.threads
    assert thread.id != gone.id
    assert (await set_for(bot, asked.newcomer)).thread == thread.id


async def test_the_rounds_begin_with_the_bot_and_end_with_their_group(community: Community, bot: WaymarkBot) -> None:
    group = bot.get_cog("CheckInRounds")
    assert isinstance(group, CheckInRounds)
    assert group.go_round.is_running()
    await bot.remove_cog("CheckInRounds")
    await community.env.advance_time(1)
    assert not group.go_round.is_running()
