"""Validation finds each kind of damage that is done to a good graph, and nothing in the good one."""

import pytest
from pyoxigraph import Store

from kg.model import Extraction
from kg.ontology import Ontology
from kg.pipeline import assemble
from kg.validation import INVARIANTS, validate

PREFIXES = """
PREFIX kg: <https://w3id.org/vi-news-kg/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""

# What is done to the graph, and what the report then says.
DAMAGE = {
    "INSERT { ?s ?p ?o } WHERE { ?x kg:modality kg:planned ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }": (
        "A plain triple stands only for an asserted statement."
    ),
    "INSERT { ?o kg:received ?s } WHERE { ?s kg:received ?o }": "A plain triple stands only for an asserted statement.",
    "DELETE { ?s kg:received ?o } WHERE { ?s kg:received ?o }": "An asserted statement has its plain triple.",
    "DELETE { ?e kg:end ?n } INSERT { ?e kg:end 9999 } WHERE { ?e kg:end ?n }": (
        "A quote is as long as its offsets say."
    ),
    "DELETE { ?e kg:paragraph ?p } INSERT { ?e kg:paragraph 'khác'@vi } WHERE { ?e kg:paragraph ?p }": (
        "A quote stands in its paragraph."
    ),
    "DELETE { ?s prov:wasDerivedFrom ?a } WHERE { ?s prov:wasDerivedFrom ?a ; kg:articleCount 2 }": (
        "A statement comes from the articles that its evidence stands in."
    ),
    "DELETE { ?s kg:articleCount 2 } INSERT { ?s kg:articleCount 3 } WHERE { ?s kg:articleCount 2 }": (
        "A statement counts the articles it comes from."
    ),
    "DELETE { ?s kg:sourceCount ?n } INSERT { ?s kg:sourceCount 9 } WHERE { ?s kg:sourceCount ?n }": (
        "A statement has no more independent sources than articles."
    ),
    "INSERT { ?s kg:disagreesWith ?t } WHERE { ?s kg:articleCount 2 . ?t kg:modality kg:planned }": (
        "Nodes that disagree do so both ways."
    ),
    "DELETE { ?x rdfs:label ?n } WHERE { ?x a kg:Person ; rdfs:label ?n }": (
        "The ends and the speaker of a statement are entities with a name."
    ),
    "INSERT DATA { _:b rdfs:label 'x'@vi ; a kg:Person }": "Every node has an IRI.",
    "DELETE { ?s kg:evidence ?e } WHERE { ?s a kg:Statement ; kg:evidence ?e }": "A statement has evidence.",
    "DELETE { ?s kg:modality ?m } WHERE { ?s kg:modality ?m }": (
        "A statement is kg:asserted, kg:planned or kg:negated, one of them."
    ),
    "DELETE { ?s kg:confidence ?c } INSERT { ?s kg:confidence 1.5 } WHERE { ?s kg:confidence ?c }": (
        "A confidence is a decimal number from 0 to 1."
    ),
    "DELETE { ?s kg:date ?d } INSERT { ?s kg:date 'hôm qua' } WHERE { ?s kg:date ?d }": (
        "A date is one day, month or year."
    ),
    "INSERT { ?x a kg:Company } WHERE { ?x a kg:Person }": "An entity is of one class.",
    "INSERT { ?x rdfs:label 'two'@vi } WHERE { ?x a kg:Person }": "An entity has one name, in Vietnamese.",
    "DELETE { ?x a kg:Person } INSERT { ?x a kg:Event } WHERE { ?x a kg:Person }": (
        "The relation does not join these classes."
    ),
    "DELETE { ?s rdf:predicate ?p } INSERT { ?s rdf:predicate kg:unheard_of } WHERE { ?s rdf:predicate ?p }": (
        "The ontology has no such relation (perhaps an --ontology file is missing)."
    ),
    "DELETE { ?s rdf:object ?o } INSERT { ?s rdf:object 'Ai'@vi } WHERE { ?s kg:date ?day ; rdf:object ?o }": (
        "The object is a text where the relation takes one, else a node."
    ),
}


@pytest.fixture
def store(extractions: tuple[Extraction, ...], ontology: Ontology) -> Store:
    return assemble(extractions, ontology=ontology)[0]


def test_a_good_graph_keeps_all_promises(store: Store, ontology: Ontology) -> None:
    assert validate(store, ontology) == ()


@pytest.mark.parametrize(("update", "message"), DAMAGE.items())
def test_damage_is_found(store: Store, ontology: Ontology, update: str, message: str) -> None:
    store.update(PREFIXES + update)
    assert message in {violation.message for violation in validate(store, ontology)}


def test_every_invariant_has_a_graph_that_breaks_it() -> None:
    assert set(INVARIANTS) <= set(DAMAGE.values())
