"""What a graph can be written as. A format is one file of this folder and one line of `FORMATS`."""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a graph: its file suffix, what a person calls it, and the module whose `write` makes it.

    The module is imported when it is first used, so that listing the formats costs nothing.
    """

    suffix: str
    label: str
    module: str

    def write(self, store: "Store", path: Path, ontology: "Ontology") -> None:
        """Write the graph of `store` to `path`; the same graph gives the same bytes. Raises OSError as `open` does."""
        import_module(self.module).write(store, path, ontology)


FORMATS: dict[str, Format] = {
    "turtle": Format(".ttl", "Turtle", "kg.exporters.turtle"),
    "html": Format(".html", "interactive page, one file", "kg.exporters.html"),
    "gexf": Format(".gexf", "GEXF 1.3 for Gephi", "kg.exporters.gexf"),
    "jsonld": Format(".jsonld", "JSON-LD 1.1 with its own context", "kg.exporters.jsonld"),
    "trig": Format(".trig", "TriG, one named graph per article", "kg.exporters.trig"),
    "nquads": Format(".nq", "N-Quads, one named graph per article", "kg.exporters.nquads"),
    "ntriples": Format(".nt", "N-Triples", "kg.exporters.ntriples"),
    "csv": Format(".csv", "table of statements, one quote a row", "kg.exporters.csv"),
}
