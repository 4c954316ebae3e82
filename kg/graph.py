"""Statements and resolved entities as RDF: who did what with whom, and in which sentence it stands.

A statement is a node with everything that is known of it; the plain triple subject–relation–object is there too, but
only if the statement is asserted: what is planned, wished or denied never looks like a fact. A symmetric
relation has the plain triple in both directions. No blank nodes: every IRI ends in a hash of what identifies the
node, so it is the same in every build. Statements of several articles with the same ends, relation, modality, date and
amount are one node; one that gives no date or amount joins the one that does, if there is only one. A statement whose
ends are, by all articles together, of classes that its relation does not join is left out, and reported.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

from pyoxigraph import NamedNode, Quad, QuerySolutions, RdfFormat, Store, Triple, parse

from kg import turtle
from kg.blocks import Source, describe_entity, write_article, write_fact, write_figures
from kg.errors import GraphError
from kg.model import Extraction
from kg.ontology import KG, Ontology
from kg.resolution import Resolution
from kg.resolution.offices import Holders
from kg.sayings import Ends, Figure, Known, Misfit, Saying, quotes_of, read_figures, read_misfits, read_sayings

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
    on_misfit: Callable[[Misfit], object] = lambda misfit: None,
) -> list[Triple]:
    """The graph's triples, sorted: byte for byte the same for the same articles in any order.

    `on_reject` is called with each statement node that the resolution's corrections take away, `on_misfit` with each
    statement that is left out because its ends turned out to be other than its article has them.
    """
    graph = _Graph(resolution, ontology, on_misfit)
    for extraction in chain(extractions, resolution.additions):
        graph.add(extraction)
    text = turtle.head(prefixes(base)) + "".join(graph.nodes(on_reject))
    return sorted({quad.triple for quad in parse(text, RdfFormat.TURTLE)}, key=str)


class _Graph:
    """Collects what articles say; `nodes` then writes it down."""

    def __init__(self, resolution: Resolution, ontology: Ontology, on_misfit: Callable[[Misfit], object]) -> None:
        self.resolution = resolution
        self.ontology = ontology
        self.on_misfit = on_misfit
        self.holders = Holders(resolution.tenures)
        self.extractions: list[Extraction] = []
        self.sources: dict[str, Source] = {}
        self.sayings: dict[Ends, list[Saying]] = defaultdict(list)
        self.figures: dict[tuple[str, str], list[Figure]] = defaultdict(list)

    def add(self, extraction: Extraction) -> None:
        """Take in what one article says."""
        article = extraction.article
        of = self.resolution.of
        known: Known = {e.id: (of[article.id, e.id].id, of[article.id, e.id].type) for e in extraction.entities}
        self.extractions.append(extraction)
        self.sources[article.id] = Source(article.date or "", self.resolution.sources.get(article.id, article.id))

        def denoted(entity: str, day: str | None) -> str | None:
            office = self.resolution.offices.get((article.id, entity))
            return self.holders.of(*office, day) if office else None

        for saying in read_sayings(extraction, known, self.ontology, denoted):
            self.sayings[saying.ends].append(saying)
        for misfit in read_misfits(extraction, known, self.ontology):
            self.on_misfit(misfit)
        for figure in read_figures(extraction, known):
            self.figures[figure.about, figure.unit].append(figure)

    def nodes(self, on_reject: Callable[[str], object]) -> Iterator[str]:
        """Everything taken in, as Turtle."""
        properties = {entity.id: describe_entity(entity, self.ontology) for entity in self.resolution.entities}
        hidden: set[tuple[str, int]] = set()
        for ends, sayings in self.sayings.items():
            fact = write_fact(ends, sayings, self.sources, self.ontology, self.resolution.rejected)
            yield fact.nodes
            properties[ends[0]] += [fact.plain] if fact.plain else []
            if fact.mirrored:
                properties[ends[2]].append(fact.mirrored)
            hidden |= set(fact.hidden)
            for id in fact.rejected:
                on_reject(id)
        for id, lines in properties.items():
            yield turtle.node(f"kgr:{id}", lines)
        for figures in self.figures.values():
            yield write_figures(figures, self.sources)
        told = {(s.article, s.number) for sayings in self.sayings.values() for s in sayings} - hidden
        for extraction in self.extractions:
            yield write_article(extraction.article, quotes_of(extraction, told))
