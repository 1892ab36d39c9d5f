"""The words of the language, as far as the sentence encoder has them in one piece, with how usual each is.

Not here: what a typo was meant as (`mending`).
"""

import math
from collections.abc import Sequence
from functools import cached_property

from Stemmer import Stemmer

from bot.matching.spelling import Spelling

#: Shortest stem by which a form of a known word is known: of shorter ones too many typos are forms.
STEM_LETTERS = 4


class Language:
    """Words in plain small letters, about the most used first; what is looked up is made at the first look."""

    def __init__(self, words: Sequence[str]) -> None:
        self._ranks = {word: rank for rank, word in enumerate(dict.fromkeys(words), 1)}
        self._all = math.log(len(self._ranks) + 1) + 1

    def rank(self, word: str) -> int | None:
        """The place of a word among all, from 1; None for one that the language does not have."""
        return self._ranks.get(word)

    def share(self, word: str) -> float:
        """Which share of all words is this one, by Zipf's law: it falls with the rank."""
        rank = self._ranks.get(word)
        return 1 / (rank * self._all) if rank else 0.0

    def is_form(self, word: str) -> bool:
        """Whether the word has the stem of one that the language has: "curators" where it has "curator"."""
        stem = Stemmer("english").stemWord(word)
        return len(stem) >= STEM_LETTERS and stem in self._stems

    @cached_property
    def spelling(self) -> Spelling:
        """All words by their spelling."""
        return Spelling(sorted(self._ranks))

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(Stemmer("english").stemWords(list(self._ranks)))
