"""The prefixes of the text formats, and the one order in which triples are written."""

from collections.abc import Iterable, Iterator

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store, Triple, parse

from kg.graph import RDF, base_of, prefixes

_TYPE = NamedNode(RDF + "type")
_TYPE_WRITTEN = str(_TYPE)


def prefixes_of(store: Store) -> dict[str, str]:
    """Prefix to namespace for the vocabularies and for the graph's own nodes, whatever base they were built with."""
    return dict(sorted(prefixes(base_of(store)).items()))


def triples_of(store: Store) -> list[Triple]:
    """Every triple of the store once, whichever graph holds it, sorted."""
    if any(True for _ in store.named_graphs()):
        return sort_triples({quad.triple for quad in store})
    lines = store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()) or b""
    return list(read_sorted(f"{line}\n" for line in lines.decode().split("\n") if line))


def read_sorted(lines: Iterable[str]) -> Iterator[Triple]:
    """The triples of these lines of N-Triples, each once, in the order of `sort_triples`: text sorts faster."""
    text = "".join(sorted(set(lines), key=_order_of_line))
    return (quad.triple for quad in parse(text, RdfFormat.N_TRIPLES))


def sort_triples(triples: Iterable[Triple]) -> list[Triple]:
    """By subject, its types first, then by predicate and object."""
    return sorted(triples, key=_order)


def _order(triple: Triple) -> tuple[str, bool, str, str]:
    return str(triple.subject), triple.predicate != _TYPE, triple.predicate.value, str(triple.object)


def _order_of_line(line: str) -> tuple[str, bool, str, str]:
    subject, predicate, rest = line.split(" ", 2)
    return subject, predicate != _TYPE_WRITTEN, predicate[:-1], rest[:-3]
