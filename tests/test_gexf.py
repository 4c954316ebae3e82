"""GEXF is read back by networkx and by the reader of Gephi Lite, and neither loses anything."""

import json
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from pyoxigraph import Store

from kg.exporters import FORMATS
from kg.exporters.gexf import to_gexf
from kg.layout import place, place_entities
from kg.ontology import Ontology
from kg.view import read_view
from tests.node_modules import node_folder
from tests.page_fixtures import HOSTILE_TEXTS, GraphMaker, hostile, large, news


def write(store: Store, path: Path, ontology: Ontology) -> Path:
    file = path / "graph.gexf"
    FORMATS["gexf"].write(store, file, ontology)
    return file


def read_with_node(file: Path) -> dict[str, Any]:
    folder = node_folder()
    done = subprocess.run(["node", "read_gexf.cjs", str(file)], cwd=folder, check=True, capture_output=True, text=True)
    graph: dict[str, Any] = json.loads(done.stdout)
    return graph


def links(ontology: Ontology, store: Store) -> set[tuple[str, str, str | None]]:
    return {(s.subject, s.relation, s.object) for s in read_view(store, ontology).statements if s.object}


def test_networkx_finds_every_relation(tmp_path: Path, ontology: Ontology) -> None:
    graph = nx.read_gexf(write(news(), tmp_path, ontology), version="1.3")
    assert {(a, data["relation"], b) for a, b, data in graph.edges(data=True)} == links(ontology, news())
    lam = next(data for _, data in graph.nodes(data=True) if data["label"] == "Trần Đức Lâm")
    assert lam["class"] == "Person"
    assert json.loads(lam["aliases"]) == ["Chủ tịch Lâm", "ông Lâm"]
    assert json.loads(lam["positions"]) == ["Chủ tịch"]
    received = next(data for _, _, data in graph.edges(data=True) if data["relation"] == "received")
    assert (received["weight"], received["label"]) == (2.0, "tiếp")
    assert json.loads(received["articles"]) == ["tin-001", "tin-002"]


def test_gephi_lite_finds_every_relation(tmp_path: Path, ontology: Ontology) -> None:
    graph = read_with_node(write(news(), tmp_path, ontology))
    assert {(e["source"], e["attributes"]["kind"], e["target"]) for e in graph["edges"]} == links(ontology, news())
    assert len({edge["key"] for edge in graph["edges"]}) == len(graph["edges"])
    invests = next(e["attributes"] for e in graph["edges"] if e["attributes"]["relation"] == "invests_in")
    assert invests["modalities"] == ["planned"]
    assert invests["amounts"] == ["không dưới 10 tỷ USD"]
    assert invests["speakers"] == ["Vương Minh"]
    assert invests["quotes"][0].startswith("Tổng Giám đốc Vương Minh cho biết")
    assert all({"x", "y", "color", "size"} <= node["attributes"].keys() for node in graph["nodes"])


def test_two_relations_between_the_same_two_stay_two(tmp_path: Path, ontology: Ontology) -> None:
    graph = read_with_node(write(news(), tmp_path, ontology))
    names = {node["key"]: node["attributes"]["label"] for node in graph["nodes"]}
    between = [e for e in graph["edges"] if (names[e["source"]], names[e["target"]]) == ("Trần Đức Lâm", "Sato Kenji")]
    assert sorted(edge["attributes"]["kind"] for edge in between) == ["received", "thanked"]


def test_the_same_relation_said_twice_is_one_heavier_edge(tmp_path: Path, ontology: Ontology) -> None:
    maker = GraphMaker()
    article = maker.article("a-1", "Tin", "2025-01-02", "Báo Biển", "https://example.org/1")
    one, other = maker.entity("a-1", "Person", "Lý Thị Ba"), maker.entity("b-1", "Person", "Hồ Văn Tư")
    maker.statement("s-1", one, "received", other, article, "Bà Ba tiếp ông Tư.", date="2025-01-01")
    maker.statement("s-2", one, "received", other, article, "Bà Ba sẽ tiếp ông Tư.", "planned", date="2025-02-01")
    (edge,) = read_with_node(write(maker.store, tmp_path, ontology))["edges"]
    assert edge["attributes"]["weight"] == 2
    assert edge["attributes"]["modalities"] == ["asserted", "planned"]
    assert edge["attributes"]["dates"] == ["2025-01-01", "2025-02-01"]


