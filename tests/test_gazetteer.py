"""The tables of known names are well-formed, agree with each other, and answer as they promise."""

import gzip
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import OntologyError
from kg.gazetteer import Entry, Gazetteer, load_gazetteer, normal_form
from kg.ontology import load_ontology, ontology_folder
from kg.text import place_tones

FOLDER = ontology_folder() / "gazetteers"
TABLES = sorted(path.name for path in FOLDER.glob("*.tsv*"))


def lines(name: str) -> list[str]:
    raw = (FOLDER / name).read_bytes()
    return (gzip.decompress(raw) if name.endswith(".gz") else raw).decode("utf-8").splitlines()


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.parametrize("table", TABLES)
def test_tables_are_nfc_without_doubles_or_stray_spaces(table: str) -> None:
    rows = lines(table)
    assert len(rows) == len(set(rows))
    for row in rows:
        assert unicodedata.is_normalized("NFC", row)
        for field in row.split("\t"):
            assert all(form == form.strip() and form for form in field.split("|")) or field == ""


def test_every_table_is_described_with_source_and_licence() -> None:
    described = (FOLDER / "README.md").read_text("utf-8")
    for table in TABLES:
        assert f"`{table}`" in described


@pytest.mark.parametrize("table", ["countries.tsv", "organizations.tsv", "places.tsv", "heads.tsv"])
def test_classes_are_those_of_the_ontology(table: str) -> None:
    header, *rows = (row.split("\t") for row in lines(table))
    named = {row[header.index("class")] for row in rows}
    assert named - {""} <= {term.name for term in load_ontology().classes.values() if not term.abstract}


@pytest.mark.parametrize(
    ("form", "name", "type_"),
    [
        ("Mỹ", "Mỹ", "Country"),
        ("Hoa Kỳ", "Mỹ", "Country"),
        ("MỸ", "Mỹ", "Country"),
        ("Thuỵ Sĩ", "Thụy Sĩ", "Country"),
        ("Ukraina", "Ukraine", "Country"),
        ("Đài Loan", "Đài Loan", "AdministrativeArea"),
        ("Hongkong", "Hồng Kông", "AdministrativeArea"),
        ("Khánh Hoà", "Khánh Hòa", "AdministrativeArea"),
        ("Bà Rịa – Vũng Tàu", "Bà Rịa - Vũng Tàu", "AdministrativeArea"),
        ("TP. HCM", "Thành phố Hồ Chí Minh", "AdministrativeArea"),
        ("tỉnh Kanagawa", "Kanagawa", "AdministrativeArea"),
        ("quận 1", "quận 1", "AdministrativeArea"),
        ("Bộ GD&ĐT", "Bộ Giáo dục và Đào tạo", "GovernmentBody"),
        ("LHQ", "Liên hợp quốc", "InternationalOrganization"),
        ("FIFA", "FIFA", "InternationalOrganization"),
        ("TTXVN", "Thông tấn xã Việt Nam", "MediaOrganization"),
        ("TikTok", "TikTok", "Company"),
        ("IS", "Nhà nước Hồi giáo", "Organization"),
        ("VN-Index", "VN-Index", "Project"),
        ("châu Âu", "châu Âu", "Place"),
    ],
)
def test_known_names_have_their_class(gazetteer: Gazetteer, form: str, name: str, type_: str) -> None:
    entry = gazetteer.lookup(form)
    assert entry
    assert (entry.name, entry.type, entry.ambiguous) == (name, type_, False)


@pytest.mark.parametrize("form", ["mỹ", "Hồ Chí Minh", "anh", "tỉnh Mỹ", "Nguyễn Văn A", ""])
def test_what_is_not_known(gazetteer: Gazetteer, form: str) -> None:
    assert gazetteer.lookup(form) is None


@pytest.mark.parametrize("form", ["Anh", "Barcelona", "Lao Động", "Georgia", "Ý"])
def test_forms_that_prove_nothing_are_ambiguous(gazetteer: Gazetteer, form: str) -> None:
    entry = gazetteer.lookup(form)
    assert entry
    assert entry.ambiguous


