"""Keeps one member from keeping the bot busy: so many requests in so many seconds, over all ways to ask."""

import datetime as dt
import math

import discord
from discord.ext import commands

from bot.errors import WaymarkError

#: A person reading answers never gets here; a script or a key held down does.
REQUESTS, SECONDS = 8, 20.0
#: The same for what is light for the bot, such as the buttons by which one goes through the steps of a path.
LIGHT_REQUESTS = 40


class CoolingDownError(WaymarkError):
    """The member has to wait; the text says how long."""


class Cooldown:
    """Counts each member's requests, light ones by themselves.

    A member is forgotten when their last request is older than the span.
    """

    def __init__(self, requests: int = REQUESTS, seconds: float = SECONDS, light: int = LIGHT_REQUESTS) -> None:
        self._requests = _per_member(requests, seconds)
        self._light_requests = _per_member(light, seconds)
        self._notices = _per_member(1, seconds)

    def check(self, member: discord.abc.Snowflake, at: dt.datetime, *, light: bool = False) -> None:
        """Counts a request made at that time; raises `CoolingDownError` when it is one too many."""
        requests = self._light_requests if light else self._requests
        wait = requests.update_rate_limit(member, at.timestamp())
        if wait is not None:
            seconds = math.ceil(wait)
            again = "1 second" if seconds == 1 else f"{seconds} seconds"
            raise CoolingDownError(f"That was a lot at once, so I left this one out. Try again in {again}.")

    def may_tell(self, member: discord.abc.Snowflake, at: dt.datetime) -> bool:
        """Whether to tell the member where others can read it: once a span, so that nobody can make the bot chatter."""
        return self._notices.update_rate_limit(member, at.timestamp()) is None


def _per_member(requests: int, seconds: float) -> commands.CooldownMapping[discord.abc.Snowflake]:
    return commands.CooldownMapping.from_cooldown(requests, seconds, lambda member: member.id)
