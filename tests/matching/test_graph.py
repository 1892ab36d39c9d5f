"""The layers of the encoder against slow and obvious ones, in fractions and in whole numbers."""

import math

import numpy as np
import numpy.typing as npt
import pytest

from bot.matching.graph import graph_of
from bot.matching.network import Network, exact, written
from bot.matching.rows import Floats
from tests.matching.encoders import LAYERS, WIDTH, small_weights

Doubles = npt.NDArray[np.float64]

NUMBERS = np.random.default_rng(3)
#: The tokens of some texts: a text of one token, of none that is large, of one that is far larger than the others.
TEXTS: list[Floats] = [NUMBERS.normal(0, 0.5, (length, WIDTH)).astype(np.float32) for length in (1, 2, 5, 40, 128)]
TEXTS[2][1] *= 50


class Obvious:
    """The network of the paper (Devlin et al. 2019), one text at a time, in double precision."""

    def __init__(self) -> None:
        self._weights = {name: values.astype(np.float64) for name, values in small_weights().items()}

    def vector(self, tokens: Floats) -> Doubles:
        x = self._norm(tokens.astype(np.float64), "embeddings.LayerNorm")
        for number in range(LAYERS):
            name = f"encoder.layer.{number}"
            x = self._norm(
                self._linear(self._attended(x, name), f"{name}.attention.output.dense") + x,
                f"{name}.attention.output.LayerNorm",
            )
            wide = self._linear(x, f"{name}.intermediate.dense")
            wide = np.vectorize(lambda value: value * (1 + math.erf(value / math.sqrt(2))) / 2)(wide)
            x = self._norm(self._linear(wide, f"{name}.output.dense") + x, f"{name}.output.LayerNorm")
        mean: Doubles = x.mean(axis=0)
        return mean / float(np.linalg.norm(mean))

    def _attended(self, x: Doubles, name: str) -> Doubles:
        queries, keys, values = (self._linear(x, f"{name}.attention.self.{part}") for part in ("query", "key", "value"))
        result = np.zeros_like(x)
        for start in range(0, WIDTH, 32):
            head = slice(start, start + 32)
            shares = np.exp(queries[:, head] @ keys[:, head].T / math.sqrt(32))
            result[:, head] = shares / shares.sum(axis=1, keepdims=True) @ values[:, head]
        return result

    def _linear(self, x: Doubles, name: str) -> Doubles:
        result: Doubles = x @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return result

    def _norm(self, x: Doubles, name: str) -> Doubles:
        even = (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)
        result: Doubles = even * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
        return result


def cosines(network: Network) -> list[float]:
    """How near each text comes to where the obvious network has it."""
    return [float(network(text) @ Obvious().vector(text)) for text in TEXTS]


def test_the_exact_layers_are_the_obvious_ones() -> None:
    network = Network(exact(small_weights()))
    for text in TEXTS:
        assert network(text) == pytest.approx(Obvious().vector(text), abs=1e-5)


def test_whole_numbers_change_the_direction_little() -> None:
    assert min(cosines(Network(written(small_weights(), TEXTS)))) > 0.999


def test_what_samples_do_not_show_is_still_computed_well() -> None:
    assert min(cosines(Network(written(small_weights(), [TEXTS[0] * np.float32(0.1)])))) > 0.998


def test_tokens_without_any_number_have_a_vector() -> None:
    vector = Network(written(small_weights(), TEXTS))(np.zeros((3, WIDTH), np.float32))
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_each_multiplication_tells_what_goes_into_it() -> None:
    inputs = graph_of(small_weights())[1]
    assert len(inputs) == len(set(inputs.values())) == 4 * LAYERS


def test_the_same_weights_give_the_same_bytes() -> None:
    assert written(small_weights(), TEXTS) == written(small_weights(), TEXTS)


def test_numbers_that_differ_in_their_last_digit_give_the_same_bytes() -> None:
    assert written(small_weights(), [text * np.float32(1 + 1e-6) for text in TEXTS]) == written(small_weights(), TEXTS)
