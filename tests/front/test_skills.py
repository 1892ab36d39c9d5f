"""`/skills`: the target, the forms, what the ratings come to, and saving them only when the member says so."""

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simcord.results import ResponseMessage

from bot.coaching.skills import Ratings
from bot.errors import WaymarkError
from bot.front.carried import CODE, Carried, carried_in, checked_guides
from bot.front.checks import PageButton, TargetMenu, rating_view, skills_view
from bot.front.client import WaymarkBot
from bot.front.readiness_form import AnswerButton, ReadinessForm
from bot.front.saved_results import CompareButton, SaveButton, saved_skills
from bot.front.skills_form import RateButton, SkillsForm
from bot.front.skills_result import changed_text
from bot.knowledge.loading import load_knowledge
from bot.settings import Settings
from tests.front.checking import SHIPPED, SKILLS, assert_fits, change_checks, checking_folder, rate, rated, run
from tests.front.conftest import Community
from tests.front.reading import answered, custom_ids, menus, seen
from tests.front.walking import pick, start

SHIPPED_KNOWLEDGE = load_knowledge(SHIPPED)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = checking_folder(tmp_path)
    return Settings(_env_file=None, waymark_knowledge=folder, waymark_data=tmp_path / "data", waymark_encoder="off")


async def test_the_target_level_is_asked_for_first_and_privately(community: Community) -> None:
    message = await run(community.newcomer, community, "skills")
    assert message.ephemeral
    assert seen(message).options == ("Helper", "Baker")
    assert "Nothing of this is saved" in seen(message).text


async def test_after_the_target_it_says_which_form_comes_next(community: Community) -> None:
    message = await run(community.newcomer, community, "skills")
    await pick(community.newcomer, message, "Baker")
    text = seen(message).text
    assert "☐ With your hands\n☐ With your head\n**Form 1 of 2 comes next: With your hands.**" in text
    assert seen(message).buttons == ("Rate: With your hands", "Rate: With your head", "Change target")


async def test_the_form_has_a_group_of_checkboxes_for_each_rating_above_none(community: Community) -> None:
    message = await run(community.newcomer, community, "skills")
    await pick(community.newcomer, message, "Baker")
    shown = await community.newcomer.click(message, label="Rate: With your hands")
    assert shown.modal is not None
    assert shown.modal["title"] == "With your hands"
    assert [(row["label"], row["description"]) for row in shown.modal["components"]] == [
        ("Basic", "With help"),
        ("Solid", "On my own"),
        ("Leading", "I teach it"),
    ]


async def test_after_the_first_form_the_second_comes_next(community: Community) -> None:
    message = await run(community.newcomer, community, "skills")
    await pick(community.newcomer, message, "Baker")
    await rate(community.newcomer, message, "Rate: With your hands", basic=("dough",))
    assert "✓ With your hands\n☐ With your head\n**Form 2 of 2 comes next: With your head.**" in seen(message).text
    assert "Show the result" in seen(message).buttons


async def test_after_the_last_form_comes_the_result(community: Community) -> None:
    message = await rated(community.newcomer, community)
    text = seen(message).text
    assert text.startswith("### Your skills and the Baker\n**Nearest today:** Helper")
    assert "**To Baker:** `■■■■□□□□□□` 3 of 7 points, 1 of 3 skills in full." in text
    assert "**1. Dough.** No dough and no bread. Baker asks for “Leading”, you said “Basic”." in text
    assert "**2. Rising early.**" in text
    assert "**Strengths:** Oven" in text
    assert "is our own reading of it" in text


async def test_each_gap_has_a_button_to_its_entry_and_one_to_its_step(community: Community) -> None:
    message = await rated(community.newcomer, community)
    assert seen(message).buttons[:4] == (
        "How long does the apprenticeship take?",
        "Step: Go to baking school",
        "Do bakers work at night?",
        "Step: Work at night",
    )


async def test_the_entry_of_a_gap_opens_below(community: Community) -> None:
    message = await rated(community.newcomer, community)
    opened = await community.newcomer.click(message, label="Do bakers work at night?")
    assert "Most start at three in the morning." in seen(answered(opened)).text
    assert answered(opened).ephemeral


