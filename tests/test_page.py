"""The page is one safe file that finds and proves; driven in a real Chromium without a network."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, parse

from kg.exporters import FORMATS
from kg.exporters.html import block_json, bundle
from kg.ontology import Ontology
from tests.page_fixtures import HOSTILE_TEXTS, hostile, news

if TYPE_CHECKING:
    from tests.browser import OpenPage

pytest_plugins = ("tests.browser",)

PAGE = Path(bundle.__code__.co_filename).parent / "page"


def text_of(ontology: Ontology, tmp_path: Path) -> str:
    FORMATS["html"].write(hostile(), tmp_path / "graph.html", ontology)
    return (tmp_path / "graph.html").read_text("utf-8")


# One safe file


def test_the_file_names_nothing_outside_itself(ontology: Ontology, tmp_path: Path) -> None:
    text = text_of(ontology, tmp_path).replace('"<script>"', "")  # a string in vis-network
    assert re.findall(r"<(?:script|link|img|iframe|object|embed)\b[^>]*", text) == [
        '<link rel="icon" href="data:,"',
        '<script type="application/json" id="graph-data"',
        '<script type="application/json" id="graph-nodes"',
        "<script",
        "<script",
    ]


def test_the_policy_allows_only_what_is_in_the_file(ontology: Ontology, tmp_path: Path) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text_of(ontology, tmp_path))
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].replace("&#39;", "'").split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert re.fullmatch(r"'sha256-\S{44}' 'sha256-\S{44}'", rules["script-src"])
    assert re.fullmatch(r"'sha256-\S{44}'", rules["style-src"])


def test_data_cannot_leave_its_block() -> None:
    for text in HOSTILE_TEXTS:
        assert not re.search("[<>&\u2028\u2029]", block_json({text: text}))


def test_the_page_never_makes_markup_of_text() -> None:
    for file in sorted((PAGE / "js").glob("*.js")):
        code = file.read_text("utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", code), (
            file
        )


def test_every_module_of_the_page_is_used() -> None:
    whole = bundle(PAGE / "js" / "main.js")
    for file in (PAGE / "js").glob("*.js"):
        assert f"const ${file.stem} = " in whole
        for name in re.findall(
            r"^export (?:async )?(?:function|const|class) (\w+)", file.read_text("utf-8"), re.MULTILINE
        ):
            users = [other for other in (PAGE / "js").glob("*.js") if other != file]
            assert any(re.search(rf"\b{name}\b", other.read_text("utf-8")) for other in users), f"{file.stem}.{name}"


def test_the_bundle_keeps_no_module_syntax() -> None:
    assert not re.search(r"^(import|export)\b", bundle(PAGE / "js" / "main.js"), re.MULTILINE)


# Find


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("tran duc lam", "Trần Đức Lâm"),
        ("DA NANG", "Đà Nẵng"),
        ("Đà Nẵng", "Đà Nẵng"),
        ("đa nang", "Đà Nẵng"),
        ("thong doc", "Sato Kenji"),
        ("lam tran", "Trần Đức Lâm"),
    ],
)
def test_search_ignores_diacritics_and_case(open_page: "OpenPage", typed: str, found: str) -> None:
    reader = open_page(news())
    reader.find(typed)
    assert reader.heading() == found


def test_results_are_grouped_and_walked_by_keys(open_page: "OpenPage") -> None:
    reader = open_page(news())
    page = reader.page
    page.keyboard.press("/")
    page.keyboard.type("da nang")
    page.wait_for_selector("#search-results [role=option]")
    groups = page.locator("#search-results .group-title").all_inner_texts()
    assert groups == ["đơn vị hành chính", "cơ quan nhà nước", "Câu trích"]
    page.keyboard.press("ArrowDown")
    assert page.inner_text("#search-results [aria-selected=true]") == "UBND thành phố Đà Nẵng"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    assert page.is_hidden("#search-results")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert reader.heading() == "UBND thành phố Đà Nẵng"


def test_search_reads_quotes(open_page: "OpenPage") -> None:
    reader = open_page(news())
    reader.find("khong duoi 10 ty")
    assert "Sao Bắc" in reader.heading()
    assert "không dưới 10 tỷ USD" in reader.page.inner_text(".card.opened mark")


def test_search_says_when_there_is_nothing(open_page: "OpenPage") -> None:
    page = open_page(news()).page
    page.fill("#search input", "qqqqq")
    page.wait_for_selector(".nothing")
    page.press("#search input", "Enter")
    assert page.inner_text("#search-status") == "Không tìm thấy"


# Prove


def test_a_click_on_a_link_proves_it(open_page: "OpenPage") -> None:
    reader = open_page(news())
    reader.click_link("Trần Đức Lâm", "Sato Kenji")
    page = reader.page
    assert page.locator(".card").count() == 2
    card = page.locator(".card").first
    assert card.locator(".sentence").inner_text() == "Trần Đức Lâm tiếp Sato Kenji"
    text = card.inner_text()
    for part in ("15/11/2025", "trụ sở UBND thành phố", "2 nguồn độc lập", "Đã xảy ra", "Thời báo Miền Trung"):
        assert part in text
    marked = card.locator("mark").first.inner_text()
    assert marked.startswith("Chiều 15/11")
    assert marked.endswith("đang thăm Đà Nẵng.")
    assert "Ông Lâm cảm ơn" in card.locator("blockquote").first.inner_text()
    link = card.locator("figcaption a").first
    assert link.get_attribute("href") == "https://example.org/tin-001"
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_a_click_on_an_entity_shows_what_is_said_of_it(open_page: "OpenPage") -> None:
    reader = open_page(news())
    reader.click_node("Tập đoàn Sao Bắc")
    assert reader.heading() == "Tập đoàn Sao Bắc"
    panel = reader.page.locator("#panel")
    invests = panel.locator(".card.planned")
    assert "Dự kiến" in invests.inner_text()
    assert "không dưới 10 tỷ USD" in invests.inner_text()
    assert "Theo lời" in invests.inner_text()
    assert "Vương Minh" in invests.inner_text()
    denied = panel.locator(".card.negated")
    assert "Phủ nhận" in denied.inner_text()
    assert "Đỗ Thị Hoa" in denied.inner_text()
    reader.page.click("#panel .close")
    assert reader.heading() == "Toàn cảnh"


def test_figures_of_an_entity_have_their_quote(open_page: "OpenPage") -> None:
    reader = open_page(news())
    reader.find("da nang")
    reader.page.click(".quantities summary")
    assert reader.page.inner_text(".quantities mark") == "Hiện có 22 doanh nghiệp Nhật Bản hoạt động tại Đà Nẵng."


def test_modality_shows_in_the_drawing(open_page: "OpenPage") -> None:
    svg = "{http://www.w3.org/2000/svg}"
    lines = {line.find(f"{svg}title").text: line for line in open_page(news()).drawing().iter(f"{svg}line")}  # type: ignore[union-attr]
    assert lines["Sato Kenji – Trần Đức Lâm"].get("stroke-dasharray") is None
    assert lines["Tập đoàn Sao Bắc – nhà máy linh kiện Hòa Khánh"].get("stroke-dasharray") == "7 5"
    assert lines["Tập đoàn Sao Bắc – Đại học Sông Hàn"].get("stroke-dasharray") == "2 4"


# Hostile text stays text


def test_hostile_text_stays_text_everywhere(open_page: "OpenPage") -> None:
    reader = open_page(hostile())
    page = reader.page
    assert reader.names() == {text.replace("\u2028", "\u2028") for text in HOSTILE_TEXTS}
    for index, text in enumerate(HOSTILE_TEXTS):
        page = reader.open(f"#sel=kgr:p-{index}")
        assert page.locator("#panel h2").text_content() == text
        assert page.locator(".card .literal").all_text_contents()[-1] == text
        assert page.locator(".evidence mark").first.text_content() in HOSTILE_TEXTS
    for view in ("table", "timeline"):
        page = reader.open(f"#view={view}")
        assert HOSTILE_TEXTS[0] in (page.locator(f"#view-{view}").text_content() or "")
    page = reader.open("#path=kgr:p-0,kgr:p-3")
    page.fill("#search input", "onerror")
    page.wait_for_selector("#search-results [role=option]")
    assert page.locator("img, iframe, object, embed, svg [onload], script:not([id]):not(:empty)").count() == 2
    reader.check()


def test_only_web_addresses_become_links(open_page: "OpenPage") -> None:
    reader = open_page(hostile())
    page = reader.open("#sel=kgr:p-0")
    assert page.locator("#panel a").count() == 0
    assert "javascript:alert(document.domain)" in page.inner_text("#panel figcaption >> nth=0")


def test_hostile_states_are_harmless(open_page: "OpenPage") -> None:
    reader = open_page(hostile())
    for fragment in (
        "#sel=%3Cimg%20src=x%20onerror=alert(1)%3E",
        "#view=__proto__&depth=NaN&__proto__=1&constructor=2",
        "#path=a,b,c&focus=x&pins=%E0%A4%A",
        "#from=1e99&to=-5&min=9",
    ):
        reader.open(fragment)
        reader.check()


def test_hostile_text_survives_the_exports_of_the_page(open_page: "OpenPage") -> None:
    reader = open_page(hostile())
    found = {quad.triple for quad in parse(path=reader.save("turtle"), format=RdfFormat.TURTLE)}
    assert found <= {quad.triple for quad in hostile()}
    labels = {str(triple.object.value) for triple in found if str(triple.predicate).endswith("label>")}
    assert labels == set(HOSTILE_TEXTS)
    csv = reader.save("csv").read_text("utf-8-sig")
    assert "'=HYPERLINK" in csv
    assert not re.search(r'(^|,)"?[=+@]', csv, re.MULTILINE)
