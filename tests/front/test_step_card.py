"""The card of a step: what it shows, and that no click loses or doubles anything."""

from pathlib import Path

import pytest
from simcord.results import ResponseMessage

from bot.coaching.progress import StepState
from bot.front.client import WaymarkBot
from bot.settings import Settings
from tests.front.conftest import Community
from tests.front.reading import answered, custom_ids, menus, seen
from tests.front.walking import bakers_folder, card, path_of, pick, start


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = bakers_folder(tmp_path)
    return Settings(_env_file=None, waymark_knowledge=folder, waymark_data=tmp_path / "data", waymark_encoder="off")


@pytest.fixture
async def shown(community: Community) -> ResponseMessage:
    """The newcomer's first card."""
    return await start(community.newcomer, community)


async def click(community: Community, message: ResponseMessage, *labels: str) -> str:
    """What the card says after the newcomer has pressed these buttons."""
    for label in labels:
        await community.newcomer.click(message, label=label)
    return seen(message).text


def disabled(message: ResponseMessage) -> list[str]:
    """The buttons that cannot be pressed."""
    rows = [row for block in message.components for row in block["components"] if row["type"] == 1]
    return [one["label"] for row in rows for one in row["components"] if one.get("disabled")]


async def test_a_card_tells_all_about_its_step(shown: ResponseMessage) -> None:
    text = seen(shown).text
    assert "**Goal:** Finish the school." in text
    assert "**Do now**\n☐ Choose a school\n☐ Enroll" in text
    assert "**Why:** Nobody trusts you with an oven before." in text
    assert "**Time:** 1-2 years, ends " in text
    assert "**Cost:** $1k to $2k" in text
    assert "**Done when:** You have the diploma." in text
    assert "**Depends on where you live (Ohio):** Each town has its own school." in text
    assert "**Note:** The whole way takes 2-4 years." in text
    assert "-# Source: Bakers' union: Pay survey (as of 2024)" in text


async def test_a_card_marks_what_is_our_estimate(community: Community, shown: ResponseMessage) -> None:
    text = await click(community, shown, "Next")
    assert "**Cost:** $50 to $100 (our estimate)" in text
    assert "-# Our estimate of the cost: A fee and the stamps." in text


async def test_a_card_says_how_a_step_differs_from_where_one_starts(community: Community) -> None:
    message = await start(community.other, community, start="cook")
    assert "**For you:** Cooks are known there." in seen(message).text


async def test_a_card_has_the_buttons_of_its_step(shown: ResponseMessage) -> None:
    assert seen(shown).buttons == (
        "Done", "Skip", "Not for me", "Back", "Next", "Overview",
        "Ask about this step", "Add a note", "Change my answers", "Start over",
    )  # fmt: skip


async def test_what_makes_no_sense_cannot_be_pressed(community: Community, shown: ResponseMessage) -> None:
    assert disabled(shown) == ["Back"]
    await click(community, shown, "Next", "Next")
    assert disabled(shown) == ["Next"]
    await click(community, shown, "Back", "Back", "Done", "Back")
    assert disabled(shown) == ["Done", "Skip", "Not for me", "Back"]


async def test_done_goes_on_to_the_next_open_step(community: Community, shown: ResponseMessage) -> None:
    text = await click(community, shown, "Done")
    assert "### Step 2 of 3: Join the guild\n■□□ 1 of 3 done" in text
    assert "**Step 1, “Go to baking school”, is done.**" in text


async def test_a_double_click_ends_one_step(community: Community, shown: ResponseMessage, bot: WaymarkBot) -> None:
    done = custom_ids(shown)[1]
    assert "step:done" in done
    again = await card(community.newcomer, community)
    await community.newcomer.click(shown, custom_id=done)
    result = await community.newcomer.click(again, custom_id=done)
    for message in (shown, again):
        assert "### Step 2 of 3" in seen(message).text
        assert "**Step 1, “Go to baking school”, is done.**" in seen(message).text
        assert "Undo" in seen(message).buttons
    assert answered(result).id == again.id
    states = [record.state for record in (await path_of(bot, community.newcomer)).progress.steps.values()]
    assert states == [StepState.DONE, StepState.OPEN, StepState.OPEN]


