"""Statements and resolved entities as RDF: who did what with whom, and in which sentence it stands.

A statement is a node with everything that is known of it; the plain triple subject–relation–object is there too, but
only if the statement is asserted: what is planned, wished or denied never looks like a fact. A symmetric
relation has the plain triple in both directions. No blank nodes: every IRI ends in a hash of what identifies the
node, so it is the same in every build. Statements of several articles with the same ends, relation, modality, date and
amount are one node; one that gives no date or amount joins the one that does, if there is only one. A statement whose
ends are, by all articles together, of classes that its relation does not join is left out.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import chain
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, Triple

from kg.disagreements import Claim, find_disagreements
from kg.errors import GraphError
from kg.model import QUALIFIERS, Article, Extraction, Quantity, Span, Statement
from kg.ontology import KG, Ontology
from kg.resolution import Resolution, ResolvedEntity, hash_of
from kg.text import slug

DEFAULT_BASE = "https://w3id.org/vi-news-kg/"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PROV = "http://www.w3.org/ns/prov#"
SCHEMA = "https://schema.org/"
DCTERMS = "http://purl.org/dc/terms/"

GRAPH_FILES = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".jsonld": RdfFormat.JSON_LD,
}

_TYPE = NamedNode(RDF + "type")
_NEWS_ARTICLE = NamedNode(SCHEMA + "NewsArticle")
_DATES = {10: "date", 7: "gYearMonth", 4: "gYear"}


def prefixes(base: str = DEFAULT_BASE) -> dict[str, str]:
    """Prefix to namespace, as Turtle files and queries use them; `base` is that of the graph's own nodes."""
    return {
        "kg": KG,
        "kgr": base + "resource/",
        "kgs": base + "statement/",
        "kga": base + "article/",
        "kge": base + "evidence/",
        "kgq": base + "quantity/",
        "rdf": RDF,
        "rdfs": RDFS,
        "xsd": XSD,
        "skos": SKOS,
        "prov": PROV,
        "schema": SCHEMA,
        "dcterms": DCTERMS,
    }


def base_of(store: Store) -> str:
    """The base IRI that `store` was built with, as its articles show it."""
    for quad in store.quads_for_pattern(None, _TYPE, _NEWS_ARTICLE):
        if isinstance(quad.subject, NamedNode) and "article/" in quad.subject.value:
            return quad.subject.value.rpartition("article/")[0]
    return DEFAULT_BASE


def read_graph(path: str | Path) -> Store:
    """The graph in a Turtle file, or another of `GRAPH_FILES`, ready for queries; `GraphError` says what is amiss."""
    path = Path(path)
    if not path.is_file():
        raise GraphError(f"{path}: no such file. Build a graph first: kg build")
    if path.suffix.lower() not in GRAPH_FILES:
        raise GraphError(f"{path}: not a kind of file that holds a graph. Give one of: {', '.join(GRAPH_FILES)}.")
    format = GRAPH_FILES[path.suffix.lower()]
    store = Store()
    try:
        store.bulk_load(path=path, format=format)
    except SyntaxError as error:
        where = path if error.lineno is None else f"{path}:{error.lineno}"
        raise GraphError(f"{where}: not {format.name} ({error.msg}). Build it anew, or mend that line.") from None
    except (OSError, ValueError) as error:
        raise GraphError(f"{path}: cannot be read ({error}). Build it anew: kg build") from None
    return store


def select(store: Store, query: str) -> QuerySolutions:
    """The rows of a SELECT query of the program's own, with the usual prefixes, over all graphs of the store."""
    solutions = store.query(query, prefixes=prefixes(), use_default_graph_as_union=True)
    if not isinstance(solutions, QuerySolutions):
        raise TypeError("not a SELECT query")
    return solutions


def to_store(triples: Iterable[Triple]) -> Store:
    """An in-memory store that holds `triples`."""
    store = Store()
    store.bulk_extend(Quad(*triple) for triple in triples)
    return store


