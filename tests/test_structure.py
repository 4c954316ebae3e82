"""The shape of the program: imports point one way, files stay small, only the command line prints."""

import ast
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = {
    ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file
    for file in sorted((ROOT / "kg").rglob("*.py"))
}

# A module imports from its own layer and from those before it.
LAYERS = (
    ("kg.errors",),
    ("kg.model",),
    ("kg.text", "kg.ontology", "kg.gazetteer", "kg.turtle"),
    ("kg.recognition", "kg.articles", "kg.webpages", "kg.records"),
    ("kg.annotation", "kg.extractors", "kg.evaluation", "kg.resolution"),
    ("kg.disagreements", "kg.sayings"),
    ("kg.blocks",),
    ("kg.graph",),
    ("kg.view", "kg.layout", "kg.query", "kg.validation", "kg.changes", "kg.review"),
    ("kg.exporters",),
    ("kg.training", "kg.executors", "kg.store"),
    ("kg.state",),
    ("kg.pipeline",),
    ("kg.building",),
    ("kg.reports",),
    ("kg.commands",),
    ("kg.cli",),
    ("kg.__main__",),
)

EXPORTERS_MUST_NOT_KNOW = ("kg.articles", "kg.webpages", "kg.text", "kg.recognition", "kg.annotation", "kg.extractors")


def layer(module: str) -> int:
    for number, names in enumerate(LAYERS):
        if any(module == name or module.startswith(name + ".") for name in names):
            return number
    raise AssertionError(f"{module} has no layer: add it to LAYERS")


def imports(file: Path, *, when_loaded: bool = False) -> set[str]:
    """The modules of the program that `file` imports, wherever in it, or only those it needs to be loaded."""
    found = set()
    tree = ast.parse(file.read_text("utf-8"))
    for node in tree.body if when_loaded else ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{file}: relative import"
            found |= {
                full if (full := f"{node.module}.{alias.name}") in MODULES else node.module for alias in node.names
            }
    return {name for name in found if name.startswith("kg.")}


@pytest.mark.parametrize("module", [module for module in MODULES if module != "kg"])
def test_imports_point_one_way(module: str) -> None:
    wrong = {name for name in imports(MODULES[module]) if layer(name) > layer(module)}
    assert wrong == set()


@pytest.mark.parametrize("module", [m for m in MODULES if m.startswith(("kg.exporters", "kg.view", "kg.layout"))])
def test_exporters_know_neither_articles_nor_vietnamese(module: str) -> None:
    wrong = {name for name in imports(MODULES[module]) if name.startswith(EXPORTERS_MUST_NOT_KNOW)}
    assert wrong == set()


def test_no_module_imports_itself_in_a_circle() -> None:
    graph = {module: imports(file, when_loaded=True) for module, file in MODULES.items()}

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " → ".join([*path, module])
        for name in sorted(graph.get(module, ())):
            visit(name, (*path, module))

    for module in graph:
        visit(module, ())


@pytest.mark.parametrize("file", sorted([*ROOT.glob("kg/**/*.py"), *ROOT.glob("tests/**/*.py")]), ids=str)
def test_files_are_small(file: Path) -> None:
    assert len(file.read_text("utf-8").splitlines()) <= 500


@pytest.mark.parametrize("module", [module for module in MODULES if not module.startswith(("kg.cli", "kg.commands"))])
def test_only_the_command_line_prints(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text("utf-8"))
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert calls & {"print", "click.echo", "sys.stdout.write", "sys.stderr.write"} == set()


HEAVY = (
    "rdflib",
    "pyshacl",
    "numpy",
    "networkx",
    "onnxruntime",
    "tokenizers",
    "trafilatura",
    "torch",
    "pyvis",
    "rich",
    "distributed",
    "watchfiles",
    "sqlite3",
)


def test_help_loads_nothing_heavy_and_answers_at_once() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "kg", "--help"]
    started = time.perf_counter()
    result = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    seconds = time.perf_counter() - started
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in result.stderr.splitlines()}
    assert loaded & set(HEAVY) == set()
    assert "build" in result.stdout
    assert seconds < 2, "0.5 s on a quiet machine"
