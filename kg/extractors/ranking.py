"""How likely each candidate is to be stated: a linear model over words, then gradient-boosted trees over all numbers.

The models are trained on annotated articles (`kg train relations`); their cards are beside them in `kg/models`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.errors import ModelError
from kg.extractors.candidates import CLASSES, FEATURES, Candidates
from kg.extractors.paths import checksums

Floats = npt.NDArray[np.float32]

MODELS = Path(__file__).parents[1] / "models"
ADDED = ("precision", "prior", "linear", "linear_rank", "encoder", "encoder_best")
"""The columns that the ranker adds to `FEATURES`; the last two only where an encoder has read the article."""
_FLOOR = 1e-5


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Softmax over "no relation" and the relations, from checksums of features; `weights` is buckets × (1 + relations)."""

    buckets: npt.NDArray[np.int32]
    weights: Floats
    bias: Floats

    def predict(self, paths: Sequence[Sequence[str]]) -> Floats:
        """Probabilities, one row a pair, one column a relation ("no relation" left out)."""
        if not paths:
            return np.zeros((0, len(self.bias) - 1), dtype=np.float32)
        sums = [checksums(path) for path in paths]
        flat = np.concatenate([np.asarray(row, dtype=np.int32) for row in sums])
        at = np.searchsorted(self.buckets, flat)
        at[at == len(self.buckets)] = 0
        known = self.buckets[at] == flat
        owner = np.repeat(np.arange(len(sums)), [len(row) for row in sums])[known]
        scores = np.tile(self.bias, (len(sums), 1)).astype(np.float32)
        np.add.at(scores, owner, self.weights[at[known]].astype(np.float32))
        scores -= scores.max(axis=1, keepdims=True)
        exponents = np.exp(scores)
        shares: Floats = (exponents / exponents.sum(axis=1, keepdims=True))[:, 1:]
        return shares


@dataclass(frozen=True, slots=True)
class Encodings:
    """How often words, and pairs of classes, were right for a relation in training; smoothed, `base` where never seen."""

    base: float
    forms: dict[str, float]
    priors: Floats

    def precision(self, relation: str, form: str) -> float:
        """The share of candidates of the relation with these words that were right."""
        return self.forms.get(f"{relation}|{form}", self.base)


@dataclass(frozen=True, slots=True)
class Ranker:
    """The models for a fixed list of relations. `threshold` is the score from which a statement is made."""

    relations: tuple[str, ...]
    linear: LinearModel
    encodings: Encodings
    trees: Any
    threshold: float
    second: float

    def score(self, candidates: Candidates, encoder: Floats | None = None) -> Floats:
        """The chance of each candidate, 0 where its relation is unknown here.

        `encoder` has a row for each candidate: the encoder's score of its relation, and of the pair's best relation.
        """
        number = {name: i for i, name in enumerate(self.relations)}
        known = [i for i, row in enumerate(candidates.rows) if row.relation in number]
        chances = np.zeros(len(candidates.rows), dtype=np.float32)
        if not known:
            return chances
        rows = [candidates.rows[i] for i in known]
        values = np.asarray([row.values for row in rows], dtype=np.float32)
        values[:, 0] = [number[row.relation] for row in rows]
        extra = self.columns(candidates, known, values)
        parts = [values, extra] if encoder is None else [values, extra, encoder[known]]
        features = np.hstack(parts).astype(np.float32)
        (scores,) = self.trees.run(None, {"features": features})
        chances[known] = 1 / (1 + np.exp(-scores[:, 0]))
        return chances

    def columns(self, candidates: Candidates, known: Sequence[int], values: Floats) -> Floats:
        """The columns `precision`, `prior`, `linear` and `linear_rank` for the candidates at `known`."""
        rows = [candidates.rows[i] for i in known]
        shares = self.linear.predict(candidates.paths)
        relation, a, b = (values[:, column].astype(int) for column in range(3))
        pair = np.asarray([row.pair for row in rows])
        mine = shares[pair, relation]
        rank = (shares[pair] > mine[:, None]).sum(axis=1)
        forms = [self.encodings.precision(row.relation, row.trigger.form if row.trigger else "") for row in rows]
        return np.column_stack(
            [forms, self.encodings.priors[relation, a, b], np.log(mine + _FLOOR), rank]
        ).astype(np.float32)


@cache
def load_ranker(engine: str) -> Ranker:
    """The ranker that belongs to a names engine. Raises `ModelError` where its files are absent or do not fit."""
    import onnxruntime

    path = MODELS / f"relations-{engine}.npz"
    try:
        with np.load(path, allow_pickle=False) as stored:
            parts = {name: stored[name] for name in stored.files}
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        trees = onnxruntime.InferenceSession(str(path.with_suffix(".onnx")), options, ["CPUExecutionProvider"])
    except FileNotFoundError as error:
        raise ModelError(f"{path}: no such model. Install the program again or train one with: kg train relations") from error
    if tuple(parts["features"].tolist()) != FEATURES or tuple(parts["classes"].tolist()) != CLASSES:
        raise ModelError(f"{path}: made by another version of the program. Train it again with: kg train relations")
    forms = dict(zip(parts["forms"].tolist(), parts["form_shares"].tolist(), strict=True))
    return Ranker(
        tuple(parts["relations"].tolist()),
        LinearModel(parts["buckets"], parts["weights"], parts["bias"]),
        Encodings(float(parts["base"]), forms, parts["priors"]),
        trees,
        float(parts["threshold"]),
        float(parts["second"]),
    )
