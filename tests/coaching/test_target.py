"""Whether a target can be met, kindly said."""

import datetime as dt

from bot.coaching.forecast import Window
from bot.coaching.target import Reach, outlook

BEGUN = dt.date(2026, 7, 1)
FINISH = Window(BEGUN, dt.date(2028, 6, 15), dt.date(2029, 3, 15))


def test_a_target_after_the_latest_leaves_room() -> None:
    found = outlook(dt.date(2029, 12, 31), FINISH)
    assert (found.reach, found.text) == (
        Reach.EASY,
        "December 2029 leaves you room: you would be finished by March 2029.",
    )


def test_a_target_between_both_ends_can_work_out() -> None:
    found = outlook(dt.date(2028, 12, 31), FINISH)
    assert (found.reach, found.text) == (
        Reach.POSSIBLE,
        "December 2028 can work out if things go well: the way ends between June 2028 and March 2029.",
    )


def test_a_target_before_the_earliest_is_hard_and_nothing_is_lost() -> None:
    found = outlook(dt.date(2027, 12, 31), FINISH)
    assert found.reach is Reach.TOO_SOON
    assert found.text == (
        "December 2027 is hard to reach: the way ends between June 2028 and March 2029. "
        "Nothing is lost if the date moves."
    )


def test_who_studies_part_time_hears_when_full_time_would_make_it() -> None:
    faster = Window(BEGUN, dt.date(2027, 6, 1), dt.date(2027, 6, 30))
    assert outlook(dt.date(2027, 12, 31), FINISH, faster).text.endswith(
        "Nothing is lost if the date moves. Studying full-time, it could end in June 2027."
    )


def test_full_time_is_not_told_where_it_does_not_make_it_either() -> None:
    assert "full-time" not in outlook(dt.date(2027, 12, 31), FINISH, FINISH).text


def test_the_ends_themselves_count() -> None:
    assert outlook(FINISH.latest, FINISH).reach is Reach.EASY
    assert outlook(FINISH.earliest, FINISH).reach is Reach.POSSIBLE
