"""Checkable numbers about entities: money, shares, sizes, counts, with the unit in which they are given."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import prod

from kg.annotation.units import CURRENCIES, DURATIONS, MEASURES, NOUNS, PAIRED
from kg.model import Mention, Quantity, Span, Time

_MULTIPLIERS = {"trăm": 100, "nghìn": 1000, "ngàn": 1000, "vạn": 10_000, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_FIGURE = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)"
_NUMBER = re.compile(
    rf"(?<![\w./:+-])(?<!\d,)(?P<dollar>(?:US)?\$\s?)?(?P<figure>{_FIGURE})(?:\s?[–-]\s?(?P<last>{_FIGURE})(?![-–]?\d)"
    rf"|\s(?:đến|tới)\s(?P<upto>{_FIGURE}))?"
    rf"(?P<of>/\d[\d.]*)?(?P<times>(?:\s?(?:{'|'.join(_MULTIPLIERS)})\b){{0,2}})(?![\d:]|[.,]\d)"
)
_ROUGHLY = re.compile(
    r"(?:\b(?:hơn|gần|khoảng|trên|dưới|tới|ít nhất|nhiều nhất|tối đa|tối thiểu|xấp xỉ|không dưới"
    r"|không quá|chưa đến|chưa tới|ước"
    r"|Hơn|Gần|Khoảng|Trên|Dưới|Ít nhất|Tối đa|Xấp xỉ|Không dưới)\s)+$"
)
_LONGEST_CUE = 24
# What names or orders a thing rather than counts it: "thứ 3", "lớp 12", "điều 75", "số 2", "quận 1", "iPhone 15".
_ORDINAL = re.compile(
    r"(?:\b(?:thứ|số|lớp|điều|khoản|mục|chương|hạng|top|tốp|khóa|khoá|vòng|tập|nhóm|tuổi|lúc|quận|phường"
    r"|tổ|thôn|ấp|khu|lô|quốc lộ|ql"
    r"|tỉnh lộ|đường|km|cấp|mức|trang|đợt|lần|phút|năm|tháng|ngày|mùng|giai đoạn|hiệp|bảng|ngõ|toà|tòa"
    r"|block|phiên|bản|đời|thế hệ|tiểu khu"
    r"|tuần|size|kênh|tuyến|kỳ|vùng|cửa|đội|hồi|bậc|loại|chặng|sân|tầng|cầu|hẻm|kiệt|phòng|xếp|tp|bàn"
    r"|từ điểm)\s|[^\W\d]-)$",
    re.IGNORECASE,
)
# Where the same words end another one, nothing is ordered: "cung cấp 200", "yêu cầu 3", "Nhật Bản 5".
_COUNTED = re.compile(
    r"\b(?:(?:cung|trợ|phân) cấp|nhật bản|văn bản|(?:yêu|toàn|nhu) cầu|thu hồi|(?:quân|bộ) đội|(?:dự|hải) phòng"
    r"|(?:tuyến|đoạn|quãng|con|chặng) đường)\s$",
    re.IGNORECASE,
)
_PER = re.compile(
    r"\s?/\s?(kg|người|năm|tháng|ngày|giờ|cổ phiếu|cp|thùng|m2|m²|m3|m³|tấn|lít|lượng|chỉ|vé|mùa|trận"
    r"|sản phẩm|khách hàng|quý|tuần|phút|giây"
    r"|ha|km|h|ca|suất|lượt|con|cái|chiếc)\b"
)
_EACH = re.compile(r"\smỗi (?:người|năm|tháng|ngày|giờ|phút|giây|tuần|quý|lượt|vé|trận|suất|cổ phiếu|hộ|em)\b")
_WORD = re.compile(r"\s?([^\W\d_]+(?:-[^\W\d_]+)*[²³23]?|[%$€£°º][CF]?)")
_PAIR = re.compile(
    rf"(, | và | và các )({'|'.join(sorted((w for row in PAIRED for w in row), key=len, reverse=True))})\b"
)
_JAIL = re.compile(r"\stù(?: giam| treo)?\b")
_LIST_GAP = re.compile(r"\s?(?:,|;|và|hoặc|-|–)\s?")
_LONGEST_UNIT = 5
# "5 năm" is a quantity where it lasts, not where it dates ("5 năm qua", "cách đây 5 năm").
_DATING_BEFORE = re.compile(
    r"\b(?:cách đây|cách nay|trong vòng|trong|sau|trước|cứ|mỗi|từ|kỷ niệm|qua|lúc|vào|đến"
    r"|khoảng)\s+(?:hơn |gần |khoảng |chừng )?$",
    re.IGNORECASE,
)
_DATING_AFTER = re.compile(r"\s(?:qua|tới|trước|nay|sau|liên tiếp|Ngày|trở|nữa|đầu|cuối|gần|vừa|tuổi)\b")
_YEAR = re.compile(r"(?:19|20)\d\d")
_THOUSAND, _MILLION = 1000, 10**6
_MONEY = frozenset(CURRENCIES.values())
_LASTING = frozenset(("năm", "tháng", "giây"))


@dataclass(frozen=True, slots=True)
class _Number:
    start: int
    end: int
    value: float
    scale: int
    dollar: bool
    ordered: bool


def find_quantities(
    text: str, sentences: Sequence[Span], mentions: Sequence[Mention], times: Sequence[Time]
) -> tuple[Quantity, ...]:
    """The numbers with a unit that the text states, in order; the same number of the same unit only once.

    Dates, times of day, ordinals, scores and numbers in names are none. `about` is the entity named last before the
    number in its sentence, else the first one after it, else the one named last before the sentence.

    >>> text = "Tập đoàn đầu tư hơn 1,8 tỷ USD, tạo việc làm cho 40.000 người."
    >>> [(q.text, q.value, q.unit) for q in find_quantities(text, [Span(0, len(text))], [], [])]
    [('hơn 1,8 tỷ USD', 1800000000.0, 'USD'), ('40.000 người', 40000.0, 'người')]
    """
    found: list[Quantity] = []
    seen: set[tuple[float, str]] = set()
    starts = [mention.start for mention in mentions]
    taken = sorted((time.start, time.end) for time in times)
    for sentence in sentences:
        for quantity in _quantities(text, sentence, mentions, starts, taken):
            if (quantity.value, quantity.unit) not in seen:
                seen.add((quantity.value, quantity.unit))
                found.append(quantity)
    return tuple(found)


def read_quantities(
    text: str, sentence: Span, mentions: Sequence[Mention], times: Sequence[Time]
) -> tuple[Quantity, ...]:
    """The numbers with a unit that one sentence states, in order, each as often as it is said."""
    taken = sorted((time.start, time.end) for time in times)
    return tuple(_quantities(text, sentence, mentions, [mention.start for mention in mentions], taken))


def _quantities(
    text: str, sentence: Span, mentions: Sequence[Mention], starts: list[int], taken: list[tuple[int, int]]
) -> Iterator[Quantity]:
    for number, end, unit in _measured(text, sentence, taken, mentions, starts):
        start = number.start - _length(_ROUGHLY, text, number.start, sentence.start)
        yield Quantity(
            text[start:end], number.value, unit, start, _about(number.start, sentence, mentions, starts), sentence
        )


def _length(pattern: re.Pattern[str], text: str, at: int, floor: int) -> int:
    match = pattern.search(text[max(floor, at - _LONGEST_CUE) : at])
    return len(match[0]) if match else 0


def _measured(
    text: str, sentence: Span, times: list[tuple[int, int]], mentions: Sequence[Mention], starts: list[int]
) -> Iterator[tuple[_Number, int, str]]:
    """Numbers of a sentence with the end and the name of their unit; in a list the last one's unit holds for all."""
    waiting: list[_Number] = []
    for number in _numbers(text, sentence):
        if _covered(number.start, times) or _named(number, mentions, starts):
            waiting = []
            continue
        if waiting and not _LIST_GAP.fullmatch(text, waiting[-1].end, number.start):
            yield from ((early, early.end, "đồng") for early in waiting if early.scale >= _MILLION)
            waiting = []
        end, unit = _unit(text, number, sentence.end)
        # Money and shares are nowhere numbered: "mức 5%", "hạng 2 triệu đồng".
        if number.ordered and unit.split("/")[0] not in _MONEY:
            continue
        if not unit:
            waiting.append(number)
            continue
        yield from ((replace(early, value=_scaled(early.value, number.scale)), early.end, unit) for early in waiting)
        waiting = []
        if unit not in DURATIONS or _lasts(text, number, end, unit, sentence):
            yield number, end, unit
    yield from ((early, early.end, "đồng") for early in waiting if early.scale >= _MILLION)


