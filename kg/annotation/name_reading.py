"""What the rules about names look at, and the order that names must keep."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter

from kg.gazetteer import Gazetteer
from kg.model import Span
from kg.ontology import Lexicon
from kg.recognition import Name

DESCRIPTIVE = frozenset({"Agreement", "Event", "Initiative", "Project"})
"""Classes whose names are descriptions, often without a capital."""

AREAS = frozenset({"AdministrativeArea", "Country"})
"""Classes whose names are also those of teams, and stand in the names of bodies."""

LEVELS = frozenset(
    {
        *("tỉnh", "thành phố", "thị xã", "thị trấn", "quận", "huyện", "phường", "xã", "thôn", "ấp", "bang", "đặc khu"),
        *("thủ đô", "thủ phủ", "tp", "tp.", "tx", "tx."),
    }
)
"""Words before the name of an area that are no part of it, folded in case."""

_BEFORE = frozenset(" \t\u00a0.,;:–—-/")
_AFTER = _BEFORE - {"."}


@dataclass(frozen=True, slots=True)
class Titles:
    """Words before a person's name that are no part of it, by their syllables folded in case.

    `longest` is the most syllables of one; `last` are their last syllables.
    """

    phrases: frozenset[tuple[str, ...]]
    longest: int
    last: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules look at: the article's text, its sentences and where each starts, what is known beforehand."""

    text: str
    sentences: Sequence[Span]
    starts: Sequence[int]
    gazetteer: Gazetteer
    titles: Titles
    generics: frozenset[str]

    def form(self, name: Name) -> str:
        """The name as the article writes it."""
        return self.text[name.start : name.end]


Rule = Callable[[Reading, Sequence[Name]], Iterable[Name]]
"""Takes the names of an article, sorted and apart, and gives what they should be; `settle` orders them again."""


def read_generics(lexicon: Lexicon) -> frozenset[str]:
    """Nouns that stand for something named elsewhere and first words of names, folded in case."""
    return _read_generics(tuple(lexicon.heads.items()), tuple(lexicon.generics.items()))


@cache
def _read_generics(*tables: tuple[tuple[str, tuple[str, ...]], ...]) -> frozenset[str]:
    return frozenset(form.casefold() for table in tables for _, forms in table for form in forms)


def read_titles(lexicon: Lexicon) -> Titles:
    """The titles and honorifics of a lexicon."""
    return _read_titles(lexicon.words["title"], lexicon.words["honorific"])


@cache
def _read_titles(titles: tuple[str, ...], honorifics: tuple[str, ...]) -> Titles:
    phrases = frozenset(tuple(phrase.casefold().split()) for phrase in (*titles, *honorifics))
    return Titles(phrases, max(map(len, phrases)), frozenset(p[-1] for p in phrases))


def settle(reading: Reading, names: Iterable[Name]) -> list[Name]:
    """The names trimmed, in order, without overlaps (the longer stays), each within one sentence."""
    text, starts = reading.text, reading.starts
    trimmed = []
    for name in names:
        start, end = name.start, name.end
        while start < end and text[start] in _BEFORE:
            start += 1
        while start < end and text[end - 1] in _AFTER:
            end -= 1
        sentence = bisect_right(starts, start) - 1
        if start < end and sentence >= 0 and end <= reading.sentences[sentence].end:
            same = start == name.start and end == name.end
            trimmed.append(name if same else Name(start, end, name.type, name.score))
    trimmed.sort(key=attrgetter("start"))
    kept: list[Name] = []
    for name in trimmed:
        if kept and name.start < kept[-1].end:
            if name.end - name.start > kept[-1].end - kept[-1].start:
                kept[-1] = name
            continue
        kept.append(name)
    return kept


def moved(name: Name, start: int, end: int) -> Name:
    """The name with other borders."""
    return name if start == name.start and end == name.end else Name(start, end, name.type, name.score)


def typed(name: Name, type_: str) -> Name:
    """The name with another class."""
    return Name(name.start, name.end, type_, name.score)
