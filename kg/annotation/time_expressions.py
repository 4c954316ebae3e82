"""The words of a Vietnamese text that name times, as written: nothing is resolved, what they leave out is None.

Each form ("ngày 11-17/11", "quý III", "tuần tới") is a row of `_FORMS`: its pattern, and the reader of what matches.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from kg.annotation import time_patterns as patterns
from kg.model import Span


@dataclass(frozen=True, slots=True)
class FromToday:
    """A time counted from the article's day, `steps` units later, or earlier where negative.

    "weekday" counts from the last such day up to today; a "week" or "weekday" has its first and last day (0: Monday).
    """

    unit: Literal["day", "weekday", "week", "month", "year"]
    steps: int
    days: tuple[int, int] = (0, 6)


@dataclass(frozen=True, slots=True)
class Expression:
    """Words that name a time: a day, a month or a year; a range, where `until` is its last point.

    `from_today` says what the article's day adds, and without `explicit` there is no value but by it. `lean` is 1 for
    what is to come, -1 for what has been. `same_day` is the day that the text named last.
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    until: "Expression | None" = None
    from_today: FromToday | None = None
    lean: int = 0
    explicit: bool = True
    same_day: bool = False

    @property
    def shape(self) -> tuple[bool, bool]:
        """Whether a month and whether a day is known."""
        return self.month is not None, self.day is not None


def read_expressions(text: str) -> list[Expression]:
    """All expressions of time in order, none over another: the first, and the longest of those that start with it.

    >>> [(found.day, found.month) for found in read_expressions("Chiều 15/11, bão vào bờ từ đêm 9 tháng 8.")]
    [(15, 11), (9, 8)]
    """
    found = (read(match) for pattern, read in _FORMS for match in pattern.finditer(text))
    kept: list[Expression] = []
    for expression in sorted(filter(None, found), key=lambda e: (e.start, -e.end)):
        if not kept or expression.start >= kept[-1].end:
            kept.append(expression)
    return kept


def latest_year(text: str, span: Span) -> int | None:
    """The latest year that a stretch names otherwise than as the end of a plan, a birth or what is compared with."""
    return max((int(match["y"]) for match in patterns.NAMED_YEAR.finditer(text, span.start, span.end)), default=None)


def _day_in_figures(match: re.Match[str]) -> Expression | None:
    return _days(match, weak=match["sep"] == "/")


def _day_in_words(match: re.Match[str]) -> Expression | None:
    return _days(match, weak=True)


def _days(match: re.Match[str], *, weak: bool) -> Expression | None:
    """One day or several of a month, if a year or the words before prove it: `weak` says any of them will do."""
    before = match.string[max(0, match.start() - patterns.LONGEST_WORD_BEFORE) : match.start()]
    word = patterns.WORD_FOR_A_DAY.search(before)
    if not (word or match["y"] or (weak and patterns.WORD_BEFORE_A_DAY.search(before))):
        return None
    start = match.start() - (len(word[0]) if word else 0)
    last = Expression(start, match.end(), _number(match["y"]), int(match["m"]), int(match["d"]))
    first = _number(match["d0"])
    return replace(last, day=first, until=last) if first and first < int(match["d"]) else last


def _month_of_year(match: re.Match[str]) -> Expression:
    month = int(match["m"]) if match["m"] else patterns.MONTHS.index(match["w"]) + 1
    after, year = match["after"] or "", _number(match["y"])
    lean = 1 if after in patterns.TO_COME else -1 if after in patterns.GONE_BY else 0
    from_today = FromToday("year", lean) if "năm" in after and year is None else None
    last = Expression(match.start(), match.end(), year, month, from_today=from_today, lean=lean)
    first = _number(match["m0"])
    return replace(last, month=first, until=last) if first and first < month else last


def _one_year_or_more(match: re.Match[str]) -> Expression:
    first, end = int(match["y0"] or match["from"]), match["y"] or match["to"]
    last = first if not end else int(end) if len(end) == 4 else first // 100 * 100 + int(end)
    return _years(match, first, last if last <= first + 100 else first)


def _decade(match: re.Match[str]) -> Expression:
    return _years(match, int(match["y"]), int(match["y"]) + 9)


def _years(match: re.Match[str], first: int, last: int) -> Expression:
    year = Expression(match.start(), match.end(), first)
    return replace(year, until=replace(year, year=last)) if first < last else year


def _quarter(match: re.Match[str]) -> Expression:
    last = 3 * (patterns.QUARTERS.get(match["q"]) or int(match["q"]))
    return _months(match, last - 2, last)


def _first_or_last_months(match: re.Match[str]) -> Expression:
    count = int(match["n"])
    return _months(match, 1, count) if match["which"] == "đầu" else _months(match, 13 - count, 12)


def _months(match: re.Match[str], first: int, last: int) -> Expression:
    """Months of the year that is said, else of the article's."""
    year = int(match["y"]) if match["y"] and match["y"].isdigit() else None
    from_today = FromToday("year", -1 if match["y"] == "ngoái" else 0) if year is None else None
    until = Expression(match.start(), match.end(), year, last)
    return replace(until, month=first, until=until, from_today=from_today, explicit=year is not None)


def _day_near_today(match: re.Match[str]) -> Expression:
    if match["same"]:
        return Expression(match.start(), match.end(), explicit=False, same_day=True)
    return _near(match, FromToday("day", 2 if match[0].casefold() == "ngày kia" else patterns.DAY_STEPS[match["day"]]))


def _days_ago(match: re.Match[str]) -> Expression:
    return _near(match, FromToday("day", -(patterns.COUNTS.get(match["n"]) or int(match["n"]))))


def _weekday(match: re.Match[str]) -> Expression:
    day = patterns.WEEKDAYS[(match["any"] or match["name"] or "nhật").casefold()]
    after = (match["after"] or "").split()
    if after[:1] == ["tuần"]:
        return _near(match, FromToday("week", patterns.STEPS[after[-1]], (day, day)))
    return _near(match, FromToday("weekday", 1 if after in (["tới"], ["sau"]) else 0, (day, day)))


def _period_near_today(match: re.Match[str]) -> Expression | None:
    if patterns.COUNTED.search(match.string, max(0, match.start() - patterns.LONGEST_COUNT), match.start()):
        return None
    if match["next"]:
        return _near(match, FromToday("year", 1))
    steps, unit = patterns.STEPS[match["which"].split()[-1]], match["unit"].casefold()
    if unit == "tuần":
        return _near(match, FromToday("week", steps, (5, 6) if match["end"] else (0, 6)))
    return _near(match, FromToday("month" if unit == "tháng" else "year", steps))


def _near(match: re.Match[str], from_today: FromToday) -> Expression:
    return Expression(match.start(), match.end(), from_today=from_today, explicit=False)


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


# Of two that read the same words, the first counts.
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Expression | None]], ...] = (
    (patterns.DAY_IN_FIGURES, _day_in_figures),
    (patterns.DAY_IN_WORDS, _day_in_words),
    (patterns.MONTH_OF_YEAR, _month_of_year),
    (patterns.ONE_YEAR_OR_MORE, _one_year_or_more),
    (patterns.QUARTER, _quarter),
    (patterns.FIRST_OR_LAST_MONTHS, _first_or_last_months),
    (patterns.DECADE, _decade),
    (patterns.DAY_NEAR_TODAY, _day_near_today),
    (patterns.DAYS_AGO, _days_ago),
    (patterns.WEEKDAY, _weekday),
    (patterns.PERIOD_NEAR_TODAY, _period_near_today),
)
