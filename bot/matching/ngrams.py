"""Phrasings as TF-IDF vectors over word stems, word pairs and letters in a row (3 to 5 within a word).

Letters in a row make typos and endings cost little; word pairs keep some of the order. Letters are kept once for each
distinct word instead of once a phrasing, so that room and time grow with the words and not with their repetitions.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from bot.matching.corpus import Corpus
from bot.matching.rows import Floats, Integers, Places, Rows, sums

#: About how many letters of phrasings are looked at together when the index is built; bounds the memory that takes.
CHUNK = 2_000_000


@lru_cache(maxsize=50_000)
def _letters(word: str) -> tuple[str, ...]:
    padded = f" {word} "
    return tuple(padded[i : i + size] for size in (3, 4, 5) for i in range(len(padded) - size + 1))


@dataclass(frozen=True)
class Block:
    """One kind of features: `holders[f]` has the items with feature f, `values` how much each counts there."""

    idf: Floats
    holders: Rows
    values: Floats


@dataclass(frozen=True)
class NgramSpace:
    """The vectors of a corpus, and how near a question's vector is to each of them.

    `pairs` are pairs of stems as one number each, in order, and features after the stems. `norms` are the lengths of
    the phrasings' letters; `mean_norms` the lengths of the mean of the vectors of each entry.
    """

    corpus: Corpus
    pairs: Places
    words: Block
    runs: tuple[str, ...]
    letters: Block
    norms: Floats
    mean_norms: Floats

    @classmethod
    def over(cls, corpus: Corpus, starts: Places) -> "NgramSpace":
        """The space of a corpus whose phrasings stand entry by entry; `starts[e]` is where those of entry e begin."""
        size, owners = len(corpus.texts), np.repeat(np.arange(len(starts) - 1), np.diff(starts))
        rows, features, pairs = _word_features(corpus)
        count = len(corpus.stems) + len(pairs)
        pair_rows, pair_features, counts = _counted(rows, features, count)
        idf = _idf(np.bincount(pair_features, minlength=count), size)
        values, _ = _unit(counts * idf[pair_features], pair_rows, size)
        squares = _summed_squares(owners[pair_rows], pair_features, values, count, len(starts) - 1)
        words = Block(idf, *_turned(pair_features, pair_rows, values, count))
        runs, letters = _letters_of(corpus)
        norms, letter_squares = _letter_norms(corpus, letters, owners, len(starts) - 1)
        sizes = np.maximum(np.diff(starts), 1)
        mean_norms = np.sqrt((squares + letter_squares) / 2).astype(np.float32) / sizes
        return cls(corpus, pairs, words, runs, letters, norms, np.maximum(mean_norms, 1e-6).astype(np.float32))

    @cached_property
    def _run_number(self) -> dict[str, int]:
        return {run: number for number, run in enumerate(self.runs)}

    def by_words(self, stems: Sequence[str]) -> Floats:
        """The cosine (0 to 1) of a question's stems and pairs of stems with those of each phrasing."""
        known = [self.corpus.stem_number.get(stem, -1) for stem in stems]
        keys = [first * len(self.corpus.stems) + second for first, second in pairwise(known)
                if first >= 0 and second >= 0]  # fmt: skip
        features = np.asarray([number for number in known if number >= 0], dtype=np.int64)
        if keys and len(self.pairs):
            wanted = np.asarray(keys, dtype=np.int64)
            at = np.minimum(np.searchsorted(self.pairs, wanted), len(self.pairs) - 1)
            features = np.concatenate([features, len(self.corpus.stems) + at[self.pairs[at] == wanted]])
        return _spread(self.words, features, len(self.corpus.texts))

    def by_letters(self, words: Sequence[str]) -> Floats:
        """How much of a question's letters in a row each distinct word of the corpus has; see `of_phrasings`."""
        known = (self._run_number.get(run, -1) for word in words for run in _letters(word))
        features = np.asarray([number for number in known if number >= 0], dtype=np.int64)
        return _spread(self.letters, features, len(self.corpus.words))

    def of_phrasings(self, by_letters: Floats, phrasings: Integers | None = None) -> Floats:
        """The cosine (0 to 1) of the letters with those of each of these phrasings; of all, when none are named."""
        texts = self.corpus.texts
        if phrasings is None:
            return sums(by_letters[texts.numbers], texts.starts) / self.norms
        places, lengths = texts.places(phrasings)
        starts = np.concatenate(([0], np.cumsum(lengths)))
        return sums(by_letters[texts.numbers[places]], starts) / self.norms[phrasings]

    def likeness(self, words: Sequence[str], stems: Sequence[str]) -> Floats:
        """The cosine (0 to 1) of a question's vector with each phrasing's; words and letters count half each."""
        return (self.by_words(stems) + self.of_phrasings(self.by_letters(words))) / np.float32(2)


def _spread(block: Block, features: npt.NDArray[np.int64], size: int) -> Floats:
    """The question's features, as a vector of length one, times what each item has of them."""
    numbers, counts = np.unique(features, return_counts=True)
    if not len(numbers):
        return np.zeros(size, dtype=np.float32)
    weights = (1 + np.log(counts)) * block.idf[numbers]
    weights = weights / max(math.sqrt(float(weights @ weights)), 1e-6)
    places, lengths = block.holders.places(numbers)
    shares = np.repeat(weights, lengths) * block.values[places]
    return np.bincount(block.holders.numbers[places], weights=shares, minlength=size).astype(np.float32)


