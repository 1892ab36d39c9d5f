"""Keeps one member from keeping the bot busy: so many requests in so many seconds, over all ways to ask."""

import datetime as dt
import math

import discord
from discord.ext import commands

from bot.errors import WaymarkError

#: A person reading answers never gets here; a script or a key held down does.
REQUESTS, SECONDS = 8, 20.0


class CoolingDownError(WaymarkError):
    """The member has to wait; the text says how long."""


class Cooldown:
    """Counts each member's requests. A member is forgotten when their last request is older than the span."""

    def __init__(self, requests: int = REQUESTS, seconds: float = SECONDS) -> None:
        self._requests = _per_member(requests, seconds)
        self._notices = _per_member(1, seconds)

    def check(self, member: discord.abc.Snowflake, at: dt.datetime) -> None:
        """Counts a request made at that time; raises `CoolingDownError` when it is one too many."""
        wait = self._requests.update_rate_limit(member, at.timestamp())
        if wait is not None:
            raise CoolingDownError(
                f"That was a lot at once, so I left this one out. Try again in {math.ceil(wait)} seconds."
            )

    def may_tell(self, member: discord.abc.Snowflake, at: dt.datetime) -> bool:
        """Whether to tell the member where others can read it: once a span, so that nobody can make the bot chatter."""
        return self._notices.update_rate_limit(member, at.timestamp()) is None


def _per_member(requests: int, seconds: float) -> commands.CooldownMapping[discord.abc.Snowflake]:
    return commands.CooldownMapping.from_cooldown(requests, seconds, lambda member: member.id)
