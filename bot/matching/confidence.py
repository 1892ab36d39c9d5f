"""From features to the probability that an entry is a right answer: a logistic model with weights learned elsewhere.

`weights.json` holds what `benchmarks/fit_confidence.py` learned, and names the questions it learned from.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from bot.matching.index import Floats


@dataclass(frozen=True, slots=True)
class Cutoffs:
    """From which confidence on the coach answers, offers, and speaks up unasked; each set by labelled questions."""

    answer: float
    lead: float
    offer: float
    interject: float


@dataclass(frozen=True, slots=True)
class Confidence:
    """A logistic model: one weight a feature and a bias, both in the units of the features."""

    weights: Floats
    bias: float
    cutoffs: Cutoffs

    def of(self, rows: Floats) -> Floats:
        """The probability (0 to 1) of each row's entry being right."""
        result: Floats = 1.0 / (1.0 + np.exp(-(rows @ self.weights + self.bias)))
        return result


@cache
def shipped_confidence(names: tuple[str, ...]) -> Confidence:
    """The model that comes with the code for exactly these features (`bot.matching.features.feature_names`)."""
    stored = json.loads(resources.files("bot.matching").joinpath("weights.json").read_text("utf-8"))
    model = next(model for model in stored["models"] if tuple(model["weights"]) == names)
    weights = np.asarray([model["weights"][name] for name in names], dtype=np.float32)
    return Confidence(weights, model["bias"], Cutoffs(**model["cutoffs"]))
