"""The forms of a path once they are sent: a date that cannot be read, answers that change, notes."""

import datetime as dt
from pathlib import Path

import pytest
from simcord.results import ResponseMessage

from bot.coaching.progress import NOTE_LIMIT, NOTES_LIMIT
from bot.front.client import WaymarkBot
from bot.settings import Settings
from tests.front.conftest import Community
from tests.front.filling import filled_in
from tests.front.reading import answered, custom_ids, menus, option, seen
from tests.front.walking import ANSWERS, bakers_folder, begin, card, path_of, pick, start

HOSTILE = "@everyone <@1> **loud** [a](https://x.org) `code` \N{RIGHT-TO-LEFT OVERRIDE}||x||"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = bakers_folder(tmp_path)
    return Settings(_env_file=None, waymark_knowledge=folder, waymark_data=tmp_path / "data", waymark_encoder="off")


async def note(community: Community, message: ResponseMessage, text: str) -> ResponseMessage:
    """The card, or the refusal, after a note of the newcomer."""
    shown = await community.newcomer.click(message, label="Add a note")
    return answered(await community.newcomer.submit_modal(shown, {"note": text}))


@pytest.mark.parametrize("typed", ["soon", "2001", "31.02.2030", "**June**"])
async def test_a_date_that_cannot_be_used_is_told_and_holds_nothing_up(
    community: Community, bot: WaymarkBot, typed: str
) -> None:
    message = await begin(community.newcomer, community, target=typed)
    assert "**Your date is not in your path yet.**" in seen(message).text
    assert "1. Go to baking school" in seen(message).text
    assert (await path_of(bot, community.newcomer)).progress.situation.target is None


async def test_the_form_opens_again_with_all_that_was_typed(community: Community) -> None:
    message = await begin(community.newcomer, community, target="in a while")
    shown = await community.newcomer.click(message, label="Open the form again")
    assert filled_in(shown) == {"region": "Ohio", "target": "in a while"}
    assert shown.modal is not None
    rows = [row["component"] for row in shown.modal["components"]]
    chosen = [one["label"] for row in rows for one in row.get("options", []) if one.get("default")]
    assert chosen == ["From scratch", "Full-time", "8 to 15 hours a week"]


async def test_a_date_mended_in_the_form_is_in_the_path(community: Community, bot: WaymarkBot) -> None:
    message = await begin(community.newcomer, community, target="in a while")
    shown = await community.newcomer.click(message, label="Open the form again")
    await community.newcomer.submit_modal(shown, {**ANSWERS, "target": "June 2035"})
    assert "**Your date:** June 2035 leaves you room" in seen(message).text
    assert "Open the form again" not in seen(message).buttons
    assert (await path_of(bot, community.newcomer)).progress.situation.target == dt.date(2035, 6, 30)


async def test_a_bad_date_in_changed_answers_keeps_the_one_before(community: Community, bot: WaymarkBot) -> None:
    message = await begin(community.newcomer, community, target="2035")
    shown = await community.newcomer.click(message, label="Change my answers")
    assert filled_in(shown)["target"] == "2035-12-31"
    await community.newcomer.submit_modal(shown, {**ANSWERS, "region": "Iowa", "target": "later"})
    situation = (await path_of(bot, community.newcomer)).progress.situation
    assert (situation.region, situation.target) == ("Iowa", dt.date(2035, 12, 31))


async def change(community: Community, message: ResponseMessage, **answers: str | list[str]) -> None:
    shown = await community.newcomer.click(message, label="Change my answers")
    await community.newcomer.submit_modal(shown, {**ANSWERS, **answers})


async def test_changed_answers_plan_anew_and_keep_what_was_done(community: Community, bot: WaymarkBot) -> None:
    message = await start(community.newcomer, community)
    await community.newcomer.click(message, label="Next")
    await pick(community.newcomer, message, "Send in the papers")
    await change(community, message, start="cook")
    text = seen(message).text
    assert "Your path is planned anew. What you ticked and noted is kept." in text
    assert "I am a cook · full-time" in text
    assert "1. Tell the guild" in text
    assert (await path_of(bot, community.newcomer)).progress.record("guild").ticks == ("papers",)


async def test_changed_answers_can_be_undone(community: Community, bot: WaymarkBot) -> None:
    message = await begin(community.newcomer, community)
    await change(community, message, start="cook")
    await community.newcomer.click(message, label="Undo")
    assert "### Step 1 of 3: Go to baking school" in seen(message).text
    assert (await path_of(bot, community.newcomer)).progress.situation.starting_point == "fresh"


