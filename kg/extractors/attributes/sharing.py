"""Dates that the statements of an article give one another."""

from collections.abc import Sequence
from dataclasses import replace

from kg.extractors.attributes.usable_times import AT_EVENTS, DAY
from kg.model import Statement


def share_in_sentences(statements: Sequence[Statement], happening: frozenset[str]) -> tuple[Statement, ...]:
    """Statements of one sentence each, where undated ones have the day of what else their subject does in it.

    Only relations that are `happening` give and take a day.
    """
    days: dict[object, set[str]] = {}
    for one in statements:
        if one.date and len(one.date) >= DAY and one.relation in happening:
            days.setdefault((one.subject, one.evidence), set()).add(one.date)
    only = {act: found.pop() for act, found in days.items() if len(found) == 1}
    return tuple(
        replace(one, date=only.get((one.subject, one.evidence))) if not one.date and one.relation in happening else one
        for one in statements
    )


def share_at_events(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, where those about one event that lack a date have the one date that others give it."""
    dates: dict[str, set[str]] = {}
    for one in statements:
        if one.relation in AT_EVENTS and one.date:
            dates.setdefault(_event(one), set()).add(one.date)
    known = {event: date for event, found in dates.items() if (date := _finest(found))}
    return tuple(
        replace(one, date=known[_event(one)])
        if one.relation in AT_EVENTS and _event(one) in known and known[_event(one)].startswith(one.date or "")
        else one
        for one in statements
    )


def _finest(dates: set[str]) -> str | None:
    """The date that all others are parts of: the day among its month and year."""
    finest = max(dates, key=len)
    return finest if all(finest.startswith(date) for date in dates) else None


def _event(statement: Statement) -> str:
    return statement.subject if statement.relation == "held_in" else statement.object
