"""Vectors of texts that were asked for before, so that a start and each change of the knowledge cost little."""

import hashlib
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path

import numpy as np

from bot.matching.encoder import VERSION, Encoder
from bot.matching.index import Floats

#: Most texts that are kept, those of the last call not counted.
KEPT = 50_000


class VectorCache:
    """Vectors by their text, in memory and, given a path, in one file.

    The file is only there to save time: one that cannot be read is started anew, one that cannot be written is left
    as it is. Several processes may share it; the last to write wins. Meant for one thread at a time: used by more, it
    computes some vectors twice, and never returns a wrong one.
    """

    def __init__(self, path: Path | None) -> None:
        """`path`: the file, whose folder is made when it is missing; None keeps all in memory."""
        self._path = path
        self._known: dict[bytes, Floats] = {} if path is None else _read(path)

    def vectors(
        self, encoder: Encoder, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> Floats:
        """One row a text, in order; only those not seen before are computed.

        `progress` is told now and then how many of those are done, and of how many; never, when there are none.
        """
        keys = [_key(text) for text in texts]
        known = {key: row for key, row in self._known.items() if row.shape == (encoder.width,)}
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            computed = encoder.encode(list(missing.values()), progress)
            known.update(zip(missing, computed, strict=True))
        rows = {key: known.pop(key) for key in dict.fromkeys(keys)}
        # The texts of this call last, so that what was not asked for longest is the first to go.
        older = islice(known.items(), max(len(known) - max(KEPT - len(rows), 0), 0), None)
        self._known = {**dict(older), **rows}
        if missing and self._path is not None:
            _write(self._path, self._known)
        return np.stack([rows[key] for key in keys]) if keys else np.empty((0, encoder.width), dtype=np.float32)


def _key(text: str) -> bytes:
    """Names the text together with the encoder and how it reads: another version computes anew."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16, person=VERSION).digest()


def _read(path: Path) -> dict[bytes, Floats]:
    try:
        with np.load(path, allow_pickle=False) as stored:
            keys, vectors = stored["keys"], stored["vectors"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}
    fits = (
        keys.ndim == vectors.ndim == 2
        and keys.shape == (len(vectors), 16)
        and (keys.dtype, vectors.dtype) == (np.uint8, np.float32)
    )
    return {key.tobytes(): row for key, row in zip(keys, vectors, strict=True)} if fits else {}


def _write(path: Path, known: dict[bytes, Floats]) -> None:
    keys = np.frombuffer(b"".join(known), dtype=np.uint8).reshape(len(known), 16)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        # A folder of its own, so that nothing is left behind when the disk is full.
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f"{path.name}.") as folder:
            written = Path(folder, path.name)
            with written.open("wb") as file:
                np.savez(file, keys=keys, vectors=np.stack(list(known.values())))
            written.replace(path)
