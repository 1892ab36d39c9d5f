"""When the next check-in comes: by the member's own clock and calendar, whatever those do."""

import datetime as dt
import zoneinfo
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import WaymarkError
from bot.store.check_ins import Every, known_zone, next_time

NEW_YORK, BERLIN = "America/New_York", "Europe/Berlin"

_ZONES = st.sampled_from(sorted(zoneinfo.available_timezones() - {"Factory", "localtime"}))
_EVERY: st.SearchStrategy[Every] = st.sampled_from(["week", "month"])
_HOURS = st.integers(0, 23)
#: Long after the last country that left out a day of its calendar.
_AFTER = st.integers(0, 70 * 365 * 24 * 60).map(
    lambda minutes: dt.datetime(2020, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes)
)


def local(text: str, zone: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=zoneinfo.ZoneInfo(zone))


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@given(_AFTER, _EVERY, _HOURS, _ZONES)
def test_a_clock_there_shows_the_hour_unless_it_leaves_it_out(
    after: dt.datetime, every: Every, hour: int, zone: str
) -> None:
    found = next_time(after, every, hour, zone)
    shown = found.astimezone(zoneinfo.ZoneInfo(zone)).replace(tzinfo=None)
    wanted = dt.datetime.combine(shown.date(), dt.time(hour))
    there = wanted.replace(tzinfo=zoneinfo.ZoneInfo(zone))
    is_left_out = there.astimezone(dt.UTC).astimezone(there.tzinfo).replace(tzinfo=None) != wanted
    assert shown == wanted or (is_left_out and wanted < shown <= wanted + dt.timedelta(hours=2))
    assert found.tzinfo is dt.UTC


@given(_AFTER, _HOURS, _ZONES)
def test_a_week_later_it_is_the_same_weekday(after: dt.datetime, hour: int, zone: str) -> None:
    there = zoneinfo.ZoneInfo(zone)
    found = next_time(after, "week", hour, zone).astimezone(there).date()
    assert found - after.astimezone(there).date() == dt.timedelta(days=7)


@given(_AFTER, _HOURS, _ZONES)
def test_a_month_later_it_is_the_same_day_or_the_last(after: dt.datetime, hour: int, zone: str) -> None:
    there = zoneinfo.ZoneInfo(zone)
    today = after.astimezone(there).date()
    found = next_time(after, "month", hour, zone).astimezone(there).date()
    assert (found.year * 12 + found.month) - (today.year * 12 + today.month) == 1
    is_last = (found + dt.timedelta(days=1)).day == 1
    assert found.day == today.day or (is_last and found.day < today.day)


@given(_AFTER, _EVERY, _HOURS, _ZONES, st.data())
def test_two_never_come_close_and_never_more_than_a_period_and_a_half_apart(
    after: dt.datetime, every: Every, hour: int, zone: str, data: st.DataObject
) -> None:
    there = zoneinfo.ZoneInfo(zone)
    day = data.draw(st.integers(1, 7 if every == "week" else 31))
    found = next_time(after, every, hour, zone, day).astimezone(there).date()
    apart = (found - after.astimezone(there).date()).days
    assert 4 <= apart <= 10 if every == "week" else 15 <= apart <= 46
    assert (found.isoweekday() == day) if every == "week" else found.day == day or found.day in (28, 29, 30)


@given(_AFTER, _EVERY, _HOURS, _ZONES)
def test_from_one_to_the_next_the_day_stays(after: dt.datetime, every: Every, hour: int, zone: str) -> None:
    there = zoneinfo.ZoneInfo(zone)
    day = after.astimezone(there).isoweekday() if every == "week" else after.astimezone(there).day
    found = [after]
    for _ in range(5):
        found.append(next_time(found[-1], every, hour, zone, day))
    days = [moment.astimezone(there).date() for moment in found[1:]]
    if every == "week":
        assert {later - earlier for earlier, later in pairwise(days)} == {dt.timedelta(days=7)}
    else:
        assert [date.day for date in days] == [min(day, last_day(date)) for date in days]


