"""What the fast engine looks at: for each word, itself, its neighbours and the capitalised run it is in.

Features are strings. Those of a word alone are made once and kept, since news repeats its words;
what remains for each place is to put lists together.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

__all__ = ["shape_of", "word_features"]

_KEPT = 1 << 16


def shape_of(word: str) -> str:
    """The kind of a word in one letter: X Upper, U UPPER, x lower, c camelCase, d digits, m mixed, or the sign."""
    if word.isdigit():
        return "d"
    if not word[0].isalnum():
        return word
    if not word.isalpha():
        return "m"
    if word.islower():
        return "x"
    if word.isupper():
        return "U" if len(word) > 1 else "I"
    return "X" if word[1:].islower() else "c"


class _Word(NamedTuple):
    """What a word gives to the places around it.

    `own` are the features of its own place, `first_after` to `second_before` those of the places from which it is the
    first or second word after or before.
    """

    own: tuple[str, ...]
    lower: str
    shape: str
    capital: bool
    second_after: tuple[str, ...]
    first_after: tuple[str, ...]
    first_before: tuple[str, ...]
    second_before: tuple[str, ...]


@lru_cache(_KEPT)
def _read(word: str) -> _Word:
    lower, shape = word.lower(), shape_of(word)
    own = [f"w={word}", f"l={lower}", f"s={shape}"]
    if shape not in ("d", word):
        own += [f"p={lower[:2]}", f"q={lower[:3]}", f"e={lower[-2:]}", f"f={lower[-3:]}", f"n={min(len(word), 8)}"]
    capital = shape in ("X", "U", "I", "c")
    around = [(f"{place}l={lower}", f"{place}s={shape}") for place in ("+2", "+1", "-1", "-2")]
    return _Word(tuple(own), lower, shape[:1], capital, *around)


_EDGE = "\n"
_START, _END = (_Word((), _EDGE, shape, False, ("+2$",), ("+1$",), ("-1^",), ("-2^",)) for shape in "^$")


def word_features(words: Sequence[str]) -> list[list[str]]:
    """One list of features for each word of a sentence."""
    read = [_START, _START, *map(_read, words), _END, _END]
    return [
        [
            *word.own,
            *before_last.second_before,
            *last.first_before,
            *following.first_after,
            *after_following.second_after,
            f"<{last.lower}|{word.lower}",
            f">{word.lower}|{following.lower}",
            f"^{last.shape}{word.shape}{following.shape}",
            *run,
        ]
        for before_last, last, word, following, after_following, run in zip(
            read, read[1:], read[2:], read[3:], read[4:], _runs(read[1:-1]), strict=False
        )
    ]


def _runs(words: Sequence[_Word]) -> list[tuple[str, ...]]:
    """For each word between the edges, of the run of capitalised words it is in: how it begins, what is around it."""
    runs: list[tuple[str, ...]] = []
    at = 1
    last = _EDGE
    while at < len(words) - 1:
        if not words[at].capital:
            last = words[at].lower
            runs.append(())
            at += 1
            continue
        end = at + 1
        while words[end].capital:
            end += 1
        size = min(end - at, 5)
        runs += [(f"r^{words[at].lower}", f"r<{last}", f"r>{words[end].lower}", f"r#{size}")] * (end - at)
        at = end
    return runs
