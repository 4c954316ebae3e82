"""Times in running text: what they resolve to, and what is none."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotation.times import find_times
from kg.model import Span
from kg.text import nfc, sentence_spans

TODAY = "2025-11-16"  # a Sunday


def values(text: str, date: str | None = TODAY) -> list[str | None]:
    return [found.value for found in find_times(text, date, sentence_spans(text))]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Chiều 15/11, hai bên gặp nhau.", "2025-11-15"),
        ("Ngày 28-6, hội nghị khai mạc.", "2025-06-28"),
        ("Quyết định ký 6.11.2015.", "2015-11-06"),
        ("Kế hoạch số 86-KH/TU ngày 23/5/2025.", "2025-05-23"),
        ("Trưa ngày 27 tháng 4, đoàn tới nơi.", "2025-04-27"),
        ("Trường mở cửa ngày 5 tháng 9 năm 2023.", "2023-09-05"),
        ("Hôm qua, đoàn về nước.", "2025-11-15"),
        ("Sáng nay trời mưa.", "2025-11-16"),
        ("Hai đội đấu tối mai.", "2025-11-17"),
        ("Hôm thứ Hai (10/11), ông tới Huế.", "2025-11-10"),
        ("Họ gặp nhau hôm thứ ba.", "2025-11-11"),
        ("Họ gặp nhau thứ Bảy tới.", "2025-11-22"),
        ("Triển lãm mở từ ngày 11-17/11.", "2025-11-11/2025-11-17"),
        ("Ông thăm Lào từ 2-4/4.", "2025-04-02/2025-04-04"),
        ("Từ ngày 24/10 đến hết ngày 22/11/2013, quỹ mua vào.", "2013-10-24/2013-11-22"),
        ("Tháng 8/2024, nhà máy chạy thử.", "2024-08"),
        ("Cuối tháng 12 vừa qua, giá tăng.", "2024-12"),
        ("Dự án xong vào tháng Tư.", "2025-04"),
        ("Tháng trước, giá giảm.", "2025-10"),
        ("Năm 2015, công ty ra đời.", "2015"),
        ("Cuối năm nay, cầu thông xe.", "2025"),
        ("Năm ngoái, lãi tăng.", "2024"),
        ("Sang năm sẽ có tuyến mới.", "2026"),
        ("Vốn giai đoạn 2017-2021 đã giao.", "2017/2021"),
        ("Mùa giải 2023/24 đã khép lại.", "2023/2024"),
        ("Doanh thu quý III/2024 tăng.", "2024-07/2024-09"),
        ("Lãi 6 tháng đầu năm 2025 tăng.", "2025-01/2025-06"),
        ("Tháng 3 năm ngoái, giá giảm.", "2024-03"),
        ("Tháng 3 năm tới, cầu thông xe.", "2026-03"),
        ("Sáng sớm 15/11, mưa lớn.", "2025-11-15"),
        ("Hai đội đấu lúc 19h thứ bảy 15/11.", "2025-11-15"),
        ("Cách đây hai ngày, ông tới Huế.", "2025-11-14"),
        ("Cách đây 10 ngày, ông tới Huế.", "2025-11-06"),
        ("Trong các ngày 12, 13 và 14/11, họ họp.", "2025-11-12/2025-11-14"),
        ("Từ năm 2013 đến 2016, ông học ở đây.", "2013/2016"),
        ("Đội tập từ ngày 3/11 cho đến ngày 9/11.", "2025-11-03/2025-11-09"),
        ("Tuần tới hai bên họp.", "2025-11-17/2025-11-23"),
        ("Cuối tuần trước có mưa.", "2025-11-08/2025-11-09"),
    ],
)
def test_times_resolve(text: str, value: str) -> None:
    assert values(text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "Đội nhà thắng 2-1.",
        "Đoàn đạt 8/15 giải thưởng.",
        "Gọi số 0903-123-456 để đặt chỗ.",
        "Nghị định 12/2015/NĐ-CP có hiệu lực.",
        "Giá tăng 15.4 triệu đồng.",
        "Đây là lần thứ hai họ gặp nhau.",
        "Hai năm trước họ là bạn.",
        "Trong 3 tháng 2 lần họ tới đây.",
        "Đáp án nằm ở trang 11-17.",
    ],
)
def test_other_numbers_are_no_times(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    "text",
    ["Hôm qua trời mưa.", "Ngày 28/6 trời mưa.", "Tháng 8 trời mưa.", "Năm ngoái mưa nhiều.", "Cùng ngày có mưa."],
)
def test_nothing_is_guessed_without_the_articles_date(text: str) -> None:
    assert values(text, None) == [None]


def test_a_year_in_the_text_is_enough() -> None:
    assert values("Cầu xong trong tháng 8 hoặc tháng 9/2017.", None) == ["2017-08", "2017-09"]
    assert values("Ngày 30/2/2024 không có.", None) == [None]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ngày 16/5, Cúp Mùa Xuân 2017 khai mạc.", ["2017-05-16"]),
        (
            "Cúp Mùa Xuân 2017 khai mạc. Đội nhà thắng. Ngày 16/5 họ về. Ngày 17/5 họ nghỉ.",
            ["2017-05-16", "2017-05-17"],
        ),
        ("Đội nhà thắng. Họ về. Họ nghỉ. Cúp Mùa Xuân 2017 khép lại. Ngày 17/5 họ nghỉ.", [None]),
        ("Ngày 16/5, huyện bàn kế hoạch đến năm 2030.", [None, "2030"]),
        ("Ngày 16/5, huyện bàn kế hoạch giai đoạn 2026 - 2030.", [None, "2026/2030"]),
        ("Ngày 16/5, công an bắt một người sinh năm 1984.", [None, "1984"]),
        ("Tối qua, Cúp Mùa Xuân 2017 khai mạc.", [None]),
    ],
)
def test_the_year_that_a_sentence_or_the_opening_names_is_that_of_its_days(text: str, found: list[str | None]) -> None:
    assert values(text, None) == found


def test_same_day_is_the_day_named_last() -> None:
    assert values("Ngày 3/10 họ tới Huế. Cùng ngày họ về.") == ["2025-10-03", "2025-10-03"]


def test_days_without_a_year_look_back_rather_than_ahead() -> None:
    assert values("Ngày 28/12 họ gặp nhau.", "2025-01-02") == ["2024-12-28"]
    assert values("Ngày 1/7 luật có hiệu lực.", "2025-06-28") == ["2025-07-01"]


PARTS = st.sampled_from(
    (
        "ngày ",
        "tháng ",
        "năm ",
        "hôm ",
        "từ ",
        "đến ",
        "15/11",
        "-",
        "–",
        " ",
        "2025",
        "3",
        "/",
        ".",
        ",",
        "qua",
        "nay",
        "thứ Hai",
        "cùng ngày",
        "quý ",
        "III",
        "(",
        ")",
        "\n",
        "Chiều ",
        "🙂",
    )
)


@given(st.lists(PARTS).map("".join) | st.text(), st.sampled_from([None, TODAY, "2024-02-29"]))
def test_spans_are_in_order_inside_one_sentence(text: str, date: str | None) -> None:
    text = nfc(text)
    sentences = sentence_spans(text)
    found = find_times(text, date, sentences)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(any(sentence.covers(Span(t.start, t.end)) for sentence in sentences) for t in found)


@pytest.mark.parametrize("part", ["1/2/", "ngày 1-", "từ ngày 1 đến ngày ", "9", " ", "a", "Từ 2014 đến "])
def test_time_grows_with_the_length_of_a_line(part: str) -> None:
    def seconds(size: int) -> float:
        text = (part * (size // len(part) + 1))[:size]
        start = time.process_time()
        find_times(text, TODAY, [Span(0, len(text))])
        return time.process_time() - start

    assert seconds(80_000) < 8 * max(seconds(20_000), 0.02)
