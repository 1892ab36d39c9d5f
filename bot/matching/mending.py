"""Mends words that nobody knows into the words of the phrasings that they were meant to be.

The sentence encoder needs it most: a word with one wrong letter falls into pieces that mean something else.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from bot.matching.corpus import Corpus
from bot.matching.embedding import Embedder
from bot.matching.lexicon import Lexicon
from bot.matching.spelling import Spelling

# Whole words of plain letters; one with an accent or a digit in it is no typo of a plain one.
_WORD = re.compile(r"\b[A-Za-z]+\b")
#: From how many letters on one wrong letter, and two, are mended.
LETTERS = (4, 7)
#: Of several words that are as near, the one is meant that the phrasings have so many times as often as each other.
OFTENER = 3
#: Shortest half of two words that were typed as one.
HALF = 2


class Mender:
    """Knows the words of the phrasings, and through `is_word` those of the language, which are left alone."""

    def __init__(self, words: Iterable[str] | Mapping[str, int], is_word: Callable[[str], bool]) -> None:
        """`words`: those of the phrasings, or how often they have each."""
        self._is_word = is_word
        counted = words if isinstance(words, Mapping) else Counter(words)
        self._times = {word: times for word, times in counted.items() if word.isalpha()}
        # A word counts as known however rare it is; what typos are mended to should be a word of the language too.
        self._targets = frozenset(word for word in self._times if is_word(word))
        self._spelling = Spelling(sorted(word for word in self._targets if len(word) >= LETTERS[0] - 1))

    @classmethod
    def over(cls, corpus: Corpus, embedder: Embedder, lexicon: Lexicon) -> "Mender":
        """A mender that knows the words of the phrasings, of `words.yaml`, and those that the encoder knows."""
        encoder = embedder.encoder
        times = np.bincount(corpus.texts.numbers, minlength=len(corpus.words)).tolist()
        counted = dict(zip(corpus.words, times, strict=True))
        return cls(counted, lambda word: word in lexicon.words or encoder.is_word(word))

    def mend(self, text: str) -> str:
        """The text with each unknown word as the known one that it is most likely meant to be: the nearest within one
        edit (two from seven letters on) that begins alike, or two known words that were typed as one; all else as it
        stands.
        """
        return _WORD.sub(lambda found: self._mended(found[0]), text)

    def _mended(self, word: str) -> str:
        small = word.lower()
        if len(small) < LETTERS[0] or small in self._times or self._is_word(small):
            return word
        near = self._spelling.within(small, 2 if len(small) >= LETTERS[1] else 1)
        nearest = [found for found, edits in near if edits == near[0][1]]
        # Few people mistype how a word begins, other than by swapping its first two letters.
        alike = [found for found in nearest if found[0] == small[0] or set(found[:2]) == set(small[:2])]
        if not alike and len(small) > LETTERS[0] and nearest and near[0][1] == 1:
            alike = nearest
        return (self._most_used(alike) if alike else self._apart(small)) or word

    def _most_used(self, words: Sequence[str]) -> str | None:
        first, *others = sorted(words, key=lambda word: -self._times[word])
        return first if all(self._times[first] >= OFTENER * self._times[other] for other in others) else None

    def _apart(self, word: str) -> str | None:
        """The two known words that were typed without a space between; the most used pair of several."""
        cuts = range(HALF, len(word) - HALF + 1)
        pairs = [(word[:at], word[at:]) for at in cuts if {word[:at], word[at:]} <= self._targets]
        return " ".join(max(pairs, key=lambda pair: min(self._times[half] for half in pair))) if pairs else None
