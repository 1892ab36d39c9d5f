"""Learns the weights of the confidence models from labelled questions; the same input gives the same file to the byte.

    python -m benchmarks.fit_confidence --faq ENTRIES.jsonl QUERIES.jsonl … > bot/matching/weights.json

The shipped guide with `benchmarks/questions/` teaches the models for guides whose out-of-scope messages are known: as
it is, with fewer phrasings, with some of its entries thinned out, and with entries of small FAQs beside, so that an
entry that a moderator has just written is found beside those with many phrasings. The models for an FAQ of which
no such messages are known are taught by FAQs of many fields, so that they carry over to any server's own: those in
`benchmarks/faqs/`, those named by `--faq`, and the guide, all with few and with many phrasings an entry, and with few
entries. Every set counts the same, however many questions it has.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.labelled import QUESTIONS, LabelledSet, read_faq, read_guide, small_faqs
from bot.knowledge.loading import load_knowledge
from bot.knowledge.shipped import shipped_knowledge
from bot.matching.confidence import AMONG, OF_FIRST, of_first, shares_of
from bot.matching.embedding import Embedder
from bot.matching.encoder import Encoder, find_encoder
from bot.matching.features import Measuring, feature_names
from bot.matching.lessons import chances
from bot.matching.lexicon import Lexicon
from bot.matching.matcher import EXACT
from bot.matching.mending import Mender
from bot.matching.space import Space
from bot.matching.vectors import VectorCache

Array = npt.NDArray[np.float64]

#: How many questions each set counts for.
COUNTED = 1_500
#: Pull of the weights towards zero, in standard deviations of each feature.
PENALTY = 2.0
#: What cut-offs are set by, as shares of the questions learned from: how many out-of-scope ones may be answered at the
#: most; answered or offered something at the most; how many answers must be right, at the least, to be given unasked,
#: and how many out-of-scope messages may be answered unasked at the most.
MOST_ANSWERED, MOST_OFFERED, FEWEST_RIGHT, MOST_INTERJECTED = 0.05, 0.20, 0.985, 0.002
#: How sure of an answer the coach must be at the least, and by how much it must be ahead of the next one: it should
#: rather be right than wrong, and is offered beside the next where either may be meant.
LEAST_SURE, LEAD = 0.5, 0.2
#: What does not count for how sure the first entry is where meanings are known and out-of-scope messages are not: how
#: far it is ahead, and words. A message between two entries is in scope all the same, and what words tell of a message
#: carries over least from one FAQ to another.
NOT_FOR_SURENESS = ("lead_", "letters", "alignment", "held")
#: Phrasings an entry with which larger sets take part besides all they have.
FEWER = (1, 3, 8, 25)
#: Entries of which each set takes part besides, as of an FAQ that has just been begun.
BEGUN = 8
#: How often the guide takes part with some of its entries thinned out, each time others.
TIMES_THINNED = 8
#: In how many parts a set is cut so that cut-offs are set on questions that the weights were not learned from.
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Examples:
    """For each question the features of its likeliest entries, which of these are right, and whether any entry is.

    Shapes: (questions, AMONG, features), (questions, AMONG), (questions,). `names`: of the features.
    """

    rows: Array
    right: Array
    in_scope: npt.NDArray[np.bool_]
    names: tuple[str, ...]

    def of(self, chosen: npt.NDArray[np.bool_] | npt.NDArray[np.intp]) -> "Examples":
        """Those of some questions."""
        return replace(self, rows=self.rows[chosen], right=self.right[chosen], in_scope=self.in_scope[chosen])


@dataclass(frozen=True, slots=True)
class Weights:
    """What is learned; see `bot.matching.confidence.Confidence`."""

    ranking: Array
    sureness: Array
    bias: float


def examples(labelled: LabelledSet, lexicon: Lexicon, embedder: Embedder | None) -> Examples:
    """The examples of one set, of at least `AMONG` entries, measured by the very code that members meet."""
    space = Space.over(labelled.entries, lexicon, labelled.out_of_scope, embedder)
    measuring = Measuring(space, lexicon)
    mender = Mender.over(space.corpus, embedder, lexicon.words) if embedder else None
    ids = np.asarray([entry.id for entry in labelled.entries])
    column = {name: at for at, name in enumerate(measuring.names)}
    telling = [column[name] for name in ("alignment", "letters_of_mean", "cosine", "taught") if name in column]
    texts = [mender.mend(text) if mender else text for text, _ in labelled.questions]
    vectors = embedder.phrasings(texts) if embedder else [None] * len(texts)
    rows, right, in_scope = [], [], []
    for text, vector, (_, expected) in zip(texts, vectors, labelled.questions, strict=True):
        features = measuring.features(text, vector)
        found = features.rows.astype(np.float64)
        first = np.argsort(-found[:, telling].sum(axis=1), kind="stable")[:AMONG]
        rows.append(found[first])
        right.append(np.isin(ids[features.entries[first]], expected).astype(np.float64))
        in_scope.append(bool(expected))
    return Examples(np.stack(rows), np.stack(right), np.asarray(in_scope), measuring.names)


def fit(rows: Array, right: Array, counts: Array) -> tuple[Array, float]:
    """Weights and bias of a logistic model, by Newton's method on standardised features; `counts` weigh the rows."""
    mean, spread = np.average(rows, axis=0, weights=counts), rows.std(axis=0) + 1e-9
    design = np.hstack([(rows - mean) / spread, np.ones((len(rows), 1))])
    pull = np.diag([PENALTY] * rows.shape[1] + [0.0])
    solution = np.zeros(design.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-design @ solution))
        slope = design.T @ (counts * (chance - right)) + pull @ solution
        curve = (design * (counts * chance * (1 - chance))[:, None]).T @ design + pull
        solution = solution - np.linalg.solve(curve, slope)
    weights = solution[:-1] / spread
    return weights, float(solution[-1] - weights @ mean)