async def test_the_step_of_a_gap_opens_the_form_of_the_path_for_who_has_none(community: Community) -> None:
    message = await rated(community.newcomer, community)
    shown = await community.newcomer.click(message, label="Step: Work at night")
    assert shown.modal is not None
    assert shown.modal["title"] == "Your path"


async def test_the_step_of_a_gap_opens_on_the_path_that_was_begun(community: Community) -> None:
    await start(community.newcomer, community)
    message = await rated(community.newcomer, community)
    opened = await community.newcomer.click(message, label="Step: Work at night")
    assert "### Step 3 of 3: Work at night" in seen(answered(opened)).text


async def test_a_step_that_is_not_on_ones_path_is_told(community: Community) -> None:
    await start(community.newcomer, community, start="cook")
    message = await rated(community.newcomer, community)
    told = await community.newcomer.click(message, label="Step: Go to baking school")
    assert "That step is not on your path" in seen(answered(told)).text


async def test_skills_that_were_not_rated_are_named_and_not_counted(community: Community) -> None:
    message = await run(community.newcomer, community, "skills")
    await pick(community.newcomer, message, "Baker")
    await rate(community.newcomer, message, "Rate: With your hands", leading=("dough", "oven"))
    await community.newcomer.click(message, label="Show the result")
    text = seen(message).text
    assert "**No gap:** nothing that you rated falls short of what Baker asks for." in text
    assert "**Not rated, so not counted:** Rising early" in text
    assert "5 of 5 points" in text


async def test_nothing_is_saved_before_the_member_says_so(community: Community, bot: WaymarkBot) -> None:
    await rated(community.newcomer, community)
    assert await saved_skills(bot, community.newcomer.id, "baker") == []


async def test_saving_tells_what_is_saved_and_how_it_goes_again(community: Community, bot: WaymarkBot) -> None:
    message = await rated(community.newcomer, community)
    told = answered(await community.newcomer.click(message, label="Save this"))
    assert "**Saved**, for you alone: how you rated each skill, the level and the time." in seen(told).text
    assert "/privacy forget" in seen(told).text
    [saved] = await saved_skills(bot, community.newcomer.id, "baker")
    assert saved.values.level == "baker"
    assert saved.values.ratings == Ratings({"dough": 1, "oven": 2, "night": 0})


async def test_a_double_click_saves_once(community: Community, bot: WaymarkBot) -> None:
    message = await rated(community.newcomer, community)
    await community.newcomer.click(message, label="Save this")
    await community.newcomer.click(message, label="Save this")
    assert len(await saved_skills(bot, community.newcomer.id, "baker")) == 1


async def test_what_was_saved_can_be_forgotten_at_once(community: Community, bot: WaymarkBot) -> None:
    message = await rated(community.newcomer, community)
    told = answered(await community.newcomer.click(message, label="Save this"))
    forget = next(custom_id for custom_id in custom_ids(told) if custom_id.startswith("wm:check-forget"))
    await community.newcomer.click(told, custom_id=forget)
    assert "**Forgotten.**" in seen(told).text
    assert await saved_skills(bot, community.newcomer.id, "baker") == []


async def test_saved_ratings_are_gone_on_from(community: Community) -> None:
    message = await rated(community.newcomer, community)
    await community.newcomer.click(message, label="Save this")
    again = await run(community.newcomer, community, "skills")
    assert "You saved your ratings on" in seen(again).text
    await community.newcomer.click(again, label="Go on from my last ratings")
    assert "3 of 7 points" in seen(again).text


async def test_others_do_not_see_what_was_saved(community: Community) -> None:
    message = await rated(community.newcomer, community)
    await community.newcomer.click(message, label="Save this")
    assert "You saved" not in seen(await run(community.other, community, "skills")).text


