"""What the fast engine looks at: for each word, itself, its neighbours and the capitalised run it is in.

Features are strings. Those of a word alone are made once and kept, since news repeats its words;
what remains for each place is to put lists together.
"""

from collections.abc import Sequence
from functools import lru_cache

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


@lru_cache(_KEPT)
def _alone(word: str) -> tuple[tuple[str, ...], str, str, str, bool]:
    """Features of a word where it stands; it in lower case; its shape; whether it is capital."""
    lower, shape = word.lower(), shape_of(word)
    own = [f"w={word}", f"l={lower}", f"s={shape}"]
    if shape not in ("d", word):
        own += [f"p={lower[:2]}", f"q={lower[:3]}", f"e={lower[-2:]}", f"f={lower[-3:]}", f"n={min(len(word), 8)}"]
    capital = shape in ("X", "U", "I", "c")
    return tuple(own), lower, shape, "-" if shape == "d" else lower, capital


@lru_cache(_KEPT)
def _beside(word: str) -> tuple[tuple[str, str], ...]:
    """Features that a word gives to those two and one before and one and two after it."""
    _, lower, shape, _, _ = _alone(word)
    return tuple((f"{place}l={lower}", f"{place}s={shape}") for place in ("+2", "+1", "-1", "-2"))


_EDGE = "\n"
_NONE = (("+2$",), ("+1$",), ("-1^",), ("-2^",))


def word_features(words: Sequence[str]) -> list[list[str]]:
    """One list of features for each word of a sentence."""
    count = len(words)
    alone = [_alone(word) for word in words]
    beside = [_NONE, _NONE, *(_beside(word) for word in words), _NONE, _NONE]
    lower = [_EDGE, *(one[1] for one in alone), _EDGE]
    shapes = "^" + "".join(one[2][:1] for one in alone) + "$"
    runs = _runs([one[4] for one in alone], lower)
    features = []
    for at in range(count):
        before, own, after = lower[at], lower[at + 1], lower[at + 2]
        features.append(
            [
                *alone[at][0],
                *beside[at][3],
                *beside[at + 1][2],
                *beside[at + 3][1],
                *beside[at + 4][0],
                f"<{before}|{own}",
                f">{own}|{after}",
                f"^{shapes[at : at + 3]}",
                *runs[at],
            ]
        )
    return features


def _runs(capital: Sequence[bool], lower: Sequence[str]) -> list[tuple[str, ...]]:
    """For each word, of the run of capitalised words it is in: how it begins, what precedes and follows it."""
    count = len(capital)
    runs: list[tuple[str, ...]] = [()] * count
    at = 0
    last = _EDGE
    while at < count:
        if not capital[at]:
            last = lower[at + 1]
            runs[at] = ()
            at += 1
            continue
        end = at + 1
        while end < count and capital[end]:
            end += 1
        size = f"r#{min(end - at, 5)}"
        common = (f"r^{lower[at + 1]}", f"r<{last}", f"r>{lower[end + 1]}", size)
        for place in range(at, end):
            runs[place] = common
        at = end
    return runs
