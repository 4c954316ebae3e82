"""Queries: prefixes are known, answers are stable, and nothing leaves the machine."""

import csv
import io
import json

import pytest
from pyoxigraph import Store

from kg.errors import GraphError
from kg.model import Extraction
from kg.ontology import Ontology
from kg.pipeline import assemble
from kg.query import ANSWER_FORMATS, Answer, run_query

PLANS = "SELECT ?who ?where ?amount { ?s a kg:Statement ; kg:modality kg:planned ; rdf:predicate kg:invests_in ; "
PLANS += "rdf:subject ?who ; rdf:object/rdfs:label ?where ; kg:amount ?amount }"


@pytest.fixture(scope="module")
def store(extractions: tuple[Extraction, ...], ontology: Ontology) -> Store:
    return assemble(extractions, ontology=ontology)[0]


def shown(answer: Answer) -> list[tuple[str, ...]]:
    return [tuple(map(answer.shorten, row)) for row in answer.rows]


def test_prefixes_need_no_declaration(store: Store, ontology: Ontology) -> None:
    answer = run_query(store, PLANS, ontology)
    assert answer.columns == ("who", "where", "amount")
    ((who, where, amount),) = shown(answer)
    assert who.startswith("kgr:sao-bien-")
    assert (where, amount) == ("Quảng Nam", "2 tỷ USD")


def test_rows_are_sorted_unless_the_query_says_how(store: Store, ontology: Ontology) -> None:
    query = "SELECT ?name { ?x a kg:AdministrativeArea ; rdfs:label ?name }"
    names = ["Hà Nội", "Quảng Nam", "Đà Nẵng"]
    assert shown(run_query(store, query, ontology)) == [(name,) for name in names]
    by_hand = run_query(store, query + " ORDER BY DESC(?name)", ontology)
    assert shown(by_hand) == [(name,) for name in reversed(names)]


def test_ask_and_construct_answer_in_text(store: Store, ontology: Ontology) -> None:
    assert run_query(store, "ASK { ?x kg:received ?y }", ontology).text == "true"
    assert run_query(store, "ASK { ?x kg:acquired ?y }", ontology).text == "false"
    text = run_query(store, "CONSTRUCT { ?y schema:knows ?x } WHERE { ?x kg:received ?y }", ontology).text
    assert text is not None
    assert "schema:knows" in text


def test_answers_are_written_for_programs(store: Store, ontology: Ontology) -> None:
    answer = run_query(store, PLANS, ontology)
    (row,) = csv.DictReader(io.StringIO(ANSWER_FORMATS["csv"](answer)))
    assert row["where"] == "Quảng Nam"
    assert row["who"].startswith("https://")
    head, line = ANSWER_FORMATS["tsv"](answer).splitlines()
    assert head == "?who\t?where\t?amount"
    assert line.endswith('\t"Quảng Nam"@vi\t"2 tỷ USD"@vi')
    (binding,) = json.loads(ANSWER_FORMATS["json"](answer))["results"]["bindings"]
    assert binding["where"] == {"type": "literal", "value": "Quảng Nam", "xml:lang": "vi"}


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT", "Not SPARQL"),
        ("SELECT ?x { ?x kg:recieved ?y }", "Did you mean kg:received"),
        ("SELECT ?x { ?x a kg:Preson }", "Did you mean kg:Person"),
        ("SELECT ?x { ?x nope:this ?y }", "Not SPARQL"),
        ("SELECT ?x { SERVICE <http://example.org/> { ?x ?y ?z } }", "SERVICE"),
        ("SELECT ?x { service silent ?x { ?x ?y ?z } }", "SERVICE"),
        ("DELETE WHERE { ?x ?y ?z }", "Not SPARQL"),
        ("LOAD <file:///etc/passwd>", "Not SPARQL"),
    ],
)
def test_bad_queries_get_a_hint(store: Store, ontology: Ontology, query: str, message: str) -> None:
    with pytest.raises(GraphError, match=message):
        run_query(store, query, ontology)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service kg:received ?y }",
        'SELECT ?x { ?x rdfs:label "SERVICE <a>" }',
        "SELECT ?x { ?x rdfs:label '''it's a SERVICE''' } # SERVICE kg:nothing",
        "PREFIX kg: <https://example.org/> SELECT ?x { ?x kg:nothing ?y }",
        "SELECT ?x { ?x <https://example.org/service> ?y }",
    ],
)
def test_words_that_only_look_forbidden_are_not(store: Store, ontology: Ontology, query: str) -> None:
    run_query(store, query, ontology)
