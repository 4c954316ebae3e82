"""Of which class names are, by the words before, the first words, the gazetteer, and the whole article."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import regex

from kg.annotation.name_reading import AREAS, DESCRIPTIVE, Reading, typed
from kg.gazetteer import normal_form
from kg.recognition import Name

_CREDIT = regex.compile(r"Ảnh:?\s*\Z")
_MISTAKEN_FOR_PLACES = frozenset({"AdministrativeArea", "Place", "Organization", "Project"})
_ACRONYM = regex.compile(
    r"\s*\((?:gọi tắt là |viết tắt là |viết tắt: )?[\"“']?([\p{Lu}\p{Lt}][\p{L}\d&.+-]{1,14})[\"”']?\)"
)


def class_by_head(reading: Reading, names: Sequence[Name]) -> Iterator[Name]:
    """The class that a name's first words settle; a single capital syllable may also be a surname ("Hồ Văn Mừng")."""
    for name in names:
        form = reading.form(name)
        type_ = reading.gazetteer.type_of_head(form)
        if type_ and type_ != name.type and name.type != "Person" and not _covered(name.type, type_):
            name = typed(name, type_)
        yield name


def _covered(said: str, head: str) -> bool:
    """Where the recogniser knows better than a head: what is built, what is international, what is a club or outlet."""
    return (said, head) in {
        ("InternationalOrganization", "Organization"),
        ("InternationalOrganization", "GovernmentBody"),
        ("MediaOrganization", "Company"),
        ("Project", "Place"),
        ("Place", "Project"),
    }


def class_by_gazetteer(reading: Reading, names: Sequence[Name]) -> Iterator[Name]:
    """The class of what is known, unless the article may mean a team by a place's name."""
    for name in names:
        entry = reading.gazetteer.lookup(reading.form(name))
        team = entry and name.type == "Organization" and entry.type in AREAS
        if entry and not entry.ambiguous and not team and entry.type != name.type:
            name = typed(name, entry.type)
        yield name


def add_acronyms(reading: Reading, names: Sequence[Name]) -> Iterator[Name]:
    """The acronym in brackets after a name is a name of the same class."""
    for name in names:
        yield name
        if (bracket := _bracket(reading, name)) and not reading.gazetteer.lookup(bracket[1]):
            yield Name(bracket.start(1), bracket.end(1), name.type, name.score)


def _bracket(reading: Reading, name: Name) -> regex.Match[str] | None:
    if name.type == "Person" or name.type in DESCRIPTIVE:
        return None
    bracket = _ACRONYM.match(reading.text, name.end)
    return bracket if bracket and sum(map(str.isupper, bracket[1])) > 1 else None


def one_class(reading: Reading, names: Sequence[Name]) -> Iterator[Name]:
    """One name, with its acronym, has one class over the article, that of the greatest sum of scores.

    Except what may be a country or an area in one sentence and its team in another.
    """
    forms = [normal_form(reading.form(name)) for name in names]
    long_of: dict[str, str] = {}
    for name, form in zip(names, forms, strict=True):
        if bracket := _bracket(reading, name):
            long_of.setdefault(bracket[1], form)
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for name, form in zip(names, forms, strict=True):
        votes[long_of.get(form, form)][name.type] += name.score
    for name, form in zip(names, forms, strict=True):
        scores = votes[long_of.get(form, form)]
        best = min(scores, key=lambda type_: (-scores[type_], type_))
        if best != name.type and not ({best, name.type} & AREAS and "Organization" in (best, name.type)):
            name = typed(name, best)
        yield name


def class_by_credit(reading: Reading, names: Sequence[Name]) -> Iterator[Name]:
    """Who a picture is credited to is a person, whatever place bears the name too: "Ảnh: Thống Nhất – TTXVN"."""
    for name in names:
        credited = _CREDIT.search(reading.text, max(0, name.start - 8), name.start)
        words = reading.form(name).split()
        if (
            credited
            and name.type in _MISTAKEN_FOR_PLACES
            and 2 <= len(words) <= 4
            and all(w[0].isupper() for w in words)
        ):
            yield typed(name, "Person")
        else:
            yield name
