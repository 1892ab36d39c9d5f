"""Pay by level as a picture and in words."""

from bot.charts.ladder import Ladder, Rung, draw_ladder, thousands
from bot.charts.picture import MAIN, SECOND
from tests.charts.pixels import share

BAKER = Rung("Baker", "0-2 years", 30_000, 31_500)
HEAD = Rung("Head baker", "5+ years", 60_000, None)


def test_the_words_tell_every_figure() -> None:
    text = draw_ladder(Ladder("What bakers earn", (BAKER, HEAD), "Pay survey, 2024")).text
    assert text == (
        "What bakers earn\n"
        "Baker (0-2 years): $30k median · $31.5k average\n"
        "Head baker (5+ years): $60k median\n"
        "Pay survey, 2024"
    )


def test_the_alt_text_tells_the_same() -> None:
    picture = draw_ladder(Ladder("What bakers earn", (BAKER, HEAD)))
    assert picture.alt.startswith("Bar chart. What bakers earn; Baker (0-2 years): $30k median")


def test_ones_own_level_is_told_in_words() -> None:
    here = Rung("Baker", "0-2 years", 30_000, None, here=True)
    assert "Baker (0-2 years): $30k median (you)" in draw_ladder(Ladder("Pay", (here, HEAD))).text


def test_bars_are_as_long_as_their_pay() -> None:
    one = share(draw_ladder(Ladder("Pay", (HEAD, HEAD))), MAIN)
    half = share(draw_ladder(Ladder("Pay", (HEAD, Rung("Baker", "", 30_000, None)))), MAIN)
    assert 0.7 < half / one < 0.8


def test_an_average_has_a_mark_of_its_own() -> None:
    assert share(draw_ladder(Ladder("Pay", (HEAD,))), SECOND) == 0
    assert share(draw_ladder(Ladder("Pay", (BAKER,))), SECOND) > 0


def test_a_level_without_a_figure_says_so() -> None:
    assert (
        "Intern (first year): no figure" in draw_ladder(Ladder("Pay", (Rung("Intern", "first year", None, None),))).text
    )


def test_thousands_are_as_short_as_can_be() -> None:
    assert [thousands(amount) for amount in (62_000, 62_500, 105_490)] == ["$62k", "$62.5k", "$105.5k"]
