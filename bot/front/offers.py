"""What the coach has offered unasked and nobody has taken away yet: kept in memory, for ten minutes each."""

import asyncio
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

import discord
from discord.ext import commands

#: So long an offer stands.
LASTING = dt.timedelta(minutes=10)
#: Between two offers in a channel, and between two to a member.
CHANNEL_PAUSE, MEMBER_PAUSE = dt.timedelta(minutes=2), dt.timedelta(minutes=10)


@dataclass(slots=True, eq=False)
class Offer:
    """An offer under a `question`, the message of the `asker`.

    `message`: the offer's own, None while it is not posted yet. `is_post`: whether the question began a forum's post.
    `number`: under which the question was recorded, once its asker has opened the answer. `one_at_a_time`: held by
    whoever opens or shares it, so that two clicks count once.
    """

    channel: int
    question: int
    asker: int
    message: discord.Message | None = None
    is_post: bool = False
    number: int | None = None
    one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)


class Offers:
    """The offers that stand, and how long there must be none. It holds ids and no words."""

    def __init__(self) -> None:
        self._standing: dict[int, Offer] = {}
        self._channels = _once_in(CHANNEL_PAUSE)
        self._members = _once_in(MEMBER_PAUSE)

    def may(self, channel: int, member: int, at: dt.datetime) -> bool:
        """Whether an offer may be made there to that member."""
        now = at.timestamp()
        pauses = (self._channels.get_bucket(channel, now), self._members.get_bucket(member, now))
        return not any(pause is not None and pause.get_retry_after(now) for pause in pauses)

    def pause(self, channel: int, member: int, at: dt.datetime) -> None:
        """Counts an offer that is being made."""
        self._channels.update_rate_limit(channel, at.timestamp())
        self._members.update_rate_limit(member, at.timestamp())

    def put(self, offer: Offer) -> None:
        """Lets an offer stand."""
        self._standing[offer.question] = offer

    def get(self, question: int) -> Offer | None:
        """The offer under that message, None where none stands."""
        return self._standing.get(question)

    def drop(self, question: int) -> Offer | None:
        """Lets the offer under that message go, and gives it to the one who did so first."""
        return self._standing.pop(question, None)

    def of(self, channel: int) -> Iterator[Offer]:
        """The offers that stand in a channel."""
        return (offer for offer in list(self._standing.values()) if offer.channel == channel)


def _once_in(pause: dt.timedelta) -> commands.CooldownMapping[int]:
    return commands.CooldownMapping.from_cooldown(1, pause.total_seconds(), lambda of: of)
