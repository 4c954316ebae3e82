"""Whether a sentence says that a relation holds, that it is meant to, or that it does not."""

import re
from collections.abc import Sequence

from kg.extractors.attributes.scene import Scene
from kg.model import Finding, Mention, Modality, Span

# After these, what follows has happened or is happening, whatever was planned before.
DONE = re.compile(r"\b(?:đã|vừa|từng|đang|vừa mới|mới đây)\b")
# "giao" and "cần" plan something only as verbs with what is planned after them, not in "ngoại giao" or "giao dịch".
_NO_CUE_BEFORE = re.compile(
    r"\b(?:ngoại|bàn|chuyển|phân|trao|quyết|khẳng|hàng|trên|nhu|cuộc|bản|lời|sự|được|theo|những|các|tổng"
    r"|điều|không|cái)\s$"
)
_NO_CUE_AFTER = re.compile(
    r"\s(?:lưu|dịch|thông|thương|hữu|tranh|kích|quân|gian|chỉ|những|phận|khí|trung|thiết|Thơ|Giuộc|Vương"
    r"|lực|vụ|hưởng|nguyện|ban)\b"
)
_REMARKS = frozenset(
    (
        "praised",
        "thanked",
        "congratulated",
        "criticized",
        "requested",
        "appointed",
        "awarded",
        "prosecuted",
        "sanctioned",
    )
)
_CERTAIN = frozenset(("sẽ", "sắp", "dự kiến", "chuẩn bị", "có kế hoạch", "dự định", "định", "dọa", "đe dọa", "có thể"))
_AHEAD = re.compile(r"[^,;:.“”\"]{0,60}?\b(?:sẽ|dự kiến|sắp|sắp tới)\b")
_SCHEDULED = frozenset(("held_in", "visited", "competed_with", "met_with", "held_talks_with"))
_FAR = 80
_NEAR = 8
_DENIAL = frozenset(("bác bỏ", "phủ nhận", "bác tin"))
# These end a state; another "không" near one mostly denies what else the sentence says of its ends.
_LEAVING = frozenset(("rút khỏi", "rút lui khỏi", "sau khi rời", "không còn", "từ bỏ", "cắt đứt"))
# Aims and orders that as often lie behind what has happened; they plan only a cooperation.
_AIMS = frozenset(
    ("giao", "chỉ đạo", "quyết tâm", "mục tiêu", "tăng cường", "hy vọng", "đẩy mạnh", "thỏa thuận", "kế hoạch")
)


def read_modality(scene: Scene, finding: Finding, date: str | None) -> Modality:
    """Asserted, unless a word before the relation in its clause plans or denies it, or its `date` is still to come."""
    sentence, anchor = scene.sentence(finding), scene.anchor(finding)
    clause = scene.clause(sentence, anchor)
    object_ = scene.ends(finding)[1]
    if scene.relation(finding).state:
        return "negated" if finding.trigger and _is_over(scene, clause, finding.trigger, object_) else "asserted"
    for at in (anchor, object_.start) if object_ and anchor < object_.start else (anchor,):
        denied = last_cue(scene, scene.negated, Span(max(clause.start, at - _FAR), at))
        if denied and (at - denied.end <= _NEAR or denied.of(scene.text).casefold() in _DENIAL):
            return "negated"
    planned = last_cue(scene, scene.planned, Span(max(clause.start, anchor - _FAR), anchor))
    if planned and not DONE.search(scene.text, planned.end, anchor):
        cue = planned.of(scene.text).casefold()
        certain = cue in _CERTAIN and anchor - planned.end <= _NEAR
        aimed = cue in _AIMS and finding.relation != "cooperates_with"
        if certain if finding.relation in _REMARKS else not aimed:
            return "planned"
    if finding.relation in _SCHEDULED and _AHEAD.match(scene.text, anchor, clause.end):
        return "planned"
    today = scene.document.article.date
    if date and today and date > today and len(date) == len(today):
        return "planned"
    return "asserted"


def _is_over(scene: Scene, clause: Span, trigger: Span, object_: Mention | None) -> bool:
    """Whether one has left a state, or the words that state it are denied with their object right behind them."""
    behind = object_ is not None and trigger.end <= object_.start <= trigger.end + _NEAR
    for at in (trigger.start, object_.start) if behind and object_ else (trigger.start,):
        denied = last_cue(scene, scene.negated, Span(max(clause.start, at - _FAR), at))
        if denied and at - denied.end <= _NEAR:
            left = denied.of(scene.text).casefold() in _LEAVING
            if left or (behind and trigger.start - denied.end == 1):
                return True
    return False


def join_modalities(modalities: Sequence[Modality]) -> Modality:
    """What several sentences, the surest first, say together: what has happened is not undone by plans for more."""
    return "asserted" if "asserted" in modalities else modalities[0]


def last_cue(scene: Scene, pattern: re.Pattern[str], span: Span) -> Span | None:
    """The last cue in a span that is no part of another word ("ngoại giao")."""
    last = None
    for match in pattern.finditer(scene.text, span.start, span.end):
        before = scene.text[max(0, match.start() - 8) : match.start()]
        if not (_NO_CUE_BEFORE.search(before) or _NO_CUE_AFTER.match(scene.text, match.end())):
            last = Span(match.start(), match.end())
    return last