def fit_ranking(rows: Array, right: Array, counts: Array) -> Array:
    """Weights that make the right entries of each question stand out from the others: conditional logistic regression.

    Each question has at least one right entry among its candidates.
    """
    flat = rows.reshape(-1, rows.shape[2])
    spread = flat.std(axis=0) + 1e-9
    design = (rows - flat.mean(axis=0)) / spread
    solution = np.zeros(rows.shape[2])
    loss = _ranking_loss(design, right, counts, solution)
    for _ in range(50):
        shares = chances(design @ solution)
        wanted = shares * right
        wanted /= wanted.sum(axis=1, keepdims=True) + 1e-12
        slope = np.einsum("n,nk,nkf->f", counts, shares - wanted, design) + PENALTY * solution
        means = np.einsum("nk,nkf->nf", shares, design)
        curve = np.einsum("n,nk,nkf,nkg->fg", counts, shares, design, design, optimize=True)
        curve += PENALTY * np.eye(len(solution)) - np.einsum("n,nf,ng->fg", counts, means, means)
        step = np.linalg.solve(curve, slope)
        # The whole step can overshoot where a question has several right entries.
        for size in (1.0, 0.5, 0.25, 0.1, 0.03, 0.01):
            tried = _ranking_loss(design, right, counts, solution - size * step)
            if tried < loss:
                solution, loss = solution - size * step, tried
                break
        else:
            break
    weights: Array = solution / spread
    return weights


def _ranking_loss(design: Array, right: Array, counts: Array, solution: Array) -> float:
    of_right = (chances(design @ solution) * right).sum(axis=1)
    return float(-counts @ np.log(of_right + 1e-12) + PENALTY / 2 * solution @ solution)


def weights_of(parts: Sequence[Examples]) -> Weights:
    """What all these sets teach together."""
    rows, right = (np.concatenate(found) for found in zip(*((part.rows, part.right) for part in parts), strict=True))
    counts = np.concatenate([np.full(len(part.rows), COUNTED / len(part.rows)) for part in parts])
    among = right.any(axis=1)
    ranking = fit_ranking(rows[among], right[among], counts[among])
    looked_at, is_right = looks(rows, right, ranking)
    counting = for_sureness(parts[0].names)
    sureness = np.zeros(looked_at.shape[1])
    sureness[counting], bias = fit(looked_at[:, counting], is_right, counts)
    return Weights(ranking, sureness, bias)


