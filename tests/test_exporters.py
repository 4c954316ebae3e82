"""Every format holds the whole graph, is the same in every run, and keeps hostile text as text."""

import csv
import io
import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, parse

from kg.exporters import FORMATS
from kg.exporters.appearance import DARK, LIGHT, appearance_of
from kg.exporters.csv import COLUMNS
from kg.graph import PROV, RDF, SCHEMA, base_of, prefixes
from kg.ontology import KG, Ontology
from tests.page_fixtures import HOSTILE_TEXTS, NEWS_FILE, hostile, news

RDF_FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
}
RDFLIB_NAMES = {"turtle": "turtle", "ntriples": "nt", "trig": "trig", "nquads": "nquads", "jsonld": "json-ld"}


def triples(store: Store) -> set[Triple]:
    return {quad.triple for quad in store}


def export(store: Store, name: str, path: Path, ontology: Ontology) -> Path:
    file = path / f"graph{FORMATS[name].suffix}"
    FORMATS[name].write(store, file, ontology)
    return file


@pytest.mark.parametrize("make", [news, hostile])
@pytest.mark.parametrize("name", RDF_FORMATS)
def test_an_rdf_format_holds_exactly_the_graph(name: str, make: object, tmp_path: Path, ontology: Ontology) -> None:
    store = news() if make is news else hostile()
    file = export(store, name, tmp_path, ontology)
    assert {quad.triple for quad in parse(path=file, format=RDF_FORMATS[name])} == triples(store)


# rdflib uses its own deprecated names when it parses datasets.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("name", RDF_FORMATS)
def test_rdflib_reads_as_many_triples(name: str, tmp_path: Path, ontology: Ontology) -> None:
    file = export(news(), name, tmp_path, ontology)
    graph = rdflib.Dataset(default_union=True)
    graph.parse(file, format=RDFLIB_NAMES[name])
    assert len({(s, p, o) for s, p, o, _ in graph.quads()}) == len(triples(news()))


@pytest.mark.parametrize("name", FORMATS)
def test_the_order_of_the_store_does_not_matter(name: str, tmp_path: Path, ontology: Ontology) -> None:
    again = Store()
    again.extend(sorted(news(), key=str, reverse=True))
    (tmp_path / "again").mkdir()
    first, second = export(news(), name, tmp_path, ontology), export(again, name, tmp_path / "again", ontology)
    assert first.read_bytes() == second.read_bytes()


WRITE_ALL = """
import sys
from pathlib import Path
from pyoxigraph import RdfFormat, Store
from kg.exporters import FORMATS
from kg.ontology import load_ontology
store = Store()
store.load(path=sys.argv[1], format=RdfFormat.TURTLE)
for name, format in FORMATS.items():
    format.write(store, Path(sys.argv[2]) / name, load_ontology())
"""


