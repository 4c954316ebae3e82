"""How likely each option of an attribute is: shares of its words in training, then gradient-boosted trees.

The models are trained on annotated articles (`kg.training.attributes`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.errors import ModelError
from kg.extractors.attributes.options import Option, Value
from kg.extractors.ranking import MODELS

Floats = npt.NDArray[np.float32]

ATTRIBUTES = ("date", "said_by", "amount", "planned", "negated")
_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Shares:
    """For each of an option's words how often options with it were right in training; `base` for unknown words."""

    base: float
    tables: tuple[Mapping[str, float], ...]

    def columns(self, options: Sequence[Option[Value]]) -> Floats:
        """One column for each table."""
        known = [
            [table.get(word, self.base) for table, word in zip(self.tables, option.words, strict=True)]
            for option in options
        ]
        return np.asarray(known, np.float32)


@dataclass(frozen=True, slots=True)
class Chooser:
    """The model of one attribute. `threshold` is the chance from which an option is chosen."""

    shares: Shares
    trees: Any
    threshold: float

    def score(self, options: Sequence[Option[Value]]) -> list[float]:
        """The chance of each option."""
        if not options:
            return []
        (scores,) = self.trees.run(None, {"features": features_of(options, self.shares)})
        return [round(float(chance), _DIGITS) for chance in 1 / (1 + np.exp(-scores[:, 0].astype(float)))]


def features_of(options: Sequence[Option[Value]], shares: Shares) -> Floats:
    """What the trees see: the options' numbers, then the shares of their words."""
    numbers = np.asarray([option.numbers for option in options], np.float32)
    return np.hstack([numbers, shares.columns(options)])


@dataclass(frozen=True, slots=True)
class Choosers:
    """The models of all attributes, for the `relations` they were trained on."""

    relations: frozenset[str]
    by_attribute: Mapping[str, Chooser]

    def best(self, attribute: str, groups: Sequence[Sequence[Option[Value]]]) -> list[tuple[Value, float] | None]:
        """The likeliest option of each group with its chance, the first of equals; None where no option is offered."""
        flat = [option for group in groups for option in group]
        chances = self.by_attribute[attribute].score(flat)
        best: list[tuple[Value, float] | None] = []
        at = 0
        for group in groups:
            mine = chances[at : at + len(group)]
            at += len(group)
            top = max(range(len(group)), key=lambda i: (mine[i], -i), default=None)
            best.append(None if top is None else (group[top].value, mine[top]))
        return best

    def threshold(self, attribute: str) -> float:
        """The chance from which an option of the attribute is chosen."""
        return self.by_attribute[attribute].threshold


@cache
def load_choosers() -> Choosers:
    """The models of the attributes. Raises `ModelError` where their files are absent."""
    import onnxruntime

    path = MODELS / "attributes.npz"
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    try:
        with np.load(path, allow_pickle=False) as stored:
            parts = {name: stored[name] for name in stored.files}
        trees = {
            name: onnxruntime.InferenceSession(
                (MODELS / f"attributes-{name}.onnx").read_bytes(), options, ["CPUExecutionProvider"]
            )
            for name in ATTRIBUTES
        }
    except FileNotFoundError as error:
        raise ModelError(f"{error.filename}: no such model. Install the program again") from error
    return Choosers(
        frozenset(parts["relations"].tolist()),
        {
            name: Chooser(_shares(parts, name), trees[name], float(parts[f"{name}_threshold"]))
            for name in ATTRIBUTES
        },
    )


def _shares(parts: Mapping[str, Any], name: str) -> Shares:
    count = int(parts[f"{name}_tables"])
    return Shares(
        float(parts[f"{name}_base"]),
        tuple(
            dict(zip(parts[f"{name}_words{i}"].tolist(), parts[f"{name}_shares{i}"].tolist(), strict=True))
            for i in range(count)
        ),
    )
