"""Constructions that state a relation beyond doubt, but are too rare in annotated news for a model to learn."""

from kg.extractors.candidates import Candidate
from kg.extractors.sentence import OFFICE, Sentence
from kg.ontology import Lexicon

CONFIDENCE = 0.8
"""What such a construction counts as. Set, not learnt: there are too few of them to measure."""
_DASHES = frozenset({"-", "–", "—", "/"})
_LEVEL_WORDS = 2


def is_certain(candidate: Candidate, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether the candidate is the holder of a place's office, or a picture's author with the outlet credited."""
    if candidate.relation != "affiliated_with" or candidate.b.kind != "name":
        return False
    return _governs(candidate, sentence, lexicon) or _is_credited(candidate, sentence)


def _governs(candidate: Candidate, sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "Thống đốc tỉnh Kanagawa Kuroiwa Yuji", "Kuroiwa Yuji, Thống đốc tỉnh Kanagawa"."""
    a, b = candidate.a, candidate.b
    if b.type != "AdministrativeArea":
        return False
    titles = {title.casefold() for title in lexicon.words["area_title"]}
    return any(
        item.type == OFFICE
        and item.holder == a.entity
        and item.text.casefold() in titles
        and 0 <= b.first - item.last <= _LEVEL_WORDS
        for item in sentence.items
    )


def _is_credited(candidate: Candidate, sentence: Sentence) -> bool:
    """ "Ảnh: Thống Nhất – TTXVN"."""
    a, b, lower = candidate.a, candidate.b, sentence.words.lower
    if b.type != "MediaOrganization" or b.first - a.last != 1 or lower[a.last] not in _DASHES:
        return False
    return "ảnh" in lower[max(0, a.first - 2) : a.first]
