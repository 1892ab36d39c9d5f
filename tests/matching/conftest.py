"""A small lexicon and a few entries that the tests of matching share."""

import pytest

from bot.knowledge.models import WordsFile
from bot.matching.index import Indexed
from bot.matching.lexicon import Lexicon

WORDS = WordsFile(
    synonyms=[["pay", "salary", "wage", "take home"], ["teacher", "educator"]],
    short_forms={"mls": "master of library science"},
    protected=["nurse"],
    fillers=["a", "the", "of", "is", "do", "i", "what", "how", "please", "so", "that"],
    social=["thanks", "thank you", "hello", "good morning", "great"],
)
ENTRIES = (
    Indexed(
        "pay",
        ("What is the salary of a baker?", "baker pay", "how much do bakers make"),
        answer="A baker takes home **30,000** a year. Nights pay more.",
    ),
    Indexed(
        "training", ("How long does it take to become a baker?", "length of the apprenticeship", "years of training")
    ),
    Indexed("night", ("Do bakers work at night?", "working hours", "when does the day of a baker start")),
    Indexed("switch", ("I am a teacher; can I move over?", "from teaching to baking", "career change for teachers")),
)


@pytest.fixture
def lexicon() -> Lexicon:
    return Lexicon(WORDS)


@pytest.fixture
def entries() -> tuple[Indexed, ...]:
    return ENTRIES
