"""How honest the confidence is on questions that it was not learned from: of those judged 0.7 likely, are 0.7 right?"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.calibration_picture import Point, Series, picture
from benchmarks.fit_confidence import Sureness, judged
from benchmarks.sets import Sets
from benchmarks.tables import number, show, table
from benchmarks.unseen import Lessons, pooled
from bot.matching.matcher import ALMOST

#: Into how many bins of equal width confidence is parted, and how many questions one must have to be drawn.
BINS, DRAWN = 10, 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions of about the same confidence: the mean of it, the share whose first entry is right, and how many."""

    confidence: float
    right: float
    count: int


def bins_of(sure: Sureness) -> list[Bin | None]:
    """The bins from low confidence to high; None for one without questions."""
    chance = np.minimum(sure.chance, ALMOST)
    right = sure.right * sure.in_scope
    numbers = np.minimum((chance * BINS).astype(int), BINS - 1)
    inside = [numbers == at for at in range(BINS)]
    return [
        Bin(float(chance[here].mean()), float(right[here].mean()), int(here.sum())) if here.any() else None
        for here in inside
    ]


def calibration_error(bins: Sequence[Bin | None]) -> float:
    """The mean distance between confidence and the share that is right, each question counting the same (expected
    calibration error).
    """
    found = [one for one in bins if one]
    return sum(abs(one.confidence - one.right) * one.count for one in found) / sum(one.count for one in found)


def show_calibration(sets: Sets, lessons: Lessons, target: Path | None) -> None:
    """Prints the bins of each set, and draws them into the target, an SVG file, where one is named."""
    judged_sets = {
        f"the guide, {len(sets.held_out.questions)} held-out questions": judged(
            lessons.examples(sets.held_out), lessons.weights_of_guide()
        ),
        f"{len(sets.small)} small FAQs": pooled([lessons.sureness(labelled.name) for labelled in sets.small]),
        **{labelled.name: lessons.sureness(labelled.name) for labelled in sets.given},
    }
    bins = {name: bins_of(sure) for name, sure in judged_sets.items()}
    show("## Calibration", "", *_LEGEND)
    rows = [
        [f"{at / BINS:.1f} to {(at + 1) / BINS:.1f}", *(_cell(found[at]) for found in bins.values())]
        for at in range(BINS)
    ]
    errors = ["calibration error", *(number(calibration_error(found)) for found in bins.values())]
    show(table(("confidence", *bins), [*rows, errors]), "")
    if target is not None:
        target.write_text(picture([_series(name, found) for name, found in bins.items()]), encoding="utf-8")


_LEGEND = (
    "For questions of about the same confidence: the share whose first entry is right, after the mean confidence, and",
    "how many they are. Confidence is honest where the two are the same. The models were not learned from these",
    "questions: the guide's are held out, and for each FAQ the other sets taught. The calibration error is the mean",
    f"distance between the two. Bins of fewer than {DRAWN} questions are not drawn.",
    "",
)


def _series(name: str, bins: Sequence[Bin | None]) -> Series:
    drawn = [one for one in bins if one and one.count >= DRAWN]
    points = tuple(Point(one.confidence, one.right, one.count) for one in drawn)
    return Series(f"{name} (error {number(calibration_error(bins), 2)})", points)


def _cell(one: Bin | None) -> str:
    return number(None) if one is None else f"{number(one.confidence, 2)} → {number(one.right, 2)} ({one.count:,})"
