"""From features to the probability that an entry is a right answer, by two logistic models learned elsewhere.

The first tells which of the entries is likeliest; the second, how sure it is that the likeliest is right at all.
`weights.json` holds what `benchmarks/fit_confidence.py` learned, and names the questions it learned from.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from bot.matching.rows import Floats

#: Among how many entries, the likeliest, the first model shares out what speaks for any.
AMONG = 8
#: What the second model knows besides the features of the likeliest entry: its share among the entries, the natural
#: logarithm of it, and the share of the second.
OF_FIRST = ("share", "log_share", "second_share")


@dataclass(frozen=True, slots=True)
class Cutoffs:
    """From which confidence on the coach answers, offers, and speaks up unasked; each set by labelled questions."""

    answer: float
    lead: float
    offer: float
    interject: float


@dataclass(frozen=True, slots=True)
class Confidence:
    """Two logistic models, in the units of the features: `ranking` has one weight a feature, `sureness` one a feature
    and one for each of `OF_FIRST`.
    """

    ranking: Floats
    sureness: Floats
    bias: float
    cutoffs: Cutoffs

    def of(self, rows: Floats) -> Floats:
        """The probability (0 to 1) of each row's entry being right."""
        if not len(rows):
            return np.zeros(0, dtype=np.float32)
        shares = shares_of(rows @ self.ranking)
        first = int(np.argmax(shares))
        sure = 1.0 / (1.0 + np.exp(-(of_first(rows[first], shares) @ self.sureness + self.bias)))
        result: Floats = (sure * shares / shares[first]).astype(np.float32)
        return result


def shares_of(scores: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    """The share of each entry in what speaks for any of the `AMONG` likeliest (softmax)."""
    likeliest = np.sort(scores)[-AMONG:]
    result: npt.NDArray[np.floating] = np.exp(scores - likeliest[-1]) / np.exp(likeliest - likeliest[-1]).sum()
    return result


def of_first(row: npt.NDArray[np.floating], shares: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    """What the second model looks at: the features of the likeliest entry, and how its share compares."""
    ordered = np.sort(shares)
    second = ordered[-2] if len(ordered) > 1 else 0.0
    return np.append(row, [ordered[-1], np.log(ordered[-1]), second])


@cache
def shipped_confidence(names: tuple[str, ...]) -> Confidence:
    """The models that come with the code for exactly these features (`bot.matching.features.feature_names`)."""
    stored = json.loads(resources.files("bot.matching").joinpath("weights.json").read_text("utf-8"))
    model = next(model for model in stored["models"] if tuple(model["ranking"]) == names)
    ranking = np.asarray([model["ranking"][name] for name in names], dtype=np.float32)
    sureness = np.asarray([model["sureness"][name] for name in (*names, *OF_FIRST)], dtype=np.float32)
    return Confidence(ranking, sureness, model["bias"], Cutoffs(**model["cutoffs"]))
