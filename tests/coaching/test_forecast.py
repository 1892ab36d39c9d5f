"""When the steps of a path can be finished."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.forecast import Forecast, Window, add_months, forecast
from bot.knowledge.amounts import Amount

BEGUN = dt.date(2026, 1, 31)


@dataclass(frozen=True)
class Step:
    id: str
    duration: Amount | None = None
    during: str | None = None


def months(low: int, high: int) -> Amount:
    return Amount("months", low, high)


STEPS = (Step("school", months(12, 24)), Step("guild", months(6, 12)), Step("night", during="school"))


def seen(
    steps: tuple[Step, ...] = STEPS,
    today: dt.date = BEGUN,
    least: int = 0,
    ended: Mapping[str, dt.date | None] | None = None,
) -> Forecast:
    return forecast(steps, BEGUN, today, least, ended or {})


@pytest.mark.parametrize(
    ("months", "day"),
    [(0, dt.date(2026, 1, 31)), (1, dt.date(2026, 2, 28)), (25, dt.date(2028, 2, 29)), (11, dt.date(2026, 12, 31))],
)
def test_a_month_without_the_day_ends_on_its_last(months: int, day: dt.date) -> None:
    assert add_months(BEGUN, months) == day


def test_steps_follow_on_each_other() -> None:
    found = seen()
    assert found.steps["school"] == Window(BEGUN, dt.date(2027, 1, 31), dt.date(2028, 1, 31))
    assert found.steps["guild"] == Window(dt.date(2027, 1, 31), dt.date(2027, 7, 31), dt.date(2029, 1, 31))
    assert found.whole == Window(BEGUN, dt.date(2027, 7, 31), dt.date(2029, 1, 31))


def test_a_step_during_another_ends_with_it_and_adds_nothing() -> None:
    found = seen()
    assert found.steps["night"] == found.steps["school"]


def test_a_step_during_one_that_is_during_a_third_ends_with_the_third() -> None:
    found = seen((*STEPS, Step("dawn", during="night")))
    assert found.steps["dawn"] == found.steps["school"]


def test_a_step_during_one_that_is_not_on_the_path_takes_as_long_as_all_of_it() -> None:
    found = seen((STEPS[1], STEPS[2]))
    assert found.steps["night"] == found.whole == Window(BEGUN, dt.date(2026, 7, 31), dt.date(2027, 1, 31))


def test_the_whole_takes_at_least_what_the_source_says() -> None:
    found = seen(least=24)
    assert found.whole == Window(BEGUN, dt.date(2028, 1, 31), dt.date(2029, 1, 31))
    assert found.steps["guild"] == Window(dt.date(2027, 1, 31), dt.date(2028, 1, 31), dt.date(2029, 1, 31))


def test_the_whole_is_never_over_before_it_is_over() -> None:
    assert seen(least=60).whole == Window(BEGUN, dt.date(2031, 1, 31), dt.date(2031, 1, 31))


def test_what_was_done_counts_from_its_day_on() -> None:
    found = seen(today=dt.date(2027, 3, 1), least=24, ended={"school": dt.date(2027, 2, 10)})
    assert found.steps["school"] == Window(BEGUN, dt.date(2027, 2, 10), dt.date(2027, 2, 10))
    assert found.steps["guild"] == Window(dt.date(2027, 2, 10), dt.date(2027, 8, 10), dt.date(2028, 2, 10))
    assert found.whole == Window(BEGUN, dt.date(2027, 8, 10), dt.date(2028, 2, 10))


def test_a_step_done_before_the_one_it_follows_on_does_not_make_the_rest_sooner() -> None:
    found = seen((*STEPS, Step("shop", months(1, 1))), ended={"guild": dt.date(2026, 3, 1)})
    assert found.steps["guild"] == Window(dt.date(2026, 3, 1), dt.date(2026, 3, 1), dt.date(2026, 3, 1))
    assert found.steps["shop"] == Window(dt.date(2027, 1, 31), dt.date(2027, 2, 28), dt.date(2028, 2, 29))


def test_a_step_that_is_left_out_takes_no_time() -> None:
    found = seen(ended={"school": None})
    assert found.steps["school"] == Window(BEGUN, BEGUN, BEGUN)
    assert found.whole == Window(BEGUN, dt.date(2026, 7, 31), dt.date(2027, 1, 31))


def test_nothing_that_is_open_ends_before_today() -> None:
    today = dt.date(2030, 5, 5)
    found = seen(today=today)
    assert found.steps["school"] == Window(BEGUN, today, today)
    assert found.steps["guild"] == Window(today, dt.date(2030, 11, 5), dt.date(2031, 5, 5))


def test_a_step_that_its_host_left_behind_goes_on_with_the_rest() -> None:
    found = seen(ended={"school": dt.date(2027, 2, 10)})
    assert found.steps["night"] == found.whole


def test_a_step_that_all_left_behind_takes_its_own_time_from_today() -> None:
    ended: dict[str, dt.date | None] = {"school": BEGUN, "guild": BEGUN}
    today = dt.date(2027, 1, 1)
    slow = Step("night", months(1, 6), during="school")
    found = seen((*STEPS[:2], slow), today, ended=ended)
    assert found.steps["night"] == found.whole == Window(today, dt.date(2027, 2, 1), dt.date(2027, 7, 1))
    assert (seen(today=today, ended=ended).steps["night"], seen(today=today, ended=ended).whole) == (None, None)


def test_when_all_is_done_there_is_nothing_to_foretell() -> None:
    found = seen(ended={"school": BEGUN, "guild": BEGUN, "night": dt.date(2026, 2, 2)})
    assert found.whole is None
    assert found.steps["night"] == Window(BEGUN, dt.date(2026, 2, 2), dt.date(2026, 2, 2))


def test_steps_in_a_circle_do_no_harm() -> None:
    around = (Step("school", months(1, 2)), Step("a", during="b"), Step("b", during="a"))
    assert seen(around).steps["a"] == seen(around).whole


@pytest.mark.parametrize(
    ("window", "text"),
    [
        (Window(BEGUN, dt.date(2028, 6, 1), dt.date(2029, 3, 1)), "Jun 2028 to Mar 2029"),
        (Window(BEGUN, dt.date(2028, 6, 1), dt.date(2028, 6, 30)), "Jun 2028"),
    ],
)
def test_a_window_is_told_by_its_months(window: Window, text: str) -> None:
    assert window.shown() == text


_IDS = ("a", "b", "c", "d", "e")
_AMOUNTS = st.none() | st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda ends: months(*sorted(ends)))
_DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2040, 1, 1))


@given(
    st.lists(st.tuples(_AMOUNTS, st.none() | st.sampled_from(_IDS)), min_size=1, max_size=5),
    _DAYS,
    st.integers(0, 120),
    st.dictionaries(st.sampled_from(_IDS), st.none() | _DAYS),
)
def test_any_path_in_any_state_ends_in_order(
    given_steps: list[tuple[Amount | None, str | None]],
    today: dt.date,
    least: int,
    ended: dict[str, dt.date | None],
) -> None:
    steps = tuple(Step(name, duration, during) for name, (duration, during) in zip(_IDS, given_steps, strict=False))
    found = forecast(
        steps, BEGUN, today, least, {name: day for name, day in ended.items() if name in _IDS[: len(steps)]}
    )
    assert {*found.steps} == {step.id for step in steps}
    for name, window in found.steps.items():
        if window is not None:
            assert window.begins <= window.earliest <= window.latest
        if window is not None and name not in ended:
            assert today <= window.earliest
            assert found.whole is not None
            assert window.latest <= found.whole.latest
