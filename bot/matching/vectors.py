"""Vectors of texts that were asked for before, so that a start and each change of the knowledge cost little."""

import hashlib
import zipfile
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.matching.encoder import VERSION, Encoder
from bot.matching.rows import Floats
from bot.matching.whole_file import put_in_place

#: Most texts that are kept, those of the last call not counted.
KEPT = 50_000

Bytes = npt.NDArray[np.int8]


class VectorCache:
    """Vectors by their text, in memory and, given a path, in one file.

    They are kept in steps of 1/127 of their largest number, a quarter of the room; the direction changes by less than
    half a degree. A vector comes back the same whether it was just computed or kept.

    The file is only there to save time: one that cannot be read is started anew, one that cannot be written is left
    as it is. Several processes may share it; the last to write wins. Meant for one thread at a time: used by more, it
    computes some vectors twice, and never returns a wrong one.
    """

    def __init__(self, path: Path | None, first: Path | None = None) -> None:
        """`path`: the file, whose folder is made when it is missing; None keeps all in memory.

        `first`: another file of the same kind to know from the start, which is never written.
        """
        self._path = path
        self._known = {**(_read(first) if first else {}), **(_read(path) if path else {})}

    def vectors(
        self, encoder: Encoder, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> Floats:
        """One row a text, in order, each of length one; only those not seen before are computed.

        `progress` is told now and then how many of those are done, and of how many; never, when there are none.
        """
        keys = [_key(text) for text in texts]
        known = {key: row for key, row in self._known.items() if row.shape == (encoder.width,)}
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            computed = encoder.encode(list(missing.values()), progress)
            known.update(zip(missing, _in_steps(computed), strict=True))
        rows = {key: known.pop(key) for key in dict.fromkeys(keys)}
        # The texts of this call last, so that what was not asked for longest is the first to go.
        older = islice(known.items(), max(len(known) - max(KEPT - len(rows), 0), 0), None)
        self._known = {**dict(older), **rows}
        if missing and self._path is not None:
            write_vectors(self._path, self._known)
        return (
            _of_length_one(np.stack([rows[key] for key in keys])) if keys else np.empty((0, encoder.width), np.float32)
        )

    def of(self, texts: Sequence[str]) -> dict[bytes, Bytes]:
        """What is kept for these texts, by key, to be written to a file of its own."""
        return {key: self._known[key] for key in map(_key, texts)}


def write_vectors(path: Path, known: dict[bytes, Bytes]) -> None:
    """Puts a file in place whole; leaves the one that is there when the disk does not take another."""
    keys = np.frombuffer(b"".join(known), dtype=np.uint8).reshape(len(known), 16)
    put_in_place(path, lambda file: np.savez(file, keys=keys, vectors=np.stack(list(known.values()))))


def _in_steps(vectors: Floats) -> Bytes:
    steps: Bytes = np.round(vectors * (127 / np.abs(vectors).max(axis=1, keepdims=True))).astype(np.int8)
    return steps


def _of_length_one(rows: Bytes) -> Floats:
    vectors = rows.astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def _key(text: str) -> bytes:
    """Names the text together with the encoder and how it reads: another version computes anew."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16, person=VERSION).digest()


def _read(path: Path) -> dict[bytes, Bytes]:
    try:
        with path.open("rb") as file:
            stored = np.load(file, allow_pickle=False)
            keys, vectors = stored["keys"], stored["vectors"]
    except (OSError, ValueError, LookupError, EOFError, RuntimeError, zipfile.BadZipFile):
        return {}
    fits = (
        keys.ndim == vectors.ndim == 2
        and keys.shape == (len(vectors), 16)
        and (keys.dtype, vectors.dtype) == (np.uint8, np.int8)
    )
    return {key.tobytes(): row for key, row in zip(keys, vectors, strict=True)} if fits else {}
