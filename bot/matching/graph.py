"""The sentence encoder's layers written as an ONNX graph: six layers of a BERT, the mean of all tokens, length one.

Not here: what runs it (`network`). The names of weights are those of the published file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnx
from onnx import helper, numpy_helper

from bot.matching.rows import Floats

#: What goes in, one row of numbers a token, and what comes out: one row.
TOKENS, VECTOR = "tokens", "vector"
# Numbers each attention head looks at.
_HEAD = 32
# Whole numbers that weights are rounded to; 127 would do for new processors, but on those without AVX-VNNI two products
# of a byte and a weight must fit into 16 bits: 2 · 255 · 63 < 2¹⁵.
_WEIGHT_STEPS = 63
_TOKEN_STEPS = 127
# How far the spread among the inputs of a multiplication is moved into its weights: half, as is usual (SmoothQuant,
# Xiao et al. 2022).
_MOVED = 0.5
# Smaller than any number that matters, so that nothing is divided by zero.
_LEAST = 1e-9
_OPSET, _IR = 20, 10


@dataclass
class _Graph:
    """A graph being written: every method adds to it and returns the name of what it computes."""

    weights: Mapping[str, Floats]
    #: For each multiplication by name how large each of its inputs gets; None leaves fractions as they are.
    largest: Mapping[str, Floats] | None
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: list[onnx.TensorProto] = field(default_factory=list)
    #: What goes into each multiplication, by its name.
    inputs: dict[str, str] = field(default_factory=dict)

    def put(self, kind: str, *inputs: str, outputs: int = 1, **attributes: Any) -> str:
        name = f"{kind}-{len(self.nodes)}"
        names = [name] if outputs == 1 else [f"{name}-{number}" for number in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, name, **attributes))
        return name

    def constant(self, values: object, kind: type[np.generic] = np.float32) -> str:
        name = f"constant-{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values, dtype=kind), name))
        return name

    def norm(self, x: str, name: str) -> str:
        scale, shift = (self.constant(self.weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.put("LayerNormalization", x, scale, shift, axis=-1, epsilon=1e-12)

    def linear(self, x: str, *names: str, scale: float = 1.0) -> str:
        """x·w + b, of several weights side by side; `scale`: what the first of them is multiplied by."""
        scales = [scale, *[1.0] * (len(names) - 1)]
        matrix = np.concatenate(
            [self.weights[f"{name}.weight"].T * by for name, by in zip(names, scales, strict=True)], axis=1
        )
        bias = np.concatenate([self.weights[f"{name}.bias"] * by for name, by in zip(names, scales, strict=True)])
        self.inputs[names[0]] = x
        if self.largest is None:
            product = self.put("MatMul", x, self.constant(matrix))
        else:
            product = self._in_whole_numbers(x, matrix, _evened(self.largest[names[0]], matrix))
        return self.put("Add", product, self.constant(bias))

    def _in_whole_numbers(self, x: str, matrix: Floats, evened: Floats) -> str:
        """x·matrix with each token rounded to bytes by its own largest number, each column by its own."""
        matrix = matrix * evened[:, np.newaxis]
        steps = np.maximum(np.abs(matrix).max(axis=0), _LEAST) / _WEIGHT_STEPS
        x = self.put("Mul", x, self.constant(1 / evened))
        largest = self.put("ReduceMax", self.put("Abs", x), self.constant([-1], np.int64), keepdims=1)
        largest = self.put("Max", largest, self.constant(_LEAST))
        x = self.put("Mul", x, self.put("Div", self.constant(_TOKEN_STEPS), largest))
        # Bytes from 1 to 255 stand for -127 to 127; the half makes cutting off the fraction a rounding.
        x = self.put("Cast", self.put("Add", x, self.constant(128.5)), to=onnx.TensorProto.UINT8)
        whole = self.constant(np.round(matrix / steps), np.int8)
        product = self.put("MatMulInteger", x, whole, self.constant(128, np.uint8))
        product = self.put("Cast", product, to=onnx.TensorProto.FLOAT)
        # Two steps: ONNX Runtime would join these with the product to an operation that knows one scale for all tokens.
        product = self.put("Mul", product, self.constant(steps / _TOKEN_STEPS))
        return self.put("Mul", product, largest)

    def attended(self, x: str, name: str) -> str:
        """For each token, the values of all tokens, each as much as its key answers the token's query."""
        width = len(self.weights[f"{name}.query.bias"])
        parts = [f"{name}.{part}" for part in ("query", "key", "value")]
        looks = self.put("Split", self.linear(x, *parts, scale=_HEAD**-0.5), outputs=3, axis=-1, num_outputs=3)
        heads = self.constant([-1, width // _HEAD, _HEAD], np.int64)
        queries, keys, values = (
            self.put("Transpose", self.put("Reshape", f"{looks}-{number}", heads), perm=axes)
            for number, axes in enumerate(([1, 0, 2], [1, 2, 0], [1, 0, 2]))
        )
        shares = self.put("Softmax", self.put("MatMul", queries, keys), axis=-1)
        gathered = self.put("Transpose", self.put("MatMul", shares, values), perm=[1, 0, 2])
        return self.put("Reshape", gathered, self.constant([-1, width], np.int64))

    def layer(self, x: str, name: str) -> str:
        gathered = self.linear(self.attended(x, f"{name}.attention.self"), f"{name}.attention.output.dense")
        x = self.norm(self.put("Add", gathered, x), f"{name}.attention.output.LayerNorm")
        wide = self.put("Gelu", self.linear(x, f"{name}.intermediate.dense"))
        return self.norm(self.put("Add", self.linear(wide, f"{name}.output.dense"), x), f"{name}.output.LayerNorm")


def graph_of(
    weights: Mapping[str, Floats], largest: Mapping[str, Floats] | None = None, *, telling: bool = False
) -> tuple[onnx.ModelProto, dict[str, str]]:
    """The graph, and for each multiplication the name of what goes into it.

    `largest`: for each multiplication how large each of its inputs gets, to round them to whole numbers by; None
    multiplies fractions. `telling`: what goes into each multiplication comes out as well.
    """
    graph = _Graph(weights, largest)
    x = graph.norm(TOKENS, "embeddings.LayerNorm")
    for number in range(sum(name.endswith("attention.self.query.weight") for name in weights)):
        x = graph.layer(x, f"encoder.layer.{number}")
    mean = graph.put("ReduceMean", x, graph.constant([0], np.int64), keepdims=0)
    graph.nodes.append(helper.make_node("LpNormalization", [mean], [VECTOR], axis=-1, p=2))
    width = len(weights["embeddings.LayerNorm.bias"])
    given = helper.make_tensor_value_info(TOKENS, onnx.TensorProto.FLOAT, ["length", width])
    names = (VECTOR, *graph.inputs.values()) if telling else (VECTOR,)
    found = [helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in names]
    whole = helper.make_graph(graph.nodes, "encoder", [given], found, graph.constants)
    model = helper.make_model(whole, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR)
    return model, graph.inputs


def _evened(largest: Floats, matrix: Floats) -> Floats:
    """What each input is divided by, and its weights are multiplied by, so that both lose little by being rounded.

    A power of the fourth root of two, so that the last digits of `largest`, which differ between processors, do not
    matter.
    """
    apart = np.maximum(largest, _LEAST) ** _MOVED / np.maximum(np.abs(matrix).max(axis=1), _LEAST) ** (1 - _MOVED)
    evened: Floats = np.exp2(np.round(4 * np.log2(apart)) / 4).astype(np.float32)
    return evened
