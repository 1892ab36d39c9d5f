"""`/readiness`: its form, the total with all its parts, saving, and how it changed over time."""

import datetime as dt
import itertools
from pathlib import Path
from typing import Any

import pytest
from simcord.results import ResponseMessage

from bot.charts.progress import draw_course
from bot.coaching.skills import Ratings
from bot.front.carried import Carried, checked_guides
from bot.front.checks import ready_view
from bot.front.client import WaymarkBot
from bot.front.readiness_form import ReadinessForm
from bot.front.saved_results import Saved, course_of, saved_scores, score_of
from bot.knowledge.loading import load_knowledge
from bot.settings import Settings
from tests.front.checking import SHIPPED, SKILLS, assert_fits, change_checks, checking_folder, rate, rated, run
from tests.front.conftest import Community
from tests.front.reading import answered, menus, seen
from tests.front.walking import Who

SHIPPED_KNOWLEDGE = load_knowledge(SHIPPED)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = checking_folder(tmp_path)
    return Settings(_env_file=None, waymark_knowledge=folder, waymark_data=tmp_path / "data", waymark_encoder="off")


async def answer(who: Who, message: ResponseMessage, label: str = "Answer the questions", **values: Any) -> None:
    """Sends the form behind a button with these answers."""
    shown = await who.click(message, label=label)
    await who.submit_modal(shown, values)


async def result(who: Who, community: Community, **values: Any) -> ResponseMessage:
    """The result without skills."""
    message = await run(who, community, "readiness")
    await answer(who, message, **(values or {"papers": "begun", "work": ["stall"]}))
    return message


async def test_it_says_privately_what_is_asked_for_and_what_it_is_worth(community: Community) -> None:
    message = await run(community.newcomer, community, "readiness")
    assert message.ephemeral
    text = seen(message).text
    assert "in 3 parts: Skills, Papers, Work." in text
    assert "This is no verdict." in text
    assert seen(message).buttons == ("Answer the questions", "Rate my skills first")


async def test_the_form_asks_a_question_for_each_part(community: Community) -> None:
    message = await run(community.newcomer, community, "readiness")
    shown = await community.newcomer.click(message, label="Answer the questions")
    assert shown.modal is not None
    assert [row["label"] for row in shown.modal["components"]] == ["How far are your papers?", "What have you done?"]


async def test_the_total_is_shown_with_all_its_parts(community: Community) -> None:
    text = seen(await result(community.newcomer, community)).text
    assert "`■■■■□□□□□□` **36 of 100**, from the parts you answered, which count 50% of all.\nEach part" in text
    assert "`□□□□□□□□□□` **Skills** (50%): not answered" in text
    assert "`■■■■□□□□□□` **Papers** (30%): 40" in text
    assert "`■■■□□□□□□□` **Work** (20%): 30" in text


async def test_what_nothing_makes_up_for_is_said(community: Community) -> None:
    assert "**Papers:** Nobody bakes without papers." in seen(await result(community.newcomer, community)).text


async def test_what_would_move_it_most_comes_with_its_entry_and_its_step(community: Community) -> None:
    message = await result(community.newcomer, community)
    text = seen(message).text
    assert "**1. Finish them:** about 36 points more" in text
    assert "**2. Work in a bakery:** about 28 points more" in text
    assert seen(message).buttons[:4] == (
        "How long does the apprenticeship take?", "Step: Join the guild", "Do bakers work at night?",
        "Step: Work at night",
    )  # fmt: skip


async def test_the_note_of_the_form_goes_with_the_result(community: Community) -> None:
    assert "-# This is no verdict." in seen(await result(community.newcomer, community)).text


async def test_what_was_not_answered_is_named(community: Community) -> None:
    text = seen(await result(community.newcomer, community, work=["stall"])).text
    assert "**Not answered, so not counted:** Skills, Papers" in text


async def test_skills_can_be_rated_first(community: Community) -> None:
    message = await run(community.newcomer, community, "readiness")
    await community.newcomer.click(message, label="Rate my skills first")
    await rate(community.newcomer, message, "Rate: With your hands", leading=("dough",), solid=("oven",))
    await rate(community.newcomer, message, "Rate: With your head", solid=("night",))
    assert seen(message).buttons == ("Answer the questions", "Change my ratings")
    await answer(community.newcomer, message, papers="done", work=["stall", "bakery"])
    assert "**100 of 100**.\nEach part" in seen(message).text