def for_sureness(names: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    """For each of these features and of `OF_FIRST`, whether it counts for how sure the first entry is."""
    if "inside_words" in names:
        # Known out-of-scope messages tell it, whatever phrasings the entry has.
        return np.asarray([*("phrasings" not in name for name in names), *(True for _ in OF_FIRST)])
    if "crowding" not in names:
        return np.ones(len(names) + len(OF_FIRST), dtype=np.bool_)
    counts = [not any(mark in name for mark in NOT_FOR_SURENESS) for name in names]
    return np.asarray([*counts, *(False for _ in OF_FIRST)])


def looks(rows: Array, right: Array, ranking: Array) -> tuple[Array, Array]:
    """For each question what the second model looks at, and whether the likeliest entry is right."""
    shares = np.stack([shares_of(scores) for scores in rows @ ranking])
    first = np.argmax(shares, axis=1)
    at = np.arange(len(rows))
    return np.stack([of_first(rows[i, first[i]], shares[i]) for i in at]), right[at, first]


@dataclass(frozen=True, slots=True)
class Sureness:
    """For each question the confidence of its first entry, whether that is right, and whether any entry is."""

    chance: Array
    right: Array
    in_scope: npt.NDArray[np.bool_]


def judged(part: Examples, weights: Weights) -> Sureness:
    """How sure the model is of the first entry of each question."""
    looked_at, right = looks(part.rows, part.right, weights.ranking)
    return Sureness(1 / (1 + np.exp(-(looked_at @ weights.sureness + weights.bias))), right, part.in_scope)


def judged_unseen(parts: Sequence[Examples]) -> list[Sureness]:
    """The same with weights that were each time learned without a part of the questions of each set, for that part."""
    found: list[list[Sureness]] = [[] for _ in parts]
    for fold in range(FOLDS):
        left_out = [np.arange(len(part.rows)) % FOLDS == fold for part in parts]
        weights = weights_of([part.of(~left) for part, left in zip(parts, left_out, strict=True)])
        for at, (part, left) in enumerate(zip(parts, left_out, strict=True)):
            found[at].append(judged(part.of(left), weights))
    return [
        Sureness(*(np.concatenate([getattr(one, name) for one in folds]) for name in ("chance", "right", "in_scope")))
        for folds in found
    ]


def cutoffs(sets: Sequence[Sureness]) -> dict[str, float]:
    """The lowest cut-offs, in hundredths, that keep to what is allowed on average over the sets."""

    def lowest(is_kept: Callable[[float], bool]) -> float:
        return next((cut / 100 for cut in range(1, 100) if is_kept(cut / 100)), EXACT)

    def passed(cut: float) -> float:
        return float(np.mean([np.mean(one.chance[~one.in_scope] >= cut) for one in sets if not one.in_scope.all()]))

    def precision(cut: float) -> float:
        found = [one.right[one.chance >= cut] for one in sets]
        return float(np.mean([right.mean() if right.size else 1.0 for right in found]))

    return {
        "answer": lowest(lambda cut: cut >= LEAST_SURE and passed(cut) <= MOST_ANSWERED),
        "lead": LEAD,
        "offer": lowest(lambda cut: passed(cut) <= MOST_OFFERED),
        "interject": lowest(lambda cut: precision(cut) >= FEWEST_RIGHT and passed(cut) <= MOST_INTERJECTED),
    }


def learn(sets: Sequence[LabelledSet], lexicon: Lexicon, embedder: Embedder | None) -> dict[str, object]:
    """One model of `weights.json`: over words alone, or with an embedder over words and meaning.

    Sets with known out-of-scope messages and sets without have features of their own, so they are not mixed.
    """
    parts = [examples(labelled, lexicon, embedder) for labelled in sets]
    weights = weights_of(parts)
    names = feature_names(meaning=embedder is not None, outside=bool(sets[0].out_of_scope))

    def named(values: Array, *more: str) -> dict[str, float]:
        return {name: round(float(value), 4) for name, value in zip((*names, *more), values, strict=True)}

    return {
        "learned_from": {labelled.name: len(labelled.questions) for labelled in sets},
        "ranking": named(weights.ranking),
        "sureness": named(weights.sureness, *OF_FIRST),
        "bias": round(weights.bias, 4),
        "cutoffs": cutoffs(judged_unseen(parts)),
    }


def with_fewer(labelled: LabelledSet) -> list[LabelledSet]:
    """The set, and the same with fewer phrasings an entry."""
    most = max(len(entry.texts) for entry in labelled.entries)
    return [labelled, *(labelled.with_phrasings(count) for count in FEWER if count < most)]


def guides(guide: LabelledSet, faqs: Sequence[LabelledSet]) -> list[LabelledSet]:
    """The guide as it is, with fewer phrasings an entry, with some entries thinned out, and with entries of each of
    these FAQs beside.
    """
    thinned = [guide.with_some_thinned(seed) for seed in range(TIMES_THINNED)]
    return [*with_fewer(guide), *thinned, *(guide.with_added(faq, 0) for faq in faqs)]


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints `weights.json`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faq", nargs=2, type=Path, action="append", default=[], metavar=("ENTRIES", "QUERIES"))
    parser.add_argument("--cache", type=Path, help="file that keeps the vectors for the next run")
    given = parser.parse_args(arguments)
    guide = read_guide(sorted(QUESTIONS.glob("*.jsonl")))
    lexicon = Lexicon(load_knowledge(shipped_knowledge()).words)
    faqs = [replace(guide, out_of_scope=()), *(read_faq(entries, queries) for entries, queries in given.faq)]
    varied = [one for faq in faqs for one in with_fewer(faq)]
    folder = find_encoder(None)
    if folder is None:
        sys.exit("The encoder is not installed; `waymark encoder` tells how to get it.")
    encoder = Encoder.load(folder)
    embedder = Embedder(lambda: encoder, VectorCache(given.cache))
    small = small_faqs()
    varied += [*small, *(one.with_entries(BEGUN) for one in (*faqs, *small))]
    models = [learn(chosen, lexicon, one) for one in (None, embedder) for chosen in (guides(guide, small), varied)]
    sys.stdout.write(json.dumps({"models": models}, indent=2) + "\n")


if __name__ == "__main__":
    main()
