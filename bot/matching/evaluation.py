"""Measures a matcher on labelled questions: how often right or rightly silent, and how honest its confidence is.

All figures are shares from 0 to 1 unless said otherwise.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.answer import Kind
from bot.matching.matcher import Ranked, Verdict


@dataclass(frozen=True, slots=True)
class Query:
    """A labelled question: `expected` holds every id that is a right answer, best first; none means out of scope."""

    id: str | int
    text: str
    expected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A query with the verdict on it and the seconds that took."""

    query: Query
    verdict: Verdict
    seconds: float

    @property
    def top(self) -> Ranked | None:
        """The likeliest entry, whatever the verdict; None when no entry has a word in common."""
        return self.verdict.ranked[0] if self.verdict.ranked else None

    def is_right_within(self, first: int) -> bool:
        """Whether an expected entry is among the first so many."""
        return any(ranked.id in self.query.expected for ranked in self.verdict.ranked[:first])


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured. `right`, `offered`, `wrong` and `missed` are shares of the in-scope queries and sum to 1.

    `auroc`: how well confidence tells in-scope queries whose first entry is right from out-of-scope queries (0.5 is
    chance). `calibration_error`: mean distance between confidence and the share that is right (expected calibration
    error, ten bins). Latencies in milliseconds.
    """

    in_scope: int
    out_of_scope: int
    top_1: float | None
    top_3: float | None
    top_5: float | None
    right: float | None
    right_or_offered: float | None
    wrong: float | None
    missed: float | None
    out_answered: float | None
    out_offered: float | None
    auroc: float | None
    calibration_error: float | None
    median_ms: float | None
    p99_ms: float | None


def figures_of(judged: Sequence[Judged]) -> Figures:
    """The figures of all queries; a figure for which there is no query is None."""
    inside = [one for one in judged if one.query.expected]
    outside = [one for one in judged if not one.query.expected]
    fates = Counter(_fate(one) for one in inside)
    kinds = Counter(one.verdict.kind for one in outside)
    milliseconds = np.asarray([one.seconds for one in judged]) * 1_000
    return Figures(
        in_scope=len(inside),
        out_of_scope=len(outside),
        top_1=_share(sum(one.is_right_within(1) for one in inside), len(inside)),
        top_3=_share(sum(one.is_right_within(3) for one in inside), len(inside)),
        top_5=_share(sum(one.is_right_within(5) for one in inside), len(inside)),
        right=_share(fates["right"], len(inside)),
        right_or_offered=_share(fates["right"] + fates["offered"], len(inside)),
        wrong=_share(fates["wrong"], len(inside)),
        missed=_share(fates["missed"], len(inside)),
        out_answered=_share(kinds[Kind.ANSWER], len(outside)),
        out_offered=_share(kinds[Kind.SUGGESTIONS], len(outside)),
        auroc=_rounded(
            auroc([_confidence(one) for one in inside if one.is_right_within(1)], [_confidence(one) for one in outside])
        ),
        calibration_error=_calibration_error(judged),
        median_ms=round(float(np.median(milliseconds)), 3) if len(judged) else None,
        p99_ms=round(float(np.percentile(milliseconds, 99)), 3) if len(judged) else None,
    )


def auroc(
    first: Sequence[float] | npt.NDArray[np.floating], second: Sequence[float] | npt.NDArray[np.floating]
) -> float | None:
    """The chance that of one value of each kind the first is the higher; ties count half (Mann-Whitney). None where one
    kind is missing.
    """
    if not len(first) or not len(second):
        return None
    below, values = np.sort(np.asarray(second)), np.asarray(first)
    wins = np.searchsorted(below, values, "left") + np.searchsorted(below, values, "right")
    return float(wins.sum()) / (2 * len(values) * len(below))


def confusions(judged: Sequence[Judged], limit: int = 10) -> list[tuple[str, str, int]]:
    """The commonest mistakes as (wanted id, id that came first, how often), most frequent first."""
    found = Counter(
        (one.query.expected[0], one.top.id if one.top else "nothing")
        for one in judged
        if one.query.expected and not one.is_right_within(1)
    )
    return [(wanted, got, count) for (wanted, got), count in found.most_common(limit)]


def _fate(one: Judged) -> str:
    shown = {ranked.id for ranked in one.verdict.ranked[: one.verdict.shown]}
    if one.verdict.kind is Kind.ANSWER:
        return "right" if one.is_right_within(1) else "wrong"
    return "offered" if shown & set(one.query.expected) else "missed"


def _confidence(one: Judged) -> float:
    return one.top.confidence if one.top else 0.0


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _share(part: int, whole: int) -> float | None:
    return _rounded(part / whole) if whole else None


def _calibration_error(judged: Sequence[Judged], bins: int = 10) -> float | None:
    if not judged:
        return None
    confidence = np.asarray([_confidence(one) for one in judged])
    right = np.asarray([bool(one.query.expected) and one.is_right_within(1) for one in judged], dtype=float)
    number = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [abs((confidence - right)[number == b].sum()) for b in range(bins)]
    return round(float(sum(gaps)) / len(judged), 4)
