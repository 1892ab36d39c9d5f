"""Learns the weights of the confidence model from labelled questions; the same input gives the same file to the byte.

    python -m benchmarks.fit_confidence --faq ENTRIES.jsonl QUERIES.jsonl … > bot/matching/weights.json

The shipped guide with `benchmarks/questions/` always takes part; `--faq` adds question sets of other fields,
so that what is learned carries over to any server's own entries. Every set counts the same, however large it is.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.json_lines import read_json_lines
from bot.knowledge.loading import load_knowledge
from bot.knowledge.shipped import shipped_knowledge
from bot.matching.embedding import Embedder
from bot.matching.encoder import Encoder, find_encoder
from bot.matching.features import Measuring, feature_names
from bot.matching.index import Indexed
from bot.matching.lexicon import Lexicon
from bot.matching.mending import Mender
from bot.matching.vectors import VectorCache

Array = npt.NDArray[np.float64]

#: How many likely entries of each question are learned from: the right one and those it is mistaken for.
CANDIDATES = 8
#: Pull of the weights towards zero, in standard deviations of each feature.
PENALTY = 2.0
#: What cut-offs are set by, as shares of the questions learned from: how many out-of-scope ones may be answered at the
#: most; answered or offered something at the most; how many answers must be right, at the least, to be given unasked.
MOST_ANSWERED, MOST_OFFERED, FEWEST_RIGHT = 0.11, 0.35, 0.99
#: Words alone tell in scope from out of scope less well: so that they still answer, they may answer more of the latter.
MOST_ANSWERED_BY_WORDS = 0.15
#: By how much the first entry must be ahead of the second to be the answer.
LEAD = 0.05


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Entries with questions about them: (text, ids of right answers, best first; none for out of scope)."""

    name: str
    entries: tuple[Indexed, ...]
    questions: tuple[tuple[str, tuple[str, ...]], ...]
    out_of_scope: tuple[str, ...] = ()


def read_questions(path: Path) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The labelled questions of a file with `text` and `expected` on each line."""
    rows = [row for _, row in read_json_lines(path)]
    return tuple((str(row["text"]), tuple(map(str, row["expected"]))) for row in rows)  # type: ignore[call-overload]


def read_faq(entries: Path, queries: Path) -> LabelledSet:
    """A question set in the form that `waymark evaluate` takes."""
    rows = [row for _, row in read_json_lines(entries)]
    indexed = tuple(
        Indexed(str(row["id"]), tuple(dict.fromkeys([row["question"], *row["phrasings"]])))  # type: ignore[misc,list-item]
        for row in rows
    )
    return LabelledSet(entries.parent.name, indexed, read_questions(queries))


def read_guide(questions: Sequence[Path]) -> LabelledSet:
    """The shipped guide with labelled questions about it."""
    knowledge = load_knowledge(shipped_knowledge())
    indexed = tuple(Indexed(entry.id, (entry.question, *entry.phrasings)) for entry in knowledge.entries)
    asked = tuple(question for path in questions for question in read_questions(path))
    return LabelledSet("library-media-specialist", indexed, asked, knowledge.out_of_scope)


def examples(labelled: LabelledSet, lexicon: Lexicon, embedder: Embedder | None) -> tuple[Array, Array, Array]:
    """Feature rows of the likeliest entries of each question, whether each entry is right, and whether any is."""
    measuring = Measuring(labelled.entries, lexicon, labelled.out_of_scope, embedder)
    mender = (
        Mender.over([text for entry in labelled.entries for text in entry.texts], embedder, lexicon)
        if embedder
        else None
    )
    ids = np.asarray([entry.id for entry in labelled.entries])
    column = {name: at for at, name in enumerate(measuring.names)}
    telling = [column[name] for name in ("alignment", "letters", "taught", "classifier") if name in column]
    texts = [mender.mend(text) if mender else text for text, _ in labelled.questions]
    vectors = embedder.phrasings(texts) if embedder else [None] * len(texts)
    rows, right, in_scope = [], [], []
    for text, vector, (_, expected) in zip(texts, vectors, labelled.questions, strict=True):
        found = measuring.features(text, vector).rows.astype(np.float64)
        first = np.argsort(-found[:, telling].sum(axis=1), kind="stable")[:CANDIDATES]
        rows.append(found[first])
        right.append(np.isin(ids[first], expected).astype(np.float64))
        in_scope.append(bool(expected))
    return np.stack(rows), np.stack(right), np.asarray(in_scope)


def fit(rows: Array, right: Array, shares: Array) -> tuple[Array, float]:
    """Weights and bias of a logistic model, by Newton's method on standardised features; `shares` weigh the rows."""
    mean, spread = np.average(rows, axis=0, weights=shares), rows.std(axis=0) + 1e-9
    design = np.hstack([(rows - mean) / spread, np.ones((len(rows), 1))])
    pull = np.diag([PENALTY] * rows.shape[1] + [0.0])
    solution = np.zeros(design.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-design @ solution))
        slope = design.T @ (shares * (chance - right)) + pull @ solution
        curve = (design * (shares * chance * (1 - chance))[:, None]).T @ design + pull
        solution = solution - np.linalg.solve(curve, slope)
    weights = solution[:-1] / spread
    return weights, float(solution[-1] - weights @ mean)