async def test_the_same_answers_change_nothing(community: Community, bot: WaymarkBot) -> None:
    message = await begin(community.newcomer, community)
    before = (await path_of(bot, community.newcomer)).progress
    await change(community, message)
    assert "Your answers are as they were" in seen(message).text
    assert "Undo" not in seen(message).buttons
    assert (await path_of(bot, community.newcomer)).progress == before


async def test_a_hostile_place_stays_text(community: Community) -> None:
    message = await begin(community.newcomer, community, region=HOSTILE)
    for text in (seen(message).text, seen(await card(community.newcomer, community)).text):
        assert "\\*\\*loud\\*\\*" in text
        assert "<@1>" not in text.replace("\\<", "")
        assert "@everyone" not in text
        assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in text


async def test_a_hostile_date_stays_text_and_fits_a_button(community: Community) -> None:
    typed = "[a](b) @everyone **x** 🥐🥐🥐"
    message = await begin(community.newcomer, community, target=typed)
    assert "@everyone" not in seen(message).text
    assert max(map(len, custom_ids(message))) <= 100
    shown = await community.newcomer.click(message, label="Open the form again")
    assert filled_in(shown)["target"] == typed


async def test_a_note_stands_on_its_step(community: Community, bot: WaymarkBot) -> None:
    message = await note(community, await start(community.newcomer, community), "Ask Ann")
    assert "**Your notes**\n- Ask Ann" in seen(message).text
    assert "### Step 1 of 3" in seen(message).text
    assert (await path_of(bot, community.newcomer)).progress.record("school").notes == ("Ask Ann",)


async def test_a_hostile_note_stays_text(community: Community) -> None:
    message = await note(community, await start(community.newcomer, community), HOSTILE)
    text = seen(message).text
    assert "\\*\\*loud\\*\\*" in text
    assert "@everyone" not in text
    assert [one["label"] for one in menus(message)[-1]] == [" ".join(HOSTILE.split())]


async def test_a_note_can_be_removed_and_brought_back(community: Community) -> None:
    message = await start(community.newcomer, community)
    for text in ("Ask Ann", "Ask Ben"):
        message = await note(community, message, text)
    await pick(community.newcomer, message, "Ask Ann")
    assert "The note is removed." in seen(message).text
    assert "- Ask Ann" not in seen(message).text
    await community.newcomer.click(message, label="Undo")
    assert "- Ask Ann\n- Ask Ben" in seen(message).text


async def test_removing_a_note_twice_removes_one(community: Community, bot: WaymarkBot) -> None:
    message = await start(community.newcomer, community)
    for text in ("Ask Ann", "Ask Ben"):
        message = await note(community, message, text)
    other = await card(community.newcomer, community)
    custom_id, value = option(message, "Ask Ann")
    for copy in (message, other):
        await community.newcomer.select(copy, [value], custom_id=custom_id)
    assert (await path_of(bot, community.newcomer)).progress.record("school").notes == ("Ask Ben",)
    assert "Undo" in seen(other).buttons


async def test_when_there_is_no_room_for_notes_none_can_be_added(community: Community) -> None:
    message = await start(community.newcomer, community)
    for number in range(NOTES_LIMIT - 1):
        message = await note(community, message, f"Note {number}")
    old = await card(community.newcomer, community)
    await note(community, message, "The last")
    refused = await note(community, old, "One *more*")
    assert "This step has 5 notes already" in seen(refused).text
    assert "Your note: One \\*more\\*" in seen(refused).text


async def test_the_longest_notes_fit_a_card(community: Community) -> None:
    message = await start(community.newcomer, community)
    for letter in "abcde":
        message = await note(community, message, (letter + "*") * (NOTE_LIMIT // 2))
    assert len(seen(message).text) <= 4_000
    assert disabled_add(message)


def disabled_add(message: ResponseMessage) -> bool:
    rows = [row for row in message.components[0]["components"] if row["type"] == 1]
    return any(one.get("disabled") for row in rows for one in row["components"] if one.get("label") == "Add a note")


async def test_a_note_from_an_old_card_is_saved_at_its_step(community: Community, bot: WaymarkBot) -> None:
    old = await start(community.newcomer, community)
    newer = await card(community.newcomer, community)
    await community.newcomer.click(newer, label="Done")
    message = await note(community, old, "Ask Ann")
    assert "Your note stands at step 1, “Go to baking school”." in seen(message).text
    assert (await path_of(bot, community.newcomer)).progress.record("school").notes == ("Ask Ann",)


async def test_a_note_form_outlives_a_restart(community: Community, next_bot: WaymarkBot) -> None:
    message = await start(community.newcomer, community)
    shown = await community.newcomer.click(message, label="Add a note")
    await community.env.restart_bot(next_bot)
    await community.newcomer.submit_modal(shown, {"note": "Ask Ann"})
    assert (await path_of(next_bot, community.newcomer)).progress.record("school").notes == ("Ask Ann",)
