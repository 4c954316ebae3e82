"""Gradient-boosted trees, trained by LightGBM and written as an ONNX tree ensemble that onnxruntime runs."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper

Floats = npt.NDArray[np.float32]

ROUNDS = 400
PARAMETERS: Mapping[str, Any] = {
    "objective": "binary",
    "learning_rate": 0.05,
    "num_leaves": 40,
    "min_data_in_leaf": 15,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "verbose": -1,
    "num_threads": 1,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
}


def fit_trees(features: Floats, right: npt.NDArray[np.bool_], *, rounds: int = ROUNDS) -> lightgbm.Booster:
    """Trees whose summed output is the log-odds that a row is right."""
    return lightgbm.train(dict(PARAMETERS), lightgbm.Dataset(features, right), rounds)


def export_trees(booster: lightgbm.Booster, path: Path) -> None:
    """Write the trees: input `features`, rows × columns of float32; output `scores`, rows × 1, the log-odds."""
    model = booster.dump_model()
    columns: dict[str, Any] = {
        key: []
        for key in (
            "nodes_treeids", "nodes_nodeids", "nodes_featureids", "nodes_values", "nodes_modes", "nodes_truenodeids",
            "nodes_falsenodeids", "nodes_missing_value_tracks_true", "target_treeids", "target_nodeids", "target_ids",
            "target_weights",
        )
    }  # fmt: skip
    for tree in model["tree_info"]:
        for row in _nodes(tree["tree_structure"]):
            for key, value in _columns(tree["tree_index"], row).items():
                columns[key].append(value)
    node = helper.make_node(
        "TreeEnsembleRegressor", ["features"], ["scores"], domain="ai.onnx.ml", n_targets=1, aggregate_function="SUM",
        post_transform="NONE", **columns,
    )  # fmt: skip
    count = model["max_feature_idx"] + 1
    graph = helper.make_graph(
        [node],
        "relations",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, [None, count])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [None, 1])],
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
    onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=8), str(path))


def _nodes(root: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The nodes of a tree, numbered from 0 at the root; a node knows its children's numbers."""
    waiting = [(0, root)]
    free = 1
    while waiting:
        number, node = waiting.pop(0)
        if "leaf_value" in node:
            yield {"number": number, "leaf": node["leaf_value"]}
            continue
        assert node["decision_type"] == "<=", "categorical splits cannot be written"
        yield {
            "number": number,
            "feature": node["split_feature"],
            "threshold": node["threshold"],
            "left": free,
            "right": free + 1,
        }
        waiting += [(free, node["left_child"]), (free + 1, node["right_child"])]
        free += 2


def _columns(tree: int, row: Mapping[str, Any]) -> dict[str, Any]:
    leaf = "leaf" in row
    out = {
        "nodes_treeids": tree,
        "nodes_nodeids": row["number"],
        "nodes_featureids": 0 if leaf else row["feature"],
        "nodes_values": 0.0 if leaf else _round_down(row["threshold"]),
        "nodes_modes": "LEAF" if leaf else "BRANCH_LEQ",
        "nodes_truenodeids": 0 if leaf else row["left"],
        "nodes_falsenodeids": 0 if leaf else row["right"],
        "nodes_missing_value_tracks_true": 0,
    }
    if leaf:
        out |= {"target_treeids": tree, "target_nodeids": row["number"], "target_ids": 0, "target_weights": row["leaf"]}
    return out


def _round_down(threshold: float) -> float:
    """The largest float32 that is not above the threshold, so that float32 features fall on the same side of both."""
    nearest = np.float32(threshold)
    return float(np.nextafter(nearest, np.float32(-np.inf)) if float(nearest) > threshold else nearest)
