"""A build on a Dask cluster of real processes: the same bytes as on one machine, though a worker dies in the middle."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.articles import read_articles
from kg.cli import main

pytest.importorskip("distributed", reason="clusters are an optional extra")
ROOT = Path(__file__).parents[1]
Process = subprocess.Popen[bytes]


def start(stack: ExitStack, *arguments: str) -> Process:
    command = [sys.executable, "-m", *arguments]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    stack.callback(process.wait)
    stack.callback(process.kill)
    return process


@pytest.fixture
def cluster() -> Iterator[tuple[str, list[Process]]]:
    """The address of a scheduler, and its two workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    with ExitStack() as stack:
        place = ("--host", "127.0.0.1", "--no-dashboard")
        start(stack, "distributed.cli.dask_scheduler", "--port", str(port), *place)
        worker = ("distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", *place)
        yield address, [start(stack, *worker) for _ in range(2)]


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_gives_the_bytes_of_a_local_build(
    cluster: tuple[str, list[Process]], tmp_path: Path
) -> None:
    articles = list(read_articles([ROOT / "tests/gold/articles"]))
    many = [replace(article, id=f"{article.id}-{n}") for n in range(8) for article in articles]
    rows = [json.dumps({"id": a.id, "text": a.text, "date": a.date}, ensure_ascii=False) for a in many]
    news = tmp_path / "news.jsonl"
    news.write_text("\n".join(rows) + "\n", "utf-8")
    address, workers = cluster
    command = ["build", str(news), "--fast", "-o", str(tmp_path / "cluster"), "--executor", "dask"]
    build = subprocess.Popen([sys.executable, "-m", "kg", *command, "--scheduler", address], cwd=ROOT)
    store = tmp_path / "cluster/.kg/store.sqlite-wal"
    end = time.monotonic() + 240
    # The first results are written while later batches are still with the workers.
    while build.poll() is None and not (store.exists() and store.stat().st_size > 50_000):
        assert time.monotonic() < end
        time.sleep(0.01)
    assert build.poll() is None, "the build was done before a worker could be killed"
    workers[0].kill()
    assert build.wait(timeout=300) == 0
    result = CliRunner().invoke(main, ["build", str(news), "--fast", "-o", str(tmp_path / "local"), "--workers", "1"])
    assert result.exit_code == 0, result.output
    for name in ("graph.gexf", "graph.html", "graph.ttl", "statements.jsonl"):
        assert (tmp_path / "cluster" / name).read_bytes() == (tmp_path / "local" / name).read_bytes()


def test_an_absent_scheduler_is_named(tmp_path: Path) -> None:
    arguments = ["build", str(ROOT / "tests/gold/articles/mua-ban.txt"), "-o", str(tmp_path / "out"), "--fast"]
    result = CliRunner().invoke(main, [*arguments, "--executor", "dask", "--scheduler", "nonsense://x"])
    assert result.exit_code == 2, result.output
    assert "no Dask scheduler answers there" in result.stderr
