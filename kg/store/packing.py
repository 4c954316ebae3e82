"""An extraction as compressed bytes, and back: the same values, to the last digit."""

import json
import zlib
from dataclasses import astuple
from hashlib import blake2b
from typing import Any

from kg.model import Article, Entity, Extraction, Quantity, Span, Statement

_LEVEL = 3
"""Half the bytes of level 1 would cost three times its time; 3 is where both are small."""


def key_of(article: Article, version: str) -> bytes:
    """What names the extraction of `article` by the extractor of that `version`: other content, other key."""
    content = json.dumps([version, *astuple(article)], ensure_ascii=False)
    return blake2b(content.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def pack(extraction: Extraction) -> bytes:
    """The extraction with its article, as bytes that are the same for the same values."""
    rows = [
        list(astuple(extraction.article)),
        [[e.id, e.name, e.type, e.aliases] for e in extraction.entities],
        [_statement_row(statement) for statement in extraction.statements],
        [[q.text, q.value, q.unit, q.start, q.about, q.evidence.start, q.evidence.end] for q in extraction.quantities],
    ]
    return zlib.compress(json.dumps(rows, separators=(",", ":")).encode("ascii"), _LEVEL)


def unpack(data: bytes) -> Extraction:
    """The extraction that was packed; ValueError or zlib.error if the bytes are not whole."""
    article, entities, statements, quantities = json.loads(zlib.decompress(data))
    return Extraction(
        Article(*article),
        tuple(Entity(id, name, type, tuple(aliases)) for id, name, type, aliases in entities),
        tuple(_statement(row) for row in statements),
        tuple(
            Quantity(text, value, unit, start, about, Span(first, last))
            for text, value, unit, start, about, first, last in quantities
        ),
    )


def _statement_row(statement: Statement) -> list[object]:
    return [
        statement.subject,
        statement.relation,
        statement.object,
        [[span.start, span.end] for span in statement.evidence],
        statement.modality,
        statement.date,
        statement.said_by,
        dict(statement.qualifiers),
        statement.amount,
        statement.confidence,
        statement.extractor,
    ]


def _statement(row: list[Any]) -> Statement:
    subject, relation, object, evidence, modality, date, said_by, qualifiers, amount, confidence, extractor = row
    spans = tuple(Span(start, end) for start, end in evidence)
    pair = None if amount is None else (amount[0], amount[1])
    return Statement(subject, relation, object, spans, modality, date, said_by, qualifiers, pair, confidence, extractor)
