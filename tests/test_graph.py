"""The graph keeps the RDF profile's promises, whatever order the articles come in."""

import itertools
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.errors import GraphError
from kg.exporters import FORMATS
from kg.graph import base_of, build_graph, read_graph, select, to_store
from kg.model import MODALITIES, Article, Entity, Extraction, Span, Statement
from kg.ontology import KG, Ontology
from kg.pipeline import assemble
from kg.resolution import resolve
from kg.validation import INVARIANTS


@pytest.fixture(scope="module")
def store(extractions: tuple[Extraction, ...], ontology: Ontology) -> Store:
    return assemble(extractions, ontology=ontology)[0]


def rows(store: Store, query: str) -> list[tuple[str, ...]]:
    solutions = select(store, query)
    names = [variable.value for variable in solutions.variables]
    return sorted(tuple("" if row[name] is None else row[name].value for name in names) for row in solutions)


STATEMENT = "?st a kg:Statement ; rdf:subject/rdfs:label ?s ; rdf:predicate ?p ; rdf:object ?o ."


def test_a_meeting_that_two_articles_report_is_one_statement_with_two_quotes(store: Store) -> None:
    found = rows(
        store,
        f"SELECT ?s ?date ?place ?count (COUNT(?evidence) AS ?quotes) {{ {STATEMENT} FILTER(?p = kg:received) "
        "?st kg:date ?date ; kg:place ?place ; kg:articleCount ?count ; kg:evidence ?evidence } "
        "GROUP BY ?s ?date ?place ?count",
    )
    assert found == [("Lê Thị Mai", "2025-03-09", "Hà Nội", "2", "2")]


def test_only_what_is_asserted_has_the_plain_triple(store: Store) -> None:
    plain = rows(store, "SELECT ?s ?p ?o { ?x ?p ?y . ?x rdfs:label ?s . ?y rdfs:label ?o FILTER(?p != kg:successor) }")
    assert [(s, p.rpartition("#")[2], o) for s, p, o in plain] == [
        ("Lê Thị Mai", "received", "John Carter"),
        ("Sao Biển", "operates_in", "Quảng Nam"),
    ]
    stated = rows(store, f"SELECT ?s ?p ?m {{ {STATEMENT} ?st kg:modality ?m }}")
    assert [(s, p.rpartition("#")[2], m.rpartition("#")[2]) for s, p, m in stated] == [
        ("Lê Thị Mai", "holds_position", "asserted"),
        ("Lê Thị Mai", "received", "asserted"),
        ("Sao Biển", "acquired", "negated"),
        ("Sao Biển", "invests_in", "planned"),
        ("Sao Biển", "operates_in", "asserted"),
    ]


def test_a_plan_has_its_speaker_amount_and_confidence(store: Store) -> None:
    found = rows(
        store,
        f"SELECT ?s ?who ?amount ?confidence {{ {STATEMENT} "
        "?st kg:saidBy/rdfs:label ?who ; kg:amount ?amount ; kg:confidence ?confidence }",
    )
    assert found == [("Sao Biển", "John Carter", "2 tỷ USD", "0.75")]


def test_a_position_is_a_text(store: Store) -> None:
    assert rows(store, "SELECT ?s ?o { ?x kg:holds_position ?o ; rdfs:label ?s }") == [("Lê Thị Mai", "Bộ trưởng")]


def test_quantities_are_numbers_about_something(store: Store) -> None:
    found = rows(store, "SELECT ?v ?u ?a { ?q a kg:Quantity ; kg:value ?v ; kg:unit ?u ; kg:about/rdfs:label ?a }")
    assert found == [("1200", "công nhân", "Sao Biển")]


