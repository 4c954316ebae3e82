"""Which keys are one thing, for the keys and names that an update touches; persons are joined in `persons`."""

import sqlite3
from collections.abc import Iterable

from kg.resolution.joins import acronym_of, called_so, core_of, initials_of, likely_acronyms, same_core
from kg.resolution.values import Key, Mention, id_of
from kg.state.tables import Touched, is_person, read_key, read_mentions, replace_doubts, write_key

_Row = tuple[str | None, str | None, str | None]
_APART = ("Person", "Unit", "Country")
"""Families whose keys are joined by no name."""


def replace_joins(
    db: sqlite3.Connection, maker: str, joins: Iterable[tuple[str, str, str]], touched: Touched
) -> set[str]:
    """Make these the joins of one rule about one name; the keys that are joined otherwise now."""
    query = "SELECT one, other, reason FROM joins WHERE maker = ?"
    former, wanted = set(db.execute(query, (maker,))), set(joins)
    if former == wanted:
        return set()
    db.execute("DELETE FROM joins WHERE maker = ?", (maker,))
    db.executemany("INSERT INTO joins VALUES (?, ?, ?, ?)", ((maker, *join) for join in sorted(wanted)))
    changed = {key for one, other, _ in former ^ wanted for key in (one, other)}
    touched.keys.update(changed)
    return changed


def settle_joins(db: sqlite3.Connection, touched: Touched) -> None:
    """Bring the keys, their joins and the doubts about acronyms up to date."""
    cores: set[str] = set()
    letters: set[str] = set()
    acronyms: set[str] = set()
    for key in sorted(touched.keys):
        for core, initials, acronym in _note_key(db, key, touched):
            cores |= {core} if core else set()
            letters |= {initials} if initials else set()
            acronyms |= {key} if acronym else set()
    joined = {key for core in sorted(cores) for key in _join_core(db, core, touched)}
    joined |= {key for other in sorted(_named_so(db, touched)) for key in _join_called(db, other, touched)}
    for initials in letters:
        acronyms |= {key for (key,) in db.execute("SELECT key FROM keys WHERE acronym = ?", (initials,))}
    for key in sorted(acronyms | joined):
        _doubt(db, key)


def _note_key(db: sqlite3.Connection, key: str, touched: Touched) -> list[_Row]:
    """The row of a key, as it was and as it is: none before the first mention and after the last."""
    former = db.execute("SELECT core, initials, acronym, root FROM keys WHERE key = ?", (key,)).fetchone()
    pair = read_key(key)
    if db.execute("SELECT 1 FROM mentions WHERE key = ? LIMIT 1", (key,)).fetchone() is None:
        if former is None:
            return []
        touched.roots.add(former[3])
        touched.links.update(article for (article,) in db.execute("SELECT article FROM offices WHERE key = ?", (key,)))
        db.execute("DELETE FROM keys WHERE key = ?", (key,))
        return [former[:3]]
    now: _Row = (None, None, None)
    if pair[0] not in _APART:
        members = _members(db, key)
        now = core_of(pair, members), initials_of(pair), acronym_of(pair, members)
    insert = """INSERT INTO keys (key, form, core, initials, acronym) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE
                SET core = excluded.core, initials = excluded.initials, acronym = excluded.acronym"""
    db.execute(insert, (key, id_of(pair), *now))
    return [now] if former is None else [former[:3], now]


def _members(db: sqlite3.Connection, key: str) -> list[Mention]:
    return [kept.mention for kept in read_mentions(db, "key = ?", (key,))]


def _join_core(db: sqlite3.Connection, core: str, touched: Touched) -> set[str]:
    keys = [read_key(key) for (key,) in db.execute("SELECT key FROM keys WHERE core = ?", (core,))]
    return replace_joins(db, f"core {core}", _written(same_core(keys)), touched)


def _named_so(db: sqlite3.Connection, touched: Touched) -> set[str]:
    """The keys that are called by one of the touched terms, or by one that a touched key's articles call it."""
    found = set()
    query = "SELECT DISTINCT term FROM mentions JOIN aliases USING (article, position) WHERE key = ?"
    terms = {term for key in touched.keys if not is_person(key) for (term,) in db.execute(query, (key,))}
    for term in touched.terms | terms:
        family, name = read_key(term)
        for (key,) in db.execute("SELECT DISTINCT key FROM mentions WHERE name = ?", (f" {name}",)):
            if read_key(key)[0] == family:
                found.add(key)
    # A key that nobody has any more is joined by nothing.
    return found | {key for key in touched.keys if not is_person(key)}


def _join_called(db: sqlite3.Connection, other: str, touched: Touched) -> set[str]:
    key = read_key(other)
    callers: set[str] = set()
    names: dict[tuple[str, str], set[Key]] = {}
    if key[0] not in _APART and "|" not in key[1]:
        query = "SELECT DISTINCT key FROM aliases JOIN mentions USING (article, position) WHERE term = ?"
        for (name,) in db.execute("SELECT DISTINCT name FROM mentions WHERE key = ?", (other,)).fetchall():
            names[key[0], name.removeprefix(" ")] = {key}
            callers.update(caller for (caller,) in db.execute(query, (key[0] + name,)))
    members = {read_key(one): _members(db, one) for one in callers | {other}} if callers - {other} else {}
    return replace_joins(db, f"called {other}", _written(called_so(members, names)), touched)


def _written(joins: Iterable[tuple[Key, Key, str]]) -> list[tuple[str, str, str]]:
    return [(write_key(one), write_key(other), reason) for one, other, reason in joins]


def _doubt(db: sqlite3.Connection, key: str) -> None:
    """The doubt whether an acronym that nothing explains is the one body with these initials."""
    row = db.execute("SELECT acronym FROM keys WHERE key = ?", (key,)).fetchone()
    doubts = []
    if row and row[0]:
        query = (
            """SELECT 1 FROM joins WHERE (one = ?1 OR other = ?1) AND (maker GLOB 'core *' OR maker GLOB 'called *')"""
        )
        fits = [fit for (fit,) in db.execute("SELECT key FROM keys WHERE initials = ? ORDER BY key", (row[0],))]
        if len(fits) == 1 and db.execute(query, (key,)).fetchone() is None:
            found = likely_acronyms({read_key(one): _members(db, one) for one in {key, *fits}}, set())
            doubts = [doubt for doubt in found if doubt.one == id_of(read_key(key))]
    replace_doubts(db, f"acronym {key}", doubts)
