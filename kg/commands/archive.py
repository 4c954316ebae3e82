"""Commands about an archive: the articles of an output folder, and the graph of all that they say."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.shared import (
    EXISTING,
    check_base,
    choose_engine,
    count_articles,
    end,
    extraction_options,
    load_ontology,
    open_console,
    read,
    show_progress,
    workers_option,
)
from kg.errors import InputError, KgError, StoreError, UsageError

if TYPE_CHECKING:
    from kg.model import Article
    from kg.store import Archive, Settings

_folder_option = click.option(
    "-o", "--output", "folder", type=EXISTING, default="output", show_default=True, metavar="FOLDER"
)
_WAIT = 5.0
"""Seconds after which `kg watch` tries again what another process kept it from."""
_INTERRUPTED = 130
"""The exit status that a shell gives to what Ctrl-C stopped."""


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@_folder_option
@click.option("--base-iri", metavar="IRI", help="What the IRIs of the graph's nodes begin with.")
@click.option(
    "--executor",
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="Where articles are read.",
)
@click.option("--scheduler", metavar="ADDRESS", help="Dask scheduler of --executor dask, such as tcp://10.0.0.1:8786.")
@click.option(
    "--corrections", "corrections_file", type=EXISTING, metavar="FILE", help="YAML file of corrections by hand."
)
@extraction_options
def build(
    paths: tuple[str, ...],
    folder: Path,
    base_iri: str | None,
    executor: str,
    scheduler: str | None,
    corrections_file: Path | None,
    ontology_files: tuple[Path, ...],
    engine: str | None,
    fast: bool,
    workers: int | None,
) -> None:
    """Turn articles into a graph: Turtle, an interactive page, a Gephi file and JSON Lines.

    PATHS are text files, saved web pages, JSON Lines (.jsonl, .jsonl.gz), folders of these, or patterns; seeds/ if none
    are given. FOLDER then holds these articles and no others; those that it knows already are not read again.
    """
    from kg.graph import DEFAULT_BASE
    from kg.resolution.corrections import check_terms, read_corrections
    from kg.store import Settings

    if (executor == "dask") != (scheduler is not None):
        raise UsageError("--executor dask and --scheduler ADDRESS belong together. Give both, or neither.")
    paths = paths or ("seeds",)
    own = tuple(os.path.abspath(file) for file in ontology_files)
    settings = Settings(
        choose_engine(engine, fast),
        check_base(base_iri or DEFAULT_BASE),
        own,
        tuple(map(os.path.abspath, paths)),
        corrections=os.path.abspath(corrections_file) if corrections_file else None,
    )
    # What is wrong with these files is said before any article is read.
    ontology = load_ontology(ontology_files)
    if corrections_file:
        check_terms(read_corrections(corrections_file), ontology)
    _bring_in(paths, folder, settings, workers=workers, scheduler=scheduler)


@click.command()
@click.argument("paths", nargs=-1, required=True)
@_folder_option
@workers_option
def add(paths: tuple[str, ...], folder: Path, workers: int | None) -> None:
    """Add articles to those of the last build, in the way it was made; one with a known id takes its place."""
    _bring_in(paths, folder, _known_settings(folder, paths), workers=workers, keep=True)


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@_folder_option
def remove(articles: tuple[str, ...], folder: Path) -> None:
    """Take articles, named by their ids, out of the archive, and all that only they said out of the graph."""
    from difflib import get_close_matches

    from kg.store import open_archive, read_settings

    settings = read_settings(folder)
    started = time.monotonic()
    with _interruptible(), open_archive(folder) as archive:
        ids = archive.ids()
        for id in articles:
            if id not in ids:
                near = get_close_matches(id, ids, n=3) or list(ids)[:3]
                raise UsageError(f"{folder}: there is no article {id}. There are, for instance: {', '.join(near)}.")
        left = {id: key for id, key in ids.items() if id not in articles}
        if not left:
            raise UsageError(f"{folder}: no article would be left. Delete the folder instead.")
        archive.replace(left)
        _finish(archive, replace(settings, removed=_sorted({*settings.removed, *articles})), (), started)


@click.command()
@_folder_option
@workers_option
def rebuild(folder: Path, workers: int | None) -> None:
    """Read all articles of the archive again and write everything anew; mends a damaged store.

    A store that cannot be read is set aside, and the articles are read from where they came.
    """
    from kg.store import open_archive, read_settings
    from kg.store.archive import set_aside

    settings = read_settings(folder)
    try:
        with _interruptible(), open_archive(folder) as archive:
            archive.check()
            articles = (extraction.article for extraction in archive)
            _update(archive, articles, settings, lambda: len(archive), workers=workers, afresh=True)
            return
    except StoreError as error:
        if not error.damaged:
            raise
        click.echo(f"kg: {error}", err=True)
    click.echo(f"kg: It is set aside as {set_aside(folder)}; reading the articles from where they came.", err=True)
    removed = frozenset(settings.removed)
    _bring_in(settings.sources, folder, settings, workers=workers, wanted=lambda article: article.id not in removed)


@click.command()
@_folder_option
def status(folder: Path) -> None:
    """Say what the archive in FOLDER holds, and whether its files are up to date."""
    from kg.building import is_current
    from kg.store import open_archive, read_settings
    from kg.store.archive import is_busy

    settings = read_settings(folder)
    if is_busy(folder):
        click.echo(f"{folder}: a build is running.")
        return
    with open_archive(folder) as archive:
        count, current = len(archive), is_current(archive)
        size = archive.file.stat().st_size / 1e6
    click.echo(f"{folder}: {count:,} {'article' if count == 1 else 'articles'}, store of {size:.1f} MB")
    click.echo(f"names engine: {settings.engine}; base IRI: {settings.base}")
    for file in settings.ontology:
        click.echo(f"ontology file: {file}")
    click.echo(f"articles from: {', '.join(settings.sources)}")
    if settings.removed:
        click.echo(f"taken out: {', '.join(settings.removed)}")
    click.echo(
        "The files are up to date." if current else f"The files are behind. Bring them up: kg rebuild -o {folder}"
    )


@click.command()
@click.argument("watched", type=EXISTING, metavar="FOLDER")
@click.option("-o", "--output", "folder", type=EXISTING, default="output", show_default=True, metavar="OUTPUT")
@workers_option
def watch(watched: Path, folder: Path, workers: int | None) -> None:
    """Add the articles in FOLDER to the archive in OUTPUT, and those that come, as they come, until Ctrl-C."""
    from watchfiles import Change
    from watchfiles import watch as watch_files

    from kg.articles import SUFFIXES

    if not watched.is_dir():
        raise UsageError(f"{watched}: no such folder. Give the folder that articles come into.")
    waiting: set[str] = set()
    stream = watch_files(watched, yield_on_timeout=True, rust_timeout=int(_WAIT * 1000), raise_interrupt=True)
    click.echo(f"Watching {watched}. Stop with Ctrl-C.")
    try:
        for turn, changes in enumerate(chain([set[tuple[Change, str]]()], stream)):
            waiting |= {path for change, path in changes if change is not Change.deleted}
            # Watching begins with the second turn: what came during the first is found by looking again.
            waiting |= {str(file) for file in watched.rglob("*")} if turn < 2 else set()
            files = _sorted(path for path in waiting if path.lower().endswith(SUFFIXES) and Path(path).is_file())
            if files and _try_to_add(files, watched, folder, workers):
                waiting.clear()
    except KeyboardInterrupt:
        click.echo("Stopped watching.")


def _try_to_add(files: tuple[str, ...], watched: Path, folder: Path, workers: int | None) -> bool:
    """Whether the files are in the archive now, or have been reported as bad; not while another process has it."""
    settings = _known_settings(folder, (str(watched),))
    try:
        _bring_in(files, folder, settings, workers=workers, keep=True)
    except StoreError as error:
        if error.damaged:
            raise
        click.echo(f"kg: {error} Trying again in {_WAIT:.0f} s.", err=True)
        return False
    except KgError as error:
        click.echo(f"kg: {error}", err=True)
    except click.exceptions.Exit as ended:
        if ended.exit_code == _INTERRUPTED:
            raise KeyboardInterrupt from None
        # Else a bad article has been reported, and good ones may come.
    return True


def _known_settings(folder: Path, paths: Iterable[str]) -> "Settings":
    """The archive's settings, or those of a new one, with `paths` among its sources."""
    from kg.graph import DEFAULT_BASE
    from kg.store import Settings, has_archive, read_settings

    settings = read_settings(folder) if has_archive(folder) else Settings("accurate", DEFAULT_BASE)
    new = [path for path in map(os.path.abspath, paths) if path not in settings.sources]
    return replace(settings, sources=(*settings.sources, *new))


