"""The state brought up to date with an archive: only what new, changed and gone articles touch is made again.

articles ─reading─▶ mentions ─persons─▶ keys ─joining, by_hand─▶ joins ─groups─▶ entities ─linking─▶ facts

Each pass takes what is touched from those before it and adds to it what it changes; what it decides depends on the
rows that it reads and not on how they came about. So the tables are the same whatever articles came first.
"""

import json
import sqlite3
from collections.abc import Sequence

from kg.ontology import Ontology
from kg.resolution.corrections import Correction
from kg.resolution.replay import Replay
from kg.state import Articles
from kg.state.by_hand import additions, look_up, split_names, without_effect
from kg.state.groups import add_relatives, describe_groups, settle_groups
from kg.state.joining import settle_joins
from kg.state.linking import known_in, link, quote, report, settle_facts
from kg.state.offices import holders_of, name_offices, offices_held, settle_offices
from kg.state.persons import count_keys, settle_people
from kg.state.reading import forget, learn
from kg.state.sources import settle_sources
from kg.state.tables import Touched, nothing, write_json

_ADDED = b""
"""The key of an article that corrections make: no result has it."""


def update(
    db: sqlite3.Connection, archive: Articles, ontology: Ontology, corrections: Sequence[Correction]
) -> tuple[str, ...]:
    """Make the state that of the archive's articles; messages about corrections that no longer fit anything."""
    touched, replay = nothing(), Replay(corrections)
    _exchange(db, archive, touched)
    _settle_keys(db, replay, touched)
    roots = settle_groups(db, touched, replay.apart)
    describe_groups(db, roots, touched, replay.edit, ontology)
    add_relatives(db, touched, ontology)
    db.execute("DELETE FROM added")
    for extraction, known in additions(db, replay) if corrections else ():
        article = extraction.article
        db.execute("INSERT INTO articles VALUES (?, ?, '', ?)", (article.id, _ADDED, article.id))
        db.executemany("INSERT OR IGNORE INTO added VALUES (?, ?)", [(article.id, node) for node, _ in known.values()])
        link(db, extraction, known, ontology, touched)
        quote(db, extraction, record=False)
    articles = archive.ids().keys()
    for extraction in archive.some(touched.links & articles):
        report(db, extraction, known_in(db, extraction.article.id), touched)
    name_offices(db, touched.links & articles)
    settle_offices(db, touched)
    for extraction in archive.some(touched.links & articles):
        link(db, extraction, known_in(db, extraction.article.id), ontology, touched)
        quote(db, extraction, record=True)
    settle_sources(db, touched)
    settle_facts(db, touched, ontology, replay.rejected)
    for extraction in archive.some(touched.quotes & articles):
        quote(db, extraction, record=True)
    _write_identities(db, touched)
    return tuple(without_effect(db, replay))


def _exchange(db: sqlite3.Connection, archive: Articles, touched: Touched) -> None:
    wanted = archive.ids()
    former = dict(db.execute("SELECT id, key FROM articles"))
    for id, key in former.items():
        if wanted.get(id) != key:
            forget(db, id, touched)
    for extraction in archive.some(id for id, key in wanted.items() if former.get(id) != key):
        id = extraction.article.id
        learn(db, wanted[id], extraction, touched)


def _settle_keys(db: sqlite3.Connection, replay: Replay, touched: Touched) -> None:
    before = db.execute("SELECT value FROM notes WHERE name = 'most'").fetchone()
    most = count_keys(db, touched, float(before[0]) if before else 0.0)
    db.execute("INSERT OR REPLACE INTO notes VALUES ('most', ?)", (repr(most),))
    settle_people(db, touched, most)
    if replay.corrections:
        split_names(db, replay, touched)
    settle_joins(db, touched)
    if replay.corrections:
        look_up(db, replay, touched)


def _write_identities(db: sqlite3.Connection, touched: Touched) -> None:
    for id in touched.nodes:
        entity = db.execute("SELECT root, row FROM entities WHERE id = ?", (id,)).fetchone()
        if entity is None:
            db.execute("DELETE FROM identities WHERE id = ?", (id,))
            continue
        root, row = entity
        query = """SELECT m.article FROM keys JOIN mentions m USING (key) WHERE root = ?
                   UNION SELECT article FROM added WHERE node = ? ORDER BY 1"""
        articles = [article for (article,) in db.execute(query, (root, id))]
        held = {"offices": offices_held(db, id), "holders": holders_of(db, root) if root else []}
        values = json.loads(row) | held | {"articles": articles}
        line = write_json(values) + "\n"
        db.execute("INSERT OR REPLACE INTO identities VALUES (?, ?)", (id, line))
