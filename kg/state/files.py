"""The files that are copied from the state, without anything in them being read."""

import csv
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import TextIO

from kg import turtle
from kg.resolution.values import Doubt
from kg.review import COLUMNS, row_of
from kg.sayings import Misfit
from kg.state.tables import Row

_TOGETHER = 1000
"""Pieces that are written at once."""


def write_turtle(db: sqlite3.Connection, path: Path, *, prefixes: Mapping[str, str]) -> None:
    """The graph: each entity with what it is the subject of, then each article with its quotes."""
    _write(path, [turtle.head(prefixes)], _entities(db), _column(db, "SELECT nodes FROM texts ORDER BY id"))


def write_identities(db: sqlite3.Connection, path: Path) -> None:
    """What each node is, by id."""
    _write(path, _column(db, "SELECT line FROM identities ORDER BY id"))


def write_records(db: sqlite3.Connection, path: Path) -> None:
    """What each article says, by id."""
    _write(path, _column(db, "SELECT record FROM texts ORDER BY id"))


def write_doubts(db: sqlite3.Connection, path: Path) -> None:
    """Pairs of nodes that may be one, the likeliest first."""
    query = """SELECT DISTINCT score, coalesce(k.node, d.one) AS a, coalesce(l.node, d.other) AS b, why
               FROM doubts d LEFT JOIN keys k ON k.form = d.one LEFT JOIN keys l ON l.form = d.other
               WHERE a <> b ORDER BY -score, a, b, why"""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in db.execute(query):
            names = [db.execute("SELECT label FROM entities WHERE id = ?", (id,)).fetchone() for id in row[1:3]]
            writer.writerow(row_of(Doubt(*row), *(name[0] if name else None for name in names)))


def write_left_out(db: sqlite3.Connection, path: Path) -> None:
    """Statements of articles that the graph leaves out, by article."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field.name for field in fields(Misfit))
        writer.writerows(db.execute("SELECT * FROM misfits ORDER BY article, subject, relation, object, why, quote"))


def count_left_out(db: sqlite3.Connection) -> int:
    """How many they are."""
    (count,) = db.execute("SELECT count(*) FROM misfits").fetchone()
    return int(count)


def count(db: sqlite3.Connection) -> tuple[int, Counter[str], Counter[tuple[str, str]]]:
    """How many articles there are, entities of each class, and statements of each relation and modality."""
    (articles,) = db.execute("SELECT count(*) FROM articles WHERE key <> x''").fetchone()
    entities = Counter[str](dict(db.execute("SELECT type, count(*) FROM entities GROUP BY type")))
    statements = Counter[tuple[str, str]]()
    for modality in ("asserted", "planned", "negated"):
        for relation, number in db.execute(f"SELECT relation, sum({modality}) FROM facts GROUP BY relation"):
            if number:
                statements[relation, modality] = number
    return articles, entities, statements


def _entities(db: sqlite3.Connection) -> Iterator[str]:
    facts = _Following(db.execute("SELECT subject, plain, nodes FROM facts ORDER BY subject, relation, object"))
    figures = _Following(db.execute("SELECT about, nodes FROM quantities ORDER BY about, unit"))
    for id, properties in db.execute("SELECT id, properties FROM entities ORDER BY id"):
        said = facts.of(id)
        yield turtle.node(f"kgr:{id}", [properties, *(plain for _, plain, _ in said if plain)])
        yield from (nodes for _, _, nodes in said if nodes)
        yield from (nodes for _, nodes in figures.of(id))


class _Following:
    """Rows that are sorted by their first column, taken in that order."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def of(self, id: str) -> list[Row]:
        """The rows of `id`, which comes after those asked for before."""
        found = []
        while self._next is not None and self._next[0] == id:
            found.append(self._next)
            self._next = next(self._rows, None)
        return found


def _column(db: sqlite3.Connection, query: str) -> Iterator[str]:
    return (value for (value,) in db.execute(query))


def _write(path: Path, *parts: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for part in parts:
            _copy(iter(part), file)


def _copy(pieces: Iterator[str], file: TextIO) -> None:
    waiting: list[str] = []
    for piece in pieces:
        waiting.append(piece)
        if len(waiting) == _TOGETHER:
            file.write("".join(waiting))
            waiting.clear()
    file.write("".join(waiting))
