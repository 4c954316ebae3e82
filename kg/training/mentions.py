"""What an annotated article says of its entities: where each is mentioned, and which relations hold in which sentences.

The gold lists the forms that stand for an entity. Where these stand is found as the program finds it, names
first, then offices, generics and pronouns; forms that this leaves out are looked up as they are written.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.annotation.coreference import resolve_mentions
from kg.evaluation import align, normalise
from kg.gazetteer import load_gazetteer
from kg.model import Span
from kg.ontology import Ontology
from kg.recognition import Name
from kg.recognition.words import find_words
from kg.training.data import Labelled

__all__ = ["Annotated", "Standing", "Stated", "read_mentions"]


@dataclass(frozen=True, slots=True, order=True)
class Standing:
    """A mention of a gold entity at `text[start:end]`."""

    start: int
    end: int
    type: str
    entity: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A relation between two gold entities, and the numbers of the sentences that state it."""

    subject: str
    relation: str
    object: str
    sentences: frozenset[int]


@dataclass(frozen=True, slots=True)
class Annotated:
    """The mentions of an article, in order, and what is stated of them."""

    mentions: tuple[Standing, ...]
    stated: tuple[Stated, ...]


def read_mentions(article: Labelled, ontology: Ontology) -> Annotated:
    """The mentions and relations of an article whose gold record has statements."""
    mentions = [*_resolved(article, ontology)]
    mentions += _written(article, mentions)
    return Annotated(tuple(sorted(mentions)), tuple(_stated(article)))


def _resolved(article: Labelled, ontology: Ontology) -> Iterator[Standing]:
    """Mentions as the program finds them from the gold names."""
    names = [Name(start, end, type_, 1.0) for start, end, type_ in article.names]
    resolved = resolve_mentions(
        article.text, [Span(*s) for s in article.sentences], names, ontology.lexicon, load_gazetteer()
    )
    found = [{"id": e.id, "name": e.name, "type": e.type, "aliases": list(e.aliases)} for e in resolved.entities]
    gold_of = align([dict(entity) for entity in article.entities], found)
    types = {entity["id"]: entity["type"] for entity in article.entities}
    for mention in resolved.mentions:
        if gold := gold_of.get(mention.entity):
            yield Standing(mention.start, mention.end, types[gold], gold)


def _written(article: Labelled, known: Sequence[Standing]) -> Iterator[Standing]:
    """The gold forms, longest first, where no known mention of their entity is."""
    by_first: dict[str, list[tuple[tuple[str, ...], Mapping[str, Any]]]] = defaultdict(list)
    for entity in article.entities:
        for alias in sorted({entity["name"], *(entity.get("aliases") or ())}):
            form = tuple(alias[start:end] for start, end in find_words(alias))
            if form:
                by_first[form[0]].append((form, entity))
    taken: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for mention in known:
        taken[mention.entity].append((mention.start, mention.end))
    for sentence in article.sentences:
        spans = find_words(article.text, *sentence)
        words = [article.text[start:end] for start, end in spans]
        at = 0
        while at < len(words):
            fitting = [
                (len(form), entity)
                for form, entity in by_first.get(words[at], ())
                if tuple(words[at : at + len(form)]) == form
            ]
            longest = max((length for length, _ in fitting), default=1)
            entities = {entity["id"]: entity["type"] for length, entity in fitting if length == longest}
            if len(entities) == 1:
                ((id_, type_),) = entities.items()
                start, end = spans[at][0], spans[at + longest - 1][1]
                if not any(left < end and start < right for left, right in taken[id_]):
                    taken[id_].append((start, end))
                    yield Standing(start, end, type_, id_)
            at += longest


def _stated(article: Labelled) -> Iterator[Stated]:
    sentences = [normalise(article.text[start:end]) for start, end in article.sentences]
    known = {entity["id"] for entity in article.entities}
    for statement in article.statements:
        if statement["s"] not in known or statement["o"] not in known:
            continue  # the object is a literal
        evidence = statement["evidence"] or []
        quotes = [normalise(quote) for quote in ([evidence] if isinstance(evidence, str) else evidence)]
        stating = frozenset(
            number
            for number, sentence in enumerate(sentences)
            if any(quote in sentence or (sentence and sentence in quote) for quote in quotes)
        )
        yield Stated(statement["s"], statement["p"], statement["o"], stating)
