"""GEXF 1.3 for Gephi and Gephi Lite.

networkx's writer would merge relations between the same two entities and name an attribute `type`, which Gephi Lite
cannot read; this one keeps one edge for each subject, relation and object, with the relation as its `kind`.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

import regex
from pyoxigraph import Store

from kg.exporters.appearance import LIGHT, appearance_of
from kg.layout import place_all
from kg.ontology import Ontology
from kg.view import GraphView, ViewEntity, ViewStatement, read_view

Value = str | int | float | bool | None

_NODE_ATTRIBUTES = (
    ("class", "string"),
    ("class_label", "string"),
    ("aliases", "liststring"),
    ("positions", "liststring"),
    ("statements", "integer"),
)
_EDGE_ATTRIBUTES = (
    ("relation", "string"),
    ("symmetric", "boolean"),
    ("modalities", "liststring"),
    ("dates", "liststring"),
    ("first_date", "string"),
    ("amounts", "liststring"),
    ("speakers", "liststring"),
    ("articles", "liststring"),
    ("sources", "integer"),
    ("quotes", "liststring"),
)
_SHAPES = {"dot": "disc", "square": "square", "diamond": "diamond", "triangle": "triangle"}
"""What Gephi knows of the page's shapes; the others are discs there."""
_FORBIDDEN = regex.compile(r"[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


def write(store: Store, path: Path, ontology: Ontology) -> None:
    """Write the entities and the statements between them."""
    write_view(read_view(store, ontology), path, ontology)


def write_view(view: GraphView, path: Path, ontology: Ontology) -> None:
    """The same for a graph that has been read already."""
    path.write_text(to_gexf(view, ontology), encoding="utf-8")


def to_gexf(view: GraphView, ontology: Ontology) -> str:
    """The whole document. An edge's weight is the number of its statements' sources; every edge is directed, since
    readers refuse mixed graphs: `symmetric` says which have no direction."""
    groups = _group(view.statements)
    positions = place_all(view.entities, view.statements)
    names = {entity.iri: entity.label for entity in view.entities}
    degree = dict.fromkeys(names, 0)
    for statement in view.statements:
        for iri in statement.ends:
            degree[iri] += 1
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">',
        "  <meta><creator>kg</creator></meta>",
        '  <graph mode="static" defaultedgetype="directed">',
        *_declare("node", _NODE_ATTRIBUTES),
        *_declare("edge", _EDGE_ATTRIBUTES),
        "    <nodes>",
    ]
    for entity in view.entities:
        lines += _node(entity, degree[entity.iri], positions[entity.iri], ontology)
    lines += ["    </nodes>", "    <edges>"]
    articles = {article.iri: article.id for article in view.articles}
    for number, (key, statements) in enumerate(sorted(groups.items())):
        lines += _edge(number, key, statements, names, articles, ontology)
    return "\n".join([*lines, "    </edges>", "  </graph>", "</gexf>", ""])


def _group(statements: Iterable[ViewStatement]) -> dict[tuple[str, str, str], list[ViewStatement]]:
    """The statements between entities, by subject, relation and object."""
    groups: dict[tuple[str, str, str], list[ViewStatement]] = {}
    for statement in statements:
        if statement.object is not None:
            groups.setdefault((statement.subject, statement.relation, statement.object), []).append(statement)
    return groups


def _declare(owner: str, attributes: Sequence[tuple[str, str]]) -> list[str]:
    return [
        f'    <attributes class="{owner}" mode="static">',
        *(f'      <attribute id="{name}" title="{name}" type="{kind}"/>' for name, kind in attributes),
        "    </attributes>",
    ]


def _node(entity: ViewEntity, degree: int, position: tuple[int, int], ontology: Ontology) -> list[str]:
    look = appearance_of(entity.type, ontology)
    term = ontology.classes.get(entity.type)
    values = (
        entity.type,
        term.label_vi if term else entity.type,
        _list(entity.aliases),
        _list(entity.positions),
        degree,
    )
    red, green, blue = bytes.fromhex(LIGHT[look.family][1:])
    x, y = position
    return [
        f"      <node id={_quoted(entity.iri)} label={_quoted(entity.label)}>",
        *_values(_NODE_ATTRIBUTES, values),
        f'        <viz:color r="{red}" g="{green}" b="{blue}"/>',
        f'        <viz:position x="{x}" y="{-y}" z="0"/>',
        f'        <viz:size value="{round(8 + 4 * degree**0.5, 2)}"/>',
        f'        <viz:shape value="{_SHAPES.get(look.shape, "disc")}"/>',
        "      </node>",
    ]


def _edge(
    number: int,
    key: tuple[str, str, str],
    statements: list[ViewStatement],
    names: dict[str, str],
    articles: dict[str, str],
    ontology: Ontology,
) -> list[str]:
    subject, relation, target = key
    term = ontology.relations.get(relation)
    dates = sorted({s.date for s in statements if s.date})
    sources = sum(s.sources for s in statements)
    values = (
        relation,
        bool(term and term.symmetric),
        _list(sorted({s.modality for s in statements})),
        _list(dates),
        dates[0] if dates else None,
        _list(sorted({s.amount for s in statements if s.amount})),
        _list(sorted({names[s.said_by] for s in statements if s.said_by})),
        _list(sorted({articles[quote.article] for s in statements for quote in s.evidence})),
        sources,
        _list(sorted({quote.quote for s in statements for quote in s.evidence})),
    )
    label = term.label_vi if term else relation
    return [
        f'      <edge id="e{number}" source={_quoted(subject)} target={_quoted(target)} kind={_quoted(relation)}'
        f' label={_quoted(label)} weight="{sources}">',
        *_values(_EDGE_ATTRIBUTES, values),
        "      </edge>",
    ]


def _values(attributes: Sequence[tuple[str, str]], values: Sequence[Value]) -> list[str]:
    pairs = [(name, value) for (name, _), value in zip(attributes, values, strict=True) if value not in (None, "")]
    return [
        "        <attvalues>",
        *(f'          <attvalue for="{name}" value={_quoted(_text(value))}/>' for name, value in pairs),
        "        </attvalues>",
    ]


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _list(values: Sequence[str]) -> str:
    """GEXF 1.3's form of a list of strings: `["a", "b"]`; empty text for an empty list."""
    escaped = (value.replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return "[" + ", ".join(f'"{value}"' for value in escaped) + "]" if values else ""


def _quoted(text: str) -> str:
    """An XML attribute value: line ends as references, which parsers keep; no characters that XML 1.0 cannot hold."""
    return quoteattr(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text), _LINE_ENDS)


_LINE_ENDS = {character: f"&#{ord(character)};" for character in "\t\n\r\u0085\u2028\u2029"}
