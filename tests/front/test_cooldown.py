"""One member may ask so often in so many seconds."""

import datetime as dt

import discord
import pytest

from bot.front.cooldown import Cooldown, CoolingDownError

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
ANN, BEN = discord.Object(1), discord.Object(2)


def later(seconds: float) -> dt.datetime:
    return NOW + dt.timedelta(seconds=seconds)


def test_the_last_allowed_request_passes_and_the_next_has_to_wait() -> None:
    cooldown = Cooldown(2, 10)
    cooldown.check(ANN, NOW)
    cooldown.check(ANN, later(1))
    with pytest.raises(CoolingDownError, match="Try again in 8 seconds"):
        cooldown.check(ANN, later(2))


def test_one_second_is_not_told_as_several() -> None:
    cooldown = Cooldown(1, 10)
    cooldown.check(ANN, NOW)
    with pytest.raises(CoolingDownError, match=r"Try again in 1 second\."):
        cooldown.check(ANN, later(9.5))


def test_members_are_counted_apart() -> None:
    cooldown = Cooldown(1, 10)
    cooldown.check(ANN, NOW)
    cooldown.check(BEN, NOW)


def test_after_the_span_one_may_ask_again() -> None:
    cooldown = Cooldown(1, 10)
    cooldown.check(ANN, NOW)
    cooldown.check(ANN, later(11))


def test_a_member_is_told_in_public_once_a_span() -> None:
    cooldown = Cooldown(1, 10)
    assert [cooldown.may_tell(ANN, later(seconds)) for seconds in (0, 1, 9, 11)] == [True, False, False, True]


def test_light_requests_are_counted_by_themselves() -> None:
    cooldown = Cooldown(1, 10, light=2)
    cooldown.check(ANN, NOW)
    for seconds in (1, 2):
        cooldown.check(ANN, later(seconds), light=True)
    with pytest.raises(CoolingDownError):
        cooldown.check(ANN, later(3), light=True)
    with pytest.raises(CoolingDownError):
        cooldown.check(ANN, later(3))
