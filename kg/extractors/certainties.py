"""Constructions that state a relation beyond doubt, but are too rare in annotated news for a model to learn."""

from functools import cache

from kg.extractors.candidates import Candidate
from kg.extractors.features import FEATURES
from kg.extractors.sentence import OFFICE, Sentence
from kg.ontology import Lexicon

RELATIONS = frozenset({"affiliated_with", "invests_in"})
"""Those that such constructions state."""
CONFIDENCE = 0.6
"""What such a construction counts as. Set, not learnt: there are too few of them to measure."""
_AT = {name: i for i, name in enumerate(FEATURES)}
_PLACES = frozenset({"AdministrativeArea", "Country", "Place"})
_DASHES = frozenset({"-", "–", "—", "/"})
_LEVEL_WORDS = 2


PlaceOffices = frozenset[tuple[str | None, int]]
"""Offices of places in a sentence: who holds each, and the word after it."""


def find_place_offices(sentence: Sentence, lexicon: Lexicon) -> PlaceOffices:
    """The offices of a sentence that one holds of a place: "Thống đốc", "Bí thư Tỉnh ủy"."""
    titles = _folded(lexicon.words["area_title"])
    offices = (item for item in sentence.items if item.type == OFFICE)
    return frozenset((item.holder, item.last) for item in offices if item.text.casefold() in titles)


def is_certain(candidate: Candidate, sentence: Sentence, offices: PlaceOffices) -> bool:
    """Whether the candidate is the holder of a place's office, a picture's author, or where a company invests."""
    if candidate.b.kind != "name":
        return False
    if candidate.relation == "invests_in":
        return _invests(candidate)
    if candidate.relation != "affiliated_with":
        return False
    return _governs(candidate, offices) or _is_credited(candidate, sentence)


def _governs(candidate: Candidate, offices: PlaceOffices) -> bool:
    """ "Thống đốc tỉnh Kanagawa Kuroiwa Yuji", "Kuroiwa Yuji, Thống đốc tỉnh Kanagawa"."""
    a, b = candidate.a, candidate.b
    near = range(b.first - _LEVEL_WORDS, b.first + 1)
    return b.type == "AdministrativeArea" and any((a.entity, last) in offices for last in near)


@cache
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.casefold() for word in words)


def _is_credited(candidate: Candidate, sentence: Sentence) -> bool:
    """ "Ảnh: Thống Nhất – TTXVN"."""
    a, b, lower = candidate.a, candidate.b, sentence.words.lower
    if b.type != "MediaOrganization" or b.first - a.last != 1 or lower[a.last] not in _DASHES:
        return False
    return "ảnh" in lower[max(0, a.first - 2) : a.first]


def _invests(candidate: Candidate) -> bool:
    """ "Gạch Sông Đáy sẽ mở rộng kinh doanh thông qua một dự án đầu tư tại tỉnh Sơn La": the company is the subject.

    In the annotated articles there is one such construction, which is right.
    """
    value = candidate.values
    roles = value[_AT["a_subject"]] == 2 and value[_AT["b_object"]] >= 1
    marked = value[_AT["marker"]] == 1 and value[_AT["place"]] == 1
    return bool(roles and marked and candidate.a.type == "Company" and candidate.b.type in _PLACES)
