"""How long a question takes, ours and others', on one core: `python -m benchmarks.speed`, started by `matching`.

What counts is the processor's time, so that other programs on the machine make no difference. A process of its own, so
that it may keep to one core, and so that an index of 100,000 entries is gone before other parts begin.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from rapidfuzz import fuzz

from benchmarks.building import GUIDE, GUIDE_WITH_ENCODER, build, installed_encoder, shipped_embedder
from benchmarks.labelled import LabelledSet
from benchmarks.made_up import made_up
from benchmarks.one_thread import keep_to_one_thread
from benchmarks.peers import Bm25s, Fts5, Method, Ours, RapidFuzz
from benchmarks.sets import Sets
from benchmarks.tables import number, show, table, tell, told
from bot.knowledge.loading import load_knowledge
from bot.knowledge.shipped import shipped_knowledge
from bot.matching.encoder import Encoder
from bot.matching.index import Indexed
from bot.matching.lexicon import Lexicon
from bot.matching.matcher import Matcher

#: Questions asked of each index; not counted ones before; and seconds after which a method that is slow is asked no
#: more, though not before it has been asked `FEWEST`.
ASKED, WARM_UP, SECONDS, FEWEST = 500, 10, 90.0, 100
#: How many entries there are, two texts each.
SIZES = (100, 1_000, 10_000, 100_000)

Times = dict[str, list[float]]


class Asked(Protocol):
    """Whatever can be asked a text; what it says does not matter here."""

    @property
    def name(self) -> str:
        """What the tables call it."""

    def ask(self, text: str) -> object:
        """Answers one text."""


def times_of(methods: Sequence[Asked], questions: Sequence[str], seconds: float = SECONDS) -> Times:
    """The milliseconds of each question, by method. All methods take turns, so that what else the machine does meets
    each alike.
    """
    found: Times = {method.name: [] for method in methods}
    for method in methods:
        for text in questions[:WARM_UP]:
            method.ask(text)
    for text in told(questions[WARM_UP:], "questions"):
        for method in methods:
            times = found[method.name]
            if len(times) < FEWEST or sum(times) < 1_000 * seconds:
                start = time.process_time()
                method.ask(text)
                times.append(1_000 * (time.process_time() - start))
    return found


def methods_over(entries: Sequence[Indexed], lexicon: Lexicon) -> list[Method]:
    """Ours, by words alone, and its peers."""
    by_ratio = [RapidFuzz(entries, scorer) for scorer in (fuzz.WRatio, fuzz.token_set_ratio)]
    return [Ours("Waymark, words alone", Matcher(entries, lexicon)), *by_ratio, Bm25s(entries), Fts5(entries)]


def run(sizes: Sequence[int]) -> None:
    """Measures speed in a new process."""
    command = [sys.executable, "-m", "benchmarks.speed", *map(str, sizes)]
    subprocess.run(command, check=True)  # noqa: S603 - this very program


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="how many entries there are")
    sizes = parser.parse_args().sizes
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    show("## Speed", "", "On one core, in the processor's time.", "")
    # First: a process begins with the most memory that the one which started it ever had as its own.
    _show_building(max(sizes))
    lexicon = Lexicon(load_knowledge(shipped_knowledge()).words)
    _show_growth(lexicon, sizes)
    guide = Sets.read(()).held_out
    _show_encoder(lexicon, guide)
    _show_rounding([text for text, _ in guide.questions])


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoder by itself."""

    name: str
    encoder: Encoder

    def ask(self, text: str) -> None:
        """Computes what the text means."""
        self.encoder.encode([text])


def _show_rounding(questions: Sequence[str]) -> None:
    methods = [
        Encoding(name, installed_encoder(in_fractions=fractions))
        for name, fractions in (("in whole numbers", False), ("in fractions, as published", True))
    ]
    times = times_of(methods, [*questions[:WARM_UP], *questions])
    ours, published = (method.encoder.encode(questions) for method in methods)
    apart = float((ours @ ours.T - published @ published.T).std())
    show("### The encoder by itself, a question about the guide, in milliseconds: median / 99th percentile", "")
    show(table(("", "milliseconds"), [(name, _milliseconds(found)) for name, found in times.items()]), "")
    show(f"Whole numbers move the likeness of two questions by {apart:.4f} (standard deviation).", "")


def _show_growth(lexicon: Lexicon, sizes: Sequence[int]) -> None:
    found: list[Times] = []
    for size in sizes:
        tell(f"asking {size:,} entries")
        entries, questions = made_up(size, ASKED + WARM_UP)
        found.append(times_of(methods_over(entries, lexicon), questions))
    show("### A question, in milliseconds: median / 99th percentile", "")
    head = ("method", *(f"{size:,} entries" for size in sizes))
    names = list(found[0])
    show(table(head, [[name, *(_milliseconds(times[name]) for times in found)] for name in names]), "")
    show("The same as multiples of ours:", "")
    show(table(head, [[name, *(_ratio(times[name], times[names[0]]) for times in found)] for name in names[1:]]), "")
    fewest = min(len(times) for one in found for times in one.values())
    slow = f"; where that takes more than {SECONDS:.0f} seconds fewer, at least {fewest}" if fewest < ASKED else ""
    show(f"Two texts an entry, {ASKED} questions of each index{slow}.", "")


def _show_encoder(lexicon: Lexicon, guide: LabelledSet) -> None:
    embedder = shipped_embedder()
    methods = [
        Ours(name, Matcher(guide.entries, lexicon, out_of_scope=guide.out_of_scope, embedder=chosen))
        for name, chosen in (("words alone", None), ("with the encoder", embedder))
    ]
    questions = [text for text, _ in guide.questions]
    words, meanings = times_of(methods, [*questions[:WARM_UP], *questions]).values()
    added = np.asarray(meanings) - np.asarray(words)
    show("### A question about the guide, in milliseconds: median / 99th percentile", "")
    rows = [(name, _milliseconds(times)) for name, times in
            (("words alone", words), ("with the encoder", meanings), ("what the encoder adds", added))]  # fmt: skip
    show(table(("", "milliseconds"), rows), "")


def _show_building(size: int) -> None:
    tell("building indexes")
    names = {
        GUIDE: "the guide, words alone", GUIDE_WITH_ENCODER: "the guide, with the encoder, which is read too",
        str(size): f"{size:,} entries, words alone",
    }  # fmt: skip
    rows = []
    for what, name in names.items():
        built = build(what)
        rows.append([name, number(built.seconds, 2), number(built.peak, 0), number(built.peak - built.before, 0)])
    show("### Building the index", "")
    show(table(("index", "seconds", "peak memory, MB", "of it for the index, MB"), rows), "")


def _milliseconds(times: Sequence[float]) -> str:
    return " / ".join(f"{value:.{1 if value >= 10 else 2}f}" for value in np.percentile(times, (50, 99)))


def _ratio(times: Sequence[float], ours: Sequence[float]) -> str:
    ratios = np.percentile(times, (50, 99)) / np.percentile(ours, (50, 99))
    return " / ".join(f"{ratio:.{1 if ratio >= 10 else 2}f}" for ratio in ratios)


if __name__ == "__main__":
    keep_to_one_thread("benchmarks.speed")
    main()
