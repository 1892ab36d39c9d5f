"""What a user would pick instead of Waymark's matcher, each as its own manual shows it, asked in one way.

Every method looks at all texts of all entries and takes the entry of the text that it scores highest. Text is brought
to small letters and words for RapidFuzz (its `default_process`), which ranks better so.
"""

import re
import sqlite3
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process, utils
from Stemmer import Stemmer

from benchmarks.tables import told
from bot.matching.answer import Kind
from bot.matching.encoder import Encoder
from bot.matching.index import Indexed
from bot.matching.matcher import Matcher

Floats = npt.NDArray[np.float32]

#: From which score (0 to 100) on a text counts as found: what Red's `customcom search` asks of `WRatio`.
USUAL_RATIO = 60
_WORD = re.compile(r"\w+")
# Letters in a row of the character vectors, at least and at most.
_SHORTEST, _LONGEST = 3, 5


@dataclass(frozen=True, slots=True)
class Found:
    """What a method says to a question: the likeliest entry (None: it found nothing) and its own score for that.

    `answered`: whether it would answer at its usual cut-off; None when it has none.
    """

    id: str | None
    score: float
    answered: bool | None = None


class Method(ABC):
    """A way to find the entry that answers a question."""

    def __init__(self, name: str) -> None:
        self.name = name

    @abstractmethod
    def ask(self, text: str) -> Found:
        """The likeliest entry for one question."""

    def ask_all(self, texts: Sequence[str]) -> list[Found]:
        """The same for several, in order."""
        return [self.ask(text) for text in told(texts, self.name)]


class Ours(Method):
    """Waymark: what members meet."""

    def __init__(self, name: str, matcher: Matcher) -> None:
        super().__init__(name)
        self._matcher = matcher

    def ask(self, text: str) -> Found:
        """How members are answered: several questions in one message count as the first of them."""
        verdict = self._matcher.judge(text)
        first = verdict.ranked[0] if verdict.ranked else None
        answered = verdict.kind is Kind.ANSWER
        return Found(first.id, first.confidence, answered) if first else Found(None, 0.0, answered)


class RapidFuzz(Method):
    """A scorer of RapidFuzz over all texts, best match first (`process.extractOne`)."""

    def __init__(self, entries: Sequence[Indexed], scorer: Callable[..., float] = fuzz.WRatio) -> None:
        super().__init__(f"RapidFuzz `{scorer.__name__}`, full scan")
        self._scorer = scorer
        texts, self._owners = _flat(entries)
        self._texts = [utils.default_process(text) for text in texts]

    def ask(self, text: str) -> Found:
        """The entry of the text with the highest ratio."""
        found = process.extractOne(utils.default_process(text), self._texts, scorer=self._scorer)
        return Found(self._owners[found[2]], found[1], found[1] > USUAL_RATIO)


class Bm25s(Method):
    """The package bm25s as its manual begins: English stop words, English stemmer; NumPy alone."""

    def __init__(self, entries: Sequence[Indexed]) -> None:
        import bm25s  # noqa: PLC0415 - a package that only benchmarks need

        super().__init__("BM25 (bm25s)")
        texts, self._owners = _flat(entries)
        self._words: Callable[[str | list[str]], object] = partial(
            bm25s.tokenize, stopwords="en", stemmer=Stemmer("english"), return_ids=False, show_progress=False
        )
        self._index = bm25s.BM25()
        self._index.index(self._words(texts), show_progress=False)

    def ask(self, text: str) -> Found:
        """The entry of the text with the highest BM25; none when no word is known."""
        positions, scores = self._index.retrieve(self._words(text), k=1, show_progress=False)
        score = float(scores[0, 0])
        return Found(self._owners[int(positions[0, 0])] if score > 0 else None, score)


