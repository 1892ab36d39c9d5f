"""What each part of the matcher adds on questions that it was not tuned on: all is learned anew without that part.

Features are left out as columns of what was measured with all of them, so the eight entries of a question that the
model chooses among are those that all features together find; only mending and the known out-of-scope messages are left
out by measuring anew. A question is judged as a whole here: without passages, and without the rule that the exact
wording of a phrasing finds its entry.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from benchmarks.fit_confidence import Examples, Sureness, Weights, judged, weights_of
from benchmarks.labelled import LabelledSet
from benchmarks.sets import Sets
from benchmarks.tables import number, show, table, told
from benchmarks.typos import with_typos
from benchmarks.unseen import Change, Lessons, pooled
from bot.matching.encoder import Encoder
from bot.matching.evaluation import auroc
from bot.matching.features import feature_names

#: The share of out-of-scope questions that may be answered where methods are compared by how much they answer rightly.
ALLOWED = 0.05
HEAD = ("without", "top-1", "AUROC", f"right at {ALLOWED:.0%} out-of-scope answered", "top-1, one typo in 8")
#: How the features of each group are recognised by their names; what sets one of these against the known out-of-scope
#: messages goes with it.
GROUPS = {
    "alignment of words": ("alignment", "question_held", "phrasing_held", "held_anywhere", "unknown_share"),
    "letters": ("letters",),
    "meaning: cosines, those of answers too": ("cosine",),
    "answers": ("answer_",),
    "meaning: discriminant analysis (`taught`)": ("taught",),
    "meaning: classifier (`learned`)": ("learned",),
    "kind of question, `asks` and `tells`": ("kind", "asks", "tells"),
}


@dataclass(frozen=True, slots=True)
class Without:
    """Leaves a group of features out of examples measured with all of `names`."""

    names: tuple[str, ...]
    marks: tuple[str, ...]

    @property
    def kept(self) -> list[int]:
        """The columns that stay."""
        return [at for at, name in enumerate(self.names) if not any(mark in name for mark in self.marks)]

    def __call__(self, part: Examples) -> Examples:
        """The examples without these columns."""
        return replace(part, rows=part.rows[:, :, self.kept], names=tuple(self.names[at] for at in self.kept))


class AllKnowing(Encoder):
    """An encoder that takes every word for a word of the language, so that hardly any is mended."""

    def is_word(self, word: str) -> bool:  # noqa: ARG002 - the encoder's own way to ask
        """True."""
        return True


@dataclass(frozen=True, slots=True)
class Trial:
    """A set measured, clean and with typos, and what others teach for it, given a change of their examples."""

    learned: Callable[[Change], Weights]
    clean: Examples
    typed: Examples


@dataclass(frozen=True, slots=True)
class Tried:
    """How sure a model is of questions, and of the same with typos."""

    clean: Sureness
    typed: Sureness


def right_at(sure: Sureness, allowed: float = ALLOWED) -> float:
    """The share of in-scope questions answered rightly at the lowest cut-off at which no more than the allowed share of
    out-of-scope ones are answered.
    """
    outside = np.sort(sure.chance[~sure.in_scope])[::-1]
    may = int(allowed * len(outside))
    cut = outside[may] if may < len(outside) else -np.inf
    return float(np.mean((sure.right * (sure.chance > cut))[sure.in_scope]))


def row_of(name: str, tried: Tried) -> list[str]:
    """A row of a table under `HEAD`."""
    clean, typed = tried.clean, tried.typed
    right = clean.in_scope & (clean.right > 0)
    return [
        name, number(_top_1(clean)), number(auroc(clean.chance[right], clean.chance[~clean.in_scope])),
        number(right_at(clean)), number(_top_1(typed)),
    ]  # fmt: skip


def tried(trials: Sequence[Trial], change: Change) -> Tried:
    """How sure changed models are of the questions of all these sets."""
    found = []
    for trial in trials:
        weights = trial.learned(change)
        found.append([judged(change(part), weights) for part in (trial.clean, trial.typed)])
    clean, typed = zip(*found, strict=True)
    return Tried(pooled(clean), pooled(typed))


def show_ablation(sets: Sets, lessons: Lessons, unmended: Lessons) -> None:
    """Prints what is lost without each part, for the guide and for the small FAQs; `unmended` mends no typos."""
    show("## What each part adds", "", *_LEGEND)
    show(f"### The guide, {len(sets.held_out.questions)} held-out questions", "")
    guide = [_trial(one, sets.held_out, one.weights_of_guide) for one in (lessons, unmended)]
    bare = _trial(lessons, replace(sets.held_out, out_of_scope=()), lambda _: weights_of([lessons.of(sets.guide.name)]))
    without = row_of("known out-of-scope messages", tried([bare], lambda part: part))
    show(table(HEAD, [*_rows([guide[0]], [guide[1]], feature_names(meaning=True, outside=True)), without]), "")
    asked = sum(len(labelled.questions) for labelled in sets.small)
    show(f"### {len(sets.small)} small FAQs of other fields, {asked} questions", "")
    small = [[_trial(one, labelled, partial(one.weights_without, labelled.name)) for labelled in sets.small]
             for one in (lessons, unmended)]  # fmt: skip
    show(table(HEAD, _rows(small[0], small[1], feature_names(meaning=True, outside=False))), "")


_LEGEND = (
    "The confidence models are learned anew without a part, and measured on questions they were not learned from: for",
    "the guide its held-out questions, for each small FAQ all questions of it, with weights that other sets taught.",
    f"Right at {ALLOWED:.0%}: share of in-scope questions answered rightly where {ALLOWED:.0%} of the out-of-scope",
    "ones are answered.",
    "",
)


def _trial(lessons: Lessons, labelled: LabelledSet, learned: Callable[[Change], Weights]) -> Trial:
    typed = replace(labelled, questions=tuple((with_typos(text), expected) for text, expected in labelled.questions))
    return Trial(learned, lessons.examples(labelled), lessons.examples(typed))


def _rows(trials: Sequence[Trial], unmended: Sequence[Trial], names: tuple[str, ...]) -> list[list[str]]:
    """The rows of a table: all parts, then without each group of features, then without mending."""
    groups = [("nothing: all parts", ()), *GROUPS.items()]
    found = [
        row_of(label, tried(trials, Without(names, marks)))
        for label, marks in told(groups, "learning anew without parts")
    ]
    return [*found, row_of("mending of typos", tried(unmended, Without(names, ())))]


def _top_1(sure: Sureness) -> float:
    return float(np.mean(sure.right[sure.in_scope]))