def build_graph(
    extractions: Iterable[Extraction],
    resolution: Resolution,
    ontology: Ontology,
    *,
    base: str = DEFAULT_BASE,
    on_reject: Callable[[str], object] = lambda id: None,
) -> list[Triple]:
    """The graph's triples, sorted: byte for byte the same for the same articles in any order.

    `on_reject` is called with each statement node that the resolution's corrections take away.
    """
    triples = generate_triples(extractions, resolution, ontology, base=base, on_reject=on_reject)
    return sorted(set(triples), key=str)


def generate_triples(
    extractions: Iterable[Extraction],
    resolution: Resolution,
    ontology: Ontology,
    *,
    base: str = DEFAULT_BASE,
    on_reject: Callable[[str], object] = lambda id: None,
) -> Iterator[Triple]:
    """The graph's triples as they come, in no particular order and with repetitions, for graphs of any size."""
    graph = _Graph(ontology, resolution, prefixes(base), on_reject)
    for extraction in chain(extractions, resolution.additions):
        graph.add(extraction)
    yield from graph.triples()


_Ends = tuple[str, str, str, str]
"""Subject id, relation, object id or literal, modality."""

_Detail = tuple[str, str]
"""Date and amount as written, each empty where not given."""


class _Graph:
    """Collects what articles say; `triples` then writes it down."""

    def __init__(
        self,
        ontology: Ontology,
        resolution: Resolution,
        namespaces: Mapping[str, str],
        on_reject: Callable[[str], object],
    ) -> None:
        self.ontology = ontology
        self.resolution = resolution
        self.namespaces = namespaces
        self.on_reject = on_reject
        self.claims: list[Claim] = []
        self.articles: dict[str, Article] = {}
        self.statements: dict[_Ends, dict[_Detail, list[tuple[str, Statement]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self.quantities: list[tuple[str, Quantity]] = []

    def add(self, extraction: Extraction) -> None:
        """Take in what one article says."""
        id = extraction.article.id
        self.articles[id] = extraction.article
        self.quantities.extend((id, quantity) for quantity in extraction.quantities)
        for statement in extraction.statements:
            if not self._fits(id, statement):
                continue
            detail = statement.date or "", statement.qualifiers.get("amount", "")
            self.statements[self._ends(id, statement)][detail].append((id, statement))

    def triples(self) -> Iterator[Triple]:
        """Everything taken in, as RDF, in no particular order and with repetitions."""
        for article in self.articles.values():
            yield from self._article(article)
        for entity in self.resolution.entities:
            yield from self._entity(entity)
        for ends, details in self.statements.items():
            for detail, members in _join_details(details).items():
                yield from self._statement(ends, detail, members)
        for id, quantity in self.quantities:
            yield from self._quantity(id, quantity)
        for one, other in find_disagreements(self.claims):
            yield Triple(NamedNode(one), _kg("disagreesWith"), NamedNode(other))
            yield Triple(NamedNode(other), _kg("disagreesWith"), NamedNode(one))

    def _fits(self, article: str, statement: Statement) -> bool:
        relation = self.ontology.relation(statement.relation)
        subject = self.resolution.of[article, statement.subject]
        if relation.literal:
            return relation.admits(subject.type, "")
        object = self.resolution.of[article, statement.object]
        # Two ends that turn out to be one thing state nothing.
        return subject.id != object.id and relation.admits(subject.type, object.type)

    def _ends(self, article: str, statement: Statement) -> _Ends:
        relation = self.ontology.relation(statement.relation)
        subject = self.resolution.of[article, statement.subject].id
        object = statement.object if relation.literal else self.resolution.of[article, statement.object].id
        if relation.symmetric and object < subject:
            subject, object = object, subject
        return subject, relation.name, object, statement.modality

    def _iri(self, prefix: str, local: str) -> NamedNode:
        return NamedNode(self.namespaces[prefix] + local)

    def _article_iri(self, id: str) -> NamedNode:
        return self._iri("kga", f"{slug(id)}-{hash_of(id, size=4)}")

    def _article(self, article: Article) -> Iterator[Triple]:
        node = self._article_iri(article.id)
        yield Triple(node, _TYPE, _NEWS_ARTICLE)
        yield Triple(node, NamedNode(DCTERMS + "identifier"), Literal(article.id))
        if article.title:
            yield Triple(node, NamedNode(SCHEMA + "headline"), Literal(article.title, language="vi"))
        if article.date:
            yield Triple(node, NamedNode(SCHEMA + "datePublished"), _typed(article.date, "date"))
        if article.outlet:
            yield Triple(node, NamedNode(SCHEMA + "publisher"), Literal(article.outlet))
        if article.url:
            yield Triple(node, NamedNode(SCHEMA + "url"), _typed(article.url, "anyURI"))

    def _entity(self, entity: ResolvedEntity) -> Iterator[Triple]:
        node = self._iri("kgr", entity.id)
        yield Triple(node, _TYPE, NamedNode(self.ontology.classes[entity.type].iri))
        yield Triple(node, NamedNode(RDFS + "label"), Literal(entity.label, language="vi"))
        for alias in entity.aliases:
            yield Triple(node, NamedNode(SKOS + "altLabel"), Literal(alias, language="vi"))
        for name, value in entity.facts:
            yield Triple(node, _kg(name), _typed(value, "date") if name.startswith("valid") else Literal(value))
        for name, other in entity.links:
            yield Triple(node, _kg(name), self._iri("kgr", other))

    def _statement(self, ends: _Ends, detail: _Detail, members: list[tuple[str, Statement]]) -> Iterator[Triple]:
        relation = self.ontology.relation(ends[1])
        predicate = NamedNode(relation.iri)
        subject = self._iri("kgr", ends[0])
        object = Literal(ends[2], language="vi") if relation.literal else self._iri("kgr", ends[2])
        id_ = hash_of(*ends, *detail, size=8)
        if id_ in self.resolution.rejected:
            self.on_reject(id_)
            return
        if ends[3] == "asserted":
            yield Triple(subject, predicate, object)
            if relation.symmetric and isinstance(object, NamedNode):
                yield Triple(object, predicate, subject)
        node = self._iri("kgs", id_)
        articles = sorted({id for id, _ in members})
        self._claim(node.value, ends, detail, members)
        yield Triple(node, _TYPE, _kg("Statement"))
        yield Triple(node, NamedNode(RDF + "subject"), subject)
        yield Triple(node, NamedNode(RDF + "predicate"), predicate)
        yield Triple(node, NamedNode(RDF + "object"), object)
        yield Triple(node, _kg("modality"), _kg(ends[3]))
        yield Triple(node, _kg("articleCount"), _typed(str(len(articles)), "integer"))
        sources = {self.resolution.sources.get(id, id) for id in articles}
        yield Triple(node, _kg("sourceCount"), _typed(str(len(sources)), "integer"))
        days = sorted(day for id in articles if (day := self.articles[id].date))
        if days:
            yield Triple(node, _kg("firstReported"), _typed(days[0], "date"))
            yield Triple(node, _kg("lastReported"), _typed(days[-1], "date"))
        yield Triple(node, _kg("confidence"), _decimal(round(max(s.confidence for _, s in members), 3)))
        for name, value in _date(detail[0]):
            yield Triple(node, _kg(name), value)
        for id, statement in members:
            yield Triple(node, NamedNode(PROV + "wasDerivedFrom"), self._article_iri(id))
            yield from self._details(node, id, statement)
            for span in statement.evidence:
                yield from self._evidence(node, id, span)

    def _claim(self, node: str, ends: _Ends, detail: _Detail, members: list[tuple[str, Statement]]) -> None:
        """Take a statement in as something that others may disagree with, by day and by amount."""
        articles = frozenset(id for id, _ in members)
        quote = min(s.evidence[0].of(self.articles[id].text) for id, s in members)
        day = detail[0] or min((self.articles[id].date or "" for id in articles), default="")
        denied, relation = ends[3] == "negated", self.ontology.relation(ends[1])
        if ends[3] != "planned":
            self.claims.append(Claim(node, ("denial", *ends[:3]), detail[0], day, quote, articles, denied))
        if not relation.state and len(detail[0]) == 10:
            self.claims.append(Claim(node, ("day", *ends), detail[0], day, quote, articles))
        if amount := next((s.amount for _, s in members if s.amount), None):
            value = repr(amount[0])
            self.claims.append(Claim(node, ("amount", *ends, amount[1]), value, day, quote, articles))

    def _details(self, node: NamedNode, id: str, statement: Statement) -> Iterator[Triple]:
        if statement.said_by:
            yield Triple(node, _kg("saidBy"), self._iri("kgr", self.resolution.of[id, statement.said_by].id))
        for name in QUALIFIERS:
            if value := statement.qualifiers.get(name):
                yield Triple(node, _kg(name), Literal(value, language="vi"))
        if statement.amount:
            yield Triple(node, _kg("amountValue"), _decimal(statement.amount[0]))
            yield Triple(node, _kg("amountUnit"), Literal(statement.amount[1]))

    def _quantity(self, id: str, quantity: Quantity) -> Iterator[Triple]:
        about = quantity.about and self.resolution.of[id, quantity.about].id
        node = self._iri("kgq", hash_of(id, str(quantity.start), quantity.text, about or "", size=8))
        yield Triple(node, _TYPE, _kg("Quantity"))
        yield Triple(node, _kg("text"), Literal(quantity.text, language="vi"))
        yield Triple(node, _kg("value"), _decimal(quantity.value))
        yield Triple(node, _kg("unit"), Literal(quantity.unit, language="vi"))
        if about:
            yield Triple(node, _kg("about"), self._iri("kgr", about))
            article = self.articles[id]
            subject = "quantity", about, quantity.unit
            quote = quantity.evidence.of(article.text)
            self.claims.append(
                Claim(node.value, subject, repr(quantity.value), article.date or "", quote, frozenset({id}))
            )
        yield from self._evidence(node, id, quantity.evidence)

    def _evidence(self, of: NamedNode, id: str, span: Span) -> Iterator[Triple]:
        text = self.articles[id].text
        quote = span.of(text)
        node = self._iri("kge", hash_of(id, str(span.start), quote, size=8))
        yield Triple(of, _kg("evidence"), node)
        yield Triple(node, _TYPE, _kg("Evidence"))
        yield Triple(node, _kg("article"), self._article_iri(id))
        yield Triple(node, _kg("quote"), Literal(quote, language="vi"))
        yield Triple(node, _kg("start"), _typed(str(span.start), "integer"))
        yield Triple(node, _kg("end"), _typed(str(span.end), "integer"))
        yield Triple(node, _kg("paragraph"), Literal(_paragraph(text, span), language="vi"))


def _join_details(
    details: Mapping[_Detail, list[tuple[str, Statement]]],
) -> dict[_Detail, list[tuple[str, Statement]]]:
    """The members under each date and amount; those that lack one join those that have it, if these agree."""
    joined: dict[_Detail, list[tuple[str, Statement]]] = defaultdict(list)
    for detail in details:
        fuller = [other for other in details if other != detail and _completes(other, detail)]
        fullest = [other for other in fuller if not any(_completes(third, other) for third in fuller if third != other)]
        joined[fullest[0] if len(fullest) == 1 else detail].extend(details[detail])
    return joined


def _completes(fuller: _Detail, detail: _Detail) -> bool:
    return all(mine in ("", theirs) for mine, theirs in zip(detail, fuller, strict=True))


def _paragraph(text: str, span: Span) -> str:
    start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    return text[start : end if end >= 0 else len(text)].strip()


def _kg(name: str) -> NamedNode:
    return NamedNode(KG + name)


def _typed(value: str, type: str) -> Literal:
    return Literal(value, datatype=NamedNode(XSD + type))


def _decimal(value: float) -> Literal:
    """The shortest decimal: 0.5 rather than 0.50, 10 rather than 10.0 or 1E+1."""
    text = format(Decimal(repr(value)), "f")
    return _typed(text.rstrip("0").rstrip(".") if "." in text else text, "decimal")


def _date(value: str) -> Iterator[tuple[str, Literal]]:
    """Property and literal for a day, a month, a year, or both ends of an interval."""
    if value:
        days = value.split("/")
        names = ("date",) if len(days) == 1 else ("startDate", "endDate")
        yield from ((name, _typed(day, _DATES[len(day)])) for name, day in zip(names, days, strict=True))
