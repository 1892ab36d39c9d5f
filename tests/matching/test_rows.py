"""Rows of unequal length in one array, judged by plain lists."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.rows import Rows, distinct, ends_of, sums

numbers = st.integers(0, 50)
lists = st.lists(st.lists(numbers, max_size=5), max_size=8)


def as_lists(rows: Rows) -> list[list[int]]:
    return [rows[row].tolist() for row in range(len(rows))]


@given(lists)
def test_rows_of_lists_are_these_lists(given_lists: list[list[int]]) -> None:
    assert as_lists(Rows.of_lists(given_lists)) == given_lists


@given(st.lists(st.tuples(st.integers(0, 4), numbers), max_size=20))
def test_pairs_come_together_by_row_in_the_order_they_came(pairs: list[tuple[int, int]]) -> None:
    rows, values = (np.asarray([pair[at] for pair in pairs], dtype=np.int64) for at in (0, 1))
    assert as_lists(Rows.of_pairs(rows, values, 5)) == [
        [number for row, number in pairs if row == wanted] for wanted in range(5)
    ]


@given(lists)
def test_lengths_are_those_of_the_lists(given_lists: list[list[int]]) -> None:
    assert Rows.of_lists(given_lists).lengths.tolist() == [len(one) for one in given_lists]


@given(lists)
def test_each_number_is_owned_by_the_row_it_stands_in(given_lists: list[list[int]]) -> None:
    owners = [row for row, one in enumerate(given_lists) for _ in one]
    assert Rows.of_lists(given_lists).owners.tolist() == owners


@given(st.lists(st.lists(numbers, max_size=5), min_size=1, max_size=8), st.data())
def test_places_are_where_the_numbers_of_the_named_rows_stand(
    given_lists: list[list[int]], data: st.DataObject
) -> None:
    rows = Rows.of_lists(given_lists)
    wanted = data.draw(st.lists(st.integers(0, len(given_lists) - 1), max_size=6))
    places, lengths = rows.places(np.asarray(wanted, dtype=np.int64))
    assert rows.numbers[places].tolist() == [number for row in wanted for number in given_lists[row]]
    assert lengths.tolist() == [len(given_lists[row]) for row in wanted]


def test_ends_begin_at_nothing_and_end_with_the_number_of_all() -> None:
    assert ends_of([2, 0, 3]).tolist() == [0, 2, 2, 5]
    assert ends_of([]).tolist() == [0]


@given(st.lists(st.lists(st.floats(-100, 100, width=32), max_size=5), max_size=8))
def test_each_sum_is_that_of_its_run(runs: list[list[float]]) -> None:
    values = np.asarray([value for run in runs for value in run], dtype=np.float32)
    assert sums(values, ends_of([len(run) for run in runs])) == pytest.approx([sum(run) for run in runs], abs=1e-4)


def test_the_sum_of_nothing_is_nothing_however_large_the_values_before_it() -> None:
    values = np.asarray([1e7, 0.1], dtype=np.float32)
    assert sums(values, ends_of([1, 0, 1])).tolist()[1] == 0


@given(st.lists(numbers, max_size=12))
def test_distinct_numbers_come_in_order_and_once(given_numbers: list[int]) -> None:
    assert distinct(np.asarray(given_numbers, dtype=np.int64)).tolist() == sorted(set(given_numbers))
