"""The JSON form of what an article says, one record an article: what `kg extract` writes and gold files hold.

    {"id": "a1", "date": "2025-11-16",
     "entities": [{"id": "e1", "name": "Tô Lâm", "type": "Person", "aliases": ["Tô Lâm", "Tổng Bí thư"]}, …],
     "statements": [{"s": "e1", "p": "received", "o": "e2", "modality": "asserted", "evidence": ["…"],
                     "date": "2025-11-15", "qualifiers": {"place": "…"}, "said_by": null, "confidence": 0.93}, …],
     "quantities": [{"text": "22 doanh nghiệp", "value": 22, "unit": "doanh nghiệp", "about": "e4", "evidence": "…"}]}

Evidence is quoted, not pointed at: each quote is an exact substring of the article.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.articles import decode
from kg.errors import InputError
from kg.model import MODALITIES, QUALIFIERS, Article, Entity, Extraction, Quantity, Span, Statement

Record = dict[str, Any]

# Line ends to some readers of JSON Lines, but not to JSON, which would leave them as they are.
_LINE_ENDS = re.compile("[\u0085\u2028\u2029]")


def extraction_to_record(extraction: Extraction) -> Record:
    """The record of one article, ready for JSON; keys always in the same order."""
    text = extraction.article.text
    return {
        "id": extraction.article.id,
        "date": extraction.article.date,
        "entities": [
            {"id": entity.id, "name": entity.name, "type": entity.type, "aliases": list(entity.aliases)}
            for entity in extraction.entities
        ],
        "statements": [
            {
                "s": statement.subject,
                "p": statement.relation,
                "o": statement.object,
                "modality": statement.modality,
                "evidence": [span.of(text) for span in statement.evidence],
                "date": statement.date,
                "qualifiers": {name: statement.qualifiers[name] for name in QUALIFIERS if name in statement.qualifiers},
                "said_by": statement.said_by,
                "confidence": round(statement.confidence, 4),
            }
            for statement in extraction.statements
        ],
        "quantities": [
            {
                "text": quantity.text,
                "value": int(quantity.value) if quantity.value == int(quantity.value) else quantity.value,
                "unit": quantity.unit,
                "about": quantity.about,
                "evidence": quantity.evidence.of(text),
            }
            for quantity in extraction.quantities
        ],
    }


def extraction_from_record(record: Record, article: Article) -> Extraction:
    """What `record` says of `article`; `InputError` for a quote that the article does not contain.

    A quote that stands several times in the article is taken where it stands first.
    """
    entities = tuple(
        Entity(id=row["id"], name=row["name"], type=row["type"], aliases=tuple(row["aliases"]))
        for row in record["entities"]
    )
    statements = tuple(
        Statement(
            subject=row["s"],
            relation=row["p"],
            object=row["o"],
            evidence=tuple(_find(quote, article) for quote in row["evidence"]),
            modality=row["modality"],
            date=row.get("date"),
            said_by=row.get("said_by"),
            qualifiers=dict(row.get("qualifiers") or {}),
            confidence=row.get("confidence", 1.0),
        )
        for row in record["statements"]
    )
    quantities = []
    for row in record.get("quantities") or ():
        evidence = _find(row["evidence"], article)
        start = article.text.find(row["text"], evidence.start)
        quantities.append(Quantity(row["text"], float(row["value"]), row["unit"], start, row.get("about"), evidence))
    return Extraction(article, entities, statements, tuple(quantities))


def _find(quote: str, article: Article) -> Span:
    start = article.text.find(quote)
    if start < 0:
        raise InputError(article.id, f"the article does not contain {quote!r}", "Quote it letter by letter.")
    return Span(start, start + len(quote))


def write_record(record: Record) -> str:
    """One line of JSON, Vietnamese as it is, without the line end."""
    return _LINE_ENDS.sub(lambda end: f"\\u{ord(end[0]):04x}", json.dumps(record, ensure_ascii=False))


def read_records(path: str | Path) -> list[Record]:
    """The records of a JSON Lines file; `InputError` names the line that does not have the form above."""
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(path, f"cannot be read ({error.strerror})", "Check the path and its permissions.") from None
    records: list[Record] = []
    lines: dict[str, int] = {}
    for number, line in enumerate(decode(data, path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputError(path, f"not JSON ({error})", "Write one whole JSON object on each line.", number) from None
        for fault in find_faults(record):
            raise InputError(path, fault, "Compare it with the output of `kg extract`.", number)
        if record["id"] in lines:
            fault = f"the id {record['id']!r} stands in line {lines[record['id']]} too"
            raise InputError(path, fault, "Give every article one line.", number)
        lines[record["id"]] = number
        records.append(record)
    return records


def find_faults(record: object) -> Iterator[str]:
    """Where `record` departs from the JSON form, in words; nothing for a good one."""
    if not isinstance(record, dict):
        yield "not a JSON object"
        return
    if not isinstance(record.get("id"), str):
        yield 'no "id"'
        return
    for part, keys in (("entities", ("id", "name", "type")), ("statements", ("s", "p", "o"))):
        rows = record.get(part)
        if not isinstance(rows, list):
            yield f'no list of "{part}"'
            return
        for row in rows:
            if not isinstance(row, dict) or not all(isinstance(row.get(key), str) for key in keys):
                yield f'"{part}" has a member without {", ".join(keys)}'
                return
    ids = [row["id"] for row in record["entities"]]
    if len(set(ids)) < len(ids):
        yield "an entity id is used twice"
    for row in record["statements"]:
        if row.get("modality", "asserted") not in MODALITIES:
            yield f"unknown modality {row['modality']!r}"
        if row["s"] not in ids:
            yield f"the subject of {row['s']} {row['p']} {row['o']} is none of the entities"
