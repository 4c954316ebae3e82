"""JSON-LD 1.1: the graph as JSON that a web programmer reads at sight; it has its own context, nothing is fetched."""

import json
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Store, Triple

from kg.exporters.namespaces import prefixes_of, triples_of
from kg.graph import XSD
from kg.ontology import Ontology
from kg.view import TYPE

Json = dict[str, object]


def write(store: Store, path: Path, ontology: Ontology) -> None:
    """Write one JSON object with `@context` and `@graph`; nodes and keys are sorted."""
    document = to_jsonld(triples_of(store), prefixes_of(store))
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def to_jsonld(triples: list[Triple], prefixes: dict[str, str]) -> Json:
    """The sorted triples as a compacted document: IRIs with prefixes, one node for each subject."""
    by_length = sorted(prefixes.items(), key=lambda item: -len(item[1]))

    def short(iri: str) -> str:
        prefix = next((name for name, namespace in by_length if iri.startswith(namespace)), None)
        return iri if prefix is None else f"{prefix}:{iri[len(prefixes[prefix]) :]}"

    def value(term: object) -> object:
        if isinstance(term, NamedNode):
            return {"@id": short(term.value)}
        if not isinstance(term, Literal):
            return {"@id": str(term)}
        if term.language:
            return {"@value": term.value, "@language": term.language}
        if term.datatype.value == XSD + "string":
            return term.value
        return {"@value": term.value, "@type": short(term.datatype.value)}

    nodes: dict[str, dict[str, list[object]]] = {}
    for triple in triples:
        subject = triple.subject
        node = nodes.setdefault(short(subject.value) if isinstance(subject, NamedNode) else str(subject), {})
        if triple.predicate == TYPE and isinstance(triple.object, NamedNode):
            node.setdefault("@type", []).append(short(triple.object.value))
        else:
            node.setdefault(short(triple.predicate.value), []).append(value(triple.object))
    graph = [{"@id": id} | {key: _single(values) for key, values in node.items()} for id, node in nodes.items()]
    return {"@context": prefixes, "@graph": graph}


def _single(values: list[object]) -> object:
    return values[0] if len(values) == 1 else values
