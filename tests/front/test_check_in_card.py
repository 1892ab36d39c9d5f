"""The buttons under a check-in: each does what it says, for its member, to its step, once."""

import datetime as dt
from pathlib import Path

import discord
import pytest
from simcord import UserHandle

from bot.coaching.progress import StepState
from bot.front.check_in_card import DoneButton, StuckButton
from bot.front.check_in_form import StopButton
from bot.front.client import WaymarkBot
from bot.settings import Settings
from bot.store.server_settings import ServerSettings
from tests.front.conftest import Community
from tests.front.looking_in import close_direct_messages, letters, opt_in, set_for, until_due
from tests.front.reading import answered, seen
from tests.front.walking import bakers_folder, card, path_of, start
from tests.store.clocks import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = bakers_folder(tmp_path)
    return Settings(_env_file=None, waymark_knowledge=folder, waymark_data=tmp_path / "data", waymark_encoder="off")


@pytest.fixture
async def message(community: Community, bot: WaymarkBot, clock: Clock) -> discord.Message:
    """A check-in of the newcomer at the first step."""
    await start(community.newcomer, community)
    await opt_in(community.newcomer, community)
    await until_due(community, bot, clock, community.newcomer)
    return letters(community.newcomer)[-1]


@pytest.fixture
def user(community: Community) -> UserHandle:
    return community.newcomer.user


def now(community: Community) -> discord.Message:
    """The check-in as it stands now."""
    return letters(community.newcomer)[-1]


async def test_done_ends_the_step_of_the_message(
    community: Community, bot: WaymarkBot, user: UserHandle, message: discord.Message
) -> None:
    await user.click(message, label="Done")
    text = seen(now(community)).text
    assert "**Step 1, “Go to baking school”, is done.** Well done!" in text
    assert "You are at step 2 of 3: Join the guild." in text
    assert seen(now(community)).buttons == ("Open my step", "Undo", "Stop")
    assert (await path_of(bot, community.newcomer)).progress.record("school").state is StepState.DONE


async def test_a_second_press_for_the_same_step_ends_it_once(
    community: Community, bot: WaymarkBot, clock: Clock, user: UserHandle, message: discord.Message
) -> None:
    await until_due(community, bot, clock, community.newcomer)
    await user.click(message, label="Done")
    await user.click(now(community), label="Done")
    progress = (await path_of(bot, community.newcomer)).progress
    assert [progress.record(step).state for step in ("school", "guild", "night")] == ["done", "open", "open"]


async def test_after_done_the_message_has_no_done_on_which_a_second_click_would_fall(
    community: Community, user: UserHandle, message: discord.Message
) -> None:
    await user.click(message, label="Done")
    assert "Done" not in seen(now(community)).buttons


async def test_done_of_an_old_message_ends_no_other_step(
    community: Community, bot: WaymarkBot, user: UserHandle, message: discord.Message
) -> None:
    await community.newcomer.click(await card(community.newcomer, community), label="Done")
    await user.click(message, label="Done")
    progress = (await path_of(bot, community.newcomer)).progress
    assert progress.record("guild").state is StepState.OPEN
    assert "is done" in seen(now(community)).text
    assert "Undo" not in seen(now(community)).buttons


async def test_undo_takes_it_back(
    community: Community, bot: WaymarkBot, user: UserHandle, message: discord.Message
) -> None:
    await user.click(message, label="Done")
    await user.click(now(community), label="Undo")
    assert (await path_of(bot, community.newcomer)).progress.record("school").state is StepState.OPEN


async def test_the_last_done_congratulates(community: Community, user: UserHandle, message: discord.Message) -> None:
    shown = await card(community.newcomer, community)
    await community.newcomer.click(shown, label="Next")
    await community.newcomer.click(shown, label="Done")
    await community.newcomer.click(shown, label="Done")
    await user.click(message, label="Done")
    assert "All of your path is done. Congratulations!" in seen(now(community)).text


