"""What a recogniser takes for names and is none."""

from collections.abc import Iterator, Sequence

from kg.annotation.name_reading import Reading
from kg.recognition import Name

_STAND_ALONE = frozenset({"PoliticalParty"})
_OFTEN_WRONG = frozenset({"Event", "Place", "Project"})
_DOUBTFUL = 0.5  # below this score, two in three of these classes are wrong
_LONGEST_OFFICE = 40  # characters
_RELATION = "quan hệ "
_PARTNERSHIPS = ("đối tác", "hữu nghị", "láng giềng", "đồng minh")
_UNCAPPED = frozenset({"Agreement", "Initiative"})


def drop_partnerships(reading: Reading, names: Sequence[Name]) -> Iterator[Name]:
    """What two states are to each other is no name: "quan hệ Đối tác chiến lược toàn diện Việt Nam - Nhật Bản"."""
    for name in names:
        before = reading.text[max(0, name.start - len(_RELATION)) : name.start]
        if not (before.casefold() == _RELATION and reading.form(name).casefold().startswith(_PARTNERSHIPS)):
            yield name


def drop_generics(reading: Reading, names: Sequence[Name]) -> Iterator[Name]:
    """A noun alone ("Bộ", "sân", "Ban tổ chức") names nothing, unless it is known as a name ("Chính phủ", "Đảng")."""
    for name in names:
        form = reading.form(name)
        generic = form.casefold() in reading.generics or reading.gazetteer.is_head(form)
        known = form[0].isupper() and (reading.gazetteer.lookup(form) or name.type in _STAND_ALONE)
        if not generic or known:
            yield name


def drop_doubtful(reading: Reading, names: Sequence[Name]) -> Iterator[Name]:
    """A description of which the recogniser is not sure, or without a capital or number, is no name."""
    for name in names:
        if name.type in _OFTEN_WRONG and name.score < _DOUBTFUL:
            continue
        if name.type in _UNCAPPED or any(sign.isupper() or sign.isdigit() for sign in reading.form(name)):
            yield name


def drop_fragments(reading: Reading, names: Sequence[Name]) -> Iterator[Name]:
    """The beginning of an office or a common noun is no name: "Tổng" of "Tổng Bí thư", "Tập" of "Tập đoàn".

    Nor is a whole office that elsewhere in the article stands right before a person's name.
    """
    held = {_words(reading.text[max(0, n.start - _LONGEST_OFFICE) : n.start]) for n in names if n.type == "Person"}
    for name in names:
        words = _words(reading.form(name))
        if name.type == "Person" or len(words) > reading.titles.longest:
            yield name
            continue
        following = _words(reading.text[name.end : name.end + _LONGEST_OFFICE])[: reading.titles.longest]
        whole = [(*words, *following[:k]) for k in range(1, len(following) + 1)]
        fragment = any(phrase in reading.titles.phrases or " ".join(phrase) in reading.generics for phrase in whole)
        office = words in reading.titles.phrases and any(before[-len(words) :] == words for before in held)
        if not fragment and not office:
            yield name


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.casefold().split())
