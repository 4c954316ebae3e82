"""The `kg` commands: the only place that prints, and the only one that turns errors into messages and exit statuses.

Exit status 0: all good. 1: the data is not good (a bad article, a graph that does not conform). 2: used wrongly.
"""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

from kg import __version__
from kg.commands import identity
from kg.errors import InputError, KgError, UsageError
from kg.exporters import FORMATS
from kg.recognition import ENGINES

if TYPE_CHECKING:
    from rich.console import Console

    from kg.model import Article
    from kg.ontology import Ontology

_Function = TypeVar("_Function", bound=Callable[..., Any])
_EXISTING = click.Path(path_type=Path)


class _Program(click.Group):
    """Commands whose errors become one message and an exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KgError as error:
            click.echo(f"kg: {error}", err=True)
            ctx.exit(error.exit_status)


def _ontology_option(function: _Function) -> _Function:
    return click.option(
        "--ontology",
        "ontology_files",
        multiple=True,
        type=_EXISTING,
        metavar="FILE",
        help="Turtle file with relations, classes or words of your own; may be given several times.",
    )(function)


def _extraction_options(function: _Function) -> _Function:
    for option in (
        click.option(
            "--workers", type=click.IntRange(min=1), metavar="N", help="Processes to use.  [default: one a core]"
        ),
        click.option("--fast", is_flag=True, help="Short for --engine fast."),
        click.option(
            "--engine", type=click.Choice(list(ENGINES)), help="How names are recognised.  [default: accurate]"
        ),
        _ontology_option,
    ):
        function = option(function)
    return function


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Vietnamese news articles as a knowledge graph that people can open, query and trust."""


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("-o", "--output", "folder", type=_EXISTING, default="output", show_default=True, metavar="FOLDER")
@click.option("--base-iri", metavar="IRI", help="What the IRIs of the graph's nodes begin with.")
@click.option(
    "--corrections", "corrections_file", type=_EXISTING, metavar="FILE", help="YAML file of corrections by hand."
)
@_extraction_options
def build(
    paths: tuple[str, ...],
    folder: Path,
    base_iri: str | None,
    corrections_file: Path | None,
    ontology_files: tuple[Path, ...],
    engine: str | None,
    fast: bool,
    workers: int | None,
) -> None:
    """Turn articles into a graph: Turtle, an interactive page, a Gephi file and JSON Lines.

    PATHS are text files, saved web pages, JSON Lines (.jsonl, .jsonl.gz), folders of these, or patterns; seeds/ if none
    are given.
    """
    from kg import pipeline
    from kg.graph import DEFAULT_BASE
    from kg.reports import draw_build
    from kg.resolution.corrections import check_terms, read_corrections

    started = time.monotonic()
    engine = _choose_engine(engine, fast)
    base = _check_base(base_iri or DEFAULT_BASE)
    ontology = _load_ontology(ontology_files)
    corrections = read_corrections(corrections_file) if corrections_file else ()
    check_terms(corrections, ontology)
    bad: list[InputError] = []
    paths = paths or ("seeds",)
    articles = _read(paths, bad)
    stream = pipeline.extract_articles(articles, ontology=ontology, engine=engine, workers=workers)
    extractions = list(_show_progress(stream, _count_articles(paths)))
    if not extractions:
        raise KgError("No article could be read, so nothing was written.")
    result = pipeline.build(extractions, folder, ontology=ontology, base=base, corrections=corrections)
    for message in result.unapplied:
        click.echo(f"kg: {message}", err=True)
    _console().print(draw_build(result, bad, time.monotonic() - started))
    _end(bad)


@main.command()
@click.argument("paths", nargs=-1, required=True)
@_extraction_options
def extract(
    paths: tuple[str, ...],
    ontology_files: tuple[Path, ...],
    engine: str | None,
    fast: bool,
    workers: int | None,
) -> None:
    """Write what each article says as JSON Lines on standard output."""
    from kg.pipeline import extract_articles
    from kg.records import extraction_to_record, write_record

    engine = _choose_engine(engine, fast)
    ontology = _load_ontology(ontology_files)
    bad: list[InputError] = []
    for extraction in extract_articles(_read(paths, bad), ontology=ontology, engine=engine, workers=workers):
        click.echo(write_record(extraction_to_record(extraction)))
    _end(bad)


