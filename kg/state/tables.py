"""The tables of the state, and how mentions are kept in them."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kg.model import Entity
from kg.resolution.values import Doubt, Identity, Key, Mention

SCHEMA = """
CREATE TABLE articles (id TEXT PRIMARY KEY, key BLOB NOT NULL, day TEXT NOT NULL, original TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE prints (id TEXT PRIMARY KEY, print BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE texts (id TEXT PRIMARY KEY, nodes TEXT NOT NULL, record TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE mentions (
    article TEXT, position INTEGER, entity TEXT NOT NULL, date TEXT, name TEXT NOT NULL, said TEXT NOT NULL,
    own TEXT NOT NULL, key TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (article, position)) WITHOUT ROWID;
CREATE INDEX mentions_by_name ON mentions (name);
CREATE INDEX mentions_by_said ON mentions (said);
CREATE INDEX mentions_by_key ON mentions (key);
CREATE TABLE aliases (term TEXT, article TEXT, position INTEGER, PRIMARY KEY (term, article, position)) WITHOUT ROWID;
CREATE INDEX aliases_by_mention ON aliases (article, position);
CREATE TABLE counts (said TEXT PRIMARY KEY, articles INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX counts_by_articles ON counts (articles);
CREATE TABLE called (word TEXT, name TEXT, PRIMARY KEY (word, name)) WITHOUT ROWID;
CREATE INDEX called_by_name ON called (name);
CREATE TABLE marks (key TEXT PRIMARY KEY, mark TEXT NOT NULL, maker TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX marks_by_maker ON marks (maker);
CREATE TABLE reasons (maker TEXT, key TEXT, reason TEXT, PRIMARY KEY (maker, key, reason)) WITHOUT ROWID;
CREATE INDEX reasons_by_key ON reasons (key);
CREATE TABLE doubts (
    maker TEXT, score REAL, one TEXT, other TEXT, why TEXT, PRIMARY KEY (maker, score, one, other, why)) WITHOUT ROWID;

CREATE TABLE keys (
    key TEXT PRIMARY KEY, form TEXT NOT NULL, core TEXT, initials TEXT, acronym TEXT, root TEXT, node TEXT, type TEXT
    ) WITHOUT ROWID;
CREATE INDEX keys_by_form ON keys (form);
CREATE INDEX keys_by_core ON keys (core) WHERE core IS NOT NULL;
CREATE INDEX keys_by_initials ON keys (initials) WHERE initials IS NOT NULL;
CREATE INDEX keys_by_acronym ON keys (acronym) WHERE acronym IS NOT NULL;
CREATE INDEX keys_by_root ON keys (root);
CREATE TABLE joins (
    maker TEXT, one TEXT, other TEXT, reason TEXT, PRIMARY KEY (maker, one, other, reason)) WITHOUT ROWID;
CREATE INDEX joins_by_one ON joins (one);
CREATE INDEX joins_by_other ON joins (other);

CREATE TABLE entities (
    id TEXT PRIMARY KEY, root TEXT NOT NULL, label TEXT NOT NULL, type TEXT NOT NULL, properties TEXT NOT NULL,
    row TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX entities_by_root ON entities (root);
CREATE TABLE identities (id TEXT PRIMARY KEY, line TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE offices (article TEXT, position INTEGER, entity TEXT NOT NULL, office TEXT NOT NULL, key TEXT, body TEXT,
    days TEXT NOT NULL, PRIMARY KEY (article, position)) WITHOUT ROWID;
CREATE INDEX offices_by_key ON offices (key);
CREATE INDEX offices_by_body ON offices (office, body);
CREATE TABLE reports (article TEXT, number INTEGER, holder TEXT, office TEXT, body TEXT, day TEXT,
    PRIMARY KEY (article, number)) WITHOUT ROWID;
CREATE INDEX reports_by_holder ON reports (holder, office);
CREATE TABLE tenures (
    holder TEXT, office TEXT, body TEXT, days TEXT NOT NULL, PRIMARY KEY (holder, office, body)) WITHOUT ROWID;
CREATE INDEX tenures_by_office ON tenures (office, body);
CREATE INDEX tenures_by_body ON tenures (body);
CREATE TABLE misfits (article TEXT, subject TEXT, relation TEXT, object TEXT, why TEXT, quote TEXT);
CREATE INDEX misfits_by_article ON misfits (article);
CREATE TABLE added (article TEXT, node TEXT, PRIMARY KEY (article, node)) WITHOUT ROWID;

CREATE TABLE sayings (
    article TEXT, number INTEGER, subject TEXT NOT NULL, relation TEXT NOT NULL, object TEXT NOT NULL,
    data TEXT NOT NULL, PRIMARY KEY (article, number)) WITHOUT ROWID;
CREATE INDEX sayings_by_ends ON sayings (subject, relation, object);
CREATE TABLE hidden (article TEXT, number INTEGER, PRIMARY KEY (article, number)) WITHOUT ROWID;
CREATE TABLE figures (
    article TEXT, number INTEGER, about TEXT NOT NULL, unit TEXT NOT NULL, data TEXT NOT NULL,
    PRIMARY KEY (article, number)) WITHOUT ROWID;
CREATE INDEX figures_by_about ON figures (about, unit);
CREATE TABLE facts (
    subject TEXT, relation TEXT, object TEXT, plain TEXT NOT NULL, nodes TEXT NOT NULL, entity INTEGER NOT NULL,
    support INTEGER NOT NULL, asserted INTEGER NOT NULL, planned INTEGER NOT NULL, negated INTEGER NOT NULL,
    PRIMARY KEY (subject, relation, object)) WITHOUT ROWID;
CREATE TABLE rejected (node TEXT PRIMARY KEY, subject TEXT, relation TEXT, object TEXT) WITHOUT ROWID;
CREATE TABLE quantities (about TEXT, unit TEXT, nodes TEXT NOT NULL, PRIMARY KEY (about, unit)) WITHOUT ROWID;
CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

Row = tuple[Any, ...]

write_json = json.JSONEncoder(ensure_ascii=False).encode
"""JSON with Vietnamese as it is, by one encoder: making one for each value takes longer than using it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A mention as the state keeps it: its place, what its article alone makes of it, and its key over all articles."""

    mention: Mention
    position: int
    identity: Identity
    key: Key


def write_key(key: Key) -> str:
    """A key as one text; texts sort as keys do."""
    return f"{key[0]} {key[1]}"


def read_key(text: str) -> Key:
    """The key of such a text."""
    family, _, name = text.partition(" ")
    return family, name


def is_person(key: str) -> bool:
    """Whether the key is that of a person."""
    return key.startswith("Person ")


def write_mention(mention: Mention, identity: Identity) -> str:
    """What is kept of a mention beside the columns that are looked up."""
    entity = mention.entity
    posts, ties, states = sorted(mention.posts), sorted(mention.ties), sorted(mention.states)
    return write_json(
        [entity.name, entity.type, entity.aliases, posts, ties, states, identity.label, identity.type, identity.rule,
         identity.facts, identity.unsure]
    )  # fmt: skip


def read_mentions(db: sqlite3.Connection, where: str, values: Iterable[object]) -> Iterator[Kept]:
    """The mentions that the condition selects, by article and position."""
    query = f"SELECT article, position, entity, date, own, key, data FROM mentions WHERE {where} ORDER BY 1, 2"
    for article, position, id, date, own, key, data in db.execute(query, tuple(values)):
        name, type, aliases, posts, ties, states, label, known_type, rule, facts, unsure = json.loads(data)
        entity = Entity(id, name, type, tuple(aliases))
        mention = Mention(article, date, entity, frozenset(posts), frozenset(ties), frozenset(states))
        told = tuple((name, value) for name, value in facts)
        yield Kept(mention, position, Identity(read_key(own), label, known_type, rule, told, unsure), read_key(key))


def replace_doubts(db: sqlite3.Connection, maker: str, doubts: Iterable[Doubt]) -> None:
    """Make these the doubts of one rule about one name."""
    db.execute("DELETE FROM doubts WHERE maker = ?", (maker,))
    rows = ((maker, doubt.score, doubt.one, doubt.other, doubt.why) for doubt in doubts)
    db.executemany("INSERT OR IGNORE INTO doubts VALUES (?, ?, ?, ?, ?)", rows)


@dataclass(frozen=True, slots=True)
class Touched:
    """What an update has to look at again: each pass reads what former ones put in, and puts in what it changes.

    `people` are names of persons as compared, `terms` a family with a name or alias, `links` articles whose entities
    became other nodes, `nodes` ids of entities whose identity is to be written, `reports` a holder with an office,
    `offices` an office with its body.
    """

    articles: set[str]
    said: set[str]
    people: set[str]
    terms: set[str]
    keys: set[str]
    roots: set[str]
    links: set[str]
    nodes: set[str]
    facts: set[tuple[str, str, str]]
    figures: set[tuple[str, str]]
    quotes: set[str]
    reports: set[tuple[str, str]]
    offices: set[tuple[str, str]]


def nothing() -> Touched:
    """A new update's."""
    return Touched(set(), set(), set(), set(), set(), set(), set(), set(), set(), set(), set(), set(), set())