def _numbers(text: str, sentence: Span) -> Iterator[_Number]:
    for match in _NUMBER.finditer(text, sentence.start, sentence.end):
        if _YEAR.fullmatch(match[0]):
            continue
        ordered = _length(_ORDINAL, text, match.start(), sentence.start) > 0
        ordered = ordered and not _length(_COUNTED, text, match.start(), sentence.start)
        scale = prod(_MULTIPLIERS[word] for word in match["times"].split())
        value, last = read_number(match["figure"]), match["last"] or match["upto"]
        if match["last"] and value > read_number(match["last"]) and scale == 1:
            continue
        scaled = _scaled(value, scale) if last else float(round(value * scale, 6))
        yield _Number(match.start(), match.end(), scaled, scale, bool(match["dollar"]), ordered)


def _scaled(value: float, scale: int) -> float:
    """The value times the scale said after a later number, as in "2 đến 4 triệu", not in "200.000 đến 4 triệu"."""
    return value if value >= _THOUSAND <= scale else float(round(value * scale, 6))


def read_number(figure: str) -> float:
    """The value of digits written the Vietnamese way, or the English way where only that makes sense.

    >>> read_number("40.000"), read_number("22,5"), read_number("1.043,5"), read_number("3.5")
    (40000.0, 22.5, 1043.5, 3.5)
    """
    groups = re.split(r"[.,]", figure)
    marks = [sign for sign in figure if sign in ".,"]
    if len(set(marks)) == 2 or (len(marks) == 1 and (len(groups[-1]) != 3 or marks[0] == "," or groups[0] == "0")):
        return float("".join(groups[:-1]) + "." + groups[-1])
    return float("".join(groups))


