"""What times and costs come to, and how they are told."""

import datetime as dt

import pytest

from bot.knowledge.amounts import Amount, amount_of, held_to, measure_of, months_shown
from bot.knowledge.models import Figure, Unit
from bot.knowledge.path_models import Estimate

TODAY = dt.date(2026, 7, 1)


def figure(value: float | list[float], unit: Unit, *, valid_until: str = "2030", or_more: bool = False) -> Figure:
    dates = {"as_of": "2024-06", "valid_until": valid_until}
    return Figure(about="x", value=value, unit=unit, or_more=or_more, region="x", source="x", **dates)


FIGURES = {
    "school": figure([1, 2], "years"),
    "half": figure(0.5, "years"),
    "guild": figure([6, 12], "months"),
    "old": figure([6, 12], "months", valid_until="2025"),
    "fee": figure([1.5, 2], "USD_thousands"),
    "euros": figure([10, 20], "EUR"),
    "share": figure(4, "percent"),
    "open": figure(12, "years", or_more=True),
}
ESTIMATE = Estimate(estimate=[1, 3], because="We asked.")


def amount(given: str | Estimate, unit: str = "months") -> Amount:
    found = amount_of(given, "months" if unit == "months" else "USD", FIGURES.get)
    assert found is not None
    return found


def test_years_are_counted_in_months() -> None:
    assert (amount("{school}").low, amount("{school}").high) == (12, 24)
    assert (amount("{half}").low, amount("{half}").high) == (6, 6)


def test_thousands_are_counted_in_dollars() -> None:
    assert (amount("{fee}", "USD").low, amount("{fee}", "USD").high) == (1500, 2000)


def test_figures_are_added_up() -> None:
    both = amount("{school} + {guild}")
    assert (both.low, both.high, both.shown(TODAY)) == (18, 36, "1.5-3 years")


@pytest.mark.parametrize("given", ["{nothing}", "{school} + {nothing}", "{fee}", "{share}", "{open}", None])
def test_there_is_no_amount_of_what_is_not_known_or_measures_something_else(given: str | None) -> None:
    assert amount_of(given, "months", FIGURES.get) is None


def test_a_figure_measures_a_time_or_a_currency_and_has_an_end() -> None:
    assert {name: measure_of(one) for name, one in FIGURES.items()} == {
        "school": "months", "half": "months", "guild": "months", "old": "months", "fee": "USD", "euros": "EUR",
        "share": None, "open": None,
    }  # fmt: skip


def test_a_figure_is_told_as_in_answers() -> None:
    assert amount("{school}").shown(TODAY) == "1-2 years"
    assert amount("{fee}", "USD").shown(TODAY) == "$1.5k to $2k"


def test_an_estimate_is_told_as_one() -> None:
    assert amount(ESTIMATE).shown(TODAY) == "1-3 months (our estimate)"


def test_a_sum_with_an_estimate_is_told_as_partly_one() -> None:
    assert (amount("{school}") + amount(ESTIMATE)).shown(TODAY) == "13-27 months (partly our estimate)"


def test_a_sum_tells_the_age_of_figures_past_their_date() -> None:
    assert amount("{old}").shown(TODAY) == "6-12 months (now 2 years old)"
    assert (amount("{school}") + amount("{old}")).shown(TODAY) == "1.5-3 years (from figures now 2 years old)"


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [(100, 300, "$100 to $300"), (0, 300, "up to $300"), (0, 0, "nothing"), (1200, 1200, "$1,200")],
)
def test_money_is_told_from_low_to_high(low: int, high: int, text: str) -> None:
    assert Amount("USD", low, high).shown(TODAY) == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (24, 36, "2-3 years"), (18, 36, "1.5-3 years"), (6, 12, "6-12 months"), (8, 18, "8-18 months"),
        (24, 24, "two years"), (1, 1, "one month"), (0, 6, "0-6 months"),
    ],
)  # fmt: skip
def test_months_are_told_in_years_where_those_are_whole_or_half(low: int, high: int, text: str) -> None:
    assert months_shown(low, high) == text


def test_a_whole_is_never_faster_than_the_total_of_the_source() -> None:
    total = Amount("months", 24, 60)
    assert held_to(Amount("months", 18, 36), total) == Amount("months", 24, 36)
    assert held_to(Amount("months", 12, 18), total) == Amount("months", 24, 24)
    assert held_to(Amount("months", 30, 60), total) == Amount("months", 30, 60)
    assert held_to(Amount("months", 1, 2), None) == Amount("months", 1, 2)


def test_a_single_figure_that_was_held_to_a_total_is_told_by_what_it_became() -> None:
    assert held_to(amount("{school}"), Amount("months", 18, 60)).shown(TODAY) == "1.5-2 years"
