"""What all articles together come to, kept so that an update redoes only what new, changed and gone articles touch.

folder/.kg/graph.sqlite     mentions, keys, entities, facts: made from the store, and made anew when the program changes

    Articles ─update─▶ state ─files─▶ graph.ttl, identity.jsonl, statements.jsonl, doubts.csv
                             └drawing─▶ the part that the page and the Gephi file show
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

from kg.model import Extraction
from kg.state.tables import SCHEMA
from kg.store.failures import explain

_CACHE = 256
"""Megabytes of the state that are held in memory at most."""


class Articles(Protocol):
    """What an archive's articles say: the state takes it in, and asks again for what it touches."""

    def ids(self) -> Mapping[str, bytes]:
        """The articles' ids, each with a key of its content."""

    def some(self, ids: Iterable[str]) -> Iterator[Extraction]:
        """What these articles say, by id."""


@contextmanager
def open_in_memory() -> Iterator[sqlite3.Connection]:
    """An empty state that is gone afterwards."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.executescript(SCHEMA)
        yield db


@contextmanager
def change(file: Path, version: str) -> Iterator[sqlite3.Connection]:
    """The state in `file`, empty if there is none of that version; what is done within counts if it ends well."""
    if _version(file) == version:
        with explain(file), closing(_connect(file, "WAL", "NORMAL")) as db:
            db.execute("BEGIN")
            yield db
            db.execute("COMMIT")
        return
    part = file.with_name("graph.part.sqlite")
    _remove(part)
    # Nobody reads this file after a crash, so it need not survive one.
    with explain(part), closing(_connect(part, "OFF", "OFF")) as db:
        db.executescript(SCHEMA)
        db.execute("BEGIN")
        db.execute("INSERT INTO notes VALUES ('version', ?)", (version,))
        yield db
        db.execute("COMMIT")
    _remove(file)
    part.replace(file)


@contextmanager
def read(file: Path) -> Iterator[sqlite3.Connection]:
    """The state in `file`, to write files from."""
    with explain(file), closing(_connect(file, "WAL", "NORMAL")) as db:
        yield db


def drop(file: Path) -> None:
    """Have the state made anew by the next build."""
    _remove(file)


def _connect(file: Path, journal: str, synchronous: str) -> sqlite3.Connection:
    db = sqlite3.connect(file, isolation_level=None)
    db.execute(f"PRAGMA journal_mode = {journal}")
    db.execute(f"PRAGMA synchronous = {synchronous}")
    db.execute(f"PRAGMA cache_size = {-1024 * _CACHE}")
    return db


def _version(file: Path) -> str | None:
    if not file.exists():
        return None
    try:
        with closing(sqlite3.connect(file)) as db:
            row = db.execute("SELECT value FROM notes WHERE name = 'version'").fetchone()
    except sqlite3.DatabaseError:
        return None  # damaged, but nothing that cannot be made again
    return None if row is None else str(row[0])


def _remove(file: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
