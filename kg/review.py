"""What a build decided about identity, as files that people and `kg explain` and `kg review` read.

`identity.jsonl` has one line for each node: its forms, mentions, reasons and offices. `doubts.csv` lists pairs that
were left apart, and the line for the corrections file that would join them; `left_out.csv` statements of articles that
are not in the graph.
"""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

from kg.errors import GraphError
from kg.resolution import Resolution
from kg.resolution.offices import Holders
from kg.sayings import Misfit
from kg.text import fold

IDENTITY = "identity.jsonl"
DOUBTS = "doubts.csv"
LEFT_OUT = "left_out.csv"
_COLUMNS = ("score", "one", "one_name", "other", "other_name", "why", "correction")


def write_identity(resolution: Resolution) -> str:
    """The text of `identity.jsonl`: one node a line, sorted by id."""
    mentions: dict[str, list[str]] = defaultdict(list)
    for (article, _), entity in sorted(resolution.of.items()):
        mentions[entity.id].append(article)
    offices: dict[str, list[dict[str, Any]]] = defaultdict(list)
    names = {entity.id: entity.label for entity in resolution.entities}
    for tenure in resolution.tenures:
        offices[tenure.holder].append(
            {
                "office": tenure.office,
                "of": names.get(tenure.of, ""),
                "first": tenure.first,
                "last": tenure.last,
                "articles": len(tenure.days),
            }
        )
    holders = _holders(resolution)
    lines = []
    for entity in resolution.entities:
        row = {
            "id": entity.id,
            "label": entity.label,
            "type": entity.type,
            "aliases": list(entity.aliases),
            "facts": dict(entity.facts),
            "forms": [{"id": form.id, "name": form.name, "articles": form.articles} for form in entity.forms],
            "reasons": list(entity.reasons),
            "offices": offices[entity.id],
            "holders": holders.get(entity.id, []),
            "articles": sorted(set(mentions[entity.id])),
        }
        lines.append(json.dumps(row, ensure_ascii=False) + "\n")
    return "".join(lines)


def _holders(resolution: Resolution) -> dict[str, list[dict[str, Any]]]:
    """Of each node that is an office, those whom it denotes on some day, with the days of the reports."""
    known = Holders(resolution.tenures)
    names = {entity.id: entity.label for entity in resolution.entities}
    nodes = {resolution.of[id].id: office for id, office in resolution.offices.items()}
    return {
        node: [
            {"holder": names[t.holder], "id": t.holder, "first": t.first, "last": t.last, "articles": len(t.days)}
            for t in sorted(resolution.tenures, key=lambda tenure: (tenure.first, tenure.holder))
            if (t.office, t.of) == office and any(known.of(*office, day) == t.holder for day in t.days)
        ]
        for node, office in nodes.items()
    }


def write_doubts(resolution: Resolution) -> str:
    """The text of `doubts.csv`, the likeliest pair first."""
    names = {entity.id: entity.label for entity in resolution.entities}
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for doubt in resolution.doubts:
        line = f"- same: [kgr:{doubt.one}, kgr:{doubt.other}]" if doubt.other in names else ""
        writer.writerow(
            (
                f"{doubt.score:g}",
                doubt.one,
                names.get(doubt.one, ""),
                doubt.other,
                names.get(doubt.other, ""),
                doubt.why,
                line,
            )
        )
    return target.getvalue()


def write_left_out(misfits: Iterable[Misfit]) -> str:
    """The text of `left_out.csv`, by article."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(field.name for field in fields(Misfit))
    writer.writerows(sorted(map(astuple, misfits)))
    return target.getvalue()


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
