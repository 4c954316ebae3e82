"""Names without the signs that a label too many adds to them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.recognition import Name

__all__ = ["tidy"]

_NOT_LAST = frozenset(",;:.-–—/(&+'\"“‘")
_NOT_FIRST = frozenset(",;:.-–—/)&+!?…”’")
_PAIRS = {")": "(", "”": "“", "]": "[", "»": "«"}

# Of one syllable and in lower case, a name is nearly always the torn-off half of one.
_ONE_SYLLABLE_SURE = 0.9


def tidy(text: str, names: Iterable[Name]) -> Iterator[Name]:
    """The names without signs at their edges that belong to the sentence, and without what is then no name.

    >>> [name.end for name in tidy("Huế, Việt Nam", [Name(0, 4, "AdministrativeArea", 0.8)])]
    [3]
    """
    for name in names:
        start, end = name.start, name.end
        while start < end and (text[end - 1] in _NOT_LAST or text[end - 1].isspace() or _alone(text, start, end)):
            end -= 1
        while start < end and (text[start] in _NOT_FIRST or text[start].isspace()):
            start += 1
        word = text[start:end]
        torn = word.isalpha() and word.islower() and name.score < _ONE_SYLLABLE_SURE
        if start < end and not torn:
            yield replace(name, start=start, end=end) if (start, end) != (name.start, name.end) else name


def _alone(text: str, start: int, end: int) -> bool:
    """Whether the last sign closes what the name does not open."""
    opening = _PAIRS.get(text[end - 1])
    return opening is not None and text.count(opening, start, end) < text.count(text[end - 1], start, end)
