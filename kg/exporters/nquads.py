"""N-Quads: the graph with one named graph per article, one quad a line."""

from pathlib import Path

from pyoxigraph import RdfFormat, Store, serialize

from kg.exporters.trig import quads_by_article
from kg.ontology import Ontology


def write(store: Store, path: Path, ontology: Ontology) -> None:
    """Write the graph as N-Quads, sorted."""
    serialize(quads_by_article(store), path, RdfFormat.N_QUADS)