def test_runs_with_other_hash_seeds_give_the_same_bytes(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        (tmp_path / seed).mkdir()
        subprocess.run(
            [sys.executable, "-c", WRITE_ALL, str(NEWS_FILE), str(tmp_path / seed)],
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        )
    for name in FORMATS:
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes(), name


def test_listing_formats_loads_none() -> None:
    code = "import sys, kg.exporters; print(*sorted({'pyvis', 'networkx', 'pyoxigraph', 'jinja2'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == ""


def test_suffixes_tell_formats_apart() -> None:
    assert len({format.suffix for format in FORMATS.values()}) == len(FORMATS)


def test_turtle_is_for_people(tmp_path: Path, ontology: Ontology) -> None:
    text = export(news(), "turtle", tmp_path, ontology).read_text("utf-8")
    assert "@prefix kgr: <https://example.org/tin/resource/> ." in text
    assert "kgr:da-nang-06 a kg:AdministrativeArea ;" in text.replace("\n\t", " ")
    assert '"Đà Nẵng"@vi' in text


def test_an_article_has_a_named_graph_of_its_own(tmp_path: Path, ontology: Ontology) -> None:
    file = export(news(), "trig", tmp_path, ontology)
    store = Store()
    store.load(path=file, format=RdfFormat.TRIG)
    names = prefixes(base_of(store))
    second = NamedNode(names["kga"] + "a-2")
    inside = {quad.triple for quad in store.quads_for_pattern(None, None, None, second)}
    lam, sato = NamedNode(names["kgr"] + "tran-duc-lam-01"), NamedNode(names["kgr"] + "sato-kenji-02")
    received = Triple(lam, NamedNode(KG + "received"), sato)
    assert received in inside
    assert {triple.subject for triple in inside if triple.predicate == NamedNode(SCHEMA + "headline")} == {second}
    for triple in inside:
        if triple.predicate == NamedNode(KG + "article"):
            assert triple.object == second
    owned = {quad.subject for quad in store.quads_for_pattern(None, NamedNode(PROV + "wasDerivedFrom"), second, None)}
    assert owned == {t.subject for t in inside if t.predicate == NamedNode(RDF + "subject")}


def test_csv_has_one_row_for_each_quote(tmp_path: Path, ontology: Ontology) -> None:
    text = export(news(), "csv", tmp_path, ontology).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    links = list(news().quads_for_pattern(None, NamedNode(KG + "evidence"), None, None))
    quotes = [quad for quad in links if "/statement/" in quad.subject.value]  # type: ignore[union-attr]
    assert len(rows) == len(quotes)
    invests = next(row for row in rows if row["relation"] == "invests_in")
    assert (invests["subject_name"], invests["object_name"]) == ("Tập đoàn Sao Bắc", "nhà máy linh kiện Hòa Khánh")
    assert (invests["modality"], invests["said_by"]) == ("planned", "Vương Minh")
    assert invests["amount"] == "không dưới 10 tỷ USD"
    assert invests["title"] == "Sao Bắc sẽ rót vốn vào Hòa Khánh"
    assert tuple(rows[0]) == COLUMNS


def test_csv_gives_a_spreadsheet_no_formula(tmp_path: Path, ontology: Ontology) -> None:
    text = export(hostile(), "csv", tmp_path, ontology).read_text("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
    assert any(cell == "'" + HOSTILE_TEXTS[5] for cell in cells)


def test_a_format_says_when_it_cannot_write(tmp_path: Path, ontology: Ontology) -> None:
    for format in FORMATS.values():
        with pytest.raises(OSError, match="No such file"):
            format.write(news(), tmp_path / "absent" / "graph", ontology)


# Colours


def linear(colour: str) -> list[float]:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def luminance(rgb: list[float]) -> float:
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(linear(one)), luminance(linear(other))))
    return (high + 0.05) / (low + 0.05)


def lab(rgb: list[float]) -> list[float]:
    x = (0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.9505
    y = luminance(rgb)
    z = (0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.089
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)]


# Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision deficiency", 2009.
SIGHT = {
    "usual": [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}


def seen(colour: str, sight: str) -> list[float]:
    rgb = linear(colour)
    return lab([min(max(sum(a * b for a, b in zip(row, rgb, strict=True)), 0.0), 1.0) for row in SIGHT[sight]])


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_families_differ_for_every_eye(palette: dict[str, str], sight: str) -> None:
    for one, other in itertools.combinations(palette, 2):
        first, second = seen(palette[one], sight), seen(palette[other], sight)
        distance = sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) ** 0.5
        assert distance > 18, (one, other, round(distance, 1))


def test_families_stand_out_from_the_paper() -> None:
    assert all(contrast(colour, "#fffdf8") >= 3 for colour in LIGHT.values())
    assert all(contrast(colour, "#15171b") >= 3 for colour in DARK.values())


def test_no_two_classes_look_alike(ontology: Ontology) -> None:
    concrete = [name for name, term in ontology.classes.items() if not term.abstract]
    looks = [appearance_of(name, ontology) for name in concrete]
    assert len(set(looks)) == len(concrete)


def test_quads_do_not_depend_on_the_graph_they_came_in(tmp_path: Path, ontology: Ontology) -> None:
    named = Store()
    graph = NamedNode("https://example.org/g")
    named.extend(Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples(news()))
    (tmp_path / "named").mkdir()
    plain = export(news(), "turtle", tmp_path, ontology).read_bytes()
    assert export(named, "turtle", tmp_path / "named", ontology).read_bytes() == plain
