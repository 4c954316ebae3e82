"""The reader's page: one file that opens anywhere, asks no network, and proves every edge with its sentence.

pyvis brings vis-network and fills the template; the template is ours (`page/`), because pyvis's own runs script that
is found in data and loads from a CDN. All script and style is inline and named by hash in a Content-Security-Policy
that allows nothing else; data is a JSON block that no HTML parser can leave.
"""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from markupsafe import Markup
from pyoxigraph import Store
from pyvis.network import Network

from kg.exporters.namespaces import prefixes_of
from kg.exporters.page_data import MAX_HELD, PageData, page_data
from kg.layout import PLACED
from kg.ontology import Ontology
from kg.view import GraphView, read_view

MAX_NODES = PLACED
"""Nodes drawn at first: what still pans smoothly without a graphics card (bench/page.py)."""

_PAGE = Path(__file__).parent / "page"
_LIBRARY = "lib/vis-9.1.2/vis-network.min.js"
_STYLES = ("base.css", "frame.css", "panel.css", "views.css", "print.css")
_OPTIONS = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"chosen": False, "borderWidth": 1.5, "borderWidthSelected": 1.5},
    "interaction": {"hover": False, "selectable": False, "tooltipDelay": 10_000_000, "zoomSpeed": 0.7},
}


def write(store: Store, path: Path, ontology: Ontology, *, max_nodes: int = MAX_NODES) -> None:
    """Write the page. At most `max_nodes` entities are drawn at first; search and expansion reach the others."""
    write_view(read_view(store, ontology), path, ontology, prefixes_of(store), max_nodes=max_nodes)


def write_view(
    view: GraphView, path: Path, ontology: Ontology, prefixes: Mapping[str, str], *, max_nodes: int = MAX_NODES
) -> None:
    """The same for a graph that has been read already."""
    path.write_text(to_html(page_data(view, ontology, prefixes, max_nodes=max_nodes)), encoding="utf-8")


def left_out(entities: int) -> int:
    """How many of so many entities one page cannot hold, not even for its search."""
    return max(entities - MAX_HELD, 0)


def to_html(data: PageData) -> str:
    """The whole page as text."""
    network = _network(data)
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(_PAGE), FileSystemLoader(network.template_dir)]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    library = _source(environment, _LIBRARY)
    script = bundle(_PAGE / "js" / "main.js")
    style = lean("\n".join((_PAGE / "css" / name).read_text(encoding="utf-8") for name in _STYLES))
    environment.filters["block_json"] = block_json
    environment.filters["places"] = _places
    environment.globals |= {
        "data": data.json,
        "library": Markup(library),
        "script": Markup(script),
        "style": Markup(style),
        "policy": _policy([library, script], style),
    }
    network.templateEnv = environment
    network.path = "page.html"
    html: str = network.generate_html("page.html")
    return html


def _network(data: PageData) -> Network:
    """The drawn entities as pyvis sees them: numbered as in the data, and placed."""
    network = Network(cdn_resources="in_line", directed=True)
    network.options = _OPTIONS
    for number, entity in enumerate(data.entities[: data.drawn]):
        x, y = data.positions[entity.iri]
        network.add_node(number, x=x, y=y)
    return network


def _places(nodes: list[dict[str, int]]) -> list[tuple[int, int]]:
    """Where the nodes lie, in the order of their numbers: all that the page needs of them beside its data."""
    return [(node["x"], node["y"]) for node in nodes]


def bundle(entry: Path) -> str:
    """`entry` and the modules that it imports as one script, each in a scope of its own before its first user.

    The modules are plain ES modules, one idea a file; a page that is one file cannot import, so `import` becomes
    a look into the constant that holds the other module's exports. Only `import { a, b } from "./name.js";` is known.
    """
    modules: dict[str, str] = {}
    _collect(entry, modules)
    return lean("(() => {\n'use strict';\n" + "".join(modules.values()) + "})();\n")


_FOR_AUTHORS = re.compile(r"^[ \t]*(?://.*|/\*.*\*/)?\n|^[ \t]+", re.MULTILINE)


def lean(text: str) -> str:
    """Script or style without what only its authors read: comments on lines of their own, empty lines, indentation."""
    return _FOR_AUTHORS.sub("", text)


_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./([a-z]+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?(?:function|const|class) (\w+))", re.MULTILINE)


def _collect(path: Path, modules: dict[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for _, name in _IMPORT.findall(text):
        if name not in modules:
            _collect(path.with_name(f"{name}.js"), modules)
    body = _EXPORT.sub(r"\1", _IMPORT.sub(r"const \1 = $\2;", text))
    names = ", ".join(name for _, name in _EXPORT.findall(text))
    modules[path.stem] = f"const ${path.stem} = (() => {{\n{body}return {{ {names} }};\n}})();\n"


def block_json(value: object) -> Markup:
    """JSON for a script block: no character in it can end the block or start a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


def _source(environment: Environment, name: str) -> str:
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0].replace("\r\n", "\n")


def _policy(scripts: list[str], style: str) -> str:
    """A policy that runs exactly these scripts and this style, and lets nothing out."""
    allowed = " ".join(_hash(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"
