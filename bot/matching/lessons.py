"""A classifier over an index's own phrasings: which entry do texts like this belong to?

Multinomial logistic regression, fitted when the index is built. On public intent sets it is the strongest single method
over sentence vectors (`docs/matching.md`), and it gives the same result every time.
"""

from typing import TypeVar

import numpy as np
import numpy.typing as npt

from bot.matching.rows import Floats, Integers

Number = TypeVar("Number", np.float32, np.float64)
#: Pull of the weights towards zero; 0.03 to 0.1 give the same on our sets.
PENALTY = 0.1
#: Steps of the fit. Three times as many change one first entry in a thousand; of a third as many, six in a thousand
#: are lost among 150 entries.
STEPS = 60
#: Most entries that are told apart so: above, it would take more time and room than it is worth.
ENTRIES_LIMIT = 400
#: Lowest logarithm of a chance that is told.
LOWEST = -10.0


def fit_lessons(vectors: Floats, owners: Integers, entries: int) -> Floats:
    """One column an entry: a question's vector with a 1 after it, times these, tells by how much it speaks for each.

    Newton's method with Böhning's bound for the curvature, the same in every step, and Nesterov's momentum. Gives no
    column for more than `ENTRIES_LIMIT` entries.
    """
    if entries > ENTRIES_LIMIT:
        return np.zeros((vectors.shape[1] + 1, 0), dtype=np.float32)
    design = np.hstack([vectors, np.ones((len(vectors), 1), dtype=np.float32)])
    pull = np.full(design.shape[1], PENALTY, dtype=np.float32)
    pull[-1] /= 100
    step = np.linalg.inv(0.5 * (design.T @ design) + np.diag(pull)).astype(np.float32)
    belongs = np.zeros((len(vectors), entries), dtype=np.float32)
    belongs[np.arange(len(vectors)), owners] = 1
    weights = ahead = np.zeros((design.shape[1], entries), dtype=np.float32)
    momentum = 1.0
    for _ in range(STEPS):
        slope = design.T @ (chances(design @ ahead) - belongs) + pull[:, None] * ahead
        found = ahead - step @ slope
        faster = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
        ahead = (found + (momentum - 1) / faster * (found - weights)).astype(np.float32)
        weights, momentum = found, faster
    return weights


def chances(scores: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """The share of each in all, row by row (softmax over the last axis)."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: npt.NDArray[Number] = raised / raised.sum(axis=-1, keepdims=True)
    return result


def log_chances(scores: Floats) -> Floats:
    """The natural logarithms of the chances, none lower than `LOWEST`."""
    return np.log(np.maximum(chances(scores), np.exp(LOWEST))).astype(np.float32)
