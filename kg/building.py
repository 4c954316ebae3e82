"""Builds that do only what is new: what articles say comes from the archive where it is there already.

articles ─update─▶ Archive ─write_outputs─▶ graph.ttl, graph.html, graph.gexf, statements.jsonl
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path

from kg import pipeline, state
from kg.model import Article, Extraction
from kg.ontology import Ontology
from kg.resolution.corrections import Correction, check_terms, read_corrections
from kg.state.update import update as update_state
from kg.store import Archive
from kg.store.archive import Changes
from kg.store.packing import key_of
from kg.store.settings import FOLDER
from kg.store.version import extractor_version, program_version

STATE = "graph.sqlite"
COMMIT = 16
"""Results that are committed together: what a killed build may lose."""

Extract = Callable[[Iterable[Article]], Iterator[Extraction]]
"""What each article says, in their order: `pipeline.extract_articles` with its options."""


@dataclass(frozen=True, slots=True)
class Summary(pipeline.Build):
    """What the output folder holds after a build; `current`: it was so before, and nothing had to be written."""

    current: bool = False


def update(
    archive: Archive,
    articles: Iterable[Article],
    extract: Extract,
    *,
    ontology: Ontology,
    engine: str,
    keep: bool = False,
    afresh: bool = False,
    on_article: Callable[[], object] = lambda: None,
) -> Changes:
    """Make `articles` those of the archive, or with `keep` add them to those it has; an id that it has is replaced.

    Only articles without a result of this extractor go through `extract`; with `afresh` all of them do. Results are
    committed as they come; the list of articles changes at the end, if there are any. `on_article` is called for each.
    """
    version = extractor_version(ontology, engine)
    ids: dict[str, bytes] = {}

    def unknown() -> Iterator[Article]:
        for article in articles:
            key = ids[article.id] = key_of(article, version)
            if not afresh and archive.has(key):
                on_article()
            else:
                yield article

    results = extract(unknown())
    while batch := list(islice(results, COMMIT)):
        archive.put((key_of(extraction.article, version), extraction) for extraction in batch)
        for _ in batch:
            on_article()
    if afresh:
        state.drop(archive.folder / FOLDER / STATE)
    if not ids:
        return Changes()
    return archive.replace(archive.ids() | ids if keep else ids)


def write_outputs(archive: Archive, *, ontology: Ontology, base: str, corrections_file: Path | None = None) -> Summary:
    """Write the files of the archive's articles, unless they are there and nothing that they depend on has changed."""
    corrections = read_corrections(corrections_file) if corrections_file else ()
    check_terms(corrections, ontology)
    made_from = _made_from(archive, ontology, base, corrections)
    files = tuple(archive.folder / name for name in pipeline.OUTPUTS)
    written = archive.fact("written")
    if isinstance(written, dict) and written["state"] == made_from and written["files"] == _stamps(files):
        statements = Counter({(relation, modality): n for relation, modality, n in written["statements"]})
        unapplied = tuple(written["unapplied"])
        entities = Counter[str](written["entities"])
        return Summary(files, written["articles"], entities, statements, unapplied, written["left_out"], current=True)
    file = archive.folder / FOLDER / STATE
    # A state of another program, or of other corrections, is made anew; the base IRI is not in it.
    with state.change(file, f"{program_version(ontology)} {_by_hand(corrections)}") as graph:
        unapplied = update_state(graph, archive, ontology, corrections)
    with state.read(file) as graph:
        build = pipeline.write_files(graph, archive.folder, ontology=ontology, base=base, unapplied=unapplied)
    counts = {
        "articles": build.articles,
        "entities": dict(build.entities),
        "statements": [[*key, count] for key, count in build.statements.items()],
        "unapplied": build.unapplied,
        "left_out": build.left_out,
    }
    archive.note("written", {"state": made_from, "files": _stamps(files)} | counts)
    return Summary(build.files, build.articles, build.entities, build.statements, build.unapplied, build.left_out)


def is_current(archive: Archive) -> bool:
    """Whether the files were written from the articles that the archive has now, whatever the program does today."""
    written = archive.fact("written")
    return isinstance(written, dict) and written["state"].startswith(_contents(archive))


def _made_from(archive: Archive, ontology: Ontology, base: str, corrections: Sequence[Correction]) -> str:
    """A hash of all that the files depend on."""
    return f"{_contents(archive)} {program_version(ontology)} {base} {_by_hand(corrections)}"


def _by_hand(corrections: Sequence[Correction]) -> str:
    return blake2b(repr(corrections).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _contents(archive: Archive) -> str:
    digest = blake2b(digest_size=16)
    for id, key in archive.ids().items():
        digest.update(f"{id}\0{key.hex()}\0".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _stamps(files: Iterable[Path]) -> list[list[int] | None]:
    """Size and moment of change of each file, which tell whether it is still the one that was written."""
    stats = (file.stat() if file.is_file() else None for file in files)
    return [stat and [stat.st_size, stat.st_mtime_ns] for stat in stats]
