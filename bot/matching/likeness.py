"""How like the questions of members are to each other, and to the entries, seen as the matcher sees questions.

What weighs how much rests on the knowledge alone: no question changes how like two others are.
"""

from collections.abc import Callable, Iterable, MutableMapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from bot.matching.matcher import Matcher
from bot.matching.normalise import words_of
from bot.matching.rows import Floats
from bot.matching.space import Space

#: From which likeness on questions ask the same, by meaning and by words and letters alone. Measured with one half of
#: the entries of each FAQ in `benchmarks/faqs` as the knowledge, and what asks for the other half grouped: of the pairs
#: that came together, 66 in 100 ask for the same entry by meaning, and 60 by words; most others for something near it.
ALIKE_BY_MEANING, ALIKE_BY_WORDS = 0.4, 0.45
#: Digits after the point that count; the next ones depend on how many questions are computed at once.
DIGITS = 4
#: So many letters in a row are compared.
RUN = 3
#: How many features of texts, and how many questions, are multiplied at once, which bounds the memory that takes.
FEATURES, TOGETHER = 1024, 64

#: What questions mean, by their text: for those who compare the same ones again and again.
Met = MutableMapping[str, Floats]
Likeness = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Wordings:
    """Questions beside each other, as `matcher` reads them; `vectors`: what they mean, None without an encoder."""

    matcher: Matcher
    texts: tuple[str, ...]
    vectors: Floats | None

    @classmethod
    def of(cls, matcher: Matcher, texts: Iterable[str], met: Met) -> "Wordings":
        """The questions with these texts, each different.

        With an encoder it takes about 5 ms for each that is not in `met`, which is left with these and no others.
        """
        texts = tuple(texts)
        if matcher.embedder is None:
            return cls(matcher, texts, None)
        missing = [text for text in texts if text not in met]
        new = matcher.embedder.questions([matcher.mended(text) for text in missing])
        known = {**met, **dict(zip(missing, new, strict=True))}
        met.clear()
        met.update((text, known[text]) for text in texts)
        width = matcher.embedder.encoder.width
        return cls(matcher, texts, np.stack(list(met.values())) if texts else np.empty((0, width), np.float32))

    @property
    def alike(self) -> float:
        """From which likeness on two of them ask the same."""
        return ALIKE_BY_WORDS if self.vectors is None else ALIKE_BY_MEANING

    def likeness(self) -> Likeness:
        """How like each of them is to each, from about 0 to 1."""
        between = (
            _by_words(self.matcher, self.texts) if self.vectors is None else _by_meaning(self.vectors, self._space)
        )
        rounded: Likeness = between.astype(np.float64).round(DIGITS)
        return rounded

    def near_entries(self, at: Sequence[int]) -> Floats:
        """For each of these positions a row: how near the question is to each entry, at that entry's nearest phrasing.

        By meaning or, without an encoder, by words and letters.
        """
        space, measuring = self._space, self.matcher.measuring
        if space is None or measuring is None or not at:
            return np.empty((len(at), 0), dtype=np.float32)
        if space.meaning is None or self.vectors is None:
            return np.stack([measuring.likeness(self.texts[one]) for one in at])
        inside = space.meaning.vectors[: space.index.starts[space.entries]]
        batches = (self.vectors[list(at[start : start + TOGETHER])] for start in range(0, len(at), TOGETHER))
        starts = space.index.starts[: space.entries]
        return np.concatenate([np.maximum.reduceat(inside @ batch.T, starts).T for batch in batches])

    @property
    def _space(self) -> Space | None:
        return self.matcher.measuring.space if self.matcher.measuring else None


def _by_meaning(vectors: Floats, space: Space | None) -> Floats:
    """The cosine as the phrasings taught it: from where the entries lie, and stretched by how phrasings of one entry
    differ, so that what all questions here have in common counts for little.
    """
    meaning = space.meaning if space else None
    if space and meaning is not None:
        here = meaning.vectors[: space.index.starts[space.entries]].mean(axis=0)
        vectors = (vectors - here) @ np.linalg.cholesky(meaning.unspread.astype(np.float64)).astype(np.float32)
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    between: Floats = unit @ unit.T
    return between


def _by_words(matcher: Matcher, texts: Sequence[str]) -> Floats:
    """The mean of the cosines of words and of letters in a row, weighted as the matcher weighs words."""
    numbers: dict[str, int] = {}
    found = [_features(matcher, text) for text in texts]
    columns = np.asarray([numbers.setdefault(name, len(numbers)) for one in found for name in one], dtype=np.int64)
    rows = np.repeat(np.arange(len(texts)), [len(one) for one in found])
    values = np.asarray(list(chain.from_iterable(one.values() for one in found)), dtype=np.float32)
    between = np.zeros((len(texts), len(texts)), dtype=np.float32)
    for start in range(0, len(numbers), FEATURES):
        here = (columns >= start) & (columns < start + FEATURES)
        block = np.zeros((len(texts), FEATURES), dtype=np.float32)
        block[rows[here], columns[here] - start] = values[here]
        between += block @ block.T
    return between


def _features(matcher: Matcher, text: str) -> dict[str, float]:
    """What a text has of each word, synonyms and forgiven typos included, and of each run of letters."""
    aligner = matcher.measuring.aligner if matcher.measuring else None
    weight: Callable[[str], float] = aligner.weight if aligner else lambda _: 1.0
    words: dict[str, float] = {}
    letters: dict[str, float] = {}
    for stem in matcher.lexicon.stems(text):
        known = aligner.likenesses(stem) if aligner else {}
        for name, likeness in ({f"#{at}": value for at, value in known.items()} or {f"word {stem}": 1.0}).items():
            words[name] = max(words.get(name, 0.0), weight(stem) * likeness)
    written = words_of(text)
    for word, stem in zip(written, matcher.lexicon.stem_words(written), strict=True):
        for run in _runs(word):
            letters[run] = max(letters.get(run, 0.0), weight(stem))
    return {**_half(words), **{f"run {name}": value for name, value in _half(letters).items()}}


def _runs(word: str) -> set[str]:
    padded = f" {word} "
    return {padded[start : start + RUN] for start in range(len(padded) - RUN + 1)}


def _half(values: dict[str, float]) -> dict[str, float]:
    """The values as a vector whose squares sum to one half."""
    length = float(np.sqrt(2 * sum(value**2 for value in values.values())))
    return {name: value / max(length, 1e-6) for name, value in values.items()}
