"""What a reader does with the page beyond finding and proving: focus, filter, read, take away, correct."""

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from kg.ontology import KG
from tests.node_modules import node_folder
from tests.page_fixtures import large, news

if TYPE_CHECKING:
    from tests.browser import OpenPage, Reader

pytest_plugins = ("tests.browser",)

LAM = "kgr:tran-duc-lam-01"


def press(reader: "Reader", name: str) -> None:
    reader.page.get_by_role("button", name=name, exact=True).locator("visible=true").first.click()


# Focus


def test_neighbourhood_grows_by_steps_and_back_undoes_them(open_page: "OpenPage") -> None:
    reader = open_page(news())
    reader.find("kanto")
    press(reader, "Chỉ xem lân cận")
    one = {"Kanto", "Nhật Bản", "Đà Nẵng", "Sato Kenji", "Trần Đức Lâm"}
    assert reader.names() == one
    press(reader, "2")
    two = reader.names()
    assert two > one
    assert "ASEAN" not in two
    press(reader, "3")
    assert "ASEAN" in reader.names()
    reader.page.go_back()
    assert reader.names() == two
    reader.page.go_forward()
    assert "ASEAN" in reader.names()
    press(reader, "Xem toàn bộ")
    assert len(reader.names()) == 20


def test_two_neighbourhoods_together(open_page: "OpenPage") -> None:
    reader = open_page(news())
    reader.find("asean")
    press(reader, "Chỉ xem lân cận")
    assert reader.names() == {"ASEAN", "Việt Nam"}
    reader.find("bao song han")
    press(reader, "Thêm vào lân cận")
    assert reader.names() == {"ASEAN", "Việt Nam", "Báo Sông Hàn", "Lê Văn An"}


def test_a_path_is_a_chain_of_sentences(open_page: "OpenPage") -> None:
    reader = open_page(news())
    reader.find("vuong minh")
    press(reader, "Tìm đường đi từ đây…")
    reader.page.keyboard.type("da nang")
    reader.page.wait_for_selector("#search-results [aria-selected=true]")
    reader.page.keyboard.press("Enter")
    assert reader.heading() == "Từ Vương Minh đến Đà Nẵng"
    steps = reader.page.locator(".chain > li")
    assert [step.locator(".sentence").inner_text() for step in steps.all()] == [
        "Vương Minh thuộc Tập đoàn Sao Bắc",
        "Tập đoàn Sao Bắc đầu tư vào nhà máy linh kiện Hòa Khánh",
        "nhà máy linh kiện Hòa Khánh ở Khu công nghiệp Hòa Khánh",
        "Khu công nghiệp Hòa Khánh ở Đà Nẵng",
    ]
    assert steps.locator("mark").count() == 4
    assert len(reader.names()) == 5


def test_a_path_that_is_not_there_is_said_to_be_missing(open_page: "OpenPage") -> None:
    reader = open_page(news())
    reader.open("#path=kgr:asean-14,kgr:le-van-20")
    assert "Không có đường đi" in reader.page.inner_text("#panel")


def test_the_path_prefers_the_better_supported_way(open_page: "OpenPage") -> None:
    reader = open_page(news())
    reader.open("#path=kgr:tran-duc-lam-01,kgr:kanto-07")
    assert reader.page.locator(".chain > li").count() == 1


def test_pinned_entities_stay(open_page: "OpenPage") -> None:
    reader = open_page(news())
    reader.find("asean")
    press(reader, "Ghim")
    reader.find("bao song han")
    press(reader, "Chỉ xem lân cận")
    assert "ASEAN" in reader.names()
    reader.find("asean")
    press(reader, "Bỏ ghim")
    assert "ASEAN" not in reader.names()


# Filter


def test_every_filter_hides_and_counts(open_page: "OpenPage") -> None:
    reader = open_page(news())
    page = reader.page
    page.get_by_label("người", exact=False).first.uncheck()
    assert "Trần Đức Lâm" not in reader.names()
    assert "Đà Nẵng" in reader.names()
    press(reader, "Bỏ mọi bộ lọc")
    page.get_by_role("button", name="Chỉ Phủ nhận").click(force=True)
    assert reader.names() == {"Tập đoàn Sao Bắc", "Đại học Sông Hàn"}
    page.get_by_role("button", name="Chỉ Phủ nhận").click(force=True)
    page.get_by_role("button", name="Chỉ Thời báo Miền Trung").click(force=True)
    assert "Vương Minh" not in reader.names()
    assert "Kanto" in reader.names()
    press(reader, "Bỏ mọi bộ lọc")
    page.locator("#filter-min").press("ArrowRight")
    assert reader.names() == {"Trần Đức Lâm", "Sato Kenji", "Kanto"}


def test_counts_say_what_an_option_would_bring(open_page: "OpenPage") -> None:
    reader = open_page(news())
    label = reader.page.locator("label", has_text="Dự kiến")
    assert label.locator(".count").inner_text() == "3"
    reader.page.get_by_role("button", name="Chỉ Thời báo Miền Trung").click(force=True)
    assert label.locator(".count").inner_text() == "2"
    label.click()
    assert label.locator(".count").inner_text() == "2"


