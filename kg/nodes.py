"""A graph that need not fit in memory: its triples by node, sorted on disk.

triples in any order ─sort_on_disk─▶ Nodes ─▶ all triples in the order of the Turtle file
                                           └▶ the part that a page or a Gephi file draws
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from kg.exporters.namespaces import read_sorted
from kg.graph import PROV, RDF
from kg.ontology import KG
from kg.store.failures import explain

_BATCH = 2000
"""Nodes that are read together: enough to make the call of the parser cheap, few enough to be nothing in memory."""

_SUBJECT, _PREDICATE, _OBJECT = (NamedNode(RDF + part) for part in ("subject", "predicate", "object"))
_MODALITY, _ARTICLES, _ABOUT = (NamedNode(KG + name) for name in ("modality", "articleCount", "about"))
_NEEDED = {NamedNode(KG + name) for name in ("evidence", "article", "saidBy")} | {NamedNode(PROV + "wasDerivedFrom")}


class Nodes:
    """The triples of a graph by their subjects, whose IRIs begin with `base`."""

    def __init__(self, file: Path, connection: sqlite3.Connection, base: str) -> None:
        self.file = file
        self.base = base
        self._connection = connection

    def triples(self, kind: str = "") -> Iterator[Triple]:
        """Every triple once, sorted; with `kind` ("statement/", "quantity/") those of such nodes alone."""
        first = f"<{self.base}{kind}"
        query, bounds = (
            "SELECT lines FROM nodes WHERE subject BETWEEN ? AND ? ORDER BY subject",
            (first, first + "\U0010ffff"),
        )
        yield from self._read(query if kind else "SELECT lines FROM nodes ORDER BY subject", bounds if kind else ())

    def nodes(self, kind: str) -> Iterator[tuple[str, list[Triple]]]:
        """The nodes of that kind, each with its triples."""
        for subject, triples in groupby(self.triples(kind), key=attrgetter("subject")):
            yield subject.value, list(triples)

    def of(self, iris: Iterable[str]) -> Iterator[Triple]:
        """The triples of these nodes, sorted."""
        with explain(self.file):
            self._connection.execute("CREATE TEMP TABLE IF NOT EXISTS wanted (subject TEXT PRIMARY KEY) WITHOUT ROWID")
            self._connection.execute("DELETE FROM wanted")
            rows = ((f"<{iri}>",) for iri in iris)
            self._connection.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", rows)
        yield from self._read("SELECT lines FROM wanted JOIN nodes USING (subject) ORDER BY subject", ())

    def count_statements(self) -> Counter[tuple[str, str]]:
        """How many statements there are of each relation and modality, by their local names."""
        counts: Counter[tuple[str, str]] = Counter()
        for _, triples in self.nodes("statement/"):
            relation, modality = _values(triples, _PREDICATE), _values(triples, _MODALITY)
            counts[relation[0].rpartition("#")[2].rpartition("/")[2], modality[0].rpartition("#")[2]] += 1
        return counts

    def drawn(self, most: int) -> Iterator[Triple]:
        """All that concerns the `most` entities with most support: them, what joins them, and where it is said.

        They are chosen as the page chooses: linked ones first, then by the articles of their statements.
        """
        weights = Counter({iri: 0 for iri, _ in self.nodes("resource/")})
        linked: set[str] = set()
        for _, triples in self.nodes("statement/"):
            ends = self._ends(triples)
            weights.update(dict.fromkeys(ends, int(_values(triples, _ARTICLES)[0])))
            linked |= ends if len(ends) == 2 else set()
        held = set(sorted(weights, key=lambda iri: (iri not in linked, -weights[iri], iri))[:most])
        needed = set(held)
        for kind in ("statement/", "quantity/"):
            for _, triples in self.nodes(kind):
                ends = self._ends(triples)
                if ends and ends <= held:
                    yield from triples
                    needed |= _targets(triples)
        articles: set[str] = set()
        for triple in self.of(needed):
            yield triple
            articles |= _targets([triple])
        yield from self.of(articles - needed)

    def _ends(self, triples: Iterable[Triple]) -> set[str]:
        resources = self.base + "resource/"
        values = {
            triple.object.value
            for triple in triples
            if triple.predicate in (_SUBJECT, _OBJECT, _ABOUT) and isinstance(triple.object, NamedNode)
        }
        return {value for value in values if value.startswith(resources)}

    def _read(self, query: str, values: tuple[str, ...]) -> Iterator[Triple]:
        with explain(self.file), closing(self._connection.execute(query, values)) as rows:
            for _, batch in groupby(enumerate(_by_subject(rows)), key=lambda pair: pair[0] // _BATCH):
                # Only "\n" ends a line here: a literal may hold whatever else Python would split at.
                yield from read_sorted(f"{line}\n" for _, text in batch for line in text.split("\n") if line)


def _by_subject(rows: Iterable[tuple[str]]) -> Iterator[str]:
    """The lines of each node together, wherever the node was mentioned."""
    for _, group in groupby((lines for (lines,) in rows), key=lambda lines: lines.partition(" ")[0]):
        yield "".join(group)


def _targets(triples: Iterable[Triple]) -> set[str]:
    """The nodes that a reader of these triples needs too."""
    return {t.object.value for t in triples if t.predicate in _NEEDED and isinstance(t.object, NamedNode)}


def _values(triples: Iterable[Triple], predicate: NamedNode) -> list[str]:
    return [triple.object.value for triple in triples if triple.predicate == predicate]  # type: ignore[union-attr]


@contextmanager
def sort_on_disk(triples: Iterable[Triple], file: Path, base: str) -> Iterator[Nodes]:
    """The triples by node, in a file that is there only while within."""
    file.unlink(missing_ok=True)
    try:
        with explain(file), closing(sqlite3.connect(file, isolation_level=None)) as connection:
            # Nobody reads this file after a crash, so it need not survive one.
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("CREATE TABLE nodes (subject TEXT, lines TEXT)")
            connection.execute("BEGIN")
            rows = (
                (str(subject), "".join(f"{triple} .\n" for triple in group))
                for subject, group in groupby(triples, key=attrgetter("subject"))
            )
            while batch := list(islice(rows, _BATCH)):
                connection.executemany("INSERT INTO nodes VALUES (?, ?)", batch)
            connection.execute("CREATE INDEX by_subject ON nodes (subject)")
            connection.execute("COMMIT")
            yield Nodes(file, connection, base)
    finally:
        file.unlink(missing_ok=True)
