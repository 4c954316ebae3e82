"""What a recogniser says of names is mended by rules; each has a sentence where it acts and one where it must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotation.names import correct_names
from kg.gazetteer import load_gazetteer
from kg.ontology import load_ontology
from kg.recognition import TYPES, Name
from kg.text import sentence_spans


def correct(text: str, *said: tuple[str, str] | tuple[str, str, float]) -> list[tuple[str, str]]:
    """The names after correction, as written and by class; each of `said` is found at its next occurrence."""
    names: list[Name] = []
    at = 0
    for form, type_, *score in said:
        at = text.index(form, at)
        names.append(Name(at, at + len(form), type_, score[0] if score else 0.9))
        at += len(form)
    found = correct_names(text, sentence_spans(text), names, load_gazetteer(), load_ontology())
    return [(text[name.start : name.end], name.type) for name in found]


def test_right_names_stay_as_they_are() -> None:
    text = "Ông Trần Bá Linh thăm Nhà máy Sao Khuê ở huyện Bình Chánh."
    said = [("Trần Bá Linh", "Person"), ("Nhà máy Sao Khuê", "Project"), ("Bình Chánh", "AdministrativeArea")]
    assert correct(text, *said) == said


@pytest.mark.parametrize(
    ("text", "said", "name"),
    [
        ("Tổng Bí thư Lê Bá Tâm nói.", "Tổng Bí thư Lê Bá Tâm", "Lê Bá Tâm"),
        ("Bà Đào Thu Giang nói.", "Bà Đào Thu Giang", "Đào Thu Giang"),
        ("GS.TS Đào Thu Giang nói.", "GS.TS Đào Thu Giang", "Đào Thu Giang"),
        ("Chị Anh Thư nói.", "Anh Thư", "Anh Thư"),
        ("Ông Park Min-soo nói.", "Park Min", "Park Min-soo"),
        ("Ông Omar al-Faruk nói.", "Omar al-Faruk", "Omar al-Faruk"),
    ],
)
def test_persons_have_no_title(text: str, said: str, name: str) -> None:
    assert correct(text, (said, "Person")) == [(name, "Person")]


def test_a_title_alone_is_no_person() -> None:
    assert correct("Hôm qua, ca sĩ đã hát.", ("ca sĩ", "Person")) == []


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("tỉnh Kanagawa", "Kanagawa"),
        ("TP Đà Nẵng", "Đà Nẵng"),
        ("thị xã Giá Rai", "Giá Rai"),
        ("Thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
        ("TP.HCM", "TP.HCM"),
        ("quận 1", "quận 1"),
        ("Quảng Bình", "Quảng Bình"),
    ],
)
def test_areas_have_no_level_unless_it_is_theirs(said: str, name: str) -> None:
    assert correct(f"Đoàn đã đến {said} hôm qua.", (said, "AdministrativeArea")) == [(name, "AdministrativeArea")]


@pytest.mark.parametrize(
    ("text", "said", "name"),
    [
        ("Đó là của UBND tỉnh Sóc Trăng.", ["UBND", "Sóc Trăng"], ("UBND tỉnh Sóc Trăng", "GovernmentBody")),
        ("Đó là của công an thị xã Giá Rai.", ["Giá Rai"], ("công an thị xã Giá Rai", "GovernmentBody")),
        ("Đó là của chính quyền bang Texas.", ["Texas"], ("chính quyền bang Texas", "GovernmentBody")),
        ("Đó là của Tỉnh ủy Sóc Trăng.", ["Sóc Trăng"], ("Tỉnh ủy Sóc Trăng", "PoliticalParty")),
    ],
)
def test_bodies_are_named_by_their_place(text: str, said: list[str], name: tuple[str, str]) -> None:
    types = {"UBND": "GovernmentBody"}
    assert correct(text, *((form, types.get(form, "AdministrativeArea")) for form in said)) == [name]


@pytest.mark.parametrize(
    ("text", "said", "names"),
    [
        (
            "Ông đến Đại sứ quán Việt Nam tại hôm qua.",
            [("Đại sứ quán Việt Nam tại", "GovernmentBody")],
            ["Đại sứ quán Việt Nam"],
        ),
        (
            "Đó là Đại sứ quán Ý tại Thụy Điển.",
            [("Đại sứ quán Ý", "GovernmentBody"), ("Thụy Điển", "Country")],
            ["Đại sứ quán Ý tại Thụy Điển"],
        ),
        (
            "Ban Chấp hành Trung ương Đảng họp.",
            [("Ban Chấp hành Trung", "GovernmentBody")],
            ["Ban Chấp hành Trung ương Đảng"],
        ),
        (
            "Hôm qua Ban QLDA Đường Mây họp.",
            [("Ban", "GovernmentBody"), ("QLDA Đường Mây", "GovernmentBody")],
            ["Ban QLDA Đường Mây"],
        ),
        ("Tổng Biên tập Báo Sao Khuê nói.", [("Tổng Biên tập Báo Sao Khuê", "MediaOrganization")], ["Báo Sao Khuê"]),
        ("Hôm qua Thủ tướng Chính phủ nói.", [("Thủ tướng Chính phủ", "GovernmentBody")], ["Thủ tướng Chính phủ"]),
        ("Ở Thành phố Hồ Chí Minh có mưa.", [("Hồ Chí Minh", "AdministrativeArea")], ["Thành phố Hồ Chí Minh"]),
    ],
)
def test_borders(text: str, said: list[tuple[str, str]], names: list[str]) -> None:
    assert [name for name, _ in correct(text, *said)] == names


@pytest.mark.parametrize(
    "said",
    [
        ("Bộ", "GovernmentBody"),
        ("Ban tổ chức", "Organization"),
        ("sân", "Place"),
        ("khu nhà cũ", "Place"),
        ("Lễ Mây", "Event", 0.4),
    ],
)
def test_what_is_no_name_is_dropped(said: tuple[str, str]) -> None:
    assert correct(f"Hôm qua {said[0]} có mưa.", said) == []


@pytest.mark.parametrize(
    "said", [("Chính phủ", "GovernmentBody"), ("Tỉnh ủy", "PoliticalParty"), ("nghị quyết về rừng", "Agreement")]
)
def test_what_stands_alone_as_a_name_stays(said: tuple[str, str]) -> None:
    assert correct(f"Hôm qua {said[0]} có thay đổi.", said) == [said]


def test_a_body_and_a_place_apart_stay_two() -> None:
    text = "UBND họp ở Sóc Trăng.\nCông an\nSóc Trăng yên tĩnh."
    area = ("Sóc Trăng", "AdministrativeArea")
    assert correct(text, ("UBND", "GovernmentBody"), area, area) == [("UBND", "GovernmentBody"), area, area]


def test_streets_named_after_persons_are_places() -> None:
    text = "Xe chạy trên đường Trần Bá Linh."
    assert correct(text, ("Trần Bá Linh", "Person")) == [("đường Trần Bá Linh", "Place")]


@pytest.mark.parametrize(
    ("text", "said", "type_"),
    [
        ("Bệnh viện Sao Khuê mở cửa.", ("Bệnh viện Sao Khuê", "Company"), "Organization"),
        ("Nghị quyết 157 đã có.", ("Nghị quyết 157", "Event"), "Agreement"),
        ("Hôm qua Thụy Điển thắng lợi.", ("Thụy Điển", "Person"), "Country"),
        ("Hôm qua Thụy Điển thắng trận.", ("Thụy Điển", "Organization"), "Organization"),
        ("Hôm qua Barcelona lên tiếng.", ("Barcelona", "AdministrativeArea"), "AdministrativeArea"),
        ("Hồ Thu Giang đã đến.", ("Hồ Thu Giang", "Person"), "Person"),
    ],
)
def test_classes_by_words_and_tables(text: str, said: tuple[str, str], type_: str) -> None:
    assert correct(text, said) == [(said[0], type_)]


def test_one_name_has_one_class_in_an_article() -> None:
    text = "Vuvuzet lớn. Vuvuzet mới. Vuvuzet vui."
    said = [("Vuvuzet", "Company", 0.9), ("Vuvuzet", "Person", 0.5), ("Vuvuzet", "Company", 0.8)]
    assert correct(text, *said) == [("Vuvuzet", "Company")] * 3


def test_an_acronym_in_brackets_is_of_the_class_of_its_long_form() -> None:
    text = "Hiệp hội Nuôi Ong Miền Núi (HNOMN) họp. Hôm qua, HNOMN lên tiếng."
    long = ("Hiệp hội Nuôi Ong Miền Núi", "Organization")
    short = ("HNOMN", "Organization")
    assert correct(text, long, ("HNOMN", "Company", 0.5)) == [long, short, short]


def test_brackets_and_quotes_close() -> None:
    text = "Giải “Tôi yêu sông Mây” và (CLB) Sao Khuê."
    said = [("Giải “Tôi yêu sông Mây", "Event"), ("CLB) Sao Khuê", "Organization")]
    assert correct(text, *said) == [("Giải “Tôi yêu sông Mây”", "Event"), ("Sao Khuê", "Organization")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hàng đi sang Thụy Điển và Hoa Kỳ.", ["Thụy Điển", "Hoa Kỳ"]),
        ("Bà học tiếng Pháp với chị Nga.", []),
        ("Cô Mỹ Linh và Bang Jordan đến.", []),
    ],
)
def test_countries_that_were_missed(text: str, found: list[str]) -> None:
    assert correct(text) == [(name, "Country") for name in found]


def test_a_sure_name_is_found_again_and_an_unsure_one_is_not() -> None:
    text = "Sao Khuê Land lớn. Hôm qua Sao Khuê Land bán đất."
    assert correct(text, ("Sao Khuê Land", "Company")) == [("Sao Khuê Land", "Company")] * 2
    assert correct(text, ("Sao Khuê Land", "Company", 0.4)) == [("Sao Khuê Land", "Company")]


TEXTS = st.text(alphabet="aĐà ạBộ.\n()“”\"'-UBNDtỉnhHuế 1Mỹôg", max_size=80)


@given(TEXTS, st.data())
def test_names_stay_sorted_apart_trimmed_and_within_a_sentence(text: str, data: st.DataObject) -> None:
    names: list[Name] = []
    at = 0
    while at < len(text) and len(names) < 6:
        start = data.draw(st.integers(at, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        names.append(Name(start, end, data.draw(st.sampled_from(TYPES)), data.draw(st.floats(0, 1))))
        at = end
    sentences = sentence_spans(text)
    once = correct_names(text, sentences, names, load_gazetteer(), load_ontology())
    before = 0
    for name in once:
        assert before <= name.start < name.end
        assert text[name.start : name.end] == text[name.start : name.end].strip()
        assert any(span.start <= name.start and name.end <= span.end for span in sentences)
        before = name.end
    assert correct_names(text, sentences, names, load_gazetteer(), load_ontology()) == once