async def test_done_on_an_old_card_moves_nothing_and_shows_where_one_stands(
    community: Community, shown: ResponseMessage
) -> None:
    newer = await card(community.newcomer, community)
    await click(community, newer, "Done", "Done")
    text = await click(community, shown, "Done")
    assert "### Step 3 of 3: Work at night\n■■□ 2 of 3 done" in text
    assert "Undo" not in seen(shown).buttons


async def test_next_on_an_old_card_shows_where_one_stands(community: Community, shown: ResponseMessage) -> None:
    newer = await card(community.newcomer, community)
    await click(community, newer, "Next", "Next")
    assert "### Step 3 of 3" in await click(community, shown, "Next")


async def test_skip_on_an_old_card_of_a_step_that_is_done_changes_nothing(
    community: Community, shown: ResponseMessage, bot: WaymarkBot
) -> None:
    newer = await card(community.newcomer, community)
    await click(community, newer, "Done")
    assert "is done already, so nothing was changed." in await click(community, shown, "Skip")
    assert (await path_of(bot, community.newcomer)).progress.record("school").state is StepState.DONE


@pytest.mark.parametrize(
    ("label", "told", "sentence"),
    [
        ("Skip", "is left for later.", "**You left this step for later.**"),
        ("Not for me", "does not count for you any more.", "**This step does not count for you.**"),
    ],
)
async def test_a_step_can_be_left_and_opened_again(
    community: Community, shown: ResponseMessage, label: str, told: str, sentence: str
) -> None:
    assert told in await click(community, shown, label)
    assert sentence in await click(community, shown, "Back")
    text = await click(community, shown, "Open again")
    assert "**Step 1, “Go to baking school”, is open again.**" in text
    assert "Open again" not in seen(shown).buttons


async def test_a_step_that_was_left_can_be_done(community: Community, shown: ResponseMessage) -> None:
    await click(community, shown, "Skip", "Back")
    assert "■□□ 1 of 3 done" in await click(community, shown, "Done")


@pytest.mark.parametrize("label", ["Done", "Skip", "Not for me"])
async def test_the_last_move_can_be_undone(
    community: Community, shown: ResponseMessage, bot: WaymarkBot, label: str
) -> None:
    before = (await path_of(bot, community.newcomer)).progress
    text = await click(community, shown, label, "Undo")
    assert "### Step 1 of 3: Go to baking school\n□□□ 0 of 3 done" in text
    assert "That is undone." in text
    after = (await path_of(bot, community.newcomer)).progress
    assert (after.steps, after.current) == (before.steps, before.current)


async def test_undo_after_another_move_undoes_nothing(
    community: Community, shown: ResponseMessage, bot: WaymarkBot
) -> None:
    await click(community, shown, "Done")
    newer = await card(community.newcomer, community)
    await click(community, newer, "Done")
    assert "Nothing was undone now" in await click(community, shown, "Undo")
    assert (await path_of(bot, community.newcomer)).progress.record("guild").state is StepState.DONE


async def test_all_done_is_told(community: Community, shown: ResponseMessage) -> None:
    text = await click(community, shown, "Done", "Done", "Done")
    assert "■■■ 3 of 3 done · 100%" in text
    assert "**You have finished your path: every step that counts for you is done.**" in text


async def test_what_was_left_for_later_is_told_when_nothing_else_is_left(
    community: Community, shown: ResponseMessage
) -> None:
    text = await click(community, shown, "Skip", "Done", "Done")
    assert "**Left for later:** 1. Go to baking school. Overview leads to it." in text


async def test_items_are_ticked_in_the_menu(community: Community, shown: ResponseMessage) -> None:
    await pick(community.newcomer, shown, "Enroll")
    text = seen(shown).text
    assert "**Do now**\n☐ Choose a school\n**Ticked**\n-# ✓ Enroll" in text
    assert [one["label"] for one in menus(shown)[0] if one.get("default")] == ["Enroll"]


async def test_ticks_can_be_taken_away(community: Community, shown: ResponseMessage, bot: WaymarkBot) -> None:
    await pick(community.newcomer, shown, "Choose a school", "Enroll")
    await pick(community.newcomer, shown, "Enroll")
    assert (await path_of(bot, community.newcomer)).progress.record("school").ticks == ("enroll",)
    await community.newcomer.select(shown, [], custom_id=custom_ids(shown)[0])
    assert (await path_of(bot, community.newcomer)).progress.record("school").ticks == ()


