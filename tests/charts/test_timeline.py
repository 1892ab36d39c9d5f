"""A member's path as a picture and in words."""

import datetime as dt

from bot.charts.picture import AHEAD, DONE, MAIN, SECOND, date_axis, figure
from bot.charts.timeline import State, Stretch, Timeline, draw_timeline
from tests.charts.pixels import dots, share

TODAY = dt.date(2026, 11, 24)


def stretch(name: str, state: State, begin: int, earliest: int, latest: int) -> Stretch:
    """A step from January of one year to June of others."""
    return Stretch(name, state, dt.date(begin, 1, 1), dt.date(earliest, 6, 1), dt.date(latest, 6, 1))


STEPS = (
    stretch("Learn", "done", 2024, 2025, 2026),
    stretch("Train", "now", 2026, 2027, 2028),
    stretch("Pass the test", "left out", 2028, 2028, 2028),
    stretch("Apply", "ahead", 2028, 2029, 2030),
)


def test_the_words_tell_every_step_and_date() -> None:
    text = draw_timeline(Timeline("Your path", STEPS, TODAY, target=dt.date(2030, 8, 1))).text
    assert text == (
        "Your path\nLearn: done\nTrain: now, ends Jun 2027 to Jun 2028\nPass the test: left out\n"
        "Apply: ends Jun 2029 to Jun 2030\nDate wanted: Aug 2030"
    )


def test_how_far_one_has_come_is_a_bar_in_the_picture_and_told_in_the_words() -> None:
    far = draw_timeline(Timeline("Your path", STEPS[1:], TODAY, squares="■■□□□□", reached="2 of 6 done"))
    near = draw_timeline(Timeline("Your path", STEPS[1:], TODAY))
    assert share(far, DONE) > share(near, DONE)
    assert far.text.startswith("Your path\n2 of 6 done\n")
    assert "2 of 6 done" in far.alt


def test_a_finish_without_a_span_is_one_date() -> None:
    text = draw_timeline(Timeline("Your path", (stretch("Apply", "ahead", 2028, 2029, 2029),), TODAY)).text
    assert text.endswith("Apply: ends Jun 2029")


def test_the_alt_text_tells_what_day_it_is() -> None:
    assert draw_timeline(Timeline("Your path", STEPS, TODAY)).alt.startswith("Timeline as of 24 Nov 2026. Your path;")


def test_each_state_has_its_colour() -> None:
    picture = draw_timeline(Timeline("Your path", STEPS, TODAY))
    assert min(share(picture, colour) for colour in (DONE, MAIN, AHEAD)) > 0.001


def test_a_step_that_is_left_out_has_no_bar() -> None:
    picture = draw_timeline(Timeline("Your path", (stretch("Test", "left out", 2027, 2028, 2029),), TODAY))
    assert max(share(picture, colour) for colour in (DONE, MAIN, AHEAD)) < 0.001


def test_a_step_with_a_long_name_has_room_for_it() -> None:
    short, long = (Timeline("Your path", (stretch(name, "now", 2027, 2028, 2029),), TODAY) for name in ("A", "A " * 40))
    assert len(dots(draw_timeline(long))) > len(dots(draw_timeline(short)))


def test_a_path_of_one_day_can_be_drawn() -> None:
    one = Stretch("Apply", "now", TODAY, TODAY, TODAY)
    assert draw_timeline(Timeline("Your path", (one,), TODAY)).png


def test_a_path_without_steps_can_be_drawn() -> None:
    assert draw_timeline(Timeline("Your path", (), TODAY)).text == "Your path"


def test_an_axis_of_dates_has_few_names_however_long_it_is() -> None:
    for end in (dt.date(2026, 12, 1), dt.date(2027, 6, 1), dt.date(2029, 1, 1), dt.date(2046, 1, 1)):
        _, axes = figure(3)
        date_axis(axes, dt.date(2026, 11, 1), end)
        assert 1 <= len(axes.get_xticks()) <= 6


def test_a_date_after_the_last_step_is_marked_as_long_as_the_steps_have_room() -> None:
    for year, is_marked in ((2032, True), (2090, False), (2009, False)):
        picture = draw_timeline(Timeline("Your path", STEPS, TODAY, target=dt.date(year, 6, 1)))
        assert (share(picture, SECOND) > 0) is is_marked
        assert picture.text.endswith(f"Date wanted: Jun {year}")
