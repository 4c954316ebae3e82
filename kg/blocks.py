"""The graph's nodes as Turtle text, each from the rows that it depends on and nothing else.

entity ─▶ properties of its node      Saying* of the same ends ─▶ Fact      Figure* of one thing and unit ─▶ nodes
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg import turtle
from kg.disagreements import Claim, find_disagreements
from kg.model import QUALIFIERS, Article, Span
from kg.ontology import KG, Ontology
from kg.resolution import ResolvedEntity, hash_of
from kg.sayings import Ends, Figure, Saying, evidence_id
from kg.text import slug

_Detail = tuple[str, str, str]
"""Modality, date and amount as written, the last two empty where not given."""


@dataclass(frozen=True, slots=True)
class Source:
    """What statements need of an article: its day, empty if unknown, and the one whose text it copies, or itself."""

    day: str
    original: str


@dataclass(frozen=True, slots=True)
class Fact:
    """All statements with the same ends.

    `plain` is the property of the subject's node, empty if none is asserted, and `mirrored` that of the object's;
    `nodes` are the statement nodes; `support` is how many articles they have, each counted; `counts` how many nodes by
    modality; `rejected` the nodes that corrections take away, and `hidden` their sayings, by article and number.
    """

    plain: str
    mirrored: str
    nodes: str
    support: int
    counts: Mapping[str, int]
    rejected: tuple[str, ...] = ()
    hidden: tuple[tuple[str, int], ...] = ()


@lru_cache(maxsize=10_000)
def article_name(id: str) -> str:
    """The article's node, as Turtle writes it."""
    return f"kga:{slug(id)}-{hash_of(id, size=4)}"


def write_article(article: Article, spans: Iterable[Span]) -> str:
    """The article's node and those of its quotes."""
    name = article_name(article.id)
    properties = ["a schema:NewsArticle", f"dcterms:identifier {turtle.plain(article.id)}"]
    if article.title:
        properties.append(f"schema:headline {turtle.text(article.title)}")
    if article.date:
        properties.append(f"schema:datePublished {turtle.typed(article.date, 'date')}")
    if article.outlet:
        properties.append(f"schema:publisher {turtle.plain(article.outlet)}")
    if article.url:
        properties.append(f"schema:url {turtle.typed(article.url, 'anyURI')}")
    nodes = [turtle.node(name, properties)]
    for span in sorted(set(spans)):
        properties = [
            "a kg:Evidence",
            f"kg:article {name}",
            f"kg:quote {turtle.text(span.of(article.text))}",
            f"kg:start {span.start}",
            f"kg:end {span.end}",
            f"kg:paragraph {turtle.text(_paragraph(article.text, span))}",
        ]
        nodes.append(turtle.node(f"kge:{evidence_id(article, span)}", properties))
    return "".join(nodes)


def describe_entity(entity: ResolvedEntity, ontology: Ontology) -> list[str]:
    """The properties of an entity's node, without what is asserted of it."""
    properties = [
        f"a {turtle.term(ontology.classes[entity.type].iri, KG, 'kg')}",
        f"rdfs:label {turtle.text(entity.label)}",
        *turtle.each("skos:altLabel", map(turtle.text, entity.aliases)),
    ]
    for name, value in sorted(set(entity.facts)):
        literal = turtle.typed(value, "date") if name.startswith("valid") else turtle.plain(value)
        properties.append(f"kg:{name} {literal}")
    return properties + [f"kg:{name} kgr:{other}" for name, other in sorted(set(entity.links))]


def write_fact(
    ends: Ends,
    sayings: Sequence[Saying],
    sources: Mapping[str, Source],
    ontology: Ontology,
    rejected: Collection[str] = (),
) -> Fact:
    """What all sayings with these ends come to; their order does not matter."""
    relation = ontology.relation(ends[1])
    predicate = turtle.term(relation.iri, KG, "kg")
    subject, object = f"kgr:{ends[0]}", turtle.text(ends[2]) if relation.literal else f"kgr:{ends[2]}"
    statements = _group(ends, sayings)
    kept = {id: found for id, found in statements.items() if id not in rejected}
    claims = [claim for id, found in kept.items() for claim in _claims(f"kgs:{id}", found, sources, relation.state)]
    others = _others(claims)
    nodes, counts = [], dict[str, int]()
    support = 0
    for id, ((modality, date, _), members) in sorted(kept.items()):
        articles = sorted({saying.article for saying in members})
        days = sorted(day for article in articles if (day := sources[article].day))
        counts[modality] = counts.get(modality, 0) + 1
        support += len(articles)
        properties = [
            "a kg:Statement",
            f"rdf:subject {subject}",
            f"rdf:predicate {predicate}",
            f"rdf:object {object}",
            f"kg:modality kg:{modality}",
            *turtle.dates(date),
            *_details(members),
            f"kg:confidence {turtle.decimal(round(max(saying.confidence for saying in members), 3))}",
            f"kg:articleCount {len(articles)}",
            f"kg:sourceCount {len({sources[article].original for article in articles})}",
        ]
        if days:
            properties += [
                f"kg:firstReported {turtle.typed(days[0], 'date')}",
                f"kg:lastReported {turtle.typed(days[-1], 'date')}",
            ]
        properties += turtle.each("prov:wasDerivedFrom", map(article_name, articles))
        properties += turtle.each("kg:evidence", (f"kge:{quote}" for saying in members for quote in saying.evidence))
        nodes.append(turtle.node(f"kgs:{id}", properties + turtle.each("kg:disagreesWith", others[f"kgs:{id}"])))
    gone = tuple(sorted(statements.keys() - kept.keys()))
    asserted = "asserted" in counts
    return Fact(
        f"{predicate} {object}" if asserted else "",
        f"{predicate} {subject}" if asserted and relation.symmetric and not relation.literal else "",
        "".join(nodes),
        support,
        counts,
        gone,
        tuple(sorted((saying.article, saying.number) for id in gone for saying in statements[id][1])),
    )


