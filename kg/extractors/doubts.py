"""What the models sometimes find likely, and is seldom so: known from the cross-validated news."""

from kg.extractors.candidates import Candidate
from kg.model import Document

RELATIONS = frozenset({"affiliated_with"})
"""Those that `is_doubtful` speaks of."""

# Beside each other, nine in ten such statements are right; farther apart than this, one in three.
_FARTHEST = 6


def is_doubtful(candidate: Candidate) -> bool:
    """Whether a person would belong to a country that is named far from them."""
    first, last = sorted((candidate.a, candidate.b), key=lambda item: item.first)
    return candidate.b.type == "Country" and last.first - first.last > _FARTHEST


def is_seat(document: Document, subject: str, relation: str, object_: str) -> bool:
    """Whether the statement tells the country of an administrative area, which has only one."""
    return (
        relation == "located_in"
        and document.entity(subject).type == "AdministrativeArea"
        and document.entity(object_).type == "Country"
    )
