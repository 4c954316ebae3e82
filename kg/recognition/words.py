"""The units that both engines label: syllables, numbers and single signs, as spans."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
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


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one sentence: their spans, how they are written, and in lower case."""

    spans: tuple[tuple[int, int], ...]
    written: tuple[str, ...]
    lower: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.spans)

    def range_of(self, start: int, end: int) -> tuple[int, int] | None:
        """The half-open range of words from the characters `start` to `end`, if words begin and end there."""
        first, last = bisect_left(self.spans, (start, start)), bisect_left(self.spans, (end, end))
        if first < last and self.spans[first][0] == start and self.spans[last - 1][1] == end:
            return first, last
        return None


# Recognition, annotation and extraction ask for the words of the same sentences, one after the other.
@lru_cache(maxsize=1000)
def read_words(text: str, start: int, end: int) -> Words:
    """The words of `text[start:end]`."""
    spans = find_words(text, start, end)
    written = [text[a:b] for a, b in spans]
    return Words(tuple(spans), tuple(written), tuple([word.lower() for word in written]))


def check_sentences(text: str, sentences: Sequence[tuple[int, int]]) -> None:
    """Raise ValueError unless the spans are in order, apart and inside the text."""
    edges = [0, *(edge for span in sentences for edge in span), len(text)]
    if any(left > right for left, right in pairwise(edges)):
        raise ValueError(f"sentence spans must be in order, apart and within {len(text)} characters")
