"""Who can say something, and who does: the subject of a verb of speech, the source after "theo"."""

import re
from collections.abc import Sequence

from kg.extractors.attributes.scene import Scene
from kg.model import BODIES, Mention, Span

_SPEAKERS = frozenset(BODIES) | {"Person", "Country"}
_LONGEST_LEAD = 400
_BREAK = re.compile(r"[;:.!?“”\"]\s")
# "Sau khi gặp X, nhiều người nói …": whoever speaks has no name.
_SOMEBODY = re.compile(
    r"[,\"”]\s(?:[^\W\d]+\s){0,3}?(?:nhiều|một số|một|các|những|giới|vị|người|nguồn tin)\s[^,]{2,40}$", re.IGNORECASE
)
_OFFICE = re.compile(r"\s?[,(–-]\s?(?:[^\W\d]+\s){1,10}?$")


def subject_before(scene: Scene, place: int, sentence: Span, verb: int) -> Mention | None:
    """The speaker before a verb of speech: the nearest person or body, or whoever the words before it belong to.

    "Ngoại trưởng Nhật Bản", "X, Giám đốc Công ty Y" and "tờ X của Y" are the minister, X and X.
    """
    text = scene.text
    floor = max(sentence.start, verb - _LONGEST_LEAD)
    start = max([floor, *(m.end() for m in _BREAK.finditer(text, floor, verb))])
    able = [m for m in scene.near(place, start, verb) if scene.entity(m.entity).type in _SPEAKERS]
    if not able:
        return None
    *others, nearest = able
    if _SOMEBODY.search(text[nearest.end : verb]):
        return None
    if others and text[others[-1].end : nearest.start] == " của ":
        return others[-1]
    if _is_person(scene, nearest):
        return nearest
    person = next((m for m in reversed(others) if _is_person(scene, m)), None)
    return person if person and _holds(text, person, nearest) else nearest


def _holds(text: str, person: Mention, body: Mention) -> bool:
    """Whether the words between a person and a body are the person's office there."""
    gap = text[person.end : body.start]
    return _OFFICE.match(gap) is not None or (person.kind == "title" and gap in (" ", " của "))


def first_source(scene: Scene, near: Sequence[Mention]) -> str | None:
    """The person whose title the words begin, else the body they name."""
    first = near[0]
    for mention in near:
        if "," in scene.text[first.end : mention.start]:
            break
        if _is_person(scene, mention):
            return mention.entity
    return first.entity if scene.entity(first.entity).type in BODIES else None


def _is_person(scene: Scene, mention: Mention) -> bool:
    return scene.entity(mention.entity).type == "Person"
