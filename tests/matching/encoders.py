"""Encoders to test with: a small one with made-up weights, and the real one where its package is installed."""

import os
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from bot.matching.encoder import Encoder, find_encoder, graph_for
from bot.matching.rows import Floats
from bot.matching.wordpiece import WordPieces

PIECES = "[PAD] [UNK] [CLS] [SEP] bake ##r ##rs pay night work do ? . a the".split()
WIDTH, HIDDEN, LAYERS = 64, 96, 2


def small_weights() -> dict[str, Floats]:
    """Weights of two layers, the same every time, under the names of the published file."""
    numbers = np.random.default_rng(7)
    shapes = {
        "embeddings.word_embeddings.weight": (len(PIECES), WIDTH),
        "embeddings.position_embeddings.weight": (128, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
        **_shapes("embeddings.LayerNorm", WIDTH),
    }
    for number in range(LAYERS):
        name = f"encoder.layer.{number}"
        for part in ("self.query", "self.key", "self.value", "output.dense"):
            shapes |= _shapes(f"{name}.attention.{part}", WIDTH, WIDTH)
        shapes |= _shapes(f"{name}.attention.output.LayerNorm", WIDTH)
        shapes |= _shapes(f"{name}.intermediate.dense", HIDDEN, WIDTH)
        shapes |= _shapes(f"{name}.output.dense", WIDTH, HIDDEN)
        shapes |= _shapes(f"{name}.output.LayerNorm", WIDTH)
    return {name: numbers.normal(0, 0.3, shape).astype(np.float32) for name, shape in shapes.items()}


@cache
def small_encoder(name: str = "unnamed") -> Encoder:
    """Quick to make; what it says means nothing."""
    pieces, weights = WordPieces(PIECES), small_weights()
    return Encoder(pieces, weights, graph_for(pieces, weights), name)


def real_encoder() -> Encoder:
    """The real one; without it the test is skipped, or fails where WAYMARK_REQUIRE_ENCODER is set."""
    folder = find_encoder(None)
    if folder is not None:
        return _loaded(folder)
    reason = "the sentence encoder is not installed (requirements/encoder.txt)"
    if os.environ.get("WAYMARK_REQUIRE_ENCODER"):
        pytest.fail(reason)
    pytest.skip(reason)


@cache
def _loaded(folder: Path) -> Encoder:
    return Encoder.load(folder)


def _shapes(name: str, rows: int, *columns: int) -> dict[str, tuple[int, ...]]:
    return {f"{name}.weight": (rows, *columns), f"{name}.bias": (rows,)}
