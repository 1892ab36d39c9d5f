"""What is measured about a question and each entry; confidence rests on nothing else.

All features are general: none knows which guide or FAQ it looks at, so that weights learned on some carry over.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.matching.alignment import Aligner, Coverage
from bot.matching.classifier import PhrasingClassifier
from bot.matching.embedding import Embedder
from bot.matching.index import Floats, Indexed, Integers, PhrasingIndex
from bot.matching.lexicon import Lexicon
from bot.matching.meaning import MeaningSpace
from bot.matching.ngrams import NgramSpace
from bot.matching.normalise import words_of

#: The features of words alone, in the order of the columns. `lead_…` is the distance to the best other entry.
_WORDS = (
    "alignment", "alignment_of_three", "question_held", "phrasing_held", "letters", "letters_of_three",
    "lead_alignment", "lead_letters", "unknown_share", "held_anywhere", "length", "other_trade",
)  # fmt: skip
#: Where nothing compares meanings, a classifier over words; beside one over meanings it adds nothing.
_CLASSIFIER = ("classifier", "lead_classifier")
_MEANING = ("cosine", "cosine_of_three", "taught", "lead_cosine", "lead_taught")
#: How far an entry is ahead of the out-of-scope messages, where some are known.
_OVER_WORDS = ("over_outside_letters",)
_OVER_CLASSIFIER = ("over_outside_classifier",)
_OVER_MEANING = ("over_outside_cosine", "over_outside_cosine_of_three", "over_outside_taught")


def feature_names(*, meaning: bool, outside: bool) -> tuple[str, ...]:
    """The features in the order of the columns, with or without meanings and known out-of-scope messages."""
    names = _WORDS + (_MEANING if meaning else _CLASSIFIER)
    over = _OVER_WORDS + (_OVER_MEANING if meaning else _OVER_CLASSIFIER)
    return names + over if outside else names


@dataclass(frozen=True, slots=True)
class Features:
    """One row an entry, one column a feature name; `phrasings[e]` is the position of entry e's nearest phrasing."""

    rows: Floats
    phrasings: Integers


class Measuring:
    """Measures questions against one set of entries; `names` says which features in which order."""

    def __init__(
        self,
        entries: Sequence[Indexed],
        lexicon: Lexicon,
        out_of_scope: Sequence[str] = (),
        embedder: Embedder | None = None,
    ) -> None:
        self.names = feature_names(meaning=embedder is not None, outside=bool(out_of_scope))
        self._lexicon = lexicon
        self._entries = len(entries)
        # Out-of-scope messages are phrasings of one more entry, the last, which is measured but never ranked.
        outside = [Indexed("", tuple(out_of_scope))] if out_of_scope else []
        entries = [*entries, *outside]
        self.index = PhrasingIndex.over(entries, lexicon)
        self.aligner = Aligner(self.index, lexicon)
        self._space = NgramSpace([self._analysed(text) for text in self.index.texts])
        # Phrasings stand entry by entry, so where each entry's begin is enough to take the best of each.
        self._starts = np.searchsorted(self.index.owners, np.arange(len(entries)))
        self._trades: list[set[tuple[str, ...]]] = [set() for _ in entries]
        for owner, stems in zip(self.index.owners, self.index.stems, strict=True):
            self._trades[owner] |= lexicon.trades_in(stems)
        self._classifier: PhrasingClassifier | None = None
        self._meaning: MeaningSpace | None = None
        if embedder is None:
            self._classifier = PhrasingClassifier(self._space, self.index.owners, len(entries))
        else:
            self._meaning = MeaningSpace(embedder, self.index.texts, self.index.owners, len(entries))

    def features(self, text: str, vector: Floats | None = None) -> Features:
        """The features of one question against every entry; with an encoder, `vector` is the question's meaning."""
        words, stems = self._analysed(text)
        stems = self._lexicon.with_short_forms(stems)
        coverage = self.aligner.coverage(stems)
        alignment = np.sqrt(coverage.of_question * coverage.of_phrasing)
        likeness = self._space.likeness(self._space.vector(words, stems))
        best, phrasings = self._best(alignment)
        letters, _ = self._best(likeness)
        columns = [
            best, self._of_three(alignment), coverage.of_question[phrasings], coverage.of_phrasing[phrasings],
            letters, self._of_three(likeness), self._lead(best), self._lead(letters),
            *self._about_question(stems, coverage), self._other_trade(stems),
        ]  # fmt: skip
        over = [letters]
        if self._meaning is None:
            scores = self._classified(likeness)
            columns += [scores, self._lead(scores)]
            over += [scores]
        else:
            cosine, of_three, taught = self._meant(self._meaning, vector)
            columns += [cosine, of_three, taught, self._lead(cosine), self._lead(taught)]
            over += [cosine, of_three, taught]
        if len(self._starts) > self._entries:
            columns += [scores - scores[self._entries] for scores in over]
        rows = np.stack([column[: self._entries] for column in columns], axis=1)
        return Features(rows.astype(np.float32), phrasings[: self._entries])

    def likeness(self, text: str) -> Floats:
        """How like the question each entry is by its words and letters alone (0 to 2), for while somebody types."""
        words, stems = self._analysed(text)
        coverage = self.aligner.coverage(self._lexicon.with_short_forms(stems))
        alignment, _ = self._best(np.sqrt(coverage.of_question * coverage.of_phrasing))
        letters, _ = self._best(self._space.likeness(self._space.vector(words, stems)))
        return (alignment + letters)[: self._entries]

    def _classified(self, likeness: Floats) -> Floats:
        assert self._classifier is not None, "without an encoder there is a classifier over words"
        return self._classifier.scores(likeness)

    def _meant(self, meaning: MeaningSpace, vector: Floats | None) -> tuple[Floats, Floats, Floats]:
        assert vector is not None, "with an encoder each question comes with its vector"
        cosines = meaning.cosines(vector)
        cosine, _ = self._best(cosines)
        return cosine, self._of_three(cosines), meaning.taught(vector)

    def _lead(self, scores: Floats) -> Floats:
        return lead(scores[: self._entries])

    def _other_trade(self, stems: Sequence[str]) -> Floats:
        """1 for each entry, if the question names an occupation that none of its phrasings names, else 0."""
        named = self._lexicon.trades_in(stems)
        return np.asarray([bool(named - trades) for trades in self._trades], dtype=np.float32)

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
