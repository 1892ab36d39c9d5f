"""Whether the day by which a member wants to be done can be met; said so that nobody is sent away by it."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from bot.coaching.forecast import Window


class Reach(StrEnum):
    """`easy`: also when all takes long. `possible`: when it goes well. `too_soon`: not even then."""

    EASY = "easy"
    POSSIBLE = "possible"
    TOO_SOON = "too_soon"


@dataclass(frozen=True, slots=True)
class Outlook:
    """Whether the target can be met, and a sentence or two that say so to the member."""

    reach: Reach
    text: str


def outlook(target: dt.date, finish: Window, full_time: Window | None = None) -> Outlook:
    """How the target stands to when the way can be finished.

    `full_time`: when it could be finished at full time, for who studies part-time.
    """
    wanted = f"{target:%B %Y}"
    if target >= finish.latest:
        return Outlook(Reach.EASY, f"{wanted} leaves you room: you would be finished by {finish.latest:%B %Y}.")
    if target >= finish.earliest:
        text = f"{wanted} can work out if things go well: the way ends {_between(finish)}."
        return Outlook(Reach.POSSIBLE, text)
    text = f"{wanted} is hard to reach: the way ends {_between(finish)}. Nothing is lost if the date moves."
    if full_time is not None and full_time.earliest <= target:
        text += f" Studying full-time, it could end {_between(full_time)}."
    return Outlook(Reach.TOO_SOON, text)


def _between(window: Window) -> str:
    earliest, latest = f"{window.earliest:%B %Y}", f"{window.latest:%B %Y}"
    return f"in {earliest}" if earliest == latest else f"between {earliest} and {latest}"
