"""The store: what goes in comes out, one writer at a time, and each fault is named with its remedy."""

import os
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.model import Article, Entity, Extraction, Quantity, Span, Statement
from kg.ontology import Ontology
from kg.store import Archive, Settings, open_archive, read_settings
from kg.store.archive import Changes, is_busy, set_aside
from kg.store.packing import key_of, pack, unpack
from kg.store.settings import write_settings
from kg.store.version import extractor_version

TEXT = st.text(max_size=12)
SPANS = st.builds(Span, st.integers(0, 99), st.integers(0, 99))
STATEMENTS = st.builds(
    Statement,
    TEXT,
    TEXT,
    TEXT,
    st.lists(SPANS, min_size=1, max_size=3).map(tuple),
    said_by=st.none() | TEXT,
    date=st.none() | TEXT,
    qualifiers=st.dictionaries(TEXT, TEXT, max_size=2),
    amount=st.none() | st.tuples(st.floats(allow_nan=False), TEXT),
    confidence=st.floats(0, 1),
    extractor=TEXT,
)
EXTRACTIONS = st.builds(
    Extraction,
    st.builds(Article, TEXT, TEXT, date=st.none() | TEXT, url=st.none() | TEXT),
    st.lists(st.builds(Entity, TEXT, TEXT, TEXT, st.lists(TEXT, max_size=2).map(tuple)), max_size=3).map(tuple),
    st.lists(STATEMENTS, max_size=3).map(tuple),
    st.lists(st.builds(Quantity, TEXT, st.floats(allow_nan=False), TEXT, st.integers(), TEXT, SPANS), max_size=2).map(
        tuple
    ),
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "out") as archive:
        yield archive


def fill(archive: Archive, extractions: tuple[Extraction, ...]) -> dict[str, bytes]:
    rows = [(key_of(extraction.article, "v1"), extraction) for extraction in extractions]
    archive.put(rows)
    return {extraction.article.id: key for key, extraction in rows}


@given(EXTRACTIONS)
def test_an_extraction_comes_out_as_it_went_in(extraction: Extraction) -> None:
    assert unpack(pack(extraction)) == extraction


def test_the_key_depends_on_all_content_and_on_the_version() -> None:
    article = Article("a", "Chữ.", "2025-01-02", "Chữ", "Báo", "https://a.example")
    others = [replace(article, **{name: "khác"}) for name in ("id", "text", "date", "title", "outlet", "url")]
    keys = [key_of(article, "v1"), key_of(article, "v2"), *(key_of(other, "v1") for other in others)]
    assert len(set(keys)) == len(keys)
    assert key_of(replace(article), "v1") == keys[0]


def test_the_version_tells_engines_and_ontologies_apart(ontology: Ontology, tmp_path: Path) -> None:
    own = tmp_path / "my.ttl"
    own.write_text("", "utf-8")
    more = replace(ontology, files=(*ontology.files, own))
    versions = {extractor_version(ontology, "fast"), extractor_version(ontology, "accurate")}
    assert len(versions | {extractor_version(more, "fast")}) == 3


def test_articles_come_by_id_and_only_when_listed(archive: Archive, extractions: tuple[Extraction, ...]) -> None:
    ids = fill(archive, extractions)
    assert list(archive) == []
    assert archive.replace(ids) == Changes(new=2)
    assert [extraction.article.id for extraction in archive] == ["cang", "hoi-cho"]
    assert sorted(archive, key=lambda e: e.article.id) == sorted(extractions, key=lambda e: e.article.id)
    assert len(archive) == 2


def test_a_result_that_no_article_has_goes_when_the_list_changes(
    archive: Archive, extractions: tuple[Extraction, ...]
) -> None:
    ids = fill(archive, extractions)
    archive.replace(ids)
    assert archive.replace({"cang": ids["cang"]}) == Changes(gone=1)
    assert archive.has(ids["cang"])
    assert not archive.has(ids["hoi-cho"])


def test_results_are_there_before_the_list_and_after_the_process(
    extractions: tuple[Extraction, ...], tmp_path: Path
) -> None:
    with open_archive(tmp_path) as archive:
        ids = fill(archive, extractions)
    with open_archive(tmp_path) as archive:
        assert len(archive) == 0
        assert all(archive.has(key) for key in ids.values())


def test_a_second_writer_is_told_and_the_death_of_the_first_frees_the_lock(tmp_path: Path) -> None:
    code = f"""
        import time
        from pathlib import Path
        from kg.store import open_archive
        with open_archive(Path({str(tmp_path)!r})):
            print("held", flush=True)
            time.sleep(600)
    """
    with subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert is_busy(tmp_path)
        with pytest.raises(StoreError, match="another kg is writing there"), open_archive(tmp_path):
            pass
        holder.kill()
        holder.wait()
    assert not is_busy(tmp_path)
    with open_archive(tmp_path) as archive:
        assert len(archive) == 0


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="the system lets root write anywhere")
def test_a_read_only_folder_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="cannot be made a folder"), open_archive(tmp_path / "out"):
        pass


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(StoreError, match="cannot be made a folder"), open_archive(tmp_path / "out"):
        pass


def test_a_full_disk_keeps_what_was_finished(archive: Archive, extractions: tuple[Extraction, ...]) -> None:
    ids = fill(archive, extractions[:1])
    # SQLite's own limit on a file's pages stands for the disk: it fails with the same error.
    archive._connection.execute("PRAGMA max_page_count = 1")
    long = [replace(extractions[1], article=Article(str(n), os.urandom(4000).hex())) for n in range(20)]
    with pytest.raises(StoreError, match="the disk is full"):
        fill(archive, tuple(long))
    assert all(archive.has(key) for key in ids.values())
    assert not archive.has(key_of(long[0].article, "v1"))


def damage_file(file: Path) -> None:
    file.write_bytes(b"\0" * 4096 + file.read_bytes()[4096:])


def damage_row(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE results SET pack = substr(pack, 1, 40)")


def lose_row(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DELETE FROM results")


@pytest.mark.parametrize("damage", [damage_file, damage_row, lose_row])
def test_damage_is_named_and_set_aside_whole(
    extractions: tuple[Extraction, ...], tmp_path: Path, damage: object
) -> None:
    with open_archive(tmp_path) as archive:
        archive.replace(fill(archive, extractions))
        file = archive.file
    assert callable(damage)
    damage(file)
    former = file.read_bytes()
    with pytest.raises(StoreError, match="kg rebuild") as caught, open_archive(tmp_path) as archive:
        archive.check()
    assert caught.value.damaged
    assert set_aside(tmp_path).read_bytes() == former
    with open_archive(tmp_path) as archive:
        assert len(archive) == 0


def test_settings_come_back_or_are_asked_for(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Begin one: kg build"):
        read_settings(tmp_path)
    settings = Settings("fast", "https://a.example/", ("/a.ttl",), ("/tin",), ("bài",))
    (tmp_path / ".kg").mkdir()
    write_settings(tmp_path, settings)
    assert read_settings(tmp_path) == settings
    (tmp_path / ".kg/archive.json").write_text("{}", "utf-8")
    with pytest.raises(StoreError, match="not an archive's settings"):
        read_settings(tmp_path)
