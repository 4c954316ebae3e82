"""The few lines that join the stages, and the processes that the article-wise ones run in."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Protocol

from pyoxigraph import RdfFormat, Store, serialize

from kg.errors import KgError
from kg.executors import run_in_processes, run_on_cluster
from kg.exporters import FORMATS
from kg.graph import DEFAULT_BASE, build_graph, prefixes, read_graph, to_store
from kg.model import Article, Extraction
from kg.nodes import sort_on_disk
from kg.ontology import Ontology, load_ontology
from kg.records import extraction_to_record, write_record
from kg.resolution import Resolution, resolve
from kg.resolution.corrections import Correction
from kg.review import DOUBTS, IDENTITY, LEFT_OUT, write_doubts, write_identity, write_left_out
from kg.sayings import Misfit
from kg.text import sentence_spans

BATCH = 16
"""Articles that go to a worker at a time. So many or fewer are not worth the start of a process."""

DRAWINGS = {"html": "graph.html", "gexf": "graph.gexf"}
RECORDS = "statements.jsonl"
OUTPUTS = ("graph.ttl", *DRAWINGS.values(), RECORDS, IDENTITY, DOUBTS, LEFT_OUT)
"""The files that a build writes: the graph, its drawings by their format, what each article says, why names are one
thing, which may be, and which statements the graph leaves out."""

MAX_DRAWN = 20_000
"""Entities that the drawings hold at most, those with most support: what a browser and Gephi still open."""


class Extractions(Protocol):
    """What all articles say; may be gone through more than once, like a tuple, or an archive that need not fit in
    memory."""

    def __iter__(self) -> Iterator[Extraction]: ...

    def __len__(self) -> int: ...


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
    extractions: Extractions, *, ontology: Ontology, base: str = DEFAULT_BASE, corrections: Sequence[Correction] = ()
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
    extractions: Extractions,
    folder: Path,
    *,
    ontology: Ontology,
    base: str = DEFAULT_BASE,
    corrections: Sequence[Correction] = (),
) -> Build:
    """Write the graph of `extractions` into `folder`: Turtle, page, GEXF, and the statements of each in their order.

    A file is written beside its place and then moved there, so an interrupted build leaves the former ones whole.
    """
    _make_folder(folder)
    resolution = resolve(extractions, corrections)
    met: set[str] = set()
    misfits: list[Misfit] = []
    triples = iter(
        build_graph(extractions, resolution, ontology, base=base, on_reject=met.add, on_misfit=misfits.append)
    )
    with sort_on_disk(triples, folder / ".nodes.part", base) as nodes:
        names = dict(sorted(prefixes(base).items()))
        turtle = _write_beside(
            folder / "graph.ttl",
            lambda part: serialize(nodes.triples(), part, RdfFormat.TURTLE, prefixes=names),
        )
        drawn = read_graph(turtle) if len(resolution.entities) <= MAX_DRAWN else to_store(nodes.drawn(MAX_DRAWN))
        statements = nodes.count_statements()
    identity, doubts = write_identity(resolution), write_doubts(resolution)
    writers: dict[str, Callable[[Path], object]] = {
        file: partial(FORMATS[name].write, drawn, ontology=ontology) for name, file in DRAWINGS.items()
    }
    writers[RECORDS] = partial(_write_records, extractions)
    writers[IDENTITY] = lambda part: part.write_text(identity, "utf-8")
    writers[DOUBTS] = lambda part: part.write_text(doubts, "utf-8")
    writers[LEFT_OUT] = lambda part: part.write_text(write_left_out(misfits), "utf-8")
    files = (turtle, *(_write_beside(folder / file, write) for file, write in writers.items()))
    entities = Counter(entity.type for entity in resolution.entities)
    return Build(files, len(extractions), entities, statements, _unapplied(resolution, met), len(misfits))


def _write_records(extractions: Iterable[Extraction], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for extraction in extractions:
            file.write(write_record(extraction_to_record(extraction)) + "\n")


def _make_folder(folder: Path) -> None:
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
