"""How long one waits for a mentor, told honestly."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.waiting import FEWEST, Span, Waiting


def hours(*answered: float, waits: tuple[float, ...] = ()) -> list[Span]:
    every = [(number, True) for number in answered] + [(number, False) for number in waits]
    return [Span(dt.timedelta(hours=number), done) for number, done in every]


def median(spans: list[Span]) -> float | None:
    found = Waiting.of(spans)
    assert found is not None
    return found.median / dt.timedelta(hours=1) if found.median is not None else None


def test_too_few_answers_tell_nothing() -> None:
    assert Waiting.of([]) is None
    assert Waiting.of(hours(1, 2, waits=(3, 4, 5))) is None


def test_half_of_those_who_were_answered_were_so_within_the_median() -> None:
    found = Waiting.of(hours(1, 2, 3, 4, 9))
    assert found is not None
    assert (found.median, found.shortest, found.longest) == tuple(dt.timedelta(hours=n) for n in (3, 1, 9))
    assert (found.answered, found.unanswered) == (5, 0)


def test_who_waits_still_makes_the_wait_longer() -> None:
    assert median(hours(1, 2, 3)) == 2
    assert median(hours(1, 2, 3, waits=(30, 40))) == 3


def test_who_has_waited_for_a_moment_says_little() -> None:
    assert median(hours(1, 2, 3, waits=(0.1, 0.1, 0.1))) == 2


def test_where_too_many_wait_still_the_median_is_not_known() -> None:
    found = Waiting.of(hours(1, 2, 3, waits=(50, 50, 50, 50)))
    assert found is not None
    assert (found.median, found.longest, found.unanswered) == (None, dt.timedelta(hours=50), 4)


# By hand, with the product-limit estimate: after 6 of 21 (three answered, one censored) 0.857, after 7 of 17 0.807 and
# so on; the median of these, the treated half of Freireich's trial of 1963, is 23.
def test_the_median_is_that_of_kaplan_and_meier() -> None:
    spans = hours(6, 6, 6, 7, 10, 13, 16, 22, 23, waits=(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35))
    assert median(spans) == 23


@pytest.mark.parametrize("number", [3, 4, 7, 10, 20])
def test_where_all_are_answered_it_is_the_lower_middle(number: int) -> None:
    assert median(hours(*range(number))) == (number - 1) // 2


spans = st.lists(
    st.builds(Span, st.timedeltas(dt.timedelta(0), dt.timedelta(days=99)), st.booleans()), min_size=FEWEST, max_size=20
)


@given(spans, st.randoms())
def test_the_order_of_requests_does_not_matter(every: list[Span], chance: object) -> None:
    shuffled = sorted(every, key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert Waiting.of(shuffled) == Waiting.of(every)


@given(spans, st.timedeltas(dt.timedelta(0), dt.timedelta(days=99)))
def test_one_more_who_waits_never_shortens_the_median(every: list[Span], time: dt.timedelta) -> None:
    before, after = Waiting.of(every), Waiting.of([*every, Span(time, answered=False)])
    if before is not None and after is not None and after.median is not None:
        assert before.median is not None
        assert after.median >= before.median