def last_day(date: dt.date) -> int:
    return ((date.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)).day


def test_it_keeps_the_hour_when_clocks_go_forward_and_back() -> None:
    assert next_time(local("2026-03-05T18:00", NEW_YORK), "week", 18, NEW_YORK) == utc("2026-03-12T22:00")
    assert next_time(local("2026-10-29T18:00", NEW_YORK), "week", 18, NEW_YORK) == utc("2026-11-05T23:00")


def test_an_hour_that_is_left_out_comes_when_the_clock_shows_what_follows() -> None:
    found = next_time(local("2026-03-22T02:00", BERLIN), "week", 2, BERLIN)
    assert found.astimezone(zoneinfo.ZoneInfo(BERLIN)) == local("2026-03-29T03:00", BERLIN)


def test_an_hour_that_comes_twice_is_taken_the_first_time() -> None:
    assert next_time(local("2026-10-18T02:00", BERLIN), "week", 2, BERLIN) == utc("2026-10-25T00:00")


def test_the_day_is_that_of_the_members_calendar() -> None:
    # In Auckland it is Monday the first already.
    after = utc("2026-05-31T13:00")
    assert next_time(after, "week", 9, "Pacific/Auckland") == local("2026-06-08T09:00", "Pacific/Auckland")
    assert next_time(after, "month", 9, "Pacific/Auckland") == local("2026-07-01T09:00", "Pacific/Auckland")


def test_after_a_short_month_comes_the_chosen_day_again() -> None:
    found = [local("2027-12-31T09:00", BERLIN)]
    for _ in range(4):
        found.append(next_time(found[-1], "month", 9, BERLIN, 31))
    there = [moment.astimezone(zoneinfo.ZoneInfo(BERLIN)).date().isoformat() for moment in found[1:]]
    assert there == ["2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]


def test_after_a_late_one_the_next_regular_day_is_left_out_when_it_is_near() -> None:
    monday = 1
    assert next_time(local("2026-05-07T08:00", BERLIN), "week", 9, BERLIN, monday) == local("2026-05-11T09:00", BERLIN)
    assert next_time(local("2026-05-08T08:00", BERLIN), "week", 9, BERLIN, monday) == local("2026-05-18T09:00", BERLIN)


@pytest.mark.parametrize(
    "zone",
    [
        "", " ", "Nowhere", "America", "../etc/passwd", "/etc/localtime", "Europe/Berlin\0", "tzdata.zi", "Factory",
        "localtime", "\ud800", "x" * 5_000, "+02:00",
    ],
)  # fmt: skip
@pytest.mark.parametrize("ask", [known_zone, lambda zone: next_time(utc("2026-05-07T08:00"), "week", 9, zone)])
def test_what_is_no_zone_is_refused_with_an_example(zone: str, ask: Callable[[str], object]) -> None:
    with pytest.raises(
        WaymarkError, match=r"There is no time zone “.*”, so nothing was changed\. Write it like "
    ) as said:
        ask(zone)
    assert len(str(said.value)) < 200


@pytest.mark.parametrize(
    ("typed", "examples"),
    [
        ("Berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("Europe/Belrin", "Europe/Berlin"),
        ("Middle Earth", "Europe/Berlin or America/New_York"),
    ],
)
def test_the_example_is_what_was_probably_meant(typed: str, examples: str) -> None:
    with pytest.raises(WaymarkError) as said:
        known_zone(typed)
    assert str(said.value).endswith(f"Write it like {examples}.")


@pytest.mark.parametrize("typed", ["Europe/Berlin", "europe/berlin", " EUROPE/Berlin "])
def test_a_zone_is_known_whatever_its_letters_case(typed: str) -> None:
    assert known_zone(typed) == "Europe/Berlin"


def test_a_zone_is_known_with_spaces_in_its_name() -> None:
    assert known_zone("america/new york") == NEW_YORK


@given(_ZONES)
def test_all_zones_are_known(zone: str) -> None:
    assert known_zone(zone) == zone
