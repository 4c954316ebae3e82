"""How likely each candidate is to be stated: a linear model over words, then gradient-boosted trees over all numbers.

The models are trained on annotated articles (`kg train relations`); their cards are beside them in `kg/models`.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.errors import ModelError
from kg.extractors.candidates import Candidates
from kg.extractors.features import FEATURES
from kg.extractors.ground import CLASSES, Ints
from kg.extractors.paths import BUCKETS, buckets_of
from kg.extractors.sentence import Item, Trigger
from kg.recognition import Reading
from kg.recognition.relating import APART, Head, load_head, score_pairs

Floats = npt.NDArray[np.float32]

Relate = Callable[[Sequence[tuple[int, int, str]], Sequence[tuple[int, int]]], Floats]
"""Mentions (start, end, class) and pairs of them (by index) to the encoder's scores: pairs × the ranker's relations."""

MODELS = Path(__file__).parents[1] / "models"
_FLOOR = 1e-5
_NONE = -20.0
_CHUNK = 1000  # pairs at a time, so that memory stays flat on a long line


@dataclass(frozen=True)
class LinearModel:
    """Softmax over "no relation" and the relations, from checksums of features.

    `weights` is buckets × (1 + relations).
    """

    buckets: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float16]
    bias: Floats

    def predict(self, paths: Sequence[Sequence[int]]) -> Floats:
        """Probabilities, one row a pair, one column a relation ("no relation" left out)."""
        if not paths:
            return np.zeros((0, len(self.bias) - 1), dtype=np.float32)
        scores = np.vstack([self._sum(paths[i : i + _CHUNK]) for i in range(0, len(paths), _CHUNK)])
        scores -= scores.max(axis=1, keepdims=True)
        exponents = np.exp(scores)
        shares: Floats = (exponents / exponents.sum(axis=1, keepdims=True))[:, 1:]
        return shares

    def _sum(self, paths: Sequence[Sequence[int]]) -> Floats:
        """The summed weights of each path's known features, and the bias."""
        row_of, weights = self._table
        starts = np.cumsum([0, *map(len, paths[:-1])])
        scores: Floats = np.add.reduceat(weights[row_of[buckets_of(paths)]], starts, axis=0) + self.bias
        return scores

    @cached_property
    def _table(self) -> tuple[npt.NDArray[np.int32], Floats]:
        """The row of every bucket in the weights, which end with a row of zeros for the unknown."""
        row_of = np.full(BUCKETS, len(self.buckets), np.int32)
        row_of[self.buckets] = np.arange(len(self.buckets))
        return row_of, np.vstack([self.weights, np.zeros_like(self.weights[:1])]).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Encodings:
    """How often words, and pairs of classes, were right for a relation in training; smoothed towards `base`."""

    base: float
    forms: dict[str, float]
    priors: Floats

    def columns(self, candidates: Candidates, values: Floats) -> Floats:
        """The columns `precision` (of the candidate's words) and `prior` (of its classes)."""
        relation, a, b = (values[:, column].astype(int) for column in range(3))
        by_trigger = [self._share(trigger.expression.relation, trigger) for trigger in candidates.triggers]
        by_relation = [self._share(relation, None) for relation in candidates.relations]
        shares = np.array([*by_trigger, *by_relation])
        spoken = candidates.trigger >= 0
        precision = shares[np.where(spoken, candidates.trigger, len(by_trigger) + candidates.relation)]
        return np.column_stack([precision, self.priors[relation, a, b]]).astype(np.float32)

    def _share(self, relation: str, trigger: Trigger | None) -> float:
        return self.forms.get(form_key(relation, trigger), self.base)


def form_key(relation: str, trigger: Trigger | None) -> str:
    """What the precision of words is counted by."""
    return f"{relation}|{trigger.form if trigger else ''}"


@dataclass(frozen=True, slots=True)
class Ranker:
    """The models for a fixed list of relations. `threshold` is the score from which a statement is made."""

    relations: tuple[str, ...]
    linear: LinearModel
    encodings: Encodings
    trees: Any
    threshold: float
    second: float

    def score(self, candidates: Candidates, relate: Relate | None = None) -> Floats:
        """The chance of each candidate, 0 where its relation is unknown here."""
        number = {name: i for i, name in enumerate(self.relations)}
        numbers = np.array([number.get(name, -1) for name in candidates.relations])[candidates.relation]
        known = numbers >= 0
        chances = np.zeros(len(candidates), dtype=np.float32)
        if not known.any():
            return chances
        chosen = candidates if known.all() else candidates.select(known)
        values = chosen.values.copy()
        values[:, 0] = numbers[known]
        parts = [values, self.encodings.columns(chosen, values), linear_columns(chosen, values, self.linear)]
        if relate is not None:
            parts.append(encoder_columns(chosen, values, relate))
        (scores,) = self.trees.run(None, {"features": np.hstack(parts)})
        chances[known] = 1 / (1 + np.exp(-scores[:, 0]))
        return chances


