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
    return sorted(triples, key=_order)


def _order(triple: Triple) -> tuple[str, bool, str, str]:
    return str(triple.subject), triple.predicate != _TYPE, triple.predicate.value, str(triple.object)
