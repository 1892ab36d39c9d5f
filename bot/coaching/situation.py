"""What a member told about themselves when they began: where they stand, how they study, and by when they want it."""

import datetime as dt
import re
from dataclasses import dataclass

from bot.errors import WaymarkError
from bot.knowledge.figures import last_day
from bot.knowledge.path_models import Pace

#: Longest text about a state or country, in characters.
REGION_LIMIT = 100
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_NAMED = re.compile(r"([a-z]{3,9})\.?,? (\d{4})")


@dataclass(frozen=True, slots=True)
class Situation:
    """Which guide's path a member walks, and from where.

    `starting_point`: its id in the path's file. `region`: the state or country in their own words, may be empty.
    `target`: the day by which they want to be done, if they named one. `begun_on`: from which day all is counted.
    """

    guide: str
    starting_point: str
    pace: Pace
    hours_a_week: int
    begun_on: dt.date
    region: str = ""
    target: dt.date | None = None


def read_target(text: str, today: dt.date) -> dt.date | None:
    """The last day of what a member typed: `2028`, `2028-06`, `2028-06-30`, `June 2028`; None for nothing.

    Raises `WaymarkError` for any other text and for a day that has passed.
    """
    typed = " ".join(text.lower().split())
    if not typed:
        return None
    try:
        day = last_day(_as_partial_date(typed))
    except ValueError:
        raise WaymarkError(
            f"I can't read “{text.strip()[:40]}” as a date. Write it like 2028-06 or June 2028, or leave it empty."
        ) from None
    if day <= today:
        raise WaymarkError("That date has passed already. Pick one that is still to come, or leave it empty.")
    return day


def _as_partial_date(typed: str) -> str:
    """The date as files write it; raises `ValueError` for what is none, and for one that does not exist."""
    if found := _NUMBERS.fullmatch(typed):
        parts = [int(part) for part in found.groups() if part]
    elif found := _NAMED.fullmatch(typed):
        parts = [int(found[2]), _MONTHS.index(found[1][:3]) + 1]
    else:
        raise ValueError(typed)
    dt.date(*[*parts, 1, 1][:3])
    return "-".join(f"{part:02}" for part in parts)
