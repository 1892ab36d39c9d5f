"""Making a plan: the steps that apply, their dates and costs, and what the guide says to it."""

import datetime as dt
from dataclasses import replace

import pytest

from bot.coaching.forecast import Window
from bot.coaching.planning import path_of, plan_for
from bot.coaching.target import Reach
from bot.errors import WaymarkError
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.loading import load_knowledge
from bot.knowledge.path_models import Pace
from bot.knowledge.shipped import shipped_knowledge
from tests.coaching.walks import BEGUN, COOK, FRESH, knowledge, plan
from tests.knowledge.paths import PATH


def test_a_plan_has_the_steps_that_apply_with_what_is_different() -> None:
    assert [(step.number, step.id, step.title, step.differs) for step in plan(COOK).steps] == [
        (1, "guild", "Tell the guild", "Cooks are known there."),
        (2, "night", "Work at night", None),
    ]


def test_a_step_has_its_times_costs_and_texts_with_figures_filled_in() -> None:
    school = plan().steps[0]
    assert school.duration is not None
    assert school.cost is not None
    assert (school.duration.shown(BEGUN), school.cost.shown(BEGUN)) == ("1-2 years", "$1k to $2k")
    assert (school.note, school.varies) == ("The whole way takes 2-4 years.", "Each town has its own school.")
    assert school.source_line == "Bakers' union: Pay survey (as of 2024)"
    assert [item.id for item in school.checklist] == ["choose", "enroll"]


def test_a_figure_past_its_date_is_told_with_its_age() -> None:
    later = plan_for(knowledge(), FRESH, dt.date(2031, 1, 1))
    assert later.steps[0].note == "The whole way takes 2-4 years (now 6 years old)."


def test_what_no_source_gives_is_said_to_be_an_estimate() -> None:
    guild = plan(COOK).steps[0]
    assert guild.duration is not None
    assert guild.duration.shown(BEGUN) == "1-2 months (our estimate)"
    assert guild.estimates == ("Time: They meet every month.", "Cost: A fee and the stamps.")
    assert plan().steps[0].estimates == ()


def test_the_pace_decides_how_long_it_takes() -> None:
    assert plan().duration.shown(BEGUN) == "2-3 years"
    assert plan(replace(FRESH, pace=Pace.PART_TIME)).duration.shown(BEGUN) == "2.5-4 years"


def test_a_plan_ends_when_its_steps_do_and_not_before_the_guides_own_total() -> None:
    made = plan()
    assert made.guide_total is not None
    assert made.guide_total.shown(BEGUN) == "2-4 years"
    assert made.steps[0].finish == Window(BEGUN, dt.date(2027, 1, 31), dt.date(2028, 1, 31))
    assert made.finish == Window(BEGUN, dt.date(2028, 1, 31), dt.date(2029, 1, 31))
    assert made.steps[1].finish == Window(dt.date(2027, 1, 31), dt.date(2028, 1, 31), dt.date(2029, 1, 31))


def test_costs_are_added_up_and_steps_without_one_are_named() -> None:
    made = plan()
    assert made.cost is not None
    assert made.cost.shown(BEGUN) == "$1,050 to $2,100 (partly our estimate)"
    assert made.without_cost == ("Work at night",)


def test_a_plan_without_any_cost_has_none() -> None:
    path = PATH.replace('    cost: "{school_fee}"\n', "").replace(
        "    cost: {estimate: [50, 100], because: A fee and the stamps.}\n", ""
    )
    assert plan(path=path).cost is None


def test_only_entries_that_there_are_belong_to_a_step() -> None:
    made = plan(path=PATH.replace("[median-pay]", "[gone, median-pay]"))
    assert made.steps[0].entries == ("median-pay",)


def test_an_entry_is_found_in_its_step() -> None:
    made = plan()
    assert made.step_of("median-pay") is made.steps[0]
    assert plan(COOK).step_of("median-pay") is None


def test_a_plan_names_its_sources_once() -> None:
    assert plan().source_line == "Bakers' union: Pay survey (as of 2024)"


def test_without_a_target_there_is_no_outlook() -> None:
    assert plan().outlook is None


@pytest.mark.parametrize(
    ("target", "reach"),
    [
        (dt.date(2027, 6, 30), Reach.TOO_SOON),
        (dt.date(2028, 6, 30), Reach.POSSIBLE),
        (dt.date(2030, 6, 30), Reach.EASY),
    ],
)
def test_a_target_is_held_against_the_plan(target: dt.date, reach: Reach) -> None:
    found = plan(replace(FRESH, target=target)).outlook
    assert found is not None
    assert found.reach is reach


def test_who_studies_part_time_hears_what_full_time_would_bring() -> None:
    found = plan(replace(FRESH, pace=Pace.PART_TIME, target=dt.date(2028, 4, 30))).outlook
    assert found is not None
    assert found.text.endswith("Studying full-time, it could end between January 2028 and January 2029.")


def test_a_starting_point_that_is_gone_gives_the_whole_path() -> None:
    made = plan(replace(FRESH, starting_point="gone"))
    assert (made.start, len(made.steps)) == (None, 3)


def test_a_guide_without_a_path_says_that_nothing_is_lost() -> None:
    assert path_of(Knowledge(), "baker") is None
    with pytest.raises(WaymarkError, match="What you saved is kept"):
        plan_for(Knowledge(), FRESH, BEGUN)


def test_figures_that_are_missing_leave_a_step_without_a_time() -> None:
    bare = knowledge()
    guide = bare.guides[0].model_copy(update={"figures": {}})
    made = plan_for(replace(bare, guides=(guide,)), FRESH, BEGUN)
    assert (made.steps[0].duration, made.steps[0].cost) == (None, None)
    assert made.finish == Window(BEGUN, BEGUN, BEGUN)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Work at night", "title: Work by night"),
        ("text: Stay up one night", "text: Stay up two nights"),
        ("{id: week", "{id: seven-days"),
        ("during: school", "during: guild"),
        ("You slept by day.", "You slept."),
    ],
)
def test_a_change_of_what_there_is_to_do_changes_the_digest(old: str, new: str) -> None:
    assert plan(path=PATH.replace(old, new)).steps[2].digest != plan().steps[2].digest


def test_a_change_of_reasons_entries_or_sources_does_not() -> None:
    path = PATH.replace("Nobody trusts you", "No one trusts you").replace("    entries: [median-pay]\n", "")
    assert plan(path=path).steps[0].digest == plan().steps[0].digest


@pytest.mark.parametrize("pace", [*Pace])
def test_every_shipped_starting_point_has_a_plan_whose_dates_are_its_months(pace: Pace) -> None:
    shipped = load_knowledge(shipped_knowledge())
    path = path_of(shipped, "library-media-specialist")
    assert path is not None
    for start in path.starting_points:
        situation = replace(FRESH, guide="library-media-specialist", starting_point=start.id, pace=pace)
        made = plan_for(shipped, replace(situation, begun_on=dt.date(2026, 1, 1)), dt.date(2026, 1, 1))
        ends = [made.finish.earliest, made.finish.latest]
        assert [(end.year - 2026) * 12 + end.month - 1 for end in ends] == [made.duration.low, made.duration.high]
        assert all(step.finish and step.finish.latest <= made.finish.latest for step in made.steps)
        assert made.without_cost == ()
