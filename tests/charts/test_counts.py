"""Counts in parts as a picture and in words."""

import pytest

from bot.charts.counts import COLOURS, Bar, Counts, draw_counts
from tests.charts.pixels import share

PARTS = ("answered", "offered", "missed")


def test_the_words_tell_every_count_with_its_part() -> None:
    text = draw_counts(Counts("This week", PARTS, (Bar("Pay", (12, 3, 1)), Bar("Work", (0, 0, 2))))).text
    assert text == "This week\nPay: 12 answered, 3 offered, 1 missed\nWork: 0 answered, 0 offered, 2 missed"


def test_each_part_is_as_long_as_its_count() -> None:
    long, middle, short = (
        coloured - key for coloured, key in zip(shares((20, 10, 10)), shares((0, 0, 0)), strict=True)
    )
    assert middle == pytest.approx(short, rel=0.05)
    assert long == pytest.approx(2 * middle, rel=0.05)


def test_a_key_tells_which_colour_is_which_part() -> None:
    assert min(shares((0, 0, 0))) > 0.001


def shares(counts: tuple[int, ...]) -> list[float]:
    """The share of each part's colour in the picture of one bar."""
    picture = draw_counts(Counts("This week", PARTS, (Bar("Pay", counts),)))
    return [share(picture, colour) for colour in COLOURS]


def test_counts_of_other_parts_are_refused() -> None:
    with pytest.raises(ValueError, match="as many counts as there are parts"):
        draw_counts(Counts("This week", PARTS, (Bar("Pay", (1, 2)),)))


def test_nothing_counted_can_be_drawn() -> None:
    assert draw_counts(Counts("This week", PARTS, ())).text == "This week"
