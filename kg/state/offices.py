"""Whom offices denote, for the holders that an update touches: an article is told again only if it is somebody else."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from kg.resolution.offices import Holders, join_reports
from kg.resolution.values import Tenure, id_of
from kg.sayings import Denoted
from kg.state.tables import Touched, read_key, write_json


def settle_offices(db: sqlite3.Connection, touched: Touched) -> None:
    """Bring tenures up to date, and touch the articles whose offices denote others than they did."""
    for holder, office in touched.reports:
        former = set(db.execute("SELECT body, days FROM tenures WHERE holder = ? AND office = ?", (holder, office)))
        by_body: dict[str, list[str]] = {}
        query = "SELECT body, day FROM reports WHERE holder = ? AND office = ? ORDER BY article, number"
        for body, day in db.execute(query, (holder, office)):
            by_body.setdefault(body, []).append(day)
        now = (
            {(tenure.of, write_json(tenure.days)) for tenure in join_reports(holder, office, by_body)}
            if by_body
            else set()
        )
        if now != former:
            db.execute("DELETE FROM tenures WHERE holder = ? AND office = ?", (holder, office))
            db.executemany("INSERT INTO tenures VALUES (?, ?, ?, ?)", [(holder, office, *row) for row in now])
            touched.offices.update((office, body) for body, _ in former | now)
            touched.nodes.add(holder)
    for office, body in touched.offices:
        holders = Holders(tenures_of(db, office, body))
        query = "SELECT article, entity, days FROM offices WHERE office = ? AND body = ?"
        for article, entity, days in db.execute(query, (office, body)).fetchall():
            touched.nodes.update(id for (id,) in db.execute(_NODE, (article, entity)))
            if any(holders.of(office, body, day or None) != holder for day, holder in json.loads(days).items()):
                touched.links.add(article)


_NODE = "SELECT node FROM mentions m JOIN keys k USING (key) WHERE article = ? AND m.entity = ?"


def tenures_of(db: sqlite3.Connection, office: str, body: str) -> list[Tenure]:
    """The tenures of one office, by their first day."""
    rows = db.execute("SELECT holder, days FROM tenures WHERE office = ? AND body = ?", (office, body))
    found = [Tenure(office, body, holder, tuple(json.loads(days))) for holder, days in rows]
    return sorted(found, key=lambda tenure: (tenure.first, tenure.holder))


@contextmanager
def note_denoted(db: sqlite3.Connection, article: str) -> Iterator[Denoted]:
    """Says whom the offices of one article denote, and notes what it said, so that it is known when that changes."""
    holders: dict[str, tuple[str, str, Holders]] = {}
    said: dict[str, dict[str, str | None]] = {}
    rows = db.execute("SELECT entity, office, key FROM offices WHERE article = ?", (article,)).fetchall()
    for entity, office, key in rows:
        body = _body(db, key)
        holders[entity] = office, body, Holders(tenures_of(db, office, body))
        said[entity] = {}

    def denoted(entity: str, day: str | None) -> str | None:
        if entity not in holders:
            return None
        office, body, known = holders[entity]
        return said[entity].setdefault(day or "", known.of(office, body, day))

    yield denoted
    for entity, (_, body, _) in holders.items():
        values = body, write_json(said[entity]), article, entity
        db.execute("UPDATE offices SET body = ?, days = ? WHERE article = ? AND entity = ?", values)


def name_offices(db: sqlite3.Connection, articles: Iterable[str]) -> None:
    """Note of which nodes the offices are that these articles name."""
    for article in articles:
        for entity, key in db.execute("SELECT entity, key FROM offices WHERE article = ?", (article,)).fetchall():
            values = _body(db, key), article, entity
            db.execute("UPDATE offices SET body = ? WHERE article = ? AND entity = ?", values)


def _body(db: sqlite3.Connection, key: str | None) -> str:
    """The node of the body or country that has an office; empty for the home state."""
    if key is None:
        return ""
    row = db.execute("SELECT node FROM keys WHERE key = ?", (key,)).fetchone()
    return row[0] if row else id_of(read_key(key))


def offices_held(db: sqlite3.Connection, holder: str) -> list[dict[str, Any]]:
    """The offices of one person, as `identity.jsonl` has them."""
    query = """SELECT office, coalesce(label, ''), days FROM tenures LEFT JOIN entities ON id = body
               WHERE holder = ? ORDER BY office, body"""
    found = []
    for office, body, text in db.execute(query, (holder,)):
        days = json.loads(text)
        found.append({"office": office, "of": body, "first": days[0], "last": days[-1], "articles": len(days)})
    return found


def holders_of(db: sqlite3.Connection, root: str) -> list[dict[str, Any]]:
    """Those whom a node that is an office denotes on some day, as `identity.jsonl` has them."""
    query = """SELECT office, body FROM keys JOIN mentions m USING (key)
               JOIN offices o ON (o.article, o.position) = (m.article, m.position)
               WHERE root = ? ORDER BY m.article DESC, m.position DESC LIMIT 1"""
    row = db.execute(query, (root,)).fetchone()
    if row is None:
        return []
    office, body = row
    tenures = tenures_of(db, office, body)
    known = Holders(tenures)
    found = []
    for tenure in tenures:
        if any(known.of(office, body, day) == tenure.holder for day in tenure.days):
            (name,) = db.execute("SELECT label FROM entities WHERE id = ?", (tenure.holder,)).fetchone()
            values = {"first": tenure.first, "last": tenure.last, "articles": len(tenure.days)}
            found.append({"holder": name, "id": tenure.holder} | values)
    return found