def learn(sets: Sequence[LabelledSet], lexicon: Lexicon, embedder: Embedder | None) -> dict[str, object]:
    """One model of `weights.json`: over words alone, or with an embedder over words and meaning.

    Sets with known out-of-scope messages and sets without have features of their own, so they are not mixed.
    """
    parts = [examples(labelled, lexicon, embedder) for labelled in sets]
    size = max(right.size for _, right, _ in parts)
    shares = np.concatenate([np.full(right.size, size / right.size) for _, right, _ in parts])
    rows = np.concatenate([found.reshape(-1, found.shape[2]) for found, _, _ in parts])
    weights, bias = fit(rows, np.concatenate([right.ravel() for _, right, _ in parts]), shares)
    names = feature_names(meaning=embedder is not None, outside=bool(sets[0].out_of_scope))
    return {
        "learned_from": {labelled.name: len(labelled.questions) for labelled in sets},
        "weights": {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)},
        "bias": round(bias, 4),
        "cutoffs": cutoffs(
            [judged(part, weights, bias) for part in parts], MOST_ANSWERED if embedder else MOST_ANSWERED_BY_WORDS
        ),
    }


def judged(part: tuple[Array, Array, Array], weights: Array, bias: float) -> tuple[Array, Array, Array]:
    """For each question the confidence of its first entry, whether that is right, and whether any entry is."""
    rows, right, in_scope = part
    chance = 1 / (1 + np.exp(-(rows @ weights + bias)))
    first = np.argmax(chance, axis=1)
    at = np.arange(len(rows))
    return chance[at, first], right[at, first], in_scope


def cutoffs(sets: Sequence[tuple[Array, Array, Array]], most_answered: float) -> dict[str, float]:
    """The lowest cut-offs, in hundredths, that keep to what is allowed on average over the sets."""

    def lowest(is_kept: Callable[[float], bool]) -> float:
        return next((cut / 100 for cut in range(1, 100) if is_kept(cut / 100)), 0.99)

    def passed(cut: float) -> float:
        return float(np.mean([np.mean(chance[~in_scope] >= cut) for chance, _, in_scope in sets]))

    def precision(cut: float) -> float:
        found = [right[chance >= cut] for chance, right, _ in sets]
        return float(np.mean([one.mean() if one.size else 1.0 for one in found]))

    return {
        "answer": lowest(lambda cut: passed(cut) <= most_answered),
        "lead": LEAD,
        "offer": lowest(lambda cut: passed(cut) <= MOST_OFFERED),
        "interject": lowest(lambda cut: precision(cut) >= FEWEST_RIGHT),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints `weights.json`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faq", nargs=2, type=Path, action="append", default=[], metavar=("ENTRIES", "QUERIES"))
    parser.add_argument("--cache", type=Path, help="file that keeps the vectors for the next run")
    given = parser.parse_args(arguments)
    guide = read_guide(sorted((Path(__file__).parent / "questions").glob("*.jsonl")))
    lexicon = Lexicon(load_knowledge(shipped_knowledge()).words)
    faqs = [read_faq(entries, queries) for entries, queries in given.faq]
    folder = find_encoder(None)
    if folder is None:
        sys.exit("The encoder is not installed; `waymark encoder` tells how to get it.")
    encoder = Encoder.load(folder)
    embedder = Embedder(lambda: encoder, VectorCache(given.cache))
    models = [
        learn(chosen, lexicon, one)
        for one in (None, embedder)
        for chosen in ([guide], [replace(guide, out_of_scope=()), *faqs])
    ]
    sys.stdout.write(json.dumps({"models": models}, indent=2) + "\n")


if __name__ == "__main__":
    main()
