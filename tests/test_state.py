"""The state: whatever articles came and went before, it is that of a build from scratch, and the whole graph."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from kg import blocks, pipeline, state
from kg.graph import build_graph, prefixes
from kg.model import Article, Entity, Extraction, Quantity, Span, Statement
from kg.ontology import Ontology
from kg.resolution import resolve
from kg.resolution.corrections import Correction, read_corrections
from kg.sayings import Ends
from kg.state import files
from kg.state.drawing import read_drawn
from kg.state.update import update
from kg.validation import validate
from kg.view import read_view

# Names that collide: namesakes, single names, two orders, legal forms, abbreviations, acronyms, places of one name.
NAMES = (
    ("Người", "Person", ("Lê Văn Hùng", "Trần Hùng", "Hùng", "Lê Văn Hùng", "Kim Joon", "Joon Kim", "Joon", "Palmer")),
    ("Hãng", "Company", ("Gió Lào", "Công ty Gió Lào", "Tập đoàn Gió Lào", "GLG", "Sao Biển", "Công ty CP Sao Biển")),
    ("Nhà", "GovernmentBody", ("UBND TP.HCM", "Bộ Y tế", "Công an tỉnh", "Công an tỉnh Nghệ An", "BYT")),
    ("Nơi", "AdministrativeArea", ("Nghệ An", "Quảng Nam", "Châu Thành", "Đà Nẵng")),
    ("Nước", "Country", ("Lào", "Mỹ", "Hoa Kỳ")),
    ("Vật", "Place", ("Cầu Vàng", "Palmer")),
)
ALIASES = ("Gió Lào", "GLG", "Tập đoàn Gió Lào (GLG)", "Sao Biển", "Bộ", "BYT", "ông Hùng", "Bộ Y tế")
POSTS = ("Bộ trưởng", "thủ môn", "Giám đốc", "Chủ tịch")
TEXTS = (
    "Chiều nay mưa to ở nhiều nơi. Hai bên gặp nhau.",
    "Sáng nay tại bến cảng mới, hai bên ký với nhau nhiều văn bản về việc xây thêm cầu tàu cho những năm sau đó.",
    "Sáng nay tại bến cảng mới, hai bên ký với nhau nhiều văn bản về việc xây thêm cầu tàu cho những năm tới đây.",
)
ENTITIES = st.sampled_from([(name, type) for _, type, names in NAMES for name in names])


@st.composite
def told(draw: st.DrawFn, id: str) -> Extraction:
    text = draw(st.sampled_from(TEXTS))
    named = draw(st.lists(ENTITIES, min_size=1, max_size=5, unique=True))
    entities = tuple(
        Entity(f"e{number}", name, type, tuple(draw(st.lists(st.sampled_from((name, *ALIASES)), max_size=2))))
        for number, (name, type) in enumerate(named, 1)
    )
    ends = st.sampled_from([entity.id for entity in entities])
    spans = st.sampled_from([(Span(0, 20),), (Span(0, 20), Span(5, 30))])
    relation = st.sampled_from(
        ["received", "met_with", "affiliated_with", "citizen_of", "invests_in", "holds_position"]
    )
    statements = []
    for _ in range(draw(st.integers(0, 4))):
        name = draw(relation)
        statements.append(
            Statement(
                draw(ends),
                name,
                draw(st.sampled_from(POSTS)) if name == "holds_position" else draw(ends),
                draw(spans),
                draw(st.sampled_from(["asserted", "planned", "negated"])),
                draw(st.sampled_from([None, "2025", "2025-03-09", "2025-03-10"])),
                draw(st.none() | ends),
                draw(st.sampled_from([{}, {"amount": "2 tỷ"}, {"amount": "3 tỷ", "place": "Huế"}])),
                draw(st.sampled_from([None, (2e9, "đồng"), (3e9, "đồng")])),
            )
        )
    quantities = tuple(
        Quantity("20 tàu", value, "tàu", 3, draw(st.none() | ends), Span(0, 20))
        for value in draw(st.lists(st.sampled_from([20.0, 21.0]), max_size=2))
    )
    day = draw(st.sampled_from([None, "2025-03-09", "2025-03-10", "2025-08-01"]))
    return Extraction(Article(id, text, day), entities, tuple(statements), quantities)


IDS = [f"bài {number}" for number in range(7)]
ARCHIVES = st.lists(st.sampled_from(IDS), unique=True, max_size=7).flatmap(
    lambda ids: st.tuples(*map(told, sorted(ids)))
)


class Shelf:
    """Articles with keys that tell whether one has changed, as an archive has them."""

    def __init__(self, found: Sequence[Extraction]) -> None:
        self.found = {extraction.article.id: extraction for extraction in found}

    def ids(self) -> dict[str, bytes]:
        return {id: repr(extraction).encode() for id, extraction in self.found.items()}

    def some(self, ids: Iterable[str]) -> Iterator[Extraction]:
        return (self.found[id] for id in sorted(ids))


def texts(db: sqlite3.Connection, folder: Path) -> dict[str, str]:
    """All files that are copied from the state."""
    files.write_turtle(db, folder / "graph.ttl", prefixes=prefixes())
    files.write_identities(db, folder / "identity.jsonl")
    files.write_records(db, folder / "statements.jsonl")
    files.write_doubts(db, folder / "doubts.csv")
    return {file.name: file.read_text("utf-8") for file in sorted(folder.glob("*.*"))}


def check_history(
    archives: Sequence[Sequence[Extraction]], ontology: Ontology, folder: Path, corrections: Sequence[Correction] = ()
) -> None:
    """One state brought through all archives is at each of them what a new one is, and what resolution in memory is."""
    with state.open_in_memory() as db:
        for archive in archives:
            unapplied = update(db, Shelf(archive), ontology, corrections)
            now = texts(db, folder)
            with state.open_in_memory() as fresh:
                assert update(fresh, Shelf(archive), ontology, corrections) == unapplied
                assert texts(fresh, folder) == now
            resolution = resolve(archive, corrections)
            triples = {quad.triple for quad in parse(now["graph.ttl"], RdfFormat.TURTLE)}
            assert triples == set(build_graph(archive, resolution, ontology))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("state")


@given(archives=st.lists(ARCHIVES, min_size=2, max_size=4))
@settings(max_examples=20)
def test_the_state_does_not_depend_on_what_came_before(
    archives: list[tuple[Extraction, ...]], ontology: Ontology, folder: Path
) -> None:
    check_history(archives, ontology, folder)


CORRECTIONS = """
- same: [Gió Lào, Sao Biển]
- different: [GLG, Gió Lào]
- different: {node: Lê Văn Hùng, articles: [bài 1, bài 2]}
- rename: [Bộ Y tế, Bộ Y tế Việt Nam]
- retype: [Cầu Vàng, Organization]
- add: {subject: Trần Hùng, relation: received, object: Lê Văn Hùng, source: "https://a.example/1", quote: "Đã tiếp."}
"""


@given(archives=st.lists(ARCHIVES, min_size=2, max_size=3))
@settings(max_examples=10)
def test_nor_do_corrections(archives: list[tuple[Extraction, ...]], ontology: Ontology, folder: Path) -> None:
    file = folder / "corrections.yaml"
    file.write_text(CORRECTIONS, "utf-8")
    corrections = read_corrections(file)
    file.unlink()
    check_history(archives, ontology, folder, corrections)


def test_a_rejected_statement_takes_its_quote_with_it_and_comes_back(
    extractions: tuple[Extraction, ...], ontology: Ontology, tmp_path: Path
) -> None:
    with state.open_in_memory() as db:
        update(db, Shelf(extractions), ontology, ())
        (nodes,) = db.execute("SELECT nodes FROM facts WHERE relation = 'acquired'").fetchone()
    node = nodes.partition(" ")[0]
    file = tmp_path / "corrections.yaml"
    file.write_text(f"- reject: {node}\n", "utf-8")
    corrections = read_corrections(file)
    file.unlink()
    check_history([extractions[1:], extractions, extractions[1:], extractions], ontology, tmp_path, corrections)
    with state.open_in_memory() as db:
        assert update(db, Shelf(extractions), ontology, corrections) == ()
        text = texts(db, tmp_path)["graph.ttl"]
    assert node not in text
    assert "không mua lại" not in text.replace("kg:paragraph", "\n").split("kg:quote")[0]


def test_an_article_touches_only_what_it_names(ontology: Ontology, monkeypatch: pytest.MonkeyPatch) -> None:
    def tell(number: int) -> Extraction:
        """A company of its own invests in a province that all name."""
        text = f"Hãng Mây Số {number} đầu tư vào Nghệ An."
        entities = (
            Entity("e1", f"Mây Số {number}", "Company", ()),
            Entity("e2", "Nghệ An", "AdministrativeArea", ()),
        )
        return Extraction(
            Article(f"a{number:03}", text, "2025-03-09"),
            entities,
            (Statement("e1", "invests_in", "e2", (Span(0, len(text)),)),),
        )

    written: list[Ends] = []

    def write_fact(ends: Ends, *rest: Any) -> blocks.Fact:
        written.append(ends)
        return blocks.write_fact(ends, *rest)

    monkeypatch.setattr("kg.state.linking.write_fact", write_fact)
    with state.open_in_memory() as db:
        update(db, Shelf([tell(number) for number in range(60)]), ontology, ())
        assert len(written) == 60
        written.clear()
        update(db, Shelf([tell(number) for number in range(61)]), ontology, ())
    assert len(written) == 1


def test_a_part_of_the_graph_is_a_graph(extractions: tuple[Extraction, ...], ontology: Ontology) -> None:
    with state.open_in_memory() as db:
        update(db, Shelf(extractions), ontology, ())
        whole = read_view(pipeline.assemble(extractions, ontology=ontology)[0], ontology)
        assert read_view(read_drawn(db, 1000, prefixes()), ontology) == whole
        part = read_drawn(db, 3, prefixes())
    assert validate(part, ontology) == ()
    drawn = read_view(part, ontology)
    assert {entity.label for entity in drawn.entities} == {"Lê Thị Mai", "John Carter", "Sao Biển"}
    assert {statement.relation for statement in drawn.statements} == {"received", "holds_position"}
    assert [s.evidence for s in drawn.statements] == [
        s.evidence for s in whole.statements if s.relation in ("received", "holds_position")
    ]


def test_statements_are_counted_by_relation_and_modality(
    extractions: tuple[Extraction, ...], ontology: Ontology
) -> None:
    with state.open_in_memory() as db:
        update(db, Shelf(extractions), ontology, ())
        articles, _, counts = files.count(db)
    assert articles == 2
    assert counts["invests_in", "planned"] == 1
    assert counts["received", "asserted"] == 1
    assert counts.total() == 5
