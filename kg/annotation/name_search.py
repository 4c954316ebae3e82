"""Names that the recogniser missed and that are certain."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import regex

from kg.annotation.name_reading import Reading
from kg.model import Span
from kg.recognition import Name

_T = TypeVar("_T")

_FOUND = 0.75  # the score of what is found here, as sure as a good reading by the engine
_SURE = 0.6  # names read less surely than this are not looked for elsewhere in the article
_SURE_OF_ONE = 0.8  # nor single words read less surely than this
_CAPITAL_WORD = regex.compile(r"(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}]*+")
_LANGUAGE = frozenset({"tiếng"})


def find_known(reading: Reading, names: Sequence[Name]) -> Iterator[Name]:
    """Countries and other unmistakable names of the gazetteer that stand free in the text."""
    yield from names
    for start, end, entry in _free(reading, names, lambda s: reading.gazetteer.scan(reading.text, s.start, s.end)):
        if not entry.ambiguous and entry.type == "Country":
            yield Name(start, end, entry.type, _FOUND)


def find_repeats(reading: Reading, names: Sequence[Name]) -> Iterator[Name]:
    """A name read surely in one sentence is a name wherever the article has it, word for word."""
    yield from names
    types: dict[str, tuple[float, str]] = {}
    for name in names:
        form = reading.form(name)
        if name.score >= (_SURE if " " in form else _SURE_OF_ONE) and _is_proper(form):
            types[form] = max(types.get(form, (0.0, "")), (name.score, name.type))
    starts: dict[str, list[str]] = defaultdict(list)
    for form in sorted(types, key=len, reverse=True):
        if word := _CAPITAL_WORD.match(form):
            starts[word[0]].append(form)
    for start, end, type_ in _free(reading, names, lambda s: _scan(reading.text, s, starts, types)):
        yield Name(start, end, type_, _FOUND)


def _is_proper(form: str) -> bool:
    """Whether the form is long enough, and ends as names do, so that it was hardly cut short."""
    last = form.rsplit(" ", 1)[-1]
    return len(form) > 2 and (last[0].isupper() or last[0].isdigit())


def _scan(
    text: str, span: Span, starts: Mapping[str, Sequence[str]], types: Mapping[str, tuple[float, str]]
) -> Iterator[tuple[int, int, str]]:
    at = 0
    for word in _CAPITAL_WORD.finditer(text, span.start, span.end):
        if word.start() < at:
            continue
        for form in starts.get(word[0], ()):
            at = word.start() + len(form)
            if text.startswith(form, word.start()) and not text[at : at + 1].isalnum():
                yield word.start(), at, types[form][1]
                break
            at = word.end()


def _free(
    reading: Reading, names: Sequence[Name], scan: Callable[[Span], Iterable[tuple[int, int, _T]]]
) -> Iterator[tuple[int, int, _T]]:
    """What a scan finds outside the names, where no capital before or after it would make it part of a longer name."""
    ahead = iter([*names, Name(len(reading.text) + 1, len(reading.text) + 2, "", 0.0)])
    name = next(ahead)
    for sentence in reading.sentences:
        for start, end, found in scan(sentence):
            while name.end <= start:
                name = next(ahead)
            if name.start >= end and not _bound(reading, sentence, start, end, next_name=name.start):
                yield start, end, found


def _bound(reading: Reading, sentence: Span, start: int, end: int, *, next_name: int) -> bool:
    """Whether the word before or after belongs to the same name, or says that it is a person's or a language's."""
    text = reading.text
    if text[end : end + 1] == " " and text[end + 1 : end + 2].isupper() and end + 1 != next_name:
        return True
    before = text[max(sentence.start, start - 30) : start].split()
    if not before or not text[start - 1].isspace():
        return False
    word = before[-1]
    first = len(before) == 1 and start - sentence.start <= 30
    return (
        word[0].isupper() and word[-1].isalnum() and not first
    ) or word.casefold() in reading.titles.last | _LANGUAGE
