"""Corrections replayed on the state: what they name is looked up at every update, since articles come and go."""

import json
import sqlite3
from collections.abc import Iterator, Sequence

from kg.model import Extraction
from kg.resolution.corrections import local_name
from kg.resolution.names import compared, compared_person
from kg.resolution.replay import Replay
from kg.resolution.values import Form, Key, Mention, ResolvedEntity
from kg.state.groups import BY_HAND
from kg.state.joining import replace_joins
from kg.state.reading import assign
from kg.state.tables import Touched, read_key, read_mentions, write_key


def split_names(db: sqlite3.Connection, replay: Replay, touched: Touched) -> None:
    """Give the mentions that corrections say mean another thing their keys."""
    places, keys, mentions = {}, {}, {}
    for article in sorted(replay.split_articles):
        for kept in read_mentions(db, "article = ?", (article,)):
            id = kept.mention.id
            places[id], keys[id], mentions[id] = kept.position, kept.identity.key, kept.mention
    replay.split(keys, mentions)
    assign(db, [(id[0], places[id], write_key(key)) for id, key in keys.items()], touched, own=False)


def look_up(db: sqlite3.Connection, replay: Replay, touched: Touched) -> None:
    """Find what corrections name, join what they join, and touch all of it."""
    members: dict[Key, list[Mention]] = {}
    for reference in sorted(replay.references):
        for key in sorted(_find(db, reference)):
            members[read_key(key)] = [kept.mention for kept in read_mentions(db, "key = ?", (key,))]
    replay.read(members)
    joins = [(write_key(one), write_key(other), reason) for one, other, reason in replay.joins]
    replace_joins(db, BY_HAND, joins, touched)
    named = {write_key(key) for key in members} | {write_key(key) for pair in replay.apart for key in pair}
    former = db.execute("SELECT value FROM notes WHERE name = 'named'").fetchone()
    touched.keys.update(named, json.loads(former[0]) if former else ())
    db.execute("INSERT OR REPLACE INTO notes VALUES ('named', ?)", (json.dumps(sorted(named)),))


def _find(db: sqlite3.Connection, reference: str) -> Iterator[str]:
    local = local_name(reference)
    yield from (key for (key,) in db.execute("SELECT key FROM keys WHERE form = ?", (local,)))
    for name in {local, compared(reference), compared_person(reference)}:
        query = "SELECT DISTINCT key FROM mentions WHERE name IN (?, ?)"
        yield from (key for (key,) in db.execute(query, (f" {name}", f"Person {name}")))


def additions(db: sqlite3.Connection, replay: Replay) -> Iterator[tuple[Extraction, dict[str, tuple[str, str]]]]:
    """What corrections add, each as an article with the nodes that its entities are."""
    (named,) = db.execute("SELECT value FROM notes WHERE name = 'named'").fetchone()
    of = {}
    for key in json.loads(named):
        row = db.execute("SELECT form, id, label, k.type FROM keys k JOIN entities ON id = node WHERE key = ?", (key,))
        for form, id, label, type in row:
            of[key, ""] = ResolvedEntity(id, label, type, (), forms=(Form(form, "", 0),))
    extractions, ends = replay.add(of)
    for extraction in extractions:
        id = extraction.article.id
        yield extraction, {e.id: (ends[id, e.id].id, ends[id, e.id].type) for e in extraction.entities}


def without_effect(db: sqlite3.Connection, replay: Replay) -> Sequence[str]:
    """Messages about corrections that fit nothing."""
    met = {node for (node,) in db.execute("SELECT node FROM rejected")}
    unmet = (line for id, line in replay.rejected.items() if id not in met)
    return (*replay.unapplied, *(f"{line}. There is no such statement; delete the line." for line in unmet))
