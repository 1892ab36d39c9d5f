"""What the answers of entries say: how many of a message's words an answer holds, and how near in meaning it comes.

Phrasings tell how people ask; an answer tells of what. It counts most where an entry has few phrasings.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from bot.matching.candidates import Candidates
from bot.matching.corpus import Corpus
from bot.matching.index import Indexed, stem_weights
from bot.matching.lexicon import Lexicon
from bot.matching.rows import Floats, Places, Rows, distinct, ends_of

#: Most sentences of an answer that are read, from its beginning.
SENTENCES_LIMIT = 12
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[*_`#>|~]+")
_END = re.compile(r"(?<=[.!?;:])\s+|\n+")
# The bullet before an item of a list, and what ends a sentence. A number before an item is a sentence of its own, and
# too short to tell anything.
_EDGES = " -•."
_SHORT = 2


@dataclass(frozen=True)
class Answers:
    """The answer of each entry as sentences, and as the stems it holds; one without an answer has its question instead.

    `starts[e]` is where the sentences of entry e begin; each has at least one. `postings[s]` are the entries whose
    answer holds stem s.
    """

    sentences: tuple[str, ...]
    starts: Places
    stems: tuple[str, ...]
    weights: Floats
    postings: Rows

    @classmethod
    def over(cls, entries: Sequence[Indexed], lexicon: Lexicon) -> "Answers":
        """What these entries answer. A stem weighs the more the fewer answers hold it."""
        texts = [entry.answer or entry.texts[0] for entry in entries]
        sentences = [sentences_of(entry.answer) if entry.answer else [entry.texts[0]] for entry in entries]
        corpus = Corpus.over(texts, lexicon)
        size = max(len(corpus.stems), 1)
        held = distinct(corpus.texts.owners.astype(np.int64) * size + corpus.stem_of[corpus.texts.numbers])
        owners, stems = np.divmod(held, size)
        counts = np.bincount(stems, minlength=len(corpus.stems))
        return cls(
            tuple(sentence for each in sentences for sentence in each),
            ends_of([len(each) for each in sentences]),
            corpus.stems,
            stem_weights(corpus.stems, counts, len(entries), lexicon),
            Rows.of_pairs(stems, owners, len(corpus.stems)),
        )

    @cached_property
    def vocabulary(self) -> dict[str, int]:
        """The number of each stem."""
        return {stem: number for number, stem in enumerate(self.stems)}

    def held(self, stems: Sequence[str], lexicon: Lexicon) -> Floats:
        """For each entry the share (0 to 1) of a message's stems that its answer holds, each by its weight.

        Words without a topic of their own do not count; a message of nothing else is held by none.
        """
        entries = len(self.starts) - 1
        found = np.zeros(entries, dtype=np.float32)
        total = 0.0
        # As much as a stem of the answers that only half an entry had: none may have it.
        unknown = float(np.log1p((entries + 0.5) / 0.5))
        for stem in dict.fromkeys(stems):
            if stem in lexicon.fillers:
                continue
            number = self.vocabulary.get(stem)
            total += unknown if number is None else float(self.weights[number])
            if number is not None:
                found[self.postings[number]] += self.weights[number]
        return found / np.float32(total) if total else found


@dataclass(frozen=True)
class AnswerMeanings:
    """The sentences of the answers as vectors of meaning, of length one; `starts` as in `Answers`."""

    vectors: Floats
    starts: Places

    def nearest(self, vector: Floats, entries: npt.NDArray[np.integer]) -> Floats:
        """For each of these entries the cosine (-1 to 1) of a message with the nearest sentence of its answer."""
        if len(entries) == len(self.starts) - 1:
            result: Floats = np.maximum.reduceat(self.vectors @ vector, self.starts[:-1])
            return result
        near = Candidates.of_entries(entries, self.starts)
        return np.asarray(np.maximum.reduceat(near.of(self.vectors) @ vector, near.starts), dtype=np.float32)


def sentences_of(answer: str) -> list[str]:
    """The sentences, lines and items of an answer in plain letters, at least one and at most `SENTENCES_LIMIT`."""
    found = list(_sentences(_MARKS.sub("", _LINK.sub(r"\1", answer))))
    return found[:SENTENCES_LIMIT] or [answer]


def _sentences(text: str) -> Iterator[str]:
    for sentence in _END.split(text):
        told = sentence.strip(_EDGES)
        if len(told) > _SHORT:
            yield told
