"""Where, in what field, in what role, at what level, on what occasion."""

import re

from kg.extractors.attributes.scene import Scene
from kg.extractors.attributes.sites import read_site
from kg.model import Finding

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


def read_qualifiers(scene: Scene, finding: Finding) -> dict[str, str]:
    """The qualifiers that the sentence states of the relation, by name."""
    found = {}
    sentence = scene.sentence(finding)
    if place := read_site(scene, finding):
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
