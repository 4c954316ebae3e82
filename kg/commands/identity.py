"""`kg explain`, `kg review` and `kg diff`: why things are one, what is in doubt, what changed."""

from pathlib import Path
from typing import Any

import click

_FOLDER = click.option(
    "-o", "--output", "folder", type=click.Path(path_type=Path), default="output", show_default=True, metavar="FOLDER"
)
_MOST = 10


@click.command()
@click.argument("name")
@_FOLDER
def explain(name: str, folder: Path) -> None:
    """Say why mentions of NAME are one thing: its forms, the rules that joined them, its offices, its articles."""
    from kg.errors import GraphError
    from kg.review import find_identities

    rows = list(find_identities(folder, name))
    if not rows:
        raise GraphError(f"{folder}: nothing in this build is called {name}. Try another form of the name.")
    for row in rows:
        click.echo("\n".join(_explain(row)))


def _explain(row: dict[str, Any]) -> list[str]:
    lines = [f"{row['label']} ({row['type']}) kgr:{row['id']}"]
    lines += [f"  {name} {value}" for name, value in row["facts"].items()]
    for form in row["forms"]:
        lines.append(f"  called {form['name']} in {form['articles']} articles (kgr:{form['id']})")
    lines += [f"  because {reason}" for reason in row["reasons"]]
    for office in row["offices"]:
        of = f" of {office['of']}" if office["of"] else ""
        lines.append(f"  {office['office']}{of}, reported from {office['first']} to {office['last']}")
    for holder in row["holders"]:
        lines.append(f"  held by {holder['holder']}, reported from {holder['first']} to {holder['last']}")
    shown = ", ".join(row["articles"][:_MOST])
    more = f" and {len(row['articles']) - _MOST} more" if len(row["articles"]) > _MOST else ""
    return [*lines, f"  in {shown}{more}"] if shown else lines


@click.command()
@_FOLDER
@click.option("--csv", "as_csv", is_flag=True, help="Write all of them as CSV, which is also in FOLDER/doubts.csv.")
def review(folder: Path, as_csv: bool) -> None:
    """List pairs of nodes that may be one and were left two, with the line that would join them.

    Statements that are not in the graph, because their ends turned out to be something else, stand behind them.
    """
    from kg.review import DOUBTS, read_doubts, read_left_out

    rows = read_doubts(folder)
    if as_csv:
        click.echo((folder / DOUBTS).read_text("utf-8"), nl=False)
        return
    for row in rows:
        comment = f"{row['one_name']} = {row['other_name']}? {row['score']}: {row['why']}"
        click.echo(f"{row['correction']}  # {comment}" if row["correction"] else f"# {row['score']}: {row['why']}")
    if not rows:
        click.echo("Nothing is in doubt.")
    for row in read_left_out(folder):
        said = f"{row['subject']} {row['relation']} {row['object']}"
        click.echo(f"# left out: {said} ({row['article']}): {row['why']}")


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
def diff(old: Path, new: Path) -> None:
    """List what NEW says that OLD does not, what changed, and what it no longer says, with the articles."""
    from kg.changes import find_changes
    from kg.graph import read_graph

    changes = find_changes(read_graph(old), read_graph(new))
    for change in changes:
        how = f" [{change.how}]" if change.how else ""
        click.echo(f"{change.kind}: {change.words}{how}  ({', '.join(change.articles)})")
    if not changes:
        click.echo("Both say the same.")


COMMANDS = (explain, review, diff)
