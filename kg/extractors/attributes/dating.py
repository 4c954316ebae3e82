"""The day, month or year that a text gives for an event."""

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extractors.attributes.scene import Scene
from kg.model import Document, Finding, Span, Statement, Time

# What happens at a named event happens when the event does.
_AT_EVENTS = frozenset(("attended", "organized", "held_in"))
# Times that date something else: a birth, a comparison, a term of office, a founding remembered.
_ELSEWHERE = re.compile(
    r"(?:\b(?:sinh|SN|so với(?: cùng kỳ)?|kể từ|tính đến|tính từ|nhiệm kỳ|kỷ niệm|khóa|trước|cho đến"
    r"|đến hết|sau)\s|\()$"
)
_PAPERS = frozenset(("Agreement", "Initiative"))
_ISSUING = frozenset(("implements", "signed"))
_CARRYING = re.compile(
    r"(?:Cũng t|T|Phát biểu t|Tham dự t|Có mặt t)ại (?:đây|buổi|lễ|Lễ|hội|Hội|sự kiện|chương trình|giải"
    r"|cuộc|phiên|diễn đàn|đại hội)\b"
    r"|Phát biểu|Dịp này|Nhân dịp này|Tham dự|Đến dự|Cùng dự|Kết quả|Kết thúc|Trong buổi|Trong cuộc"
)
# States and lasting efforts, which a time in the sentence seldom dates.
_LASTING = frozenset(
    ("owns", "operates_in", "cooperates_with", "invests_in", "builds", "exports_to", "has_partnership_with")
)
# How long the values are that date one event: a year, a month, a day, a range of days.
_PLAIN = (4, 7, 10, 21)
_YEAR, _DAY, _RANGE = _PLAIN[0], _PLAIN[2], _PLAIN[3]
_DIGIT = re.compile(r"\d")
_LONGEST_LEAD = 16
_BEGINNING = frozenset(("holds_position", "affiliated_with", "family_of"))
_BECOMING = re.compile(
    r"\b(?:bầu|bổ nhiệm|chỉ định|trở thành|lên làm|làm|giữ|giảng dạy|tham gia|gia nhập|kết hôn|cưới|công tác|tốt nghiệp"
    r"|đầu quân|chuyển|về)\b"
)
_FARTHEST_BACK = 8
_CLOSE = 10
_LONGEST_LEAP = 160
_LONGEST_OPENING = 40


def date_finding(scene: Scene, finding: Finding) -> str | None:
    """The value of the time that goes with a relation: the one in its own clause, else the sentence's opening one."""
    lasting = scene.relation(finding).state or finding.relation in _LASTING
    if lasting:
        return _opening_date(scene, finding)
    named = _named_date(scene, finding)
    if named and len(named) > _YEAR:
        return named
    return _told_date(scene, finding) or named


def _told_date(scene: Scene, finding: Finding) -> str | None:
    """The time in the clause, else the one that opens the sentence, else that of an event which goes on."""
    sentence, anchor = scene.sentence(finding), scene.anchor(finding)
    times = [time for time in scene.times[finding.sentence] if _usable(scene, finding, time)]
    clause = scene.clause(sentence, anchor)
    inside = [time for time in times if clause.covers(Span(time.start, time.end))]
    object_ = scene.ends(finding)[1]
    beside = [time for time in inside if object_ and object_.end <= time.start <= object_.end + _CLOSE]
    before = [time for time in inside if time.end <= anchor and not scene.speech.search(scene.text, time.end, anchor)]
    after = [time for time in inside if time.start >= anchor and time.start - anchor < _LONGEST_LEAP]
    opening = [
        time
        for time in times
        if time.start - sentence.start < _LONGEST_OPENING and not scene.speech.search(scene.text, time.end, anchor)
    ]
    for chosen in (beside[:1], before[-1:], after[:1], opening[:1]):
        if chosen:
            return chosen[0].value
    return _carried(scene, finding) if _CARRYING.match(scene.text, sentence.start, sentence.end) else None


