"""Mends words that nobody knows into the words of the phrasings that they were meant to be.

The sentence encoder needs it most: a word with one wrong letter falls into pieces that mean something else.
"""

import re
from collections.abc import Callable, Iterable

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.matching.alignment import TYPO_LETTERS
from bot.matching.normalise import words_of

_WORD = re.compile(r"[A-Za-z]+")


class Mender:
    """Knows the words of the phrasings, and through `is_word` those of the language, which are left alone."""

    def __init__(self, texts: Iterable[str], is_word: Callable[[str], bool]) -> None:
        self._is_word = is_word
        self._known = {word for text in texts for word in words_of(text) if word.isalpha()}
        # A word counts as known however rare it is; what typos are mended to should be a word of the language too.
        self._targets = sorted(word for word in self._known if len(word) >= TYPO_LETTERS[0] and is_word(word))

    def mend(self, text: str) -> str:
        """The text with each unknown word in place of which exactly one known word is nearest, within one edit (two
        from eight letters on), as that word; all else as it stands.
        """
        return _WORD.sub(lambda found: self._mended(found[0]), text)

    def _mended(self, word: str) -> str:
        small = word.lower()
        if len(small) < TYPO_LETTERS[0] or small in self._known or self._is_word(small):
            return word
        edits = 2 if len(small) >= TYPO_LETTERS[1] else 1
        near = process.extract(small, self._targets, scorer=DamerauLevenshtein.distance, score_cutoff=edits, limit=2)
        if not near or (len(near) > 1 and near[0][1] == near[1][1]):
            return word
        return near[0][0]
