"""What a step's card shows."""

import datetime as dt
from dataclasses import replace

import pytest

from bot.coaching.card import card_of, forecast_of, overview
from bot.coaching.forecast import Window
from bot.coaching.progress import StepState
from tests.coaching.walks import BEGUN, FRESH, begun

TODAY = dt.date(2026, 5, 1)


def test_a_card_tells_where_the_member_is() -> None:
    made, progress = begun()
    card = card_of(made, progress.next(made, "school"), TODAY)
    assert (card.heading, card.standing.step.id, card.standing.is_current) == ("Step 2 of 3", "guild", True)
    assert (card.is_first, card.is_last, card.is_finished) == (False, False, False)


def test_a_card_of_another_step_leaves_the_member_where_they_are() -> None:
    made, progress = begun()
    card = card_of(made, progress, TODAY, "night")
    assert (card.heading, card.standing.is_current, card.is_last) == ("Step 3 of 3", False, True)


def test_a_card_of_a_step_that_is_gone_is_that_of_the_current_one() -> None:
    made, progress = begun()
    assert card_of(made, progress, TODAY, "gone") == card_of(made, progress, TODAY)


def test_the_bar_counts_what_is_done_of_what_counts() -> None:
    made, progress = begun()
    assert card_of(made, progress, TODAY).bar == "□□□ 0 of 3 done"
    done = progress.done(made, "school", TODAY)
    assert card_of(made, done, TODAY).bar == "■□□ 1 of 3 done"
    assert card_of(made, done.not_for_me(made, "guild"), TODAY).bar == "■□ 1 of 2 done"
    assert card_of(made, done.skip(made, "guild"), TODAY).bar == "■□□ 1 of 3 done"


def test_ticks_count_and_never_make_the_whole() -> None:
    made, progress = begun()
    assert card_of(made, progress, TODAY).percent == 0
    ticked = progress.set_ticks(made, "school", ["choose", "enroll"])
    assert card_of(made, ticked, TODAY).percent == 25  # two of three parts, and two and three in the others
    for step in made.steps:
        ticked = ticked.set_ticks(made, step.id, [item.id for item in step.checklist])
    assert (card_of(made, ticked, TODAY).percent, card_of(made, ticked, TODAY).is_finished) == (62, False)


def test_all_done_is_a_hundred() -> None:
    made, progress = begun()
    for step in made.steps:
        progress = progress.done(made, step.id, TODAY)
    card = card_of(made, progress, TODAY)
    assert (card.percent, card.is_finished, card.finish) == (100, True, None)


def test_nothing_is_finished_where_nothing_counts() -> None:
    made, progress = begun()
    for step in made.steps:
        progress = progress.not_for_me(made, step.id)
    card = card_of(made, progress, TODAY)
    assert (card.percent, card.is_finished, card.bar) == (0, False, "0 of 0 done")


@pytest.mark.parametrize(("hours", "items"), [(0, 1), (4, 1), (8, 2), (40, 2)])
def test_this_week_has_as_many_items_as_there_are_hours_for(hours: int, items: int) -> None:
    made, progress = begun(replace(FRESH, hours_a_week=hours))
    assert [item.id for item in card_of(made, progress, TODAY).this_week] == ["choose", "enroll"][:items]


def test_this_week_begins_with_the_first_item_without_a_tick() -> None:
    made, progress = begun()
    ticked = progress.tick(made, "school", "choose")
    assert [item.id for item in card_of(made, ticked, TODAY).this_week] == ["enroll"]


def test_a_step_that_is_not_open_has_nothing_for_this_week() -> None:
    made, progress = begun()
    done = progress.done(made, "school", TODAY)
    assert card_of(made, done, TODAY, "school").this_week == ()


def test_the_checklist_tells_what_is_ticked() -> None:
    made, progress = begun()
    card = card_of(made, progress.tick(made, "school", "enroll"), TODAY)
    assert [(item.id, is_ticked) for item, is_ticked in card.standing.items] == [("choose", False), ("enroll", True)]


def test_the_overview_has_every_step_with_what_became_of_it() -> None:
    made, progress = begun()
    done = progress.done(made, "school", TODAY).skip(made, "night")
    found = overview(made, done, TODAY)
    assert [(one.step.id, one.record.state, one.is_current) for one in found] == [
        ("school", StepState.DONE, False),
        ("guild", StepState.OPEN, True),
        ("night", StepState.SKIPPED, False),
    ]
    assert found[0].finish == Window(BEGUN, TODAY, TODAY)


def test_dates_follow_what_was_done() -> None:
    made, progress = begun()
    done = progress.done(made, "school", TODAY)
    assert card_of(made, done, TODAY).finish == Window(BEGUN, dt.date(2026, 11, 1), dt.date(2027, 5, 1))


def test_a_step_skipped_for_later_still_takes_its_time_and_one_not_for_me_does_not() -> None:
    made, progress = begun()
    skipped, left_out = progress.skip(made, "school"), progress.not_for_me(made, "school")
    assert forecast_of(made, skipped, BEGUN).whole == forecast_of(made, progress, BEGUN).whole
    assert forecast_of(made, left_out, BEGUN).whole == Window(BEGUN, dt.date(2026, 7, 31), dt.date(2027, 1, 31))


def test_as_of_the_beginning_the_card_says_what_the_plan_says() -> None:
    made, progress = begun()
    assert card_of(made, progress, BEGUN).finish == made.finish