def test_nfd_is_the_same(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup(unicodedata.normalize("NFD", "Thụy Điển")) == gazetteer.lookup("Thụy Điển")


@given(st.text(alphabet="hoàòaéèxỳùyquýHOÀ -–'’ ", max_size=12))
def test_placing_tones_moves_no_offset_and_normal_form_is_stable(text: str) -> None:
    assert len(place_tones(text)) == len(text)
    assert place_tones(place_tones(text)) == place_tones(text)
    assert normal_form(normal_form(text)) == normal_form(text)


@given(st.text(max_size=30))
def test_any_text_may_be_asked_for(text: str) -> None:
    gazetteer = load_gazetteer()
    gazetteer.lookup(text)
    gazetteer.type_of_head(text)
    for start, end, _ in gazetteer.scan(text, 0, len(text)):
        assert 0 <= start < end <= len(text)


def test_tones_stay_on_qu() -> None:
    assert place_tones("quý, thuý, thuỷ, hoà, khoẻ, hoàng") == "quý, thúy, thủy, hòa, khỏe, hoàng"


def test_scan_finds_whole_words_and_the_longest(gazetteer: Gazetteer) -> None:
    text = "Thuỵ Điển và Nam Sudan họp với Bộ Ngoại giao Mỹ, không có Ngaty."
    found = [(text[start:end], entry.name) for start, end, entry in gazetteer.scan(text, 0, len(text))]
    assert found == [
        ("Thuỵ Điển", "Thụy Điển"),
        ("Nam Sudan", "Nam Sudan"),
        ("Bộ Ngoại giao Mỹ", "Bộ Ngoại giao Mỹ"),
    ]


def test_capitals_stand_for_governments(gazetteer: Gazetteer) -> None:
    assert gazetteer.government("Washington") == Entry("Mỹ", "Country", "US")
    assert gazetteer.government("Hà Nội") == Entry("Việt Nam", "Country", "VN")
    assert gazetteer.government("Chicago") is None


def test_the_reform_of_july_2025_is_whole(gazetteer: Gazetteer) -> None:
    gazetteer.units("Hà Nội")
    rows = [row.split("\t") for name in ("units.tsv", "communes.tsv.gz") for row in lines(name)[1:]]
    count = {(validity, len(code)): 0 for validity in ("new", "old") for code in ("12", "123", "12345")}
    for validity, code, *_ in rows:
        count[validity, len(code)] += 1
        unit = gazetteer.unit(f"{validity}/{code}")
        if unit.parent:
            assert gazetteer.unit(f"{validity}/{unit.parent}").code == unit.parent
        assert bool(unit.successors) == (validity == "old")
        for successor in unit.successors:
            assert gazetteer.unit(f"new/{successor}")
    assert [count["new", n] for n in (2, 3, 5)] == [34, 0, 3321]
    assert [count["old", n] for n in (2, 3, 5)] == [63, 696, 10035]


def test_units_are_told_apart_by_level(gazetteer: Gazetteer) -> None:
    (district,) = gazetteer.units("huyện Bình Chánh")
    assert (district.validity, district.parent) == ("old", "79")
    assert {unit.level for unit in gazetteer.units("Bình Chánh")} == {"huyện", "xã"}
    (province,) = (unit for unit in gazetteer.units("tỉnh Quảng Nam"))
    assert [gazetteer.unit(f"new/{code}").name for code in province.successors] == ["Đà Nẵng"]
    assert gazetteer.units("huyện Hà Nội") == ()


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("Bệnh viện Đa khoa Hòn Đất", "Organization"),
        ("UBND xã Mỹ Lý", "GovernmentBody"),
        ("Nghị quyết 57", "Agreement"),
        ("Bộ phận tiếp dân", None),
        ("Bộ", None),
        ("Trần Hưng Đạo", None),
    ],
)
def test_first_words_settle_the_class(gazetteer: Gazetteer, name: str, type_: str | None) -> None:
    assert gazetteer.type_of_head(name) == type_


def copy_of_tables(folder: Path) -> None:
    for table in TABLES:
        (folder / table).write_bytes((FOLDER / table).read_bytes())


def test_an_absent_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"units\.tsv.*Install"):
        Gazetteer(tmp_path)


def test_a_broken_row_is_named_with_its_line(tmp_path: Path) -> None:
    copy_of_tables(tmp_path)
    with (tmp_path / "places.tsv").open("a", encoding="utf-8") as file:
        file.write("Place\tHồ Ba Bể\n")
    with pytest.raises(OntologyError, match=rf"places\.tsv:{len(lines('places.tsv')) + 1}: 2 fields, not 3"):
        Gazetteer(tmp_path)
