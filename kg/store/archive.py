"""The store: which articles an archive has, and what each of them says.

Results are committed as they come, under a key of their content, before any article counts as part of the archive; the
list of articles changes in one transaction when all are there. So a process that dies leaves the former archive as it
was, and the next one finds the results that were finished.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreError
from kg.model import Extraction
from kg.store.failures import damaged, explain
from kg.store.lock import hold, is_held
from kg.store.packing import pack, unpack
from kg.store.settings import FOLDER

_SCHEMA = """
CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, pack BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS articles (id TEXT PRIMARY KEY, key BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Changes:
    """How many articles came, were changed, and went when the list of articles was replaced."""

    new: int = 0
    changed: int = 0
    gone: int = 0

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)


class Archive:
    """The store in one folder; iterating gives the extractions of its articles by id, as often as one likes."""

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder = folder
        self.file = folder / FOLDER / "store.sqlite"
        self._connection = connection

    def __iter__(self) -> Iterator[Extraction]:
        query = "SELECT a.id, r.pack FROM articles a LEFT JOIN results r USING (key) ORDER BY a.id"
        # A connection of its own reads one state of the store, whatever is written meanwhile.
        with explain(self.file), closing(sqlite3.connect(self.file)) as connection:
            for id, data in connection.execute(query):
                yield self._unpack(id, data)

    def some(self, ids: Iterable[str]) -> Iterator[Extraction]:
        """What these of its articles say, by id."""
        query = "SELECT pack FROM articles LEFT JOIN results USING (key) WHERE id = ?"
        with explain(self.file), closing(sqlite3.connect(self.file)) as connection:
            for id in sorted(ids):
                row = connection.execute(query, (id,)).fetchone()
                yield self._unpack(id, row and row[0])

    def __len__(self) -> int:
        with explain(self.file):
            return int(self._connection.execute("SELECT count(*) FROM articles").fetchone()[0])

    def ids(self) -> dict[str, bytes]:
        """The articles' ids, each with the key of its result."""
        with explain(self.file):
            return dict(self._connection.execute("SELECT id, key FROM articles ORDER BY id"))

    def has(self, key: bytes) -> bool:
        """Whether there is a result of that key."""
        with explain(self.file):
            return self._connection.execute("SELECT 1 FROM results WHERE key = ?", (key,)).fetchone() is not None

    def put(self, results: Iterable[tuple[bytes, Extraction]]) -> None:
        """Keep these results for good, all of them or none."""
        with explain(self.file), self._connection as transaction:
            rows = ((key, pack(extraction)) for key, extraction in results)
            transaction.executemany("INSERT OR REPLACE INTO results VALUES (?, ?)", rows)

    def replace(self, ids: dict[str, bytes]) -> Changes:
        """Make `ids` the articles of the archive, and drop the results that none of them has."""
        former = self.ids()
        with explain(self.file), self._connection as transaction:
            transaction.executemany("DELETE FROM articles WHERE id = ?", [(id,) for id in former.keys() - ids.keys()])
            changed = [(id, key) for id, key in ids.items() if former.get(id) != key]
            transaction.executemany("INSERT OR REPLACE INTO articles VALUES (?, ?)", changed)
            transaction.execute("DELETE FROM results WHERE key NOT IN (SELECT key FROM articles)")
        new = sum(id not in former for id in ids)
        return Changes(new, len(changed) - new, len(former.keys() - ids.keys()))

    def fact(self, name: str) -> object:
        """What was noted under `name`; None if nothing was."""
        with explain(self.file):
            row = self._connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return None if row is None else json.loads(row[0])

    def note(self, name: str, value: object) -> None:
        """Note a fact about the archive, anything that JSON can hold."""
        with explain(self.file), self._connection as transaction:
            transaction.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, json.dumps(value)))

    def check(self) -> None:
        """Read everything once; `StoreError` if something is damaged."""
        with explain(self.file):
            said = self._connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if said != "ok":
            raise damaged(self.file, said)
        for _ in self:
            pass

    def _unpack(self, id: str, data: bytes | None) -> Extraction:
        if data is None:
            raise damaged(self.file, f"the result of {id} is missing")
        try:
            return unpack(data)
        except (ValueError, TypeError, IndexError, zlib.error) as error:
            raise damaged(self.file, f"the result of {id} is not whole: {error}") from None


@contextmanager
def open_archive(folder: Path) -> Iterator[Archive]:
    """The archive in `folder`, made if there is none, for this process alone.

    `StoreError` says why it cannot be had: another process has it, it is damaged, the folder cannot be written.
    """
    inner = folder / FOLDER
    try:
        inner.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be made a folder ({error.strerror}). Give another one with -o.") from None
    with hold(inner / "lock.sqlite"):
        file = inner / "store.sqlite"
        with explain(file), closing(sqlite3.connect(file, timeout=10)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            # Survives the death of the process; what a power cut may take is the last results, never the whole.
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.executescript(_SCHEMA)
            yield Archive(folder, connection)


def is_busy(folder: Path) -> bool:
    """Whether some process is writing the archive in `folder` now."""
    return is_held(folder / FOLDER / "lock.sqlite")


def set_aside(folder: Path) -> Path:
    """Move a store that is damaged out of the way, and say where it is now. Nothing is deleted."""
    file = folder / FOLDER / "store.sqlite"
    with hold(folder / FOLDER / "lock.sqlite"):
        number = sum(1 for _ in file.parent.glob("store.damaged-*.sqlite")) + 1
        target = file.with_name(f"store.damaged-{number}.sqlite")
        for suffix in ("", "-wal", "-shm"):
            part = file.with_name(file.name + suffix)
            if part.exists():
                part.replace(target.with_name(target.name + suffix))
    return target
