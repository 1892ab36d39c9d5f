"""`/become`: the form at first, the whole path after it, and the step one is at from then on."""

import datetime as dt
from pathlib import Path

import pytest
from simcord.results import InteractionResult

from bot.front.client import WaymarkBot
from bot.knowledge.loading import load_knowledge
from bot.matching.coach import Coach
from bot.settings import Settings
from tests.front.conftest import Community
from tests.front.reading import answered, menus, seen
from tests.front.walking import ANSWERS, bakers_folder, begin, card, open_form, path_of, pick, start
from tests.knowledge.paths import PATH, write_path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = bakers_folder(tmp_path)
    return Settings(_env_file=None, waymark_knowledge=folder, waymark_data=tmp_path / "data", waymark_encoder="off")


async def test_the_first_time_the_form_is_opened(community: Community) -> None:
    shown = await open_form(community.newcomer, community)
    assert shown.modal is not None
    assert [row["label"] for row in shown.modal["components"]] == [
        "Where do you start from?",
        "How do you want to study?",
        "How much time do you have?",
        "Your state or country",
        "By when do you want to be done?",
    ]


async def test_the_form_leads_to_the_whole_path_for_oneself_alone(community: Community) -> None:
    message = await begin(community.newcomer, community)
    assert message.ephemeral
    text = seen(message).text
    assert "### Becoming a baker\nThis is your path. It is saved, and only you see it" in text
    assert "From scratch · full-time · 8 to 15 hours a week · Ohio" in text
    assert [step in text for step in ("1. Go to baking school", "2. Join the guild", "3. Work at night")] == [True] * 3


async def test_the_path_leads_to_the_first_step(community: Community) -> None:
    message = await start(community.newcomer, community)
    assert seen(message).text.startswith("### Step 1 of 3: Go to baking school\n□□□ 0 of 3 done · 0%")


async def test_from_then_on_the_current_step_is_shown_at_once(community: Community) -> None:
    message = await start(community.newcomer, community)
    await community.newcomer.click(message, label="Next")
    again = await card(community.newcomer, community)
    assert again.ephemeral
    assert "### Step 2 of 3: Join the guild" in seen(again).text


async def test_the_same_path_stands_in_a_direct_message(community: Community) -> None:
    message = await start(community.newcomer, community)
    await community.newcomer.click(message, label="Done")
    assert "### Step 2 of 3: Join the guild" in seen(await card(community.newcomer.user, community)).text


async def test_a_path_can_be_begun_and_walked_in_a_direct_message(community: Community) -> None:
    alone = community.env.create_user("alone")
    message = await start(alone, community)
    await alone.click(message, label="Done")
    assert "### Step 2 of 3: Join the guild" in seen(message).text
    await alone.click(message, label="Overview")
    assert "### Becoming a baker" in seen(message).text


async def test_everybody_has_a_path_of_their_own(community: Community, bot: WaymarkBot) -> None:
    await start(community.newcomer, community)
    message = await start(community.other, community, start="cook")
    await community.other.click(message, label="Done")
    assert (await path_of(bot, community.newcomer)).progress.record("guild").done_on is None
    assert (await path_of(bot, community.other)).progress.record("guild").done_on is not None


async def test_a_form_that_was_opened_twice_loses_nothing(community: Community, bot: WaymarkBot) -> None:
    first, second = [await open_form(community.newcomer, community) for _ in range(2)]
    message = answered(await community.newcomer.submit_modal(first, ANSWERS))
    await community.newcomer.click(message, label="Start")
    await pick(community.newcomer, message, "Enroll")
    late = answered(await community.newcomer.submit_modal(second, {**ANSWERS, "region": "Texas"}))
    assert "Your path is planned anew. What you ticked and noted is kept." in seen(late).text
    path = await path_of(bot, community.newcomer)
    assert (path.progress.situation.region, path.progress.record("school").ticks) == ("Texas", ("enroll",))


async def test_a_form_that_was_opened_before_a_restart_begins_the_path(
    community: Community, next_bot: WaymarkBot
) -> None:
    shown = await open_form(community.newcomer, community)
    await community.env.restart_bot(next_bot)
    await community.newcomer.submit_modal(shown, ANSWERS)
    assert (await path_of(next_bot, community.newcomer)).progress.situation.region == "Ohio"


async def test_a_path_outlives_a_restart(community: Community, next_bot: WaymarkBot) -> None:
    message = await start(community.newcomer, community)
    await community.newcomer.click(message, label="Done")
    await community.env.restart_bot(next_bot)
    assert "### Step 2 of 3: Join the guild" in seen(await card(community.newcomer, community)).text
    await community.newcomer.click(message, label="Done")
    assert "### Step 3 of 3: Work at night" in seen(message).text


def relearn(bot: WaymarkBot, tmp_path: Path, path: str) -> None:
    """The guide's path as somebody has just changed it."""
    write_path(tmp_path / "knowledge", path)
    bot.coaches.base = Coach.knowing(load_knowledge(tmp_path / "knowledge"))


async def test_a_step_that_was_changed_is_told_once_and_its_ticks_are_kept(
    community: Community, bot: WaymarkBot, tmp_path: Path
) -> None:
    message = await start(community.newcomer, community)
    await pick(community.newcomer, message, "Enroll")
    relearn(bot, tmp_path, PATH.replace("Finish the school.", "Finish the school well."))
    text = seen(await card(community.newcomer, community)).text
    assert "“Go to baking school” has changed since you were here. What you ticked is kept." in text
    assert "✓ Enroll" in text
    assert "has changed" not in seen(await card(community.newcomer, community)).text


