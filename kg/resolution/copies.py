"""Which articles are copies or light rewrites of one text, so that they count as one source.

Two articles are, if they came out within three days and one holds most of the other's word sequences. Candidates are
found by MinHash signatures whose bands are sorted, which takes n log n; each pair is then checked.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np
import regex
from numpy.typing import NDArray
from rensa import RMinHash

from kg.model import Article
from kg.text import fold

_WORD = regex.compile(r"\w+")
_SEQUENCE = 4
_PERMUTATIONS = 128
_ROWS = 3
_CONTAINED = 0.6
_DAYS = 3
_NEIGHBOURS = 5
_FEWEST = 12
_ANY_DAY = -(10**6)
_TOGETHER = 10_000
"""Pairs that are compared at once: enough to make numpy worth its calls, few enough to be nothing in memory."""

Prints = NDArray[np.uint32]
Fingerprint = tuple[int, ...]
"""How many word sequences a text has, then its MinHash values: all that is needed of a text to find its copies."""


def fingerprint(article: Article) -> Fingerprint:
    """What the article's words come down to; the same for the same words, whatever case or punctuation."""
    words = _WORD.findall(fold(article.text))
    sequences = sorted({" ".join(words[at : at + _SEQUENCE]) for at in range(max(1, len(words) - _SEQUENCE + 1))})
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=1)
    sketch.update(sequences)
    return len(sequences), *sketch.digest()


def find_sources(prints: Mapping[str, Fingerprint], dates: Mapping[str, str | None]) -> dict[str, str]:
    """For each article, by id, the earliest one whose text it shares, itself if there is none."""
    ids = sorted(prints)
    if not ids:
        return {}
    signs = np.array([prints[id] for id in ids], dtype=np.uint32)
    return dict(zip(ids, find_originals(ids, [dates.get(id) for id in ids], signs), strict=True))


def find_originals(ids: Sequence[str], days: Sequence[str | None], prints: Prints) -> list[str]:
    """The same for articles in columns: a fingerprint is a row of `prints`."""
    long = [at for at in range(len(ids)) if prints[at, 0] >= _FEWEST]
    order = sorted(long, key=lambda at: (days[at] or "9999-12-31", ids[at]))
    originals = list(ids)
    if not order:
        return originals
    signs = np.ascontiguousarray(prints[order, 1:])
    sizes = prints[order, 0].astype(np.float64)
    when = np.array([date.fromisoformat(day).toordinal() if (day := days[at]) else _ANY_DAY for at in order])
    parent = list(range(len(order)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for one, other in _alike(signs, sizes, when):
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    for place, at in enumerate(order):
        originals[at] = ids[order[root(place)]]
    return originals


def _alike(signs: Prints, sizes: NDArray[np.float64], days: NDArray[np.int64]) -> Iterable[tuple[int, int]]:
    """Pairs of texts of which one holds most of the other, among those that share a band.

    Within a run of equal bands each is compared with the next few in time.
    """
    for start in range(0, _PERMUTATIONS - _ROWS + 1, _ROWS):
        band = signs[:, start : start + _ROWS]
        order = np.lexsort((np.arange(len(band)), *band.T))
        same = np.all(band[order[1:]] == band[order[:-1]], axis=1)
        run = np.concatenate(([0], np.cumsum(~same)))
        for ahead in range(1, _NEIGHBOURS + 1):
            hits = np.flatnonzero(run[ahead:] == run[:-ahead])
            ones, others = order[hits], order[hits + ahead]
            near = np.abs(days[ones] - days[others]) <= _DAYS
            near |= (days[ones] == _ANY_DAY) | (days[others] == _ANY_DAY)
            ones, others = ones[near], others[near]
            for at in range(0, len(ones), _TOGETHER):
                few, fews = ones[at : at + _TOGETHER], others[at : at + _TOGETHER]
                alike = np.mean(signs[few] == signs[fews], axis=1)
                both = (sizes[few] + sizes[fews]) * alike / (1 + alike)
                held = both / np.minimum(sizes[few], sizes[fews]) >= _CONTAINED
                yield from zip(few[held].tolist(), fews[held].tolist(), strict=True)