def _idf(frequencies: npt.NDArray[np.integer], size: int) -> Floats:
    result: Floats = (np.log((1 + size) / (1 + np.minimum(frequencies, size))) + 1).astype(np.float32)
    return result


def _word_features(corpus: Corpus) -> tuple[Places, Places, Places]:
    """For each stem and each pair of stems of a phrasing: the phrasing and the feature; and the pairs as numbers."""
    stems = corpus.stem_of[corpus.texts.numbers].astype(np.int64)
    owners = corpus.texts.owners
    together = owners[1:] == owners[:-1]
    keys = (stems[:-1] * len(corpus.stems) + stems[1:])[together]
    pairs, number = np.unique(keys, return_inverse=True)
    rows = np.concatenate([owners, owners[1:][together]]).astype(np.int64)
    return rows, np.concatenate([stems, len(corpus.stems) + number]), pairs


def _counted(rows: Places, features: Places, count: int) -> tuple[Places, Places, npt.NDArray[np.int64]]:
    """Each pair of row and feature once, by row, with how often it stands there."""
    found, counts = np.unique(rows * max(count, 1) + features, return_counts=True)
    once, features = np.divmod(found, max(count, 1))
    return once, features, counts


def _unit(values: npt.NDArray[np.number], rows: Places, size: int) -> tuple[Floats, Floats]:
    """The values of each row, scaled so that the row has length one; and the lengths before."""
    norms = np.maximum(np.sqrt(np.bincount(rows, weights=values**2, minlength=size)), 1e-6).astype(np.float32)
    return (values / norms[rows]).astype(np.float32), norms


def _turned(features: Places, rows: Places, values: Floats, count: int) -> tuple[Rows, Floats]:
    """By feature the rows that have it, with their values in the same order."""
    order = np.argsort(features, kind="stable")
    return Rows.of_pairs(features, rows, count), values[order]


def _summed_squares(owners: Places, features: Places, values: Floats, count: int, entries: int) -> Floats:
    """The squared length of the sum of each entry's vectors."""
    found, number = np.unique(owners * max(count, 1) + features, return_inverse=True)
    summed = np.bincount(number, weights=values, minlength=len(found))
    return np.bincount(found // max(count, 1), weights=summed**2, minlength=entries).astype(np.float32)


def _letters_of(corpus: Corpus) -> tuple[tuple[str, ...], Block]:
    """All runs of letters, and which distinct words have them; each word counts what a phrasing with it counts."""
    numbers: dict[str, int] = {}
    spelled = Rows.of_lists([[numbers.setdefault(run, len(numbers)) for run in _letters(word)]
                             for word in corpus.words])  # fmt: skip
    times = np.bincount(corpus.texts.numbers, minlength=len(corpus.words))
    # A phrasing with two words of the same run counts twice: near enough, and much less to count.
    frequencies = np.bincount(spelled.numbers, weights=times[spelled.owners], minlength=len(numbers))
    idf = _idf(frequencies.astype(np.int64), len(corpus.texts))
    words, runs, counts = _counted(spelled.owners.astype(np.int64), spelled.numbers.astype(np.int64), len(numbers))
    values = (counts * idf[runs]).astype(np.float32)
    return tuple(numbers), Block(idf, *_turned(runs, words, values, len(numbers)))


def _letter_norms(corpus: Corpus, letters: Block, owners: Places, entries: int) -> tuple[Floats, Floats]:
    """The length of the letters of each phrasing, and the squared length of the sum of each entry's unit vectors."""
    runs = Rows.of_pairs(letters.holders.numbers, letters.holders.owners, len(corpus.words))
    values = letters.values[np.argsort(letters.holders.numbers, kind="stable")]
    count, norms, squares = len(letters.idf), [], np.zeros(entries, dtype=np.float32)
    for first, last in _chunks(corpus, runs, owners):
        texts = Rows(corpus.texts.starts[first : last + 1] - corpus.texts.starts[first],
                     corpus.texts.numbers[corpus.texts.starts[first] : corpus.texts.starts[last]])  # fmt: skip
        places, lengths = runs.places(texts.numbers)
        keys = np.repeat(texts.owners.astype(np.int64), lengths) * count + runs.numbers[places]
        found, number = np.unique(keys, return_inverse=True)
        rows, features = np.divmod(found, max(count, 1))
        summed = np.bincount(number, weights=values[places], minlength=len(found))
        unit, found_norms = _unit(summed, rows, last - first)
        norms.append(found_norms)
        squares += _summed_squares(owners[first + rows], features, unit, count, entries)
    return np.concatenate(norms) if norms else np.empty(0, dtype=np.float32), squares


def _chunks(corpus: Corpus, runs: Rows, owners: Places) -> Iterator[tuple[int, int]]:
    """Spans of phrasings of about `CHUNK` letters in a row, always whole entries."""
    total = sums(runs.lengths[corpus.texts.numbers].astype(np.float64), corpus.texts.starts).astype(np.float64)
    firsts = np.concatenate(([0], np.flatnonzero(np.diff(owners) > 0) + 1))[: len(owners)]
    chunk_of = (np.cumsum(total)[firsts] / CHUNK).astype(np.int64)
    edges = [0, *firsts[1:][np.diff(chunk_of) > 0].tolist(), len(owners)]
    return ((first, last) for first, last in pairwise(edges) if last > first)