def write_figures(figures: Iterable[Figure], sources: Mapping[str, Source]) -> str:
    """The nodes of quantities of one unit about one thing, which point at those that they disagree with."""
    named = {f"kgq:{_figure_id(figure)}": figure for figure in figures}
    others = _others(
        Claim(name, "", repr(f.value), sources[f.article].day, f.quote, frozenset({f.article}))
        for name, f in named.items()
        if f.about
    )
    nodes = []
    for name, figure in sorted(named.items()):
        properties = [
            "a kg:Quantity",
            f"kg:text {turtle.text(figure.text)}",
            f"kg:value {turtle.decimal(figure.value)}",
            f"kg:unit {turtle.text(figure.unit)}",
            *([f"kg:about kgr:{figure.about}"] if figure.about else []),
            f"kg:evidence kge:{figure.evidence}",
        ]
        nodes.append(turtle.node(name, properties + turtle.each("kg:disagreesWith", others[name])))
    return "".join(nodes)


def _figure_id(figure: Figure) -> str:
    return hash_of(figure.article, str(figure.start), figure.text, figure.about, size=8)


def _group(ends: Ends, sayings: Iterable[Saying]) -> dict[str, tuple[_Detail, list[Saying]]]:
    """Each statement by the end of its IRI: those of one modality, date and amount.

    One that lacks a date or an amount joins the one that has it, if there is only one that it can be.
    """
    details: dict[_Detail, list[Saying]] = defaultdict(list)
    for saying in sayings:
        details[saying.modality, saying.date, saying.amount].append(saying)
    joined: dict[_Detail, list[Saying]] = defaultdict(list)
    for detail, members in details.items():
        fuller = [other for other in details if other != detail and _completes(other, detail)]
        fullest = [other for other in fuller if not any(_completes(third, other) for third in fuller if third != other)]
        joined[fullest[0] if len(fullest) == 1 else detail] += members
    subject, relation, object = ends
    return {
        hash_of(subject, relation, object, *detail, size=8): (
            detail,
            sorted(members, key=lambda saying: (saying.article, saying.number)),
        )
        for detail, members in joined.items()
    }


def _completes(fuller: _Detail, detail: _Detail) -> bool:
    return fuller[0] == detail[0] and all(mine in ("", theirs) for mine, theirs in zip(detail, fuller, strict=True))


def _claims(
    node: str, statement: tuple[_Detail, list[Saying]], sources: Mapping[str, Source], state: bool
) -> Iterable[Claim]:
    """A statement as something that others may disagree with: by denial, by day and by amount."""
    (modality, date, _), members = statement
    articles = frozenset(saying.article for saying in members)
    quote = min(saying.quote for saying in members)
    day = date or min((sources[article].day for article in articles), default="")
    if modality != "planned":
        yield Claim(node, "denial", date, day, quote, articles, modality == "negated")
    if not state and len(date) == 10:
        yield Claim(node, ("day", modality), date, day, quote, articles)
    if value := next((saying.value for saying in members if saying.value), None):
        yield Claim(node, ("amount", modality, value[1]), repr(value[0]), day, quote, articles)


def _others(claims: Iterable[Claim]) -> dict[str, list[str]]:
    """The nodes that each disagrees with."""
    found: dict[str, list[str]] = defaultdict(list)
    for one, other in find_disagreements(claims):
        found[one].append(other)
        found[other].append(one)
    return found


def _details(members: Iterable[Saying]) -> list[str]:
    members = list(members)
    lines = turtle.each("kg:saidBy", (f"kgr:{saying.said_by}" for saying in members if saying.said_by))
    lines += turtle.each("kg:heldBy", (f"kgr:{holder}" for saying in members for holder in saying.held_by))
    for name in QUALIFIERS:
        found = (saying.qualifiers.get(name) for saying in members)
        lines += turtle.each(f"kg:{name}", (turtle.text(value) for value in found if value))
    values = [saying.value for saying in members if saying.value]
    lines += turtle.each("kg:amountValue", (turtle.decimal(number) for number, _ in values))
    return lines + turtle.each("kg:amountUnit", (turtle.plain(unit) for _, unit in values))


def _paragraph(text: str, span: Span) -> str:
    start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    return text[start : end if end >= 0 else len(text)].strip()
