"""The part of the graph that a page or a Gephi file draws, read alone."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import NamedNode, RdfFormat, Store, Triple, parse

from kg import turtle
from kg.graph import to_store
from kg.ontology import KG

_END = " .\n"
"""Ends each node; no literal has a line end in it."""
_NEEDED = {NamedNode(KG + "evidence"): "kge:", NamedNode(KG + "saidBy"): "kgr:"}


def read_drawn(db: sqlite3.Connection, most: int, prefixes: Mapping[str, str]) -> Store:
    """All that concerns the `most` entities with most support: them, what joins them, and where it is said.

    They are chosen as the page chooses: linked ones first, then by the articles of their statements.
    """
    return to_store(_triples(db, most, prefixes))


def _triples(db: sqlite3.Connection, most: int, prefixes: Mapping[str, str]) -> Iterator[Triple]:
    db.execute("CREATE TEMP TABLE IF NOT EXISTS held (id TEXT PRIMARY KEY) WITHOUT ROWID")
    db.execute("DELETE FROM held")
    db.execute(
        """INSERT INTO held SELECT e.id FROM entities e LEFT JOIN (
             SELECT id, sum(support) AS weight, max(entity) AS linked FROM (
               SELECT subject AS id, support, entity FROM facts UNION ALL
               SELECT object, support, entity FROM facts WHERE entity) GROUP BY id) w ON w.id = e.id
           ORDER BY coalesce(linked, 0) DESC, coalesce(weight, 0) DESC, e.id LIMIT ?""",
        (most,),
    )
    facts = "facts f JOIN held h ON h.id = subject WHERE NOT entity OR object IN (SELECT id FROM held)"
    texts = (nodes for (nodes,) in db.execute(f"SELECT nodes FROM {facts}"))
    figures = (nodes for (nodes,) in db.execute("SELECT nodes FROM quantities JOIN held ON id = about"))
    wanted: set[str] = set()
    for triple in _parse((*texts, *figures), prefixes):
        if prefix := _NEEDED.get(triple.predicate):
            wanted.add(prefix + triple.object.value.rpartition("/")[2])  # type: ignore[union-attr]
        yield triple
    yield from _parse(
        (f"kgr:{s} {plain}{_END}" for s, plain in db.execute(f"SELECT subject, plain FROM {facts}") if plain), prefixes
    )
    people = ((id,) for id in wanted if id.startswith("kgr:"))
    db.executemany("INSERT OR IGNORE INTO held VALUES (substr(?, 5))", people)
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
