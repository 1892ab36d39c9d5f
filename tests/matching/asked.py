"""Questions of members as the inbox has them, and a coach of bakers to group them with."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.knowledge.knowledge import Knowledge
from bot.knowledge.models import Entry
from bot.matching.coach import Coach
from tests.matching.conftest import WORDS

START = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
ENTRIES = (
    Entry(id="pay", question="What is the salary of a baker?", phrasings=["baker pay", "hourly wage"], answer="Much."),
    Entry(id="night", question="Do bakers work at night?", phrasings=["working hours", "night shifts"], answer="Yes."),
    Entry(id="exam", question="How hard is the final exam?", phrasings=["test at the end"], answer="Hard."),
    Entry(id="oven", question="Which oven do bakers use?", phrasings=["kinds of ovens", "stone oven"], answer="Big."),
    Entry(id="flour", question="Which flour is best?", phrasings=["rye or wheat", "flour types"], answer="Rye."),
)
KNOWN = Knowledge(entries=ENTRIES, words=WORDS)
COACH = Coach.knowing(KNOWN)


@dataclass(frozen=True)
class Asked:
    """A question; each is asked an hour after the one before."""

    number: int
    text: str
    member: int = 1
    chosen: str | None = None
    asked_mentor: bool = False
    waiting: int = 0
    dismissed: bool = False

    @property
    def at(self) -> dt.datetime:
        return START + dt.timedelta(hours=self.number)


def asked(*texts: str) -> list[Asked]:
    """These questions in order, each of another member."""
    return [Asked(number, text, member=number) for number, text in enumerate(texts, 1)]


def numbers(questions: Sequence[Asked]) -> list[int]:
    return [question.number for question in questions]
