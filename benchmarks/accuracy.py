"""How often each method finds the right entry, how well its score tells when it did, and what it answers wrongly."""

from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, replace

import numpy as np
import numpy.typing as npt

from benchmarks.labelled import ADDED, LabelledSet, Question
from benchmarks.peers import Found, Meanings, Method, MiniLm, Ours, words_alone
from benchmarks.sets import Sets
from benchmarks.tables import number, show, table, tell
from benchmarks.typos import with_typos
from benchmarks.unseen import Lessons
from bot.matching.confidence import Confidence
from bot.matching.embedding import Embedder
from bot.matching.evaluation import auroc
from bot.matching.lexicon import Lexicon
from bot.matching.matcher import Matcher

Array = npt.NDArray[np.float64]

HEAD = (
    "method", "top-1", "AUROC", "top-1, one typo in 8", "loss in points", "out-of-scope answered", "right and answered"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured, as shares from 0 to 1; None where there was nothing to measure it on.

    `auroc`: how well a method's score tells its right answers to in-scope questions from what it says to out-of-scope
    ones. `out_answered` and `right_answered`, of all out-of-scope and all in-scope questions, are taken at the method's
    usual cut-off.
    """

    top_1: float | None
    auroc: float | None
    top_1_with_typos: float | None
    out_answered: float | None
    right_answered: float | None


def figures_of(questions: Sequence[Question], found: Sequence[Found], with_typos: Sequence[Found]) -> Figures:
    """The figures of a method: what it said to each question, and to each that has an entry with typos in it."""
    said = list(zip(found, (expected for _, expected in questions), strict=True))
    inside = [(one, one.id in expected) for one, expected in said if expected]
    outside = [one for one, expected in said if not expected]
    wanted = [expected for _, expected in questions if expected]
    return Figures(
        top_1=_share([right for _, right in inside]),
        auroc=auroc([one.score for one, right in inside if right], [one.score for one in outside]),
        top_1_with_typos=_share([one.id in expected for one, expected in zip(with_typos, wanted, strict=True)]),
        out_answered=_share([one.answered for one in outside]),
        right_answered=_share([one.answered and right for one, right in inside]),
    )


def measured(labelled: LabelledSet, methods: Sequence[Method]) -> dict[str, Figures]:
    """The figures of each method on a set, by its name."""
    clean = [text for text, _ in labelled.questions]
    typed = [with_typos(text) for text, expected in labelled.questions if expected]
    return {
        method.name: figures_of(labelled.questions, method.ask_all(clean), method.ask_all(typed)) for method in methods
    }


def rows_of(figures: dict[str, Figures]) -> list[list[str]]:
    """The rows of a table under `HEAD`."""
    return [
        [
            name, number(one.top_1), number(one.auroc), number(one.top_1_with_typos),
            number(_points(one.top_1, one.top_1_with_typos), 1), number(one.out_answered), number(one.right_answered),
        ]
        for name, one in figures.items()
    ]  # fmt: skip


def show_accuracy(lexicon: Lexicon, embedder: Embedder, sets: Sets, lessons: Sequence[Lessons]) -> None:
    """Prints a table for the guide, for the small FAQs together, for entries of these just added to the guide, and for
    each given set.

    `lessons`: those with the encoder, then those of words alone.
    """
    meanings = Meanings(embedder.encoder)

    def tried(labelled: LabelledSet, learned: Callable[[Lessons], Confidence | None]) -> dict[str, Figures]:
        tell(f"asking all methods about {labelled.name}")
        ours = []
        for name, chosen, taught in zip(("with the encoder", "words alone"), (embedder, None), lessons, strict=True):
            known = labelled.out_of_scope
            matcher = Matcher(labelled.entries, lexicon, learned(taught), out_of_scope=known, embedder=chosen)
            ours.append(Ours(f"Waymark, {name}", matcher))
        by_meaning = [MiniLm(labelled.entries, meanings, of_mean=of_mean) for of_mean in (False, True)]
        return measured(labelled, [*ours, *words_alone(labelled.entries), *by_meaning])

    show("## Accuracy", "", *_LEGEND)

    def unseen(labelled: LabelledSet) -> dict[str, Figures]:
        return tried(labelled, lambda taught: taught.confidence_without(labelled.name))

    def beside(labelled: LabelledSet) -> dict[str, Figures]:
        return tried(about_added(sets.guide, labelled), lambda taught: taught.confidence_beside(labelled.name))

    _show_set(sets.held_out, tried(sets.held_out, lambda _: None))
    _show_small(f"Mean of {len(sets.small)} small FAQs of other fields", {one.name: unseen(one) for one in sets.small})
    _show_small(
        f"Entries of {len(sets.small)} small FAQs, {ADDED} at a time, just added to the guide",
        {one.name: beside(one) for one in sets.small},
    )
    for labelled in sets.given:
        _show_set(labelled, unseen(labelled))


def about_added(guide: LabelledSet, other: LabelledSet) -> LabelledSet:
    """The guide with entries of another set beside, others than those it is learned with, and questions about these."""
    both = guide.with_added(other, 1)
    added = {entry.id for entry in both.entries[len(guide.entries) :]}
    return replace(both, questions=tuple(one for one in both.questions if added.intersection(one[1])))


_LEGEND = (
    "Top-1: share of in-scope questions whose first entry is right. AUROC: how well the method's own score tells right",
    "answers to in-scope questions from out-of-scope questions. One typo in 8: the same questions with one random edit",
    "for each eight characters. The last two columns are taken at the usual cut-off, where there is one: the verdict",
    "`answer` of Waymark, a score over 60 for RapidFuzz. For the guide, Waymark has its shipped weights and cut-offs,",
    "not learned from these questions; for each other set it has weights and cut-offs learned without that set (beside",
    "the guide, the shipped cut-offs). Waymark reads the answers of entries, too; the others their questions and",
    "phrasings.",
    "",
)


def _show_set(labelled: LabelledSet, figures: dict[str, Figures]) -> None:
    texts = sum(len(entry.texts) for entry in labelled.entries)
    inside = sum(bool(expected) for _, expected in labelled.questions)
    show(
        f"### {labelled.name}: {len(labelled.entries)} entries with {texts:,} texts,"
        f" {inside:,} questions in scope and {len(labelled.questions) - inside:,} out of scope",
        "", table(HEAD, rows_of(figures)), "",
    )  # fmt: skip


def _show_small(title: str, small: dict[str, dict[str, Figures]]) -> None:
    """The mean over several sets, and the top-1 of each."""
    names = list(next(iter(small.values())))
    means = {name: _mean([figures[name] for figures in small.values()]) for name in names}
    by_set = [[name, *(number(figures[name].top_1, 2) for figures in small.values())] for name in names]
    show(
        f"### {title}", "", table(HEAD, rows_of(means)), "",
        "Top-1 on each:", "", table(("method", *small), by_set), "",
    )  # fmt: skip


def _mean(figures: Sequence[Figures]) -> Figures:
    columns = zip(*map(astuple, figures), strict=True)
    return Figures(*(None if None in column else float(np.mean(column)) for column in columns))


def _share(of: Sequence[bool | None]) -> float | None:
    return None if not of or None in of else float(np.mean(np.asarray(of, dtype=bool)))


def _points(clean: float | None, typed: float | None) -> float | None:
    return None if clean is None or typed is None else 100 * (typed - clean)
