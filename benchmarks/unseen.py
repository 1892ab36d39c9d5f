"""Confidence models learned without the set that they are then measured on, in the way of `fit_confidence`.

The shipped weights were learned from the questions of `benchmarks/faqs/` among others. To tell how the matcher does on
an FAQ that nobody has seen, each of these sets is measured with weights that all others taught.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from benchmarks.fit_confidence import (
    BEGUN,
    Examples,
    Sureness,
    Weights,
    cutoffs,
    examples,
    guides,
    judged,
    judged_unseen,
    weights_of,
    with_fewer,
)
from benchmarks.labelled import LabelledSet
from benchmarks.sets import Sets
from benchmarks.tables import tell, told
from bot.matching.confidence import Confidence, Cutoffs, shipped_confidence
from bot.matching.embedding import Embedder
from bot.matching.lexicon import Lexicon

#: Turns the examples of a set into others, such as those without a group of features.
Change = Callable[[Examples], Examples]


class Lessons:
    """The examples of all sets, each measured once."""

    def __init__(self, lexicon: Lexicon, embedder: Embedder | None, sets: Sets) -> None:
        self._lexicon, self._embedder = lexicon, embedder
        larger = (replace(sets.guide, out_of_scope=()), *sets.given)
        varied = [(one.name, fewer) for one in larger for fewer in with_fewer(one)]
        begun = [(one.name, one.with_entries(BEGUN)) for one in (*larger, *sets.small)]
        every = [*varied, *((one.name, one) for one in sets.small), *begun]
        by = "with the encoder" if embedder else "by words alone"
        tell(f"measuring features {by}")
        self._parts = [(name, self.examples(labelled)) for name, labelled in told(every, f"features {by}, sets")]
        beside = told(guides(sets.guide, sets.small), f"features {by}, guides")
        self._of_guide = [(one.name, self.examples(one)) for one in beside]

    def examples(self, labelled: LabelledSet) -> Examples:
        """The examples of one more set, which nothing is learned from."""
        return examples(labelled, self._lexicon, self._embedder)

    def of(self, name: str) -> Examples:
        """The examples of a set with all its phrasings."""
        return next(part for found, part in self._parts if found == name)

    def weights_without(self, name: str, change: Change = lambda part: part) -> Weights:
        """What all sets but this one teach, whatever phrasings an entry it has."""
        return weights_of([change(part) for found, part in self._parts if found != name])

    def weights_of_guide(self, change: Change = lambda part: part) -> Weights:
        """What the guide teaches, with its known out-of-scope messages."""
        return weights_of([change(part) for _, part in self._of_guide])

    def confidence_beside(self, name: str) -> Confidence:
        """The guide's models as if no entry of this set had stood beside it, with the shipped cut-offs."""
        parts = [part for found, part in self._of_guide if not found.endswith(f"+{name}")]
        return _confidence(weights_of(parts), shipped_confidence(parts[0].names).cutoffs)

    def sureness(self, name: str, change: Change = lambda part: part) -> Sureness:
        """How sure weights that never saw the set are of each of its questions."""
        return judged(change(self.of(name)), self.weights_without(name, change))

    def confidence_without(self, name: str) -> Confidence:
        """The models as they would be shipped if this set were not there, cut-offs and all."""
        weights = self.weights_without(name)
        cuts = cutoffs(judged_unseen([part for found, part in self._parts if found != name]))
        return _confidence(weights, Cutoffs(**cuts))


def _confidence(weights: Weights, cuts: Cutoffs) -> Confidence:
    ranking, sureness = (values.astype(np.float32) for values in (weights.ranking, weights.sureness))
    return Confidence(ranking, sureness, weights.bias, cuts)


def pooled(parts: Sequence[Sureness]) -> Sureness:
    """The questions of several sets as those of one."""
    return Sureness(
        np.concatenate([part.chance for part in parts]),
        np.concatenate([part.right for part in parts]),
        np.concatenate([part.in_scope for part in parts]),
    )
