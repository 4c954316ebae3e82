"""Which articles are copies or light rewrites of one text, so that they count as one source.

Two articles are, if they came out within three days and one holds most of the other's word sequences. Candidates are
found by MinHash signatures whose bands are sorted, which takes n log n; each pair is then checked.
"""

from collections.abc import Iterable, Mapping
from datetime import date

import numpy as np
import regex
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
    ids = sorted((id for id in prints if prints[id][0] >= _FEWEST), key=lambda id: (dates.get(id) or "9999-12-31", id))
    source = {id: id for id in prints}
    if not ids:
        return source
    sizes = np.array([prints[id][0] for id in ids])
    signs = np.array([prints[id][1:] for id in ids], dtype=np.uint64)
    days = [date.fromisoformat(day).toordinal() if (day := dates.get(id)) else None for id in ids]
    parent = list(range(len(ids)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for one, other in _candidates(signs):
        first, second = sorted((root(one), root(other)))
        if first != second and _near(days[one], days[other]) and _contained(signs, sizes, one, other):
            parent[second] = first
    source.update({id: ids[root(at)] for at, id in enumerate(ids)})
    return source


def _candidates(signs: np.ndarray) -> Iterable[tuple[int, int]]:
    """Pairs that share a band; within a run of equal ones each with the next few in time."""
    for start in range(0, _PERMUTATIONS - _ROWS + 1, _ROWS):
        band = signs[:, start : start + _ROWS]
        order = np.lexsort((np.arange(len(band)), *band.T))
        same = np.all(band[order[1:]] == band[order[:-1]], axis=1)
        run = np.concatenate(([0], np.cumsum(~same)))
        for ahead in range(1, _NEIGHBOURS + 1):
            hits = np.flatnonzero(run[ahead:] == run[:-ahead])
            yield from zip(order[hits].tolist(), order[hits + ahead].tolist(), strict=True)


def _near(one: int | None, other: int | None) -> bool:
    return one is None or other is None or abs(one - other) <= _DAYS


def _contained(signs: np.ndarray, sizes: np.ndarray, one: int, other: int) -> bool:
    alike = float(np.mean(signs[one] == signs[other]))
    both = float(sizes[one] + sizes[other]) * alike / (1 + alike)
    return both / float(min(sizes[one], sizes[other])) >= _CONTAINED
