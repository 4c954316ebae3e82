"""Graphs sorted on disk: the same triples in the same order as in memory, and a part that is whole in itself."""

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from kg.exporters.namespaces import sort_triples, triples_of
from kg.graph import DEFAULT_BASE, build_graph, to_store
from kg.model import Extraction
from kg.nodes import sort_on_disk
from kg.ontology import Ontology
from kg.resolution import resolve
from kg.validation import validate
from kg.view import read_view

IRIS = st.sampled_from("abcdé").map(lambda name: NamedNode(f"https://a.example/{name}"))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5).map(lambda text: Literal(text, language="vi"))
TRIPLES = st.lists(st.builds(Triple, IRIS, IRIS, IRIS | TEXTS), max_size=30)


@given(TRIPLES)
def test_what_is_sorted_on_disk_is_what_is_sorted_in_memory(triples: list[Triple]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "nodes"
        with sort_on_disk(triples, file, "https://a.example/") as nodes:
            assert list(nodes.triples()) == sort_triples(set(triples))
        assert not file.exists()
    assert triples_of(to_store(triples)) == sort_triples(set(triples))


def test_a_part_of_the_graph_is_a_graph(
    extractions: tuple[Extraction, ...], ontology: Ontology, tmp_path: Path
) -> None:
    triples = build_graph(extractions, resolve(extractions), ontology)
    whole = read_view(to_store(triples), ontology)
    with sort_on_disk(triples, tmp_path / "nodes", DEFAULT_BASE) as nodes:
        assert read_view(to_store(nodes.drawn(1000)), ontology) == whole
        part = to_store(nodes.drawn(3))
    assert validate(part, ontology) == ()
    drawn = read_view(part, ontology)
    assert {entity.label for entity in drawn.entities} == {"Lê Thị Mai", "John Carter", "Sao Biển"}
    assert {statement.relation for statement in drawn.statements} == {"received", "holds_position"}
    assert [s.evidence for s in drawn.statements] == [
        s.evidence for s in whole.statements if s.relation in ("received", "holds_position")
    ]


def test_statements_are_counted_by_relation_and_modality(
    extractions: tuple[Extraction, ...], ontology: Ontology, tmp_path: Path
) -> None:
    triples = build_graph(extractions, resolve(extractions), ontology)
    with sort_on_disk(triples, tmp_path / "nodes", DEFAULT_BASE) as nodes:
        counts = nodes.count_statements()
    assert counts["invests_in", "planned"] == 1
    assert counts["received", "asserted"] == 1
    assert counts.total() == 5
