"""How likely a word is, alone and after another: by the phrasings of an index and by the language."""

import math
from collections.abc import Callable
from functools import cached_property

import numpy as np

from bot.matching.corpus import Corpus
from bot.matching.language import MEANT, Language
from bot.matching.spelling import Spelling

#: The share of the phrasings in how likely a word is; the rest is the language's.
OWN = 0.7
#: How much more a pair counts that the phrasings have: the weight of its share of all that follows the first word.
PAIRS = 300.0
#: What a word costs that nobody knows, as a negative logarithm.
UNKNOWN = 28.0
#: Most letters of a word that is as easily a typo of another or an abbreviation: it is taken as typed up to the first
#: rank in the language, and meant by a typo up to the second.
SHORT, KNOWN, USUAL = 3, 30_000, 1_000
#: Words of one letter.
SINGLE = frozenset("ai")


class Likely:
    """What the words of phrasings and the language together tell; costs are negative logarithms of probabilities."""

    def __init__(
        self, corpus: Corpus, language: Callable[[], Language], is_word: Callable[[str], bool] = lambda _: False
    ) -> None:
        """`language` is asked for at the first word that neither the phrasings have nor `is_word` knows."""
        self._find_language = language
        self._is_word = is_word
        self._corpus = corpus
        self._total = max(len(corpus.texts.numbers), 1)

    def is_meant(self, word: str) -> bool:
        """Whether a word is taken as it was typed: one of the phrasings, one of the language, or a form of one."""
        if word in self._corpus.number_of or (len(word) > SHORT and self._is_word(word)):
            return True
        rank = self._language.rank(word)
        if rank is not None:
            return len(word) > SHORT or rank <= KNOWN
        return self._language.is_form(word)

    def is_target(self, word: str) -> bool:
        """Whether a typo can be meant as this word."""
        known = word in self._corpus.number_of or self._language.rank(word) is not None
        return known and (word in SINGLE if len(word) == 1 else word.isalpha())

    def near(self, word: str, slips: int) -> list[tuple[str, int]]:
        """The words that a typo with at most so many slips can be meant as, each with its slips; in no order."""
        found = dict(self._language.spelling.within(word, slips)) | dict(self._own.within(word, slips))
        return [
            (near, edits) for near, edits in found.items() if self.is_target(near) and not self._is_rare_short(near)
        ]

    def _is_rare_short(self, word: str) -> bool:
        """Whether it is rather an abbreviation than a word that people mean."""
        rank = self._language.rank(word) or KNOWN
        return len(word) <= SHORT and rank > USUAL and word not in self._corpus.number_of

    def cost(self, word: str, before: str = "") -> float:
        """What the word costs after another."""
        number = self._corpus.number_of.get(word)
        own = self._times[number] / self._total if number is not None else 0.0
        alone = OWN * own + (1 - OWN) * self._language.share(word)
        if not alone:
            return UNKNOWN
        return -math.log(alone) - math.log1p(PAIRS * self._following(before, number))

    def _following(self, before: str, number: int | None) -> float:
        """Which share of all that follows a word in the phrasings is the word of that number."""
        first = self._corpus.number_of.get(before)
        if first is None or number is None:
            return 0.0
        return self._pairs.get((first, number), 0) / self._times[first]

    @cached_property
    def _language(self) -> Language:
        return self._find_language()

    @cached_property
    def _times(self) -> list[int]:
        """How often the phrasings have each word."""
        times: list[int] = np.bincount(self._corpus.texts.numbers, minlength=len(self._corpus.words)).tolist()
        return times

    @cached_property
    def _own(self) -> Spelling:
        """Words of the phrasings that are not among those that typos are meant as anywhere."""
        return Spelling(sorted(word for word in self._corpus.words if (self._language.rank(word) or MEANT + 1) > MEANT))

    @cached_property
    def _pairs(self) -> dict[tuple[int, int], int]:
        """How often the phrasings have each pair of words, one after the other, by their numbers."""
        numbers, starts = self._corpus.texts.numbers.astype(np.int64), self._corpus.texts.starts
        within = np.ones(max(len(numbers) - 1, 0), dtype=bool)
        # The last word of a phrasing is not followed by the first of the next.
        within[starts[1:-1][(starts[1:-1] > 0) & (starts[1:-1] < len(numbers))] - 1] = False
        size = len(self._corpus.words)
        keys, counts = np.unique((numbers[:-1] * size + numbers[1:])[within], return_counts=True)
        return {divmod(key, size): count for key, count in zip(keys.tolist(), counts.tolist(), strict=True)}
