"""Reads passages: what is measured of each against the entries, and which entries it is only alike."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from bot.matching.embedding import Embedder
from bot.matching.features import Features, Measuring
from bot.matching.lookalikes import Lookalikes


@dataclass(frozen=True, slots=True)
class Read:
    """One passage; `alike[i]`: whether the i-th entry of the features is one that it only looks like."""

    features: Features
    alike: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads passages; `met` has those it keeps, None keeps none."""

    measuring: Measuring
    lookalikes: Lookalikes
    embedder: Embedder | None
    met: dict[str, Read] | None = None

    def remembering(self) -> "Reader":
        """One that reads each passage once, for as long as one message is judged: its parts have much in common."""
        return replace(self, met={})

    def read(self, passages: Sequence[str]) -> list[Read]:
        """What each passage is; those that are new are read together, as that is quicker."""
        met = {} if self.met is None else self.met
        new = [passage for passage in dict.fromkeys(passages) if passage not in met]
        if new:
            vectors = self.embedder.questions(new) if self.embedder else None
            for at, features in enumerate(self.measuring.features_of_many(new, vectors)):
                alike = self.lookalikes.among(features.entries, new[at], None if vectors is None else vectors[at])
                met[new[at]] = Read(features, alike)
        return [met[passage] for passage in passages]
