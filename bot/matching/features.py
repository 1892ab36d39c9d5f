"""What is measured about a question and each entry; confidence rests on nothing else.

All features are general: none knows which guide or FAQ it looks at, so that weights learned on some carry over.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.matching.alignment import Aligner, Coverage
from bot.matching.classifier import PhrasingClassifier
from bot.matching.index import Floats, Indexed, Integers, PhrasingIndex
from bot.matching.lexicon import Lexicon
from bot.matching.ngrams import NgramSpace
from bot.matching.normalise import words_of

#: The features in the order of the columns. `lead_…` is the distance to the best other entry, `over_outside_…` that to
#: the out-of-scope messages.
NAMES = (
    "alignment", "alignment_of_three", "question_held", "phrasing_held", "letters", "letters_of_three", "classifier",
    "lead_alignment", "lead_letters", "lead_classifier", "unknown_share", "held_anywhere", "length",
    "over_outside_letters", "over_outside_classifier",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Features:
    """One row an entry, one column a name of `NAMES`; `phrasings[e]` is the position of entry e's nearest phrasing."""

    rows: Floats
    phrasings: Integers


class Measuring:
    """Measures questions against one set of entries."""

    def __init__(self, entries: Sequence[Indexed], lexicon: Lexicon, out_of_scope: Sequence[str] = ()) -> None:
        self._lexicon = lexicon
        self._entries = len(entries)
        # Out-of-scope messages are phrasings of one more entry, the last, which is measured but never ranked.
        outside = [Indexed("", tuple(out_of_scope))] if out_of_scope else []
        entries = [*entries, *outside]
        self.index = PhrasingIndex.over(entries, lexicon)
        self.aligner = Aligner(self.index, lexicon)
        self._space = NgramSpace([self._analysed(text) for text in self.index.texts])
        self._classifier = PhrasingClassifier(self._space, self.index.owners, len(entries))
        # Phrasings stand entry by entry, so where each entry's begin is enough to take the best of each.
        self._starts = np.searchsorted(self.index.owners, np.arange(len(entries)))

    def features(self, text: str) -> Features:
        """The features of one question against every entry."""
        words, stems = self._analysed(text)
        stems = self._lexicon.with_short_forms(stems)
        coverage = self.aligner.coverage(stems)
        alignment = np.sqrt(coverage.of_question * coverage.of_phrasing)
        likeness = self._space.likeness(self._space.vector(words, stems))
        best, phrasings = self._best(alignment)
        letters, _ = self._best(likeness)
        classified = self._classifier.scores(likeness)
        inside = slice(0, self._entries)
        columns = [
            best, self._of_three(alignment), coverage.of_question[phrasings], coverage.of_phrasing[phrasings],
            letters, self._of_three(likeness), classified,
            lead(best[inside]), lead(letters[inside]), lead(classified[inside]),
            *self._about_question(stems, coverage),
            self._over_outside(letters), self._over_outside(classified),
        ]  # fmt: skip
        rows = np.stack([column[inside] for column in columns], axis=1)
        return Features(rows.astype(np.float32), phrasings[inside])

    def _over_outside(self, scores: Floats) -> Floats:
        outside = scores[self._entries :]
        return scores - (outside[0] if len(outside) else np.float32(0.0))

    def _analysed(self, text: str) -> tuple[list[str], list[str]]:
        words = words_of(text)
        return words, self._lexicon.stem_words(words)

    def _best(self, scores: Floats) -> tuple[Floats, Integers]:
        best = np.maximum.reduceat(scores, self._starts)
        first = np.flatnonzero(scores == best[self.index.owners])
        phrasings = np.zeros(len(best), dtype=np.int32)
        phrasings[self.index.owners[first[::-1]]] = first[::-1]
        return best, phrasings

    def _of_three(self, scores: Floats) -> Floats:
        """The mean of each entry's three best phrasings (of all, where it has fewer)."""
        order = np.lexsort((-scores, self.index.owners))
        rank = np.arange(len(order)) - self._starts[self.index.owners]
        taken = rank < 3
        owners = self.index.owners[order][taken]
        sums = np.bincount(owners, weights=scores[order][taken], minlength=len(self._starts))
        return (sums / np.maximum(np.bincount(owners, minlength=len(self._starts)), 1)).astype(np.float32)

    def _about_question(self, stems: Sequence[str], coverage: Coverage) -> tuple[Floats, ...]:
        distinct = list(dict.fromkeys(stems))
        weights = np.asarray([self.aligner.weight(stem) for stem in distinct] or [1.0])
        unknown = np.asarray([not self.aligner.likenesses(stem) for stem in distinct] or [True])
        telling = sum(stem not in self._lexicon.fillers for stem in distinct)
        values = (
            float((weights * unknown).sum() / weights.sum()),
            float(coverage.of_question.max(initial=0.0)),
            float(np.log1p(telling)),
        )
        return tuple(np.full(self._entries, value, dtype=np.float32) for value in values)


def lead(scores: Floats) -> Floats:
    """How far each score is ahead of the best other one; below zero for all but the first."""
    if len(scores) < 2:
        return np.array(scores, dtype=np.float32)
    first, second = np.argsort(-scores, kind="stable")[:2]
    others = np.full(len(scores), scores[first], dtype=np.float32)
    others[first] = scores[second]
    result: Floats = scores - others
    return result
