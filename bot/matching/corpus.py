"""The phrasings of an index as words in order: each distinct word once, with its stem, and each phrasing as numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bot.matching.lexicon import Lexicon
from bot.matching.normalise import words_of
from bot.matching.rows import Integers, Places, Rows


@dataclass(frozen=True)
class Corpus:
    """`texts` holds for each phrasing the numbers of its words; `stem_of[w]` is the number of the stem of word w."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    stem_of: Integers
    texts: Rows

    @classmethod
    def over(cls, texts: Sequence[str], lexicon: Lexicon) -> "Corpus":
        """The words of these texts."""
        words: dict[str, int] = {}
        rows = Rows.of_lists([[words.setdefault(word, len(words)) for word in words_of(text)] for text in texts])
        stems: dict[str, int] = {}
        stem_of = [stems.setdefault(stem, len(stems)) for stem in lexicon.stem_words(list(words))]
        return cls(tuple(words), tuple(stems), np.asarray(stem_of, dtype=np.int32), rows)

    @cached_property
    def number_of(self) -> dict[str, int]:
        """The number of each word."""
        return {word: number for number, word in enumerate(self.words)}

    @cached_property
    def stem_number(self) -> dict[str, int]:
        """The number of each stem."""
        return {stem: number for number, stem in enumerate(self.stems)}

    def position(self, words: Sequence[str]) -> int | None:
        """The first phrasing that is word for word these words; None when there is none."""
        numbers = [self.number_of.get(word, -1) for word in words]
        if not numbers or min(numbers) < 0:
            return None
        order, keys = self._by_opening
        key = len(numbers) * len(self.words) + numbers[0]
        alike = order[np.searchsorted(keys, key) : np.searchsorted(keys, key, side="right")]
        return next((int(at) for at in alike if self.texts[at].tolist() == numbers), None)

    @cached_property
    def _by_opening(self) -> tuple[Places, Places]:
        """The phrasings by how many words they have and with which they begin, and that as one number for each."""
        begun = np.flatnonzero(self.texts.lengths)
        first = self.texts.numbers[self.texts.starts[begun]].astype(np.int64)
        keys = self.texts.lengths[begun] * len(self.words) + first
        order = np.argsort(keys, kind="stable")
        return begun[order], keys[order]
