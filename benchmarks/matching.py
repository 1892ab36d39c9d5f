"""Measures the matcher beside what a user would pick instead, on the same questions in one run; prints Markdown.

    python -m benchmarks.matching --faq ENTRIES.jsonl QUERIES.jsonl … > FIGURES.md

Four parts, each left out by `--skip`: `accuracy` of all methods; `speed` of all on one core; `ablation`, what each part
of the matcher adds; `calibration`, how honest its confidence is, with a picture. The whole takes some minutes, more
with large sets; standard error tells how far it is. Besides the shipped guide and `benchmarks/faqs/`, the sets named by
`--faq` take part.
"""

import argparse
import platform
import sqlite3
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks import speed
from benchmarks.ablation import AllKnowing, show_ablation
from benchmarks.accuracy import show_accuracy
from benchmarks.building import shipped_embedder
from benchmarks.calibration import show_calibration
from benchmarks.one_thread import keep_to_one_thread
from benchmarks.sets import Sets
from benchmarks.tables import show
from benchmarks.unseen import Lessons
from bot.knowledge.loading import load_knowledge
from bot.knowledge.shipped import shipped_knowledge
from bot.matching.lexicon import Lexicon

PARTS = ("accuracy", "speed", "ablation", "calibration")
#: The packages whose versions are told.
PACKAGES = ("numpy", "rapidfuzz", "bm25s")


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the tables of all parts that are not skipped."""
    given = _parser().parse_args(arguments)
    parts = [part for part in PARTS if part not in given.skip]
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    show(f"Python {platform.python_version()}, {versions}, SQLite {sqlite3.sqlite_version}.", "")
    if "speed" in parts:
        speed.run(given.sizes)
    if set(parts) - {"speed"}:
        _show_learned(parts, Sets.read(given.faq, given.most), given.picture)


def _show_learned(parts: Sequence[str], sets: Sets, picture: Path | None) -> None:
    """The parts for which models are learned anew; what several of them need is measured once."""
    lexicon = Lexicon(load_knowledge(shipped_knowledge()).words)
    embedder = shipped_embedder()
    lessons = Lessons(lexicon, embedder, sets)
    if "accuracy" in parts:
        show_accuracy(lexicon, embedder, sets, (lessons, Lessons(lexicon, None, sets)))
    if "ablation" in parts:
        show_ablation(sets, lessons, Lessons(lexicon, shipped_embedder(AllKnowing), sets))
    if "calibration" in parts:
        show_calibration(sets, lessons, picture)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faq", nargs=2, type=Path, action="append", default=[], metavar=("ENTRIES", "QUERIES"))
    parser.add_argument("--skip", action="append", choices=PARTS, default=[], help="a part to leave out; repeatable")
    parser.add_argument("--most", type=int, help="questions a set at the most, for a quick look")
    parser.add_argument("--sizes", nargs="+", type=int, default=speed.SIZES, help="entries that speed is measured with")
    parser.add_argument(
        "--picture", type=Path, help="where calibration is drawn, such as docs/pictures/calibration.svg"
    )
    return parser


if __name__ == "__main__":
    keep_to_one_thread("benchmarks.matching")
    main()
