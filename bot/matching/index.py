"""The index of phrasings: which phrasing holds which word, and how much a word weighs here.

Built once over all entries and never changed; a change in the knowledge makes a new one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from bot.matching.corpus import Corpus
from bot.matching.lexicon import Lexicon
from bot.matching.rows import Floats, Integers, Rows, distinct, ends_of

#: Share of its weight that a word without a topic of its own ("the", "honestly") keeps.
FILLER_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Indexed:
    """What is to be found under one id: its question first, then its other phrasings.

    `lookalikes`: messages like these that are not meant for it. `related`: ids of entries that follow-ups often lead
    to; `theme`: a name that entries near in subject share. `answer`: what it says, in Discord's Markdown.
    """

    id: str
    texts: tuple[str, ...]
    lookalikes: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    theme: str | None = None
    answer: str = ""


@dataclass(frozen=True)
class PhrasingIndex:
    """Phrasings as sets of stems. Positions count from 0, entry by entry.

    `starts[e]` is where the phrasings of entry e begin; `postings[s]` are the phrasings that hold stem s; `norms[p]` is
    the weight of all stems of phrasing p.
    """

    starts: npt.NDArray[np.int64]
    stems: tuple[str, ...]
    weights: Floats
    postings: Rows
    norms: Floats

    @classmethod
    def over(cls, entries: Sequence[Indexed], corpus: Corpus, lexicon: Lexicon) -> "PhrasingIndex":
        """The index of these entries. A word weighs the more the fewer entries hold it (inverse entry frequency).

        `corpus` is that of the texts of all entries, in order.
        """
        starts = ends_of([len(entry.texts) for entry in entries])
        numbers, stems = _with_short_forms(corpus, lexicon)
        count, phrasings = int(starts[-1]), numbers.owners
        held = distinct(phrasings.astype(np.int64) * max(len(stems), 1) + numbers.numbers)
        phrasings, words = np.divmod(held, max(len(stems), 1))
        entry_of = np.repeat(np.arange(len(entries)), np.diff(starts))
        pairs = distinct(words * len(entries) + entry_of[phrasings])
        counts = np.bincount(pairs // max(len(entries), 1), minlength=len(stems))
        weights = stem_weights(stems, counts, len(entries), lexicon)
        norms = np.bincount(phrasings, weights=weights[words], minlength=count).astype(np.float32)
        postings = Rows.of_pairs(words, phrasings, len(stems))
        return cls(starts, stems, weights, postings, np.maximum(norms, 1e-6))

    @cached_property
    def vocabulary(self) -> dict[str, int]:
        """The number of each stem."""
        return {stem: number for number, stem in enumerate(self.stems)}

    @cached_property
    def owners(self) -> Integers:
        """The position of the entry of each phrasing."""
        return np.repeat(np.arange(len(self.starts) - 1, dtype=np.int32), np.diff(self.starts))


def _with_short_forms(corpus: Corpus, lexicon: Lexicon) -> tuple[Rows, tuple[str, ...]]:
    """The stems of each phrasing together with those that its short and long forms add."""
    stems = dict(corpus.stem_number)
    given = Rows(corpus.texts.starts, corpus.stem_of[corpus.texts.numbers])
    openings = np.asarray([stems[stem] for stem in lexicon.openings if stem in stems], dtype=np.int32)
    places = np.flatnonzero(np.isin(given.numbers, openings))
    added_rows: list[int] = []
    added: list[int] = []
    for row in np.unique(given.owners[places]).tolist() if len(places) else ():
        written = [corpus.stems[number] for number in given[row]]
        for stem in lexicon.with_short_forms(written)[len(written) :]:
            added_rows.append(row)
            added.append(stems.setdefault(stem, len(stems)))
    rows = np.concatenate([given.owners, np.asarray(added_rows, dtype=np.int32)])
    numbers = np.concatenate([given.numbers, np.asarray(added, dtype=np.int32)])
    return Rows.of_pairs(rows, numbers, len(given)), tuple(stems)


def stem_weights(stems: Sequence[str], counts: npt.NDArray[np.integer], entries: int, lexicon: Lexicon) -> Floats:
    """The weight of each stem (inverse entry frequency), above 0; those without a topic of their own weigh less.

    `counts`: how many of the entries hold each.
    """
    filler = np.asarray([stem in lexicon.fillers for stem in stems], dtype=bool)
    weights = np.log1p((entries - counts + 0.5) / (counts + 0.5)).astype(np.float32)
    weights[filler] *= FILLER_SHARE
    return weights