def test_evidence_points_into_its_article(store: Store, extractions: tuple[Extraction, ...]) -> None:
    texts = {extraction.article.id: extraction.article.text for extraction in extractions}
    found = rows(
        store,
        "SELECT ?id ?quote ?start ?end ?paragraph { ?e a kg:Evidence ; kg:article/dcterms:identifier ?id ; "
        "kg:quote ?quote ; kg:start ?start ; kg:end ?end ; kg:paragraph ?paragraph }",
    )
    assert len(found) == 5
    for id, quote, start, end, paragraph in found:
        assert texts[id][int(start) : int(end)] == quote
        assert quote in paragraph
        assert "\n" not in paragraph


def test_articles_say_where_they_come_from(store: Store) -> None:
    query = "SELECT ?id ?date ?outlet ?url { ?a dcterms:identifier ?id OPTIONAL { ?a schema:datePublished ?date } "
    query += "OPTIONAL { ?a schema:publisher ?outlet } OPTIONAL { ?a schema:url ?url } }"
    assert rows(store, query) == [
        ("cang", "2025-03-11", "Báo Cảng", "https://news.example/cang"),
        ("hoi-cho", "2025-03-10", "", ""),
    ]


def test_the_order_of_articles_does_not_matter(extractions: tuple[Extraction, ...], ontology: Ontology) -> None:
    graphs = [
        build_graph(order, resolve(order), ontology)
        for order in (list(order) for order in itertools.permutations(extractions))
    ]
    assert graphs[0] == graphs[1]


def test_nodes_keep_their_names_when_an_article_is_added(
    extractions: tuple[Extraction, ...], ontology: Ontology, store: Store
) -> None:
    alone = assemble(extractions[:1], ontology=ontology)[0]
    lost = {quad.subject.value for quad in alone} - {quad.subject.value for quad in store}
    assert lost == set()


def test_a_symmetric_relation_is_one_statement_and_two_plain_triples(
    extractions: tuple[Extraction, ...], ontology: Ontology
) -> None:
    meeting = replace(extractions[0].statements[0], relation="met_with", subject="e1", object="e2")
    back = replace(extractions[1].statements[0], relation="met_with", subject="e2", object="e1")
    store = assemble(
        [replace(extractions[0], statements=(meeting,)), replace(extractions[1], statements=(back,), quantities=())],
        ontology=ontology,
    )[0]
    assert len(rows(store, "SELECT ?st { ?st a kg:Statement }")) == 1
    assert len(rows(store, "SELECT ?a ?b { ?a kg:met_with ?b }")) == 2


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (("2025-03-09", None), ["2025-03-09"]),
        (("2025-03-09", "2025-03-09"), ["2025-03-09"]),
        (("2025-03-09", "2025-03-08"), ["2025-03-08", "2025-03-09"]),
        ((None, None), [""]),
        (("2025-03-09", "2025-03"), ["2025-03", "2025-03-09"]),
        (("2025-03-01/2025-03-09", None), ["2025-03-01 2025-03-09"]),
    ],
)
def test_an_undated_report_joins_the_dated_one(
    dates: tuple[str | None, str | None],
    expected: list[str],
    extractions: tuple[Extraction, ...],
    ontology: Ontology,
) -> None:
    given = [
        replace(e, statements=(replace(e.statements[0], date=d),)) for e, d in zip(extractions, dates, strict=True)
    ]
    store = assemble(given, ontology=ontology)[0]
    query = "SELECT ?day ?from ?to { ?st a kg:Statement OPTIONAL { ?st kg:date ?day } "
    query += "OPTIONAL { ?st kg:startDate ?from ; kg:endDate ?to } }"
    assert [" ".join(part for part in row if part) for row in rows(store, query)] == expected


def test_an_undated_report_joins_none_of_two_dates(extractions: tuple[Extraction, ...], ontology: Ontology) -> None:
    one, other = (replace(e, statements=(e.statements[0],), quantities=()) for e in extractions)
    third = replace(
        other,
        article=replace(other.article, id="ba"),
        statements=(replace(other.statements[0], date="2025-03-01"),),
    )
    store = assemble([one, other, third], ontology=ontology)[0]
    assert len(rows(store, "SELECT ?st { ?st a kg:Statement }")) == 3


