"""Whether a graph is what it promises to be: SHACL for single nodes, SPARQL for what joins several."""

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Store

from kg.errors import GraphError
from kg.graph import select
from kg.ontology import Ontology, ontology_folder

SHAPES = "shapes.ttl"


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One fault of a graph: what is wrong, at which node (its IRI), and the value that is wrong, if there is one."""

    message: str
    node: str
    value: str = ""


# Each query finds nodes (?node, and ?value where it helps) that break the promise it stands under.
INVARIANTS: dict[str, str] = {
    "A plain triple stands only for an asserted statement.": """
        { SELECT DISTINCT ?relation { ?any a kg:Statement ; rdf:predicate ?relation } }
        ?node ?relation ?value
        MINUS { ?a rdf:subject ?node ; rdf:predicate ?relation ; rdf:object ?value ; kg:modality kg:asserted }
        MINUS { ?b rdf:subject ?value ; rdf:predicate ?relation ; rdf:object ?node ; kg:modality kg:asserted
                FILTER(?relation IN (%(symmetric)s)) }""",
    "An asserted statement has its plain triple.": """
        ?node a kg:Statement ; kg:modality kg:asserted ;
              rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object
        FILTER NOT EXISTS { ?subject ?relation ?object }""",
    "A quote is as long as its offsets say.": """
        ?node a kg:Evidence ; kg:quote ?value ; kg:start ?start ; kg:end ?end
        FILTER(STRLEN(?value) != ?end - ?start)""",
    "A quote stands in its paragraph.": """
        ?node a kg:Evidence ; kg:quote ?value ; kg:paragraph ?paragraph
        FILTER(!CONTAINS(STR(?paragraph), STR(?value)))""",
    "A statement comes from the articles that its evidence stands in.": """
        ?node a kg:Statement ; kg:evidence/kg:article ?value
        FILTER NOT EXISTS { ?node prov:wasDerivedFrom ?value }""",
    "A statement counts the articles it comes from.": """
        { SELECT ?node (COUNT(DISTINCT ?article) AS ?counted) { ?node a kg:Statement ; prov:wasDerivedFrom ?article }
          GROUP BY ?node }
        ?node kg:articleCount ?value
        FILTER(?value != ?counted)""",
    "A statement has no more independent sources than articles.": """
        ?node a kg:Statement ; kg:articleCount ?articles ; kg:sourceCount ?value
        FILTER(?value > ?articles)""",
    "Nodes that disagree do so both ways.": """
        ?node kg:disagreesWith ?value
        FILTER NOT EXISTS { ?value kg:disagreesWith ?node }""",
    "The ends and the speaker of a statement are entities with a name.": """
        ?node a kg:Statement ; rdf:subject|rdf:object|kg:saidBy ?value
        FILTER(!isLiteral(?value))
        FILTER NOT EXISTS { ?value rdfs:label ?name }""",
    "Every node has an IRI.": """
        ?node ?property ?value
        FILTER(isBlank(?node) || isBlank(?value))""",
}


def validate(store: Store, ontology: Ontology) -> tuple[Violation, ...]:
    """All faults of the graph in `store`, sorted; none for a good one."""
    return tuple(
        sorted({*_find_misshapen(store), *_find_broken_promises(store, ontology), *_find_misfits(store, ontology)})
    )


def _find_misshapen(store: Store) -> Iterator[Violation]:
    import rdflib
    from pyshacl import validate as validate_shapes

    shapes = rdflib.Graph().parse(ontology_folder() / SHAPES, format="turtle")
    triples = sorted({str(quad.triple) for quad in store})
    data = rdflib.Graph().parse(data=" .\n".join([*triples, ""]), format="nt")
    conforms, report, _ = validate_shapes(data, shacl_graph=shapes, inference="none", advanced=False)
    if conforms:
        return
    if not isinstance(report, rdflib.Graph):
        raise GraphError(f"The graph cannot be validated: {report}")
    shacl = rdflib.SH
    for result in report.subjects(rdflib.RDF.type, shacl.ValidationResult):
        messages = sorted(str(message) for message in report.objects(result, shacl.resultMessage))
        value = report.value(result, shacl.value)
        yield Violation(messages[0], str(report.value(result, shacl.focusNode)), "" if value is None else str(value))


def _find_broken_promises(store: Store, ontology: Ontology) -> Iterator[Violation]:
    symmetric = ", ".join(f"<{term.iri}>" for term in ontology.relations.values() if term.symmetric)
    for promise, pattern in INVARIANTS.items():
        pattern = pattern.replace("%(symmetric)s", symmetric)
        for row in select(store, f"SELECT ?node ?value {{ {pattern} }}"):
            yield Violation(promise, _value(row["node"]), _value(row["value"]))


def _find_misfits(store: Store, ontology: Ontology) -> Iterator[Violation]:
    """Statements whose relation the ontology does not know, or whose ends are of classes that it does not join."""
    relations = {term.iri: term for term in ontology.relations.values()}
    classes = {term.iri: term.name for term in ontology.classes.values()}
    rows = select(
        store,
        "SELECT ?node ?relation ?subject ?object { ?node a kg:Statement ; rdf:predicate ?relation ; "
        "rdf:subject/rdf:type ?subject . OPTIONAL { ?node rdf:object/rdf:type ?object } }",
    )
    for row in rows:
        node, iri = row["node"].value, row["relation"].value
        if (relation := relations.get(iri)) is None:
            yield Violation("The ontology has no such relation (perhaps an --ontology file is missing).", node, iri)
            continue
        subject = classes.get(row["subject"].value, row["subject"].value)
        object = classes.get(row["object"].value, row["object"].value) if row["object"] is not None else None
        if relation.literal != (object is None):
            yield Violation("The object is a text where the relation takes one, else a node.", node, relation.name)
        elif not relation.admits(subject, object or ""):
            ends = f"{subject} {relation.name} {object or 'a text'}"
            yield Violation("The relation does not join these classes.", node, ends)


def _value(term: object) -> str:
    return str(getattr(term, "value", "" if term is None else term))
