"""SPARQL over a graph: read-only, offline, and with the prefixes that everybody needs already there."""

import csv
import difflib
import io
import json
from collections.abc import Callable
from dataclasses import dataclass

import regex
from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QueryTriples, RdfFormat, Store, Triple, serialize

from kg.errors import GraphError
from kg.graph import base_of, prefixes
from kg.ontology import KG, Ontology

Term = NamedNode | BlankNode | Literal | Triple | None

# What may hold any word without meaning it: strings, IRIs, comments.
_OPAQUE = regex.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*+'''"
    r'|"(?:[^"\\\n]|\\.)*+"'
    r"|'(?:[^'\\\n]|\\.)*+'"
    r"|<[^<>\"{}|^`\\\s]*+>"
    r"|\#[^\n]*+",
    regex.DOTALL,
)
_SERVICE = regex.compile(r"(?<![\w:?$-])service\b(?!:)", regex.IGNORECASE)
_ORDER = regex.compile(r"(?<![\w:?$-])order\s+by\b", regex.IGNORECASE)
_OWN_PREFIX = regex.compile(r"\bprefix\s+kg:", regex.IGNORECASE)
_OWN_TERM = regex.compile(r"(?<![\w:])kg:([\w-]+)")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave: a table for SELECT, "true" or "false" for ASK, Turtle for CONSTRUCT and DESCRIBE.

    Rows are sorted, unless the query orders them itself. `shorten` writes an IRI with the graph's prefixes.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Term, ...], ...]
    text: str | None
    prefixes: dict[str, str]

    def shorten(self, term: Term) -> str:
        """`term` for human eyes: a prefixed name, a literal's plain value, or nothing."""
        if isinstance(term, NamedNode):
            for prefix, namespace in self.prefixes.items():
                if term.value.startswith(namespace):
                    return f"{prefix}:{term.value.removeprefix(namespace)}"
        return "" if term is None else term.value if isinstance(term, NamedNode | Literal) else str(term)


def run_query(store: Store, query: str, ontology: Ontology) -> Answer:
    """The answer of `store` to a SPARQL query; `kg:`, `kgr:`, `rdf:`, `rdfs:`, `xsd:` … need no PREFIX line.

    `GraphError` for a query that is not SPARQL, that names a term of `kg:` which neither the ontology nor the graph has
    (the usual reason for an empty answer), or that would ask another server (SERVICE).
    """
    bare = _OPAQUE.sub(" ", query)
    if _SERVICE.search(bare):
        raise GraphError(
            "The query has SERVICE, which would ask another server. Load that data into the graph instead."
        )
    if not _OWN_PREFIX.search(bare):
        _check_terms(store, bare, ontology)
    known = prefixes(base_of(store))
    try:
        result = store.query(query, prefixes=known, use_default_graph_as_union=True)
        if isinstance(result, QueryBoolean):
            return Answer((), (), str(bool(result)).lower(), known)
        if isinstance(result, QueryTriples):
            triples = sorted(set(result), key=str)
            turtle = serialize(triples, format=RdfFormat.TURTLE, prefixes=known) or b""
            return Answer((), (), turtle.decode(), known)
        columns = tuple(variable.value for variable in result.variables)
        rows = [tuple(row[column] for column in columns) for row in result]
    except SyntaxError as error:
        raise GraphError(f"Not SPARQL: {error.msg or error}. Check the query near that place.") from None
    except (OSError, ValueError, RuntimeError) as error:
        raise GraphError(f"The query cannot be answered: {error}.") from None
    if not _ORDER.search(bare):
        rows.sort(key=lambda row: tuple(map(str, row)))
    return Answer(columns, tuple(rows), None, known)


def _check_terms(store: Store, bare: str, ontology: Ontology) -> None:
    names = sorted(set(_OWN_TERM.findall(bare)))
    known = _vocabulary(ontology) if names else set()
    for name in names:
        node = NamedNode(KG + name)
        uses = ((None, node, None), (None, None, node), (node, None, None))
        if name not in known and not any(any(store.quads_for_pattern(*use)) for use in uses):
            near = difflib.get_close_matches(name, sorted(known), n=3, cutoff=0.6)
            hint = f"Did you mean {' or '.join('kg:' + match for match in near)}?" if near else "See ontology/kg.ttl."
            raise GraphError(f"Neither the ontology nor the graph has kg:{name}. {hint}")


def _vocabulary(ontology: Ontology) -> set[str]:
    store = Store()
    for file in ontology.files:
        store.load(path=file, format=RdfFormat.TURTLE)
    subjects = {quad.subject.value for quad in store if isinstance(quad.subject, NamedNode)}
    return {iri.removeprefix(KG) for iri in subjects if iri.startswith(KG)}


def write_csv(answer: Answer) -> str:
    """Plain values with a header line, as SPARQL 1.1 has it for CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows(
        [term.value if isinstance(term, NamedNode | Literal) else term or "" for term in row] for row in answer.rows
    )
    return text.getvalue()


def write_tsv(answer: Answer) -> str:
    """Terms as in Turtle with a header line, as SPARQL 1.1 has it for TSV."""
    lines = ["\t".join("?" + column for column in answer.columns)]
    lines += ["\t".join("" if term is None else str(term).replace("\t", "\\t") for term in row) for row in answer.rows]
    return "\n".join(lines) + "\n"


def write_json(answer: Answer) -> str:
    """The SPARQL 1.1 JSON form of results."""
    bindings = [
        {column: _to_json(term) for column, term in zip(answer.columns, row, strict=True) if term is not None}
        for row in answer.rows
    ]
    result = {"head": {"vars": list(answer.columns)}, "results": {"bindings": bindings}}
    return json.dumps(result, ensure_ascii=False, indent=2) + "\n"


def _to_json(term: Term) -> dict[str, str]:
    if isinstance(term, Literal):
        value = {"type": "literal", "value": term.value}
        if term.language:
            return value | {"xml:lang": term.language}
        is_plain = term.datatype.value == "http://www.w3.org/2001/XMLSchema#string"
        return value if is_plain else value | {"datatype": term.datatype.value}
    if isinstance(term, NamedNode | BlankNode):
        return {"type": "uri" if isinstance(term, NamedNode) else "bnode", "value": term.value}
    return {"type": "triple", "value": str(term)}


ANSWER_FORMATS: dict[str, Callable[[Answer], str]] = {"csv": write_csv, "json": write_json, "tsv": write_tsv}
"""How an answer is written for programs. People get a table, which the command line draws."""
