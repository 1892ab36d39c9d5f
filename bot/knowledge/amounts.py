"""What the times and costs of a path come to, and how they are told: what a source gives, and what is our estimate."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from bot.knowledge.figures import age_of, is_expired, last_day, shown, written
from bot.knowledge.models import FIGURE_MARK, Figure, Unit
from bot.knowledge.path_models import Estimate, Pace, PathStep, at_pace

Measure = Literal["months", "USD", "EUR"]
#: The figure of that name, or None when no guide has it.
FigureOf = Callable[[str], Figure | None]

_SCALE: dict[Unit, tuple[Measure, int]] = {
    "years": ("months", 12),
    "months": ("months", 1),
    "USD": ("USD", 1),
    "USD_thousands": ("USD", 1000),
    "EUR": ("EUR", 1),
}


@dataclass(frozen=True, slots=True)
class Amount:
    """A range of months or of money, both ends included.

    `figures`: those of the guide that it is made of. `has_estimate`: whether some of it no source gives.
    """

    measure: Measure
    low: int
    high: int
    figures: tuple[Figure, ...] = ()
    has_estimate: bool = False

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(
            self.measure,
            self.low + other.low,
            self.high + other.high,
            (*self.figures, *other.figures),
            self.has_estimate or other.has_estimate,
        )

    def shown(self, today: dt.date) -> str:
        """How it is told: `1-2 years`, `$150 to $600 (our estimate)`, `6-12 months (now 3 years old)`."""
        if len(self.figures) == 1 and self == _of_figure(self.figures[0], self.measure):
            return shown(self.figures[0], today)
        if self.measure == "months":
            text = months_shown(self.low, self.high)
        else:
            text = _money_shown(self.low, self.high, self.measure)
        remarks = ["partly our estimate" if self.figures else "our estimate"] if self.has_estimate else []
        if expired := [figure for figure in self.figures if is_expired(figure, today)]:
            remarks.append(f"from figures now {age_of(min(expired, key=lambda one: last_day(one.as_of)), today)} old")
        return f"{text} ({', '.join(remarks)})" if remarks else text


def months_shown(low: int, high: int) -> str:
    """A range of months, in years where those are whole or half: `2-3 years`, `1.5-3 years`, `8-18 months`."""
    unit: Literal["years", "months"] = "years" if high >= 18 and not low % 6 and not high % 6 else "months"
    size = 12 if unit == "years" else 1
    return written(low / size if low == high else [low / size, high / size], unit)


def _money_shown(low: int, high: int, currency: Literal["USD", "EUR"]) -> str:
    if high == 0:
        return "nothing"
    if low == 0:
        return f"up to {written(high, currency)}"
    return written(low if low == high else [low, high], currency)


def measure_of(figure: Figure) -> Measure | None:
    """What the figure measures; None for what is neither a time nor money, and for what has no highest value."""
    return None if figure.or_more or figure.unit not in _SCALE else _SCALE[figure.unit][0]


def amount_of(given: str | Estimate | None, measure: Measure, figure_of: FigureOf) -> Amount | None:
    """What is given, as an amount of that measure; None where nothing is given or a figure cannot be had."""
    if isinstance(given, Estimate):
        return Amount(measure, given.estimate[0], given.estimate[1], has_estimate=True)
    figures = [figure_of(name) for name in FIGURE_MARK.findall(given or "")]
    found = [figure for figure in figures if figure is not None and measure_of(figure) == measure]
    if not found or len(found) < len(figures):
        return None
    return sum((_of_figure(figure, measure) for figure in found[1:]), _of_figure(found[0], measure))


def _of_figure(figure: Figure, measure: Measure) -> Amount:
    scale = _SCALE[figure.unit][1]
    low, high = figure.value if isinstance(figure.value, list) else (figure.value, figure.value)
    return Amount(measure, round(low * scale), round(high * scale), (figure,))


def duration_of(step: PathStep, pace: Pace, figure_of: FigureOf) -> Amount | None:
    """How long the step takes at that pace, in months."""
    return amount_of(at_pace(step.duration, pace), "months", figure_of)


def whole_duration(steps: Iterable[PathStep], pace: Pace, figure_of: FigureOf) -> Amount:
    """How long the steps take one after the other, in months; those during another add nothing."""
    durations = (duration_of(step, pace, figure_of) for step in steps if step.during is None)
    return sum((duration for duration in durations if duration is not None), Amount("months", 0, 0))


def held_to(whole: Amount, total: Amount | None) -> Amount:
    """The whole way, but never faster than the source's own total: the shortest of each step seldom come together."""
    if total is None:
        return whole
    low = max(whole.low, total.low)
    return replace(whole, low=low, high=max(whole.high, low))
