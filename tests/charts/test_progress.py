"""Readiness over time as a picture and in words."""

import datetime as dt

import pytest

from bot.charts.picture import MAIN
from bot.charts.progress import Course, draw_course
from tests.charts.pixels import share

FIRST, LATER = dt.date(2026, 9, 1), dt.date(2026, 11, 24)


def test_the_words_tell_each_day_and_score() -> None:
    text = draw_course(Course("Your readiness", ((FIRST, 41.6), (LATER, 58)))).text
    assert text == "Your readiness\n01 Sep 2026: 42 of 100\n24 Nov 2026: 58 of 100"


def test_one_point_is_enough() -> None:
    assert share(draw_course(Course("Your readiness", ((FIRST, 50),))), MAIN) > 0


def test_nothing_saved_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="at least one point"):
        draw_course(Course("Your readiness", ()))


def test_two_points_of_one_day_can_be_drawn() -> None:
    assert draw_course(Course("Your readiness", ((FIRST, 10), (FIRST, 20)))).png