@main.command()
@click.argument("graph", type=_EXISTING)
@click.option("-f", "--format", "name", type=click.Choice(list(FORMATS)), required=True)
@click.option(
    "-o", "--output", "file", type=_EXISTING, metavar="FILE", help="[default: beside GRAPH; - for standard output]"
)
@_ontology_option
def export(graph: Path, name: str, file: Path | None, ontology_files: tuple[Path, ...]) -> None:
    """Write GRAPH, a file that `kg build` made, in another format."""
    from kg.graph import read_graph

    format = FORMATS[name]
    target = file or graph.with_suffix(format.suffix)
    if target.resolve() == graph.resolve():
        raise UsageError(f"{target} is the graph itself. Name another file with -o.")
    store, ontology = read_graph(graph), _load_ontology(ontology_files)
    if str(target) == "-":
        click.echo(_write_to_bytes(format.write, store, ontology), nl=False)
        return
    try:
        format.write(store, target, ontology)
    except OSError as error:
        raise KgError(f"{target}: cannot be written ({error.strerror}). Give another file with -o.") from None
    click.echo(f"Wrote {target}.")


@main.command()
@click.argument("graph", type=_EXISTING)
@click.argument("query", required=False)
@click.option("-q", "--query-file", "file", type=_EXISTING, metavar="FILE", help="File that holds the query.")
@click.option(
    "-f", "--format", "name", type=click.Choice(["table", "csv", "json", "tsv"]), default="table", show_default=True
)
@_ontology_option
def query(graph: Path, query: str | None, file: Path | None, name: str, ontology_files: tuple[Path, ...]) -> None:
    """Ask GRAPH a SPARQL query. The prefixes kg:, kgr:, rdf:, rdfs:, skos:, prov:, schema:, xsd: are known."""
    from kg.graph import read_graph
    from kg.query import ANSWER_FORMATS, run_query
    from kg.reports import draw_answer

    if (query is None) == (file is None):
        raise UsageError("Give one query: as text, or in a file with -q.")
    text = query if query is not None else _read_query(file or Path())
    answer = run_query(read_graph(graph), text, _load_ontology(ontology_files))
    if name == "table":
        _console().print(draw_answer(answer))
    elif answer.text is not None:
        click.echo(answer.text)
    else:
        click.echo(ANSWER_FORMATS[name](answer), nl=False)


@main.command()
@click.argument("graph", type=_EXISTING)
@_ontology_option
def validate(graph: Path, ontology_files: tuple[Path, ...]) -> None:
    """Check that GRAPH keeps what a graph promises: SHACL shapes, quotes, domains and ranges."""
    from kg import validation
    from kg.graph import read_graph
    from kg.reports import draw_violations

    violations = validation.validate(read_graph(graph), _load_ontology(ontology_files))
    if violations:
        _console().print(draw_violations(violations))
        raise click.exceptions.Exit(1)
    click.echo(f"{graph} keeps all promises.")


@main.command()
@click.argument("gold", type=_EXISTING)
@click.argument("predicted", type=_EXISTING, metavar="PRED")
@click.option("--texts", type=_EXISTING, metavar="FOLDER", help="Articles, named as in GOLD's `file`, to check quotes.")
@click.option(
    "--errors", type=click.IntRange(min=0), default=0, metavar="N", help="Show N misses and N inventions a relation."
)
@click.option("--json", "as_json", is_flag=True, help="Write the figures as JSON.")
@_ontology_option
def evaluate(
    gold: Path, predicted: Path, texts: Path | None, errors: int, as_json: bool, ontology_files: tuple[Path, ...]
) -> None:
    """Compare PRED, the output of `kg extract`, with GOLD, records of the same form that are true."""
    from kg import evaluation
    from kg.records import read_records
    from kg.reports import draw_faults, draw_figures

    symmetric = {term.name for term in _load_ontology(ontology_files).relations.values() if term.symmetric}
    records = read_records(gold)
    if not records:
        raise InputError(gold, "there are no records in it", "Give a file with gold records.")
    articles = evaluation.read_texts(records, texts) if texts else None
    scores = evaluation.evaluate(records, read_records(predicted), symmetric=symmetric, texts=articles)
    figures = evaluation.to_figures(scores)
    if as_json:
        click.echo(json.dumps(figures, ensure_ascii=False))
        return
    console = _console()
    console.print(draw_figures(figures))
    if errors:
        console.print(draw_faults("Missed", scores.missed, errors), draw_faults("Invented", scores.spurious, errors))


main.add_command(identity.explain)
main.add_command(identity.review)
main.add_command(identity.diff)


@main.group()
def train() -> None:
    """Train the program's models on articles of your own; needs the dependency group `train`."""


