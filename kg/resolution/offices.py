"""Which office a body's name is ("Thủ tướng Chính phủ"), and who held which office when, by what articles say.

An office that acts without a person's name is a body of its own. Whom it denotes is told by the reports around its day:
where these name one holder, or hardly any other, it is that person, else nobody.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache

from kg.gazetteer import load_gazetteer
from kg.model import BODIES, Entity, Extraction
from kg.ontology import load_ontology
from kg.resolution.bodies import identify_body, with_usual_countries
from kg.resolution.names import compared
from kg.resolution.values import Context, Identity, MentionId, ResolvedEntity, Tenure, id_of

_REACHES = (7, 30, 90)
"""Days before and after within which reports tell who holds an office; the widest is asked last."""
_ENOUGH = 3
"""Reports that make a look further away needless."""
_CLEAR = 5
"""How many times more reports than all others a holder needs."""

# Each state has one, so that the state tells which is meant; those in the second line are none of Việt Nam's.
_HOME_OFFICES = frozenset(("thủ tướng", "chủ tịch nước", "tổng bí thư", "chủ tịch quốc hội"))
_FOREIGN_OFFICES = frozenset(("tổng thống", "ngoại trưởng", "quốc vương"))
_OF_HOME = frozenset(("việt nam", "chính phủ", "nhà nước", "đảng cộng sản việt nam", "trung ương đảng"))


def identify_office(entity: Entity, context: Context) -> Identity | None:
    """The office that a body's name is, with the state or body that has it; None if the name is no office."""
    if entity.type != "GovernmentBody":
        return None
    written = with_usual_countries(entity.name)
    name = compared(written)
    title = _title_of(name)
    if title is None or any(name.startswith(f"{head} ") for head in _longer_heads(title)):
        return None
    rest = name[len(title) :].strip()
    of = " ".join(written.split()[-(rest.count(" ") + 1) :]) if rest else ""
    if title in _HOME_OFFICES or title in _FOREIGN_OFFICES:
        return _identify_of_state(title, of, context)
    if load_gazetteer().type_of_head(of) not in BODIES and _type_of(of) not in BODIES:
        return None
    body = identify_body(Entity(entity.id, of, "GovernmentBody", ()), context)
    if body is None or body.unsure or "|" in body.key[1]:
        return None
    return Identity(("Body", f"{title} {body.key[1]}"), office=(title, body.key))


def _identify_of_state(title: str, of: str, context: Context) -> Identity | None:
    if not of:
        foreign = context.countries - {"VN"}
        if not foreign and title in _HOME_OFFICES:
            return Identity(("Body", title), office=(title, None))
        if len(foreign) == 1 and title in _FOREIGN_OFFICES:
            return _of_country(title, min(foreign), "country of the article")
        # In the news of two states, the home state's office is called as the other's is.
        return Identity(("Body", f"?|{title}"), unsure=True)
    if compared(of) in _OF_HOME and title in _HOME_OFFICES:
        return Identity(("Body", title), office=(title, None))
    entry = load_gazetteer().lookup(of)
    return _of_country(title, entry.code) if entry and entry.type == "Country" and entry.code else None


def _of_country(title: str, code: str, rule: str = "") -> Identity:
    country = compared(load_gazetteer().country(code))
    return Identity(("Body", f"{title} {country}"), rule=rule, office=(title, ("Country", code)))


def _type_of(name: str) -> str:
    entry = load_gazetteer().lookup(name) if name else None
    return entry.type if entry else ""


@cache
def _titles() -> frozenset[str]:
    return frozenset(map(compared, load_ontology().lexicon.words["title"]))


@cache
def _longer_heads(title: str) -> tuple[str, ...]:
    """First words of bodies that begin as the office does: "tổng lãnh sự quán"."""
    return tuple(head for head in load_gazetteer().placed_heads if head.startswith(title) and head != title)


