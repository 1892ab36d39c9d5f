"""When the steps of a path can be finished: from the day it was begun, and from what has been done since.

Days are counted in whole months, as times on a path are; a month that lacks the day ends on its last.
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.knowledge.amounts import Amount


@dataclass(frozen=True, slots=True)
class Window:
    """From when on something goes, and when it is finished at the earliest and at the latest."""

    begins: dt.date
    earliest: dt.date
    latest: dt.date

    def shown(self) -> str:
        """When it is finished, by the month: `Jun 2028`, `Jun 2028 to Mar 2029`."""
        earliest, latest = f"{self.earliest:%b %Y}", f"{self.latest:%b %Y}"
        return earliest if earliest == latest else f"{earliest} to {latest}"


class Timed(Protocol):
    """What is known of a step here: how long it takes, and during which other one it is taken."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def duration(self) -> Amount | None:
        """Its time in months; None when nobody can tell."""

    @property
    def during(self) -> str | None:
        """The id of the step it is taken beside; None for one that follows on those before it."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """By step id when each can be finished, and when the whole way can.

    None for a step without any time of its own that all the others have left behind, and for the whole when only such
    steps are left.
    """

    steps: Mapping[str, Window | None]
    whole: Window | None


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later; the last of the month where that has no such day."""
    total = day.year * 12 + day.month - 1 + months
    year, month = total // 12, total % 12 + 1
    return dt.date(year, month, min(day.day, monthrange(year, month)[1]))


def forecast(
    steps: Sequence[Timed], begun_on: dt.date, today: dt.date, least: int, ended: Mapping[str, dt.date | None]
) -> Forecast:
    """When all can be finished, as of today; nothing that is open can be finished before today.

    `least`: months that the whole takes at least, as long as all steps that follow on each other are open; after that
    the days count on which they were done. `ended`: that day, None for a step that was left out; no open steps.
    """
    following = [step for step in steps if step.during is None]
    windows = _following(following, begun_on, today, ended)
    left = [step.id for step in following if step.id not in ended]
    if left and len(left) == len(following):
        last = windows[left[-1]]
        earliest = max(last.earliest, add_months(begun_on, least))
        windows[left[-1]] = Window(last.begins, earliest, max(last.latest, earliest))
    whole = Window(begun_on, windows[left[-1]].earliest, windows[left[-1]].latest) if left else None
    found: dict[str, Window | None] = dict(windows)
    for step in steps:
        if step.during is None:
            continue
        if step.id in ended:
            found[step.id] = _ended(ended[step.id], begun_on)
        elif (host := _host(step, steps)) in left:
            found[step.id] = windows[host]
        else:
            found[step.id] = whole or _from(today, step)
    return Forecast(found, whole or _longest(found[step.id] for step in steps if step.id not in ended))


def _following(
    steps: Sequence[Timed], begun_on: dt.date, today: dt.date, ended: Mapping[str, dt.date | None]
) -> dict[str, Window]:
    """The windows of steps that follow on each other; one that is left out takes no time."""
    windows: dict[str, Window] = {}
    earliest = latest = begun_on
    for step in steps:
        begins = earliest
        if step.id in ended:
            window = _ended(ended[step.id], begins)
        else:
            low, high = (step.duration.low, step.duration.high) if step.duration else (0, 0)
            window = Window(begins, max(add_months(earliest, low), today), max(add_months(latest, high), today))
        windows[step.id] = window
        earliest, latest = max(earliest, window.earliest), max(latest, window.latest)
    return windows


def _ended(day: dt.date | None, begins: dt.date) -> Window:
    """The window of a step that is done, or left out, which then has no length."""
    end = begins if day is None else day
    return Window(min(begins, end), end, end)


def _host(step: Timed, steps: Sequence[Timed]) -> str:
    """The step that this one is taken beside, followed to one that takes time of its own; empty when it is not here."""
    during = {other.id: other.during for other in steps}
    host, seen = step.id, set[str]()
    while host not in seen and (other := during.get(host)) is not None:
        seen.add(host)
        host = other
    return host if host in during and during[host] is None else ""


def _from(day: dt.date, step: Timed) -> Window | None:
    if step.duration is None:
        return None
    return Window(day, add_months(day, step.duration.low), add_months(day, step.duration.high))


def _longest(windows: Iterable[Window | None]) -> Window | None:
    known = [window for window in windows if window is not None]
    if not known:
        return None
    return Window(
        min(window.begins for window in known),
        max(window.earliest for window in known),
        max(window.latest for window in known),
    )
