"""Spaces that were built before, so that a start need not build anew what has not changed."""

import dataclasses
import hashlib
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, get_args, get_type_hints

import numpy as np
import numpy.typing as npt

from bot.matching.embedding import Embedder
from bot.matching.encoder import VERSION
from bot.matching.index import Indexed
from bot.matching.lexicon import Lexicon
from bot.matching.space import Space
from bot.matching.whole_file import put_in_place

Array = npt.NDArray[Any]
#: The modules that decide what a space holds.
MADE_BY = (
    "answers",
    "asking",
    "corpus",
    "index",
    "lessons",
    "lexicon",
    "meaning",
    "ngrams",
    "normalise",
    "rows",
    "space",
)
#: Where a file says which entries it was built from, and which encoder gave the meanings, if any did.
KEY, ENCODER = "key", "encoder"
#: What is not written, as `bot.matching.vectors` keeps it, and the texts whose vectors they are.
VECTORS = {".meaning.vectors": ".texts", ".meaning_of_answers.vectors": ".answers.sentences"}


class SpaceCache:
    """The last space that was built, in one file. It is only there to save time: a file that cannot be read, or is of
    other entries, is built anew; one that cannot be written is left as it is.
    """

    def __init__(self, path: Path | None, first: Path | None = None) -> None:
        """`path`: the file, whose folder is made when it is missing; None keeps nothing.

        `first`: another file of the same kind to look into, which is never written.
        """
        self._path = path
        self._first = first

    def space(
        self, entries: Sequence[Indexed], lexicon: Lexicon, out_of_scope: Sequence[str], embedder: Embedder | None
    ) -> Space:
        """The very space that `Space.over` gives for the same, built only when it is not kept."""
        key = _key(entries, lexicon, out_of_scope)
        for path in (self._first, self._path):
            kept = _read(path, key, embedder) if path else None
            if kept is not None:
                return kept
        built = Space.over(entries, lexicon, out_of_scope, embedder)
        if self._path is not None:
            write_space(self._path, key, built)
        return built


def write_space(path: Path, key: bytes, space: Space) -> None:
    """Puts a file in place whole; leaves the one that is there when the disk does not take another."""
    arrays = {KEY: np.frombuffer(key, dtype=np.uint8), **_arrays(space, "")}
    if [name for name in VECTORS if arrays.pop(name, None) is not None]:
        arrays[ENCODER] = np.frombuffer(VERSION, dtype=np.uint8)
    put_in_place(path, lambda file: np.savez_compressed(file, allow_pickle=False, **arrays))


def _key(entries: Sequence[Indexed], lexicon: Lexicon, out_of_scope: Sequence[str]) -> bytes:
    """Names all that a space is made of but the encoder, the code among it."""
    digest = hashlib.blake2b(_code(), digest_size=32)
    parts = [lexicon.signature, *(entry.id.encode() for entry in entries)]
    for entry in (*entries, Indexed("", tuple(out_of_scope))):
        parts += [b"", *(text.encode("utf-8", "surrogatepass") for text in (*entry.texts, entry.answer))]
    for part in parts:
        digest.update(len(part).to_bytes(4, "little"))
        digest.update(part)
    return digest.digest()


@cache
def _code() -> bytes:
    """The code of `MADE_BY` in short: a space that other code built may be another one."""
    folder = resources.files("bot.matching")
    return hashlib.blake2b(b"".join(folder.joinpath(f"{name}.py").read_bytes() for name in MADE_BY)).digest()


def _read(path: Path, key: bytes, embedder: Embedder | None) -> Space | None:
    try:
        with path.open("rb") as file:
            stored = np.load(file, allow_pickle=False)
            wanted = [name for name in stored.files if embedder or not name.startswith(".meaning")]
            arrays = {name: stored[name] for name in wanted}
        if arrays[KEY].tobytes() != key:
            return None
        if embedder:
            if arrays[ENCODER].tobytes() != VERSION:
                return None
            texts = [_restored(tuple[str, ...], arrays, name) for name in VECTORS.values()]
            vectors = embedder.phrasings([text for each in texts for text in each])
            arrays |= dict(zip(VECTORS, np.split(vectors, [len(texts[0])]), strict=True))
        space: Space = _restored(Space, arrays, "")
    except (OSError, ValueError, LookupError, EOFError, RuntimeError, zipfile.BadZipFile):
        return None
    return space


def _arrays(value: Any, name: str) -> dict[str, Array]:
    """What a dataclass holds as named arrays: arrays as they are, texts as one, others by their own fields."""
    if dataclasses.is_dataclass(value):
        parts = [_arrays(getattr(value, field.name), f"{name}.{field.name}") for field in dataclasses.fields(value)]
        return {key: array for part in parts for key, array in part.items()}
    if isinstance(value, tuple):
        texts = [text.encode("utf-8", "surrogatepass") for text in value]
        lengths = np.asarray([len(text) for text in texts], dtype=np.int64)
        return {name: np.frombuffer(b"".join(texts), dtype=np.uint8), f"{name}.lengths": lengths}
    return {} if value is None else {name: np.asarray(value)}


def _restored(kind: Any, arrays: Mapping[str, Array], name: str) -> Any:
    """The value of that type which `_arrays` took apart."""
    optional = [one for one in get_args(kind) if dataclasses.is_dataclass(one)] if type(None) in get_args(kind) else []
    if optional:
        return _restored(optional[0], arrays, name) if any(key.startswith(f"{name}.") for key in arrays) else None
    if dataclasses.is_dataclass(kind):
        hints = get_type_hints(kind)
        fields = dataclasses.fields(kind)
        return kind(*(_restored(hints[field.name], arrays, f"{name}.{field.name}") for field in fields))  # type: ignore[operator]
    if kind in (int, bool, float):
        return kind(arrays[name])
    if kind == tuple[str, ...]:
        joined, ends = arrays[name].tobytes(), np.cumsum(arrays[f"{name}.lengths"]).tolist()
        starts = [0, *ends][:-1]
        return tuple(
            joined[start:end].decode("utf-8", "surrogatepass") for start, end in zip(starts, ends, strict=True)
        )
    return arrays[name]
