"""Who held which office when, from what articles say at their dates."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Extraction
from kg.resolution.names import compared
from kg.resolution.values import MentionId, ResolvedEntity

_REACH = 90
"""Days before the first and after the last report within which a holder is still taken to be one."""


@dataclass(frozen=True, slots=True, order=True)
class Tenure:
    """One holder of one office: the first and the last day on which articles report it, and how many do.

    `office` is as it is compared; `of` is the id of the body or country, empty where articles name none.
    """

    office: str
    of: str
    holder: str
    first: str
    last: str
    articles: int


Report = tuple[str, str, str, str]
"""Office as it is compared, id of the body or empty, id of the holder, day."""


def find_tenures(extractions: Iterable[Extraction], of: Mapping[MentionId, ResolvedEntity]) -> tuple[Tenure, ...]:
    """All tenures that dated articles report, sorted. A denied or planned office is none."""
    days: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for extraction in extractions:
        id = extraction.article.id
        known = {entity.id: (of[id, entity.id].id, of[id, entity.id].type) for entity in extraction.entities}
        for office, body, holder, day in find_reports(extraction, known):
            days[office, body, holder].append(day)
    return join_reports(days)


def find_reports(extraction: Extraction, known: Mapping[str, tuple[str, str]]) -> Iterator[Report]:
    """What one article, if it is dated, reports of holders. `known` are ids and classes of its entities' nodes."""
    if extraction.article.date is None:
        return
    ties: dict[str, set[str]] = defaultdict(set)
    said = [s for s in extraction.statements if s.modality == "asserted"]
    for statement in said:
        if statement.relation == "affiliated_with":
            ties[statement.subject].add(known[statement.object][0])
    for statement in said:
        if statement.relation == "holds_position":
            bodies = ties[statement.subject] if len(ties[statement.subject]) == 1 else {""}
            for body in bodies:
                yield compared(statement.object), body, known[statement.subject][0], extraction.article.date


def join_reports(days: Mapping[tuple[str, str, str], Sequence[str]]) -> tuple[Tenure, ...]:
    """Tenures, sorted, from the days on which an office of a body has a holder."""
    return tuple(sorted(Tenure(*key, min(found), max(found), len(found)) for key, found in days.items()))


def holder_of(office: str, of: str, day: str | None, tenures: Iterable[Tenure]) -> str | None:
    """The id of the one who held the office on that day; None without a day, or where several or none are reported.

    Where reports of two holders overlap, the one whom five times as many articles name is meant, or nobody.
    """
    from datetime import date

    if day is None:
        return None
    at = date.fromisoformat(day).toordinal()
    counts: dict[str, int] = defaultdict(int)
    inside: dict[str, int] = defaultdict(int)
    for tenure in tenures:
        if tenure.office == compared(office) and tenure.of == of:
            first, last = (date.fromisoformat(bound).toordinal() for bound in (tenure.first, tenure.last))
            if first <= at <= last:
                inside[tenure.holder] += tenure.articles
            elif first - _REACH <= at <= last + _REACH:
                counts[tenure.holder] += tenure.articles
    ranked = sorted((inside or counts).items(), key=lambda item: (-item[1], item[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 5 * ranked[1][1]):
        return None
    return ranked[0][0]