class Letters(Method):
    """TF-IDF over 3 to 5 characters in a row within words, cosine; the same as scikit-learn's `TfidfVectorizer` with
    `analyzer="char_wb", ngram_range=(3, 5)`.
    """

    def __init__(self, entries: Sequence[Indexed]) -> None:
        super().__init__("character 3-5-gram TF-IDF")
        texts, self._owners = _flat(entries)
        self._numbers: dict[str, int] = {}
        pairs = [
            (self._numbers.setdefault(run, len(self._numbers)), at, count)
            for at, text in enumerate(texts)
            for run, count in Counter(_runs(text)).items()
        ]
        runs, positions, counts = np.asarray(sorted(pairs), dtype=np.int64).reshape(-1, 3).T
        held = np.bincount(runs, minlength=len(self._numbers))
        self._idf = np.log((1 + len(texts)) / (1 + held)) + 1
        weights = counts * self._idf[runs]
        norms = np.sqrt(np.bincount(positions, weights=weights**2, minlength=len(texts)))
        self._starts = np.concatenate([[0], np.cumsum(held)])
        self._positions, self._weights = positions, weights / norms[positions]

    def ask(self, text: str) -> Found:
        """The entry of the text with the highest cosine; none when no run of characters is known."""
        counted = Counter(self._numbers[run] for run in _runs(text) if run in self._numbers)
        scores, square = np.zeros(len(self._owners)), 0.0
        for run, count in counted.items():
            rows = slice(self._starts[run], self._starts[run + 1])
            weight = count * self._idf[run]
            scores[self._positions[rows]] += weight * self._weights[rows]
            square += weight**2
        best = int(scores.argmax())
        return Found(self._owners[best], float(scores[best] / square**0.5)) if square else Found(None, 0.0)


class Fts5(Method):
    """SQLite's full-text search, ranked by its BM25: any of the words, English stemmer (`porter`)."""

    def __init__(self, entries: Sequence[Indexed]) -> None:
        super().__init__("SQLite FTS5 `bm25`")
        texts, self._owners = _flat(entries)
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE VIRTUAL TABLE texts USING fts5(text, tokenize='porter unicode61')")
        self._database.executemany("INSERT INTO texts(rowid, text) VALUES (?, ?)", enumerate(texts))

    def ask(self, text: str) -> Found:
        """The entry of the text with the highest BM25; none when no text has any of the words."""
        wanted = " OR ".join(f'"{word}"' for word in dict.fromkeys(_WORD.findall(text)))
        found = self._database.execute(
            "SELECT rowid, rank FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 1", (wanted or '""',)
        ).fetchone()
        return Found(self._owners[found[0]], -found[1]) if found else Found(None, 0.0)


class Meanings:
    """The vectors of texts, each computed once."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, Floats] = {}

    def of(self, texts: Sequence[str]) -> Floats:
        """One row a text, in order, each of length one."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._known]
        if missing:
            self._known.update(zip(missing, self._encoder.encode(missing), strict=True))
        return np.stack([self._known[text] for text in texts])


class MiniLm(Method):
    """The sentence encoder alone: the entry with the text whose vector is nearest, or whose texts' mean is."""

    def __init__(self, entries: Sequence[Indexed], meanings: Meanings, *, of_mean: bool = False) -> None:
        super().__init__("MiniLM, mean of an entry" if of_mean else "MiniLM, nearest phrasing")
        texts, self._owners = _flat(entries)
        self._meanings = meanings
        self._vectors = meanings.of(texts)
        if of_mean:
            self._owners = [entry.id for entry in entries]
            lengths = [len(entry.texts) for entry in entries]
            means = np.add.reduceat(self._vectors, np.cumsum([0, *lengths[:-1]]), axis=0)
            self._vectors = means / np.linalg.norm(means, axis=1, keepdims=True)

    def ask(self, text: str) -> Found:
        """The entry with the highest cosine."""
        return self.ask_all([text])[0]

    def ask_all(self, texts: Sequence[str]) -> list[Found]:
        """The same for several, whose vectors are computed together."""
        cosines = self._meanings.of(texts) @ self._vectors.T
        return [Found(self._owners[int(row.argmax())], float(row.max())) for row in cosines]


def words_alone(entries: Sequence[Indexed]) -> list[Method]:
    """The peers that need no encoder."""
    by_ratio = [RapidFuzz(entries, scorer) for scorer in (fuzz.WRatio, fuzz.token_set_ratio)]
    return [*by_ratio, Bm25s(entries), Letters(entries), Fts5(entries)]


def _flat(entries: Sequence[Indexed]) -> tuple[list[str], list[str]]:
    """All texts, and for each the id of its entry."""
    texts = [text for entry in entries for text in entry.texts]
    return texts, [entry.id for entry in entries for _ in entry.texts]


def _runs(text: str) -> Iterator[str]:
    """Characters in a row within each word, which has a space on either side; a short word counts whole, once."""
    for word in text.lower().split():
        spaced = f" {word} "
        for length in range(_SHORTEST, _LONGEST + 1):
            if length >= len(spaced):
                yield spaced
                break
            for start in range(len(spaced) - length + 1):
                yield spaced[start : start + length]