def _opening_date(scene: Scene, finding: Finding) -> str | None:
    """The time that opens the sentence and dates lasting things too: "Năm 1992, ông được bầu làm …".

    A state has begun or ended then only if a verb says so, and is dated by a month or a year: the day is that of the
    news.
    """
    sentence, anchor = scene.sentence(finding), scene.anchor(finding)
    state = scene.relation(finding).state
    if state and finding.relation not in _BEGINNING:
        return None
    for time in scene.times[finding.sentence][:1]:
        near = time.start - sentence.start <= _LONGEST_LEAD and _usable(scene, finding, time)
        together = scene.clause(sentence, time.end).covers(Span(anchor, anchor))
        begins = not state or (time.end < anchor and _BECOMING.search(scene.text, time.end, anchor))
        if near and together and begins and time.value and (not state or len(time.value) < _DAY):
            return time.value
    return None


def _named_date(scene: Scene, finding: Finding) -> str | None:
    """The date in an event's own name ("họp báo chiều 1/10") or right behind a paper's ("Chỉ thị 05 ngày 6/2/2017")."""
    for end in scene.ends(finding):
        if end is None:
            continue
        type_ = scene.entity(end.entity).type
        for time in scene.times[finding.sentence]:
            inside = type_ == "Event" and finding.relation in _AT_EVENTS and end.start <= time.start < end.end
            behind = type_ in _PAPERS and finding.relation in _ISSUING and end.end <= time.start <= end.end + 3
            if (inside or behind) and time.value and len(time.value) in _PLAIN:
                return time.value
    return None


def _carried(scene: Scene, finding: Finding) -> str | None:
    """The day that a sentence not far before names, for one that goes on at the same event ("Tại buổi lễ, …")."""
    for place in range(finding.sentence - 1, max(-1, finding.sentence - _FARTHEST_BACK), -1):
        for time in reversed(scene.times[place]):
            if time.value and len(time.value) == 10:
                return time.value
    return None


def dates_elsewhere(scene: Scene, time: Time, place: int) -> bool:
    """Whether a time of a sentence is part of a name or a paper's own, or said of something else (a birth, a term)."""
    sentence = scene.document.sentences[place]
    if _ELSEWHERE.search(scene.text, max(sentence.start, time.start - 24), time.start):
        return True
    for mention in scene.near(place, time.start - _LONGEST_LEAP, time.end + _LONGEST_LEAP):
        if mention.start <= time.start < mention.end:
            return True
        if mention.end <= time.start <= mention.end + 3 and scene.entity(mention.entity).type in _PAPERS:
            return True
    return False


def _usable(scene: Scene, finding: Finding, time: Time) -> bool:
    """Whether a time can date the relation: resolved and not said of something else."""
    if time.value is None or dates_elsewhere(scene, time, finding.sentence):
        return False
    week = len(time.value) == _RANGE and not _DIGIT.search(scene.text, time.start, time.end)
    return len(time.value) in _PLAIN and not week and not (len(time.value) == 4 and finding.relation in _AT_EVENTS)


def share_dates(document: Document, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, where those about one event that lack a date have the one date that others give it."""
    dates: dict[str, set[str]] = {}
    for one in statements:
        if one.relation in _AT_EVENTS and one.date:
            dates.setdefault(_event(one), set()).add(one.date)
    known = {event: date for event, found in dates.items() if (date := _finest(found))}
    return tuple(
        replace(one, date=known[_event(one)])
        if one.relation in _AT_EVENTS and _event(one) in known and known[_event(one)].startswith(one.date or "")
        else one
        for one in statements
    )


def _finest(dates: set[str]) -> str | None:
    """The date that all others are parts of: the day among its month and year."""
    finest = max(dates, key=len)
    return finest if all(finest.startswith(date) for date in dates) else None


def _event(statement: Statement) -> str:
    return statement.subject if statement.relation == "held_in" else statement.object