def _unit(text: str, number: _Number, limit: int) -> tuple[int, str]:
    """Where the unit after a number ends, and its name; the number's own end and "" if there is none."""
    if number.dollar:
        return number.end, "USD"
    words: list[tuple[int, str]] = []
    at = number.end
    while len(words) < _LONGEST_UNIT and (match := _WORD.match(text, at, limit)):
        at = match.end()
        words.append((at, match[1]))
    for count in range(len(words), 0, -1):
        said, end = " ".join(word for _, word in words[:count]), words[count - 1][0]
        unit = CURRENCIES.get(said) or MEASURES.get(said) or (said if said in NOUNS or said in DURATIONS else "")
        if unit:
            return _extended(text, end, unit, limit)
    return number.end, ""


def _extended(text: str, end: int, unit: str, limit: int) -> tuple[int, str]:
    if per := _PER.match(text, end, limit):
        return per.end(), f"{unit}/{per[1]}"
    if each := _EACH.match(text, end, limit):
        return each.end(), unit + each[0]
    for row in PAIRED:
        if unit in row and (pair := _PAIR.match(text, end, limit)) and pair[2] in row:
            return pair.end(), unit + pair[1] + pair[2]
    if unit in ("năm", "tháng") and (sentence := _JAIL.match(text, end, limit)):
        return sentence.end(), f"{unit} tù"
    return end, unit


def _lasts(text: str, number: _Number, end: int, unit: str, sentence: Span) -> bool:
    if unit not in _LASTING or _DATING_AFTER.match(text, end):
        return False
    return not _length(_DATING_BEFORE, text, number.start, sentence.start)


def _covered(at: int, spans: list[tuple[int, int]]) -> bool:
    place = bisect_right(spans, (at, at + 1)) - 1
    return any(start <= at < end for start, end in spans[max(place, 0) : place + 2])


def _named(number: _Number, mentions: Sequence[Mention], starts: list[int]) -> bool:
    """Whether the number stands inside a name ("World Cup 2026", "Đường 9"), not at its head ("5 văn kiện")."""
    place = bisect_left(starts, number.start) - 1
    return place >= 0 and mentions[place].end > number.start and mentions[place].kind == "name"


def _about(at: int, sentence: Span, mentions: Sequence[Mention], starts: list[int]) -> str | None:
    place = bisect_left(starts, at)
    if place and mentions[place - 1].start >= sentence.start:
        return mentions[place - 1].entity
    if place < len(mentions) and mentions[place].start < sentence.end:
        return mentions[place].entity
    return mentions[place - 1].entity if place else None
