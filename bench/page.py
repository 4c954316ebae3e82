"""The reader's page beside stock pyvis output of the same graph, in headless Chromium without a GPU.

    python bench/page.py [--sizes 200 2000 20000] [--limit 60]

For each size: seconds until the page is drawn and answers (ten frames in a row under 100 ms), frames per second while
the graph is dragged about, the size of the file beside that of the data in it, and seconds to find by its name the
least important entity that is not drawn, and to draw what is around it. Stock pyvis gets the same nodes, links and
titles; it is given up after `--limit` seconds.
"""

import argparse
import re
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from shutil import which

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as Late
from pyvis.network import Network

from kg.exporters.html import MAX_NODES, block_json, to_html
from kg.exporters.namespaces import prefixes_of
from kg.exporters.page_data import page_data
from kg.ontology import load_ontology
from kg.view import GraphView, read_view
from tests.browser import FLAGS
from tests.page_fixtures import large

READY = """
let last = performance.now(), quick = 0;
requestAnimationFrame(function look(now) {
    quick = now - last < 100 && document.querySelector('canvas') ? quick + 1 : 0;
    last = now;
    if (quick >= 10) document.documentElement.dataset.answersAt = now; else requestAnimationFrame(look);
});
"""
FRAMES = """
() => {
    window.ticks = [];
    window.counting = true;
    requestAnimationFrame(function tick(now) {
        window.ticks.push(now);
        if (window.counting) requestAnimationFrame(tick);
    });
}
"""
SECONDS_OF_DRAG = 3.0
HEADS = (
    ("entities", 9),
    ("links", 6),
    ("page", 6),
    ("ready s", 8),
    ("frames/s", 9),
    ("reach s", 8),
    ("MB", 6),
    ("file/data", 9),
    ("write s", 8),
)


@dataclass(frozen=True, slots=True)
class Measure:
    """`ready` and `frames` are None where the page did not answer, `reach` also where nothing is left to reach."""

    ready: float | None
    frames: float | None
    reach: float | None
    bytes: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="*", type=int, default=[200, 2000, 20000])
    parser.add_argument("--limit", type=float, default=60)
    options = parser.parse_args()
    path = which("chromium") or which("chromium-browser") or which("google-chrome")
    print(*(f"{name:>{width}}" for name, width in HEADS))
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for size in options.sizes:
            _compare(browser, size, Path(folder), options.limit)
        browser.close()


def _compare(browser: Browser, size: int, folder: Path, limit: float) -> None:
    store, ontology = large(size, 3 * size), load_ontology()
    view = read_view(store, ontology)
    start = time.perf_counter()
    data = page_data(view, ontology, prefixes_of(store), max_nodes=MAX_NODES)
    ours = folder / "ours.html"
    ours.write_text(to_html(data), encoding="utf-8")
    seconds = time.perf_counter() - start
    linked = {statement.subject for statement in view.statements if statement.object}
    undrawn = [entity.label for entity in data.entities[data.drawn :] if entity.iri in linked]
    sought = undrawn[-1] if undrawn else None
    ratio = ours.stat().st_size / len(block_json(data.json).encode())
    _report(
        size,
        len(view.statements),
        "kg",
        _measure(browser, ours, limit, sought),
        f"{ratio:9.2f} {seconds:8.1f}",
    )
    stock = folder / "stock.html"
    _write_stock(view, stock)
    _report(size, len(view.statements), "pyvis", _measure(browser, stock, limit), "")


def _write_stock(view: GraphView, path: Path) -> None:
    network = Network(height="750px", directed=True, cdn_resources="in_line")
    for entity in view.entities:
        network.add_node(entity.iri, label=entity.label, title=entity.type)
    for statement in view.statements:
        if statement.object:
            quotes = "\n".join(quote.quote for quote in statement.evidence)
            network.add_edge(statement.subject, statement.object, label=statement.relation, title=quotes)
    path.write_text(network.generate_html(), encoding="utf-8")


def _measure(browser: Browser, file: Path, limit: float, sought: str | None = None) -> Measure:
    context = browser.new_context(viewport={"width": 1400, "height": 900}, offline=True)
    page = context.new_page()
    page.add_init_script(READY)
    try:
        page.goto(file.as_uri(), wait_until="commit", timeout=limit * 1000)
        page.wait_for_selector("html[data-answers-at]", timeout=limit * 1000)
        ready = float(page.get_attribute("html", "data-answers-at") or 0) / 1000
        frames = _drag(page)
        reach = None if sought is None else _reach(page, sought)
    except Late:
        return Measure(None, None, None, file.stat().st_size)
    finally:
        context.close()
    return Measure(ready, frames, reach, file.stat().st_size)


def _drag(page: Page) -> float:
    """Frames per second while the graph follows the mouse."""
    box = page.locator("canvas").first.bounding_box()
    assert box is not None
    x, y = box["x"] + 8, box["y"] + box["height"] - 90
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(FRAMES)
    end = time.perf_counter() + SECONDS_OF_DRAG
    step = 0
    while time.perf_counter() < end:
        step += 1
        page.mouse.move(x + step * 7 % 300, y - step * 5 % 200)
    page.evaluate("window.counting = false")
    page.mouse.up()
    times: list[float] = page.evaluate("window.ticks")
    return 1000 * (len(times) - 1) / (times[-1] - times[0])


def _reach(page: Page, name: str) -> float:
    """Seconds from typing a name to a drawing with the neighbours of its entity; the box waits 0.06 s for more keys."""
    start = time.perf_counter()
    page.fill("#search input", name)
    page.wait_for_selector("#search-results [aria-selected=true]")
    page.press("#search input", "Enter")
    before = page.get_attribute("#canvas", "aria-label")
    page.get_by_role("button", name=re.compile("^(Expand|Mở rộng)$")).click()
    page.wait_for_function("before => document.querySelector('#canvas').ariaLabel !== before", arg=before)
    return time.perf_counter() - start


def _report(size: int, links: int, name: str, measure: Measure, rest: str) -> None:
    ready = "late" if measure.ready is None else f"{measure.ready:.2f}"
    frames = "-" if measure.frames is None else f"{measure.frames:.0f}"
    reach = "-" if measure.reach is None else f"{measure.reach:.2f}"
    print(
        f"{size:9} {links:6} {name:>6} {ready:>8} {frames:>9} {reach:>8} {measure.bytes / 1e6:6.2f} {rest}", flush=True
    )


if __name__ == "__main__":
    main()
