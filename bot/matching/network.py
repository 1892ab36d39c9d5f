"""Runs the sentence encoder's layers by ONNX Runtime, multiplying whole numbers, in half the time of fractions.

Not here: the layers themselves (`graph`), nor what becomes of text before (`wordpiece`, `encoder`).
"""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bot.matching.rows import Floats
from bot.matching.whole_file import put_in_place

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

# What `graph` calls what goes in and comes out; it is not imported for these, as a graph is only written once.
_TOKENS, _VECTOR = "tokens", "vector"
# Errors only: a machine without a graphics card is nothing to warn of.
_SEVERITY = 3
# Bytes of the sum that a kept graph begins with.
_SUM = 32


class Network:
    """Turns the tokens of one text into its vector. Any number of threads may use it at once."""

    def __init__(self, graph: bytes) -> None:
        """`graph`: as `written` or `exact` gives it."""
        self._session = _session(graph)

    def __call__(self, tokens: Floats) -> Floats:
        """One row of length one, for the embedded tokens of one text, a row each."""
        found: Floats = self._session.run([_VECTOR], {_TOKENS: tokens})[0]
        return found


def written(weights: Mapping[str, Floats], samples: Iterable[Floats]) -> bytes:
    """The graph of these weights in whole numbers.

    `samples`: the embedded tokens of some texts, which tell how large the numbers get; any texts will do.
    """
    from bot.matching.graph import graph_of

    model, inputs = graph_of(weights, telling=True)
    session = _session(model.SerializeToString())
    del model
    largest: dict[str, Floats] = {name: np.zeros(1, np.float32) for name in inputs}
    for tokens in samples:
        for name, numbers in zip(inputs, session.run(list(inputs.values()), {_TOKENS: tokens}), strict=True):
            largest[name] = np.maximum(largest[name], np.abs(numbers).max(axis=0))
    return bytes(graph_of(weights, largest)[0].SerializeToString())


def exact(weights: Mapping[str, Floats]) -> bytes:
    """The graph of these weights in fractions, as they were published."""
    from bot.matching.graph import graph_of

    return bytes(graph_of(weights)[0].SerializeToString())


def read_graph(path: Path) -> bytes | None:
    """The graph that `write_graph` put there; None when there is none, or another version's, or it is damaged."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    graph = content[_SUM:]
    return graph if content[:_SUM] == _sum(graph) else None


def write_graph(path: Path, graph: bytes) -> None:
    """Puts a file in place whole; leaves the one that is there when the disk does not take another."""
    put_in_place(path, lambda file: file.write(_sum(graph) + graph))


def _sum(graph: bytes) -> bytes:
    """Names this graph together with the code that wrote it."""
    return hashlib.blake2b(_code() + graph, digest_size=_SUM).digest()


@cache
def _code() -> bytes:
    folder = resources.files("bot.matching")
    return b"".join(folder.joinpath(name).read_bytes() for name in ("encoder.py", "graph.py", "network.py"))


def _session(graph: bytes) -> "InferenceSession":
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # A text is computed by the thread that asks; more threads for one would wait for each other busily.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = _SEVERITY
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
