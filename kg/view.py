"""The graph as plain frozen values: what a page, a table or a Gephi file shows.

    pyoxigraph.Store ─read_view─▶ GraphView

Works on any store in the project's RDF profile, also on one read from a file of last year. A class or a relation that
the ontology does not know (an export without the user's `--ontology`) keeps the last part of its IRI as its name.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store

from kg.graph import DCTERMS, RDF, RDFS, SCHEMA, SKOS
from kg.ontology import KG, Ontology

TYPE = NamedNode(RDF + "type")
STATEMENT = NamedNode(KG + "Statement")
EVIDENCE = NamedNode(KG + "Evidence")
QUANTITY = NamedNode(KG + "Quantity")
ARTICLE = NamedNode(SCHEMA + "NewsArticle")


@dataclass(frozen=True, slots=True)
class ViewEntity:
    """A node. `type` is a class name of the ontology; `positions` are the titles that asserted statements give it."""

    iri: str
    label: str
    type: str
    aliases: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ViewArticle:
    """Where a quote comes from. `id` is the reader's id of the article; `url` is as published and not to be trusted."""

    iri: str
    id: str
    title: str | None = None
    date: str | None = None
    outlet: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ViewEvidence:
    """A quote; `start` and `end` are its offsets in the article's NFC text; `paragraph` is the text around it."""

    iri: str
    article: str
    quote: str
    start: int | None = None
    end: int | None = None
    paragraph: str | None = None


@dataclass(frozen=True, slots=True)
class ViewStatement:
    """What is said: exactly one of `object` (an entity's IRI) and `literal` is not None.

    `date` is a day, a month, a year or START/END in ISO 8601. `sources` counts independent sources: `kg:sourceCount`
    where the graph has it, else the articles that the evidence comes from.
    """

    iri: str
    subject: str
    relation: str
    object: str | None
    literal: str | None
    modality: str
    date: str | None = None
    place: str | None = None
    amount: str | None = None
    field: str | None = None
    role: str | None = None
    level: str | None = None
    occasion: str | None = None
    said_by: str | None = None
    confidence: float | None = None
    sources: int = 1
    evidence: tuple[ViewEvidence, ...] = ()

    @property
    def ends(self) -> frozenset[str]:
        """The entities that it joins: two, or one where the object is a text or the subject itself."""
        return frozenset({self.subject} if self.object is None else {self.subject, self.object})


@dataclass(frozen=True, slots=True)
class ViewQuantity:
    """A checkable number about the entity `about`, as written in `text`."""

    iri: str
    about: str
    text: str
    evidence: tuple[ViewEvidence, ...] = ()


@dataclass(frozen=True, slots=True)
class GraphView:
    """The whole graph; every tuple is sorted by IRI, and every IRI that a value names is in one of them."""

    entities: tuple[ViewEntity, ...]
    statements: tuple[ViewStatement, ...]
    articles: tuple[ViewArticle, ...]
    quantities: tuple[ViewQuantity, ...] = ()


class _Node:
    """The properties of one resource, whichever graph of the store holds them; values in a fixed order."""

    def __init__(self, store: Store, iri: NamedNode) -> None:
        self.iri = iri.value
        self._values: dict[str, set[NamedNode | Literal]] = {}
        for quad in store.quads_for_pattern(iri, None, None, None):
            if isinstance(quad.object, NamedNode | Literal):
                self._values.setdefault(quad.predicate.value, set()).add(quad.object)

    def all(self, predicate: str) -> list[str]:
        return sorted(term.value for term in self._values.get(predicate, ()))

    def first(self, predicate: str) -> str | None:
        return next(iter(self.all(predicate)), None)

    def label(self) -> str | None:
        """The Vietnamese label where there is one."""
        labels = [term for term in self._values.get(RDFS + "label", ()) if isinstance(term, Literal)]
        return min(((term.language != "vi", term.value) for term in labels), default=(True, None))[1]

    def is_literal(self, predicate: str) -> bool:
        return any(isinstance(term, Literal) for term in self._values.get(predicate, ()))


def read_view(store: Store, ontology: Ontology) -> GraphView:
    """The graph of `store` with the names that `ontology` gives to its classes and relations."""
    class_names = {term.iri: name for name, term in ontology.classes.items()}
    relation_names = {term.iri: name for name, term in ontology.relations.items()}
    evidence = {node.iri: _evidence(node) for node in _nodes(store, EVIDENCE) if node.first(KG + "article")}
    statements = tuple(
        _statement(node, relation_names, evidence)
        for node in _nodes(store, STATEMENT)
        if node.first(RDF + "subject") and node.first(RDF + "predicate") and node.first(RDF + "object")
    )
    quantities = tuple(_quantity(node, evidence) for node in _nodes(store, QUANTITY) if node.first(KG + "about"))
    iris = _named(statements) | {quantity.about for quantity in quantities}
    for class_iri in class_names:
        iris |= {node.iri for node in _nodes(store, NamedNode(class_iri))}
    positions = _positions(statements)
    return GraphView(
        entities=tuple(_entity(_Node(store, NamedNode(iri)), class_names, positions) for iri in sorted(iris)),
        statements=statements,
        articles=_articles(store, evidence.values()),
        quantities=quantities,
    )


