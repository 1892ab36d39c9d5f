"""How figures are written and when they show their age."""

import datetime as dt

import pytest

from bot.knowledge.figures import age_of, is_expired, last_day, shown
from bot.knowledge.models import Figure, Unit

TODAY = dt.date(2026, 7, 1)


def figure(
    value: float | list[float], unit: Unit, *, or_more: bool = False, as_of: str = "2025", valid_until: str = "2027"
) -> Figure:
    return Figure(
        about="a figure", value=value, unit=unit, or_more=or_more, region="United States", source="survey",
        as_of=as_of, valid_until=valid_until,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "unit", "or_more", "text"),
    [
        (63080, "USD", False, "$63,080"),
        ([20000, 60000], "USD", False, "$20,000 to $60,000"),
        ([65000, 80000], "USD", True, "$65,000 to $80,000+"),
        (35, "USD_thousands", False, "$35k"),
        ([40, 90], "USD_thousands", True, "$40k to $90k+"),
        ([35000, 60000], "EUR", False, "€35,000 to €60,000"),
        (4, "percent", False, "4%"),
        (2.5, "percent", False, "2.5%"),
        (11000, "count", False, "11,000"),
        ([2, 3], "years", False, "2-3 years"),
        ([6, 12], "months", False, "6-12 months"),
        (4, "years", False, "four years"),
        (1, "years", False, "one year"),
        (12, "years", True, "12+ years"),
        (18, "months", False, "18 months"),
    ],
)
def test_a_figure_is_written_with_its_unit(value: float | list[float], unit: Unit, or_more: bool, text: str) -> None:
    assert shown(figure(value, unit, or_more=or_more), TODAY) == text


def test_a_figure_past_its_date_shows_its_age_beside_the_number() -> None:
    old = figure(63080, "USD", as_of="2023-05", valid_until="2025-05-31")
    assert shown(old, TODAY) == "$63,080 (now 3 years old)"


def test_a_figure_counts_as_current_on_its_last_day() -> None:
    assert not is_expired(figure(1, "count", valid_until="2026-07-01"), TODAY)
    assert is_expired(figure(1, "count", valid_until="2026-06-30"), TODAY)


@pytest.mark.parametrize(
    ("as_of", "age"),
    [("2025-07-01", "1 year"), ("2025-07-02", "11 months"), ("2026-05-31", "1 month"), ("2026-12", "0 months")],
)
def test_age_is_told_in_whole_years_or_below_one_in_months(as_of: str, age: str) -> None:
    assert age_of(figure(1, "count", as_of=as_of), TODAY) == age


@pytest.mark.parametrize(
    ("date", "last"),
    [("2025", dt.date(2025, 12, 31)), ("2024-02", dt.date(2024, 2, 29)), ("2024-12", dt.date(2024, 12, 31)),
     ("2024-03-05", dt.date(2024, 3, 5))],
)  # fmt: skip
def test_a_partial_date_lasts_to_the_end_of_what_it_names(date: str, last: dt.date) -> None:
    assert last_day(date) == last