async def test_a_step_that_is_new_or_gone_is_told(community: Community, bot: WaymarkBot, tmp_path: Path) -> None:
    await start(community.newcomer, community)
    relearn(bot, tmp_path, PATH.replace("- id: night", "- id: dawn").replace("Work at night", "Work at dawn"))
    text = seen(await card(community.newcomer, community)).text
    assert "“Work at dawn” is new on your path." in text
    assert "“Work at night” is no longer on your path. What you ticked and noted there is kept." in text


async def test_a_button_of_a_card_tells_what_has_changed_meanwhile(
    community: Community, bot: WaymarkBot, tmp_path: Path
) -> None:
    message = await start(community.newcomer, community)
    relearn(bot, tmp_path, PATH.replace("Be a member.", "Be a good member."))
    await community.newcomer.click(message, label="Done")
    text = seen(message).text
    assert "### Step 2 of 3: Join the guild" in text
    assert "“Join the guild” has changed since you were here." in text


async def test_a_button_of_a_step_that_is_gone_shows_where_one_stands(
    community: Community, bot: WaymarkBot, tmp_path: Path
) -> None:
    message = await start(community.newcomer, community)
    relearn(bot, tmp_path, PATH.replace("- id: school", "- id: academy").replace("during: school", "during: academy"))
    await community.newcomer.click(message, label="Done")
    text = seen(message).text
    assert "That step is not on your path any more, so nothing was changed." in text
    assert "Step 1 of 3" in text


async def test_a_guide_that_lost_its_path_says_so_and_keeps_all(
    community: Community, bot: WaymarkBot, tmp_path: Path
) -> None:
    message = await start(community.newcomer, community)
    (tmp_path / "knowledge" / "baker" / "path.yaml").unlink()
    bot.coaches.base = Coach.knowing(load_knowledge(tmp_path / "knowledge"))
    result = await community.newcomer.click(message, label="Done")
    assert "What you saved is kept" in seen(result.followups[0] if result.followups else result.response).text
    none = await open_form(community.newcomer, community)
    assert "There is no path here yet" in seen(none.response).text
    assert community.env.errors


async def test_what_cannot_be_read_any_more_is_told_and_replaced_only_by_the_form(
    community: Community, bot: WaymarkBot
) -> None:
    await bot.store.member_paths.begin(community.newcomer.id, "baker", {"nothing": "known"})
    message = await card(community.newcomer, community)
    assert "written in a way that I cannot read" in seen(message).text
    shown = await community.newcomer.click(message, label="Begin anew")
    stored = await bot.store.member_paths.get(community.newcomer.id, "baker")
    assert stored is not None
    assert stored.state == {"nothing": "known"}
    await community.newcomer.submit_modal(shown, ANSWERS)
    assert (await path_of(bot, community.newcomer)).progress.situation.region == "Ohio"


SECOND = """\
guide: miller
title: Miller
summary: A miller makes flour.
themes: {mill: Milling}
sources:
  survey: {title: Pay survey, publisher: Millers' union, as_of: 2024}
"""


def second_guide(tmp_path: Path, bot: WaymarkBot) -> None:
    """Another guide with a path beside the bakers'."""
    folder = tmp_path / "knowledge"
    (folder / "miller" / "entries").mkdir(parents=True)
    (folder / "miller" / "guide.yaml").write_text(SECOND, encoding="utf-8")
    entry = "- {id: flour, theme: mill, question: What is flour?, answer: Corn., sources: [survey]}"
    (folder / "miller" / "entries" / "mill.yaml").write_text(f"entries:\n{entry}\n", encoding="utf-8")
    path = PATH.replace("baker", "miller").replace("entries: [median-pay]", "entries: [flour]")
    (folder / "miller" / "path.yaml").write_text(path, encoding="utf-8")
    bot.coaches.base = Coach.knowing(load_knowledge(folder))


async def test_of_several_guides_one_picks_the_path_first(
    community: Community, bot: WaymarkBot, tmp_path: Path
) -> None:
    await start(community.newcomer, community)
    second_guide(tmp_path, bot)
    message = await card(community.newcomer, community)
    assert [(one["label"], one["description"]) for one in menus(message)[0]] == [
        ("Baker", "You are on the way"),
        ("Miller", "Not begun yet"),
    ]
    shown = await pick(community.newcomer, message, "Miller")
    begun = answered(await community.newcomer.submit_modal(shown, ANSWERS))
    assert "### Becoming a miller" in seen(begun).text
    again = await card(community.newcomer, community)
    await pick(community.newcomer, again, "Baker")
    assert "### Step 1 of 3: Go to baking school" in seen(again).text


async def test_each_guide_has_its_own_progress(community: Community, bot: WaymarkBot, tmp_path: Path) -> None:
    first = await start(community.newcomer, community)
    second_guide(tmp_path, bot)
    message = await card(community.newcomer, community)
    shown: InteractionResult = await pick(community.newcomer, message, "Miller")
    await community.newcomer.submit_modal(shown, ANSWERS)
    await community.newcomer.click(first, label="Done")
    stored = await bot.store.member_paths.of(community.newcomer.id)
    assert {path.guide: path.state["current"] for path in stored} == {"baker": "guild", "miller": "school"}


async def test_the_day_counts_from_when_the_path_was_begun(community: Community, bot: WaymarkBot) -> None:
    await begin(community.newcomer, community)
    assert (await path_of(bot, community.newcomer)).progress.situation.begun_on == dt.datetime.now(tz=dt.UTC).date()
