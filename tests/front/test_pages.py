"""Which part of a list a page shows."""

import pytest

from bot.front.pages import Page, beside


def test_pages_hold_every_item_once_in_order() -> None:
    items = list(range(23))
    pages = [Page.at(items, number, 10) for number in range(3)]
    assert [item for page in pages for item in page.items] == items
    assert [str(page) for page in pages] == ["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"]


@pytest.mark.parametrize("count", [0, 1, 10])
def test_what_fits_one_page_has_no_number(count: int) -> None:
    page = Page.at(range(count), 0, 10)
    assert (str(page), list(page.beside()), len(page.items)) == ("", [], count)


def test_of_a_list_that_became_shorter_the_last_page_is_shown() -> None:
    page = Page.at(range(12), 7, 10)
    assert (page.items, page.number) == ((10, 11), 1)


@pytest.mark.parametrize(
    ("number", "turns"), [(0, [(1, "Next")]), (1, [(0, "Previous"), (2, "Next")]), (2, [(1, "Previous")])]
)
def test_one_can_turn_to_the_pages_beside(number: int, turns: list[tuple[int, str]]) -> None:
    assert list(Page.at(range(30), number, 10).beside()) == turns


def test_behind_a_page_of_unknown_end_there_may_be_more() -> None:
    assert list(beside(4, more=True)) == [(3, "Previous"), (5, "Next")]
    assert list(beside(4, more=False)) == [(3, "Previous")]