async def test_last_time_is_compared_with_skill_by_skill(community: Community) -> None:
    message = await rated(community.newcomer, community)
    assert "Compare with last time" not in seen(message).buttons
    await community.newcomer.click(message, label="Save this")
    again = await run(community.newcomer, community, "skills")
    await community.newcomer.click(again, label="Go on from my last ratings")
    await rate_otherwise(community, again)
    compared = answered(await community.newcomer.click(again, label="Compare with last time"))
    text = seen(compared).text
    assert "**For Baker:** 3 of 7 points then, 4 of 7 points now." in text
    assert "**Better**\n- Dough: Basic → Leading\n**Lower**\n- Oven: Solid → Basic" in text


async def test_the_first_that_is_saved_has_no_last_time(community: Community) -> None:
    message = await rated(community.newcomer, community)
    told = answered(await community.newcomer.click(message, label="Save this"))
    assert seen(told).buttons == ("Forget it",)
    await rate_otherwise(community, message)
    told = answered(await community.newcomer.click(message, label="Save this"))
    assert seen(told).buttons == ("Compare with last time", "Forget it")


async def rate_otherwise(community: Community, message: ResponseMessage) -> None:
    """Changes a rating of what is shown."""
    await community.newcomer.click(message, label="Change my ratings")
    await rate(community.newcomer, message, "Change: With your hands", leading=("dough",), basic=("oven",))


async def test_one_of_the_saved_can_be_forgotten_where_they_are_compared(community: Community, bot: WaymarkBot) -> None:
    message = await rated(community.newcomer, community)
    await community.newcomer.click(message, label="Save this")
    again = await run(community.newcomer, community, "skills")
    await community.newcomer.click(again, label="Go on from my last ratings")
    compared = answered(await community.newcomer.click(again, label="Compare with last time"))
    assert "All ratings are as they were." in seen(compared).text
    [[offered]] = menus(compared)
    await community.newcomer.select(compared, [offered["value"]], custom_id="wm:check-forget-one")
    assert await saved_skills(bot, community.newcomer.id, "baker") == []


def test_a_nearest_level_that_has_changed_is_told() -> None:
    checked = checked_guides(SHIPPED_KNOWLEDGE)[0]
    needs = {skill.id: skill.needs for skill in checked.skills.skills}
    now = Carried(
        checked, checked.ladder.levels[1], Ratings({name: need["specialist"] for name, need in needs.items()})
    )
    text = changed_text(now, Ratings({name: need["assistant"] for name, need in needs.items()}))
    assert "**Nearest:** Library Media Assistant then, Library Media Specialist now." in text


async def test_another_target_keeps_the_ratings(community: Community) -> None:
    message = await rated(community.newcomer, community)
    await community.newcomer.click(message, label="Change target")
    await pick(community.newcomer, message, "Helper")
    assert "### Your skills and the Helper" in seen(message).text
    assert "**To Helper:** `■■■■■□□□□□` 1 of 2 points" in seen(message).text


async def test_a_form_opens_as_it_was_ticked(community: Community) -> None:
    message = await rated(community.newcomer, community)
    await community.newcomer.click(message, label="Change my ratings")
    shown = await community.newcomer.click(message, label="Change: With your hands")
    assert shown.modal is not None
    basic, solid, _ = (row["component"]["options"] for row in shown.modal["components"])
    assert [bool(option.get("default")) for option in (*basic, *solid)] == [True, False, False, True]


async def test_ratings_survive_a_restart_between_the_forms(community: Community, next_bot: WaymarkBot) -> None:
    message = await run(community.newcomer, community, "skills")
    await pick(community.newcomer, message, "Baker")
    await rate(community.newcomer, message, "Rate: With your hands", basic=("dough",), solid=("oven",))
    await community.env.restart_bot(next_bot)
    await rate(community.newcomer, message, "Rate: With your head")
    assert "3 of 7 points" in seen(message).text


async def test_it_works_in_a_direct_message(community: Community) -> None:
    alone = community.env.create_user("alone")
    message = await rated(alone, community)
    assert "### Your skills and the Baker" in seen(message).text


async def test_old_buttons_are_told_kindly_when_other_skills_are_asked_for(
    community: Community, bot: WaymarkBot, settings: Settings
) -> None:
    message = await rated(community.newcomer, community)
    assert settings.waymark_knowledge is not None
    change_checks(bot, settings.waymark_knowledge, skills=SKILLS.replace("id: oven,", "id: stove,"))
    told = answered(await community.newcomer.click(message, label="Save this"))
    assert "The guide asks for other skills or answers since that message" in seen(told).text
    assert told.ephemeral


