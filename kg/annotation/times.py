"""Times that a Vietnamese text names, resolved against the day it was published.

Words are read as points (a day, a month, a year, parts of which may be missing), neighbours are joined into ranges
("từ 24/10 đến 22/11"), then missing parts are filled in. What stays open has the value None.
"""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from kg.model import Span, Time

_D = r"(?:3[01]|[12]\d|0?[1-9])"
_M = r"(?:1[0-2]|0?[1-9])"
_Y = r"(?:1[89]|20)\d\d"
_EDGE = r"(?<![\w./,])(?<![^\W\d][-–])"
_STOP = r"(?!\d|[./,-]\d|/?[^\W\d])"
_PART = r"(?:[Rr]ạng sáng|[Ss]áng(?: sớm)?|[Tt]rưa|[Cc]hiều(?: tối)?|[Tt]ối(?: muộn)?|[Đđ]êm|[Kk]huya)"
_LATER = ("tới", "sắp tới", "tới đây", "sang năm", "năm tới", "năm sau")
_AGO = ("vừa qua", "vừa rồi", "năm ngoái", "năm trước", "năm rồi")

# "Sáng 28-6", "ngày 11-17/11", "hôm 21.6", "ngày 23/5/2025": a hyphen or a dot counts only after a word for a day.
_STRONG = re.compile(rf"\b(?:{_PART}|[Nn]gày|[Hh]ôm|[Mm]ùng|[Mm]ồng)\s(?:nay\s|qua\s|mai\s)?(?:ngày\s)?(?:mùng\s)?\(?$")
_WEAK = re.compile(
    r"(?:\b(?:[Tt]ừ|đến|tới|hết|[Vv]ào|và|nay|qua|trước|sau|nhật|trong|tuần|thứ (?:hai|ba|tư|năm|sáu|bảy)),?\s\(?|\("
    r"|[–-]\s?)$"
)
_LONGEST_CUE = 32
_NUMERIC = re.compile(
    rf"{_EDGE}(?:(?P<d0>{_D})(?:, {_D})*(?:\s?[-–,]\s?|\sđến\s(?:hết\s)?(?:ngày\s)?|\svà\s(?:ngày\s)?"
    r"|\stới\s(?:ngày\s)?))?"
    rf"(?P<d>{_D})\s?(?P<sep>[/.-])\s?(?P<m>{_M})(?:(?:(?P=sep)\s?|\snăm\s)(?P<y>{_Y})(?!\d|[./]\d)|{_STOP})"
)
_SPELT = re.compile(
    rf"{_EDGE}(?:(?P<d0>{_D})(?:\s?[-–]\s?|\svà\s|\s(?:đến|tới)\s(?:ngày\s)?))?"
    rf"(?P<d>{_D})\s+tháng\s+(?P<m>{_M})(?!\d)(?:(?:,?\s+năm\s+|[/-]|,\s*)(?P<y>{_Y}))?(?!\d|[./,]\d)"
)
# Months in words are read only with a capital ("tháng Tư"), since "ba tháng hai lần" has none.
_MONTH_WORDS = ("Giêng", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười")
_MONTH = re.compile(
    rf"(?<!\d )\b[Tt]háng\s+(?:(?:(?P<m0>{_M})\s*[-–,]\s*)?(?P<m>{_M})(?!\d|[.,]\d(?!\d\d\d)|\s*(?:ngày"
    rf"|âm lịch|tuổi|/\d\d?\D))"
    rf"|(?P<w>{'|'.join(_MONTH_WORDS)})\b(?!\s+[Mm]ột\b|\s+[Hh]ai\b))(?:(?:\s?[/.-]\s?|,?\s+năm\s+)(?P<y>{_Y})(?!\d))?"
    rf"(?:,?\s+(?P<after>{'|'.join(_LATER + _AGO)}|này|năm nay))?\b"
)
_YEAR = re.compile(
    rf"\b(?:(?:[Nn]ăm(?:\s+học)?|[Gg]iai đoạn(?:\s+[IVX\d]{{1,3}})?|[Nn]hiệm kỳ|[Mm]ùa(?:\s+giải|\s+bóng)?|[Nn]iên khóa"
    rf"|[Tt]hời kỳ|[Kk]hóa)\s+\(?(?P<y0>{_Y})(?:\s*[-–/]\s*(?P<y>{_Y}|\d\d)(?!\d))?"
    rf"|[Tt]ừ\s+(?:năm\s+)?(?P<from>{_Y})\s*(?:đến|tới|[-–])\s*(?:năm\s+)?(?P<to>{_Y}))(?![.,/-]?\d|[^\W\d])"
)
_QUARTER = re.compile(
    rf"\b[Qq]uý\s+(?P<q>IV|III|II|I|[1-4])\b(?:(?:\s*[/.-]\s*|,?\s+năm\s+)(?P<y>{_Y}|nay\b|ngoái\b))?"
)
_FIRST_MONTHS = re.compile(
    rf"(?<![\d.,])\b(?P<n>1[01]|[2-9])\s+tháng\s+(?P<which>đầu|cuối)\s+năm(?:\s+(?P<y>{_Y}|nay|ngoái))?\b"
)
_DECADE = re.compile(r"\b(?:thập niên|thập kỷ|những năm)\s+(?P<y>(?:1[89]|20)\d0)\b")

_DAYS = {"nay": 0, "qua": -1, "mai": 1, "kia": -2}
_RELATIVE_DAY = re.compile(
    rf"\b(?:(?:[Nn]gày\s)?(?:[Hh]ôm|{_PART})|[Nn]gày)\s(?P<day>nay|qua|mai|kia)\b|\b(?P<same>[Cc]ùng ngày)\b"
)
_COUNTS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7}
_DAYS_AGO = re.compile(rf"\b[Cc]ách đây (?P<n>[1-9]\d?|{'|'.join(_COUNTS)}) ngày\b")
_WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "nhật": 6}
_WEEKDAY = re.compile(
    rf"\b(?:(?:[Hh]ôm|[Nn]gày|{_PART})\s(?:[Tt]hứ\s(?P<any>[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy)|[Cc]hủ\s[Nn]hật)"
    r"|[Tt]hứ\s(?P<name>Hai|Ba|Tư|Năm|Sáu|Bảy)|Chủ\s[Nn]hật)\b(?P<after>\s(?:tuần\s)?(?:tới|sau|trước|qua|này)\b)?"
)
_NEXT = {"tới": 1, "sau": 1, "trước": -1, "qua": -1, "này": 0, "nay": 0, "ngoái": -1, "rồi": -1}
_RELATIVE = re.compile(
    r"(?<!\d )\b(?:(?P<end>[Cc]uối)\s+)?(?:(?P<unit>[Tt]uần|[Tt]háng|[Nn]ăm)\s+(?P<which>nay|này|trước"
    r"|qua|vừa qua|tới|sau|ngoái|rồi)"
    r"|(?P<next>[Ss]ang năm)(?!\s+\d))\b"
)
# "hai năm trước", "những năm qua" count years and name none.
_COUNTED = re.compile(
    r"\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|vài|mấy|nhiều|các|những|hàng|trăm|nửa|cả|từng|mỗi|ngày|sau)\s$",
    re.IGNORECASE,
)
_NEIGHBOUR = 12
_OPENING = 2
# A year that can be that of its sentence's days: not the end of a plan or a term, nor what something is compared with.
_NAMED_YEAR = re.compile(
    r"(?<!\bSN )(?<!\bsinh )(?<!\bsinh năm )(?<!\bđến )(?<!\bđến năm )(?<!\btới năm )(?<!\bso với năm )(?<!\btừ năm )"
    rf"(?<![-–] )(?<![\w.,–-])(?P<y>{_Y})(?![\w%/–-]|[.,]\d|\s[-–]\s?\d)"
)
_JOIN_RANGE = re.compile(r"\s*(?:[-–]|,?\s+(?:cho\s+|kéo dài\s+)?(?:đến|tới)(?:\s+hết)?)\s*")
_JOIN_SAME = re.compile(r"\s*[,(]?\s*(?:tức\s+|nhằm\s+)?")


