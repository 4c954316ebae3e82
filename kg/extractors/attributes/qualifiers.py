"""Where, in what field, in what role, at what level, on what occasion."""

import re

import regex

from kg.extractors.attributes.scene import Scene
from kg.model import Finding, Mention, Span

_PLACED = frozenset(("received", "met_with", "held_talks_with", "competed_with", "organized", "awarded", "attacked"))
_SITES = frozenset(("Place", "AdministrativeArea"))
_ENVOY = re.compile(r"\b(?:[Đđ]ại sứ|[Ll]ãnh sự|[Đđ]ại diện|[Đđ]ặc phái viên)\b[^,;.]*$")
_AND_THEN = regex.compile(r"\s(?:và|rồi)\s\p{Ll}")
_AREAS = frozenset(("Country", "AdministrativeArea"))
_AT = re.compile(r"\b(?:[Tt]ại|[Ởở]|[Tt]rên|vào)\s")
_PITCH = regex.compile(r"(?:[Ss]ân|SVĐ)\s(?:(?:vận động|nhà)\s)?\p{Lu}\p{L}*(?:\s\p{Lu}\p{L}*)*")
_SEAT = re.compile(
    r"(?:[Tt]rụ sở|Phủ|Nhà|Dinh|[Đđ]iện|Văn phòng|Hội trường|Trung tâm|[Ss]ân bay|[Kk]hách sạn)\s(?!(?:có|sau|đã|sẽ|để|và|với|trong|từ|ở|nhân|do|này)\b)[^,.;:()]{2,60}?"
    r"(?=[,.;:()]|\s(?:có|sau|đã|sẽ|để|vào|và|với|trong|từ|ở|ngày|sáng|chiều|tối|trước|nhân|do|diễn ra)\s|$)"
)
# The place behind these is that of an event, a plant, a life, not of the meeting the sentence tells of.
_OF_OTHERS = re.compile(r"\b(?:tổ chức|diễn ra|đặt|nằm|sinh sống|làm việc|hoạt động|sản xuất|trụ sở|đóng)\s$")
_STOP = r"[,;:.()“”\"]|\s(?:từ|vào ngày|sau|trước|và|nhằm|để|tại|do|trong|đã|cho|với)\s"
_PHRASES: dict[str, tuple[frozenset[str], re.Pattern[str]]] = {
    "level": (
        frozenset(("has_partnership_with",)),
        re.compile(
            r"[Đđ]ối tác (?:hợp tác )?(?:[Cc]hiến lược|[Tt]oàn diện)(?: (?:[Cc]hiến lược|[Tt]oàn diện|sâu rộng"
            r"|lâu dài))*|quan hệ ngoại giao"
            r"|[Đđ]ồng minh|[Hh]ữu nghị truyền thống|láng giềng (?:hữu nghị|thân thiện)"
        ),
    ),
    "field": (
        frozenset(("cooperates_with", "supports", "supplies", "held_talks_with", "signed_with")),
        re.compile(rf"(?:trong|trên|về)\s(?:(?:các|những|nhiều)\s)?lĩnh vực\s(?:như\s|:\s)?(.{{3,80}}?)(?={_STOP}|$)"),
    ),
    "occasion": (
        frozenset(("received", "met_with", "congratulated", "supports", "organized", "attended", "competed_with")),
        re.compile(r"[Nn]hân (?:dịp|kỷ niệm)\s(.{3,80}?)(?=[,;:.()“”\"]|$)"),
    ),
    "role": (
        frozenset(("appointed",)),
        re.compile(
            r"\b(?:giữ chức(?: vụ)?|làm|vào vị trí|giữ cương vị|vào chức vụ"
            r"|đảm nhiệm chức vụ)\s(.{3,80}?)(?=[,;:.()“”\"]|\s(?:từ|thay|kể|nhiệm kỳ|trong)\s|$)"
        ),
    ),
}
_ASKING = re.compile(
    r"\s?(?:cần|phải|nên|sớm|tiếp tục|hãy|không|tăng cường|tạo|hỗ trợ|quan tâm|phối hợp|chỉ đạo|rà soát"
    r"|xem xét|\w+)\s.{2,90}?(?=[,;:.()“”\"]|$)"
)
_LONGEST_SITE = 24


def read_qualifiers(scene: Scene, finding: Finding) -> dict[str, str]:
    """The qualifiers that the sentence states of the relation, by name."""
    found = {}
    sentence = scene.sentence(finding)
    if finding.relation in _PLACED and (place := _place(scene, finding, sentence)):
        found["place"] = place
    for name, (relations, pattern) in _PHRASES.items():
        if finding.relation in relations and (match := pattern.search(scene.text, sentence.start, sentence.end)):
            found[name] = (match[1] if match.lastindex else match[0]).strip()
    object_ = scene.ends(finding)[1]
    if finding.relation == "requested" and object_ is not None and scene.anchor(finding) < object_.start:
        asked = _ASKING.match(scene.text, object_.end, sentence.end)
        if asked and asked[0].strip():
            found["field"] = asked[0].strip()
    return found


def _place(scene: Scene, finding: Finding, sentence: Span) -> str | None:
    """The site named after "tại", "ở" or "trên", or the ground where a match is played."""
    if scene.entity(finding.object).type in _AREAS:
        return None
    if finding.relation == "competed_with":
        pitches = list(_PITCH.finditer(scene.text, sentence.start, sentence.end))
        behind = max((mention.end for mention in scene.ends(finding) if mention), default=sentence.start)
        if pitches:
            return next((pitch for pitch in pitches if pitch.start() >= behind), pitches[0])[0].strip()
    for match in _AT.finditer(scene.text, sentence.start, sentence.end):
        site = _site(scene, finding, match, sentence)
        if site and not _apart(scene, finding, match.start(), site):
            return site.of(scene.text).strip()
    return None


def _apart(scene: Scene, finding: Finding, at: int, site: Span) -> bool:
    """Whether a stop or another verb parts a site from the relation."""
    anchor, ends = scene.anchor(finding), [mention.end for mention in scene.ends(finding) if mention]
    if at < anchor:
        return bool(_AND_THEN.match(scene.text, site.end))
    return "," in scene.text[max([anchor, *(end for end in ends if end <= at)]) : at]


def _site(scene: Scene, finding: Finding, at: re.Match[str], sentence: Span) -> Span | None:
    """What is named after a preposition of place, unless it is the place of something else or an end of the relation."""
    if _OF_OTHERS.search(scene.text, max(sentence.start, at.start() - _LONGEST_SITE), at.start()):
        return None
    seat = _SEAT.match(scene.text, at.end(), sentence.end)
    if seat:
        return Span(*seat.span())
    for mention in scene.near(finding.sentence, at.end(), sentence.end):
        if (
            mention.start <= at.end() + _LONGEST_SITE
            and mention.kind == "name"
            and mention.entity not in (finding.subject, finding.object)
            and scene.entity(mention.entity).type in _SITES
        ):
            return None if _is_office(scene, finding, at, mention) else Span(at.end(), mention.end)
    return None


def _is_office(scene: Scene, finding: Finding, at: re.Match[str], site: Mention) -> bool:
    """Whether a place belongs to an envoy's office ("Đại sứ Pháp tại Việt Nam") or stands before its holder's name."""
    if _ENVOY.search(scene.text, max(0, at.start() - 2 * _LONGEST_SITE), at.start()):
        return True
    behind = scene.near(finding.sentence, site.end, site.end + _LONGEST_SITE)
    return bool(behind) and behind[0].start == site.end + 1 and scene.entity(behind[0].entity).type == "Person"