async def test_saved_ratings_that_cannot_be_read_hold_nothing_up(community: Community, bot: WaymarkBot) -> None:
    await bot.store.results.save(community.newcomer.id, "baker", "skills", {"level": "baker", "ratings": {"dough": 9}})
    assert seen(await run(community.newcomer, community, "skills")).options == ("Helper", "Baker")


def test_a_code_holds_level_ratings_and_answers() -> None:
    checked = checked_guides(SHIPPED_KNOWLEDGE)[0]
    parts = checked.skills.readiness.parts
    carried = Carried(
        checked,
        checked.ladder.levels[3],
        Ratings({skill.id: at % 4 for at, skill in enumerate(checked.skills.skills) if at % 5}),
        {parts[0].id: frozenset({parts[0].choices[2].id}), parts[2].id: frozenset()},
    )
    read = carried_in(SHIPPED_KNOWLEDGE, carried.code)
    assert (read.level, read.ratings, read.answers) == (carried.level, carried.ratings, carried.answers)


@given(st.data())
def test_a_code_holds_any_ratings_and_answers(data: st.DataObject) -> None:
    checked = checked_guides(SHIPPED_KNOWLEDGE)[0]
    ratings = data.draw(st.fixed_dictionaries({}, optional={s.id: st.integers(0, 3) for s in checked.skills.skills}))
    parts = {part.id: [choice.id for choice in part.choices] for part in checked.skills.readiness.parts}
    answers = data.draw(
        st.fixed_dictionaries({}, optional={part: st.frozensets(st.sampled_from(ids)) for part, ids in parts.items()})
    )
    carried = Carried(checked, data.draw(st.sampled_from(checked.ladder.levels)), Ratings(ratings), answers)
    assert re.fullmatch(CODE, carried.code)
    assert carried_in(SHIPPED_KNOWLEDGE, carried.code) == carried


def test_a_code_with_a_level_that_there_is_not_is_refused() -> None:
    checked = checked_guides(SHIPPED_KNOWLEDGE)[0]
    guide, stamp, _, ratings, answers = Carried(checked, checked.ladder.levels[0]).code.split(":")
    with pytest.raises(WaymarkError, match="begin again"):
        carried_in(SHIPPED_KNOWLEDGE, f"{guide}:{stamp}:9:{ratings}:{answers}")


def test_every_kind_of_button_has_room_for_the_longest_code() -> None:
    longest = f"{'f' * 8}:{'f' * 6}:9:{'f' * 40}:{'f' * 16}"
    items = (
        RateButton("skills", "10", longest), SaveButton("readiness", longest), CompareButton(longest),
        PageButton("rate-skills", longest), AnswerButton(longest), TargetMenu(longest),
    )  # fmt: skip
    ids = [str(item.item.custom_id) for item in items]
    ids += [SkillsForm("skills", "10", longest).custom_id, ReadinessForm(longest).custom_id]
    assert max(map(len, ids)) <= 100


def test_every_result_of_the_shipped_guide_fits_a_message() -> None:
    for checked in checked_guides(SHIPPED_KNOWLEDGE):
        for level, rating in itertools.product(checked.ladder.levels, range(4)):
            carried = Carried(checked, level, Ratings({skill.id: rating for skill in checked.skills.skills}))
            assert_fits(skills_view(carried, "</become:1234567890123456789>", has_saved=True))
            assert_fits(rating_view(carried, "skills"))


def test_every_form_of_the_shipped_guide_fits_a_form() -> None:
    for checked in checked_guides(SHIPPED_KNOWLEDGE):
        carried = Carried(checked, checked.ladder.levels[-1], Ratings({s.id: 3 for s in checked.skills.skills}))
        for at in range(len(checked.skills.groups)):
            form = SkillsForm("skills", str(at), carried.code).showing(carried)
            assert len(form.custom_id) <= 100
            assert len(form.title) <= 45
            assert len(form.children) <= 5
