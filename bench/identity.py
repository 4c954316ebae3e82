"""How right the joins of cross-article resolution are, on mentions that somebody has read and told apart.

    python bench/identity.py LABELS.tsv NEWS.jsonl.gz CACHE.pickle SIZE

LABELS has a header line and tab-separated columns: `block`, `article`, `name`, `class`, `thing`. A line is one mention:
the id of its article, the entity's name and class there, and any word for the thing that it is; lines with the same
`thing` are one. Only mentions of one `block`, whose names are alike, are compared with each other, so that a reader
need not tell everything from everything. CACHE is what bench/resolution.py made of NEWS, of which the first SIZE
articles are joined; articles of LABELS that are not among them are read too.

It prints precision and recall of pairs, and B³, over all blocks; and each pair that is wrong. A mention that this
version of the program no longer finds is counted, and left out.
"""

import csv
import pickle
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from kg.articles import read_articles
from kg.model import Extraction
from kg.ontology import load_ontology
from kg.pipeline import extract_articles
from kg.resolution import Resolution, resolve


@dataclass(frozen=True, slots=True)
class Labelled:
    """One mention: the thing that a reader says it is, and the node that the program makes it."""

    block: str
    shown: str
    thing: str
    node: str


def read(labels: Path, resolution: Resolution, extractions: Iterable[Extraction]) -> tuple[list[Labelled], int]:
    """The labelled mentions that the program finds, and how many it does not."""
    entities: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for extraction in extractions:
        for entity in extraction.entities:
            entities[extraction.article.id, entity.name].setdefault(entity.type, entity.id)
    found, lost = [], 0
    with labels.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            classes = entities.get((row["article"], row["name"]), {})
            if id := classes.get(row["class"]) or next(iter(classes.values()), None):
                node = resolution.of[row["article"], id].id
                shown = f"{row['name']} ({row['class']}, {row['article']})"
                found.append(Labelled(row["block"], shown, row["thing"], node))
            else:
                lost += 1
    return found, lost


def score_pairs(blocks: Iterable[Sequence[Labelled]]) -> tuple[int, int, int, list[str]]:
    """Pairs that are rightly joined, that are joined, that should be; and those that are wrong."""
    right = joined = wanted = 0
    faults = []
    for block in blocks:
        for one, other in combinations(block, 2):
            same, said = one.thing == other.thing, one.node == other.node
            right, joined, wanted = right + (same and said), joined + said, wanted + same
            if same != said:
                faults.append(f"{'missed' if same else 'WRONG'}  {one.shown} = {other.shown}")
    return right, joined, wanted, faults


def score_b3(blocks: Iterable[Sequence[Labelled]]) -> tuple[float, float]:
    """B³ precision and recall: the mean, over mentions, of the share of its group that is rightly in it."""
    precision, recall, count = 0.0, 0.0, 0
    for block in blocks:
        for mention in block:
            node = {other.shown for other in block if other.node == mention.node}
            thing = {other.shown for other in block if other.thing == mention.thing}
            precision += len(node & thing) / len(node)
            recall += len(node & thing) / len(thing)
            count += 1
    return precision / count, recall / count


def f1(precision: float, recall: float) -> float:
    """The harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def main() -> None:
    labels, news, cache, size = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
    extractions: list[Extraction] = pickle.loads(cache.read_bytes())[:size]
    with labels.open(encoding="utf-8", newline="") as file:
        wanted = {row["article"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    missing = wanted - {extraction.article.id for extraction in extractions}
    if missing:
        rest = (a for a in read_articles([news], on_error=lambda error: None) if a.id in missing)
        extractions += extract_articles(rest, ontology=load_ontology(), engine="fast")
    mentions, lost = read(labels, resolve(extractions), extractions)
    groups: dict[str, list[Labelled]] = defaultdict(list)
    for mention in mentions:
        groups[mention.block].append(mention)
    right, joined, same, faults = score_pairs(groups.values())
    print("\n".join(faults))
    pairs = sum(len(block) * (len(block) - 1) // 2 for block in groups.values())
    precision, recall = right / max(1, joined), right / max(1, same)
    print(
        f"{len(mentions)} mentions in {len(groups)} blocks, {lost} not found; {pairs} pairs, {same} of one thing\n"
        f"pairs: precision {precision:.3f} ({right} of {joined})  recall {recall:.3f} ({right} of {same})  "
        f"F1 {f1(precision, recall):.3f}"
    )
    precision, recall = score_b3(groups.values())
    print(f"B³:    precision {precision:.3f}  recall {recall:.3f}  F1 {f1(precision, recall):.3f}")


if __name__ == "__main__":
    main()