def _title_of(name: str) -> str | None:
    words = name.split()
    starts = (" ".join(words[:length]) for length in range(min(6, len(words)), 0, -1))
    return next((start for start in starts if start in _titles()), None)


Report = tuple[str, str, str, str]
"""Id of the holder, office as it is compared, id of the body or empty, day."""


def find_tenures(extractions: Iterable[Extraction], of: Mapping[MentionId, ResolvedEntity]) -> tuple[Tenure, ...]:
    """All tenures that dated articles report, sorted. A denied, planned or former office is none."""
    reports: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for extraction in extractions:
        id = extraction.article.id
        known = {entity.id: (of[id, entity.id].id, of[id, entity.id].type) for entity in extraction.entities}
        for holder, office, body, day in find_reports(extraction, known):
            reports[holder, office][body].append(day)
    return tuple(sorted(tenure for key, by_body in reports.items() for tenure in join_reports(*key, by_body)))


def find_reports(extraction: Extraction, known: Mapping[str, tuple[str, str]]) -> Iterator[Report]:
    """What one article, if it is dated, reports of holders. `known` are ids and classes of its entities' nodes."""
    article = extraction.article
    if article.date is None:
        return
    said = [statement for statement in extraction.statements if statement.modality == "asserted"]
    ties: dict[str, set[str]] = defaultdict(set)
    for statement in said:
        if statement.relation == "affiliated_with":
            ties[statement.subject].add(known[statement.object][0])
    for statement in said:
        if statement.relation == "holds_position" and statement.qualifiers.get("role") != "former":
            bodies = ties[statement.subject]
            body = min(bodies) if len(bodies) == 1 else ""
            yield known[statement.subject][0], compared(statement.object), body, article.date


_HOME_ID = "home"


@cache
def _home_bodies() -> frozenset[str]:
    keys = {("Country", "VN"), *(("Body", name) for name in _OF_HOME)}
    return frozenset(map(id_of, keys))


def join_reports(holder: str, office: str, by_body: Mapping[str, Iterable[str]]) -> Iterator[Tenure]:
    """The tenures of one holder of one office, by the bodies that reports name, with their days.

    A report that names no body or state counts for the one that most other reports of the holder in that office name.
    """
    bodies: dict[str, list[str]] = defaultdict(list)
    for body, days in by_body.items():
        bodies[_HOME_ID if office in _HOME_OFFICES and body in _home_bodies() else body] += days
    most = min((body for body in bodies if body), key=lambda body: (-len(bodies[body]), body), default="")
    bodies[most] += bodies.pop("", []) if most else []
    for body, days in bodies.items():
        yield Tenure(office, "" if body == _HOME_ID else body, holder, tuple(sorted(days)))


class Holders:
    """Whom an office denotes on a day."""

    def __init__(self, tenures: Iterable[Tenure]) -> None:
        reports: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
        for tenure in tenures:
            reports[tenure.office, tenure.of] += ((_number(day), tenure.holder) for day in tenure.days)
        self._reports = {office: sorted(found) for office, found in reports.items()}

    def of(self, office: str, of: str, day: str | None) -> str | None:
        """The id of the one who held the office on that ISO day; None without a day, or where reports differ or lack.

        The nearest reports decide: an office that passes on is the new holder's as soon as these name only the new one.
        """
        if day is None or len(day) != 10:
            return None
        reports, at = self._reports.get((compared(office), of), []), _number(day)
        for reach in _REACHES:
            first, last = bisect_left(reports, (at - reach, "")), bisect_right(reports, (at + reach, "\U0010ffff"))
            holders = Counter(holder for _, holder in reports[first:last])
            if holders.total() >= _ENOUGH or reach == _REACHES[-1]:
                break
        ranked = sorted(holders.items(), key=lambda item: (-item[1], item[0]))
        clear = ranked and ranked[0][1] >= _CLEAR * (holders.total() - ranked[0][1])
        return ranked[0][0] if clear else None


def _number(day: str) -> int:
    return date.fromisoformat(day).toordinal()
