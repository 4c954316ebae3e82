"""TriG: one named graph per article, so that one can ask what a single article says, or drop it."""

from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from kg.exporters.namespaces import prefixes_of, triples_of
from kg.graph import PROV, RDF
from kg.ontology import KG, Ontology
from kg.view import ARTICLE, TYPE

ASSERTED = NamedNode(KG + "asserted")
_LINKS = (NamedNode(PROV + "wasDerivedFrom"), NamedNode(KG + "article"))
_EVIDENCE = NamedNode(KG + "evidence")
_MODALITY = NamedNode(KG + "modality")
_PARTS = tuple(NamedNode(RDF + part) for part in ("subject", "predicate", "object"))


def write(store: Store, path: Path, ontology: Ontology) -> None:
    """Write the graph as TriG, sorted."""
    serialize(quads_by_article(store), path, RdfFormat.TRIG, prefixes=prefixes_of(store))


def quads_by_article(store: Store) -> list[Quad]:
    """Each triple in the graph of every article that it comes from; what no article owns in the default graph.

    A statement, its evidence and its direct triple belong to the articles of its evidence; entities, with their
    labels, to none. The order is by graph, the default graph first.
    """
    triples = triples_of(store)
    owners = _owners(triples)
    direct = _direct(triples, owners)
    quads = [
        (graph, triple)
        for triple in triples
        for graph in sorted(owners.get(str(triple.subject)) or direct.get(triple) or {""})
    ]
    quads.sort(key=lambda pair: pair[0])
    return [
        Quad(triple.subject, triple.predicate, triple.object, NamedNode(graph) if graph else DefaultGraph())
        for graph, triple in quads
    ]


def _owners(triples: list[Triple]) -> dict[str, set[str]]:
    """The articles of each article, statement, evidence and quantity node, by the node's N-Triples form."""
    owners: dict[str, set[str]] = {}
    for triple in triples:
        if not isinstance(triple.object, NamedNode):
            continue
        if triple.predicate in _LINKS:
            owners.setdefault(str(triple.subject), set()).add(triple.object.value)
        elif triple.predicate == TYPE and triple.object == ARTICLE and isinstance(triple.subject, NamedNode):
            owners[str(triple.subject)] = {triple.subject.value}
    for triple in triples:
        if triple.predicate == _EVIDENCE:
            owners.setdefault(str(triple.subject), set()).update(owners.get(str(triple.object), ()))
    return owners


def _direct(triples: list[Triple], owners: dict[str, set[str]]) -> dict[Triple, set[str]]:
    """The articles of each direct triple: those of the asserted statements that say it."""
    parts: dict[str, dict[NamedNode, object]] = {}
    for triple in triples:
        if triple.predicate in _PARTS or triple.predicate == _MODALITY:
            parts.setdefault(str(triple.subject), {})[triple.predicate] = triple.object
    direct: dict[Triple, set[str]] = {}
    for node, values in parts.items():
        subject, predicate, target = (values.get(part) for part in _PARTS)
        if values.get(_MODALITY) == ASSERTED and isinstance(subject, NamedNode) and isinstance(predicate, NamedNode):
            direct.setdefault(Triple(subject, predicate, target), set()).update(owners.get(node, ()))  # type: ignore[arg-type]
    return direct
