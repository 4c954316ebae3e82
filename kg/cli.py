"""The `kg` commands: the only place that prints, and the only one that turns errors into messages and exit statuses.

Exit status 0: all good. 1: the data is not good (a bad article, a graph that does not conform). 2: used wrongly.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import click

from kg import __version__
from kg.commands import archive, identity
from kg.commands.shared import (
    EXISTING,
    choose_engine,
    end,
    extraction_options,
    load_ontology,
    ontology_option,
    open_console,
    read,
)
from kg.errors import InputError, KgError, UsageError
from kg.exporters import FORMATS
from kg.recognition import ENGINES


class _Program(click.Group):
    """Commands whose errors become one message and an exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KgError as error:
            click.echo(f"kg: {error}", err=True)
            ctx.exit(error.exit_status)


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Vietnamese news articles as a knowledge graph that people can open, query and trust."""


@main.command()
@click.argument("paths", nargs=-1, required=True)
@extraction_options
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

    engine = choose_engine(engine, fast)
    ontology = load_ontology(ontology_files)
    bad: list[InputError] = []
    for extraction in extract_articles(read(paths, bad), ontology=ontology, engine=engine, workers=workers):
        click.echo(write_record(extraction_to_record(extraction)))
    end(bad)


@main.command()
@click.argument("graph", type=EXISTING)
@click.option("-f", "--format", "name", type=click.Choice(list(FORMATS)), required=True)
@click.option(
    "-o", "--output", "file", type=EXISTING, metavar="FILE", help="[default: beside GRAPH; - for standard output]"
)
@ontology_option
def export(graph: Path, name: str, file: Path | None, ontology_files: tuple[Path, ...]) -> None:
    """Write GRAPH, a file that `kg build` made, in another format."""
    from kg.graph import read_graph

    format = FORMATS[name]
    target = file or graph.with_suffix(format.suffix)
    if target.resolve() == graph.resolve():
        raise UsageError(f"{target} is the graph itself. Name another file with -o.")
    store, ontology = read_graph(graph), load_ontology(ontology_files)
    if str(target) == "-":
        click.echo(_write_to_bytes(format.write, store, ontology), nl=False)
        return
    try:
        format.write(store, target, ontology)
    except OSError as error:
        raise KgError(f"{target}: cannot be written ({error.strerror}). Give another file with -o.") from None
    click.echo(f"Wrote {target}.")


@main.command()
@click.argument("graph", type=EXISTING)
@click.argument("query", required=False)
@click.option("-q", "--query-file", "file", type=EXISTING, metavar="FILE", help="File that holds the query.")
@click.option(
    "-f", "--format", "name", type=click.Choice(["table", "csv", "json", "tsv"]), default="table", show_default=True
)
@ontology_option
def query(graph: Path, query: str | None, file: Path | None, name: str, ontology_files: tuple[Path, ...]) -> None:
    """Ask GRAPH a SPARQL query. The prefixes kg:, kgr:, rdf:, rdfs:, skos:, prov:, schema:, xsd: are known."""
    from kg.graph import read_graph
    from kg.query import ANSWER_FORMATS, run_query
    from kg.reports import draw_answer

    if (query is None) == (file is None):
        raise UsageError("Give one query: as text, or in a file with -q.")
    text = query if query is not None else _read_query(file or Path())
    answer = run_query(read_graph(graph), text, load_ontology(ontology_files))
    if name == "table":
        open_console().print(draw_answer(answer))
    elif answer.text is not None:
        click.echo(answer.text)
    else:
        click.echo(ANSWER_FORMATS[name](answer), nl=False)


@main.command()
@click.argument("graph", type=EXISTING)
@ontology_option
def validate(graph: Path, ontology_files: tuple[Path, ...]) -> None:
    """Check that GRAPH keeps what a graph promises: SHACL shapes, quotes, domains and ranges."""
    from kg import validation
    from kg.graph import read_graph
    from kg.reports import draw_violations

    violations = validation.validate(read_graph(graph), load_ontology(ontology_files))
    if violations:
        open_console().print(draw_violations(violations))
        raise click.exceptions.Exit(1)
    click.echo(f"{graph} keeps all promises.")


@main.command()
@click.argument("gold", type=EXISTING)
@click.argument("predicted", type=EXISTING, metavar="PRED")
@click.option("--texts", type=EXISTING, metavar="FOLDER", help="Articles, named as in GOLD's `file`, to check quotes.")
@click.option(
    "--errors", type=click.IntRange(min=0), default=0, metavar="N", help="Show N misses and N inventions a relation."
)
@click.option("--json", "as_json", is_flag=True, help="Write the figures as JSON.")
@ontology_option
def evaluate(
    gold: Path, predicted: Path, texts: Path | None, errors: int, as_json: bool, ontology_files: tuple[Path, ...]
) -> None:
    """Compare PRED, the output of `kg extract`, with GOLD, records of the same form that are true."""
    from kg import evaluation
    from kg.records import read_records
    from kg.reports import draw_faults, draw_figures

    symmetric = {term.name for term in load_ontology(ontology_files).relations.values() if term.symmetric}
    records = read_records(gold)
    if not records:
        raise InputError(gold, "there are no records in it", "Give a file with gold records.")
    articles = evaluation.read_texts(records, texts) if texts else None
    scores = evaluation.evaluate(records, read_records(predicted), symmetric=symmetric, texts=articles)
    figures = evaluation.to_figures(scores)
    if as_json:
        click.echo(json.dumps(figures, ensure_ascii=False))
        return
    console = open_console()
    console.print(draw_figures(figures))
    if errors:
        console.print(draw_faults("Missed", scores.missed, errors), draw_faults("Invented", scores.spurious, errors))


@main.group()
def train() -> None:
    """Train the program's models on articles of your own; needs the dependency group `train`."""


@train.command("names")
@click.argument("gold", nargs=-1, required=True, type=EXISTING)
@click.option("--out", type=EXISTING, required=True, metavar="FOLDER", help="Where the model goes.")
@click.option("--texts", type=EXISTING, metavar="FOLDER", help="Articles, named as in GOLD's `file`.")
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
@click.argument("gold", nargs=-1, required=True, type=EXISTING)
@click.option("--out", type=EXISTING, required=True, metavar="FOLDER", help="Where the model goes.")
@click.option("--texts", type=EXISTING, required=True, metavar="FOLDER", help="Articles, named as in GOLD's `file`.")
@click.option("--engine", type=click.Choice(list(ENGINES)), default="accurate", show_default=True)
def train_relations(gold: tuple[Path, ...], out: Path, texts: Path, engine: str) -> None:
    """Train the ranker of relations on GOLD files, by what the names engine reads in their articles."""
    try:
        from kg.training.relations import train_relations as train_on
    except ModuleNotFoundError as error:
        message = f"Training needs the package {error.name}. Install the dependency group: pip install --group train"
        raise KgError(message) from None
    train_on(gold, texts, out, engine=engine, ontology=load_ontology(()))
    click.echo(f"The model is in {out}.")


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


for command in (*archive.COMMANDS, *identity.COMMANDS):
    main.add_command(command)
