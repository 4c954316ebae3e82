"""Which mentions are one person, for the names that an update touches.

A full name is decided by its own mentions. A single name ("Palmer") is decided by them and by all bearers of the name,
and so again whenever one of these is in another article, or an article's telling keys change.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.resolution import most_telling, tells
from kg.resolution.people import (
    People,
    Profile,
    called_by,
    given_of,
    join_given_names,
    join_reversed,
    part,
    place_single,
    words_of,
)
from kg.resolution.values import Key, MentionId
from kg.state.joining import replace_joins
from kg.state.reading import assign
from kg.state.tables import Kept, Touched, read_key, read_mentions, replace_doubts, write_key

_ORDER = "\N{RIGHTWARDS ARROW OVER LEFTWARDS ARROW} "
"""Before the words that names have in common in any order, so that no single name is taken for them."""
_GIVEN = "\N{RIGHTWARDS ARROW} "
"""Before a middle and given name."""


def count_keys(db: sqlite3.Connection, touched: Touched, before: float) -> float:
    """Count the articles of touched keys, and touch the persons of articles where a key begins or ceases to tell.

    `before` is the highest telling count that was in force; the one that is now is returned.
    """
    (articles,) = db.execute("SELECT count(DISTINCT article) FROM mentions").fetchone()
    most = most_telling(articles)
    low, high = sorted((before, most))
    between = db.execute("SELECT said FROM counts WHERE articles > ? AND articles <= ?", (low, high))
    flipped = {said for (said,) in between}
    for said in sorted(touched.said | flipped):
        former = db.execute("SELECT articles FROM counts WHERE said = ?", (said,)).fetchone() or (0,)
        now = db.execute("SELECT count(DISTINCT article) FROM mentions WHERE said = ?", (said,)).fetchone()
        if now[0]:
            db.execute("INSERT OR REPLACE INTO counts VALUES (?, ?)", (said, now[0]))
        else:
            db.execute("DELETE FROM counts WHERE said = ?", (said,))
        if (1 < former[0] <= before) == (1 < now[0] <= most):
            flipped.discard(said)
        else:
            flipped.add(said)
    for said in flipped:
        query = """SELECT DISTINCT p.name FROM mentions m JOIN mentions p USING (article)
                   WHERE m.said = ? AND p.name GLOB 'Person *'"""
        touched.people.update(name.removeprefix("Person ") for (name,) in db.execute(query, (said,)))
    return most


def settle_people(db: sqlite3.Connection, touched: Touched, most: float) -> None:
    """Give all mentions of touched names their keys, and note joins, reasons, labels and doubts."""
    called: set[str] = set()
    for name in sorted(touched.people):
        if " " in name:
            called |= _settle_full(db, name, touched)
        else:
            called.add(name)
    for word in sorted(called):
        if word.startswith(_GIVEN):
            _settle_given(db, word, touched, most)
        elif word.startswith(_ORDER):
            _settle_order(db, word, touched, most)
        else:
            _settle_single(db, word, touched, most)


def _settle_full(db: sqlite3.Connection, name: str, touched: Touched) -> set[str]:
    """Decide on one full name; the single names, and words in any order, that depend on it."""
    members = list(read_mentions(db, "name = ?", (f"Person {name}",)))
    people, maker = People(), f"name {name}"
    if members:
        part(name, (kept.mention for kept in members), people)
    _assign(db, members, people.keys, touched)
    db.execute("DELETE FROM marks WHERE maker = ?", (maker,))
    marks = ((write_key(key), mark, maker) for key, mark in people.told_apart.items())
    db.executemany("INSERT INTO marks VALUES (?, ?, ?)", marks)
    replace_doubts(db, maker, people.doubts)
    words = called_by(name) | ({_ORDER + words} if (words := words_of(name)) else set())
    words |= {_GIVEN + given} if (given := given_of(name)) else set()
    db.execute("DELETE FROM called WHERE name = ?", (name,))
    if members:
        db.executemany("INSERT INTO called VALUES (?, ?)", ((word, name) for word in words))
    touched.keys.update(write_key(key) for key in people.told_apart)
    # It may itself be the middle and given name of others.
    return words | {_GIVEN + name}


def _settle_order(db: sqlite3.Connection, word: str, touched: Touched, most: float) -> None:
    people, names = People(), _names(db, word)
    if len(names) > 1:
        join_reversed(_profiles(db, names, most), people)
    joins = [(write_key(one), write_key(other), reason) for one, other, reason in people.joins]
    replace_joins(db, word, joins, touched)
    replace_doubts(db, word, people.doubts)


def _settle_given(db: sqlite3.Connection, word: str, touched: Touched, most: float) -> None:
    name = word.removeprefix(_GIVEN)
    people, names = People(), _names(db, word)
    members = list(read_mentions(db, "name = ?", (f"Person {name}",))) if names else []
    if members:
        people.keys.update((kept.mention.id, kept.identity.key) for kept in members)
        company = _company(db, {kept.mention.article for kept in members}, most)
        mentions = [kept.mention for kept in members]
        join_given_names({name: mentions}, _profiles(db, names, most), company, people)
    joins = [(write_key(one), write_key(other), reason) for one, other, reason in people.joins]
    replace_joins(db, word, joins, touched)
    replace_doubts(db, word, people.doubts)


def _settle_single(db: sqlite3.Connection, word: str, touched: Touched, most: float) -> None:
    members = list(read_mentions(db, "name = ?", (f"Person {word}",)))
    people, maker = People(), f"single {word}"
    if members:
        profiles = _profiles(db, _names(db, word), most)
        company = _company(db, {kept.mention.article for kept in members}, most)
        place_single(word, [kept.mention for kept in members], sorted(profiles), profiles, company, people)
        _assign(db, members, people.keys, touched)
    former = {key for (key,) in db.execute("SELECT key FROM reasons WHERE maker = ?", (maker,))}
    reasons = [(maker, write_key(key), reason) for key, found in people.reasons.items() for reason in found]
    touched.keys.update(former ^ {key for _, key, _ in reasons})
    db.execute("DELETE FROM reasons WHERE maker = ?", (maker,))
    db.executemany("INSERT INTO reasons VALUES (?, ?, ?)", reasons)
    replace_doubts(db, maker, people.doubts)


def _names(db: sqlite3.Connection, word: str) -> list[str]:
    return [name for (name,) in db.execute("SELECT name FROM called WHERE word = ? ORDER BY name", (word,))]


def _profiles(db: sqlite3.Connection, names: Iterable[str], most: float) -> Mapping[Key, Profile]:
    profiles: dict[Key, Profile] = defaultdict(Profile)
    for name in names:
        members = list(read_mentions(db, "name = ?", (f"Person {name}",)))
        company = _company(db, {kept.mention.article for kept in members}, most)
        for kept in members:
            profiles[kept.identity.key].add(kept.mention, company)
    return profiles


def _company(db: sqlite3.Connection, articles: Iterable[str], most: float) -> dict[str, frozenset[Key]]:
    """The telling keys of each article."""
    found: dict[str, frozenset[Key]] = {}
    query = """SELECT DISTINCT said FROM mentions JOIN counts USING (said)
               WHERE article = ? AND articles > 1 AND articles <= ?"""
    for article in articles:
        keys = (read_key(said) for (said,) in db.execute(query, (article, most)))
        found[article] = frozenset(filter(tells, keys))
    return found


def _assign(db: sqlite3.Connection, members: Iterable[Kept], keys: Mapping[MentionId, Key], touched: Touched) -> None:
    def rows() -> Iterator[tuple[str, int, str]]:
        for kept in members:
            if keys[kept.mention.id] != kept.identity.key:
                yield kept.mention.article, kept.position, write_key(keys[kept.mention.id])

    assign(db, rows(), touched, own=True)
