"""How likely each relation is between two mentions, from what the encoder made of their words.

A small network on top of the encoder, in plain NumPy: the first and the last word of a mention give it a
subject's and an object's vector, a bilinear form compares these for each relation, and a second, additive
part looks at the words between the two mentions and at how far apart they are.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kg.errors import ModelError
from kg.recognition import TYPES, Reading

__all__ = ["APART", "PLACES", "Head", "Pieces", "load_head", "place_of", "score_pairs"]

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int32]
Mentions = Sequence[tuple[int, int, str]]

APART = -12.0
"""The score of every relation between mentions that cannot be compared: not in one window, overlapping, or no words."""

MODELS = Path(__file__).parents[1] / "models"

_GAPS = (0, 1, 2, 3, 5, 8, 12, 18, 26, 40, 60, 100)
_BEFORE, _AFTER = 0, 2 * len(_GAPS) + 1  # in another sentence
PLACES = _AFTER + 1
"""How many values `place_of` has."""

_TYPE = {type_: number for number, type_ in enumerate(TYPES)}


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """What the encoder made of an article: one row for each word that it read, in order.

    `starts` and `ends` are offsets of the words in the text; `sentences` and `windows` number what each
    stood in; `states` (words × width, half precision) are the encoder's last vectors of their first pieces.
    """

    starts: Integers
    ends: Integers
    sentences: Integers
    windows: Integers
    states: npt.NDArray[np.float16]


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """The network: the relations in the order of the scores, and its weights by name."""

    relations: tuple[str, ...]
    weights: Mapping[str, Floats]

    def project(self, name: str, ends: Floats, kinds: npt.NDArray[np.intp]) -> Floats:
        """A linear map of mentions: of their first and last words' vectors and of their classes."""
        weight = self.weights[f"{name}.weight"]
        width = ends.shape[1]
        of_kinds = self.weights["kind"] @ weight[:, width:].T + self.weights[f"{name}.bias"]
        projected: Floats = ends @ weight[:, :width].T + of_kinds[kinds]
        return projected

    def score(
        self,
        ends: Floats,
        kinds: npt.NDArray[np.intp],
        pairs: npt.NDArray[np.intp],
        between: Floats,
        places: npt.NDArray[np.intp],
    ) -> Floats:
        """Scores of pairs of mentions (pairs × relations) by what stands between them and where."""
        subjects, objects = (np.tanh(self.project(name, ends, kinds)) for name in ("subject", "object"))
        bilinear = self.weights["bilinear"]
        groups, width = bilinear.shape[1:3]
        grouped = subjects.reshape(-1, groups, width).transpose(1, 0, 2)
        turned = grouped @ bilinear.transpose(1, 2, 0, 3).reshape(groups, width, -1)
        turned = turned.reshape(groups, len(ends), len(bilinear), width).transpose(1, 2, 0, 3)
        compared = turned.reshape(len(ends), len(bilinear), -1) @ objects.T  # mentions × relations × mentions
        first, second = pairs.T
        own = self.project("pair_subject", ends, kinds)[first] + self.project("pair_object", ends, kinds)[second]
        own += between @ self.weights["between.weight"].T + self.weights["place"][places]
        added = np.tanh(own) @ self.weights["out.weight"].T + self.weights["out.bias"]
        scores: Floats = added + compared[first, :, second]
        return scores


@cache
def load_head(path: Path = MODELS / "relating.npz") -> Head:
    """The network of a file. Raises `ModelError` if it is absent or of other classes."""
    if not path.exists():
        raise ModelError(f"{path}: no such model. Install the program again or train one with: kg train names")
    with np.load(path, allow_pickle=False) as stored:
        parts = {name: stored[name] for name in stored.files}
    if tuple(parts.pop("types").tolist()) != TYPES or len(parts["place"]) != PLACES:
        raise ModelError(f"{path}: made by another version of the program. Train it again with: kg train names")
    relations = tuple(parts.pop("relations").tolist())
    return Head(relations, {name: array.astype(np.float32) for name, array in parts.items()})


