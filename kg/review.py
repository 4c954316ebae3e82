"""What a build decided about identity, as files that people and `kg explain` and `kg review` read.

`identity.jsonl` has one line for each node: its forms, mentions, reasons and offices. `doubts.csv` lists pairs that
were left apart, and the line for the corrections file that would join them; `left_out.csv` statements of articles that
are not in the graph.
"""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.errors import GraphError
from kg.resolution import Doubt
from kg.text import fold

IDENTITY = "identity.jsonl"
DOUBTS = "doubts.csv"
LEFT_OUT = "left_out.csv"
COLUMNS = ("score", "one", "one_name", "other", "other_name", "why", "correction")


def row_of(doubt: Doubt, one: str | None, other: str | None) -> tuple[str, ...]:
    """The row of a pair in `doubts.csv`, when the two have these names; `other` may be something without one."""
    line = f"- same: [kgr:{doubt.one}, kgr:{doubt.other}]" if other is not None else ""
    return f"{doubt.score:g}", doubt.one, one or "", doubt.other, other or "", doubt.why, line


def read_left_out(folder: Path) -> list[dict[str, str]]:
    """The statements that the build in `folder` left out."""
    return list(csv.DictReader(io.StringIO(_read(folder / LEFT_OUT))))


def read_doubts(folder: Path) -> list[dict[str, str]]:
    """The doubts of the build in `folder`."""
    return list(csv.DictReader(io.StringIO(_read(folder / DOUBTS))))


def find_identities(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """The nodes of the build in `folder` that `name` (an id, a name, case and diacritics aside) stands for."""
    wanted = fold(name.removeprefix("kgr:"))
    rows = [json.loads(line) for line in _read(folder / IDENTITY).splitlines()]
    exact = [row for row in rows if name.removeprefix("kgr:") in (row["id"], row["label"], *row["aliases"])]
    for row in exact or rows:
        names = (row["label"], *row["aliases"], *(form["name"] for form in row["forms"]))
        if exact or wanted in {fold(known) for known in names}:
            yield row


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except OSError as error:
        raise GraphError(f"{file}: cannot be read ({error.strerror}). Build first: kg build -o {file.parent}") from None
