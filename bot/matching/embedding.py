"""The sentence encoder with its memory of the phrasings: texts to vectors of meaning, known words from unknown ones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.matching.encoder import Encoder
from bot.matching.rows import Floats
from bot.matching.vectors import VectorCache

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Embedder:
    """An encoder beside the cache of what it computed for phrasings; `progress` is told while it computes those.

    `load` gives the encoder, always the same one: it may be on its way still while the index of words is built.
    """

    load: Callable[[], Encoder]
    cache: VectorCache
    progress: Progress | None = None

    @property
    def encoder(self) -> Encoder:
        """The encoder; waits until it is there, and raises `EncoderError` when its files are not sound."""
        return self.load()

    def phrasings(self, texts: Sequence[str]) -> Floats:
        """One row a phrasing, each of length one; only those not met before are computed, and then kept."""
        return self.cache.vectors(self.encoder, texts, self.progress)

    def questions(self, texts: Sequence[str]) -> Floats:
        """One row a question, each of length one; a member's words are not kept."""
        return self.encoder.encode(texts)


@dataclass(frozen=True, slots=True)
class Remembering(Embedder):
    """An embedder that keeps the vectors of questions as long as it lives: for one that asks the same ones again."""

    met: dict[str, Floats] = field(default_factory=dict)

    @classmethod
    def of(cls, embedder: Embedder) -> "Remembering":
        """One beside this embedder, with the same encoder and phrasings."""
        return cls(embedder.load, embedder.cache, embedder.progress)

    def questions(self, texts: Sequence[str]) -> Floats:
        """One row a question, each of length one; only those not met before are computed."""
        missing = [text for text in dict.fromkeys(texts) if text not in self.met]
        if missing:
            self.met.update(zip(missing, self.encoder.encode(missing), strict=True))
        return np.stack([self.met[text] for text in texts]) if texts else np.empty((0, self.encoder.width), np.float32)
