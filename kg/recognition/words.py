"""The units that both engines label: syllables, numbers and single signs, as spans."""

import re
from collections.abc import Sequence
from itertools import pairwise

# A run is cut at 64 letters, so that a line without spaces costs no more than any other line.
_WORD = re.compile(r"[^\W_]{1,64}|[^\w\s]|_")


def find_words(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans of the words of `text[start:end]`, in order; together they cover all that is not space.

    >>> [text[a:b] for text in ["TP.HCM ngày 2/9"] for a, b in find_words(text)]
    ['TP', '.', 'HCM', 'ngày', '2', '/', '9']
    """
    found = _WORD.finditer(text, start, len(text) if end is None else end)
    return [match.span() for match in found]


def check_sentences(text: str, sentences: Sequence[tuple[int, int]]) -> None:
    """Raise ValueError unless the spans are in order, apart and inside the text."""
    edges = [0, *(edge for span in sentences for edge in span), len(text)]
    if any(left > right for left, right in pairwise(edges)):
        raise ValueError(f"sentence spans must be in order, apart and within {len(text)} characters")
