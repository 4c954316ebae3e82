"""The commands: what they write, how they end, and what they say when something is wrong."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg import __version__
from kg.cli import main
from kg.exporters import FORMATS
from kg.model import Extraction
from kg.ontology import Ontology
from kg.pipeline import build
from kg.records import extraction_to_record, write_record

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Calls `kg` in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def graph(extractions: tuple[Extraction, ...], ontology: Ontology, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graph")
    build(extractions, folder, ontology=ontology)
    return folder / "graph.ttl"


@pytest.fixture
def news(root: Path, tmp_path: Path) -> Path:
    """Two good articles and a bad one."""
    folder = tmp_path / "news"
    folder.mkdir()
    for name in ("mua-ban", "nha-may"):
        shutil.copy(root / f"tests/gold/articles/{name}.txt", folder)
    (folder / "hong.txt").write_bytes(b"D\xf2ng")
    return folder


def test_version_and_help(run: Run) -> None:
    assert run("--version").output == f"kg, version {__version__}\n"
    for command in main.commands:
        result = run(command, "--help")
        assert result.exit_code == 0
        assert "Usage: main" in result.output


def test_build_reports_counts_and_where_to_look(run: Run, news: Path, tmp_path: Path) -> None:
    (news / "hong.txt").unlink()
    result = run("build", news, "-o", "out", "--fast")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("2 articles, ")
    assert "Company" in result.stdout
    assert "asserted" in result.stdout
    assert "out/graph.html" in result.stdout
    assert (tmp_path / "out/graph.ttl").exists()


def test_one_bad_article_is_reported_and_the_others_are_built(run: Run, news: Path, tmp_path: Path) -> None:
    result = run("build", news, "-o", "out", "--fast")
    assert result.exit_code == 1
    assert result.stderr == f"kg: {news}/hong.txt:1: not UTF-8. Save it as UTF-8 (for instance with iconv).\n"
    assert "1 article could not be read" in result.stdout
    assert (tmp_path / "out/graph.ttl").exists()


def test_nothing_is_written_when_no_article_can_be_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    assert run("build", "a.txt", "-o", "out").exit_code == 1
    assert not (tmp_path / "out").exists()


def test_the_default_is_seeds(run: Run) -> None:
    result = run("build")
    assert result.exit_code == 1
    assert result.stderr.startswith("kg: seeds: no such file or folder.")


def test_extract_writes_records_with_exact_quotes(run: Run, root: Path) -> None:
    articles = root / "tests/gold/articles"
    result = run("extract", articles / "mua-ban.txt", articles / "nha-may.txt")
    assert result.exit_code == 0, result.output
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [record["id"] for record in records] == ["mua-ban", "nha-may"]
    for record in records:
        text = (articles / f"{record['id']}.txt").read_text("utf-8")
        assert record["statements"]
        assert all(quote in text for statement in record["statements"] for quote in statement["evidence"])


RESCUE = """
@prefix kg: <https://w3id.org/vi-news-kg/ontology#> .
@prefix my: <https://example.org/my#> .
@prefix ontolex: <http://www.w3.org/ns/lemon/ontolex#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix synsem: <http://www.w3.org/ns/lemon/synsem#> .
my:trained a kg:Relation, owl:ObjectProperty ; rdfs:label "huấn luyện"@vi, "trained"@en ;
    schema:domainIncludes kg:Agent ; schema:rangeIncludes kg:Agent .
my:v a ontolex:LexicalEntry ; ontolex:denotes my:trained ; synsem:synBehavior kg:Transitive ;
    ontolex:lexicalForm [ ontolex:writtenRep "huấn luyện"@vi, "kèm cặp"@vi ] .
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ông Trần Văn Long huấn luyện bà Lý Thị Hoa.", ("Trần Văn Long", "Lý Thị Hoa", "asserted")),
        ("Bà Lý Thị Hoa được ông Trần Văn Long kèm cặp.", ("Trần Văn Long", "Lý Thị Hoa", "asserted")),
        ("Ông Trần Văn Long sẽ huấn luyện bà Lý Thị Hoa.", ("Trần Văn Long", "Lý Thị Hoa", "planned")),
        ("Ông Trần Văn Long không huấn luyện bà Lý Thị Hoa.", ("Trần Văn Long", "Lý Thị Hoa", "negated")),
        ("Ông Trần Văn Long nói về bà Lý Thị Hoa.", None),
    ],
)
def test_a_relation_of_the_users_own_is_extracted(
    run: Run, tmp_path: Path, text: str, expected: tuple[str, str, str] | None
) -> None:
    (tmp_path / "my.ttl").write_text(RESCUE, "utf-8")
    (tmp_path / "a.txt").write_text(text, "utf-8")
    result = run("extract", "a.txt", "--ontology", "my.ttl")
    assert result.exit_code == 0, result.output
    record = json.loads(result.stdout)
    names = {entity["id"]: entity["name"] for entity in record["entities"]}
    found = [(names[s["s"]], names[s["o"]], s["modality"]) for s in record["statements"] if s["p"] == "trained"]
    assert found == ([expected] if expected else [])


