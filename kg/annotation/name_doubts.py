"""What a recogniser takes for names and is none."""

from collections.abc import Iterator, Sequence

from kg.annotation.name_reading import Reading
from kg.recognition import Name

_STAND_ALONE = frozenset({"PoliticalParty"})
_OFTEN_WRONG = frozenset({"Event", "Place", "Project"})
_DOUBTFUL = 0.5  # below this score, two in three of these classes are wrong
_UNCAPPED = frozenset({"Agreement", "Initiative"})


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
