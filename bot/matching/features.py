"""What is measured about a question and each entry; confidence rests on nothing else.

All features are general: none knows which guide or FAQ it looks at, so that weights learned on some carry over.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.alignment import Aligner, Met
from bot.matching.asking import asks, kind_of, tells
from bot.matching.candidates import ALL, NEAREST, Candidates, nearest_entries
from bot.matching.lessons import log_chances
from bot.matching.lexicon import Lexicon
from bot.matching.meaning import MeaningSpace
from bot.matching.normalise import words_of
from bot.matching.rows import Floats, Integers
from bot.matching.space import Space

#: The features of words alone, in the order of the columns. `lead_…` is the distance to the best other entry.
_WORDS = (
    "alignment", "question_held", "phrasing_held", "letters", "letters_of_mean", "lead_alignment", "lead_letters",
    "lead_letters_of_mean", "unknown_share", "held_anywhere", "length", "asks", "tells", "kind", "other_trade",
    "answer_held",
)  # fmt: skip
_MEANING = ("cosine", "cosine_of_mean", "taught", "lead_cosine", "lead_cosine_of_mean", "lead_taught", "learned",
            "lead_learned", "answer_cosine")  # fmt: skip
#: How far an entry, and all entries together, are ahead of the out-of-scope messages, where some are known.
_OVER_WORDS = ("inside_words", "over_outside_letters", "over_outside_letters_of_three")
_OVER_MEANING = ("inside_meaning", "over_outside_cosine", "over_outside_cosine_of_three", "over_outside_learned")
#: What tells more, or less, the more phrasings an entry has: these count besides times `phrasings`, as an entry that
#: was just added stands beside others that have many.
_TIMES_PHRASINGS = ("alignment", "letters_of_mean", "answer_held")
_TIMES_PHRASINGS_MEANING = ("cosine", "cosine_of_mean", "taught", "lead_taught", "answer_cosine")
#: Beyond about twenty phrasings an entry, more of them change little.
MANY = 1.3
#: Turns what discriminant analysis teaches into what a classifier would say, where there are too many entries for one.
SHARPNESS = 20.0


def feature_names(*, meaning: bool, outside: bool) -> tuple[str, ...]:
    """The features in the order of the columns, with or without meanings and known out-of-scope messages."""
    names = _WORDS + (_MEANING if meaning else ())
    if outside:
        names += _OVER_WORDS + (_OVER_MEANING if meaning else ())
    times = _TIMES_PHRASINGS + (_TIMES_PHRASINGS_MEANING if meaning else ())
    names += tuple(f"{name}_times_phrasings" for name in times)
    if outside:
        # By itself it would draw what is like nothing to the entry with the fewest.
        return names
    return (*names, "phrasings", "crowding") if meaning else (*names, "phrasings")


@dataclass(frozen=True, slots=True)
class Features:
    """One row for each of `entries` (positions), one column a feature name; `phrasings[i]` is the position of the
    nearest phrasing of the i-th of them. `agreed[i]`: whether every kind of likeness puts it first.
    """

    entries: Integers
    rows: Floats
    phrasings: Integers
    agreed: npt.NDArray[np.bool_]


class Measuring:
    """Measures questions against one set of entries; `names` says which features in which order."""

    def __init__(self, space: Space, lexicon: Lexicon) -> None:
        self.space = space
        self.aligner = Aligner(space.index, lexicon)
        self.names = feature_names(meaning=space.meaning is not None, outside=space.outside)
        self._lexicon = lexicon
        self._leads = [at for at, name in enumerate(self.names) if name.startswith("lead_")]
        self._traders = {trade: number for number, trade in enumerate(space.trades)}
        self._everything = Candidates.all_of(space.index.starts)

    def features_of_many(self, texts: Sequence[str], vectors: Floats | None = None) -> list[Features]:
        """The features of each question against the entries that may answer it, all of them in a small index; with an
        encoder, `vectors` has the meaning of each as a row.
        """
        if self.space.meaning is None or vectors is None:
            return [self._measured(text, None, None) for text in texts]
        cosines = self.space.meaning.cosines_of_many(vectors)
        return [self._measured(*of_one) for of_one in zip(texts, vectors, cosines, strict=True)]

    def features(self, text: str, vector: Floats | None = None) -> Features:
        """The same of one question."""
        return self.features_of_many([text], None if vector is None else vector[np.newaxis])[0]

    def _measured(self, text: str, vector: Floats | None, cosines: tuple[Floats, Floats] | None) -> Features:
        space = self.space
        words, stems = self._analysed(text)
        found = self._found(stems)
        coverage = self.aligner.coverage([(weight, likenesses) for _, weight, likenesses in found])
        alignment = np.sqrt(coverage.of_question * coverage.of_phrasing)
        by_words, by_letters = space.ngrams.by_words(stems), space.ngrams.by_letters(words)
        near = self._candidates([alignment, by_words, *([] if cosines is None else [cosines[0]])])
        aligned, first = near.best(near.of(alignment))
        nearest = first if near.phrasings is None else near.phrasings[first]
        letters = (near.of(by_words) + space.ngrams.of_phrasings(by_letters, near.phrasings)) / 2
        of_mean = near.mean(letters) / space.ngrams.mean_norms[near.entries]
        bare = self._lexicon.stem_words(words)
        columns = {
            "alignment": aligned, "question_held": coverage.of_question[nearest],
            "phrasing_held": coverage.of_phrasing[nearest], "letters": near.best(letters)[0],
            "letters_of_mean": of_mean, "held_anywhere": coverage.of_question.max(initial=0.0),
            **self._about_question(text, found), "kind": space.kinds[near.entries, kind_of(text)],
            "other_trade": self._other_trade(bare, near),
            **self._said(bare, near, vector),
        }  # fmt: skip
        if space.outside:
            columns["inside_words"] = self._inside_words(found)
            columns["over_outside_letters_of_three"] = _over_last(near.of_three(letters))
        if space.meaning is not None and vector is not None and cosines is not None:
            columns |= self._meant(space.meaning, near, vector, cosines)
        return self._assembled(columns, near, nearest)

    def _said(self, stems: Sequence[str], near: Candidates, vector: Floats | None) -> dict[str, Floats]:
        """How near the answers come; out-of-scope messages, the last of the candidates, have none."""
        entries = near.entries[: len(near.entries) - self.space.outside]
        columns = {"answer_held": self.space.answers.held(stems, self._lexicon)[entries]}
        if self.space.meaning_of_answers is not None and vector is not None:
            columns["answer_cosine"] = self.space.meaning_of_answers.nearest(vector, entries)
        return columns

    def _meant(
        self, meaning: MeaningSpace, near: Candidates, vector: Floats, cosines: tuple[Floats, Floats]
    ) -> dict[str, Floats | float]:
        of_phrasings = near.of(cosines[0])
        taught = near.mean(near.of(cosines[1])) + meaning.offsets[near.entries]
        learned = meaning.learned(vector)
        columns: dict[str, Floats | float] = {
            "cosine": near.best(of_phrasings)[0],
            "cosine_of_mean": near.mean(of_phrasings) / meaning.mean_norms[near.entries],
            "taught": taught,
            "learned": log_chances(SHARPNESS * taught) if learned is None else learned[near.entries],
        }
        if self.space.outside:
            columns["inside_meaning"] = meaning.inside(vector)
            columns["over_outside_cosine_of_three"] = _over_last(near.of_three(of_phrasings))
        else:
            columns["crowding"] = meaning.crowding
        return columns

    def likeness(self, text: str) -> Floats:
        """How like the question each entry is by its words and letters alone (0 to 2), for while somebody types."""
        words, stems = self._analysed(text)
        coverage = self.aligner.coverage([(weight, likenesses) for _, weight, likenesses in self._found(stems)])
        alignment, _ = self._everything.best(np.sqrt(coverage.of_question * coverage.of_phrasing))
        letters, _ = self._everything.best(self.space.ngrams.likeness(words, stems))
        return (alignment + letters)[: self.space.entries]

    def met(self, text: str, phrasing: int) -> tuple[Met, ...]:
        """Which stems of one phrasing those of the question met, as alignment counts them."""
        return self.aligner.met(self._found(self._analysed(text)[1]), phrasing)

    def nearness(self, text: str, vector: Floats | None = None) -> Floats:
        """How near each phrasing is: the cosine of its meaning or, without `vector`, of its words and letters."""
        if self.space.meaning is not None and vector is not None:
            return self.space.meaning.cosines(vector)[0]
        return self.space.ngrams.likeness(*self._analysed(text))

    def exact(self, text: str) -> int | None:
        """The position of the phrasing that is word for word this text; None when there is none."""
        position = self.space.corpus.position(words_of(text))
        return position if position is not None and position < self.space.index.starts[self.space.entries] else None

    def _analysed(self, text: str) -> tuple[list[str], list[str]]:
        words = words_of(text)
        return words, self._lexicon.with_short_forms(self._lexicon.stem_words(words))

    def _found(self, stems: Sequence[str]) -> list[tuple[str, float, dict[int, float]]]:
        """Each distinct stem with its weight and the stems of the index that it stands for."""
        aligner = self.aligner
        return [(stem, aligner.weight(stem), aligner.likenesses(stem)) for stem in dict.fromkeys(stems)]

    def _candidates(self, scores: list[Floats]) -> Candidates:
        space = self.space
        if len(space.texts) <= ALL or space.entries <= NEAREST:
            return self._everything
        entries = nearest_entries(scores, space.index.owners)
        if space.outside:
            entries = np.union1d(entries, [space.entries])
        return Candidates.of_entries(entries, space.index.starts)

    def _assembled(self, columns: dict[str, Floats | float], near: Candidates, nearest: Integers) -> Features:
        """The columns in order; leads are taken among the entries alone, without the out-of-scope messages."""
        inside = slice(0, len(near.entries) - self.space.outside)
        columns["phrasings"] = phrasings = np.minimum(np.log10(near.counts), MANY)[inside]
        for name in self.names:
            if name.startswith("lead_"):
                columns[name] = lead(np.asarray(columns[name.removeprefix("lead_")])[inside])
            elif name.endswith("_times_phrasings"):
                columns[name] = np.asarray(columns[name.removesuffix("_times_phrasings")])[inside] * phrasings
            elif name.startswith("over_outside_") and name not in columns:
                columns[name] = _over_last(np.asarray(columns[name.removeprefix("over_outside_")]))
        rows = np.empty((len(near.entries[inside]), len(self.names)), dtype=np.float32)
        for at, name in enumerate(self.names):
            column = columns[name]
            rows[:, at] = column[: len(rows)] if isinstance(column, np.ndarray) else column
        agreed = np.all(rows[:, self._leads] > 0, axis=1)
        return Features(near.entries[inside], rows, nearest[inside], agreed)

    def _inside_words(self, found: Sequence[tuple[str, float, dict[int, float]]]) -> float:
        """How much oftener entries have the question's words than out-of-scope messages do (natural log)."""
        numbers = (self.space.index.vocabulary.get(stem) for stem, _, _ in found)
        odds = [float(self.space.odds[number]) for number in numbers if number is not None]
        return float(sum(odds) / max(len(odds), 1) ** 0.5)

    def _other_trade(self, stems: Sequence[str], near: Candidates) -> Floats:
        """1 for each entry, if the question names an occupation that none of its phrasings names, else 0."""
        other = np.zeros(len(near.entries), dtype=np.float32)
        for trade in self._lexicon.trades_in(stems):
            number = self._traders.get(" ".join(trade))
            other[slice(None) if number is None else ~np.isin(near.entries, self.space.traders[number])] = 1
        return other

    def _about_question(
        self, text: str, found: Sequence[tuple[str, float, dict[int, float]]]
    ) -> dict[str, Floats | float]:
        total = sum(weight for _, weight, _ in found)
        unknown = sum(weight for _, weight, likenesses in found if not likenesses)
        telling = sum(stem not in self._lexicon.fillers for stem, _, _ in found)
        return {
            "unknown_share": unknown / total if total else 1.0,
            "length": float(np.log1p(telling)),
            "asks": float(asks(text)),
            "tells": float(tells(text)),
        }


def lead(scores: Floats) -> Floats:
    """How far each score is ahead of the best other one; below zero for all but the first."""
    if len(scores) < 2:
        return np.array(scores, dtype=np.float32)
    first = int(np.argmax(scores))
    second = max(scores[:first].max(initial=-np.inf), scores[first + 1 :].max(initial=-np.inf))
    result: Floats = scores - scores[first]
    result[first] = scores[first] - second
    return result


def _over_last(scores: Floats) -> Floats:
    """How far each score is above the last one, that of the out-of-scope messages."""
    result: Floats = scores - scores[-1]
    return result
