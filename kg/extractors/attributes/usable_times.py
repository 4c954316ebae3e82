"""Which of a text's times can date what a relation says."""

import re

from kg.extractors.attributes.scene import Scene
from kg.model import Finding, Time

# What happens at a named event happens when the event does.
AT_EVENTS = frozenset(("attended", "organized", "held_in"))
# Entities that carry the date of their issue behind their name.
PAPERS = frozenset(("Agreement", "Initiative"))
# How long values are in ISO 8601, and which of them date one event or a lasting effort.
YEAR, MONTH, YEARS, DAY, MONTHS, DAYS = 4, 7, 9, 10, 15, 21
ONE_EVENT = frozenset((YEAR, MONTH, DAY, DAYS))
_AN_EFFORT = ONE_EVENT | {YEARS, MONTHS}

# Times that date something else: a birth, a comparison, a term of office, a founding remembered.
_ELSEWHERE = re.compile(
    r"(?:\b(?:sinh|SN|so với(?: cùng kỳ)?|kể từ|tính đến|tính từ|nhiệm kỳ|kỷ niệm|khóa|cho đến"
    r"|trước(?: \d\d?(?:h|g| giờ)\d*)?,?|đến hết|sau)\s|\()$"
)
_LONGEST_CUE = 24
# "tại kỳ họp ngày 23/4": the name of an event says when, if the sentence places something there.
_PLACED = re.compile(r"\b(?:[Tt]ại|[Tt]rong|[Ởở]|[Ss]au|[Qq]ua)\s$")
# "tháng 2 hàng năm", "các năm 1981, 1983": more than one time.
_YEARLY = re.compile(r"\s(?:hàng|hằng|mỗi) năm\b")
_SEVERAL = re.compile(r"\b(?:các|những|nhiều)\s$")
_DIGIT = re.compile(r"\d")
_LONGEST_NAME = 60
_NEAR = 16


def usable_times(scene: Scene, finding: Finding, *, lasting: bool = False) -> list[Time]:
    """The times of a relation's sentence that can date it, in order; what lasts may also be dated by spans of years.

    A year alone dates taking part in an event only if it is past: the one running is told with every season and plan.
    """
    lengths = _AN_EFFORT if lasting else ONE_EVENT
    return [
        time
        for time in scene.times[finding.sentence]
        if time.value
        and len(time.value) in lengths
        and not (len(time.value) == DAYS and _is_week(scene, time))
        and not (len(time.value) == YEAR and finding.relation in AT_EVENTS and not _is_past(scene, time.value))
        and not dates_elsewhere(scene, time, finding.sentence)
    ]


def dates_elsewhere(scene: Scene, time: Time, place: int) -> bool:
    """Whether a time of a sentence is part of a name or a paper's own, or said of something else (a birth, a term)."""
    text, sentence = scene.text, scene.document.sentences[place]
    cue = _ELSEWHERE.search(text, max(sentence.start, time.start - _LONGEST_CUE), time.start)
    if (cue and not _is_bracketed_day(scene, time)) or _is_repeated(scene, time):
        return True
    for mention in scene.near(place, time.start - _LONGEST_NAME, time.end + _NEAR):
        type_ = scene.entity(mention.entity).type
        if mention.start <= time.start < mention.end:
            placed = _PLACED.search(text, max(sentence.start, mention.start - _NEAR), mention.start)
            return not (type_ == "Event" and placed)
        if mention.end <= time.start <= mention.end + 3 and type_ in PAPERS:
            return True
    return False


def _is_bracketed_day(scene: Scene, time: Time) -> bool:
    """Whether the time is a day alone in brackets: "gặp đội Biển Xanh (4/6)"."""
    around = scene.text[time.start - 1 : time.start] + scene.text[time.end : time.end + 1]
    return around == "()" and time.value is not None and len(time.value) == DAY


def _is_repeated(scene: Scene, time: Time) -> bool:
    """Whether the words name one of several times."""
    yearly = _YEARLY.match(scene.text, time.end)
    return bool(yearly or _SEVERAL.search(scene.text, max(0, time.start - _LONGEST_CUE), time.start))


def _is_week(scene: Scene, time: Time) -> bool:
    """Whether a range of days is only a week spoken of ("tuần tới"), which says too little to be a date."""
    return not _DIGIT.search(scene.text, time.start, time.end)


def _is_past(scene: Scene, year: str) -> bool:
    today = scene.document.article.date
    return today is not None and year < today[:YEAR]
