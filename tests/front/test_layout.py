"""Layouts keep Discord's limits whatever they are given."""

import discord
import pytest
from discord import ui

from bot.charts.picture import Picture
from bot.front.layout import ANSWER, LABEL_LIMIT, TEXT_LIMIT, Attached, Shown, label, layout, lines, small


def texts(view: ui.LayoutView) -> list[str]:
    return [item.content for item in view.walk_children() if isinstance(item, ui.TextDisplay)]


def test_texts_that_are_too_long_together_are_cut_the_longest_first() -> None:
    shown = texts(layout(ANSWER, "title", "a" * 5_000, "source"))
    assert (shown[0], shown[2]) == ("title", "source")
    assert sum(map(len, shown)) == TEXT_LIMIT


def test_two_long_texts_are_cut_until_both_fit() -> None:
    assert sum(map(len, texts(layout(ANSWER, "a" * 5_000, "b" * 5_000)))) <= TEXT_LIMIT


def test_an_empty_text_is_left_out() -> None:
    assert texts(layout(ANSWER, "", "text")) == ["text"]


def test_buttons_given_together_share_a_row() -> None:
    view = layout(ANSWER, [ui.Button(label="a", custom_id="a"), ui.Button(label="b", custom_id="b")])
    rows = [item for item in view.walk_children() if isinstance(item, ui.ActionRow)]
    assert [len(row.children) for row in rows] == [2]


def test_a_layout_never_times_out() -> None:
    assert layout(ANSWER, "text").timeout is None


def test_more_than_40_components_are_refused() -> None:
    with pytest.raises(ValueError, match="40"):
        layout(ANSWER, *[ui.Button(label=str(n), custom_id=str(n)) for n in range(40)])


def test_a_label_keeps_its_limit() -> None:
    assert len(label("word " * 40)) <= LABEL_LIMIT


def test_each_line_of_small_print_is_small() -> None:
    assert small("a\nb") == "-# a\n-# b"


def test_a_tone_is_a_colour_of_its_own() -> None:
    container = layout(ANSWER, "text").children[0]
    assert isinstance(container, ui.Container)
    assert isinstance(container.accent_colour, discord.Colour)


def test_texts_that_are_missing_leave_no_gap() -> None:
    assert lines("a", "", None, "b") == "a\nb"


def test_a_picture_stands_for_itself_with_its_alt_text() -> None:
    attached = Attached("path.png", Picture(b"dots", "A path.", "text"))
    container = layout(ANSWER, "text", attached.block()).children[0]
    assert isinstance(container, ui.Container)
    gallery = container.children[1]
    assert isinstance(gallery, ui.MediaGallery)
    (item,) = gallery.items
    assert (item.media.url, item.description) == ("attachment://path.png", "A path.")


def test_a_picture_goes_along_anew_with_each_sending() -> None:
    shown = Shown(layout(ANSWER, "text"), [Attached("path.png", Picture(b"dots", "A path.", "text"))])
    first, second = shown.files()[0], shown.files()[0]
    assert (first.filename, first.description, first.fp.read(), second.fp.read()) == (
        "path.png", "A path.", b"dots", b"dots",
    )  # fmt: skip