async def test_two_devices_lose_no_tick(community: Community, shown: ResponseMessage, bot: WaymarkBot) -> None:
    other = await card(community.newcomer, community)
    await pick(community.newcomer, shown, "Choose a school")
    await pick(community.newcomer, other, "Enroll")
    assert (await path_of(bot, community.newcomer)).progress.record("school").ticks == ("choose", "enroll")
    assert [one["label"] for one in menus(other)[0] if one.get("default")] == ["Choose a school", "Enroll"]


async def test_when_all_is_ticked_done_is_named(community: Community, shown: ResponseMessage) -> None:
    await pick(community.newcomer, shown, "Choose a school", "Enroll")
    assert "All is ticked. Is the step done? Then press **Done**." in seen(shown).text


async def test_ticks_on_an_old_card_are_saved_at_its_step(
    community: Community, shown: ResponseMessage, bot: WaymarkBot
) -> None:
    newer = await card(community.newcomer, community)
    await click(community, newer, "Next")
    await pick(community.newcomer, shown, "Enroll")
    assert "Your ticks at step 1, “Go to baking school”, are saved." in seen(shown).text
    assert "### Step 2 of 3" in seen(shown).text
    assert (await path_of(bot, community.newcomer)).progress.record("school").ticks == ("enroll",)


async def test_ticks_are_kept_over_a_restart_in_the_middle(
    community: Community, shown: ResponseMessage, next_bot: WaymarkBot
) -> None:
    await pick(community.newcomer, shown, "Choose a school")
    await community.env.restart_bot(next_bot)
    await pick(community.newcomer, shown, "Choose a school", "Enroll")
    assert (await path_of(next_bot, community.newcomer)).progress.record("school").ticks == ("choose", "enroll")


async def test_start_over_asks_first(community: Community, shown: ResponseMessage, bot: WaymarkBot) -> None:
    await click(community, shown, "Done")
    assert "### Start over?" in await click(community, shown, "Start over")
    assert "### Step 2 of 3" in await click(community, shown, "Keep my path")
    assert (await path_of(bot, community.newcomer)).progress.record("school").state is StepState.DONE


async def test_start_over_begins_again_and_can_be_undone(
    community: Community, shown: ResponseMessage, bot: WaymarkBot
) -> None:
    await pick(community.newcomer, shown, "Enroll")
    before = (await path_of(bot, community.newcomer)).progress
    text = await click(community, shown, "Start over", "Yes, start over")
    assert "### Step 1 of 3: Go to baking school\n□□□ 0 of 3 done · 0%\nYou are at the beginning again." in text
    await click(community, shown, "Undo")
    assert (await path_of(bot, community.newcomer)).progress.steps == before.steps


async def test_starting_over_twice_is_told_as_once_and_can_still_be_undone(
    community: Community, shown: ResponseMessage, bot: WaymarkBot
) -> None:
    await pick(community.newcomer, shown, "Enroll")
    twin = await card(community.newcomer, community)
    await click(community, shown, "Start over")
    await click(community, twin, "Start over")
    await click(community, shown, "Yes, start over")
    assert "You are at the beginning again." in await click(community, twin, "Yes, start over")
    await click(community, twin, "Undo")
    assert (await path_of(bot, community.newcomer)).progress.record("school").ticks == ("enroll",)


async def test_an_old_question_starts_nothing_over(
    community: Community, shown: ResponseMessage, bot: WaymarkBot
) -> None:
    await click(community, shown, "Start over")
    newer = await card(community.newcomer, community)
    await click(community, newer, "Done")
    text = await click(community, shown, "Yes, start over")
    assert "Your path has changed since I asked, so it was not started over." in text
    assert (await path_of(bot, community.newcomer)).progress.record("school").state is StepState.DONE


async def test_one_may_go_quickly_through_the_steps(community: Community, shown: ResponseMessage) -> None:
    text = await click(community, shown, *["Next", "Next", "Back", "Back"] * 4)
    assert "### Step 1 of 3" in text


async def test_buttons_of_a_path_that_was_deleted_say_so(
    community: Community, shown: ResponseMessage, bot: WaymarkBot
) -> None:
    await bot.store.member_paths.forget(community.newcomer.id)
    result = await community.newcomer.click(shown, label="Done")
    assert "You have not begun this path" in seen(answered(result)).text
