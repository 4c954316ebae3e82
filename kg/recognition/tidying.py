"""Names without the signs, or the country, that a label too many adds to them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.gazetteer import load_gazetteer
from kg.recognition import Name

__all__ = ["tidy"]

_NOT_LAST = frozenset(",;:.-–—/(&+'\"“‘")
_NOT_FIRST = frozenset(",;:.-–—/)&+!?…”’")
_PAIRS = {")": "(", "”": "“", "]": "[", "»": "«"}

_LONGEST_COUNTRY = 3

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
            tidied = replace(name, start=start, end=end) if (start, end) != (name.start, name.end) else name
            yield from _without_country(text, tidied) if name.type == "Person" else (tidied,)


def _without_country(text: str, name: Name) -> Iterator[Name]:
    """ "Bộ trưởng Ngoại giao | Pháp Claude Martin": the country of an office is no part of its holder's name."""
    words = text[name.start : name.end].split(" ")
    for length in range(min(_LONGEST_COUNTRY, len(words) - 2), 0, -1):
        first = " ".join(words[:length])
        entry = load_gazetteer().lookup(first)
        if (
            entry
            and entry.type == "Country"
            and not entry.ambiguous
            and text[max(0, name.start - 2) : name.start].rstrip()[-1:].isalpha()
        ):
            yield replace(name, end=name.start + len(first), type="Country")
            name = replace(name, start=name.start + len(first) + 1)
            break
    yield name


def _alone(text: str, start: int, end: int) -> bool:
    """Whether the last sign closes what the name does not open."""
    opening = _PAIRS.get(text[end - 1])
    return opening is not None and text.count(opening, start, end) < text.count(text[end - 1], start, end)
