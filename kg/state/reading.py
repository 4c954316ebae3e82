"""Articles in and out of the state: their mentions, and what is looked up of them."""

import sqlite3
from array import array
from collections.abc import Iterable

from kg.model import Extraction
from kg.resolution import mentions_of
from kg.resolution.copies import fingerprint
from kg.resolution.joins import other_names
from kg.resolution.names import compared, compared_person
from kg.resolution.values import Identity, Mention
from kg.state.tables import Touched, is_person, read_mentions, write_key, write_mention

_UNNAMED = ("Person", "Unit", "Country")
"""Families whose things no article gives another name."""


def name_of(mention: Mention, person: bool) -> str:
    """The name by which the mention is looked up."""
    return f"Person {compared_person(mention.entity.name)}" if person else f" {compared(mention.entity.name)}"


def terms_of(mention: Mention, identity: Identity) -> tuple[str, set[str]]:
    """What the mention is called, and what its article calls it besides, each with the family."""
    family = identity.key[0]
    return f"{family} {compared(mention.entity.name)}", {
        f"{family} {compared(alias)}" for alias, _ in other_names(mention)
    }


def forget(db: sqlite3.Connection, article: str, touched: Touched) -> None:
    """Take the article out, and put what it named into `touched`."""
    touched.said.update(said for (said,) in db.execute("SELECT said FROM mentions WHERE article = ?", (article,)))
    for kept in list(read_mentions(db, "article = ?", (article,))):
        _touch(kept.mention, kept.identity, write_key(kept.key), touched)
        if kept.identity.key[0] not in _UNNAMED:
            rows = [(term, article, kept.position) for term in terms_of(kept.mention, kept.identity)[1]]
            db.executemany("DELETE FROM aliases WHERE (term, article, position) = (?, ?, ?)", rows)
    touched.facts.update(db.execute("SELECT subject, relation, object FROM sayings WHERE article = ?", (article,)))
    touched.figures.update(db.execute("SELECT about, unit FROM figures WHERE article = ?", (article,)))
    touched.reports.update(db.execute("SELECT holder, office FROM reports WHERE article = ?", (article,)))
    for table in ("mentions", "sayings", "figures", "reports", "offices", "misfits", "hidden", "added"):
        db.execute(f"DELETE FROM {table} WHERE article = ?", (article,))
    for table in ("articles", "prints", "texts"):
        db.execute(f"DELETE FROM {table} WHERE id = ?", (article,))


def learn(db: sqlite3.Connection, content: bytes, extraction: Extraction, touched: Touched) -> None:
    """Take an article in, persons still without keys, and put what it names into `touched`."""
    article = extraction.article
    touched.articles.add(article.id)
    touched.links.add(article.id)
    print = array("I", fingerprint(article)).tobytes()
    db.execute("INSERT INTO articles VALUES (?, ?, ?, ?)", (article.id, content, article.date or "", article.id))
    db.execute("INSERT INTO prints VALUES (?, ?)", (article.id, print))
    rows, aliases = [], []
    for position, (mention, identity) in enumerate(mentions_of(extraction)):
        own = write_key(identity.key)
        person = is_person(own)
        decided = "" if person else own
        touched.said.add(own)
        _touch(mention, identity, decided, touched)
        name, data = name_of(mention, person), write_mention(mention, identity)
        rows.append((article.id, position, mention.entity.id, mention.date, name, own, decided, decided, data))
        if identity.office:
            office, body = identity.office
            key = write_key(body) if body else None
            db.execute(
                "INSERT INTO offices VALUES (?, ?, ?, ?, ?, NULL, '{}')",
                (article.id, position, mention.entity.id, office, key),
            )
        if identity.key[0] not in _UNNAMED:
            aliases += [(term, article.id, position) for term in terms_of(mention, identity)[1]]
    db.executemany("INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    db.executemany("INSERT INTO aliases VALUES (?, ?, ?)", aliases)


def _touch(mention: Mention, identity: Identity, key: str, touched: Touched) -> None:
    if key:
        touched.keys.add(key)
    if mention.entity.type == "Person":
        touched.people.add(compared_person(mention.entity.name))
        return
    if identity.key[0] not in _UNNAMED:
        name, aliases = terms_of(mention, identity)
        touched.terms.update(aliases, (name,))


def assign(db: sqlite3.Connection, keys: Iterable[tuple[str, int, str]], touched: Touched, *, own: bool) -> None:
    """Give mentions, by article and position, other keys: by what all articles say (`own`), or by hand."""
    for article, position, key in keys:
        former = db.execute(
            "SELECT own, key, name FROM mentions WHERE (article, position) = (?, ?)", (article, position)
        ).fetchone()
        if former[0 if own else 1] == key:
            continue
        column = "own = ?3, key = ?3" if own else "key = ?3"
        db.execute(f"UPDATE mentions SET {column} WHERE (article, position) = (?1, ?2)", (article, position, key))
        touched.keys.update({former[1], key} - {""})
        touched.links.add(article)
        if not is_person(key):
            touched.terms.add(key.partition(" ")[0] + former[2])
