"""What the command line shows at its ends: builds, answers, faults and figures as tables for a terminal."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kg.building import Summary
from kg.errors import InputError
from kg.evaluation import ATTRIBUTES, KINDS, Fault
from kg.model import MODALITIES
from kg.pipeline import MAX_DRAWN
from kg.query import Answer
from kg.review import LEFT_OUT
from kg.validation import Violation

_MOST = 12


def draw_build(build: Summary, bad: Sequence[InputError], seconds: float) -> RenderableType:
    """Articles, entities by class, statements by relation and modality, seconds, and where to look next."""
    by_relation: dict[str, Counter[str]] = defaultdict(Counter)
    for (relation, modality), count in build.statements.items():
        by_relation[relation][modality] += count
    entities = _table("entities", "")
    for type, count in _most(build.entities):
        entities.add_row(type, str(count))
    statements = _table("statements", *MODALITIES)
    totals = Counter({relation: counts.total() for relation, counts in by_relation.items()})
    for relation, _ in _most(totals):
        counts = by_relation.get(relation) or _others(by_relation, totals)
        statements.add_row(relation, *(str(counts[modality] or "") for modality in MODALITIES))
    tables = Table.grid(padding=(0, 4))
    tables.add_row(entities, statements)
    head = (
        f"{_count(build.articles, 'article')}, {_count(build.entities.total(), 'entity', 'entities')}, "
        f"{_count(build.statements.total(), 'statement')} in {seconds:.1f} s"
    )
    if bad:
        head += f"; {_count(len(bad), 'article')} could not be read"
    if build.left_out:
        head += f".\nLeft out: {_count(build.left_out, 'statement')} whose ends turned out otherwise, see {LEFT_OUT}"
    if (entities_known := build.entities.total()) > MAX_DRAWN:
        head += (
            f".\nThe page and the Gephi file hold the {MAX_DRAWN:,} with most support of {entities_known:,} entities"
        )
    page, *others = sorted(map(str, build.files), key=lambda name: not name.endswith(".html"))
    done = "Unchanged since the last build" if build.current else "Also written"
    return Group(Text(head, "bold"), tables, Text(f"Open {page} in a browser. {done}: {', '.join(others)}."))


def _most(counts: Counter[str]) -> list[tuple[str, int]]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rest = ordered[_MOST:]
    return [*ordered[:_MOST], (f"{len(rest)} others", sum(count for _, count in rest))] if rest else ordered


def _others(by_relation: dict[str, Counter[str]], totals: Counter[str]) -> Counter[str]:
    shown = {relation for relation, _ in _most(totals)}
    return sum((counts for relation, counts in by_relation.items() if relation not in shown), Counter())


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _table(first: str, *numbers: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    table.add_column(first)
    for number in numbers:
        table.add_column(number, justify="right")
    return table


def draw_answer(answer: Answer) -> RenderableType:
    """The rows of a query, IRIs shortened."""
    if answer.text is not None:
        return Text(answer.text.rstrip("\n"))
    table = Table(*answer.columns, box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for row in answer.rows:
        table.add_row(*(Text(answer.shorten(term)) for term in row))
    return Group(table, Text(_count(len(answer.rows), "row"), "dim"))


def draw_violations(violations: Sequence[Violation], *, most: int = 5) -> RenderableType:
    """Each broken rule with how often it is broken and the first few places."""
    by_message: dict[str, list[Violation]] = defaultdict(list)
    for violation in violations:
        by_message[violation.message].append(violation)
    lines = []
    for message, places in by_message.items():
        lines.append(Text(f"{message} Broken {_count(len(places), 'time')}:", "bold"))
        lines += [Text(f"  {place.node}" + (f"  ({place.value})" if place.value else "")) for place in places[:most]]
        if len(places) > most:
            lines.append(Text(f"  and {len(places) - most} more", "dim"))
    return Group(*lines)


def draw_figures(figures: dict[str, Any]) -> RenderableType:
    """Precision, recall and F1 of each kind, shares of attributes, and counts by class and relation."""
    head = f"{_count(figures['articles'], 'article')}, {figures['articles_without_prediction']} without a prediction"
    kinds = _table("", "precision", "recall", "F1")
    for kind in KINDS:
        kinds.add_row(kind, *(f"{figures[kind][name]:.3f}" for name in ("p", "r", "f1")))
    low, high = figures["statement"]["f1_95"]
    shares = _table("of found statements", "right", "of", "share")
    for attribute in ATTRIBUTES:
        if row := figures.get(attribute):
            shares.add_row(attribute, str(row["ok"]), str(row["of"]), f"{row['share']:.3f}")
    return Group(
        Text(head, "bold"),
        kinds,
        Text(f"statement F1: 95 % interval {low:.3f} to {high:.3f}"),
        shares,
        _draw_counts("class", figures["by_type"]),
        _draw_counts("relation", figures["by_relation"]),
    )


def _draw_counts(title: str, counts: dict[str, dict[str, int]]) -> RenderableType:
    table = _table(title, "gold", "predicted", "right")
    for name, row in sorted(counts.items(), key=lambda item: (-item[1]["gold"], item[0])):
        table.add_row(name, str(row["gold"]), str(row["pred"]), str(row["hit"]))
    return table


def draw_faults(title: str, faults: Sequence[Fault], most: int) -> RenderableType:
    """The first `most` faults of each relation, with the sentence they stand in."""
    by_relation: dict[str, list[Fault]] = defaultdict(list)
    for fault in faults:
        by_relation[fault.relation].append(fault)
    lines = []
    for relation in sorted(by_relation, key=lambda name: (-len(by_relation[name]), name)):
        lines.append(Text(f"{title} {relation} ({len(by_relation[relation])})", "bold"))
        shown = by_relation[relation][:most]
        lines += [Text(f"  {fault.article}: {fault.shown}\n      {fault.evidence}") for fault in shown]
    return Group(*lines)
