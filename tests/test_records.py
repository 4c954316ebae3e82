"""The JSON form: exact quotes, a full round trip, and faults that name their line."""

import json
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.model import Article, Extraction
from kg.records import extraction_from_record, extraction_to_record, read_records, write_record


def test_every_quote_is_a_substring_of_the_article(extractions: tuple[Extraction, ...]) -> None:
    for extraction in extractions:
        record = extraction_to_record(extraction)
        quotes = [quote for statement in record["statements"] for quote in statement["evidence"]]
        quotes += [quantity["evidence"] for quantity in record["quantities"]]
        assert quotes
        assert all(quote in extraction.article.text for quote in quotes)


def test_records_and_extractions_are_the_same_thing(extractions: tuple[Extraction, ...]) -> None:
    for extraction in extractions:
        record = json.loads(write_record(extraction_to_record(extraction)))
        assert extraction_from_record(record, extraction.article) == extraction


def test_the_form_is_that_of_the_documentation(extractions: tuple[Extraction, ...]) -> None:
    record = extraction_to_record(extractions[0])
    assert list(record) == ["id", "date", "entities", "statements", "quantities"]
    assert record["statements"][0] == {
        "s": "e1",
        "p": "received",
        "o": "e2",
        "modality": "asserted",
        "evidence": ["Chiều 9/3, Bộ trưởng Lê Thị Mai đã tiếp ông John Carter tại Hà Nội."],
        "date": "2025-03-09",
        "qualifiers": {"place": "Hà Nội"},
        "said_by": None,
        "confidence": 1.0,
    }
    assert extraction_to_record(extractions[1])["quantities"][0]["value"] == 1200


def test_a_line_holds_no_line_end_of_any_kind(extractions: tuple[Extraction, ...]) -> None:
    record = extraction_to_record(extractions[0]) | {"note": "a\u2028b\u0085c\n"}
    line = write_record(record)
    assert len(line.splitlines()) == 1
    assert json.loads(line) == record


def test_a_quote_that_is_not_there_is_refused(extractions: tuple[Extraction, ...]) -> None:
    record = extraction_to_record(extractions[0])
    with pytest.raises(InputError, match="does not contain"):
        extraction_from_record(record, Article("hoi-cho", "Một bài khác."))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        ('{"entities": [], "statements": []}', 'no "id"'),
        ('{"id": "a", "statements": []}', 'no list of "entities"'),
        ('{"id": "a", "entities": [{"id": "e1"}], "statements": []}', "without id, name, type"),
        (
            '{"id": "a", "entities": [], "statements": [{"s": "e1", "p": "received", "o": "e2"}]}',
            "none of the entities",
        ),
        ('{"id": "ok", "entities": [], "statements": []}', "line 1 too"),
    ],
)
def test_faults_name_their_line(tmp_path: Path, line: str, reason: str) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text('{"id": "ok", "entities": [], "statements": []}\n' + line + "\n", "utf-8")
    with pytest.raises(InputError) as caught:
        read_records(file)
    assert caught.value.line == 2
    assert reason in caught.value.reason
