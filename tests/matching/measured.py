"""Questions measured against the entries that the tests of matching share, with and without meanings."""

import numpy as np
import pytest

from bot.matching.embedding import Embedder
from bot.matching.features import Features, Measuring
from bot.matching.rows import Floats
from bot.matching.space import Space
from bot.matching.vectors import VectorCache
from tests.matching.conftest import ENTRIES
from tests.matching.encoders import small_encoder
from tests.matching.made_up import LEXICON

OUTSIDE = ("do you like the night", "how is the bread here", "what a day", "hello from the ovens")
EMBEDDER = Embedder(small_encoder, VectorCache(None))
QUESTIONS = ("baker pay", "wage of a teacher at night", "how long is the trainig", "I love to bake", "zebra", "")
VARIANTS = [(False, False), (False, True), (True, False), (True, True)]
SPACES = {
    (meaning, outside): Space.over(ENTRIES, LEXICON, OUTSIDE if outside else (), EMBEDDER if meaning else None)
    for meaning, outside in VARIANTS
}


class Measured:
    """The features of one question by name."""

    def __init__(self, text: str, space: Space) -> None:
        self.space = space
        self.measuring = Measuring(space, LEXICON)
        self.vector = EMBEDDER.questions([text])[0] if space.meaning else None
        self.features: Features = self.measuring.features(text, self.vector)

    def __getitem__(self, name: str) -> Floats:
        column: Floats = self.features.rows[:, self.measuring.names.index(name)]
        return column

    def of_three(self, scores: Floats) -> list[float]:
        """The mean of the three best phrasings of each entry, and of the out-of-scope messages."""
        entries = np.split(scores, self.space.index.starts[1:-1])
        return [float(np.mean(sorted(entry, reverse=True)[:3])) for entry in entries]


def measured(text: str, *, meaning: bool = False, outside: bool = False) -> Measured:
    return Measured(text, SPACES[meaning, outside])


def by_words(text: str) -> Measured:
    return measured(text)


def by_meaning(text: str) -> Measured:
    return measured(text, meaning=True)


def variants(names: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(names, VARIANTS)
