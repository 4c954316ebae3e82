"""The prefixes of the text formats, and the one order in which triples are written."""

from collections.abc import Iterable

from pyoxigraph import NamedNode, Store, Triple

from kg.graph import RDF, base_of, prefixes

_TYPE = NamedNode(RDF + "type")


def prefixes_of(store: Store) -> dict[str, str]:
    """Prefix to namespace for the vocabularies and for the graph's own nodes, whatever base they were built with."""
    return dict(sorted(prefixes(base_of(store)).items()))


def triples_of(store: Store) -> list[Triple]:
    """Every triple of the store once, whichever graph holds it, sorted."""
    return sort_triples({quad.triple for quad in store})


def sort_triples(triples: Iterable[Triple]) -> list[Triple]:
    """By subject, its types first, then by predicate and object."""
    # Subjects first, then the few triples of each by themselves: long keys for every triple would cost more.
    by_subject: dict[object, list[Triple]] = {}
    for triple in triples:
        by_subject.setdefault(triple.subject, []).append(triple)
    ordered: list[Triple] = []
    for subject in sorted(by_subject, key=str):
        ordered += sorted(by_subject[subject], key=_order)
    return ordered


def _order(triple: Triple) -> tuple[bool, str, str]:
    predicate = triple.predicate.value
    return predicate != _TYPE.value, predicate, str(triple.object)