def _bring_in(
    paths: tuple[str, ...],
    folder: Path,
    settings: "Settings",
    *,
    workers: int | None,
    scheduler: str | None = None,
    keep: bool = False,
    wanted: Callable[["Article"], bool] = lambda article: True,
) -> None:
    """Read the articles at `paths` into the archive and write its files; exit status 1 if one could not be read."""
    from kg.store import open_archive

    bad: list[InputError] = []
    articles = filter(wanted, read(paths, bad))
    first = next(articles, None)
    if first is None:
        raise KgError("No article could be read, so nothing was written.")
    with _interruptible(), open_archive(folder) as archive:
        count = partial(count_articles, paths)
        _update(
            archive, chain([first], articles), settings, count, bad=bad, workers=workers, scheduler=scheduler, keep=keep
        )
    end(bad)


def _update(
    archive: "Archive",
    articles: Iterable["Article"],
    settings: "Settings",
    count: Callable[[], int],
    *,
    bad: list[InputError] | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    keep: bool = False,
    afresh: bool = False,
) -> None:
    from kg.building import update
    from kg.pipeline import extract_articles

    started = time.monotonic()
    ontology, engine = load_ontology(tuple(map(Path, settings.ontology))), settings.engine
    extract = partial(extract_articles, ontology=ontology, engine=engine, workers=workers, scheduler=scheduler)
    with show_progress(count) as advance:
        update(
            archive, articles, extract, ontology=ontology, engine=engine, keep=keep, afresh=afresh, on_article=advance
        )
    ids = archive.ids()
    _finish(
        archive, replace(settings, removed=_sorted(id for id in settings.removed if id not in ids)), bad or (), started
    )


def _finish(archive: "Archive", settings: "Settings", bad: Iterable[InputError], started: float) -> None:
    from kg.building import write_outputs
    from kg.reports import draw_build
    from kg.store.settings import write_settings

    write_settings(archive.folder, settings)
    ontology = load_ontology(tuple(map(Path, settings.ontology)))
    corrections = Path(settings.corrections) if settings.corrections else None
    summary = write_outputs(archive, ontology=ontology, base=settings.base, corrections_file=corrections)
    for message in summary.unapplied:
        click.echo(f"kg: {message}", err=True)
    open_console().print(draw_build(summary, tuple(bad), time.monotonic() - started))


@contextmanager
def _interruptible() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        click.echo("kg: Stopped. What was finished is kept: the same command goes on from there.", err=True)
        raise click.exceptions.Exit(_INTERRUPTED) from None


def _sorted(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words))


COMMANDS = (build, add, remove, status, rebuild, watch)
