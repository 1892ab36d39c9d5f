"""What it takes to build an index, measured in a process of its own: `python -m benchmarks.building guide`.

Prints the seconds of the processor's time, and the most memory that the process had in use before and at all, in
megabytes. Wanted: a process that starts it and never had much memory itself, as Linux counts that for the new one too.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.labelled import read_guide
from benchmarks.made_up import made_up
from bot.knowledge.loading import load_knowledge
from bot.knowledge.shipped import shipped_knowledge
from bot.matching.embedding import Embedder
from bot.matching.encoder import Encoder, find_encoder
from bot.matching.lexicon import Lexicon
from bot.matching.matcher import Matcher
from bot.matching.vectors import VectorCache

#: What can be built, besides a number of made-up entries: the shipped guide without and with the encoder, which is read
#: in the same time; the vectors of the phrasings come from the file that is shipped with them.
GUIDE, GUIDE_WITH_ENCODER = "guide", "guide-with-encoder"


@dataclass(frozen=True, slots=True)
class Built:
    """The seconds a build took; the peak memory of the process until then and with it, in megabytes."""

    seconds: float
    before: float
    peak: float


def build(what: str) -> Built:
    """What building this takes, in a new process."""
    done = subprocess.run(  # noqa: S603 - this very program
        [sys.executable, "-m", "benchmarks.building", what], check=True, capture_output=True, text=True
    )
    return Built(**json.loads(done.stdout))


def installed_encoder(*, in_fractions: bool = False) -> Encoder:
    """The installed encoder; exits where there is none."""
    folder = find_encoder(None)
    if folder is None:
        sys.exit("The encoder is not installed; `waymark encoder` tells how to get it.")
    return Encoder.load(folder, in_fractions=in_fractions)


def shipped_embedder() -> Embedder:
    """The installed encoder with the vectors shipped for the guide; exits where there is none."""
    encoder = installed_encoder()
    return Embedder(lambda: encoder, VectorCache(None, shipped_knowledge() / "vectors.npz"))


def _builder(what: str) -> Callable[[], object]:
    """All that is made ready before time counts, and what then counts."""
    lexicon = Lexicon(load_knowledge(shipped_knowledge()).words)
    if what not in (GUIDE, GUIDE_WITH_ENCODER):
        entries, _ = made_up(int(what), 0)
        return lambda: Matcher(entries, lexicon)
    guide = read_guide([])
    return lambda: Matcher(
        guide.entries, lexicon, out_of_scope=guide.out_of_scope,
        embedder=shipped_embedder() if what == GUIDE_WITH_ENCODER else None,
    )  # fmt: skip


def _peak() -> float:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (2**20 if sys.platform == "darwin" else 2**10)


def main(what: str) -> None:
    """Builds and prints what it took, as JSON."""
    builder = _builder(what)
    before, start = _peak(), time.process_time()
    builder()
    built = {"seconds": time.process_time() - start, "before": before, "peak": _peak()}
    sys.stdout.write(json.dumps(built) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