@pytest.mark.parametrize("name", FORMATS)
def test_export_writes_beside_the_graph_or_where_it_is_told(run: Run, graph: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / f"out{FORMATS[name].suffix}"
    result = run("export", graph, "-f", name, "-o", target)
    assert result.exit_code == 0, result.output
    assert result.stdout == f"Wrote {target}.\n"
    assert run("export", graph, "-f", name, "-o", "-").stdout_bytes == target.read_bytes()


def test_export_does_not_overwrite_its_own_graph(run: Run, graph: Path) -> None:
    result = run("export", graph, "-f", "turtle")
    assert result.exit_code == 2
    assert "is the graph itself" in result.stderr


def test_export_says_what_cannot_be_written(run: Run, graph: Path) -> None:
    result = run("export", graph, "-f", "gexf", "-o", "nowhere/graph.gexf")
    assert result.exit_code == 1
    assert "nowhere/graph.gexf: cannot be written" in result.stderr


QUERY = "SELECT ?a ?b { ?x kg:received ?y . ?x rdfs:label ?a . ?y rdfs:label ?b }"


def test_query_answers_in_each_form(run: Run, graph: Path, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text(QUERY, "utf-8")
    assert run("query", graph, QUERY, "-f", "csv").stdout == "a,b\nLê Thị Mai,John Carter\n"
    assert run("query", graph, "-q", "q.rq", "-f", "tsv").stdout == '?a\t?b\n"Lê Thị Mai"@vi\t"John Carter"@vi\n'
    assert json.loads(run("query", graph, QUERY, "-f", "json").stdout)["head"] == {"vars": ["a", "b"]}
    table = run("query", graph, QUERY).stdout
    assert [line.split() for line in table.splitlines()][2:] == [["Lê", "Thị", "Mai", "John", "Carter"], ["1", "row"]]
    assert run("query", graph, "ASK { ?x kg:received ?y }").stdout == "true\n"


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["query", "GRAPH"], 2, "Give one query"),
        (["query", "GRAPH", "ASK {}", "-q", "q.rq"], 2, "Give one query"),
        (["query", "GRAPH", "-q", "q.rq"], 1, "q.rq: cannot be read"),
        (["query", "GRAPH", "SELECT"], 1, "Not SPARQL"),
        (["query", "nowhere.ttl", "ASK {}"], 1, "nowhere.ttl: no such file"),
        (["validate", "nowhere.ttl"], 1, "nowhere.ttl: no such file"),
        (["build", "seeds", "--fast", "--engine", "accurate"], 2, "contradict"),
        (["build", "seeds", "--base-iri", "no iri"], 2, "is no IRI"),
        (["build", "seeds", "--base-iri", "https://example.org/x"], 2, "must end in"),
        (["build", "seeds", "--ontology", "nowhere.ttl"], 2, "nowhere.ttl: no such file"),
        (["evaluate", "nowhere.jsonl", "nowhere.jsonl"], 1, "nowhere.jsonl: cannot be read"),
        (["export", "GRAPH", "-f", "docx"], 2, "docx"),
    ],
)
def test_wrong_use_is_explained(run: Run, graph: Path, arguments: list[str], status: int, message: str) -> None:
    result = run(*(graph if argument == "GRAPH" else argument for argument in arguments))
    assert result.exit_code == status, result.output
    assert message in result.stderr
    assert "Traceback" not in result.output


def test_validate_says_yes_or_what_is_broken(run: Run, graph: Path, tmp_path: Path) -> None:
    result = run("validate", graph)
    assert (result.exit_code, result.stdout) == (0, f"{graph} keeps all promises.\n")
    damaged = tmp_path / "damaged.ttl"
    damaged.write_text(graph.read_text("utf-8").replace("kg:modality kg:planned", "kg:modality kg:asserted"), "utf-8")
    result = run("validate", damaged)
    assert result.exit_code == 1
    assert "An asserted statement has its plain triple. Broken 1 time:" in result.stdout


def test_evaluate_shows_figures_and_faults(run: Run, tmp_path: Path, extractions: tuple[Extraction, ...]) -> None:
    lines = [write_record(extraction_to_record(extraction)) for extraction in extractions]
    (tmp_path / "gold.jsonl").write_text("\n".join(lines), "utf-8")
    (tmp_path / "pred.jsonl").write_text(lines[0].replace("received", "praised"), "utf-8")
    result = run("evaluate", "gold.jsonl", "pred.jsonl", "--errors", 1)
    assert result.exit_code == 0, result.output
    assert "2 articles, 1 without a prediction" in result.stdout
    assert "Missed received (2)" in result.stdout
    assert "Lê Thị Mai —praised→ John Carter" in result.stdout
    figures = json.loads(run("evaluate", "gold.jsonl", "gold.jsonl", "--json").stdout)
    assert figures["statement"]["f1"] == 1
