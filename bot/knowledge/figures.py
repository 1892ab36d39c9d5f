"""How a figure is written in an answer, and how old it is."""

import datetime as dt
from collections.abc import Callable, Sequence

from bot.knowledge.models import Figure, Unit

_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def _plain(number: float) -> str:
    return f"{number:,.10g}" if number != int(number) else f"{int(number):,}"


_WRITE: dict[Unit, Callable[[float], str]] = {
    "USD": lambda number: f"${_plain(number)}",
    "USD_thousands": lambda number: f"${_plain(number)}k",
    "EUR": lambda number: f"€{_plain(number)}",
    "percent": lambda number: f"{_plain(number)}%",
    "count": _plain,
    "years": _plain,
    "months": _plain,
}


def last_day(date: str) -> dt.date:
    """The last day that a partial date covers: `2025` is 2025-12-31, `2024-02` is 2024-02-29."""
    parts = [int(part) for part in date.split("-")]
    if len(parts) == 3:
        return dt.date(parts[0], parts[1], parts[2])
    year, month = parts[0], parts[1] if len(parts) == 2 else 12
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def is_expired(figure: Figure, today: dt.date) -> bool:
    """Whether the last day on which the figure counts as current has passed."""
    return today > last_day(figure.valid_until)


def age_of(figure: Figure, today: dt.date) -> str:
    """How long ago the figure's as-of date was, in whole years, or in months below one year: `3 years`."""
    then = last_day(figure.as_of)
    months = max(0, (today.year - then.year) * 12 + today.month - then.month - (today.day < then.day))
    amount, unit = (months // 12, "year") if months >= 12 else (months, "month")
    return f"{amount} {unit}" if amount == 1 else f"{amount} {unit}s"


def shown(figure: Figure, today: dt.date) -> str:
    """The figure as it stands in an answer: `$63,080`, `2-3 years`, `$65,000 to $80,000+`, `four years`.

    Past its valid-until date its age stands beside it: `$63,080 (now 3 years old)`.
    """
    text = written(figure.value, figure.unit, or_more=figure.or_more)
    return f"{text} (now {age_of(figure, today)} old)" if is_expired(figure, today) else text


def written(value: float | Sequence[float], unit: Unit, *, or_more: bool = False) -> str:
    """A number or a pair [low, high] with its unit: `$63,080`, `$65,000 to $80,000+`, `2-3 years`, `four years`."""
    write = _WRITE[unit]
    is_span = unit in ("years", "months")
    more = "+" if or_more else ""
    if not isinstance(value, int | float):
        low, high = (write(number) for number in value)
        text = f"{low}-{high}{more}" if is_span else f"{low} to {high}{more}"
    elif is_span and not more and value in range(len(_WORDS)):
        # Small whole spans read better as words ("four years"), as style guides of English ask below ten.
        text = _WORDS[int(value)]
    else:
        text = write(value) + more
    if not is_span:
        return text
    one = value == 1 and not more
    return f"{text} {unit[:-1] if one else unit}"
