"""What touched articles say between the nodes that their entities are now, and the facts that this makes."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import astuple

from kg.blocks import Source, write_article, write_fact, write_figures
from kg.model import Extraction
from kg.ontology import Ontology
from kg.records import extraction_to_record, write_record
from kg.resolution.offices import find_reports
from kg.sayings import Ends, Figure, Known, Saying, quotes_of, read_figures, read_misfits, read_sayings
from kg.state.offices import note_denoted
from kg.state.tables import Touched, write_json

_MODALITIES = ("asserted", "planned", "negated")


def known_in(db: sqlite3.Connection, article: str) -> Known:
    """What each entity of an article is."""
    query = "SELECT entity, node, type FROM mentions m JOIN keys USING (key) WHERE article = ?"
    return {entity: (node, type) for entity, node, type in db.execute(query, (article,))}


def report(db: sqlite3.Connection, extraction: Extraction, known: Known, touched: Touched) -> None:
    """Note what one article reports of holders of offices, in place of what it reported, and touch both."""
    id = extraction.article.id
    touched.reports.update(db.execute("SELECT holder, office FROM reports WHERE article = ?", (id,)))
    db.execute("DELETE FROM reports WHERE article = ?", (id,))
    found = list(find_reports(extraction, known))
    rows = [(id, number, *row) for number, row in enumerate(found)]
    db.executemany("INSERT INTO reports VALUES (?, ?, ?, ?, ?, ?)", rows)
    touched.reports.update((holder, office) for holder, office, _, _ in found)


def link(db: sqlite3.Connection, extraction: Extraction, known: Known, ontology: Ontology, touched: Touched) -> None:
    """Note what one article says, in place of what it said, and touch the facts of both."""
    id = extraction.article.id
    touched.facts.update(db.execute("SELECT subject, relation, object FROM sayings WHERE article = ?", (id,)))
    touched.figures.update(db.execute("SELECT about, unit FROM figures WHERE article = ?", (id,)))
    for table in ("sayings", "figures", "misfits"):
        db.execute(f"DELETE FROM {table} WHERE article = ?", (id,))
    with note_denoted(db, id) as denoted:
        sayings = list(read_sayings(extraction, known, ontology, denoted))
    misfits = [astuple(misfit) for misfit in read_misfits(extraction, known, ontology)]
    db.executemany("INSERT INTO misfits VALUES (?, ?, ?, ?, ?, ?)", misfits)
    figures = list(read_figures(extraction, known))
    db.executemany(
        "INSERT INTO sayings VALUES (?, ?, ?, ?, ?, ?)",
        [(id, saying.number, *saying.ends, _write_saying(saying)) for saying in sayings],
    )
    db.executemany(
        "INSERT INTO figures VALUES (?, ?, ?, ?, ?)",
        [(id, figure.number, figure.about, figure.unit, _write_figure(figure)) for figure in figures],
    )
    touched.facts.update(saying.ends for saying in sayings)
    touched.figures.update((figure.about, figure.unit) for figure in figures if figure.about)


def quote(db: sqlite3.Connection, extraction: Extraction, *, record: bool) -> None:
    """Write the article's nodes, with its quotes, and with `record` what `statements.jsonl` has of it."""
    id = extraction.article.id
    query = "SELECT number FROM sayings WHERE article = ?1 EXCEPT SELECT number FROM hidden WHERE article = ?1"
    told = {(id, number) for (number,) in db.execute(query, (id,))}
    query = "SELECT number, unit, data FROM figures WHERE article = ? AND about = '' ORDER BY unit, number"
    loose = [_read_figure(id, number, "", unit, data) for number, unit, data in db.execute(query, (id,))]
    nodes = write_article(extraction.article, quotes_of(extraction, told)) + write_figures(loose, {})
    line = write_record(extraction_to_record(extraction)) + "\n" if record else ""
    db.execute("INSERT OR REPLACE INTO texts VALUES (?, ?, ?)", (id, nodes, line))


