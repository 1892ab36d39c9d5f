"""What the picture of a member's path shows."""

import datetime as dt
from dataclasses import replace

from bot.front.path_pictures import timeline_of
from tests.coaching.walks import BEGUN, FRESH, knowledge
from tests.front.walking import standing


def test_each_step_has_its_state() -> None:
    path = standing(knowledge(), replace(FRESH, target=dt.date(2030, 1, 1)))
    progress = path.progress.done(path.plan, "school", BEGUN).not_for_me(path.plan, "night")
    timeline = timeline_of(replace(path, progress=progress))
    assert [(one.name, one.state) for one in timeline.stretches] == [
        ("1. Go to baking school", "done"),
        ("2. Join the guild", "now"),
        ("3. Work at night", "left out"),
    ]
    assert (timeline.title, timeline.today, timeline.target) == ("Becoming a baker", BEGUN, dt.date(2030, 1, 1))


def test_it_tells_how_many_of_the_steps_that_count_are_done() -> None:
    path = standing(knowledge(), FRESH)
    progress = path.progress.done(path.plan, "school", BEGUN).not_for_me(path.plan, "night")
    timeline = timeline_of(replace(path, progress=progress))
    assert (timeline.squares, timeline.reached) == ("■□", "1 of 2 done")


def test_a_step_that_is_left_for_later_is_still_ahead() -> None:
    path = standing(knowledge(), FRESH)
    timeline = timeline_of(replace(path, progress=path.progress.skip(path.plan, "school")))
    assert [one.state for one in timeline.stretches] == ["ahead", "now", "ahead"]


def test_a_step_of_which_nobody_can_tell_when_it_ends_is_not_drawn() -> None:
    path = standing(knowledge(), FRESH)
    progress = path.progress.done(path.plan, "school", BEGUN).done(path.plan, "guild", BEGUN)
    assert [one.name for one in timeline_of(replace(path, progress=progress)).stretches] == [
        "1. Go to baking school",
        "2. Join the guild",
    ]
