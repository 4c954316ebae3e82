"""Corrections by hand are replayed at every build, and say so when they no longer fit."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Store

from kg.changes import find_changes
from kg.cli import main
from kg.errors import InputError, OntologyError
from kg.graph import select
from kg.model import Extraction
from kg.ontology import Ontology
from kg.pipeline import assemble
from kg.resolution import Resolution
from kg.resolution.corrections import check_terms, read_corrections


@pytest.fixture
def build(tmp_path: Path, extractions: tuple[Extraction, ...], ontology: Ontology):  # type: ignore[no-untyped-def]
    def run(text: str) -> tuple[Store, Resolution]:
        file = tmp_path / "corrections.yaml"
        file.write_text(text, "utf-8")
        return assemble(extractions, ontology=ontology, corrections=read_corrections(file))

    return run


def labels(resolution: Resolution) -> set[str]:
    return {entity.label for entity in resolution.of.values()}


def test_same_rename_retype_and_pin(build) -> None:  # type: ignore[no-untyped-def]
    _, resolution = build(
        "# hai tên, một công ty\n- same: [Sao Biển, Gió Lào]\n- rename: [Gió Lào, Tập đoàn Sao Gió]\n"
        "- retype: [Sao Biển, Organization]\n- pin: Gió Lào\n"
    )
    node = next(entity for entity in resolution.entities if entity.label == "Tập đoàn Sao Gió")
    assert node.type == "Organization"
    assert node.id.startswith("gio-lao-")
    assert {"Sao Biển", "Gió Lào"} <= {form.name for form in node.forms}
    assert any(reason.endswith("corrections.yaml:2 says so") for reason in node.reasons)
    assert resolution.unapplied == ()


def test_articles_can_mean_a_namesake(build) -> None:  # type: ignore[no-untyped-def]
    _, resolution = build("- different: {node: Lê Thị Mai, articles: [cang]}\n")
    assert resolution.of["cang", "e1"].id != resolution.of["hoi-cho", "e1"].id


def test_reject_takes_a_statement_and_its_plain_triple(build) -> None:  # type: ignore[no-untyped-def]
    store, _ = build("")
    query = "SELECT ?n { ?n rdf:predicate kg:operates_in ; a kg:Statement }"
    node = next(iter(select(store, query)))["n"].value
    after, resolution = build(f"- reject: kgs:{node.rpartition('/')[2]}  # sai\n")
    assert list(select(after, query)) == []
    assert list(select(after, "SELECT ?x { ?x kg:operates_in ?y }")) == []
    assert resolution.unapplied == ()
    assert [change.kind for change in find_changes(store, after)] == ["retracted"]
    assert [change.kind for change in find_changes(after, store)] == ["new"]


def test_add_has_its_source(build) -> None:  # type: ignore[no-untyped-def]
    store, _ = build(
        "- add: {subject: Sao Biển, relation: owns, object: Gió Lào, source: 'https://news.example/9',\n"
        "        quote: Sao Biển sở hữu Gió Lào.}\n"
    )
    rows = select(
        store,
        "SELECT ?url ?q { ?s rdf:predicate kg:owns ; kg:evidence ?e . ?e kg:quote ?q ; kg:article/schema:url ?url }",
    )
    assert [(row["url"].value, row["q"].value) for row in rows] == [
        ("https://news.example/9", "Sao Biển sở hữu Gió Lào.")
    ]


def test_what_no_longer_applies_is_reported(build) -> None:  # type: ignore[no-untyped-def]
    _, resolution = build("- same: [Sao Biển, Không Có]\n- reject: kgs:0000000000000000\n")
    one, other = resolution.unapplied
    assert "corrections.yaml:1" in one
    assert "No article names Không Có" in one
    assert "corrections.yaml:2" in other


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("- same: [a]\n", 1, "2 values"),
        ("# x\n- sane: [a, b]\n", 2, "sane"),
        ("- add: {subject: a}\n", 1, "relation"),
        ("same: [a, b]\n", 1, "not a list"),
        ("- same: [a, b\n- x", 2, "YAML"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, text: str, line: int, word: str) -> None:
    file = tmp_path / "c.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(InputError, match=word) as caught:
        read_corrections(file)
    assert caught.value.line == line


def test_an_unknown_class_is_named(tmp_path: Path, ontology: Ontology) -> None:
    file = tmp_path / "c.yaml"
    file.write_text("- retype: [Sao Biển, Firm]\n", "utf-8")
    with pytest.raises(OntologyError, match="Firm"):
        check_terms(read_corrections(file), ontology)


def test_the_commands_tell_the_whole_story(tmp_path: Path) -> None:
    news = tmp_path / "news.txt"
    news.write_text(" date 2025-08-02 Sáng 1/8, Chủ tịch UBND TP.HCM Trần Minh Hải tiếp ông John Carter.", "utf-8")
    run = CliRunner().invoke
    folder = str(tmp_path / "out")
    assert run(main, ["build", str(news), "--fast", "--workers", "1", "-o", folder]).exit_code == 0
    explained = run(main, ["explain", "tran minh hai", "-o", folder])
    assert "kgr:tran-minh-hai-" in explained.output
    assert "news" in explained.output
    assert run(main, ["review", "-o", folder]).output == "Nothing is in doubt.\n"
    assert run(main, ["review", "--csv", "-o", folder]).output.startswith("score,one,")
    graph = str(tmp_path / "out" / "graph.ttl")
    assert run(main, ["diff", graph, graph]).output == "Both say the same.\n"
    assert run(main, ["explain", "Không Có Ai", "-o", folder]).exit_code == 1
