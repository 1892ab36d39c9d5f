"""Menus of themes and of entries, however many there are."""

import pytest

from bot.errors import WaymarkError
from bot.front.layout import OPTIONS_LIMIT
from bot.front.themes import theme_view, themes_view
from bot.knowledge.knowledge import Knowledge, key_of
from bot.knowledge.models import Entry, GuideFile
from bot.matching.coach import Coach
from tests.front.reading import custom_ids, menus, seen


def coach_with(*, themes: int = 1, entries: int = 1) -> Coach:
    """A coach over one guide with so many themes, `t0` having so many entries and the others one each."""
    titles = {f"t{number}": f"Theme {number}" for number in range(themes)}
    guide = GuideFile(guide="baker", title="Baker", summary="Bread.", themes=titles, sources={})
    places = ["t0"] * (entries - 1) + list(titles)
    made = (
        Entry(id=f"e{number}", question=f"Question {number}?", answer="Yes.", theme=theme)
        for number, theme in enumerate(places)
    )
    return Coach.knowing(Knowledge((guide,), tuple(made)))


def test_a_theme_of_25_entries_has_one_menu() -> None:
    assert [len(menu) for menu in menus(theme_view(coach_with(entries=OPTIONS_LIMIT), "t0"))] == [25]


def test_a_theme_of_more_entries_has_several_menus_that_offer_each_once_in_order() -> None:
    found = menus(theme_view(coach_with(entries=60), "t0"))
    assert [len(menu) for menu in found] == [25, 25, 10]
    assert [one["value"] for menu in found for one in menu] == [key_of(f"e{number}") for number in range(60)]


def test_menus_of_one_message_have_ids_of_their_own() -> None:
    found = custom_ids(theme_view(coach_with(entries=60), "t0"))
    assert found == ["wm:entries:t0:0", "wm:entries:t0:1", "wm:entries:t0:2", "wm:back:"]


def test_a_theme_too_large_for_one_message_says_how_many_are_left() -> None:
    view = theme_view(coach_with(entries=253), "t0")
    assert sum(map(len, menus(view))) == 250
    assert "There are 3 more than fit here; `/ask` finds them all." in seen(view).text


def test_a_theme_that_fits_says_nothing_of_more() -> None:
    assert "more than fit" not in seen(theme_view(coach_with(entries=250), "t0")).text


def test_more_than_25_themes_have_several_menus() -> None:
    assert [len(menu) for menu in menus(themes_view(coach_with(themes=30)))] == [25, 5]


def test_each_theme_tells_how_many_questions_it_has() -> None:
    (menu,) = menus(themes_view(coach_with(themes=2, entries=3)))
    assert [one["description"] for one in menu] == ["3 questions", "1 question"]


def test_a_theme_that_is_gone_is_said_so() -> None:
    with pytest.raises(WaymarkError, match="no longer in the guide"):
        theme_view(coach_with(), "gone")
