"""How the honesty of confidence is counted and drawn."""

from xml.etree import ElementTree as ET

import numpy as np
import pytest

from benchmarks.calibration import Bin, bins_of, calibration_error
from benchmarks.calibration_picture import Point, Series, picture
from benchmarks.fit_confidence import Sureness

SURE = Sureness(
    np.asarray([0.12, 0.18, 0.71, 0.79, 1.0]), np.asarray([0.0, 1.0, 1.0, 1.0, 1.0]),
    np.asarray([False, True, True, True, True]),
)  # fmt: skip
SERIES = (Series("bakers & sailors", (Point(0.15, 0.5, 2), Point(0.75, 1.0, 2))), Series("climbers", (Point(0, 0, 1),)))


def test_questions_of_about_the_same_confidence_share_a_bin() -> None:
    bins = bins_of(SURE)
    assert [one.count if one else 0 for one in bins] == [0, 2, 0, 0, 0, 0, 0, 2, 0, 1]
    assert bins[1] is not None
    assert bins[1].confidence == pytest.approx(0.15)
    assert bins[1].right == 0.5


def test_the_calibration_error_is_the_mean_distance_of_all_questions() -> None:
    assert calibration_error([Bin(0.2, 0.5, 3), None, Bin(0.9, 0.8, 1)]) == pytest.approx((3 * 0.3 + 0.1) / 4)


def test_an_out_of_scope_question_is_never_right() -> None:
    none_in_scope = Sureness(np.asarray([0.9]), np.asarray([1.0]), np.asarray([False]))
    assert calibration_error(bins_of(none_in_scope)) == pytest.approx(0.9)


def test_the_picture_tells_in_words_what_it_shows() -> None:
    root = ET.fromstring(picture(SERIES))
    texts = {part.tag.rpartition("}")[2]: part.text or "" for part in root if part.text}
    assert texts["title"] == "How often the coach is right at each confidence"
    assert "bakers & sailors: 0.50 right at 0.15 (2), 1.00 right at 0.75 (2)" in texts["desc"]


def test_the_picture_has_colours_for_dark_pages_too() -> None:
    assert "prefers-color-scheme:dark" in picture(SERIES)


def test_the_picture_draws_each_point_of_each_set() -> None:
    root = ET.fromstring(picture(SERIES))
    assert len([part for part in root if part.tag.endswith("circle")]) == 3
