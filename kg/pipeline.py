"""The few lines that join the stages, and the processes that the article-wise ones run in."""

import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path

from pyoxigraph import Store

from kg.errors import KgError
from kg.executors import run_in_processes, run_on_cluster
from kg.graph import DEFAULT_BASE, build_graph, prefixes, to_store
from kg.model import Article, Extraction
from kg.ontology import Ontology, load_ontology
from kg.resolution import Resolution, resolve
from kg.resolution.corrections import Correction
from kg.review import DOUBTS, IDENTITY, LEFT_OUT
from kg.state import files, open_in_memory
from kg.state.drawing import read_drawn
from kg.state.update import update
from kg.text import sentence_spans
from kg.view import read_view

BATCH = 16
"""Articles that go to a worker at a time. So many or fewer are not worth the start of a process."""

RECORDS = "statements.jsonl"
OUTPUTS = ("graph.ttl", "graph.html", "graph.gexf", RECORDS, IDENTITY, DOUBTS, LEFT_OUT)
"""The files that a build writes: the graph, its drawings by their format, what each article says, why names are one
thing, which may be, and which statements the graph leaves out."""

MAX_DRAWN = 20_000
"""Entities that the drawings hold at most, those with most support: what a browser and Gephi still open."""


@dataclass(frozen=True, slots=True)
class Build:
    """What a build made: the files it wrote, and counts of what is in its graph.

    `unapplied` are messages about corrections that no longer fit anything; `left_out` counts what articles state and
    the graph does not.
    """

    files: tuple[Path, ...]
    articles: int
    entities: Counter[str]
    statements: Counter[tuple[str, str]]
    unapplied: tuple[str, ...] = ()
    left_out: int = 0


def extract_article(article: Article, *, ontology: Ontology, engine: str = "accurate") -> Extraction:
    """All that one article says, by the names engine called `engine`."""
    # The stages read models and word lists of many megabytes, which no other command needs.
    from kg.annotation import annotate
    from kg.extractors import extract
    from kg.recognition import ENGINES

    sentences = sentence_spans(article.text)
    reading = ENGINES[engine]()(article.text, [(sentence.start, sentence.end) for sentence in sentences])
    document = annotate(article, sentences, reading.names, ontology=ontology)
    statements = extract(document, reading, ontology=ontology, engine=engine)
    return Extraction(article, document.entities, statements, document.quantities)


def extract_articles(
    articles: Iterable[Article],
    *,
    ontology: Ontology,
    engine: str = "accurate",
    workers: int | None = None,
    scheduler: str | None = None,
) -> Iterator[Extraction]:
    """What each article says, in the order of `articles`, the same for any number of `workers` (None: one a core).

    Articles are taken as they are needed, so a stream of any length will do. With `scheduler`, the address of a Dask
    scheduler, the workers are those of its cluster.
    """
    articles = iter(articles)
    first = list(islice(articles, BATCH + 1))
    workers = workers or os.cpu_count() or 1
    if scheduler is None and (workers == 1 or len(first) <= BATCH):
        for article in chain(first, articles):
            yield extract_article(article, ontology=ontology, engine=engine)
        return
    stream = chain(first, articles)
    batches = iter(lambda: list(islice(stream, BATCH)), [])
    work = partial(_extract_batch, ontology_files=ontology.files, engine=engine)
    done = run_in_processes(batches, work, workers) if scheduler is None else run_on_cluster(batches, work, scheduler)
    with closing(done):  # a reader that stops early ends the processes too
        for extractions in done:
            yield from extractions


def _extract_batch(articles: list[Article], *, ontology_files: tuple[Path, ...], engine: str) -> list[Extraction]:
    ontology = _reload(ontology_files)
    return [extract_article(article, ontology=ontology, engine=engine) for article in articles]


def _reload(files: tuple[Path, ...]) -> Ontology:
    own = load_ontology()
    return load_ontology(files[len(own.files) :])


def assemble(
    extractions: Sequence[Extraction],
    *,
    ontology: Ontology,
    base: str = DEFAULT_BASE,
    corrections: Sequence[Correction] = (),
) -> tuple[Store, Resolution]:
    """The graph of all that the articles say, with their entities joined and corrected by hand.

    The extractions are gone through twice.
    """
    resolution = resolve(extractions, corrections)
    met: set[str] = set()
    store = to_store(build_graph(extractions, resolution, ontology, base=base, on_reject=met.add))
    return store, replace(resolution, unapplied=_unapplied(resolution, met))


def _unapplied(resolution: Resolution, met: set[str]) -> tuple[str, ...]:
    """Messages about corrections that fitted nothing, when the graph met the statements `met` of those rejected."""
    unmet = (line for id, line in resolution.rejected.items() if id not in met)
    return (*resolution.unapplied, *(f"{line}. There is no such statement; delete the line." for line in unmet))


def build(
    extractions: Iterable[Extraction],
    folder: Path,
    *,
    ontology: Ontology,
    base: str = DEFAULT_BASE,
    corrections: Sequence[Correction] = (),
) -> Build:
    """Write the files of the graph of `extractions` into `folder`, which keeps nothing for another build."""
    make_folder(folder)
    with open_in_memory() as state:
        unapplied = update(state, _Few(extractions), ontology, corrections)
        return write_files(state, folder, ontology=ontology, base=base, unapplied=unapplied)


class _Few:
    """Articles that are in memory anyhow."""

    def __init__(self, extractions: Iterable[Extraction]) -> None:
        self._extractions = {extraction.article.id: extraction for extraction in extractions}

    def ids(self) -> dict[str, bytes]:
        return dict.fromkeys(self._extractions, b"one")

    def some(self, ids: Iterable[str]) -> Iterator[Extraction]:
        return (self._extractions[id] for id in sorted(ids))


def write_files(
    state: sqlite3.Connection, folder: Path, *, ontology: Ontology, base: str, unapplied: tuple[str, ...]
) -> Build:
    """Write the files of a state that is up to date into `folder`.

    A file is written beside its place and then moved there, so an interrupted build leaves the former ones whole.
    """
    # They need libraries that reading articles does not.
    from kg.exporters import gexf, html

    names = prefixes(base)
    view = read_view(read_drawn(state, MAX_DRAWN, names), ontology)
    writers: dict[str, Callable[[Path], object]] = {
        "graph.ttl": partial(files.write_turtle, state, prefixes=names),
        "graph.html": lambda part: html.write_view(view, part, ontology, dict(sorted(names.items()))),
        "graph.gexf": lambda part: gexf.write_view(view, part, ontology),
    }
    writers[RECORDS] = partial(files.write_records, state)
    writers[IDENTITY] = partial(files.write_identities, state)
    writers[DOUBTS] = partial(files.write_doubts, state)
    writers[LEFT_OUT] = partial(files.write_left_out, state)
    written = tuple(_write_beside(folder / file, write) for file, write in writers.items())
    return Build(written, *files.count(state), unapplied, files.count_left_out(state))


def make_folder(folder: Path) -> None:
    """Make the folder if there is none."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KgError(f"{folder}: cannot be made a folder ({error.strerror}). Give another one with -o.") from None


def _write_beside(file: Path, write: Callable[[Path], object]) -> Path:
    part = file.with_name(f".{file.name}.part")
    try:
        write(part)
        return part.replace(file)
    except OSError as error:
        remedy = "The former file is untouched. Make room, or give another folder with -o."
        raise KgError(f"{file}: cannot be written ({error.strerror}). {remedy}") from None
    finally:
        part.unlink(missing_ok=True)
