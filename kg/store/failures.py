"""What SQLite says when it fails, as messages for the person who runs the program."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_REASONS = {
    sqlite3.SQLITE_FULL: "the disk is full. Make room and run the command again; what was finished is kept.",
    sqlite3.SQLITE_READONLY: "the folder is read-only. Allow writing to it, or give another with -o.",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened. Allow writing to its folder, or give another with -o.",
    sqlite3.SQLITE_IOERR: "the disk failed, or is full. Make room and run it again; what was finished is kept.",
    sqlite3.SQLITE_BUSY: "another kg is writing there. Wait until it is done, or give another folder with -o.",
    sqlite3.SQLITE_PERM: "may not be written. Check its permissions, or give another folder with -o.",
}


def damaged(file: Path, reason: object) -> StoreError:
    """The error for a store whose content is at fault."""
    return StoreError(f"{file}: the store is damaged ({reason}). Mend it with: kg rebuild", damaged=True)


@contextmanager
def explain(file: Path) -> Iterator[None]:
    """Turns what SQLite raises within it into a `StoreError` about `file` that says what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if code in _DAMAGED or code not in _REASONS:
            raise damaged(file, error) from None
        raise StoreError(f"{file}: {_REASONS[code]}") from None
