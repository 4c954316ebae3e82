"""The view says what the graph says, in plain values."""

from pathlib import Path

from pyoxigraph import NamedNode, Store

from kg.graph import RDF
from kg.ontology import KG, Ontology
from kg.view import GraphView, ViewEntity, ViewStatement, read_view
from tests.page_fixtures import GraphMaker, large, news


def entity(view: GraphView, label: str) -> ViewEntity:
    return next(one for one in view.entities if one.label == label)


def statement(view: GraphView, relation: str) -> ViewStatement:
    return next(one for one in view.statements if one.relation == relation)


def test_an_entity_has_its_names_class_and_offices(ontology: Ontology) -> None:
    lam = entity(read_view(news(), ontology), "Trần Đức Lâm")
    assert lam.type == "Person"
    assert lam.aliases == ("Chủ tịch Lâm", "ông Lâm")
    assert lam.positions == ("Chủ tịch",)


def test_a_statement_has_all_that_the_text_gives(ontology: Ontology) -> None:
    view = read_view(news(), ontology)
    received = statement(view, "received")
    assert (received.date, received.place, received.confidence) == ("2025-11-15", "trụ sở UBND thành phố", 0.93)
    assert received.sources == 2
    assert [view.articles[0].iri, view.articles[1].iri] == [quote.article for quote in received.evidence]
    invests = statement(view, "invests_in")
    assert (invests.modality, invests.amount) == ("planned", "không dưới 10 tỷ USD")
    assert invests.said_by == entity(view, "Vương Minh").iri
    assert statement(view, "held_in").date == "2025-11-14/2025-11-16"
    assert statement(view, "implements").date == "2024"
    position = statement(view, "holds_position")
    assert (position.object, position.literal) == (None, "Chủ tịch")


def test_everything_is_sorted_and_known(ontology: Ontology) -> None:
    view = read_view(large(60, 150), ontology)
    assert [one.iri for one in view.entities] == sorted(one.iri for one in view.entities)
    assert [one.iri for one in view.statements] == sorted(one.iri for one in view.statements)
    known = {one.iri for one in view.entities}
    assert all({one.subject, one.object, one.said_by} - {None} <= known for one in view.statements)
    articles = {one.iri for one in view.articles}
    assert all(quote.article in articles for one in view.statements for quote in one.evidence)


def test_a_quantity_is_about_its_entity(ontology: Ontology) -> None:
    view = read_view(news(), ontology)
    (figure,) = view.quantities
    assert (figure.text, figure.about) == ("22 doanh nghiệp Nhật Bản", entity(view, "Đà Nẵng").iri)
    assert figure.evidence[0].quote.startswith("Hiện có 22")


def test_unknown_terms_keep_the_name_in_their_iri(ontology: Ontology) -> None:
    maker = GraphMaker()
    ship = maker.entity("tau-1", "Ship", "Tàu Hòa Bình")
    port = maker.entity("cang-1", "Place", "Cảng Tiên Sa")
    article = maker.article("a-1", "Tàu cập cảng", "2025-01-02", "Báo Biển", "https://example.org/1")
    maker.statement("s-1", ship, "docked_at", port, article, "Tàu Hòa Bình cập cảng Tiên Sa.")
    view = read_view(maker.store, ontology)
    assert entity(view, "Tàu Hòa Bình").type == "Ship"
    assert view.statements[0].relation == "docked_at"


def test_independent_sources_are_what_the_graph_counts(ontology: Ontology) -> None:
    store = news()
    node = NamedNode("https://example.org/tin/statement/s01")
    store.update(f"INSERT DATA {{ {node} <{KG}sourceCount> 1 }}")
    received = statement(read_view(store, ontology), "received")
    assert (received.sources, len(received.evidence)) == (1, 2)


def test_a_half_written_statement_is_left_out(ontology: Ontology) -> None:
    store = Store()
    store.update(f"INSERT DATA {{ <https://example.org/s> <{RDF}type> <{KG}Statement> }}")
    assert read_view(store, ontology) == GraphView((), (), ())


def test_the_fixture_is_in_the_profile() -> None:
    text = (Path(__file__).parent / "graphs" / "news.ttl").read_text("utf-8")
    assert "_:" not in text
