"""Turtle: the graph's own file, readable by any RDF tool; the same triples give the same bytes."""

from pathlib import Path

from pyoxigraph import RdfFormat, Store, serialize

from kg.exporters.namespaces import prefixes_of, triples_of
from kg.ontology import Ontology


def write(store: Store, path: Path, ontology: Ontology) -> None:
    """Write every triple, sorted, with fixed prefixes; pyoxigraph's own `dump` would not keep one order."""
    serialize(triples_of(store), path, RdfFormat.TURTLE, prefixes=prefixes_of(store))
