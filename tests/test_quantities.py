"""Checkable numbers: value, unit, the words as written, and what is none."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotation.quantities import find_quantities, read_number
from kg.annotation.times import find_times
from kg.model import Mention, Quantity, Span
from kg.text import nfc, sentence_spans


def read(text: str, mentions: tuple[Mention, ...] = ()) -> tuple[Quantity, ...]:
    sentences = sentence_spans(text)
    return find_quantities(text, sentences, mentions, find_times(text, "2025-11-16", sentences))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vốn đăng ký hơn 1,8 tỷ USD.", [("hơn 1,8 tỷ USD", 1_800_000_000, "USD")]),
        ("Có 40.000 người dự.", [("40.000 người", 40_000, "người")]),
        ("Lãi tăng 22,5%.", [("22,5%", 22.5, "%")]),
        ("Lãi tăng 22,5 phần trăm.", [("22,5 phần trăm", 22.5, "%")]),
        ("Chi $80 triệu cho xưởng.", [("$80 triệu", 80_000_000, "USD")]),
        ("Chi 3,2 tỷ đô la Mỹ.", [("3,2 tỷ đô la Mỹ", 3_200_000_000, "USD")]),
        ("Tổng vốn 41.400 tỉ.", [("41.400 tỉ", 41_400_000_000_000, "đồng")]),
        ("Giá 7 triệu đồng/kg.", [("7 triệu đồng/kg", 7_000_000, "đồng/kg")]),
        ("Tàu chạy 350 km/h.", [("350 km/h", 350, "km/h")]),
        ("Đường dài gần 13km.", [("gần 13km", 13, "km")]),
        ("Sàn rộng 160.000 m².", [("160.000 m²", 160_000, "m2")]),
        ("Nhập 16 danh mục thoái vốn.", [("16 danh mục", 16, "danh mục")]),
        ("Cháu bé 10 tuổi.", [("10 tuổi", 10, "tuổi")]),
        ("Tòa phạt 12 năm tù.", [("12 năm tù", 12, "năm tù")]),
        ("Họp với 63 tỉnh, thành phố.", [("63 tỉnh, thành phố", 63, "tỉnh, thành phố")]),
        ("Được 326/650 ghế.", [("326/650 ghế", 326, "ghế")]),
        ("Xưởng cung cấp 200 xe buýt.", [("200 xe buýt", 200, "xe buýt")]),
        ("Lãi ở mức 5%.", [("5%", 5, "%")]),
        ("Tốn 300 USD mỗi phút.", [("300 USD mỗi phút", 300, "USD mỗi phút")]),
        ("Bán cho chợ,40 tấn gạo.", [("40 tấn", 40, "tấn")]),
    ],
)
def test_quantities(text: str, expected: list[tuple[str, float, str]]) -> None:
    assert [(q.text, q.value, q.unit) for q in read(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 15/11/2025 họ gặp nhau.",
        "Đây là lần thứ 6 họ gặp nhau.",
        "Em học lớp 12 trường làng.",
        "Trường cấp 3 làng mở cửa.",
        "Theo điều 75 luật này.",
        "Đội nhà thắng 2-1 khách.",
        "Lúc 20 giờ 30 phút có mưa.",
        "Nhà ở quận 1 thành phố.",
        "Hàng chục nghìn người đổ về.",
        "Cách đây 5 năm họ gặp nhau.",
        "Trong 5 năm qua giá tăng.",
        "World Cup 2026 khu vực châu Á.",
        "Họ gọi số 0903 người quen.",
    ],
)
def test_other_numbers_are_no_quantities(text: str) -> None:
    assert read(text) == ()


def test_a_list_shares_its_last_unit() -> None:
    found = read("Vé giá 100, 150 và 250 nghìn đồng.")
    assert [(q.value, q.unit) for q in found] == [(100_000, "đồng"), (150_000, "đồng"), (250_000, "đồng")]


def test_the_same_number_counts_once() -> None:
    assert len(read("Có 300 học sinh. Trường có 300 học sinh và 300 ghế.")) == 2


def test_about_is_the_entity_named_last_before_the_number() -> None:
    text = "Hòa Bình Xanh lãi 5 tỷ đồng. Sông Đà có 30 xe."
    mentions = (Mention(0, 13, "Hòa Bình Xanh", "name", "e1"), Mention(29, 36, "Sông Đà", "name", "e2"))
    assert [q.about for q in read(text, mentions)] == ["e1", "e2"]


def test_a_number_inside_a_name_is_none() -> None:
    text = "Đường 30 mét nước rất sâu."
    assert read(text, (Mention(0, 17, "Đường 30 mét nước", "name", "e1"),)) == ()


@pytest.mark.parametrize(
    ("figure", "value"),
    [("40.000", 40_000), ("1,8", 1.8), ("1.043,5", 1043.5), ("1,043.5", 1043.5), ("3.5", 3.5), ("0.125", 0.125)],
)
def test_numbers_in_two_ways_of_writing(figure: str, value: float) -> None:
    assert read_number(figure) == value


PARTS = st.sampled_from(
    (
        "1",
        "2.000",
        "3,5",
        " ",
        "tỷ ",
        "triệu ",
        "đồng",
        "USD",
        "%",
        "$",
        "/",
        "-",
        "người",
        "tỉnh, thành phố",
        "năm ",
        "tù",
        ".",
        ",",
        "và ",
        "hơn ",
        "\n",
        "🙂",
    )
)


@given(st.lists(PARTS).map("".join) | st.text())
def test_words_stand_where_they_are_said_to(text: str) -> None:
    text = nfc(text)
    for found in read(text):
        assert text[found.start : found.start + len(found.text)] == found.text
        assert found.evidence.covers(Span(found.start, found.start + len(found.text)))


@pytest.mark.parametrize("part", ["1 ", "1,", "1.000 ", "9", "$", "hơn ", "1 và ", "5 người, "])
def test_time_grows_with_the_length_of_a_line(part: str) -> None:
    def seconds(size: int) -> float:
        text = (part * (size // len(part) + 1))[:size]
        start = time.process_time()
        find_quantities(text, [Span(0, len(text))], [], [])
        return time.process_time() - start

    assert seconds(80_000) < 8 * max(seconds(20_000), 0.02)