def ask_encoder(reading: Reading, relations: Sequence[str], head: Head | None = None) -> Relate:
    """What the encoder that made the reading says of pairs, in the order of `relations`; `APART` for unknown ones."""
    head = head or load_head()
    column = {name: i for i, name in enumerate(head.relations)}
    theirs = [column[name] for name in relations if name in column]
    ours = [i for i, name in enumerate(relations) if name in column]

    def relate(mentions: Sequence[tuple[int, int, str]], pairs: Sequence[tuple[int, int]]) -> Floats:
        scores = np.full((len(pairs), len(relations)), APART, dtype=np.float32)
        scores[:, ours] = score_pairs(reading, mentions, pairs, head=head)[:, theirs]
        return scores

    return relate


def linear_columns(candidates: Candidates, values: Floats, linear: LinearModel) -> Floats:
    """What the linear model says of each candidate, and of its rivals (see `rival_columns`)."""
    scores = np.log(linear.predict(candidates.paths) + _FLOOR)
    return rival_columns(candidates, scores[candidates.pair], values[:, 0].astype(int))


def encoder_columns(candidates: Candidates, values: Floats, relate: Relate) -> Floats:
    """What the encoder says of each candidate, and of its rivals (see `rival_columns`)."""
    places: dict[tuple[int, int, str], int] = {}
    pairs: dict[tuple[int, int], int] = {}
    at = []
    for ends in zip(candidates.a.tolist(), candidates.b.tolist(), strict=True):
        a, b = (_place(places, candidates.items[end]) for end in ends)
        at.append(pairs.setdefault((a, b), len(pairs)))
    scores = relate(list(places), list(pairs))
    return rival_columns(candidates, scores[at], values[:, 0].astype(int))


def _place(places: dict[tuple[int, int, str], int], item: Item) -> int:
    """The number of an item among the mentions that the encoder is asked about; offices are none."""
    if item.entity is None:
        return places.setdefault((-1, -1, ""), len(places))
    return places.setdefault((item.start, item.end, item.type), len(places))


def rival_columns(candidates: Candidates, scores: Floats, relation: npt.NDArray[np.int_]) -> Floats:
    """Six columns from scores, candidates × relations.

    The candidate's own score; the best of another relation between its ends; its rank among the relations; the best
    of its relation with another object, with another subject, in the same sentence; its best in another sentence.
    """
    n = np.arange(len(candidates))
    mine = scores[n, relation]
    others = scores.copy()
    others[n, relation] = -np.inf
    best_other = others.max(axis=1)
    rank = (scores > mine[:, None]).sum(axis=1)
    name = _numbered([item.entity or item.text for item in candidates.items])
    subject, object_, sentence = name[candidates.a], name[candidates.b], candidates.sentence
    names, relations = len(candidates.items), int(relation.max()) + 1
    with_a = (sentence * relations + relation) * names + subject
    with_b = (sentence * relations + relation) * names + object_
    triple = (subject * relations + relation) * names + object_
    rival_b = _best_other(with_a, mine, object_)
    rival_a = _best_other(with_b, mine, subject)
    elsewhere = _best_other(triple, mine, sentence)
    return np.column_stack([mine, best_other, rank, rival_b, rival_a, elsewhere]).astype(np.float32)


def _numbered(values: Sequence[Hashable]) -> Ints:
    """A number for each value, the same for equal ones."""
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(value, len(numbers)) for value in values], np.int64)


def _best_other(groups: Ints, scores: Floats, labels: Ints) -> Floats:
    """For each row the best score in its group of a row with another label."""
    _, leaders, group = np.unique(groups, return_index=True, return_inverse=True)
    best = np.full(len(leaders), -np.inf, np.float32)
    np.maximum.at(best, group, scores)
    label = labels[leaders]
    label[group[scores == best[group]]] = labels[scores == best[group]]
    differs = labels != label[group]
    second = np.full(len(leaders), -np.inf, np.float32)
    np.maximum.at(second, group[differs], scores[differs])
    found = np.where(differs, best[group], second[group])
    return np.where(np.isneginf(found), np.float32(_NONE), found)


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
        raise ModelError(
            f"{path}: no such model. Install the program again or train one with: kg train relations"
        ) from error
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
