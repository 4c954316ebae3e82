"""Archives as a person has them: killed, run twice at once, added to, taken from, mended and watched."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.articles import read_articles
from kg.cli import main
from kg.model import Article
from kg.store.lock import hold

FILES = ("doubts.csv", "graph.gexf", "graph.html", "graph.ttl", "identity.jsonl", "left_out.csv", "statements.jsonl")
KILLS = int(os.environ.get("KG_KILLS", "3"))
"""How many builds are killed. With KG_KILLS=100 KG_KILLED_ARTICLES=500 the test takes an hour."""
KILLED_ARTICLES = int(os.environ.get("KG_KILLED_ARTICLES", "48"))


def kg(*arguments: object, status: int = 0) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == status, result.output
    return result


def start(*arguments: object, start_new_session: bool = False) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    root, pipe = Path(__file__).parents[1], subprocess.PIPE
    # Jobs in the background of a shell ignore Ctrl-C, and what they start does too.
    return subprocess.Popen(
        command, stdout=pipe, stderr=pipe, text=True, cwd=root, start_new_session=start_new_session,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip


def outputs(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in FILES}


def results(folder: Path) -> set[tuple[int, bytes]]:
    """Row and key of each result that a process, alive or dead, has committed; a result that is made twice moves."""
    file = folder / ".kg/store.sqlite"
    if not file.exists():
        return set()
    with closing(sqlite3.connect(file)) as connection:
        try:
            return set(connection.execute("SELECT rowid, key FROM results"))
        except sqlite3.OperationalError:
            return set()  # killed before it had a table, or writing it now


def count_results(folder: Path) -> int:
    return len(results(folder))


@pytest.fixture(scope="module")
def news(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A JSON Lines file of articles: the ones that gold knows, under several ids."""
    articles = list(read_articles([root / "tests/gold/articles"]))
    folder = tmp_path_factory.mktemp("news")
    write_news(folder / "news.jsonl", articles, KILLED_ARTICLES)
    return folder / "news.jsonl"


def write_news(file: Path, articles: list[Article], count: int) -> None:
    lines = []
    for n in range(count):
        article = replace(articles[n % len(articles)], id=f"bai-{n:03}")
        lines.append(json.dumps({"id": article.id, "text": article.text, "date": article.date}, ensure_ascii=False))
    file.write_text("\n".join(lines) + "\n", "utf-8")


