"""What all pictures keep: their size, their margins, their alt text, and that none is drawn twice."""

import threading

from bot.charts.counts import Bar, Counts, draw_counts
from bot.charts.ladder import Ladder, Rung, draw_ladder
from bot.charts.picture import ALT_LIMIT, DOTS, WIDTH, Picture, Pictures
from tests.charts.pixels import dots, inked

LADDER = Ladder("Pay", (Rung("Baker", "2 years", 30_000, None), Rung("Head baker", "5 years", 45_000, 47_000)))


def test_a_picture_is_a_png_of_the_common_width() -> None:
    picture = draw_ladder(LADDER)
    assert picture.png.startswith(b"\x89PNG")
    assert dots(picture).shape[1] == WIDTH * DOTS


def test_the_same_content_gives_the_same_bytes() -> None:
    assert draw_ladder(LADDER).png == draw_ladder(LADDER).png


def test_no_ink_touches_the_edge() -> None:
    long = Ladder("A title that is much longer than one line has room for " * 2, LADDER.rungs, "A source " * 20)
    for ladder in (LADDER, long):
        ink = inked(draw_ladder(ladder))
        assert ink[:6].sum() == ink[-6:].sum() == ink[:, :6].sum() == ink[:, -6:].sum() == 0


def test_a_dollar_sign_is_no_formula() -> None:
    assert draw_ladder(Ladder("From $5 to $10 and $", LADDER.rungs)).text.startswith("From $5 to $10 and $\n")


def test_alt_text_keeps_discords_limit() -> None:
    bars = tuple(Bar(f"Theme number {number}", (number, 0)) for number in range(80))
    picture = draw_counts(Counts("Asked", ("answered", "missed"), bars))
    assert len(picture.alt) <= ALT_LIMIT
    assert picture.alt.endswith("…")


def test_the_words_hold_all_that_the_alt_text_has_no_room_for() -> None:
    bars = tuple(Bar(f"Theme number {number}", (number, 0)) for number in range(80))
    assert "Theme number 79: 79 answered, 0 missed" in draw_counts(Counts("Asked", ("answered", "missed"), bars)).text


class Drawing:
    """Draws nothing, and counts how often it is asked to."""

    def __init__(self) -> None:
        self.drawn: list[str] = []

    def draw(self, content: str) -> Picture:
        self.drawn.append(content)
        return Picture(content.encode(), content, content)


def test_a_picture_that_is_kept_is_not_drawn_again() -> None:
    pictures, drawing = Pictures(), Drawing()
    assert pictures.get(drawing.draw, "one") is pictures.get(drawing.draw, "one")
    assert drawing.drawn == ["one"]


def test_the_picture_that_was_wanted_longest_ago_goes_first() -> None:
    pictures, drawing = Pictures(most=2), Drawing()
    for content in ("one", "two", "one", "three", "one", "two"):
        pictures.get(drawing.draw, content)
    assert drawing.drawn == ["one", "two", "three", "two"]


def test_threads_may_draw_at_the_same_time() -> None:
    pictures = Pictures()
    ladders = [Ladder(f"Pay {number}", LADDER.rungs) for number in range(4)]
    found: dict[str, bytes] = {}

    def draw(ladder: Ladder) -> None:
        found[ladder.title] = pictures.get(draw_ladder, ladder).png

    threads = [threading.Thread(target=draw, args=(ladder,)) for ladder in ladders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {ladder.title: draw_ladder(ladder).png for ladder in ladders}
