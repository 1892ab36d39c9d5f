"""A question for the mentors, as plain values."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal, Self, cast

from bot.errors import WaymarkError
from bot.store.tables import MentorRequestRow

#: `open`: nobody has taken it. `claimed`: a mentor has. `answered`: they have written. `closed`: over, with no answer.
State = Literal["open", "claimed", "answered", "closed"]


class MissingRequestError(WaymarkError):
    """There is no such request."""


@dataclass(frozen=True, slots=True)
class Tried:
    """An entry that was shown before a mentor was asked, with its confidence (0 to 1)."""

    entry_id: str
    confidence: float


@dataclass(frozen=True, slots=True)
class MentorRequest:
    """A question for the mentors. `asker` is None when it is anonymous, and once that person is forgotten; then `text`
    is None, too. `question`: the number of the question that was missed before. `step`: where on their path the asker
    is, if they allowed to tell it. `card`: channel and message that show it to the mentors, once it stands there.
    """

    number: int
    server: int
    channel: int
    question: int | None
    asker: int | None
    anonymous: bool
    text: str | None
    tried: tuple[Tried, ...]
    step: str | None
    state: State
    claimed_by: int | None
    claimed_at: dt.datetime | None
    answered_at: dt.datetime | None
    card: tuple[int, int] | None
    at: dt.datetime

    @classmethod
    def of(cls, row: MentorRequestRow) -> Self:
        """The request as it is stored, without the asker where mentors must not learn it."""
        card = (row.card_channel, row.card) if row.card_channel is not None and row.card is not None else None
        return cls(
            row.number, row.server, row.channel, row.question, None if row.anonymous else row.asker, row.anonymous,
            row.text, tuple(Tried(entry_id, confidence) for entry_id, confidence in row.tried), row.step,
            cast("State", row.state), row.claimed_by, row.claimed_at, row.answered_at, card, row.at,
        )  # fmt: skip
