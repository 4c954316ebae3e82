"""The way from articles to files: the same with any number of processes, and whole or not at all."""

import errno
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from kg import pipeline
from kg.articles import read_articles
from kg.errors import KgError
from kg.exporters import html
from kg.graph import read_graph
from kg.model import Article, Extraction
from kg.ontology import Ontology
from kg.validation import validate
from kg.view import GraphView


@pytest.fixture(scope="module")
def articles(root: Path) -> list[Article]:
    return list(read_articles([root / "tests/gold/articles"]))


def test_the_number_of_workers_does_not_matter(articles: list[Article], ontology: Ontology) -> None:
    many = [replace(article, id=f"{article.id}-{n}") for n in range(3) for article in articles]
    assert len(many) > 2 * pipeline.BATCH
    alone, together = (
        list(pipeline.extract_articles(many, ontology=ontology, engine="fast", workers=workers)) for workers in (1, 2)
    )
    assert [extraction.article for extraction in alone] == many
    assert together == alone


def test_an_article_says_the_same_whatever_comes_before_it(articles: list[Article], ontology: Ontology) -> None:
    one, *others = articles[:4]
    first = pipeline.extract_article(one, ontology=ontology)
    for article in others:
        pipeline.extract_article(article, ontology=ontology)
    assert pipeline.extract_article(one, ontology=ontology) == first


def test_articles_are_taken_as_they_are_needed(articles: list[Article], ontology: Ontology) -> None:
    taken = []

    def stream() -> Iterator[Article]:
        for n in range(10_000):
            taken.append(n)
            yield replace(articles[0], id=str(n), text="Không có gì.")

    next(pipeline.extract_articles(stream(), ontology=ontology, engine="fast", workers=1))
    assert len(taken) <= pipeline.BATCH + 1


def test_a_build_writes_its_files_and_counts_what_is_in_them(
    extractions: tuple[Extraction, ...], ontology: Ontology, tmp_path: Path
) -> None:
    build = pipeline.build(extractions, tmp_path / "new/folder", ontology=ontology)
    assert sorted(file.name for file in (tmp_path / "new/folder").iterdir()) == [
        "doubts.csv",
        "graph.gexf",
        "graph.html",
        "graph.ttl",
        "identity.jsonl",
        "left_out.csv",
        "statements.jsonl",
    ]
    assert build.articles == 2
    # The third area is Đà Nẵng, which Quảng Nam has been part of since July 2025.
    assert build.entities == {"Person": 2, "Company": 2, "AdministrativeArea": 3}
    assert build.statements["invests_in", "planned"] == 1
    assert build.statements.total() == 5
    lines = (tmp_path / "new/folder/statements.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["cang", "hoi-cho"]
    assert validate(read_graph(tmp_path / "new/folder/graph.ttl"), ontology) == ()


def test_the_same_articles_give_the_same_bytes_in_any_order(
    extractions: tuple[Extraction, ...], ontology: Ontology, tmp_path: Path
) -> None:
    for name, order in (("one", extractions), ("other", extractions[::-1])):
        pipeline.build(order, tmp_path / name, ontology=ontology)
    for file in pipeline.OUTPUTS[:3]:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "other" / file).read_bytes()


def test_a_folder_that_cannot_be_made_is_named(
    extractions: tuple[Extraction, ...], ontology: Ontology, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(KgError, match="cannot be made a folder"):
        pipeline.build(extractions, tmp_path / "file/output", ontology=ontology)


def test_a_build_that_fails_leaves_the_former_files_whole(
    extractions: tuple[Extraction, ...], ontology: Ontology, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.build(extractions, tmp_path, ontology=ontology)
    former = {file.name: file.read_bytes() for file in tmp_path.iterdir()}

    def run_out_of_space(view: GraphView, path: Path, ontology: Ontology, prefixes: Mapping[str, str]) -> None:
        path.write_text("half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(html, "write_view", run_out_of_space)
    with pytest.raises(KgError, match=r"graph\.html: cannot be written \(No space left on device\)"):
        pipeline.build(extractions[:1], tmp_path, ontology=ontology)
    now = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert now.pop("graph.ttl") != former.pop("graph.ttl"), "it was written before the disk was full"
    assert now == former