async def test_skills_can_be_rated_after_it_and_the_answers_stay(community: Community) -> None:
    message = await result(community.newcomer, community)
    await community.newcomer.click(message, label="Rate my skills")
    await rate(community.newcomer, message, "Rate: With your hands", leading=("dough",), solid=("oven",))
    await rate(community.newcomer, message, "Rate: With your head", solid=("night",))
    assert "**Skills** (50%): 100" in seen(message).text
    assert "**Papers** (30%): 40" in seen(message).text


async def test_skills_may_be_left_out(community: Community) -> None:
    message = await run(community.newcomer, community, "readiness")
    await community.newcomer.click(message, label="Rate my skills first")
    await community.newcomer.click(message, label="Leave skills out")
    assert "Answer the questions" in seen(message).buttons


async def test_saved_ratings_are_taken_for_the_part_about_skills(community: Community) -> None:
    skills = await rated(community.newcomer, community)
    await community.newcomer.click(skills, label="Save this")
    message = await run(community.newcomer, community, "readiness")
    assert "I take your ratings of" in seen(message).text
    await answer(community.newcomer, message, papers="done")
    assert "**Skills** (50%): 43" in seen(message).text


async def test_ratings_just_entered_lead_on_to_readiness(community: Community) -> None:
    message = await rated(community.newcomer, community)
    await community.newcomer.click(message, label="How ready am I?")
    await answer(community.newcomer, message, papers="done")
    assert "**Skills** (50%): 43" in seen(message).text


async def test_the_form_opens_as_it_was_answered(community: Community) -> None:
    message = await result(community.newcomer, community)
    shown = await community.newcomer.click(message, label="Change my answers")
    assert shown.modal is not None
    papers, work = (row["component"]["options"] for row in shown.modal["components"])
    assert [option["value"] for option in (*papers, *work) if option.get("default")] == ["begun", "stall"]


async def test_answers_survive_a_restart(community: Community, next_bot: WaymarkBot) -> None:
    message = await result(community.newcomer, community)
    await community.env.restart_bot(next_bot)
    await answer(community.newcomer, message, "Change my answers", papers="done", work=["stall"])
    assert "**Papers** (30%): 100" in seen(message).text


async def test_only_save_this_saves_and_never_what_was_answered(community: Community, bot: WaymarkBot) -> None:
    message = await result(community.newcomer, community)
    assert await saved_scores(bot, community.newcomer.id, "baker") == []
    told = answered(await community.newcomer.click(message, label="Save this"))
    assert "the score of each part and the time, but not what you answered" in seen(told).text
    await community.newcomer.click(message, label="Save this")
    [saved] = await saved_scores(bot, community.newcomer.id, "baker")
    assert saved.values.total == 36
    [kept] = await bot.store.results.of(community.newcomer.id, "baker", "readiness")
    assert "begun" not in str(kept.values)


async def test_progress_is_told_as_picture_and_as_text(community: Community) -> None:
    message = await result(community.newcomer, community)
    await community.newcomer.click(message, label="Save this")
    await answer(community.newcomer, message, "Change my answers", papers="done", work=["stall"])
    await community.newcomer.click(message, label="Save this")
    again = await run(community.newcomer, community, "readiness")
    over_time = answered(await community.newcomer.click(again, label="Over time"))
    text = seen(over_time).text
    assert "36 of 100, from 2 of 3 parts" in text
    assert "72 of 100, from 2 of 3 parts" in text
    assert "+36 in all.\n- Papers: 40 → 100" in text
    [gallery] = [part for part in over_time.components[0]["components"] if part["type"] == 12]
    assert gallery["items"][0]["description"].startswith("Line chart. Readiness: Baker;")


