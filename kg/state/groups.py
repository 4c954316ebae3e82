"""What the joined keys that an update touches are called, and which entity each is."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence

from kg.blocks import describe_entity
from kg.ontology import Ontology
from kg.resolution.describing import describe, identity_of_group, with_relatives
from kg.resolution.joins import Join, group_keys
from kg.resolution.values import Key, Mention, ResolvedEntity
from kg.state.tables import Touched, read_key, read_mentions, write_json, write_key

_NEXT = " ;\n\t"
Edit = Callable[[ResolvedEntity], ResolvedEntity]


def settle_groups(db: sqlite3.Connection, touched: Touched, apart: Sequence[tuple[Key, Key]]) -> list[str]:
    """Join touched keys anew; the first keys of the groups that come of it, whose former ones are in `touched`."""
    seen: set[str] = set()
    roots: list[str] = []
    starts = {*touched.keys}
    for root in touched.roots:
        starts.update(key for (key,) in db.execute("SELECT key FROM keys WHERE root = ?", (root,)))
    for key in sorted(starts):
        if key in seen or not db.execute("SELECT 1 FROM keys WHERE key = ?", (key,)).fetchone():
            continue
        connected = _connected(db, key)
        seen |= connected
        joins = list(_joins(db, connected))
        for one, first in group_keys(map(read_key, connected), [join for _, join in sorted(joins)], apart).items():
            name = write_key(first)
            (former,) = db.execute("SELECT root FROM keys WHERE key = ?", (write_key(one),)).fetchone()
            if former is not None:
                touched.roots.add(former)
            db.execute("UPDATE keys SET root = ? WHERE key = ?", (name, write_key(one)))
            roots += [name] if one == first else []
    return sorted(roots)


def _connected(db: sqlite3.Connection, key: str) -> set[str]:
    """The key and all that were or are joined with it, directly or by others."""
    found, waiting = {key}, [key]
    query = """SELECT k.key FROM keys m JOIN keys k USING (root) WHERE m.key = ?1
               UNION SELECT other FROM joins WHERE one = ?1 UNION SELECT one FROM joins WHERE other = ?1"""
    while waiting:
        near = {other for (other,) in db.execute(query, (waiting.pop(),))} - found
        found |= near
        waiting += near
    return found


def _joins(db: sqlite3.Connection, keys: Iterable[str]) -> Iterator[tuple[int, Join]]:
    """The joins of these keys, each with its place in the order in which they are made."""
    for key in keys:
        for maker, one, other, reason in db.execute(
            "SELECT maker, one, other, reason FROM joins WHERE one = ?", (key,)
        ):
            rank = 0 if maker == BY_HAND else 2 if maker.startswith(("core ", "called ")) else 1
            yield rank, (read_key(one), read_key(other), reason)


BY_HAND = "by hand"
"""The maker of the joins that corrections make."""


def describe_groups(
    db: sqlite3.Connection, roots: Sequence[str], touched: Touched, edit: Edit, ontology: Ontology
) -> None:
    """Describe these groups, and take out the former entities of touched ones."""
    labels: dict[str, str] = {}
    for root in touched.roots | set(roots):
        labels |= dict(db.execute("DELETE FROM entities WHERE root = ? RETURNING id, label", (root,)).fetchall())
    touched.nodes.update(labels)
    for root in roots:
        keys = [key for (key,) in db.execute("SELECT key FROM keys WHERE root = ? ORDER BY key", (root,))]
        entity = edit(_describe(db, root, keys))
        _keep(db, root, entity, ontology)
        touched.nodes.add(entity.id)
        if labels.get(entity.id, entity.label) != entity.label:
            holders = db.execute("SELECT holder FROM tenures WHERE body = ?", (entity.id,))
            touched.nodes.update(holder for (holder,) in holders)
            touched.offices.update(db.execute("SELECT office, body FROM tenures WHERE holder = ?", (entity.id,)))
        for key in keys:
            former = db.execute("SELECT node, type FROM keys WHERE key = ?", (key,)).fetchone()
            if former != (entity.id, entity.type):
                db.execute("UPDATE keys SET node = ?, type = ? WHERE key = ?", (entity.id, entity.type, key))
                articles = db.execute("SELECT DISTINCT article FROM mentions WHERE key = ?", (key,))
                touched.links.update(article for (article,) in articles)
                articles = db.execute("SELECT article FROM offices WHERE key = ?", (key,))
                touched.links.update(article for (article,) in articles)


def _describe(db: sqlite3.Connection, root: str, keys: Sequence[str]) -> ResolvedEntity:
    members: dict[Key, list[Mention]] = {}
    identities = []
    reasons: set[str] = set()
    for key in keys:
        kept = list(read_mentions(db, "key = ?", (key,)))
        members[read_key(key)] = [one.mention for one in kept]
        identities += [one.identity for one in kept]
        reasons.update(why for (why,) in db.execute("SELECT reason FROM reasons WHERE key = ?", (key,)))
        query = "SELECT j.reason FROM joins j JOIN keys k ON k.key = j.other WHERE j.one = ? AND k.root = ?"
        reasons.update(why for (why,) in db.execute(query, (key, root)))
    mark = db.execute("SELECT mark FROM marks WHERE key = ?", (root,)).fetchone()
    return describe(list(members), members, identity_of_group(identities), mark[0] if mark else "", reasons)


def _keep(db: sqlite3.Connection, root: str, entity: ResolvedEntity, ontology: Ontology) -> None:
    row = {
        "id": entity.id,
        "label": entity.label,
        "type": entity.type,
        "aliases": entity.aliases,
        "facts": dict(entity.facts),
        "forms": [{"id": form.id, "name": form.name, "articles": form.articles} for form in entity.forms],
        "reasons": entity.reasons,
    }
    properties = _NEXT.join(describe_entity(entity, ontology))
    values = entity.id, root, entity.label, entity.type, properties, write_json(row)
    db.execute("INSERT OR REPLACE INTO entities VALUES (?, ?, ?, ?, ?, ?)", values)


def add_relatives(db: sqlite3.Connection, touched: Touched, ontology: Ontology) -> None:
    """Bring the units that no article names, but those that are named are linked to, up to date."""
    query = "SELECT key, node FROM keys WHERE key GLOB 'Unit *'"
    named = {read_key(key): ResolvedEntity(node, "", "", (), ()) for key, node in db.execute(query)}
    ids = {entity.id for entity in named.values()}
    wanted = {entity.id: entity for entity in with_relatives(named) if entity.id not in ids}
    former = {id for (id,) in db.execute("SELECT id FROM entities WHERE root = ''")}
    for id in former - wanted.keys():
        db.execute("DELETE FROM entities WHERE id = ?", (id,))
    for id in wanted.keys() - former:
        _keep(db, "", wanted[id], ontology)
    touched.nodes.update(former ^ wanted.keys())