@pytest.fixture(scope="module")
def right(news: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What an undisturbed build of `news` writes."""
    folder = tmp_path_factory.mktemp("right")
    kg("build", news, "-o", folder, "--fast", "--workers", 1)
    return outputs(folder)


@pytest.fixture
def few(root: Path, tmp_path: Path) -> Path:
    """Three articles in a folder."""
    folder = tmp_path / "few"
    folder.mkdir()
    for name in ("mua-ban", "nha-may", "dai-hoc"):
        shutil.copy(root / f"tests/gold/articles/{name}.txt", folder)
    return folder


def test_killed_builds_lose_nothing_that_was_finished(news: Path, right: dict[str, bytes], tmp_path: Path) -> None:
    chance = random.Random(7)
    former: dict[str, bytes] | None = None
    for _ in range(KILLS):
        folder = tmp_path / "out"
        before = count_results(folder)
        with start("build", news, "-o", folder, "--fast", "--workers", 2, start_new_session=True) as build:
            time.sleep(chance.uniform(0.1, 8))
            build.kill()  # the process alone: its workers must find out by themselves
        assert count_results(folder) >= before
        if former is not None:
            assert outputs(folder) == former
        kg("build", news, "-o", folder, "--fast", "--workers", 1)
        assert outputs(folder) == right
        assert list(folder.glob(".*.part")) == []
        if chance.random() < 0.5:
            shutil.rmtree(folder)
            former = None
        else:
            former = right


def test_a_killed_build_goes_on_where_it_was(news: Path, right: dict[str, bytes], tmp_path: Path) -> None:
    folder = tmp_path / "out"
    with start("build", news, "-o", folder, "--fast", "--workers", 1) as build:
        wait_for(build, lambda: count_results(folder) > 0)
        build.kill()
    finished = results(folder)
    assert finished
    kg("build", news, "-o", folder, "--fast", "--workers", 1)
    assert outputs(folder) == right
    assert finished <= results(folder), "a result was made twice"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_ctrl_c_stops_cleanly_and_says_so(news: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    with start("build", news, "-o", folder, "--fast", "--workers", 2, start_new_session=True) as build:
        wait_for(build, lambda: count_results(folder) > 0)
        os.killpg(build.pid, signal.SIGINT)  # as a terminal does, to the workers too
        _, said = build.communicate(timeout=120)
    assert build.returncode == 130, said
    assert said == "kg: Stopped. What was finished is kept: the same command goes on from there.\n"
    assert not (folder / "graph.ttl").exists()


def test_a_second_build_says_so_and_stops(few: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    kg("build", few, "-o", folder, "--fast")
    former = outputs(folder)
    with hold(folder / ".kg/lock.sqlite"):
        for command in (("build", few, "--fast"), ("add", few), ("remove", "mua-ban"), ("rebuild",)):
            assert "another kg is writing there" in kg(*command, "-o", folder, status=1).stderr
        assert "a build is running" in kg("status", "-o", folder).stdout
    assert outputs(folder) == former


def test_nothing_new_writes_nothing_and_a_lost_file_is_written_again(few: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    kg("build", few, "-o", folder, "--fast")
    former, stamp = outputs(folder), (folder / "graph.ttl").stat().st_mtime_ns
    assert "Unchanged since the last build" in kg("build", few, "-o", folder, "--fast").stdout
    assert (folder / "graph.ttl").stat().st_mtime_ns == stamp
    (folder / "graph.html").unlink()
    kg("build", few, "-o", folder, "--fast")
    assert outputs(folder) == former


def test_adding_removing_and_rebuilding_give_the_bytes_of_a_fresh_build(few: Path, tmp_path: Path) -> None:
    folder, fresh = tmp_path / "out", tmp_path / "fresh"
    first, *others = sorted(few.iterdir())
    kg("build", first, "-o", folder, "--fast")
    alone = outputs(folder)
    kg("add", *others, "-o", folder)
    kg("build", few, "-o", fresh, "--fast")
    assert outputs(folder) == outputs(fresh)
    kg("rebuild", "-o", folder)
    assert outputs(folder) == outputs(fresh)
    kg("remove", *(other.stem for other in others), "-o", folder)
    assert outputs(folder) == alone
    assert "The files are up to date." in kg("status", "-o", folder).stdout


def test_an_article_that_changed_is_read_again(few: Path, tmp_path: Path) -> None:
    folder, fresh = tmp_path / "out", tmp_path / "fresh"
    kg("build", few, "-o", folder, "--fast")
    (few / "mua-ban.txt").write_text("Ông Đỗ Văn Mẫn gặp bà Hà Thị Sen tại Huế.", "utf-8")
    kg("build", few, "-o", folder, "--fast")
    kg("build", few, "-o", fresh, "--fast")
    assert outputs(folder) == outputs(fresh)
    assert "Hà Thị Sen" in (folder / "statements.jsonl").read_text("utf-8")


@pytest.mark.parametrize("whole", [True, False])
def test_rebuild_mends_a_damaged_store(few: Path, tmp_path: Path, whole: bool) -> None:
    folder = tmp_path / "out"
    kg("build", few, "-o", folder, "--fast")
    kg("remove", "nha-may", "-o", folder)
    former = outputs(folder)
    store = folder / ".kg/store.sqlite"
    store.write_bytes(b"no database" * 2000 if whole else b"\0" * 4096 + store.read_bytes()[4096:])
    assert "Mend it with: kg rebuild" in kg("add", few / "mua-ban.txt", "-o", folder, status=1).stderr
    assert outputs(folder) == former
    said = kg("rebuild", "-o", folder).stderr
    assert "It is set aside as" in said
    assert outputs(folder) == former
    assert len(list((folder / ".kg").glob("store.damaged-*.sqlite"))) == 1


@pytest.mark.parametrize("whole", [True, False])
def test_what_can_be_made_again_is_no_loss(few: Path, tmp_path: Path, whole: bool) -> None:
    folder, fresh = tmp_path / "out", tmp_path / "fresh"
    first, *others = sorted(few.iterdir())
    kg("build", first, "-o", folder, "--fast")
    file = folder / ".kg/graph.sqlite"
    if whole:
        file.write_bytes(b"no database" * 2000)
    else:
        file.unlink()
    kg("add", *others, "-o", folder)
    kg("build", few, "-o", fresh, "--fast")
    assert outputs(folder) == outputs(fresh)


def test_wrong_ids_and_absent_archives_are_explained(few: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    for command in (("remove", "x"), ("status",), ("rebuild",)):
        assert "Begin one: kg build" in kg(*command, "-o", folder, status=1).stderr
    kg("build", few, "-o", folder, "--fast")
    assert "for instance: mua-ban" in kg("remove", "mua-bam", "-o", folder, status=2).stderr
    ids = [file.stem for file in few.iterdir()]
    assert "no article would be left" in kg("remove", *ids, "-o", folder, status=2).stderr
    assert "belong together" in kg("build", few, "-o", folder, "--executor", "dask", status=2).stderr


def test_watching_adds_what_comes(few: Path, root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    kg("build", few, "-o", folder, "--fast")
    with start("watch", few, "-o", folder, "--workers", 1) as watch:
        assert watch.stdout is not None
        assert watch.stdout.readline().startswith("Watching")
        shutil.copy(root / "tests/gold/articles/vu-an.txt", few)
        wait_for(watch, lambda: b'"id": "vu-an"' in (folder / "statements.jsonl").read_bytes())
        watch.send_signal(signal.SIGINT)
        output, said = watch.communicate(timeout=60)
    assert watch.returncode == 0, said
    assert output.endswith("Stopped watching.\n")


def wait_for(process: "subprocess.Popen[str]", condition: Callable[[], bool], seconds: float = 240) -> None:
    end = time.monotonic() + seconds
    while not condition():
        if process.poll() is not None or time.monotonic() > end:
            process.kill()
            pytest.fail(f"it ended, or took too long: {process.communicate()}")
        time.sleep(0.05)