def test_the_base_is_an_option(extractions: tuple[Extraction, ...], ontology: Ontology) -> None:
    base = "https://example.org/tin/"
    store = assemble(extractions, ontology=ontology, base=base)[0]
    assert base_of(store) == base
    assert all(quad.subject.value.startswith(base) for quad in store)


def test_turtle_is_the_same_graph_for_two_libraries(store: Store, ontology: Ontology, tmp_path: Path) -> None:
    file = tmp_path / "graph.ttl"
    FORMATS["turtle"].write(store, file, ontology)
    assert len(read_graph(file)) == len(store) == len(rdflib.Graph().parse(file))


BUILD = """
import sys
from pathlib import Path
from kg.exporters import FORMATS
from kg.graph import read_graph
from kg.ontology import load_ontology
FORMATS["turtle"].write(read_graph(sys.argv[1]), Path(sys.argv[2]), load_ontology())
"""


def test_turtle_has_the_same_bytes_whatever_the_hash_seed(store: Store, ontology: Ontology, tmp_path: Path) -> None:
    file = tmp_path / "graph.ttl"
    FORMATS["turtle"].write(store, file, ontology)
    for seed in ("1", "2"):
        again = tmp_path / f"{seed}.ttl"
        subprocess.run([sys.executable, "-c", BUILD, file, again], check=True, env={"PYTHONHASHSEED": seed})
        assert again.read_bytes() == file.read_bytes()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.ttl", None, "no such file"),
        ("a.txt", b"", "not a kind of file"),
        ("a.ttl", b"<a:a> <a:b>\n nonsense", "a.ttl:2: not Turtle"),
        ("a.ttl", b"\xff\xfe", "not Turtle"),
    ],
)
def test_a_bad_graph_file_is_named(tmp_path: Path, name: str, content: bytes | None, message: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(GraphError, match=message):
        read_graph(tmp_path / name)


def test_a_store_holds_each_triple_once(extractions: tuple[Extraction, ...], ontology: Ontology) -> None:
    triples = build_graph(extractions, resolve(extractions), ontology)
    assert len(triples) == len(set(triples)) == len(to_store(triples))


_statements = st.builds(
    Statement,
    subject=st.sampled_from(["e1", "e2"]),
    relation=st.sampled_from(["received", "met_with", "praised"]),
    object=st.sampled_from(["e2", "e3"]),
    evidence=st.just((Span(0, 7),)),
    modality=st.sampled_from(MODALITIES),
    date=st.sampled_from([None, "2025", "2025-03-09"]),
    said_by=st.sampled_from([None, "e1"]),
    qualifiers=st.sampled_from([{}, {"amount": "2 tỷ"}, {"amount": "3 tỷ", "place": "Huế"}]),
    confidence=st.sampled_from([0.5, 1.0]),
)
_PEOPLE = tuple(Entity(f"e{n}", name, "Person", (name,)) for n, name in enumerate(("An", "Bình", "Chi"), 1))


@given(st.lists(st.lists(_statements, max_size=4), min_size=1, max_size=4))
@settings(max_examples=60)
def test_any_statements_keep_all_promises_in_any_order(ontology: Ontology, lists: list[list[Statement]]) -> None:
    given = [Extraction(Article(f"a{n}", "An Bình."), _PEOPLE, tuple(statements)) for n, statements in enumerate(lists)]
    triples = build_graph(given, resolve(given), ontology)
    assert triples == build_graph(given[::-1], resolve(given[::-1]), ontology)
    store = to_store(triples)
    for promise, pattern in INVARIANTS.items():
        query = f"SELECT ?node {{ {pattern.replace('%(symmetric)s', '<' + KG + 'met_with>')} }}"
        assert rows(store, query) == [], promise
