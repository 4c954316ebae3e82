"""N-Triples: one triple a line, for tools that stream or compare."""

from pathlib import Path

from pyoxigraph import RdfFormat, Store, serialize

from kg.exporters.namespaces import triples_of
from kg.ontology import Ontology


def write(store: Store, path: Path, ontology: Ontology) -> None:
    """Write every triple of the store as N-Triples, sorted."""
    serialize(triples_of(store), path, RdfFormat.N_TRIPLES)
