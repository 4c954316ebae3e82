"""What several commands share: options, reading with reports of bad articles, the console, progress."""

import gzip
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.errors import InputError, UsageError
from kg.recognition import ENGINES

if TYPE_CHECKING:
    from rich.console import Console

    from kg.model import Article
    from kg.ontology import Ontology

_Function = TypeVar("_Function", bound=Callable[..., Any])
EXISTING = click.Path(path_type=Path)


def ontology_option(function: _Function) -> _Function:
    """`--ontology`: Turtle files of the user's own."""
    return click.option(
        "--ontology",
        "ontology_files",
        multiple=True,
        type=EXISTING,
        metavar="FILE",
        help="Turtle file with relations, classes or words of your own; may be given several times.",
    )(function)


def workers_option(function: _Function) -> _Function:
    """`--workers`: how many processes read articles."""
    return click.option(
        "--workers", type=click.IntRange(min=1), metavar="N", help="Processes to use.  [default: one a core]"
    )(function)


def extraction_options(function: _Function) -> _Function:
    """Options of all commands that choose how articles are read."""
    for option in (
        workers_option,
        click.option("--fast", is_flag=True, help="Short for --engine fast."),
        click.option(
            "--engine", type=click.Choice(list(ENGINES)), help="How names are recognised.  [default: accurate]"
        ),
        ontology_option,
    ):
        function = option(function)
    return function


def choose_engine(engine: str | None, fast: bool) -> str:
    """The names engine that the two options ask for."""
    if fast and engine not in (None, "fast"):
        raise UsageError(f"--fast and --engine {engine} contradict each other. Leave one out.")
    return "fast" if fast else engine or "accurate"


def check_base(base: str) -> str:
    """The base IRI, or a `UsageError` that says what it lacks."""
    from pyoxigraph import NamedNode

    try:
        iri = NamedNode(base).value
    except ValueError:
        raise UsageError(f"--base-iri {base} is no IRI. Give one like https://example.org/news/.") from None
    if not iri.endswith(("/", "#")):
        raise UsageError(f"--base-iri {base} must end in / or #.")
    return iri


def load_ontology(files: tuple[Path, ...]) -> "Ontology":
    """The ontology with the user's own files, loaded when it is needed."""
    from kg import ontology

    return ontology.load_ontology(files)


def read(paths: tuple[str, ...], bad: list[InputError]) -> Iterator["Article"]:
    """The good articles; a bad one is reported at once and put into `bad`."""
    from kg.articles import read_articles

    def report(error: InputError) -> None:
        bad.append(error)
        click.echo(f"kg: {error}", err=True)

    return read_articles(paths, on_error=report)


def open_console() -> "Console":
    """Standard output; text that does not go to a terminal is never cut or wrapped."""
    from rich.console import Console

    return Console(highlight=False) if sys.stdout.isatty() else Console(highlight=False, width=10_000)


def count_articles(paths: tuple[str, ...]) -> int:
    """How many articles the paths hold, bad ones too: one a file, one a line of JSON Lines."""
    from kg.articles import find_files

    return sum(_count_lines(file) if ".jsonl" in file.name.lower() else 1 for file in find_files(paths))


def _count_lines(file: Path) -> int:
    try:
        with gzip.open(file) if file.suffix.lower() == ".gz" else file.open("rb") as lines:
            return sum(1 for line in lines if not line.isspace())
    except (OSError, EOFError, zlib.error):
        return 0  # whoever reads the file reports it


def end(bad: list[InputError]) -> None:
    """Exit status 1 if an article could not be read; each has been reported already."""
    if bad:
        raise click.exceptions.Exit(1)


@contextmanager
def show_progress(count: Callable[[], int]) -> Iterator[Callable[[], object]]:
    """A function to call for each article that is done. A terminal shows articles per second and the time left, of so
    many as `count` says there are."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TimeRemainingColumn
    from rich.text import Text

    class Speed(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.finished_speed or task.speed or 0:.0f} articles/s")

    console = Console(stderr=True)
    columns = BarColumn(), MofNCompleteColumn(), Speed(), TimeRemainingColumn()
    if not console.is_terminal:
        yield lambda: None
        return
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("articles", total=count())
        yield lambda: bar.advance(task)