def test_hostile_text_stays_text(tmp_path: Path, ontology: Ontology) -> None:
    file = write(hostile(), tmp_path, ontology)
    graph = read_with_node(file)
    labels = {node["attributes"]["label"] for node in graph["nodes"]}
    assert labels == set(HOSTILE_TEXTS)
    assert {json.dumps(node["attributes"]["positions"]) for node in graph["nodes"]} == {
        json.dumps([text]) for text in HOSTILE_TEXTS
    }
    assert {data["label"] for _, data in nx.read_gexf(file).nodes(data=True)} == set(HOSTILE_TEXTS)


def test_characters_that_xml_cannot_hold_do_not_break_the_file(ontology: Ontology) -> None:
    maker = GraphMaker()
    maker.entity("a-1", "Person", "Lý\u0000Thị\u0008Ba\ufffe")
    root = ElementTree.fromstring(to_gexf(read_view(maker.store, ontology), ontology))
    assert root.find(".//{http://gexf.net/1.3}node").get("label") == "Lý\ufffdThị\ufffdBa\ufffd"  # type: ignore[union-attr]


def test_the_file_is_gexf_1_3(ontology: Ontology) -> None:
    root = ElementTree.fromstring(to_gexf(read_view(news(), ontology), ontology))
    assert (root.tag, root.get("version")) == ("{http://gexf.net/1.3}gexf", "1.3")
    declared = {(a.get("class"), b.get("title")) for a in root.iter("{http://gexf.net/1.3}attributes") for b in a}
    assert ("edge", "type") not in declared
    assert len(list(root.iter("{http://gexf.net/1.3}attributes"))) == 2


# Positions, shared with the page


def test_positions_do_not_depend_on_the_order_of_links() -> None:
    nodes = [f"n{i}" for i in range(90)]
    edges = [(nodes[i], nodes[(i * 7 + 3) % 90]) for i in range(90)] + [(nodes[i], nodes[i // 3]) for i in range(90)]
    assert place(nodes, edges) == place(nodes, list(reversed(edges)))


@pytest.mark.parametrize("store", [news(), large(300, 700)], ids=["small", "large"])
def test_no_two_entities_lie_on_each_other(store: Store, ontology: Ontology) -> None:
    view = read_view(store, ontology)
    positions = list(place_entities(view.entities, view.statements).values())
    gaps = [
        max(abs(one[0] - other[0]), abs(one[1] - other[1]))
        for index, one in enumerate(positions)
        for other in positions[:index]
    ]
    assert min(gaps) >= 20


def test_labels_of_a_small_graph_have_room(ontology: Ontology) -> None:
    view = read_view(news(), ontology)
    positions = place_entities(view.entities, view.statements)
    for entity in view.entities:
        x, y = positions[entity.iri]
        close = [one for one in view.entities if one != entity and abs(positions[one.iri][1] - y) < 40]
        assert all(abs(positions[one.iri][0] - x) > 44 for one in close)


@pytest.mark.parametrize(("count", "links"), [(0, []), (1, []), (2, [(0, 1)]), (3, [(0, 0)]), (2, [(0, 1), (1, 0)])])
def test_the_smallest_graphs_have_positions(count: int, links: list[tuple[int, int]]) -> None:
    nodes = [str(i) for i in range(count)]
    found = place(nodes, [(str(a), str(b)) for a, b in links])
    assert list(found) == nodes
    assert len(set(found.values())) == count
