"""Training data: which forms of an annotation are names, and where they stand in the text."""

import json
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.training.data import label_article, read_gold, split_sentences
from kg.training.forms import name_forms
from kg.training.labels import UNSURE, label_words

TEXT = (
    "Thủ tướng Lê Minh Khôi thăm tỉnh Thanh An.\n"
    "Ông Khôi học tiếng Pháp ở Pháp. Bệnh viện Thanh An do Công ty Hoa Ban xây. Công ty này lớn."
)
ENTITIES: list[dict[str, object]] = [
    {"name": "Lê Minh Khôi", "type": "Person", "aliases": ["Thủ tướng Lê Minh Khôi", "Thủ tướng", "Khôi"]},
    {"name": "Thanh An", "type": "AdministrativeArea", "aliases": ["tỉnh Thanh An", "tỉnh"]},
    {"name": "Bệnh viện Thanh An", "type": "Organization", "aliases": ["Bệnh viện Thanh An"]},
    {"name": "Hoa Ban", "type": "Company", "aliases": ["Công ty Hoa Ban", "Công ty"]},
    {"name": "Pháp", "type": "Country", "aliases": ["Pháp"]},
]


def names_in(text: str, entities: list[dict[str, object]]) -> list[tuple[str, str]]:
    labelled = label_article("a", text, entities)
    return [(text[start:end], type_) for start, end, type_ in labelled.names]


def test_names_are_labelled_without_titles_and_longest_first() -> None:
    assert names_in(TEXT, ENTITIES) == [
        ("Lê Minh Khôi", "Person"),
        ("Thanh An", "AdministrativeArea"),
        ("Khôi", "Person"),
        ("Pháp", "Country"),
        ("Bệnh viện Thanh An", "Organization"),
        ("Hoa Ban", "Company"),
    ]


@pytest.mark.parametrize(
    ("name", "type_", "alias", "form"),
    [
        ("Lê Minh Khôi", "Person", "Thủ tướng Lê Minh Khôi", "Lê Minh Khôi"),
        ("Lê Minh Khôi", "Person", "ông Minh Khôi", "Minh Khôi"),
        ("Lê Minh Khôi", "Person", "Bộ trưởng Quốc phòng", None),
        ("Lê Minh Khôi", "Person", "Vua", None),
        ("Zlatan Ibrahimovic", "Person", "Ibra", "Ibra"),
        ("Thanh An", "AdministrativeArea", "thành phố", None),
        ("Hoa Ban", "Company", "Tập đoàn Hoa Ban Việt", "Hoa Ban Việt"),
        ("Ngân hàng Hoa Ban", "Company", "HBBank", "HBBank"),
        ("Ngân hàng Hoa Ban", "Company", "Ngân hàng", None),
        ("Chính phủ Việt Nam", "GovernmentBody", "Chính phủ", "Chính phủ"),
        ("Bộ Y tế", "GovernmentBody", "Bộ", None),
        ("Hiệp định Thanh An", "Agreement", "Hiệp định", None),
    ],
)
def test_forms(name: str, type_: str, alias: str, form: str | None) -> None:
    forms = {named for named, _ in name_forms(name, type_, [alias])}
    assert forms - {name, name.upper()} - {(form or "").upper()} == ({form} - {name} if form else set())


def test_a_form_of_two_classes_is_left_open() -> None:
    entities: list[dict[str, object]] = [
        {"name": "Thanh An", "type": "AdministrativeArea", "aliases": []},
        {"name": "Thanh An", "type": "Company", "aliases": []},
    ]
    labelled = label_article("a", "Ở Thanh An.", entities)
    assert labelled.names == ()
    assert labelled.unsure == ((2, 10),)
    assert label_words(labelled)((2, 7)) == UNSURE
    assert label_words(labelled)((0, 1)) == 0


def test_a_leading_date_is_no_sentence() -> None:
    text = " date 2025-11-16 Bão vào Huế\n\nMưa lớn."
    assert [text[start:end] for start, end in split_sentences(text)] == ["Bão vào Huế", "Mưa lớn."]


def test_gold_without_its_texts_says_what_to_pass(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"id": "a", "file": "a.txt", "entities": []}), "utf-8")
    with pytest.raises(InputError, match="--texts"):
        list(read_gold(gold))
    (tmp_path / "a.txt").write_text("Không có tên nào.", "utf-8")
    assert [article.id for article in read_gold(gold, tmp_path)] == ["a"]
