"""Mends words that nobody knows into the words of the phrasings that they were meant to be.

The sentence encoder needs it most: a word with one wrong letter falls into pieces that mean something else.
"""

import re
from collections.abc import Callable, Iterable

from bot.matching.embedding import Embedder
from bot.matching.lexicon import Lexicon
from bot.matching.spelling import Spelling

# Whole words of plain letters; one with an accent or a digit in it is no typo of a plain one.
_WORD = re.compile(r"\b[A-Za-z]+\b")
#: From how many letters on one wrong letter, and two, are mended. Shorter than in `alignment`: what is mended here is
#: then taken for the word itself.
LETTERS = (5, 9)


class Mender:
    """Knows the words of the phrasings, and through `is_word` those of the language, which are left alone."""

    def __init__(self, words: Iterable[str], is_word: Callable[[str], bool]) -> None:
        self._is_word = is_word
        self._known = {word for word in words if word.isalpha()}
        # A word counts as known however rare it is; what typos are mended to should be a word of the language too.
        self._targets = Spelling(sorted(word for word in self._known if len(word) >= LETTERS[0] - 1 and is_word(word)))

    @classmethod
    def over(cls, words: Iterable[str], embedder: Embedder, lexicon: Lexicon) -> "Mender":
        """A mender that knows the words of the phrasings, of `words.yaml`, and those that the encoder knows."""
        encoder = embedder.encoder
        return cls(words, lambda word: word in lexicon.words or encoder.is_word(word))

    def mend(self, text: str) -> str:
        """The text with each unknown word in place of which exactly one known word is nearest, within one edit (two
        from nine letters on) and beginning alike, as that word; all else as it stands.
        """
        return _WORD.sub(lambda found: self._mended(found[0]), text)

    def _mended(self, word: str) -> str:
        small = word.lower()
        if len(small) < LETTERS[0] or small in self._known or self._is_word(small):
            return word
        edits = 2 if len(small) >= LETTERS[1] else 1
        near = self._targets.within(small, edits)
        if not near or (len(near) > 1 and near[0][1] == near[1][1]):
            return word
        found = near[0][0]
        # Few people mistype how a word begins, other than by swapping its first two letters.
        return found if found[0] == small[0] or set(found[:2]) == set(small[:2]) else word
