"""Learns which entry a follow-up is about from labelled conversations; the same input gives the same file to the byte.

    python -m benchmarks.fit_followup > bot/matching/followup.json

The conversations in `benchmarks/questions/dialogues/` are about the shipped guide. What is learned knows neither its
words nor its entries. To be run anew after `fit_confidence`.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.fit_confidence import fit, fit_ranking
from benchmarks.labelled import QUESTIONS
from bot.assembly import find_embedder
from bot.json_lines import read_json_lines
from bot.knowledge.loading import load_knowledge
from bot.knowledge.shipped import shipped_knowledge
from bot.matching.coach import Coach
from bot.matching.confidence import shares_of
from bot.matching.dialogue import Before
from bot.matching.followup import OF_ENTRY, OF_LIKELIEST, likeliest
from bot.settings import load_settings

Array = npt.NDArray[np.float64]

#: From which confidence on an entry is the answer: one that is right is worth two that are wrong, as the next best are
#: at hand under each answer. And from which on it is offered: one that is right in one of ten such turns.
ANSWERED, OFFERED = 0.35, 0.1


@dataclass(frozen=True, slots=True)
class Turn:
    """A later turn: what is known of each entry, which are right, and whether it is taken for a follow-up."""

    rows: Array
    right: Array
    follows: bool


def turns_of(path: Path, coach: Coach) -> list[Turn]:
    """The later turns of the conversations in a file, each after the best expected answer to the turns before."""
    turns: list[Turn] = []
    ids = [entry.id for entry in coach.knowledge.entries]
    for _, conversation in read_json_lines(path):
        before: Before | None = None
        for turn in conversation["turns"]:  # type: ignore[attr-defined]
            text, expected = str(turn["text"]), [str(one) for one in turn["expected"]]
            if before is not None and coach.in_order(before, text) is None:
                rows = coach.matcher.rows_after(before, text)
                turns.append(Turn(rows, np.isin(ids, expected).astype(float), coach.matcher.follows(before, text)))
            if expected:
                before = coach.after(before, text, expected[0])
    return turns


def learn(turns: Sequence[Turn]) -> tuple[Array, Array, float]:
    """Ranking, sureness and bias."""
    ranked = [turn for turn in turns if turn.follows and turn.right.any()]
    rows, right = np.stack([turn.rows for turn in ranked]), np.stack([turn.right for turn in ranked])
    ranking = fit_ranking(rows, right, np.ones(len(ranked)))
    looked_at, is_right = _looks([turn for turn in turns if turn.follows], ranking)
    return ranking, *fit(looked_at, is_right, np.ones(len(is_right)))


def _looks(turns: Sequence[Turn], ranking: Array) -> tuple[Array, Array]:
    shares = [shares_of(turn.rows @ ranking) for turn in turns]
    looked_at = [likeliest(turn.rows, share) for turn, share in zip(turns, shares, strict=True)]
    right = [turn.right[int(np.argmax(share))] for turn, share in zip(turns, shares, strict=True)]
    return np.stack(looked_at), np.asarray(right)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints `followup.json`."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args(
        arguments
    )
    coach = Coach.knowing(load_knowledge(shipped_knowledge()), find_embedder(load_settings()))
    turns = [turn for path in sorted((QUESTIONS / "dialogues").glob("*.jsonl")) for turn in turns_of(path, coach)]
    ranking, sureness, bias = learn(turns)
    learned = {
        "learned_from": {"turns": len(turns), "follow-ups": sum(turn.follows for turn in turns)},
        "ranking": _named(OF_ENTRY, ranking),
        "sureness": _named(OF_LIKELIEST, sureness),
        "bias": round(bias, 4),
        "cutoffs": {"answer": ANSWERED, "offer": OFFERED},
    }
    sys.stdout.write(json.dumps(learned, indent=2) + "\n")


def _named(names: Sequence[str], values: Array) -> dict[str, float]:
    return {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}


if __name__ == "__main__":
    main()