@dataclass(frozen=True, slots=True)
class _Point:
    """A time as written: missing parts are None; `until` is the last point of a range; `lean` says past or future."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    until: "_Point | None" = None
    lean: int = 0
    explicit: bool = True
    unknown: bool = False
    same_day: bool = False


def find_times(text: str, date: str | None, sentences: Sequence[Span]) -> tuple[Time, ...]:
    """The times named in a text published on `date` (ISO 8601), in order, none across two sentences.

    A day or month without a year is the one nearest to `date`. Without `date` it takes the year of the next one in
    a list ("tháng 8 hoặc tháng 9/2017"), else the latest year that its sentence names ("Ngày 3/2, Cúp Mùa Xuân
    2017 …"), else that of the text's opening; and what leans on today ("hôm qua") has no value.

    >>> [time.value for time in find_times("Chiều 15/11, từ ngày 11-17/11", "2025-11-16", [Span(0, 29)])]
    ['2025-11-15', '2025-11-11/2025-11-17']
    """
    today = dt.date.fromisoformat(date) if date else None
    opening = Span(0, sentences[:_OPENING][-1].end) if sentences else Span(0, 0)
    points = _join(text, _apart(sorted(_points(text, today), key=lambda p: (p.start, -p.end))))
    times: list[Time] = []
    last_day: str | None = date
    place = 0
    for sentence in sentences:
        inside: list[_Point] = []
        while place < len(points) and points[place].start < sentence.end:
            if sentence.start <= points[place].start and points[place].end <= sentence.end:
                inside.append(points[place])
            place += 1
        named = None if today or not inside else _named_year(text, sentence) or _named_year(text, opening)
        for point, after in zip_longest(inside, inside[1:]):
            listed = after and after.start - point.end < _NEIGHBOUR and _shape(after) == _shape(point)
            year = (after.year if after and listed else None) or named
            value = last_day if point.same_day else _value(point, today, year)
            if value and len(value) == 10 and not point.same_day:
                last_day = value
            times.append(Time(point.start, point.end, value))
    return tuple(times)


def _named_year(text: str, sentence: Span) -> int | None:
    """The latest year that a sentence names otherwise than as the end of a plan, a birth or what is compared with."""
    return max((int(match["y"]) for match in _NAMED_YEAR.finditer(text, sentence.start, sentence.end)), default=None)


def _apart(points: list[_Point]) -> list[_Point]:
    kept: list[_Point] = []
    for point in points:
        if not kept or point.start >= kept[-1].end:
            kept.append(point)
    return kept


def _points(text: str, today: dt.date | None) -> Iterator[_Point]:
    yield from _numeric(text)
    for match in _SPELT.finditer(text):
        strong = _cue(_STRONG, text, match.start())
        if strong or match["y"] or _cue(_WEAK, text, match.start()):
            yield _days(match, match.start() - strong)
    yield from _months(text, today)
    yield from _years(text, today)
    yield from _relative(text, today)


def _number(value: str | None) -> int | None:
    return int(value) if value else None


def _days(match: re.Match[str], start: int) -> _Point:
    last = _Point(start, match.end(), _number(match["y"]), int(match["m"]), int(match["d"]))
    if not match["d0"] or int(match["d0"]) >= int(match["d"]):
        return last
    return replace(last, day=int(match["d0"]), until=last)


def _cue(cue: re.Pattern[str], text: str, at: int) -> int:
    """How many characters just before `at` are the cue."""
    match = cue.search(text[max(0, at - _LONGEST_CUE) : at])
    return len(match[0]) if match else 0


def _numeric(text: str) -> Iterator[_Point]:
    for match in _NUMERIC.finditer(text):
        strong = _cue(_STRONG, text, match.start())
        if strong or match["y"] or (match["sep"] == "/" and _cue(_WEAK, text, match.start())):
            yield _days(match, match.start() - strong)


def _months(text: str, today: dt.date | None) -> Iterator[_Point]:
    for match in _MONTH.finditer(text):
        month = int(match["m"]) if match["m"] else _MONTH_WORDS.index(match["w"]) + 1
        after = match["after"] or ""
        lean = 1 if after in _LATER else -1 if after in _AGO else 0
        year = _number(match["y"]) or (today.year + lean if today and "năm" in after else None)
        last = _Point(match.start(), match.end(), year, month, lean=lean)
        first = _number(match["m0"])
        yield replace(last, month=first, until=last) if first and first < month else last


def _years(text: str, today: dt.date | None) -> Iterator[_Point]:
    for match in _YEAR.finditer(text):
        first, end = int(match["y0"] or match["from"]), match["y"] or match["to"]
        point = _Point(match.start(), match.end(), first)
        if end:
            last = int(end) if len(end) == 4 else first // 100 * 100 + int(end)
            if first < last <= first + 100:
                point = replace(point, until=_Point(match.start(), match.end(), last))
        yield point
    for match in _QUARTER.finditer(text):
        quarter = {"I": 1, "II": 2, "III": 3, "IV": 4}.get(match["q"]) or int(match["q"])
        yield _span_of_months(match, 3 * quarter - 2, 3 * quarter, today)
    for match in _FIRST_MONTHS.finditer(text):
        count = int(match["n"])
        yield _span_of_months(match, *((1, count) if match["which"] == "đầu" else (13 - count, 12)), today)
    for match in _DECADE.finditer(text):
        first = int(match["y"])
        yield _Point(match.start(), match.end(), first, until=_Point(match.start(), match.end(), first + 9))


def _span_of_months(match: re.Match[str], first: int, last: int, today: dt.date | None) -> _Point:
    said = match["y"]
    year = int(said) if said and said.isdigit() else today.year - (said == "ngoái") if today else None
    until = _Point(match.start(), match.end(), year, last)
    return replace(until, month=first, until=until, explicit=bool(said and said.isdigit()), unknown=year is None)


def _relative(text: str, today: dt.date | None) -> Iterator[_Point]:
    for match in _RELATIVE_DAY.finditer(text):
        if match["same"]:
            yield _Point(match.start(), match.end(), same_day=True, explicit=False)
        else:
            offset = 2 if match[0].casefold() == "ngày kia" else _DAYS[match["day"].casefold()]
            yield _on(match, today and today + dt.timedelta(days=offset))
    for match in _DAYS_AGO.finditer(text):
        count = _COUNTS.get(match["n"]) or int(match["n"])
        yield _on(match, today and today - dt.timedelta(days=count))
    for match in _WEEKDAY.finditer(text):
        weekday = _WEEKDAYS[(match["any"] or match["name"] or "nhật").casefold()]
        yield _on(match, today and _weekday(today, weekday, (match["after"] or "").strip()))
    for match in _RELATIVE.finditer(text):
        if not _COUNTED.search(text, max(0, match.start() - 12), match.start()):
            yield _period(match, today)


def _on(match: re.Match[str], day: dt.date | None) -> _Point:
    if day is None:
        return _Point(match.start(), match.end(), explicit=False, unknown=True)
    return _Point(match.start(), match.end(), day.year, day.month, day.day, explicit=False)


def _weekday(today: dt.date, weekday: int, after: str) -> dt.date:
    """The weekday of the week named, or without such a word the last one up to today."""
    back = dt.timedelta(days=(today.weekday() - weekday) % 7)
    if after.startswith("tuần"):
        return today + dt.timedelta(days=7 * _NEXT[after.split()[-1]] + weekday - today.weekday())
    if after in ("tới", "sau"):
        return today - back + dt.timedelta(days=7)
    return today - back


def _period(match: re.Match[str], today: dt.date | None) -> _Point:
    if today is None:
        return _Point(match.start(), match.end(), explicit=False, unknown=True)
    unit = "năm" if match["next"] else match["unit"].casefold()
    step = 1 if match["next"] else _NEXT[match["which"].split()[-1]]
    if unit == "năm":
        return _Point(match.start(), match.end(), today.year + step, explicit=False)
    if unit == "tháng":
        month = today.year * 12 + today.month - 1 + step
        return _Point(match.start(), match.end(), month // 12, month % 12 + 1, explicit=False)
    monday = today - dt.timedelta(days=today.weekday()) + dt.timedelta(days=7 * step)
    first = monday + dt.timedelta(days=5) if match["end"] else monday
    last = _on(match, monday + dt.timedelta(days=6))
    return replace(_on(match, first), until=last)


def _join(text: str, points: list[_Point]) -> list[_Point]:
    """Neighbours that are the two ends of a range become one, and so do two names of one day ("thứ Hai (22/5)")."""
    joined: list[_Point] = []
    for point in points:
        last = joined[-1] if joined else None
        between = text[last.end : point.start] if last and point.start - last.end < 16 else None
        if last is None or between is None or last.until or point.until:
            joined.append(point)
        elif not last.explicit and point.explicit and point.day and _JOIN_SAME.fullmatch(between):
            joined[-1] = replace(point, start=last.start)
        elif _shape(last) == _shape(point) and _JOIN_RANGE.fullmatch(between) and not last.same_day:
            joined[-1] = replace(last, end=point.end, until=point)
        else:
            joined.append(point)
    return joined


def _shape(point: _Point) -> tuple[bool, bool]:
    return point.month is not None, point.day is not None


def _value(point: _Point, today: dt.date | None, year: int | None) -> str | None:
    if point.unknown:
        return None
    if point.until is None:
        return _iso(_filled(point, today, year))
    last = _filled(point.until, today, year)
    first = point
    if point.year is None and last.year:
        wraps = (point.month or 0, point.day or 0) > (last.month or 0, last.day or 0)
        first = replace(point, year=last.year - wraps)
    start, end = _iso(_filled(first, today, year)), _iso(last)
    return f"{start}/{end}" if start and end and start < end else None


def _filled(point: _Point, today: dt.date | None, year: int | None) -> _Point:
    """The point with a year: its own, else the nearest one to today, else the one given."""
    if point.year or point.month is None:
        return point
    if today is None:
        return replace(point, year=year)
    candidates = [
        (_distance(dt.date(y, point.month, min(point.day or 15, 28)), today), y)
        for y in (today.year - 1, today.year, today.year + 1)
    ]
    if point.lean:
        here = (point.month, point.day or 31) if point.lean > 0 else (point.month, point.day or 0)
        now = (today.month, today.day)
        year = today.year + (point.lean > 0 and here < now) - (point.lean < 0 and here > now)
        return replace(point, year=year)
    return replace(point, year=min(candidates)[1])


def _distance(day: dt.date, today: dt.date) -> int:
    """Days between the two; news looks back more than ahead, so a day to come counts thrice."""
    return (today - day).days if day <= today else 3 * (day - today).days


def _iso(point: _Point) -> str | None:
    if not point.year:
        return None
    if not point.month:
        return f"{point.year:04}"
    if not point.day:
        return f"{point.year:04}-{point.month:02}"
    if point.day > monthrange(point.year, point.month)[1]:
        return None
    return f"{point.year:04}-{point.month:02}-{point.day:02}"
