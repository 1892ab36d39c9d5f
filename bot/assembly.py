"""Puts a coach together from the settings: the knowledge, a community's entries over it, and an installed encoder.

Not here: the bot (`app`); the terminal needs a coach too, and starts without Discord's library.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bot.errors import WaymarkError
from bot.knowledge.loading import load_community, load_knowledge
from bot.knowledge.models import Entry
from bot.knowledge.shipped import shipped_knowledge
from bot.matching.coach import Coach
from bot.matching.embedding import Embedder, Progress
from bot.matching.encoder import Encoder, find_encoder
from bot.matching.space_cache import SpaceCache
from bot.matching.vectors import VectorCache, write_vectors
from bot.settings import Settings

#: Vectors of the shipped phrasings, and their index, made by `make index`, so that a first start need not build them.
SHIPPED_VECTORS = "vectors.npz"
SHIPPED_INDEX = "index.npz"
#: The layers of the encoder in the form that is run.
KEPT_GRAPH = "encoder.onnx"


def knowledge_folder(settings: Settings, named: Path | None = None) -> Path:
    """The named folder, else that of the settings, else the shipped one; raises `WaymarkError` when it is missing."""
    folder = named or settings.waymark_knowledge or shipped_knowledge()
    if not folder.is_dir():
        raise WaymarkError(f"There is no folder {folder}. Name one that holds knowledge files.")
    return folder


def find_embedder(settings: Settings, progress: Progress | None = None) -> Embedder | None:
    """The sentence encoder with its cache, or None when there is none or it is off.

    It is read in a thread of its own; whoever uses it first gets an `EncoderError` when its files are not sound.

    `progress` is told of the phrasings whose vectors have to be computed.
    """
    if settings.waymark_encoder == "off":
        return None
    folder = find_encoder(settings.waymark_encoder, settings.encoder_folder)
    if folder is None:
        return None
    cache = VectorCache(settings.waymark_data / SHIPPED_VECTORS, shipped_knowledge() / SHIPPED_VECTORS)
    reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="encoder")
    reading = reader.submit(Encoder.load, folder, settings.waymark_data / KEPT_GRAPH)
    reader.shutdown(wait=False)
    return Embedder(reading.result, cache, progress)


def find_spaces(settings: Settings) -> SpaceCache:
    """The index that was built last, and that of the shipped guide."""
    return SpaceCache(settings.waymark_data / SHIPPED_INDEX, shipped_knowledge() / SHIPPED_INDEX)


def write_shipped_index(settings: Settings, progress: Progress | None = None) -> None:
    """Writes the index of the shipped guide and the vectors of its phrasings beside it; raises `WaymarkError` where
    there is no encoder.
    """
    embedder = find_embedder(settings, progress)
    if embedder is None:
        raise WaymarkError("There is no sentence encoder here. `waymark encoder` tells how to get it.")
    coach = Coach.knowing(
        load_knowledge(shipped_knowledge()), embedder, SpaceCache(shipped_knowledge() / SHIPPED_INDEX)
    )
    write_vectors(shipped_knowledge() / SHIPPED_VECTORS, embedder.cache.of(coach.matcher.texts))


@dataclass(frozen=True, slots=True)
class Assembly:
    """What coaches are made of, kept so that a change in the files makes a new coach and nothing else anew."""

    folder: Path
    community: Path | None = None
    embedder: Embedder | None = None
    spaces: SpaceCache | None = None

    def coach(self) -> Coach:
        """A coach over the files as they stand now; raises `KnowledgeError` when one of them cannot be used."""
        known = load_knowledge(self.folder)
        return Coach.knowing(
            known.with_community(load_community(self.community)) if self.community else known,
            self.embedder,
            self.spaces,
        )

    def extended(self, base: Coach, entries: Sequence[Entry]) -> Coach:
        """The coach that knows these entries over what the base knows; the base's own index is not touched."""
        return Coach.knowing(base.knowledge.with_community(entries), self.embedder)
