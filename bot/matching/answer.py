"""What the coach says to a question: the one shape that the terminal and every way in on Discord share."""

from dataclasses import dataclass
from enum import StrEnum

from bot.knowledge.knowledge import key_of
from bot.knowledge.models import Entry


class Kind(StrEnum):
    """The verdict: `answer`, `suggestions` ("did you mean"), `none` (not known), `social` (thanks, hello)."""

    ANSWER = "answer"
    SUGGESTIONS = "suggestions"
    NONE = "none"
    SOCIAL = "social"


@dataclass(frozen=True, slots=True)
class Match:
    """An entry with the probability (0 to 1) that it is a right answer to the question.

    `leads`: the positions, from 0, of the entry's leads that the question names.
    """

    entry: Entry
    confidence: float
    leads: tuple[int, ...] = ()

    @property
    def shown(self) -> Entry:
        """The entry as this question is answered with it: led by what the question names."""
        return self.entry.led_by(self.leads)

    @property
    def key(self) -> str:
        """The key by which a button finds the entry as it is shown here."""
        return key_of(self.entry.id, self.leads)


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict with what belongs to it.

    `matches`: for `answer` one (or one for each part of a compound question), for `suggestions` 2 to 5, best first;
    else empty. `others`: the next best entries after `matches`, best first, for "Not this one" and for nearest themes.
    `interject`: whether the coach, only listening, would speak up.
    """

    kind: Kind
    matches: tuple[Match, ...] = ()
    others: tuple[Match, ...] = ()
    interject: bool = False