async def test_snooze_puts_the_next_one_off_by_a_week_from_today(
    community: Community, bot: WaymarkBot, clock: Clock, user: UserHandle, message: discord.Message
) -> None:
    clock.forward(days=2)
    await user.click(message, label="Snooze")
    made = await set_for(bot, community.newcomer)
    assert made.next_at.date() == clock.now.date() + dt.timedelta(days=7)
    assert f"I look in again on <t:{int(made.next_at.timestamp())}:D>" in seen(now(community)).text


async def test_snooze_of_who_is_not_asked_any_more_offers_to_begin_again(
    community: Community, bot: WaymarkBot, user: UserHandle, message: discord.Message
) -> None:
    await bot.store.check_ins.stop(user.id, "baker")
    await user.click(message, label="Snooze")
    assert "there is nothing to snooze" in seen(now(community)).text
    assert seen(now(community)).buttons == ("Check in on me",)


async def test_stop_ends_them(
    community: Community, bot: WaymarkBot, user: UserHandle, message: discord.Message
) -> None:
    await user.click(message, label="Stop")
    assert "I do not ask you any more." in seen(now(community)).text
    assert await bot.store.check_ins.get(user.id, "baker") is None


async def test_stuck_offers_ways_on_below(community: Community, user: UserHandle, message: discord.Message) -> None:
    shown = answered(await user.click(message, label="Stuck"))
    text = seen(shown).text
    assert "### Stuck? That happens to everybody" in text
    assert "**Something smaller:**" in text
    assert "☐ Choose a school" in text
    assert seen(shown).buttons == ("Ask about this step", "Change my answers", "Open my step")
    assert {"Enroll", "What does a baker earn?"} <= set(seen(shown).options)
    assert seen(now(community)).buttons == ("Done", "Snooze", "Stuck", "Stop", "Open my step")


async def test_its_buttons_outlive_a_restart(
    community: Community, next_bot: WaymarkBot, user: UserHandle, message: discord.Message
) -> None:
    await community.env.restart_bot(next_bot)
    await user.click(message, label="Done")
    assert (await path_of(next_bot, community.newcomer)).progress.current == "guild"


# --- in a private thread, where moderators may read along ---


@pytest.fixture
async def in_thread(community: Community, bot: WaymarkBot, clock: Clock) -> discord.Message:
    """A check-in of the newcomer in a private thread."""
    await start(community.newcomer, community)
    close_direct_messages(community, community.newcomer)
    await opt_in(community.newcomer, community)
    await until_due(community, bot, clock, community.newcomer)
    return community.channel.threads[0].history()[-1]


@pytest.mark.parametrize("label", ["Done", "Snooze", "Stuck", "Stop"])
async def test_nobody_else_can_use_it(
    community: Community, bot: WaymarkBot, in_thread: discord.Message, label: str
) -> None:
    await start(community.moderator, community)
    before = await set_for(bot, community.newcomer)
    thread = bot.get_channel(in_thread.channel.id)
    assert isinstance(thread, discord.Thread)
    await thread.add_user(discord.Object(community.moderator.id))
    result = await community.moderator.click(in_thread, label=label)
    assert "This asks another member, so nothing was changed." in seen(answered(result)).text
    assert answered(result).ephemeral
    assert await set_for(bot, community.newcomer) == before
    assert (await path_of(bot, community.moderator)).progress.version == 1


async def test_stuck_offers_mentors_where_the_server_has_some(
    community: Community, bot: WaymarkBot, in_thread: discord.Message
) -> None:
    await bot.store.settings.put(community.guild.id, ServerSettings(mentors_channel=community.channel.id))
    shown = answered(await community.newcomer.click(in_thread, label="Stuck"))
    assert {"Ask a mentor", "Let a mentor see my path"} <= set(seen(shown).buttons)
    asked = await community.newcomer.click(shown, label="Ask a mentor")
    assert asked.modal is not None


def test_custom_ids_keep_discords_limit() -> None:
    step, member = "s" * 30, 2**64 - 1
    for button in (
        DoneButton("0" * 8, step, member),
        StuckButton("0" * 8, step, member),
        StopButton("0" * 8, member, "f" * 24),
    ):
        assert len(button.custom_id) <= 100