async def test_scores_from_other_parts_are_not_in_the_line(community: Community, bot: WaymarkBot) -> None:
    message = await result(community.newcomer, community, work=["stall"])
    await community.newcomer.click(message, label="Save this")
    await answer(community.newcomer, message, "Change my answers", papers="done", work=["stall"])
    told = answered(await community.newcomer.click(message, label="Save this"))
    over_time = answered(await community.newcomer.click(told, label="Over time"))
    assert "(other parts than the last, so it is not in the line)" in seen(over_time).text
    assert "the totals cannot be compared, as other parts were answered." in seen(over_time).text
    saved = await saved_scores(bot, community.newcomer.id, "baker")
    course = course_of(checked_guides(bot.coaches.base.knowledge)[0], saved)
    assert [score for _, score in course.points] == [72.0]


async def test_a_saved_score_can_be_forgotten(community: Community, bot: WaymarkBot) -> None:
    message = await result(community.newcomer, community)
    told = answered(await community.newcomer.click(message, label="Save this"))
    over_time = answered(await community.newcomer.click(told, label="Over time"))
    assert "One result is saved so far" in seen(over_time).text
    [[offered]] = menus(over_time)
    await community.newcomer.select(over_time, [offered["value"]], custom_id="wm:check-forget-one")
    assert await saved_scores(bot, community.newcomer.id, "baker") == []


async def test_over_time_without_any_is_told_kindly(community: Community, bot: WaymarkBot) -> None:
    message = await result(community.newcomer, community)
    told = answered(await community.newcomer.click(message, label="Save this"))
    [saved] = await saved_scores(bot, community.newcomer.id, "baker")
    await bot.store.results.drop(community.newcomer.id, saved.number)
    assert "Nothing is saved yet." in seen(answered(await community.newcomer.click(told, label="Over time"))).text


async def test_old_buttons_are_told_kindly_when_other_answers_are_asked_for(
    community: Community, bot: WaymarkBot, settings: Settings
) -> None:
    message = await result(community.newcomer, community)
    assert settings.waymark_knowledge is not None
    change_checks(bot, settings.waymark_knowledge, skills=SKILLS.replace("{id: stall,", "{id: market,"))
    told = answered(await community.newcomer.click(message, label="Save this"))
    assert "What you saved is kept; begin again with `/skills` or `/readiness`." in seen(told).text


async def test_a_saved_score_that_cannot_be_read_holds_nothing_up(community: Community, bot: WaymarkBot) -> None:
    await bot.store.results.save(community.newcomer.id, "baker", "readiness", {"level": "baker"})
    assert "Answer the questions" in seen(await run(community.newcomer, community, "readiness")).buttons


def test_every_result_of_the_shipped_guide_fits_a_message() -> None:
    for checked in checked_guides(SHIPPED_KNOWLEDGE):
        parts = checked.skills.readiness.parts
        most = max(len(part.choices) for part in parts)
        for rating, at in itertools.product((None, 0, 1, 3), range(-1, most)):
            ratings = Ratings({s.id: rating for s in checked.skills.skills} if rating is not None else {})
            answers = {part.id: frozenset(choice.id for choice in part.choices[at : at + 1]) for part in parts}
            carried = Carried(checked, checked.readiness_level, ratings, answers)
            assert_fits(ready_view(carried, "</become:1234567890123456789>", has_saved=True))


def test_the_form_of_the_shipped_guide_fits_a_form() -> None:
    for checked in checked_guides(SHIPPED_KNOWLEDGE):
        parts = checked.skills.readiness.parts
        answers = {part.id: frozenset(choice.id for choice in part.choices) for part in parts}
        carried = Carried(checked, checked.readiness_level, answers=answers)
        form = ReadinessForm(carried.code).showing(carried)
        assert len(form.custom_id) <= 100
        assert 1 <= len(form.children) <= 5


def test_the_picture_of_one_saved_score_can_be_drawn() -> None:
    checked = checked_guides(SHIPPED_KNOWLEDGE)[0]
    parts = checked.skills.readiness.parts
    answers = {part.id: frozenset({part.choices[0].id}) for part in parts}
    score = score_of(Carried(checked, checked.readiness_level, answers=answers))
    course = course_of(checked, [Saved(1, dt.datetime(2026, 5, 3, tzinfo=dt.UTC), score)])
    assert draw_course(course).png.startswith(b"\x89PNG")
