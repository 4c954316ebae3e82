"""Time and memory of cross-article resolution at several sizes, and the most mentioned entities to read through.

    python bench/resolution.py NEWS.jsonl.gz CACHE.pickle 10000 50000 150000

What the articles say is extracted once, with the fast engine, into CACHE; it is extended when a size needs more.
Each size runs in a process of its own, so that its peak memory is its own. For a cost of n log n, the last column
stays about the same.
"""

import math
import multiprocessing
import pickle
import resource
import sys
import time
from collections import Counter
from itertools import islice
from pathlib import Path

from kg.articles import read_articles
from kg.model import Extraction
from kg.ontology import load_ontology
from kg.pipeline import extract_articles
from kg.resolution import Resolution, resolve

MOST = 200


def load(news: str, cache: Path, size: int) -> list[Extraction]:
    """The first `size` articles' extractions, from the cache as far as it goes."""
    known: list[Extraction] = pickle.loads(cache.read_bytes()) if cache.is_file() else []
    if len(known) < size:
        rest = islice(read_articles([news], on_error=lambda error: None), len(known), size)
        known += extract_articles(rest, ontology=load_ontology(), engine="fast")
        cache.write_bytes(pickle.dumps(known))
    return known[:size]


def measure(cache: Path, size: int, show: bool) -> None:
    """One size, in its own process."""
    extractions = pickle.loads(cache.read_bytes())[:size]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    wall, cpu = time.perf_counter(), time.process_time()
    resolution = resolve(extractions)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    mentions, count = len(resolution.of), len(extractions)
    copies = sum(source != id for id, source in resolution.sources.items())
    per = cpu / (count * math.log2(max(2, count))) * 1e6
    print(
        f"{count:>8,} articles  {mentions:>9,} mentions  {len(resolution.entities):>8,} nodes  {copies:>6,} copies  "
        f"{len(resolution.doubts):>6,} doubts  {cpu:7.1f} s CPU  {wall:7.1f} s  {peak - before:6,.0f} MB more  "
        f"{per:5.2f} µs/(n log n)",
        flush=True,
    )
    if show:
        show_most(resolution)


def show_most(resolution: Resolution) -> None:
    """The most mentioned entities with all their forms and reasons, for a reader to check."""
    counts = Counter(entity.id for entity in resolution.of.values())
    nodes = {entity.id: entity for entity in resolution.entities}
    for id, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST]:
        node = nodes[id]
        print(f"\n{count:>6} {node.label} ({node.type}) {id}")
        if len(node.forms) > 1:
            print("       forms: " + "; ".join(f"{form.name} ({form.articles})" for form in node.forms[:12]))
        print("       names: " + "; ".join(node.aliases[:12]))
        for reason in node.reasons[:6]:
            print(f"       because {reason}")


def main() -> None:
    news, cache = sys.argv[1], Path(sys.argv[2])
    sizes = sorted(map(int, sys.argv[3:]))
    load(news, cache, sizes[-1])
    for size in sizes:
        process = multiprocessing.get_context("spawn").Process(target=measure, args=(cache, size, size == sizes[-1]))
        process.start()
        process.join()


if __name__ == "__main__":
    main()