def settle_facts(db: sqlite3.Connection, touched: Touched, ontology: Ontology, rejected: Iterable[str]) -> None:
    """Write the touched facts anew; articles with other sayings hidden than before come into `touched.quotes`."""
    rejected = frozenset(rejected)
    for ends in sorted(touched.facts):
        _settle_fact(db, ends, touched, ontology, rejected)
    for about, unit in sorted(touched.figures):
        figures, sources = [], {}
        query = """SELECT article, number, data, day, original FROM figures JOIN articles ON id = article
                   WHERE about = ? AND unit = ? ORDER BY 1, 2"""
        for article, number, data, day, original in db.execute(query, (about, unit)) if about else ():
            figures.append(_read_figure(article, number, about, unit, data))
            sources[article] = Source(day, original)
        if figures:
            values = about, unit, write_figures(figures, sources)
            db.execute("INSERT OR REPLACE INTO quantities VALUES (?, ?, ?)", values)
        else:
            db.execute("DELETE FROM quantities WHERE about = ? AND unit = ?", (about, unit))


def _settle_fact(
    db: sqlite3.Connection, ends: Ends, touched: Touched, ontology: Ontology, rejected: frozenset[str]
) -> None:
    subject, relation, object = ends
    term = ontology.relation(relation)
    sayings: list[Saying] = []
    sources: dict[str, Source] = {}
    query = """SELECT article, number, data, day, original FROM sayings JOIN articles ON id = article
               WHERE subject = ? AND relation = ? AND object = ? ORDER BY 1, 2"""
    for article, number, data, day, original in db.execute(query, ends):
        sayings.append(_read_saying(article, number, ends, data))
        sources[article] = Source(day, original)
    places = [ends] if term.literal or not term.symmetric else [ends, (object, relation, subject)]
    db.executemany("DELETE FROM facts WHERE subject = ? AND relation = ? AND object = ?", places)
    if rejected:
        db.execute("DELETE FROM rejected WHERE subject = ? AND relation = ? AND object = ?", ends)
    if not sayings:
        return
    fact = write_fact(ends, sayings, sources, ontology, rejected)
    if fact.counts:
        counts = [fact.counts.get(modality, 0) for modality in _MODALITIES]
        values = (*ends, fact.plain, fact.nodes, not term.literal, fact.support, *counts)
        db.execute("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    if fact.mirrored:
        values = (*places[1], fact.mirrored, "", True, 0, 0, 0, 0)
        db.execute("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    if rejected:
        db.executemany("INSERT INTO rejected VALUES (?, ?, ?, ?)", [(id, *ends) for id in fact.rejected])
        _hide(db, sayings, set(fact.hidden), touched)


def _hide(db: sqlite3.Connection, sayings: Iterable[Saying], hidden: set[tuple[str, int]], touched: Touched) -> None:
    for saying in sayings:
        place = saying.article, saying.number
        query = "SELECT 1 FROM hidden WHERE article = ? AND number = ?"
        if (db.execute(query, place).fetchone() is not None) != (place in hidden):
            change = (
                "INSERT INTO hidden VALUES (?, ?)"
                if place in hidden
                else ("DELETE FROM hidden WHERE article = ? AND number = ?")
            )
            db.execute(change, place)
            touched.quotes.add(saying.article)


def _write_saying(saying: Saying) -> str:
    values = (
        saying.modality, saying.date, saying.amount, saying.said_by, saying.held_by, dict(saying.qualifiers),
        saying.value, saying.confidence, saying.evidence, saying.quote,
    )  # fmt: skip
    return write_json(values)


def _read_saying(article: str, number: int, ends: Ends, data: str) -> Saying:
    modality, date, amount, said_by, held_by, qualifiers, value, confidence, evidence, quote = json.loads(data)
    pair = None if value is None else (value[0], value[1])
    return Saying(
        article, number, *ends, modality, date, amount, said_by, tuple(held_by), qualifiers, pair, confidence,
        tuple(evidence), quote,
    )  # fmt: skip


def _write_figure(figure: Figure) -> str:
    return write_json((figure.start, figure.text, figure.value, figure.evidence, figure.quote))


def _read_figure(article: str, number: int, about: str, unit: str, data: str) -> Figure:
    start, text, value, evidence, quote = json.loads(data)
    return Figure(article, number, about, unit, start, text, value, evidence, quote)
