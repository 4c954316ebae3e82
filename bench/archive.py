"""What an archive costs: building it, adding to it, and writing it, as it grows.

    python bench/archive.py ARTICLES.jsonl[.gz]... [--articles N] [--shares 10 30 100] [--add 50] [--engine fast]

For each share of the articles a build in a fresh folder, in a process of its own, with one process for each core:
articles per second, seconds for reading articles, for what they come to together and for writing the files, peak memory
of the main process and of the largest worker, store and files on disk, triples. Then, on the largest: adding articles,
as a share of the whole build; the Turtle file against pyoxigraph alone; two processes over one, and two workers of a
Dask cluster against two processes. All in one run, so that the ratios hold on a noisy machine.
"""

import argparse
import json
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from kg.articles import read_articles


def write_articles(paths: list[Path], file: Path, skip: int, count: int) -> int:
    """Write `count` articles after the first `skip` as JSON Lines, evenly from all paths; how many there were."""
    written = 0
    with file.open("w", encoding="utf-8") as lines:
        for path in paths:
            share = slice(skip // len(paths), (skip + count) // len(paths))
            for article in islice(read_articles([path], on_error=lambda error: None), share.start, share.stop):
                record = {"id": article.id, "text": article.text, "date": article.date, "outlet": article.outlet}
                lines.write(json.dumps(record, ensure_ascii=False) + "\n")
                written += 1
    return written


def build(
    command: str, news: Path, folder: Path, engine: str, workers: int | None, scheduler: str = ""
) -> dict[str, float]:
    """One `kg build` or `kg add` in a process of its own, and what it cost."""
    options = [command, str(news), str(folder), engine, str(workers or 0), scheduler]
    result = subprocess.run(
        [sys.executable, __file__, "--one", *options], check=True, stdout=subprocess.PIPE, text=True
    )
    figures: dict[str, float] = json.loads(result.stdout.splitlines()[-1])
    return figures


def run_one(command: str, news: Path, folder: Path, engine: str, workers: int, scheduler: str) -> None:
    """What `build` runs: update, then write, with the time of each."""
    from functools import partial

    from kg import pipeline
    from kg.building import update, write_outputs
    from kg.graph import DEFAULT_BASE, read_graph
    from kg.ontology import load_ontology
    from kg.pipeline import extract_articles
    from kg.store import open_archive

    ontology = load_ontology()
    extract = partial(
        extract_articles, ontology=ontology, engine=engine, workers=workers or None, scheduler=scheduler or None
    )
    joined = [0.0]
    write_files = pipeline.write_files

    def write_then(*arguments: Any, **options: Any) -> pipeline.Build:
        joined[0] = time.perf_counter()
        return write_files(*arguments, **options)

    pipeline.write_files = write_then
    with open_archive(folder) as archive:
        start = time.perf_counter()
        update(archive, read_articles([news]), extract, ontology=ontology, engine=engine, keep=command == "add")
        read = time.perf_counter()
        if command != "read":
            write_outputs(archive, ontology=ontology, base=DEFAULT_BASE)
        end = time.perf_counter()
        memory = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        join = (joined[0] or end) - read
        figures = {
            "articles": len(archive),
            "read": read - start,
            "join": join,
            "write": end - read - join,
            "total": end - start,
        }
    if command != "read":
        figures["triples"] = len(read_graph(folder / "graph.ttl"))
    print(json.dumps(figures | {"memory": memory[0], "worker": memory[1]}))


def size(files: Iterator[Path]) -> float:
    """Megabytes of these files together."""
    return sum(file.stat().st_size for file in files) / 1e6


def compare_turtle(folder: Path) -> None:
    """The build's Turtle file, and the exporter's, against pyoxigraph's own on the same triples, best of three each."""
    from pyoxigraph import RdfFormat, serialize

    from kg import state
    from kg.building import STATE
    from kg.exporters import FORMATS
    from kg.exporters.namespaces import prefixes_of
    from kg.graph import read_graph
    from kg.ontology import load_ontology
    from kg.state.files import write_turtle

    store, ontology = read_graph(folder / "graph.ttl"), load_ontology()
    triples, prefixes = [quad.triple for quad in store], prefixes_of(store)
    part = folder / "graph.bench"

    def seconds(write: Callable[[], object]) -> float:
        times = []
        for _ in range(3):
            start = time.process_time()
            write()
            times.append(time.process_time() - start)
        return min(times)

    theirs = seconds(lambda: serialize(triples, part, RdfFormat.TURTLE, prefixes=prefixes))
    with state.read(folder / ".kg" / STATE) as graph:
        ours = seconds(lambda: write_turtle(graph, part, prefixes=prefixes))
    exporter = seconds(lambda: FORMATS["turtle"].write(store, part, ontology))
    part.unlink()
    count = len(triples)
    print(f"Turtle of {count:,} triples: pyoxigraph alone, unsorted, from a list: {count / theirs:,.0f} triples/s;")
    print(f"as a build writes it: {count / ours:,.0f}, {theirs / ours:.2f} ×;", end=" ")
    print(f"as `kg export` does: {count / exporter:,.0f}, {theirs / exporter:.2f} ×")


@contextmanager
def cluster(workers: int) -> Iterator[str]:
    """The address of a Dask scheduler with so many workers on this machine, which are ready."""
    from distributed import Client

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    place = ["--host", "127.0.0.1", "--no-dashboard"]
    worker = ["distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", *place]
    commands = [["distributed.cli.dask_scheduler", "--port", address.rpartition(":")[2], *place], *[worker] * workers]
    root, quiet = Path(__file__).parents[1], subprocess.DEVNULL
    processes: list[subprocess.Popen[bytes]] = []
    try:
        processes += (
            subprocess.Popen([sys.executable, "-m", *command], cwd=root, stdout=quiet, stderr=quiet)
            for command in commands
        )
        with Client(address, timeout=60) as client:
            client.wait_for_workers(workers)
        yield address
    finally:
        for process in processes:
            process.kill()
            process.wait()


def main() -> None:
    """Print a line for each share, then the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--shares", type=int, nargs="+", default=[10, 30, 100])
    parser.add_argument("--add", type=int, default=50)
    parser.add_argument("--engine", default="fast")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        news, folder = place / "news.jsonl", place / "out"
        whole: dict[str, float] = {}
        for share in options.shares:
            shutil.rmtree(folder, ignore_errors=True)
            write_articles(options.paths, news, 0, options.articles * share // 100)
            whole = build("build", news, folder, options.engine, None)
            print(
                f"{share:3} %: {whole['articles']:7.0f} articles, {whole['total']:7.1f} s "
                f"(reading {whole['read']:.1f}, joining {whole['join']:.1f}, writing {whole['write']:.1f}), "
                f"{whole['articles'] / whole['total']:6.1f} articles/s, memory {whole['memory']:.0f} MB "
                f"(a worker {whole['worker']:.0f}), store {size((folder / '.kg').iterdir()):.1f} MB, "
                f"files {size(folder.glob('[!.]*.*')):.1f} MB, {whole['triples']:,} triples",
                flush=True,
            )
        more = place / "more.jsonl"
        write_articles(options.paths, more, options.articles, options.add)
        added = build("add", more, folder, options.engine, None)
        print(
            f"adding {options.add}: {added['total']:.1f} s "
            f"(reading {added['read']:.1f}, joining {added['join']:.1f}, writing {added['write']:.1f}), "
            f"{100 * added['total'] / whole['total']:.1f} % of the whole build"
        )
        compare_turtle(folder)
        alone, both = (
            build("read", news, place / f"workers-{count}", options.engine, count)["read"] for count in (1, 2)
        )
        print(f"2 processes over 1, reading alone: {alone / both:.2f} ×", flush=True)
        with cluster(2) as scheduler:
            dask = build("read", news, place / "dask", options.engine, None, scheduler)["read"]
        print(f"2 Dask workers over 2 processes, reading alone: {100 * (dask / both - 1):+.0f} % time")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        kind, source, target, names, processes, address = sys.argv[2:]
        run_one(kind, Path(source), Path(target), names, int(processes), address)
    else:
        main()
