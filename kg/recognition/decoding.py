"""From scores of labels to names: the BIO labels, and the best sequence that obeys them."""

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from kg.recognition import TYPES, Name

__all__ = ["LABELS", "best_labels", "join_words", "log_softmax"]

Floats = npt.NDArray[np.float32]

LABELS: tuple[str, ...] = ("O", *(f"{edge}-{type_}" for type_ in TYPES for edge in "BI"))
"""O is 0; the B of class number k is 2k + 1 and its I is 2k + 2."""


def log_softmax(scores: Floats) -> Floats:
    """Log probabilities along the last axis."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    normalised: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return normalised


@cache
def _inside() -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """The I labels, and the B label of each."""
    inside = np.arange(2, len(LABELS), 2)
    return inside, inside - 1


def best_labels(log_probabilities: Floats) -> list[int]:
    """The likeliest label of each word such that every I continues a name of its class.

    `log_probabilities` has one row per word of a sentence and one column per label.
    """
    rows = len(log_probabilities)
    if rows == 0:
        return []
    inside, begin = _inside()
    score = log_probabilities[0].astype(np.float64)
    score[inside] = -np.inf
    back = np.empty((rows, len(LABELS)), dtype=np.int64)
    for row in range(1, rows):
        # Any label may follow any other, except that I follows only the B or I of its class.
        best = int(score.argmax())
        step = np.full(len(LABELS), score[best])
        back[row] = best
        from_inside = score[inside] > score[begin]
        step[inside] = np.where(from_inside, score[inside], score[begin])
        back[row, inside] = np.where(from_inside, inside, begin)
        score = step + log_probabilities[row]
    label = int(score.argmax())
    path = [label]
    for row in range(rows - 1, 0, -1):
        label = int(back[row, label])
        path.append(label)
    return path[::-1]


def join_words(words: Sequence[tuple[int, int]], labels: Sequence[int], probabilities: Sequence[float]) -> list[Name]:
    """The names that a sentence's labels spell; the score of a name is the mean over its words."""
    names: list[Name] = []
    first = 0
    for position in range(len(words) + 1):
        continues = position < len(words) and labels[position] and labels[position] % 2 == 0
        if continues:
            continue
        if position and labels[first]:
            score = sum(probabilities[first:position]) / (position - first)
            type_ = TYPES[(labels[first] - 1) // 2]
            names.append(Name(words[first][0], words[position - 1][1], type_, min(1.0, float(score))))
        first = position
    return names
