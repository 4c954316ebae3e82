"""Names as they are compared within an article: abbreviations written out, quotation marks and brackets taken off."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from kg.gazetteer import read_abbreviations
from kg.text import nfc

_BRACKET = regex.compile(r"\s*\([^()]*\)?")
_MARKS = regex.compile(r"[\"“”'‘’«»,;:()]|(?<=\s)-(?=\s)")
_DASH = regex.compile(r"\s*[-‐‑‒–—]\s*")
_AFTER_TP = regex.compile(r"(?i)^(tp|tx|tt|q|p|h|st)\.(?=\S)")
_NUMBER = regex.compile(r"\d+(?:[.,]\d+)*")
# What follows these is something else that the name only refers to: "sách xanh về 7G".
_BEFORE_OTHERS = frozenset("về tại ở của cho với do từ đến tới trong trên giữa và cùng theo vì chống".split())
_EMPTY = frozenset({"của", "số"})


@dataclass(frozen=True, slots=True)
class Form:
    """A name to compare: `words` in lower case with abbreviations written out, the `written` ones as they stand.

    `numbers` are its numbers, `cores` the ends of it that begin with a capital or a digit: of "dự án cầu Sông Ngà" the
    core is "sông ngà", of "Căn cứ Sao Mai" both "sao mai" and the whole. `inner` are the words in brackets.
    """

    words: tuple[str, ...]
    written: tuple[str, ...]
    numbers: tuple[str, ...]
    cores: frozenset[tuple[str, ...]]
    inner: tuple[str, ...]


@lru_cache(maxsize=10_000)
def read_form(name: str) -> Form:
    """The form of a name.

    >>> read_form("BVĐK Hoà Bình").words == read_form("Bệnh viện Đa khoa Hoà Bình").words
    True
    """
    plain = _DASH.sub("-", _MARKS.sub(" ", _BRACKET.sub(" ", nfc(name))))
    written = tuple(part for word in plain.split() for part in _parted(word))
    full = _abbreviations()
    bracket = _BRACKET.search(name)
    inner = tuple(bracket[0].strip(" ()").lower().split()) if bracket else ()
    words: list[str] = []
    for word in written:
        lower = word.lower()
        words += full.get(lower.rstrip("."), lower).replace(",", "").split() if lower not in _EMPTY else ()
    return Form(tuple(words), written, tuple(_NUMBER.findall(plain)), frozenset(_cores(written)), inner)


def _parted(word: str) -> list[str]:
    """ "TP.HCM" as two words."""
    match = _AFTER_TP.match(word)
    return [match[1], word[match.end() :]] if match else [word]


def _cores(written: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The whole, if it begins so, and what follows the lower-case words after the first word."""
    starts = [i for i, word in enumerate(written) if word[:1].isupper() or word[:1].isdigit()]
    found = []
    if starts and starts[0] == 0:
        found.append(tuple(word.lower() for word in written))
        after = [i for i in starts if i > 0 and not (written[i - 1][:1].isupper() and i - 1 in starts)]
        starts = after[:1]
    if starts and (starts[0] == 0 or written[starts[0] - 1] not in _BEFORE_OTHERS):
        found.append(tuple(word.lower() for word in written[starts[0] :]))
    return found


@cache
def _abbreviations() -> Mapping[str, str]:
    return {form.lower(): full for form, full in read_abbreviations().items()}


def shared_words(a: Form, b: Form) -> float:
    """The F1 of the words of one in the other, each counted once."""
    x, y = set(a.words), set(b.words)
    return 2 * len(x & y) / (len(x) + len(y)) if x and y else 0.0
