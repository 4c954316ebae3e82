"""The page of two thousand articles, and one that holds twenty thousand entities; main actions in a real Chromium."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.exporters.html import MAX_NODES, block_json, bundle, lean, to_html, write
from kg.exporters.namespaces import prefixes_of
from kg.exporters.page_data import page_data
from kg.ontology import Ontology
from kg.view import read_view
from tests.newsroom import newsroom

if TYPE_CHECKING:
    from tests.browser import OpenFile, Reader

pytest_plugins = ("tests.browser",)

SCRIPTS = Path(bundle.__code__.co_filename).parent / "page" / "js"
LINKS = "() => document.getElementById('canvas').getAttribute('aria-label')"


@pytest.fixture(scope="module")
def articles_2000(open_file: "OpenFile", ontology: Ontology, tmp_path_factory: pytest.TempPathFactory) -> "Reader":
    file = tmp_path_factory.mktemp("page") / "graph.html"
    write(newsroom(2000, 2000), file, ontology)
    return open_file(file)


@pytest.fixture
def reader(articles_2000: "Reader") -> Iterator["Reader"]:
    """The page at its start; after each test nothing may have gone wrong."""
    articles_2000.open()
    yield articles_2000
    articles_2000.check()


def press(reader: "Reader", name: str) -> None:
    reader.page.get_by_role("button", name=name, exact=True).locator("visible=true").first.click()


def test_search_finds_one_of_thousands_and_proves_it(reader: "Reader") -> None:
    reader.find("xa vinh nho 1997")
    assert reader.heading() == "Xã Vịnh Nhỏ 1997"
    assert "Xã Vịnh Nhỏ 1997" in reader.page.inner_text("#panel mark >> nth=0")


def test_a_click_on_a_far_link_opens_its_quotes(reader: "Reader") -> None:
    reader.find("xa vinh nho 1997")
    reader.page.get_by_role("button", name="Chỉ xem lân cận", exact=True).click()
    other = min(reader.names() - {"Xã Vịnh Nhỏ 1997"})
    reader.page.click("#panel .close")
    reader.click_link("Xã Vịnh Nhỏ 1997", other)
    assert "Xã Vịnh Nhỏ 1997" in reader.page.inner_text("#panel .card mark >> nth=0")


def test_filters_leave_what_they_say(reader: "Reader") -> None:
    before = reader.page.evaluate(LINKS)
    reader.page.click("#filter-mod-2")
    assert reader.page.evaluate(LINKS) != before
    reader.page.go_back()
    assert reader.page.evaluate(LINKS) == before


def test_focus_goes_by_steps_and_a_link_keeps_it(reader: "Reader") -> None:
    reader.find("xa vinh nho 1997")
    press(reader, "Chỉ xem lân cận")
    one = reader.names()
    press(reader, "2")
    two = reader.names()
    assert one < two
    reader.page.go_back()
    assert reader.names() == one
    reader.page.go_forward()
    press(reader, "Chép liên kết")
    address = reader.copied()
    reader.open(address.removeprefix(reader.address))
    assert reader.names() == two


def test_a_path_joins_two_of_thousands_by_their_sentences(reader: "Reader") -> None:
    reader.find("xa vinh nho 1997")
    press(reader, "Chỉ xem lân cận")
    press(reader, "2")
    far = max(reader.names() - {"Xã Vịnh Nhỏ 1997"})
    reader.open()
    reader.find("xa vinh nho 1997")
    press(reader, "Tìm đường đi từ đây…")
    reader.page.keyboard.type(far)
    reader.page.wait_for_selector("#search-results [aria-selected=true]")
    reader.page.keyboard.press("Enter")
    assert reader.heading() == f"Từ Xã Vịnh Nhỏ 1997 đến {far}"
    steps = reader.page.locator(".chain > li")
    assert 1 <= steps.count() <= 2
    assert steps.locator("mark").count() >= steps.count()


def test_the_selection_is_taken_away_and_corrected(reader: "Reader") -> None:
    reader.find("xa vinh nho 1997")
    press(reader, "Chỉ xem lân cận")
    rows = reader.save("csv").read_text("utf-8-sig").strip().splitlines()
    assert len(rows) > 1
    assert reader.save("picture").read_bytes().startswith(b"\x89PNG\r\n")
    texts = {text.text for text in reader.drawing().iter("{http://www.w3.org/2000/svg}tspan")}
    assert any("Xã Vịnh Nhỏ" in (text or "") for text in texts)
    reader.page.locator(".card").get_by_role("button", name="Phát biểu này sai").first.click()
    assert reader.copied().startswith("- reject: kgs:")


def test_language_and_theme_change_without_a_new_drawing(reader: "Reader") -> None:
    spots = {name: reader.spot(name) for name in sorted(reader.names())[:3]}
    press(reader, "English")
    press(reader, "Dark")
    assert reader.page.get_by_role("button", name="Tiếng Việt", exact=True).is_visible()
    assert {name: reader.spot(name) for name in spots} == spots
    press(reader, "Tiếng Việt")
    press(reader, "Nền sáng")


def test_keys_alone_find_and_move(reader: "Reader") -> None:
    page = reader.page
    page.keyboard.press("/")
    page.keyboard.type("xa vinh nho 1997")
    page.wait_for_selector("#search-results [aria-selected=true]")
    page.keyboard.press("Enter")
    assert reader.heading() == "Xã Vịnh Nhỏ 1997"
    name = min(reader.names())
    before = reader.spot(name)
    page.focus("#canvas")
    page.keyboard.press("ArrowRight")
    assert reader.spot(name)[0] < before[0] - 20


def test_time_is_cut_by_keys_and_plays_when_asked(reader: "Reader") -> None:
    page = reader.page
    everything = page.evaluate(LINKS)
    page.locator("#filter-from").press("End")
    assert page.evaluate(LINKS) != everything
    page.locator("#filter-from").press("Home")
    assert page.evaluate(LINKS) == everything
    page.click("#filter-play")
    assert page.inner_text("#filter-play") == "Dừng"
    page.click("#filter-play")
    assert page.inner_text("#filter-play") != "Dừng"


def test_a_pinned_entity_stays_in_another_neighbourhood(reader: "Reader") -> None:
    reader.find("bui bao an 0")
    press(reader, "Ghim")
    reader.find("xa vinh nho 1997")
    press(reader, "Chỉ xem lân cận")
    assert {"Bùi Bảo An 0", "Xã Vịnh Nhỏ 1997"} <= reader.names()
    reader.find("bui bao an 0")
    press(reader, "Bỏ ghim")
    assert "Bùi Bảo An 0" not in reader.names()


def test_phone_and_paper(reader: "Reader") -> None:
    page = reader.page
    page.set_viewport_size({"width": 375, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    reader.find("xa vinh nho 1997")
    assert page.locator("#panel").is_visible()
    page.emulate_media(media="print")
    assert page.locator("#search").is_hidden()
    assert page.locator(".card").first.is_visible()
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1400, "height": 900})


def test_dragging_moves_the_drawing_and_no_entity(reader: "Reader") -> None:
    page = reader.page
    frame = page.locator("#canvas").bounding_box()
    assert frame is not None
    before = {name: reader.spot(name) for name in sorted(reader.names())[:3]}
    x, y = frame["x"] + 8, frame["y"] + frame["height"] - 90
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y - 40, steps=4)
    page.mouse.up()
    for name, (left, top) in before.items():
        assert reader.spot(name) == pytest.approx((left + 60, top - 40), abs=1.5)


def test_table_and_timeline_show_the_same_statements(reader: "Reader") -> None:
    captions = []
    for view in ("table", "timeline"):
        page = reader.open(f"#view={view}")
        captions.append(page.inner_text(f"#view-{view} {'caption' if view == 'table' else '.caption'}"))
    assert captions[0] == captions[1]
    assert "6.000" in captions[0]


def test_the_file_is_at_most_a_third_larger_than_its_data(ontology: Ontology) -> None:
    store = newsroom(2000, 2000)
    data = page_data(read_view(store, ontology), ontology, prefixes_of(store), max_nodes=MAX_NODES)
    assert data.drawn == MAX_NODES
    assert len(to_html(data).encode()) * 3 <= len(block_json(data.json).encode()) * 4


def test_twenty_thousand_entities_are_found_and_expanded(
    open_file: "OpenFile", ontology: Ontology, tmp_path: Path
) -> None:
    write(newsroom(20_000, 20_000, each=1), tmp_path / "graph.html", ontology)
    reader = open_file(tmp_path / "graph.html")
    assert "2.000" in reader.page.inner_text("#note")
    reader.find("19999")
    assert reader.heading().endswith(" 19999")
    reader.find("bui bao an 0")
    assert reader.heading() == "Bùi Bảo An 0"
    alone = reader.page.get_attribute("#canvas", "aria-label")
    reader.page.get_by_role("button", name="Mở rộng", exact=True).click()
    assert reader.page.get_attribute("#canvas", "aria-label") != alone
    reader.check()


# What only authors read stays out of the file


def test_comments_and_indentation_are_left_out() -> None:
    assert lean("// why\nif (a) {\n  b('// not');\n\n}\n/* paper */\np {}\n") == "if (a) {\nb('// not');\n}\np {}\n"


def test_no_text_of_the_page_goes_over_lines() -> None:
    for file in sorted(SCRIPTS.glob("*.js")):
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            assert line.count("`") % 2 == 0, f"{file.name}:{number}"
