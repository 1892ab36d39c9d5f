"""How a day is written by the language that a server has chosen."""

import datetime as dt

import discord
import pytest

from bot.front.dates import DATES, written
from bot.front.layout import OPTIONS_LIMIT
from bot.store.server_settings import ServerSettings

DAY = dt.date(2026, 3, 9)


@pytest.mark.parametrize(
    ("locale", "text"),
    [("en-US", "03/09/2026"), ("en-GB", "09/03/2026"), ("de", "09.03.2026"), ("sv-SE", "2026-03-09")],
)
def test_a_day_is_written_as_the_locale_has_it(locale: str, text: str) -> None:
    assert written(DAY, locale) == text


def test_a_locale_that_is_not_known_gets_what_nobody_misreads() -> None:
    assert written(DAY, "tlh") == "2026-03-09"


def test_all_are_locales_of_discords_and_fit_one_menu() -> None:
    assert {locale.value for locale in discord.Locale} >= DATES.keys()
    assert len(DATES) <= OPTIONS_LIMIT


def test_what_holds_without_a_choice_is_among_them() -> None:
    assert ServerSettings().dates in DATES