def place_of(gap: int, *, forward: bool, together: bool) -> int:
    """Where two mentions stand to one another, as a small number.

    `gap` words are between them, the subject is first if `forward`, in one sentence if `together`.
    """
    if not together:
        return _BEFORE if forward else _AFTER
    return 1 + 2 * (bisect_right(_GAPS, gap) - 1) + forward


def score_pairs(
    reading: Reading, mentions: Mentions, pairs: Sequence[tuple[int, int]], *, head: Head | None = None
) -> Floats:
    """Log odds of each relation (`head.relations`) from the first to the second mention of each pair.

    Mentions are (start, end, class); pairs are indices into them. The result is pairs × relations. Where
    two mentions cannot be compared, as nowhere in a reading of the fast engine, it is `APART`.
    """
    head = head or load_head()
    scores = np.full((len(pairs), len(head.relations)), APART, dtype=np.float32)
    pieces = reading.pieces
    if pieces is None or not pairs:
        return scores
    ranges = [_words_of(pieces, mention) for mention in mentions]
    in_window: dict[int, list[int]] = defaultdict(list)
    for number, (a, b) in enumerate(pairs):
        one, other = ranges[a], ranges[b]
        if one is not None and other is not None and one[2] == other[2] and _separate(one, other):
            in_window[one[2]].append(number)
    for window, numbers in sorted(in_window.items()):
        scores[numbers] = _score_window(head, pieces, window, mentions, ranges, [pairs[n] for n in numbers])
    return scores


_Range = tuple[int, int, int]  # first and last word, window


def _words_of(pieces: Pieces, mention: tuple[int, int, str]) -> _Range | None:
    """The words of a mention, if they are in one window and its class is known."""
    start, end, type_ = mention
    first = int(np.searchsorted(pieces.ends, start, "right"))
    last = int(np.searchsorted(pieces.starts, end, "left")) - 1
    if type_ not in _TYPE or first > last or pieces.windows[first] != pieces.windows[last]:
        return None
    return first, last, int(pieces.windows[first])


def _separate(one: _Range, other: _Range) -> bool:
    return one[1] < other[0] or other[1] < one[0]


def _score_window(
    head: Head,
    pieces: Pieces,
    window: int,
    mentions: Mentions,
    ranges: Sequence[_Range | None],
    pairs: Sequence[tuple[int, int]],
) -> Floats:
    """The scores of pairs that are all in one window."""
    origin, stop = np.searchsorted(pieces.windows, [window, window + 1])
    states = pieces.states[origin:stop].astype(np.float32)
    used = sorted({number for pair in pairs for number in pair})
    row_of = {number: row for row, number in enumerate(used)}
    spans = {number: (span[0] - origin, span[1] - origin) for number in used if (span := ranges[number])}
    ends = np.concatenate([states[[spans[n][0] for n in used]], states[[spans[n][1] for n in used]]], axis=1)
    kinds = np.array([_TYPE[mentions[n][2]] for n in used])
    sums = np.concatenate([np.zeros((1, states.shape[1]), np.float32), states.cumsum(axis=0)])
    lefts, rights, places = [], [], []
    for a, b in pairs:
        forward = spans[a] < spans[b]
        left, right = (spans[a][1] + 1, spans[b][0]) if forward else (spans[b][1] + 1, spans[a][0])
        together = pieces.sentences[origin + spans[a][0]] == pieces.sentences[origin + spans[b][0]]
        lefts.append(left)
        rights.append(right)
        places.append(place_of(right - left, forward=forward, together=bool(together)))
    gaps = np.maximum(np.array(rights) - np.array(lefts), 1).astype(np.float32)[:, None]
    between = (sums[rights] - sums[lefts]) / gaps
    rows = np.array([[row_of[a], row_of[b]] for a, b in pairs])
    return head.score(ends, kinds, rows, between, np.array(places))
