"""What differs between two graphs: new, changed and retracted statements, with their articles."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Store

from kg.graph import select

_QUERY = """
SELECT ?node ?s ?subject ?relation ?o ?object ?modality ?date ?start ?amount ?article ?saidBy {
  ?node a kg:Statement ; rdf:subject ?s ; rdf:predicate ?relation ; rdf:object ?o ; kg:modality ?modality ;
        prov:wasDerivedFrom/dcterms:identifier ?article . ?s rdfs:label ?subject .
  OPTIONAL { ?o rdfs:label ?object } OPTIONAL { ?node kg:date ?date } OPTIONAL { ?node kg:startDate ?start }
  OPTIONAL { ?node kg:amount ?amount } OPTIONAL { ?node kg:saidBy/rdfs:label ?saidBy } }"""


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of a graph: its ends by IRI and by name, what is known of it, and the articles that say it."""

    node: str
    ends: tuple[str, str, str, str]
    words: str
    details: tuple[str, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """`kind` is new, changed or retracted; `words` say the statement; `articles` those that it gained or lost."""

    kind: str
    words: str
    articles: tuple[str, ...]
    how: str = ""


def find_changes(old: Store, new: Store) -> tuple[Change, ...]:
    """All changes from the old graph to the new one, sorted."""
    before, after = _facts(old), _facts(new)
    return tuple(sorted(_compare(before, after)))


def _compare(before: dict[str, Fact], after: dict[str, Fact]) -> Iterator[Change]:
    gone = {node: fact for node, fact in before.items() if node not in after}
    come = {node: fact for node, fact in after.items() if node not in before}
    for node in before.keys() & after.keys():
        one, other = before[node], after[node]
        if one.articles != other.articles or one.details != other.details or one.words != other.words:
            gained, lost = set(other.articles) - set(one.articles), set(one.articles) - set(other.articles)
            how = "; ".join(
                text
                for text in (
                    f"{len(one.articles)} → {len(other.articles)} articles" if gained or lost else "",
                    _differing(one.details, other.details),
                    f"was: {one.words}" if one.words != other.words else "",
                )
                if text
            )
            yield Change("changed", other.words, tuple(sorted(gained | lost)), how)
    by_ends: dict[tuple[str, str, str, str], list[Fact]] = defaultdict(list)
    for fact in gone.values():
        by_ends[fact.ends].append(fact)
    for fact in come.values():
        if len(by_ends[fact.ends]) == 1:
            former = by_ends[fact.ends].pop()
            del gone[former.node]
            articles = tuple(sorted({*former.articles, *fact.articles}))
            yield Change("changed", fact.words, articles, _differing(former.details, fact.details))
        else:
            yield Change("new", fact.words, fact.articles)
    for fact in gone.values():
        yield Change("retracted", fact.words, fact.articles)


def _differing(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    return f"{', '.join(one) or 'nothing more'} → {', '.join(other) or 'nothing more'}" if one != other else ""


def _facts(store: Store) -> dict[str, Fact]:
    rows: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in select(store, _QUERY):
        for name in (
            "s",
            "subject",
            "relation",
            "o",
            "object",
            "modality",
            "date",
            "start",
            "amount",
            "article",
            "saidBy",
        ):
            if row[name] is not None:
                rows[row["node"].value][name].add(row[name].value)
    facts = {}
    for node, row in sorted(rows.items()):
        first = {name: min(values) for name, values in row.items()}
        relation, modality = (first[name].rpartition("#")[2].rpartition("/")[2] for name in ("relation", "modality"))
        said = "" if modality == "asserted" else f" ({modality})"
        words = f"{first['subject']} {relation} {first.get('object', first['o'])}{said}"
        details = tuple(value for name in ("date", "start", "amount", "saidBy") for value in sorted(row.get(name, ())))
        ends = first["s"], first["relation"], first["o"], first["modality"]
        facts[node] = Fact(node, ends, words, details, tuple(sorted(row["article"])))
    return facts
