"""Features for the linear model: the words between the two ends of a pair, and the words around them.

A feature is a short string; the model knows its weight by a checksum of it (`checksums`), so no list of strings ships.
"""

from collections.abc import Sequence
from itertools import pairwise
from zlib import crc32

from kg.extractors.sentence import Item, Sentence

BUCKETS = 1 << 18
_LONGEST_PATH = 9
_NEAR = 12


def code(item: Item) -> str:
    """The class and kind of an item in a few letters."""
    return item.type[:4] if item.kind == "name" else item.type[:4] + item.kind[0]


def describe_path(sentence: Sentence, a: Item, first: Item, second: Item, ends: str) -> list[str]:
    """The features of the pair whose earlier end is `first`, whose subject is `a`; `ends` are the codes of both."""
    lower, owner = sentence.words.lower, sentence.owner
    start, end = first.last, second.first
    way = ">" if first is a else "<"
    path: list[str] = []
    w = start
    while w < end and len(path) < _LONGEST_PATH:
        if owner[w] >= 0:
            item = sentence.items[owner[w]]
            path.append(item.type[:4].upper())
            w = max(w + 1, item.last)
        else:
            path.append(lower[w])
            w += 1
    out = [f"c {ends}", f"n {way}{min((end - start) // 3, 8)}"]
    if w >= end:
        joined = " ".join(path)
        out += [f"p {ends} {joined}", f"P {way} {joined}"]
    near = lower[start : min(end, start + _NEAR)]
    words = sorted(set(near))
    out += [f"w {way}{x}" for x in words]
    out += [f"wc {ends} {x}" for x in words]
    out += [f"b {way}{x} {y}" for x, y in sorted(set(pairwise(near)))]
    before = lower[max(0, first.first - 3) : first.first]
    after = lower[second.last : second.last + 3]
    out += [f"l {way}{x}" for x in before]
    out += [f"r {way}{x}" for x in after]
    if before:
        out.append(f"L {ends} {before[-1]}")
    if after:
        out.append(f"R {ends} {after[0]}")
    return out


def checksums(features: Sequence[str]) -> list[int]:
    """The buckets of the features, each below `BUCKETS`; the same on every machine and in every run."""
    return [crc32(feature.encode()) % BUCKETS for feature in features]
