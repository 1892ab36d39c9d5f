"""The words of English with how usual each is, from the dictionary of pyspellchecker: 160,000 words, counted in the
subtitles of films.

Not here: what a typo was meant as (`mending`).
"""

import gzip
import json
import math
from collections.abc import Sequence
from functools import cached_property, lru_cache
from importlib import resources

from Stemmer import Stemmer

from bot.matching.spelling import Spelling

#: Shortest stem by which a form of a known word is known: of shorter ones too many typos are forms.
STEM_LETTERS = 4
#: How many of the most used words typos are meant as; among all, each typo would be some word.
MEANT = 25_000


class Language:
    """Words in small letters, the most used first; what is looked up is made at the first look."""

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
        """The words that typos are meant as, by their spelling."""
        return Spelling(sorted(word for word, rank in self._ranks.items() if rank <= MEANT and word.isalpha()))

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(Stemmer("english").stemWords(list(self._ranks)))


@lru_cache(maxsize=1)
def english() -> Language:
    """The English language; the first call takes a fifth of a second."""
    # The file itself: the library's own reader takes half a second, as it makes ready for what is not asked of it here.
    file = resources.files("spellchecker").joinpath("resources", "en.json.gz")
    counts: dict[str, int] = json.loads(gzip.decompress(file.read_bytes()))
    return Language(sorted(counts, key=lambda word: (-counts[word], word)))
