"""The sentence encoder with its memory of the phrasings: texts to vectors of meaning, known words from unknown ones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

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
