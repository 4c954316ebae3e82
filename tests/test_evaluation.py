"""Scores: known counts on small cases, and the same figures as an independent scorer where one is at hand.

The environment variable KG_REFERENCE_SCORER may give the path of such a scorer, called as
`python SCORER GOLD PRED --json`; without it that one test is skipped.
"""

import json
import os
import random
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.evaluation import align, bootstrap, evaluate, normalise, precision_recall_f1, read_texts, to_figures
from kg.model import Extraction
from kg.ontology import Ontology
from kg.records import Record, extraction_to_record, write_record

SYMMETRIC = ("met_with", "cooperates_with")


@pytest.fixture(scope="module")
def gold(extractions: tuple[Extraction, ...]) -> list[Record]:
    return [extraction_to_record(extraction) for extraction in extractions]


def figures(gold: list[Record], predicted: list[Record], **more: Any) -> dict[str, Any]:
    return to_figures(evaluate(gold, predicted, symmetric=SYMMETRIC, **more))


def entity(id: str, type: str, name: str, *aliases: str) -> Record:
    return {"id": id, "type": type, "name": name, "aliases": list(aliases)}


def statement(s: str, p: str, o: str, **more: Any) -> Record:
    return {"s": s, "p": p, "o": o, "evidence": ["…"]} | more


def test_gold_against_itself_is_perfect(gold: list[Record]) -> None:
    result = figures(gold, gold)
    for kind in ("entity_typed", "entity_any_type", "statement", "pair_any_relation", "quantity"):
        assert result[kind]["f1"] == 1
    assert result["modality"] == {"ok": 6, "of": 6, "share": 1.0}
    assert result["date"] == {"ok": 1, "of": 1, "share": 1.0}
    assert result["statement"]["f1_95"] == [1.0, 1.0]


def test_an_article_without_a_prediction_has_found_nothing(gold: list[Record]) -> None:
    result = figures(gold, gold[:1])
    assert result["articles_without_prediction"] == 1
    assert result["statement"] == {"p": 1.0, "r": 0.6667, "f1": 0.8, "f1_95": [0.0, 1.0]}


def test_predictions_are_found_by_the_stem_of_the_file(gold: list[Record]) -> None:
    named = [record | {"id": f"gold-{i}", "file": record["id"] + ".txt"} for i, record in enumerate(gold)]
    assert figures(named, gold)["articles_without_prediction"] == 0


def test_a_wrong_class_counts_for_any_type_only() -> None:
    gold = {"id": "a", "entities": [entity("e1", "Company", "Sao Biển")], "statements": []}
    found = {"id": "a", "entities": [entity("e1", "Place", "Sao Biển")], "statements": []}
    result = figures([gold], [found])
    assert result["entity_typed"]["f1"] == 0
    assert result["entity_any_type"]["f1"] == 1
    assert result["by_type"]["Company"] == {"gold": 1, "pred": 0, "hit": 0}


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        (entity("e1", "Person", "Lê Mai"), entity("x", "Person", "lê mai."), True),
        (entity("e1", "Person", "Lê Thị Mai", "Mai"), entity("x", "Person", "Mai"), True),
        (entity("e1", "Person", "Lê Thị Mai"), entity("x", "Person", "Lê Thị Mai Anh"), False),
        (entity("e1", "Event", "Lễ hội hoa xuân năm nay"), entity("x", "Event", "Lễ hội hoa xuân"), True),
        (entity("e1", "Event", "Lễ hội hoa xuân năm nay"), entity("x", "Project", "Lễ hội hoa xuân"), False),
        (entity("e1", "Event", "Lễ hội hoa xuân năm nay"), entity("x", "Event", "Lễ hội"), False),
    ],
)
def test_alignment(gold: Record, found: Record, same: bool) -> None:
    assert align([gold], [found]) == ({"x": "e1"} if same else {})


def test_alignment_is_one_to_one_and_prefers_equal_names() -> None:
    gold = [entity("e1", "Company", "Sao Biển", "Tập đoàn"), entity("e2", "Company", "Gió Lào", "Tập đoàn")]
    found = [entity("x", "Company", "Tập đoàn"), entity("y", "Company", "Gió Lào")]
    assert align(gold, found) == {"y": "e2", "x": "e1"}


def test_only_symmetric_relations_may_be_turned_around() -> None:
    ends = [entity("e1", "Person", "A"), entity("e2", "Person", "B")]
    for relation, f1 in (("met_with", 1.0), ("received", 0.0)):
        gold = {"id": "a", "entities": ends, "statements": [statement("e1", relation, "e2")]}
        found = {"id": "a", "entities": ends, "statements": [statement("e2", relation, "e1")]}
        result = figures([gold], [found])
        assert result["statement"]["f1"] == f1
        assert result["pair_any_relation"]["f1"] == 1


def test_attributes_count_where_either_side_has_them() -> None:
    ends = [entity("e1", "Person", "A"), entity("e2", "Person", "B")]
    right = {"date": "2024-01-02", "said_by": "e2", "qualifiers": {"amount": "hơn 2 tỷ USD", "place": "Huế"}}
    found = {"date": "2024-01-03", "said_by": "e2", "qualifiers": {"amount": "2 tỷ USD"}, "modality": "planned"}
    result = figures(
        [{"id": "a", "entities": ends, "statements": [statement("e1", "received", "e2", **right)]}],
        [{"id": "a", "entities": ends, "statements": [statement("e1", "received", "e2", **found)]}],
    )
    shares = {name: result[name]["share"] for name in ("modality", "date", "said_by", "amount", "place", "evidence")}
    assert shares == {"modality": 0, "date": 0, "said_by": 1, "amount": 1, "place": 0, "evidence": 1}