def local_name(iri: str) -> str:
    """The part of an IRI after its last `#`, `/` or `:`."""
    return re.split(r"[#/:]", iri)[-1] or iri


def _nodes(store: Store, kind: NamedNode) -> list[_Node]:
    iris = {
        quad.subject.value
        for quad in store.quads_for_pattern(None, TYPE, kind, None)
        if isinstance(quad.subject, NamedNode)
    }
    return [_Node(store, NamedNode(iri)) for iri in sorted(iris)]


def _named(statements: Iterable[ViewStatement]) -> set[str]:
    """The IRIs of all entities that statements speak of."""
    return {iri for s in statements for iri in (s.subject, s.object, s.said_by) if iri is not None}


def _positions(statements: Iterable[ViewStatement]) -> Mapping[str, set[str]]:
    positions: dict[str, set[str]] = {}
    for statement in statements:
        if statement.literal is not None and statement.modality == "asserted":
            positions.setdefault(statement.subject, set()).add(statement.literal)
    return positions


def _entity(node: _Node, class_names: Mapping[str, str], positions: Mapping[str, set[str]]) -> ViewEntity:
    types = node.all(RDF + "type")
    known = [class_names[iri] for iri in types if iri in class_names]
    label = node.label() or local_name(node.iri)
    return ViewEntity(
        iri=node.iri,
        label=label,
        type=(known or [local_name(iri) for iri in types] or ["Thing"])[0],
        aliases=tuple(alias for alias in node.all(SKOS + "altLabel") if alias != label),
        positions=tuple(sorted(positions.get(node.iri, ()))),
    )


def _statement(node: _Node, relation_names: Mapping[str, str], evidence: Mapping[str, ViewEvidence]) -> ViewStatement:
    predicate = node.first(RDF + "predicate") or ""
    target = node.first(RDF + "object")
    literal = node.is_literal(RDF + "object")
    quotes = _quotes(node, evidence)
    confidence = node.first(KG + "confidence")
    return ViewStatement(
        iri=node.iri,
        subject=node.first(RDF + "subject") or "",
        relation=relation_names.get(predicate, local_name(predicate)),
        object=None if literal else target,
        literal=target if literal else None,
        modality=local_name(node.first(KG + "modality") or "asserted"),
        date=_date(node),
        place=node.first(KG + "place"),
        amount=node.first(KG + "amount"),
        field=node.first(KG + "field"),
        role=node.first(KG + "role"),
        level=node.first(KG + "level"),
        occasion=node.first(KG + "occasion"),
        said_by=node.first(KG + "saidBy"),
        confidence=None if confidence is None else float(confidence),
        sources=int(node.first(KG + "sourceCount") or len({quote.article for quote in quotes}) or 1),
        evidence=quotes,
    )


def _date(node: _Node) -> str | None:
    start, end = node.first(KG + "startDate"), node.first(KG + "endDate")
    if start or end:
        return f"{start or '..'}/{end or '..'}"
    return node.first(KG + "date")


def _quotes(node: _Node, evidence: Mapping[str, ViewEvidence]) -> tuple[ViewEvidence, ...]:
    """The quotes of a node, in the order of articles and of their text."""
    quotes = [evidence[iri] for iri in node.all(KG + "evidence") if iri in evidence]
    return tuple(sorted(quotes, key=lambda quote: (quote.article, quote.start or 0, quote.iri)))


def _evidence(node: _Node) -> ViewEvidence:
    start, end = node.first(KG + "start"), node.first(KG + "end")
    return ViewEvidence(
        iri=node.iri,
        article=node.first(KG + "article") or "",
        quote=node.first(KG + "quote") or "",
        start=None if start is None else int(start),
        end=None if end is None else int(end),
        paragraph=node.first(KG + "paragraph"),
    )


def _quantity(node: _Node, evidence: Mapping[str, ViewEvidence]) -> ViewQuantity:
    return ViewQuantity(
        iri=node.iri,
        about=node.first(KG + "about") or "",
        text=node.first(KG + "text") or " ".join(node.all(KG + "value") + node.all(KG + "unit")),
        evidence=_quotes(node, evidence),
    )


def _articles(store: Store, evidence: Iterable[ViewEvidence]) -> tuple[ViewArticle, ...]:
    iris = {node.iri for node in _nodes(store, ARTICLE)} | {quote.article for quote in evidence}
    return tuple(_article(_Node(store, NamedNode(iri))) for iri in sorted(iris))


def _article(node: _Node) -> ViewArticle:
    return ViewArticle(
        iri=node.iri,
        id=node.first(DCTERMS + "identifier") or local_name(node.iri),
        title=node.first(SCHEMA + "headline"),
        date=node.first(SCHEMA + "datePublished"),
        outlet=node.first(SCHEMA + "publisher"),
        url=node.first(SCHEMA + "url"),
    )
