"""CSV: one row for each quote of each statement, for spreadsheets and data frames."""

import csv
import io
from pathlib import Path

from pyoxigraph import Store

from kg.ontology import Ontology
from kg.view import GraphView, ViewArticle, ViewEvidence, ViewStatement, read_view

COLUMNS = (
    "statement",
    "subject",
    "subject_name",
    "relation",
    "object",
    "object_name",
    "modality",
    "date",
    "place",
    "amount",
    "field",
    "role",
    "level",
    "occasion",
    "said_by",
    "sources",
    "confidence",
    "quote",
    "article",
    "title",
    "article_date",
    "outlet",
    "url",
)


def write(store: Store, path: Path, ontology: Ontology) -> None:
    """Write the statements as UTF-8 CSV with a header; the byte-order mark makes Excel read Vietnamese."""
    path.write_bytes(b"\xef\xbb\xbf" + to_csv(read_view(store, ontology)).encode("utf-8"))


def to_csv(view: GraphView) -> str:
    """The table as text, rows in the order of the view."""
    names = {entity.iri: entity.label for entity in view.entities}
    articles = {article.iri: article for article in view.articles}
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for statement in view.statements:
        for evidence in statement.evidence or (None,):
            article = articles[evidence.article] if evidence else None
            table.writerow([_cell(value) for value in _row(statement, evidence, article, names)])
    return text.getvalue()


def _row(
    statement: ViewStatement, evidence: ViewEvidence | None, article: ViewArticle | None, names: dict[str, str]
) -> list[object]:
    return [
        statement.iri,
        statement.subject,
        names[statement.subject],
        statement.relation,
        statement.object,
        names[statement.object] if statement.object else statement.literal,
        statement.modality,
        statement.date,
        statement.place,
        statement.amount,
        statement.field,
        statement.role,
        statement.level,
        statement.occasion,
        names[statement.said_by] if statement.said_by else None,
        statement.sources,
        statement.confidence,
        evidence.quote if evidence else None,
        article.id if article else None,
        article.title if article else None,
        article.date if article else None,
        article.outlet if article else None,
        article.url if article else None,
    ]


def _cell(value: object) -> object:
    """A cell that no spreadsheet takes for a formula: news text that starts with one of `=+-@` gets a leading quote."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value
