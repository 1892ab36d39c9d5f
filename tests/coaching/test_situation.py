"""Reading the date by which a member wants to be done."""

import datetime as dt

import pytest

from bot.coaching.situation import read_target
from bot.errors import WaymarkError

TODAY = dt.date(2026, 7, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2028", dt.date(2028, 12, 31)),
        ("2028-06", dt.date(2028, 6, 30)),
        ("2028-6", dt.date(2028, 6, 30)),
        (" 2028-02-29 ", dt.date(2028, 2, 29)),
        ("June 2028", dt.date(2028, 6, 30)),
        ("sept. 2028", dt.date(2028, 9, 30)),
        ("Feb, 2028", dt.date(2028, 2, 29)),
    ],
)
def test_a_target_is_the_last_day_of_what_was_typed(text: str, day: dt.date) -> None:
    assert read_target(text, TODAY) == day


@pytest.mark.parametrize("text", ["", "  "])
def test_no_text_is_no_target(text: str) -> None:
    assert read_target(text, TODAY) is None


@pytest.mark.parametrize("text", ["soon", "2028-13", "2028-02-30", "06/2028", "Juno 28", "foo 2028", "0000"])
def test_any_other_text_is_told_with_how_to_write_it(text: str) -> None:
    with pytest.raises(WaymarkError, match="Write it like 2028-06 or June 2028, or leave it empty"):
        read_target(text, TODAY)


@pytest.mark.parametrize("text", ["2026-06", "2026-07-01", "May 2025"])
def test_a_day_that_has_passed_is_told(text: str) -> None:
    with pytest.raises(WaymarkError, match="passed already"):
        read_target(text, TODAY)
