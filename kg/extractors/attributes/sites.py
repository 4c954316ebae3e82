"""Where what a relation tells of took place."""

import re

import regex

from kg.extractors.attributes.scene import Scene
from kg.model import Finding, Mention, Span

_PLACED = frozenset(("received", "met_with", "held_talks_with", "competed_with", "organized", "awarded", "attacked"))
_SITES = frozenset(("Place", "AdministrativeArea"))
_AREAS = frozenset(("Country", "AdministrativeArea"))
_AT = re.compile(r"\b(?:[Tt]ại|[Ởở]|[Tt]rên|vào)\s")
_PITCH = regex.compile(r"(?:[Ss]ân|SVĐ)\s(?:(?:vận động|nhà)\s)?\p{Lu}\p{L}*(?:\s\p{Lu}\p{L}*)*")
_AFTER_A_SITE = r"\s(?:có|sau|đã|sẽ|để|vào|và|với|trong|từ|ở|ngày|sáng|chiều|tối|trước|nhân|do|diễn ra)\s"
_SEAT = re.compile(
    r"(?:[Tt]rụ sở|Phủ|Nhà|Dinh|[Đđ]iện|Văn phòng|Hội trường|Trung tâm|[Ss]ân bay|[Kk]hách sạn)"
    rf"(?!{_AFTER_A_SITE})\s[^,.;:()]{{2,60}}?(?=[,.;:()]|{_AFTER_A_SITE}|$)"
)
# The place behind these is that of an event, a plant, a life, not of the meeting the sentence tells of.
_OF_OTHERS = re.compile(r"\b(?:tổ chức|diễn ra|đặt|nằm|sinh sống|làm việc|hoạt động|sản xuất|trụ sở|đóng)\s$")
_ENVOY = re.compile(r"\b(?:[Đđ]ại sứ|[Ll]ãnh sự|[Đđ]ại diện|[Đđ]ặc phái viên)\b[^,;.]*$")
_AND_THEN = regex.compile(r"\s(?:và|rồi)\s\p{Ll}")
_LONGEST_GAP, _LONGEST_OFFICE, _LONGEST_NAME = 24, 48, 100


def read_site(scene: Scene, finding: Finding) -> str | None:
    """The site named after "tại", "ở" or "trên", or the ground where a match is played; none for what is one itself."""
    if finding.relation not in _PLACED or scene.entity(finding.object).type in _AREAS:
        return None
    sentence = scene.sentence(finding)
    if finding.relation == "competed_with" and (pitch := _pitch(scene, finding, sentence)):
        return pitch
    for match in _AT.finditer(scene.text, sentence.start, sentence.end):
        at = Span(match.start(), match.end())
        site = _site(scene, finding, at, sentence)
        if site and not _apart(scene, finding, at, site):
            return site.of(scene.text).strip()
    return None


def _pitch(scene: Scene, finding: Finding, sentence: Span) -> str | None:
    """The first ground named behind both sides, else the first of the sentence."""
    pitches = list(_PITCH.finditer(scene.text, sentence.start, sentence.end))
    behind = max((mention.end for mention in scene.ends(finding) if mention), default=sentence.start)
    later = [pitch for pitch in pitches if pitch.start() >= behind]
    return next((pitch[0] for pitch in later or pitches), None)


def _site(scene: Scene, finding: Finding, at: Span, sentence: Span) -> Span | None:
    """What is named after a preposition of place, unless it is where something else is, or an end of the relation."""
    if _OF_OTHERS.search(scene.text, max(sentence.start, at.start - _LONGEST_GAP), at.start):
        return None
    if seat := _SEAT.match(scene.text, at.end, sentence.end):
        return Span(seat.start(), seat.end())
    for mention in scene.near(finding.sentence, at.end, at.end + _LONGEST_GAP + _LONGEST_NAME):
        if (
            mention.start <= at.end + _LONGEST_GAP
            and mention.kind == "name"
            and mention.entity not in (finding.subject, finding.object)
            and scene.entity(mention.entity).type in _SITES
        ):
            return None if _is_office(scene, finding, at, mention) else Span(at.end, mention.end)
    return None


def _is_office(scene: Scene, finding: Finding, at: Span, site: Mention) -> bool:
    """Whether a place belongs to an envoy's office ("Đại sứ Pháp tại Việt Nam") or stands before its holder's name."""
    if _ENVOY.search(scene.text, max(0, at.start - _LONGEST_OFFICE), at.start):
        return True
    behind = scene.near(finding.sentence, site.end, site.end + _LONGEST_NAME)
    return bool(behind) and behind[0].start == site.end + 1 and scene.entity(behind[0].entity).type == "Person"


def _apart(scene: Scene, finding: Finding, at: Span, site: Span) -> bool:
    """Whether a comma, or another verb that "và" joins, parts a site from the relation."""
    anchor = scene.anchor(finding)
    if at.start < anchor:
        return bool(_AND_THEN.match(scene.text, site.end))
    before = [mention.end for mention in scene.ends(finding) if mention and mention.end <= at.start]
    return "," in scene.text[max([anchor, *before]) : at.start]