def test_nothing_jumps_when_a_filter_changes(open_page: "OpenPage") -> None:
    reader = open_page(news())
    before = reader.spot("Kanto")
    reader.page.locator("label", has_text="Dự kiến").click()
    assert reader.spot("Kanto") == before


def test_time_has_two_ends_and_a_histogram(open_page: "OpenPage") -> None:
    reader = open_page(news())
    page = reader.page
    assert page.locator(".histogram rect").count() == 3
    page.locator("#filter-from").press("End")
    assert page.inner_text(".time .range") == "11/2025 – 11/2025"
    assert "Vương Minh" not in reader.names()
    assert "Trần Đức Lâm" in reader.names()
    page.locator("#filter-from").press("Home")
    page.locator("#filter-to").press("Home")
    assert reader.names() == {"UBND thành phố Đà Nẵng", "Sáng kiến Thành phố Xanh"}


def test_time_plays_only_when_asked(open_page: "OpenPage") -> None:
    reader = open_page(news())
    page = reader.page
    page.wait_for_timeout(900)
    assert len(reader.names()) == 20
    page.click("#filter-play")
    assert page.inner_text("#filter-play") == "Dừng"
    assert len(reader.names()) < 20
    page.click("#filter-play")
    assert len(reader.names()) == 20


# Read


def test_the_table_holds_the_selection_and_sorts(open_page: "OpenPage") -> None:
    reader = open_page(news())
    page = reader.page
    page.get_by_role("button", name="Bảng", exact=True).press("Enter")
    assert page.locator("tbody tr").count() == 23
    page.click("#sort-subject")
    assert page.locator("th[aria-sort=ascending]").inner_text().startswith("Chủ thể")
    subjects = page.locator("tbody th").all_inner_texts()
    assert subjects[0] == "Hòa Khánh" or subjects[0].startswith("Kanto")
    page.locator("#sort-subject").press("Enter")
    assert page.locator("tbody th").all_inner_texts() == subjects[::-1] or subjects[0] != subjects[-1]
    assert page.evaluate("document.activeElement.id") == "sort-subject"
    page.locator("label", has_text="Đã xảy ra").click()
    assert page.locator("tbody tr").count() == 4
    page.locator("tbody .quote").first.click()
    assert page.locator(".card.opened").count() == 1


def test_the_timeline_goes_by_day(open_page: "OpenPage") -> None:
    reader = open_page(news())
    page = reader.page
    page.get_by_role("button", name="Dòng thời gian").press("Enter")
    days = page.locator(".day h3").all_inner_texts()
    assert days[:3] == ["14/11/2025 – 16/11/2025", "15/11/2025", "2024"]
    assert all(day.startswith("đăng ngày") for day in days[3:])
    assert page.locator(".entry").count() == 23


def test_the_canvas_has_words_and_keys(open_page: "OpenPage") -> None:
    reader = open_page(news())
    page = reader.page
    assert "20 thực thể" in (page.get_attribute("#canvas", "aria-label") or "")
    assert "Trần Đức Lâm" in page.inner_text("#canvas-text")
    before = reader.spot("Kanto")
    page.focus("#canvas")
    page.keyboard.press("ArrowRight")
    moved = reader.spot("Kanto")
    assert moved[0] < before[0] - 20
    page.focus("#canvas")
    page.keyboard.press("+")
    assert abs(reader.spot("Kanto")[0] - moved[0]) > 10
    page.focus("#canvas")
    page.keyboard.press("0")
    assert reader.spot("Kanto") == before


# Take away


def test_downloads_are_what_they_say(open_page: "OpenPage") -> None:
    reader = open_page(news())
    assert reader.save("picture").read_bytes().startswith(b"\x89PNG\r\n")
    texts = {text.text for text in reader.drawing().iter("{http://www.w3.org/2000/svg}tspan")}
    assert "Kanto" in texts
    assert len(reader.save("csv").read_text("utf-8-sig").strip().splitlines()) == 28


def test_turtle_of_the_selection_is_a_part_of_the_graph(open_page: "OpenPage") -> None:
    reader = open_page(news())
    whole = {quad.triple for quad in news()}
    everything = {quad.triple for quad in parse(path=reader.save("turtle"), format=RdfFormat.TURTLE)}
    assert everything < whole
    kept = ("amountValue", "amountUnit", "articleCount")  # not shown on the page
    lost = {t for t in whole - everything if t.subject in {o.subject for o in everything}}
    assert {t.predicate for t in lost} <= {NamedNode(KG + name) for name in kept}
    reader.page.get_by_role("button", name="Chỉ Phủ nhận").click(force=True)
    part = {quad.triple for quad in parse(path=reader.save("turtle"), format=RdfFormat.TURTLE)}
    assert part < everything
    assert NamedNode(KG + "acquired") not in {triple.predicate for triple in part}


