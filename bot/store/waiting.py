"""How long one waits for a mentor, told honestly: who waits still counts, too."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

#: From how many answered requests on anything can be told.
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Span:
    """How long somebody waited until a mentor answered, or has waited so far when none has."""

    time: dt.timedelta
    answered: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long the last askers waited. `median`: half of them were answered within that time; None while too many of
    them wait still to know. `shortest`: until the quickest answer. `longest`: of all, those included who wait still.
    """

    median: dt.timedelta | None
    shortest: dt.timedelta
    longest: dt.timedelta
    answered: int
    unanswered: int

    @classmethod
    def of(cls, spans: Sequence[Span]) -> "Waiting | None":
        """What these spans tell; None where fewer than `FEWEST` were answered.

        The median is that of Kaplan and Meier (1958): who waits still counts as not answered for as long as they have
        waited, and says nothing of the time after.
        """
        answered = [span.time for span in spans if span.answered]
        if len(answered) < FEWEST:
            return None
        longest = max(span.time for span in spans)
        return cls(_median(spans), min(answered), longest, len(answered), len(spans) - len(answered))


def _median(spans: Sequence[Span]) -> dt.timedelta | None:
    left, share = len(spans), 1.0
    # Of equal times, those who were answered come first: the others waited at least as long.
    for span in sorted(spans, key=lambda one: (one.time, not one.answered)):
        share *= (left - 1) / left if span.answered else 1.0
        left -= 1
        # The product of fractions may miss one half by the last digit.
        if span.answered and share <= 0.5 + 1e-9:
            return span.time
    return None
