"""One writer at a time: a lock that the system takes back when its holder dies."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kg.store.failures import explain


@contextmanager
def hold(file: Path) -> Iterator[None]:
    """Holds the lock of `file` while within; `StoreError` at once if another process has it.

    SQLite's own lock on a database without content: it works alike on every system, and no file outlives a crash
    in a state that somebody must clear away.
    """
    with explain(file), closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield


def is_held(file: Path) -> bool:
    """Whether some process holds the lock now."""
    if not file.exists():
        return False
    with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            return error.sqlite_errorcode == sqlite3.SQLITE_BUSY
    return False
