"""The form of a path: its questions keep Discord's limits, and whatever comes back is read."""

import datetime as dt
from dataclasses import replace

import pytest
from discord import ui

from bot.coaching.situation import REGION_LIMIT, Situation
from bot.front.become_form import HOURS, TARGET_LIMIT, USUAL_HOURS, Answers, BecomeForm, hours_shown
from bot.front.forms import Filled
from bot.knowledge.path_models import Pace
from tests.coaching.walks import COOK, knowledge

_path = knowledge().coaching["baker"].path
assert _path is not None
STARTS = _path.starting_points


def answers(**values: str) -> Answers:
    return BecomeForm("0" * 8).answers(Filled({name: (value,) for name, value in values.items()}))


def test_all_that_was_put_in_is_read() -> None:
    found = answers(start="cook", pace="full_time", hours="20", region="  New \n York ", target=" June  2030 ")
    assert found == Answers("cook", Pace.FULL_TIME, 20, "New York", "June 2030")


def test_what_was_left_out_or_is_not_known_is_what_is_usual() -> None:
    assert answers() == Answers("", Pace.PART_TIME, USUAL_HOURS, "", "")
    assert answers(pace="at night", hours="many") == Answers("", Pace.PART_TIME, USUAL_HOURS, "", "")


def test_what_is_too_long_is_cut() -> None:
    found = answers(region="x" * 500, target="y" * 500)
    assert (len(found.region), len(found.target)) == (REGION_LIMIT, TARGET_LIMIT)


@pytest.mark.parametrize("situation", [None, COOK])
def test_it_keeps_the_limits_of_a_form(situation: Situation | None) -> None:
    form = BecomeForm("0" * 8).showing(STARTS, situation)
    assert len(form.children) == 5
    assert len(form.title) <= 45


@pytest.mark.parametrize("situation", [None, COOK])
def test_what_is_chosen_is_a_group_that_shows_each_choice_at_once(situation: Situation | None) -> None:
    form = BecomeForm("0" * 8).showing(STARTS, situation)
    groups = [item for item in form.walk_children() if isinstance(item, ui.RadioGroup)]
    assert [group.custom_id for group in groups] == ["start", "pace", "hours"]
    assert [option.value for option in groups[2].options] == [str(hours) for hours in HOURS]


def test_it_begins_with_what_was_told_before() -> None:
    situation = replace(COOK, target=dt.date(2030, 6, 15))
    assert "2030-06-15" in str(BecomeForm("0" * 8).showing(STARTS, situation).to_dict())
    assert "in May" in str(BecomeForm("0" * 8).showing(STARTS, situation, "in May").to_dict())


def test_hours_are_told_as_they_were_chosen() -> None:
    assert [hours_shown(hours) for hours in (2, 7)] == [HOURS[2], "About 7 hours a week"]