def test_a_link_is_a_state(open_page: "OpenPage") -> None:
    reader = open_page(news())
    reader.find("kanto")
    press(reader, "Chỉ xem lân cận")
    press(reader, "2")
    reader.page.locator("label", has_text="Dự kiến").click()
    names, heading = reader.names(), reader.heading()
    press(reader, "Chép liên kết")
    address = reader.copied()
    reader.open(address.removeprefix(reader.address))
    assert (reader.names(), reader.heading()) == (names, heading)
    assert not reader.page.locator("label", has_text="Dự kiến").locator("input").is_checked()


def test_corrections_are_lines_to_paste(open_page: "OpenPage") -> None:
    reader = open_page(news())
    reader.click_link("Trần Đức Lâm", "Kanto")
    reader.page.locator(".card").get_by_role("button", name="Phát biểu này sai").click()
    assert reader.copied() == "- reject: kgs:s04  # Trần Đức Lâm đánh giá cao Kanto\n"
    reader.find("tran duc lam")
    press(reader, "Trùng với thực thể khác…")
    reader.find("sato")
    assert reader.copied() == "- same: [kgr:tran-duc-lam-01, kgr:sato-kenji-02]  # Trần Đức Lâm = Sato Kenji\n"


def test_print_leaves_the_controls_out(open_page: "OpenPage") -> None:
    page = open_page(news()).open(f"#sel={LAM}")
    page.emulate_media(media="print")
    assert page.locator("#search").is_hidden()
    assert page.locator("#filters").is_hidden()
    assert page.locator(".card").first.is_visible()


# Feel


def test_the_language_follows_the_browser_and_is_remembered(open_page: "OpenPage") -> None:
    reader = open_page(news(), locale="en-GB")
    page = reader.page
    assert page.get_attribute("html", "lang") == "en"
    assert page.title() == "News graph"
    reader.find("kanto")
    assert "is located in" in page.inner_text("#panel")
    page.click("#switch-language")
    assert page.get_attribute("html", "lang") == "vi"
    assert "Lân cận" in page.inner_text("#panel") or "lân cận" in page.inner_text("#panel")
    page = reader.open()
    assert page.get_attribute("html", "lang") == "vi"


def test_the_theme_follows_the_system_and_is_remembered(open_page: "OpenPage") -> None:
    reader = open_page(news(), color_scheme="dark")
    page = reader.page
    assert page.get_attribute("html", "data-theme") == "dark"
    page.click("#switch-theme")
    assert page.get_attribute("html", "data-theme") == "light"
    page = reader.open()
    assert page.get_attribute("html", "data-theme") == "light"


def test_a_phone_shows_a_sheet_and_no_sideways_scroll(open_page: "OpenPage") -> None:
    reader = open_page(news(), width=375, height=740, has_touch=True, is_mobile=True)
    page = reader.page
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    assert page.locator("#panel").is_hidden()
    reader.find("kanto")
    box = page.locator("#panel").bounding_box()
    assert box is not None
    assert box["y"] > 300
    assert box["width"] == 375
    page.click("#panel .close")
    page.click("#toggle-filters")
    assert page.locator("#filters").is_visible()


# Large graphs


def test_a_large_graph_draws_some_and_holds_the_rest(open_page: "OpenPage") -> None:
    reader = open_page(large(600, 1500), max_nodes=150)
    page = reader.page
    assert page.inner_text("#note").startswith("Vẽ 150 thực thể nhiều liên kết nhất trong số 600")
    assert "150 thực thể" in (page.get_attribute("#canvas", "aria-label") or "")
    data = page.evaluate("JSON.parse(document.getElementById('graph-data').textContent)")
    number = next(s["s"] for s in data["statements"] if s["s"] >= 150 and s["o"] >= 150)
    undrawn: str = data["entities"][number]["n"]
    reader.find(undrawn)
    assert reader.heading() == undrawn
    assert "151 thực thể" in (page.get_attribute("#canvas", "aria-label") or "")
    press(reader, "Mở rộng")
    assert "151 thực thể" not in (page.get_attribute("#canvas", "aria-label") or "")


# For everybody


AXE = """async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.map((violation) =>
    violation.id + ': ' + violation.nodes.map((node) => node.target.join(' ')).slice(0, 4).join(' | '))"""

VIEWS = {
    "graph": "",
    "entity": f"#sel={LAM}",
    "pair": f"#sel={LAM}%20kgr:sato-kenji-02",
    "path": "#path=kgr:vuong-minh-04,kgr:da-nang-06",
    "table": "#view=table",
    "timeline": "#view=timeline&mod=planned",
    "search": "",
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["vi-VN", "en-GB"])
def test_axe_finds_no_barrier(open_page: "OpenPage", locale: str, theme: str) -> None:
    script = (node_folder() / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
    reader = open_page(news(), locale=locale, color_scheme=theme)
    for name, fragment in VIEWS.items():
        reader.open(fragment)
        if name == "search":
            reader.page.fill("#search input", "da nang")
            reader.page.wait_for_selector("#search-results [role=option]")
        reader.page.evaluate(script)
        assert reader.page.evaluate(AXE) == [], name
