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


def is_certain(candidate: Candidate, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether the candidate is the holder of a place's office, a picture's author, or where a company invests."""
    if candidate.b.kind != "name":
        return False
    if candidate.relation == "invests_in":
        return _invests(candidate)
    if candidate.relation != "affiliated_with":
        return False
    return _governs(candidate, sentence, lexicon) or _is_credited(candidate, sentence)


def _governs(candidate: Candidate, sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "Thống đốc tỉnh Kanagawa Kuroiwa Yuji", "Kuroiwa Yuji, Thống đốc tỉnh Kanagawa"."""
    a, b = candidate.a, candidate.b
    if b.type != "AdministrativeArea":
        return False
    titles = _folded(lexicon.words["area_title"])
    return any(
        item.type == OFFICE
        and item.holder == a.entity
        and item.text.casefold() in titles
        and 0 <= b.first - item.last <= _LEVEL_WORDS
        for item in sentence.items
    )


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
