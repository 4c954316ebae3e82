"""The trained network as an 8-bit ONNX file, written node by node.

Weights are whole numbers from -63 to 63 with a scale for each output, so that sums of 8-bit
products fit the 16 bits that processors without newer instructions have for them: the same
whole numbers come out everywhere. Activations are scaled as they come, to 8 bits for a window.
"""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from kg.recognition.decoding import LABELS
from kg.training.network import HEADS, Network

__all__ = ["export_onnx"]

_OPSET = 20
_TOP = 63
_EMBEDDING_TOP = 127

Array = npt.NDArray[np.generic]


def _quantise(matrix: npt.NDArray[np.float32], top: int) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Rows as whole numbers up to `top`, and the scale of each row."""
    scale = np.maximum(np.abs(matrix).max(axis=1), 1e-8) / top
    return np.rint(matrix / scale[:, None]).astype(np.int8), scale.astype(np.float32)


class _Graph:
    """The nodes and constants of a graph in the making."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: Array) -> str:
        self.constants.append(numpy_helper.from_array(value, name))
        return name

    def add(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def quantise(self, states: str) -> tuple[str, str, str]:
        """The states in 8 bits, their scale and their zero."""
        outputs = [f"{states}.{part}" for part in ("8bit", "scale", "zero")]
        self.nodes.append(helper.make_node("DynamicQuantizeLinear", [states], outputs, name=outputs[0]))
        return outputs[0], outputs[1], outputs[2]

    def linear(
        self, states: tuple[str, str, str], name: str, weight: npt.NDArray[np.float32], bias: npt.NDArray[np.float32]
    ) -> str:
        """States times the transposed weight, plus the bias."""
        whole, scale = _quantise(weight, _TOP)
        kernel = self.constant(f"{name}.kernel", np.ascontiguousarray(whole.T))
        zero = self.constant(f"{name}.kernel_zero", np.zeros(len(scale), dtype=np.int8))
        scales = self.constant(f"{name}.kernel_scale", scale)
        self.add("MatMulInteger", [states[0], kernel, states[2], zero], f"{name}.whole")
        self.add("Cast", [f"{name}.whole"], f"{name}.float", to=TensorProto.FLOAT)
        self.add("Mul", [states[1], scales], f"{name}.scale")
        self.add("Mul", [f"{name}.float", f"{name}.scale"], f"{name}.product")
        return self.add("Add", [f"{name}.product", self.constant(f"{name}.bias", bias)], name)

    def normalise(self, states: str, name: str, weights: dict[str, npt.NDArray[np.float32]], key: str) -> str:
        scale = self.constant(f"{name}.weight", weights[f"{key}.weight"])
        bias = self.constant(f"{name}.bias", weights[f"{key}.bias"])
        return self.add("LayerNormalization", [states, scale, bias], name, axis=-1, epsilon=1e-12)


def export_onnx(network: Network, path: Path) -> None:
    """Write the network. Its input is `ids`, the pieces of one window.

    Its outputs are `scores`, pieces × labels, and `states`, pieces × width, the last vectors.
    """
    weights = {name: tensor.numpy().copy() for name, tensor in network.state_dict().items()}
    graph = _Graph()
    states = _embed(graph, weights)
    for number in range(len(network.layers)):
        states = _layer(graph, weights, number, states)
    graph.add("Identity", [states], "states")
    graph.linear(graph.quantise(states), "scores", weights["score.weight"], weights["score.bias"])
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "names",
            [helper.make_tensor_value_info("ids", TensorProto.INT64, ["pieces"])],
            [
                helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["pieces", len(LABELS)]),
                helper.make_tensor_value_info(
                    "states", TensorProto.FLOAT, ["pieces", weights["pieces.weight"].shape[1]]
                ),
            ],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", _OPSET)],
        producer_name="kg",
        ir_version=9,
    )
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString(deterministic=True))


def _embed(graph: _Graph, weights: dict[str, npt.NDArray[np.float32]]) -> str:
    """Vectors of the pieces and of their places."""
    whole, scale = _quantise(weights["pieces.weight"], _EMBEDDING_TOP)
    graph.add("Gather", [graph.constant("pieces", whole), "ids"], "piece.whole")
    graph.add("Gather", [graph.constant("pieces.scale", scale[:, None]), "ids"], "piece.scale")
    graph.add("Cast", ["piece.whole"], "piece.float", to=TensorProto.FLOAT)
    graph.add("Mul", ["piece.float", "piece.scale"], "piece")
    graph.add("Shape", ["ids"], "length")
    zero = graph.constant("first", np.array([0], dtype=np.int64))
    graph.add("Slice", [graph.constant("places", weights["places.weight"]), zero, "length", zero], "place")
    graph.add("Add", ["piece", "place"], "embedded")
    return graph.normalise("embedded", "start", weights, "norm")


def _layer(graph: _Graph, weights: dict[str, npt.NDArray[np.float32]], number: int, states: str) -> str:
    """One transformer layer, as `Layer.forward` computes it."""
    name = f"layer{number}"
    own = {
        key.removeprefix(f"layers.{number}."): value
        for key, value in weights.items()
        if key.startswith(f"layers.{number}.")
    }
    hidden = len(own["norm_attended.weight"])
    # The scores of attention are divided by the root of a head's width: fold that into the query.
    shrink = np.ones(3 * hidden, dtype=np.float32)
    shrink[:hidden] = (hidden // HEADS) ** -0.5
    attend = graph.linear(
        graph.quantise(states),
        f"{name}.attend",
        own["attend.weight"] * shrink[:, None],
        own["attend.bias"] * shrink,
    )
    shape = graph.constant(f"{name}.shape", np.array([-1, 3, HEADS, hidden // HEADS], dtype=np.int64))
    graph.add("Reshape", [attend, shape], f"{name}.heads")
    graph.add("Transpose", [f"{name}.heads"], f"{name}.turned", perm=[1, 2, 0, 3])
    parts = [f"{name}.{part}" for part in ("query", "key", "value")]
    graph.nodes.append(helper.make_node("Split", [f"{name}.turned"], parts, axis=0, num_outputs=3))
    query, key, value = parts
    graph.add("Transpose", [key], f"{name}.key_turned", perm=[0, 1, 3, 2])
    graph.add("MatMul", [query, f"{name}.key_turned"], f"{name}.near")
    graph.add("Softmax", [f"{name}.near"], f"{name}.shares", axis=-1)
    graph.add("MatMul", [f"{name}.shares", value], f"{name}.mixed")
    graph.add("Transpose", [f"{name}.mixed"], f"{name}.mixed_turned", perm=[2, 0, 1, 3])
    flat = graph.constant(f"{name}.flat", np.array([-1, hidden], dtype=np.int64))
    mixed = graph.add("Reshape", [f"{name}.mixed_turned", flat], f"{name}.joined")
    attended = graph.linear(graph.quantise(mixed), f"{name}.attended", own["attended.weight"], own["attended.bias"])
    graph.add("Add", [states, attended], f"{name}.sum")
    states = graph.normalise(f"{name}.sum", f"{name}.norm_attended", own, "norm_attended")
    graph.linear(graph.quantise(states), f"{name}.widen", own["widen.weight"], own["widen.bias"])
    graph.add("Gelu", [f"{name}.widen"], f"{name}.wide")
    narrow = graph.linear(graph.quantise(f"{name}.wide"), f"{name}.narrow", own["narrow.weight"], own["narrow.bias"])
    graph.add("Add", [states, narrow], f"{name}.sum_narrow")
    return graph.normalise(f"{name}.sum_narrow", f"{name}.norm_narrow", own, "norm_narrow")