@train.command("names")
@click.argument("gold", nargs=-1, required=True, type=_EXISTING)
@click.option("--out", type=_EXISTING, required=True, metavar="FOLDER", help="Where the model goes.")
@click.option("--texts", type=_EXISTING, metavar="FOLDER", help="Articles, named as in GOLD's `file`.")
@click.option("--unlabelled", multiple=True, metavar="PATH", help="More news, without gold, to draw words from.")
@click.option("--engine", type=click.Choice(list(ENGINES)), default="accurate", show_default=True)
def train_names(
    gold: tuple[Path, ...],
    out: Path,
    texts: Path | None,
    unlabelled: tuple[str, ...],
    engine: Literal["accurate", "fast"],
) -> None:
    """Train the recogniser of names on GOLD files, records of the form that `kg extract` writes."""
    try:
        from kg import training
    except ModuleNotFoundError as error:
        message = f"Training needs the package {error.name}. Install the dependency group: pip install --group train"
        raise KgError(message) from None

    from kg.articles import read_articles

    def report(stage: str, step: int, steps: int, loss: float) -> None:
        click.echo(f"\r{stage} {step}/{steps}  loss {loss:.3f} ", err=True, nl=step == steps)

    news = (article.text for article in read_articles(unlabelled)) if unlabelled else ()
    training.train_names(gold, texts, out, engine=engine, unlabelled=news, report=report)
    click.echo(f"The model is in {out}.")


@train.command("relations")
@click.argument("gold", nargs=-1, required=True, type=_EXISTING)
@click.option("--out", type=_EXISTING, required=True, metavar="FOLDER", help="Where the model goes.")
@click.option("--texts", type=_EXISTING, required=True, metavar="FOLDER", help="Articles, named as in GOLD's `file`.")
@click.option("--engine", type=click.Choice(list(ENGINES)), default="accurate", show_default=True)
def train_relations(gold: tuple[Path, ...], out: Path, texts: Path, engine: str) -> None:
    """Train the ranker of relations on GOLD files, by what the names engine reads in their articles."""
    try:
        from kg.training.relations import train_relations as train_on
    except ModuleNotFoundError as error:
        message = f"Training needs the package {error.name}. Install the dependency group: pip install --group train"
        raise KgError(message) from None
    train_on(gold, texts, out, engine=engine, ontology=_load_ontology(()))
    click.echo(f"The model is in {out}.")


def _choose_engine(engine: str | None, fast: bool) -> str:
    if fast and engine not in (None, "fast"):
        raise UsageError(f"--fast and --engine {engine} contradict each other. Leave one out.")
    return "fast" if fast else engine or "accurate"


def _check_base(base: str) -> str:
    from pyoxigraph import NamedNode

    try:
        iri = NamedNode(base).value
    except ValueError:
        raise UsageError(f"--base-iri {base} is no IRI. Give one like https://example.org/news/.") from None
    if not iri.endswith(("/", "#")):
        raise UsageError(f"--base-iri {base} must end in / or #.")
    return iri


def _load_ontology(files: tuple[Path, ...]) -> "Ontology":
    from kg.ontology import load_ontology

    return load_ontology(files)


def _read(paths: tuple[str, ...], bad: list[InputError]) -> Iterator["Article"]:
    """The good articles; a bad one is reported at once and put into `bad`."""
    from kg.articles import read_articles

    def report(error: InputError) -> None:
        bad.append(error)
        click.echo(f"kg: {error}", err=True)

    return read_articles(paths, on_error=report)


def _read_query(file: Path) -> str:
    from kg.articles import decode

    try:
        return decode(file.read_bytes(), file)
    except OSError as error:
        raise InputError(file, f"cannot be read ({error.strerror})", "Check the path.") from None


def _write_to_bytes(write: Callable[..., None], store: object, ontology: object) -> bytes:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        file = Path(folder) / "graph"
        write(store, file, ontology)
        return file.read_bytes()


def _console() -> "Console":
    """Standard output; text that does not go to a terminal is never cut or wrapped."""
    from rich.console import Console

    return Console(highlight=False) if sys.stdout.isatty() else Console(highlight=False, width=10_000)


def _count_articles(paths: tuple[str, ...]) -> int | None:
    """How many articles the paths hold, where that is known without reading them."""
    from kg.articles import find_files

    files = find_files(paths)
    return None if any(".jsonl" in file.name.lower() for file in files) else len(files)


_Item = TypeVar("_Item")


def _show_progress(items: Iterable[_Item], total: int | None) -> Iterator[_Item]:
    """The items as they are, with a progress bar on standard error if that is a terminal."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    if not console.is_terminal:
        yield from items
        return
    columns = TextColumn("articles"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console, transient=True) as progress:
        yield from progress.track(items, total=total)


def _end(bad: list[InputError]) -> None:
    """Exit status 1 if an article could not be read; each has been reported already."""
    if bad:
        raise click.exceptions.Exit(1)
