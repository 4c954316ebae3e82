"""Features for the linear model: the words between the two ends of a pair, and the words around them.

A feature is a short text, such as "w >tiếp" or "wc Pers>Pers tiếp"; the model knows its weight by a checksum of it, so
no list of texts ships. A checksum goes on from that of the text's beginning, so texts are never put together.
"""

from collections.abc import Sequence
from functools import cache
from itertools import chain, repeat
from zlib import crc32

import numpy as np
import numpy.typing as npt

from kg.extractors.features import Pairs
from kg.extractors.ground import Ground
from kg.extractors.sentence import Item, Sentence

BUCKETS = 1 << 18
_LONGEST_PATH = 9
_NEAR = 12
_LONGEST = 8


def code(item: Item) -> str:
    """The class and kind of an item in a few letters."""
    return item.type[:4] if item.kind == "name" else item.type[:4] + item.kind[0]


def buckets_of(paths: Sequence[Sequence[int]]) -> npt.NDArray[np.int64]:
    """The buckets of all features of some pairs, one pair after the other, each below `BUCKETS`."""
    return np.fromiter(chain.from_iterable(paths), np.int64) % BUCKETS


def describe_paths(ground: Ground, pairs: Pairs) -> list[list[int]]:
    """The checksums of the features of each pair; the same on every machine and in every run."""
    items = ground.things.items
    codes = [code(item) for item in items]
    sentence_of = ground.things.sentence.tolist()
    sentence, paths = -1, []
    for a, b, forward in zip(pairs.a.tolist(), pairs.b.tolist(), pairs.forward.tolist(), strict=True):
        if sentence_of[a] != sentence:
            sentence = sentence_of[a]
            words = _Words(ground.sentences[sentence])
        way = ">" if forward else "<"
        first, second = (a, b) if forward else (b, a)
        paths.append(words.describe(items[first], items[second], way, f"{codes[a]}{way}{codes[b]}"))
    return paths


@cache
def _begin(kinds: str, rest: str) -> tuple[int, ...]:
    """The checksums of how features begin that name the same ends or the same way."""
    return tuple(crc32(f"{kind} {rest}".encode()) for kind in kinds.split())


@cache
def _length(way: str, thirds: int) -> int:
    """The checksum of the feature that tells how far it is."""
    return crc32(f"n {way}{thirds}".encode())


class _Words:
    """The words of a sentence as bytes, and what is between two places of it, which is asked for in both directions."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.words = [word.encode() for word in sentence.words.lower]
        self.twos = [one + b" " + other for one, other in zip(self.words, self.words[1:], strict=False)]
        self.known: dict[tuple[int, int], tuple[bytes | None, list[bytes], list[bytes]]] = {}

    def describe(self, first: Item, second: Item, way: str, ends: str) -> list[int]:
        """The features of the pair whose earlier end is `first`; `ends` are the codes of both, as their `way` is."""
        start, end = first.last, second.first
        if (start, end) not in self.known:
            self.known[start, end] = self._between(start, end)
        path, words, twos = self.known[start, end]
        (c,) = _begin("c", ends)
        p, wc, left_end, right_end = _begin("p wc L R", ends + " ")
        w, b, left, right = _begin("w b l r", way)
        (p_way,) = _begin("P", way + " ")
        out = [c, _length(way, min((end - start) // 3, _LONGEST))]
        if path is not None:
            out += (crc32(path, p), crc32(path, p_way))
        out += map(crc32, words, repeat(w))
        out += map(crc32, words, repeat(wc))
        out += map(crc32, twos, repeat(b))
        before = self.words[max(0, first.first - 3) : first.first]
        after = self.words[second.last : second.last + 3]
        out += map(crc32, before, repeat(left))
        out += map(crc32, after, repeat(right))
        if before:
            out.append(crc32(before[-1], left_end))
        if after:
            out.append(crc32(after[0], right_end))
        return out

    def _between(self, start: int, end: int) -> tuple[bytes | None, list[bytes], list[bytes]]:
        """The whole way, with the classes of what stands on it, unless it is long; its words; its pairs of words."""
        items, owner = self.sentence.items, self.sentence.owner
        path: list[bytes] = []
        w = start
        while w < end and len(path) < _LONGEST_PATH:
            if owner[w] >= 0:
                item = items[owner[w]]
                path.append(item.type[:4].upper().encode())
                w = max(w + 1, item.last)
            else:
                path.append(self.words[w])
                w += 1
        stop = min(end, start + _NEAR)
        words = sorted(set(self.words[start:stop]))
        return b" ".join(path) if w >= end else None, words, sorted(set(self.twos[start : max(start, stop - 1)]))