def test_quotes_must_stand_in_the_article(gold: list[Record], extractions: tuple[Extraction, ...]) -> None:
    texts = {extraction.article.id: extraction.article.text for extraction in extractions}
    assert figures(gold, gold, texts=texts)["grounded"]["share"] == 1
    invented = deepcopy(gold)
    invented[0]["statements"][0]["evidence"] = ["Không có câu này."]
    assert figures(gold, invented, texts=texts)["grounded"] == {"ok": 5, "of": 6, "share": 0.8333}


def test_texts_are_read_by_the_name_in_the_gold(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Đà Nẵng\r\n".encode())
    assert read_texts([{"id": "x", "file": "a.txt"}], tmp_path) == {"x": "Đà Nẵng\n"}
    with pytest.raises(InputError, match="--texts"):
        read_texts([{"id": "x", "file": "b.txt"}], tmp_path)


def test_faults_are_listed(gold: list[Record]) -> None:
    less = deepcopy(gold)
    less[0]["statements"][0]["p"] = "praised"
    scores = evaluate(gold, less, symmetric=SYMMETRIC)
    assert [(fault.relation, fault.shown) for fault in scores.missed] == [
        ("received", "Lê Thị Mai —received→ John Carter")
    ]
    assert [fault.relation for fault in scores.spurious] == ["praised"]
    assert scores.missed[0].evidence.startswith("Chiều 9/3")


def test_comparison_ignores_case_dashes_quotes_and_outer_punctuation() -> None:
    assert normalise(" “Bà Rịa – Vũng Tàu”, ") == normalise("bà rịa-vũng  tàu")
    assert normalise("Hùng") != normalise("Hưng")


def test_nothing_found_is_zero_not_an_error(gold: list[Record]) -> None:
    scores = evaluate(gold, [], symmetric=SYMMETRIC)
    assert precision_recall_f1(scores.counts, "statement") == (0, 0, 0)
    assert bootstrap(scores, "statement", rounds=100) == (0, 0)


def perturb(record: Record, rng: random.Random, relations: list[str]) -> Record:
    """A record with the kinds of errors that an extractor makes."""
    record = deepcopy(record)
    kept = [row for row in record["entities"] if rng.random() > 0.15]
    for row in kept:
        if rng.random() < 0.2:
            row["name"] = rng.choice([*row["aliases"], row["name"] + " mới", row["name"].upper()])
        if rng.random() < 0.2:
            row["type"] = rng.choice(["Person", "Company", "Event", "Place"])
        if rng.random() < 0.2:
            row["aliases"] = row["aliases"][:1]
    record["entities"] = kept
    ids = [row["id"] for row in kept]
    record["statements"] = [row for row in record["statements"] if row["s"] in ids and rng.random() > 0.2]
    for row in record["statements"]:
        change = rng.random()
        if change < 0.2:
            row["p"] = rng.choice(relations)
        elif change < 0.4 and row["o"] in ids:
            row["s"], row["o"] = row["o"], row["s"]
        elif change < 0.5:
            row["o"] = rng.choice([*ids, "Bộ trưởng"])
        for name, values in (
            ("modality", ["asserted", "planned"]),
            ("date", [None, "2025-03-09"]),
            ("said_by", [None, *ids]),
        ):
            if rng.random() < 0.3:
                row[name] = rng.choice(values)
        if rng.random() < 0.3:
            row["qualifiers"] = rng.choice([{}, {"amount": "2 tỷ"}, {"place": "Hà"}])
        if rng.random() < 0.2:
            row["evidence"] = rng.choice([[], ["…"], [quote[5:] for quote in row["evidence"]]])
    for row in record["quantities"]:
        row["value"] += rng.choice([0, 1])
    return record


@pytest.mark.skipif("KG_REFERENCE_SCORER" not in os.environ, reason="KG_REFERENCE_SCORER names no scorer")
def test_an_independent_scorer_agrees(gold: list[Record], ontology: Ontology, tmp_path: Path) -> None:
    rng = random.Random(1)
    relations = ["received", "met_with", "cooperates_with", "invests_in", "holds_position"]
    symmetric = {term.name for term in ontology.relations.values() if term.symmetric}
    for round in range(25):
        many = [perturb(rng.choice(gold), rng, relations) | {"id": f"a{i}"} for i in range(6)]
        found = [perturb(record, rng, relations) for record in many[: rng.randint(4, 6)]]
        files = []
        for name, records in (("gold", many), ("pred", found)):
            files.append(tmp_path / f"{name}{round}.jsonl")
            files[-1].write_text("\n".join(map(write_record, records)), "utf-8")
        command = [sys.executable, os.environ["KG_REFERENCE_SCORER"], *map(str, files), "--json"]
        expected = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
        assert to_figures(evaluate(many, found, symmetric=symmetric)) == expected
