"""The day, month or year that a text gives for an event."""

import re

from kg.extractors.attributes.scene import Scene
from kg.extractors.attributes.usable_times import AT_EVENTS, DAY, ONE_EVENT, PAPERS, YEAR, usable_times
from kg.model import Finding, Span, Time

# Lasting efforts and states, which a time in the sentence seldom dates.
LASTING = frozenset(("owns", "operates_in", "cooperates_with", "invests_in", "builds", "has_partnership_with"))
_ISSUING = frozenset(("implements", "signed"))
# What is done by saying it is done on the day of the saying.
_SAYING = frozenset(("requested", "praised", "criticized", "thanked", "congratulated"))
_CARRYING = re.compile(
    r"(?:Cũng t|T|Phát biểu t|Tham dự t|Có mặt t)ại (?:đây|buổi|lễ|Lễ|hội|Hội|sự kiện|chương trình|giải"
    r"|cuộc|phiên|diễn đàn|đại hội)\b"
    r"|Phát biểu|Dịp này|Nhân dịp này|Tham dự|Đến dự|Cùng dự|Kết quả|Kết thúc|Trong buổi|Trong cuộc"
)
_BEGINNING = frozenset(("holds_position", "affiliated_with", "family_of"))
_BECOMING = re.compile(
    r"\b(?:bầu|bổ nhiệm|chỉ định|trở thành|lên làm|làm|giữ|giảng dạy|tham gia|gia nhập|kết hôn|cưới|công tác|tốt nghiệp"
    r"|đầu quân|chuyển|về)\b"
)
_MARRYING = re.compile(r"\b(?:kết hôn|cưới|thành hôn|về chung nhà|lập gia đình|nên duyên)\b")
_LONGEST_LEAD = 16
_FARTHEST_BACK = 8
_CLOSE = 10
_LONGEST_LEAP = 160
_LONGEST_OPENING = 70


def date_finding(scene: Scene, finding: Finding) -> str | None:
    """The value of the time that goes with a relation: the one in its own clause, else the sentence's opening one."""
    if scene.relation(finding).state:
        return _begun(scene, finding)
    if finding.relation in LASTING:
        opening = _opening(scene, finding)
        return opening.value if opening and not _is_told(scene, finding, opening) else None
    named = _named_date(scene, finding)
    if named and len(named) > YEAR:
        return named
    return _told_date(scene, finding) or named


def _told_date(scene: Scene, finding: Finding) -> str | None:
    """The time in the clause, else the one that opens the sentence, else that of an event which goes on."""
    sentence, anchor = scene.sentence(finding), scene.anchor(finding)
    times = usable_times(scene, finding)
    clause = scene.clause(sentence, anchor)
    inside = [time for time in times if clause.covers(Span(time.start, time.end))]
    object_ = scene.ends(finding)[1]
    beside = [time for time in inside if object_ and object_.end <= time.start <= object_.end + _CLOSE]
    before = [time for time in inside if time.end <= anchor and not _is_told(scene, finding, time)]
    after = [time for time in inside if time.start >= anchor and time.start - anchor < _LONGEST_LEAP]
    opening = [
        time for time in times if time.start - sentence.start < _LONGEST_OPENING and not _is_told(scene, finding, time)
    ]
    days = [time for time in times if time.value and len(time.value) == DAY]
    said = days if finding.relation in _SAYING and len(times) == 1 else []
    for chosen in (beside[:1], before[-1:], after[:1], opening[:1], said):
        if chosen:
            return chosen[0].value
    return _carried(scene, finding) if _CARRYING.match(scene.text, sentence.start, sentence.end) else None


def _is_told(scene: Scene, finding: Finding, time: Time) -> bool:
    """Whether the time is that of somebody's telling of the relation: "Ngày 14/11, ông cho biết hai bên đã ký"."""
    return finding.relation not in _SAYING and bool(scene.telling.search(scene.text, time.end, scene.anchor(finding)))


def _opening(scene: Scene, finding: Finding) -> Time | None:
    """The time that opens the sentence, if the relation is stated in the clause that it opens."""
    sentence, anchor = scene.sentence(finding), scene.anchor(finding)
    for time in usable_times(scene, finding, lasting=True)[:1]:
        near = time.start - sentence.start <= _LONGEST_LEAD and time == scene.times[finding.sentence][0]
        if near and scene.clause(sentence, time.end).covers(Span(anchor, anchor)):
            return time
    return None


def _begun(scene: Scene, finding: Finding) -> str | None:
    """The time at which a state has begun or ended, if a verb says that it did: "Năm 1992, ông được bầu làm …".

    That is a month or a year that opens the sentence, since the day is that of the news; a marriage has any time.
    """
    if finding.relation not in _BEGINNING:
        return None
    sentence, anchor = scene.sentence(finding), scene.anchor(finding)
    opening = _opening(scene, finding)
    if opening and opening.end < anchor and _BECOMING.search(scene.text, opening.end, anchor):
        return opening.value if opening.value and len(opening.value) < DAY else None
    clause = scene.clause(sentence, anchor)
    if finding.relation == "family_of" and _MARRYING.search(scene.text, clause.start, clause.end):
        inside = [time for time in usable_times(scene, finding) if clause.covers(Span(time.start, time.end))]
        return inside[0].value if inside else None
    return None


def _named_date(scene: Scene, finding: Finding) -> str | None:
    """The date in an event's own name ("họp báo chiều 1/10") or right behind a paper's ("Chỉ thị 05 ngày 6/2/2017")."""
    for end in scene.ends(finding):
        if end is None:
            continue
        type_ = scene.entity(end.entity).type
        for time in scene.times[finding.sentence]:
            inside = type_ == "Event" and finding.relation in AT_EVENTS and end.start <= time.start < end.end
            behind = type_ in PAPERS and finding.relation in _ISSUING and end.end <= time.start <= end.end + 3
            if (inside or behind) and time.value and len(time.value) in ONE_EVENT:
                return time.value
    return None


def _carried(scene: Scene, finding: Finding) -> str | None:
    """The day that a sentence not far before names, for one that goes on at the same event ("Tại buổi lễ, …")."""
    for place in range(finding.sentence - 1, max(-1, finding.sentence - _FARTHEST_BACK), -1):
        for time in reversed(scene.times[place]):
            if time.value and len(time.value) == DAY:
                return time.value
    return None
