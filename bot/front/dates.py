"""How a day is written where Discord cannot write it in each reader's own way: in pictures, in files, in digests."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dates:
    """A way to write days: its name for people, and its form for `strftime`."""

    name: str
    form: str


#: By a locale of Discord's, the ways that a server may choose from; the short numeric forms of Unicode's CLDR 46, with
#: the year in full.
DATES: Mapping[str, Dates] = {
    "en-US": Dates("English, United States", "%m/%d/%Y"),
    "en-GB": Dates("English, United Kingdom", "%d/%m/%Y"),
    "da": Dates("Dansk", "%d.%m.%Y"),
    "de": Dates("Deutsch", "%d.%m.%Y"),
    "es-ES": Dates("Español", "%d/%m/%Y"),
    "fr": Dates("Français", "%d/%m/%Y"),
    "it": Dates("Italiano", "%d/%m/%Y"),
    "nl": Dates("Nederlands", "%d-%m-%Y"),
    "pl": Dates("Polski", "%d.%m.%Y"),
    "pt-BR": Dates("Português do Brasil", "%d/%m/%Y"),
    "sv-SE": Dates("Svenska", "%Y-%m-%d"),
    "ja": Dates("日本語", "%Y/%m/%d"),
}


def written(day: dt.date, locale: str) -> str:
    """The day as that locale writes it; as ISO 8601 does for one that is not known."""
    known = DATES.get(locale)
    return day.strftime(known.form) if known else day.isoformat()
