"""A page of ours in a real Chromium without a network, watched: any request, error or violation fails the test."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Download, Page, sync_playwright
from pyoxigraph import Store

from kg.exporters.html import write
from kg.ontology import Ontology

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 120_000  # milliseconds, for machines that do much else
WATCH = """
window.violations = [];
document.addEventListener('securitypolicyviolation', (event) =>
    window.violations.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample));
"""
SVG = "{http://www.w3.org/2000/svg}"


class Reader:
    """Someone who reads a page, by mouse and keyboard."""

    def __init__(self, context: BrowserContext, file: Path) -> None:
        self.address = file.as_uri()
        self.troubles: list[str] = []
        self.page = context.new_page()
        self.page.add_init_script(WATCH)
        self.page.on("request", lambda request: self._watch(request.url))
        self.page.on("console", lambda message: self.troubles.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        self.page.on("dialog", self._dismiss)
        self.open()

    def _watch(self, url: str) -> None:
        if url.partition("#")[0] != self.address and not url.startswith(("data:", "blob:")):
            self.troubles.append(f"request: {url}")

    def _dismiss(self, dialog: Dialog) -> None:
        self.troubles.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def open(self, fragment: str = "") -> Page:
        """The page anew, at a state."""
        self.page.goto("about:blank")
        self.page.goto(self.address + fragment)
        self.page.wait_for_selector("html[data-ready]")
        return self.page

    def check(self) -> None:
        """That nothing went wrong since the page was opened."""
        assert self.page.evaluate("window.violations") == []
        assert self.troubles == []

    def find(self, text: str) -> None:
        """Type into the search box and take the first result."""
        self.page.fill("#search input", text)
        self.page.wait_for_selector("#search-results [aria-selected=true]")
        self.page.press("#search input", "Enter")

    def heading(self) -> str:
        return self.page.inner_text("#panel h2")

    def save(self, name: str) -> Path:
        """Press the button of a kind of download and give the file."""
        with self.page.expect_download() as waiting:
            self.page.locator(f"[data-take={name}]:visible").click()
        download: Download = waiting.value
        return download.path()

    def drawing(self) -> ElementTree.Element:
        """The view as the SVG download draws it: its coordinates are those of the canvas."""
        return ElementTree.parse(self.save("vector")).getroot()

    def names(self) -> set[str]:
        """The entities that are on the canvas now."""
        drawing = self.drawing()
        shapes = [*drawing.iter(f"{SVG}circle"), *drawing.iter(f"{SVG}polygon")]
        return {title.text or "" for shape in shapes if (title := shape.find(f"{SVG}title")) is not None}

    def click_node(self, name: str) -> None:
        x, y = self.spot(name)
        self.page.mouse.click(*self._on_page(x, y))

    def spot(self, name: str) -> tuple[float, float]:
        """Where on the canvas an entity is drawn."""
        for shape in self.drawing().iter():
            title = shape.find(f"{SVG}title")
            if title is None or title.text != name:
                continue
            if shape.tag == f"{SVG}circle":
                return float(shape.get("cx", "")), float(shape.get("cy", ""))
            points = [tuple(map(float, pair.split(","))) for pair in shape.get("points", "").split()]
            return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)
        raise AssertionError(f"{name} is not drawn")

    def click_link(self, one: str, other: str) -> None:
        for line in self.drawing().iter(f"{SVG}line"):
            title = line.find(f"{SVG}title")
            if title is not None and title.text in (f"{one} – {other}", f"{other} – {one}"):
                x1, y1, x2, y2 = (float(line.get(name, "")) for name in ("x1", "y1", "x2", "y2"))
                self.page.mouse.click(*self._on_page(x1 + (x2 - x1) * 0.45, y1 + (y2 - y1) * 0.45))
                return
        raise AssertionError(f"no line between {one} and {other}")

    def _on_page(self, x: float, y: float) -> tuple[float, float]:
        frame = self.page.locator("#canvas").bounding_box()
        assert frame is not None
        return frame["x"] + x, frame["y"] + y

    def copied(self) -> str:
        """What the page put on the clipboard."""
        text: str = self.page.evaluate("navigator.clipboard.readText()")
        return text


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is needed: install the package chromium")
        pytest.skip("needs Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


OpenFile = Callable[[Path], Reader]


@pytest.fixture(scope="module")
def open_file(chromium: Browser) -> Iterator[OpenFile]:
    """Opens a page that several tests share; each of them calls `check` itself."""
    contexts: list[BrowserContext] = []

    def open(file: Path) -> Reader:
        context = chromium.new_context(
            viewport={"width": 1400, "height": 900},
            offline=True,
            reduced_motion="reduce",
            locale="vi-VN",
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return Reader(context, file)

    yield open
    for context in contexts:
        context.close()


OpenPage = Callable[..., Reader]


@pytest.fixture
def open_page(chromium: Browser, tmp_path: Path, ontology: Ontology) -> Iterator[OpenPage]:
    """Writes the page of a store and opens it; at the end of the test nothing may have gone wrong on any page."""
    readers: list[tuple[Reader, BrowserContext]] = []

    def open(store: Store, *, max_nodes: int = 2000, width: int = 1400, height: int = 900, **options: Any) -> Reader:
        file = tmp_path / f"graph-{len(readers)}.html"
        write(store, file, ontology, max_nodes=max_nodes)
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            offline=True,
            reduced_motion="reduce",
            permissions=["clipboard-read", "clipboard-write"],
            **({"locale": "vi-VN", "color_scheme": "light"} | options),
        )
        context.set_default_timeout(PATIENCE)
        readers.append((Reader(context, file), context))
        return readers[-1][0]

    yield open
    for reader, context in readers:
        reader.check()
        context.close()
