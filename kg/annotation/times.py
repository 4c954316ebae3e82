"""Times that a Vietnamese text names, resolved against the day it was published.

Expressions get what that day gives them ("hôm qua"), neighbours are joined into ranges ("từ 24/10 đến 22/11"), then
missing years are filled in. What stays open has the value None.
"""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from kg.annotation.time_expressions import Expression, FromToday, latest_year, read_expressions
from kg.model import Span, Time

_OPENING = 2
_NEIGHBOUR = 12
_LONGEST_JOINT = 16
_JOIN_RANGE = re.compile(r"\s*(?:[-–]|,?\s+(?:cho\s+|kéo dài\s+)?(?:đến|tới)(?:\s+hết)?)\s*")
_JOIN_SAME = re.compile(r"\s*[,(]?\s*(?:tức\s+|nhằm\s+)?")


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
    found = read_expressions(text)
    expressions = _join(text, [_placed(expression, today) for expression in found] if today else found)
    times: list[Time] = []
    last_day: str | None = date
    place = 0
    for sentence in sentences:
        inside: list[Expression] = []
        while place < len(expressions) and expressions[place].start < sentence.end:
            if sentence.start <= expressions[place].start and expressions[place].end <= sentence.end:
                inside.append(expressions[place])
            place += 1
        named = None if today or not inside else latest_year(text, sentence) or latest_year(text, opening)
        for expression, after in zip_longest(inside, inside[1:]):
            listed = after and after.start - expression.end < _NEIGHBOUR and after.shape == expression.shape
            year = (after.year if after and listed else None) or named
            value = last_day if expression.same_day else _value(expression, today, year)
            if value and len(value) == 10 and not expression.same_day:
                last_day = value
            times.append(Time(expression.start, expression.end, value))
    return tuple(times)


def _placed(expression: Expression, today: dt.date) -> Expression:
    """The expression with what is counted from today worked out."""
    match expression.from_today:
        case None:
            return expression
        case FromToday("year", steps):
            year = today.year + steps
            return replace(expression, year=year, until=expression.until and replace(expression.until, year=year))
        case FromToday("month", steps):
            month = today.year * 12 + today.month - 1 + steps
            return replace(expression, year=month // 12, month=month % 12 + 1)
        case from_today:
            first, last = _days(from_today, today)
            until = None if first == last else _on(expression, last)
            return replace(_on(expression, first), until=until)


def _days(from_today: FromToday, today: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day of a day, a weekday, or a week or its part."""
    first, last = from_today.days
    if from_today.unit == "week":
        monday = today + dt.timedelta(weeks=from_today.steps, days=-today.weekday())
        return monday + dt.timedelta(days=first), monday + dt.timedelta(days=last)
    if from_today.unit == "weekday":
        day = today + dt.timedelta(weeks=from_today.steps, days=-((today.weekday() - first) % 7))
    else:
        day = today + dt.timedelta(days=from_today.steps)
    return day, day


def _on(expression: Expression, day: dt.date) -> Expression:
    return replace(expression, year=day.year, month=day.month, day=day.day)


def _join(text: str, expressions: list[Expression]) -> list[Expression]:
    """Neighbours that are the two ends of a range become one, and so do two names of one day ("thứ Hai (22/5)")."""
    joined: list[Expression] = []
    for expression in expressions:
        last = joined[-1] if joined else None
        near = last is not None and expression.start - last.end < _LONGEST_JOINT
        if last is None or not near or last.until or expression.until:
            joined.append(expression)
            continue
        between = text[last.end : expression.start]
        if not last.explicit and expression.explicit and expression.day and _JOIN_SAME.fullmatch(between):
            joined[-1] = replace(expression, start=last.start)
        elif last.shape == expression.shape and _JOIN_RANGE.fullmatch(between) and not last.same_day:
            joined[-1] = replace(last, end=expression.end, until=expression)
        else:
            joined.append(expression)
    return joined


def _value(expression: Expression, today: dt.date | None, year: int | None) -> str | None:
    """ISO 8601, with `year` where the article's day gives none; None for what stays open or is no day or range."""
    if today is None and not expression.explicit:
        return None
    if expression.until is None:
        return _iso(_filled(expression, today, year))
    last = _filled(expression.until, today, year)
    first = expression
    if first.year is None and last.year:
        wraps = (first.month or 0, first.day or 0) > (last.month or 0, last.day or 0)
        first = replace(first, year=last.year - wraps)
    start, end = _iso(_filled(first, today, year)), _iso(last)
    return f"{start}/{end}" if start and end and start < end else None


def _filled(expression: Expression, today: dt.date | None, year: int | None) -> Expression:
    """The expression with a year: its own, else the nearest one to today, else the one given."""
    month, day = expression.month, expression.day
    if expression.year or month is None:
        return expression
    if today is None:
        return replace(expression, year=year)
    if expression.lean > 0:
        return replace(expression, year=today.year + ((month, day or 31) < (today.month, today.day)))
    if expression.lean < 0:
        return replace(expression, year=today.year - ((month, day or 0) > (today.month, today.day)))
    years = (today.year - 1, today.year, today.year + 1)
    nearest = min(years, key=lambda y: _distance(dt.date(y, month, min(day or 15, 28)), today))
    return replace(expression, year=nearest)


def _distance(day: dt.date, today: dt.date) -> int:
    """Days between the two; news looks back more than ahead, so a day to come counts thrice."""
    return (today - day).days if day <= today else 3 * (day - today).days


def _iso(expression: Expression) -> str | None:
    if not expression.year:
        return None
    if not expression.month:
        return f"{expression.year:04}"
    if not expression.day:
        return f"{expression.year:04}-{expression.month:02}"
    if expression.day > monthrange(expression.year, expression.month)[1]:
        return None
    return f"{expression.year:04}-{expression.month:02}-{expression.day:02}"
