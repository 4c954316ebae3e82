"""The part of the graph that a page or a Gephi file draws, read alone."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from pyoxigraph import NamedNode, RdfFormat, Store, Triple, parse

from kg import turtle
from kg.graph import to_store
from kg.ontology import KG

MOST_FACTS = 20_000
"""Facts, and quantities, that a drawing holds at most: those between famous entities would else be without number."""
MOST_QUOTES = 12
"""Quotes that it holds of each at most."""

_END = " .\n"
"""Ends each node; no literal has a line end in it."""
_NEEDED = {NamedNode(KG + "evidence"): "kge:", NamedNode(KG + "saidBy"): "kgr:"}


def read_drawn(db: sqlite3.Connection, most: int, prefixes: Mapping[str, str]) -> Store:
    """What concerns the `most` entities with most support: them, what joins them, and where it is said.

    They are chosen as the page chooses: linked ones first, then by the articles of their statements.
    """
    return to_store(_triples(db, most, prefixes))


def _triples(db: sqlite3.Connection, most: int, prefixes: Mapping[str, str]) -> Iterator[Triple]:
    db.execute("CREATE TEMP TABLE IF NOT EXISTS held (id TEXT PRIMARY KEY, weight INTEGER) WITHOUT ROWID")
    db.execute("DELETE FROM held")
    db.execute(
        """INSERT INTO held SELECT e.id, coalesce(weight, 0) FROM entities e LEFT JOIN (
             SELECT id, sum(support) AS weight, max(entity) AS linked FROM (
               SELECT subject AS id, support, entity FROM facts UNION ALL
               SELECT object, support, entity FROM facts WHERE entity) GROUP BY id) w ON w.id = e.id
           ORDER BY coalesce(linked, 0) DESC, coalesce(weight, 0) DESC, e.id LIMIT ?""",
        (most,),
    )
    db.execute("CREATE TEMP TABLE IF NOT EXISTS told (subject TEXT, plain TEXT, nodes TEXT)")
    db.execute("DELETE FROM told")
    db.execute(
        """INSERT INTO told SELECT subject, plain, nodes FROM facts JOIN held ON id = subject
           WHERE nodes <> '' AND (NOT entity OR object IN (SELECT id FROM held))
           ORDER BY support DESC, subject, relation, object LIMIT ?""",
        (MOST_FACTS,),
    )
    figures = """SELECT nodes FROM quantities JOIN held ON id = about ORDER BY weight DESC, id, unit LIMIT ?"""
    texts = (nodes for (nodes,) in db.execute("SELECT nodes FROM told"))
    more = (nodes for (nodes,) in db.execute(figures, (MOST_FACTS,)))
    wanted: set[str] = set()
    quotes: Counter[str] = Counter()
    for triple in _parse(chain(texts, more), prefixes):
        if prefix := _NEEDED.get(triple.predicate):
            node = triple.subject.value  # type: ignore[union-attr]
            quotes[node] += prefix == "kge:"
            if prefix == "kge:" and quotes[node] > MOST_QUOTES:
                continue
            wanted.add(prefix + triple.object.value.rpartition("/")[2])  # type: ignore[union-attr]
        yield triple
    plain = db.execute("SELECT subject, plain FROM told WHERE plain <> ''")
    yield from _parse((f"kgr:{subject} {property}{_END}" for subject, property in plain), prefixes)
    people = ((id,) for id in wanted if id.startswith("kgr:"))
    db.executemany("INSERT OR IGNORE INTO held VALUES (substr(?, 5), 0)", people)
    entities = db.execute("SELECT id, properties FROM entities JOIN held USING (id)")
    yield from _parse((f"kgr:{id} {properties}{_END}" for id, properties in entities), prefixes)
    articles = """SELECT nodes FROM texts WHERE id IN (
                    SELECT article FROM sayings JOIN held ON id = subject UNION
                    SELECT article FROM figures JOIN held ON id = about)"""
    yield from _parse((_quoted(nodes, wanted) for (nodes,) in db.execute(articles)), prefixes)


def _quoted(text: str, wanted: set[str]) -> str:
    """The node of the article, which stands first, and the quotes that are wanted; nothing if none is."""
    article, *quotes = text.removesuffix(_END).split(_END)
    kept = [quote for quote in quotes if quote.partition(" ")[0] in wanted]
    return "".join(node + _END for node in (article, *kept)) if kept else ""


def _parse(texts: Iterable[str], prefixes: Mapping[str, str]) -> Iterator[Triple]:
    text = turtle.head(prefixes) + "".join(texts)
    return (quad.triple for quad in parse(text, RdfFormat.TURTLE))
