"""The page's data: the view as compact JSON values, entities in order of importance.

Entities, articles, paragraphs, classes and relations are named by their place in their list; keys are short, empty
values are left out, and a paragraph that many quotes share is held once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.exporters.appearance import DARK, LIGHT, appearance_of
from kg.layout import place_entities, rank_entities
from kg.ontology import Ontology
from kg.view import GraphView, ViewArticle, ViewEntity, ViewEvidence, ViewStatement

Json = dict[str, object]

MAX_HELD = 20_000
"""Entities that one file holds at most: with their quotes about 40 MB, which a phone still opens."""

_DETAILS = ("place", "amount", "field", "role", "level", "occasion")


@dataclass(frozen=True, slots=True)
class PageData:
    """What the page shows: `held` entities of `known`, the first `drawn` of them with a position in `positions`."""

    json: Json
    entities: tuple[ViewEntity, ...]
    positions: Mapping[str, tuple[int, int]]
    known: int

    @property
    def drawn(self) -> int:
        return len(self.positions)

    @property
    def held(self) -> int:
        return len(self.entities)


def page_data(view: GraphView, ontology: Ontology, prefixes: Mapping[str, str], *, max_nodes: int) -> PageData:
    """The view for a page that draws at most `max_nodes` entities: the best connected and best supported ones.

    A large graph is drawn without the entities that no statement links to another; search still finds them.
    """
    ranked, most = rank_entities(view.entities, view.statements)
    held = tuple(ranked[:MAX_HELD])
    drawn = min(max_nodes, most)
    number = {entity.iri: index for index, entity in enumerate(held)}
    statements = [s for s in view.statements if s.subject in number and (s.object is None or s.object in number)]
    positions = place_entities(held[:drawn], statements)
    writer = _Writer(number, view.articles, ontology, prefixes)
    json: Json = {
        "prefixes": dict(prefixes),
        "palette": {"light": LIGHT, "dark": DARK},
        "counts": {"entities": len(view.entities), "statements": len(view.statements), "drawn": len(positions)},
        "entities": [writer.entity(entity) for entity in held],
        "statements": [writer.statement(statement) for statement in statements],
        "quantities": [
            {"a": number[quantity.about], "t": quantity.text, "e": writer.evidence(quantity.evidence)}
            for quantity in view.quantities
            if quantity.about in number
        ],
    }
    json |= {
        "articles": writer.articles,
        "paragraphs": list(writer.paragraphs),
        "classes": writer.class_terms(),
        "relations": writer.relation_terms(),
    }
    return PageData(json, held, positions, len(view.entities))


class _Writer:
    """Numbers the classes, relations, articles and paragraphs that are used, in the order of their first use."""

    def __init__(
        self,
        number: Mapping[str, int],
        articles: Iterable[ViewArticle],
        ontology: Ontology,
        prefixes: Mapping[str, str],
    ) -> None:
        self.number = number
        self.ontology = ontology
        self.namespaces = sorted(prefixes.items(), key=lambda item: (-len(item[1]), item[0]))
        self.classes: dict[str, int] = {}
        self.relations: dict[str, int] = {}
        self.paragraphs: dict[str, int] = {}
        self.article_number: dict[str, int] = {}
        self.articles: list[Json] = []
        for article in articles:
            self.article_number[article.iri] = len(self.articles)
            values = {"i": article.id, "t": article.title, "d": article.date, "o": article.outlet, "u": article.url}
            self.articles.append({"k": self.short(article.iri)} | _given(values))

    def short(self, iri: str) -> str:
        """The IRI with a prefix where one fits and the rest needs no escape; else the IRI in angle brackets."""
        for prefix, namespace in self.namespaces:
            rest = iri.removeprefix(namespace)
            if rest != iri and rest.isascii() and rest.replace("-", "").replace("_", "").isalnum():
                return f"{prefix}:{rest}"
        return f"<{iri}>"

    def entity(self, entity: ViewEntity) -> Json:
        kind = self.classes.setdefault(entity.type, len(self.classes))
        values = {"a": entity.aliases, "p": entity.positions}
        return {"k": self.short(entity.iri), "n": entity.label, "c": kind} | _given(values)

    def statement(self, statement: ViewStatement) -> Json:
        relation = self.relations.setdefault(statement.relation, len(self.relations))
        values: Json = {
            "o": None if statement.object is None else self.number[statement.object],
            "l": statement.literal,
            "m": None if statement.modality == "asserted" else statement.modality,
            "d": statement.date,
            "q": _given({name: getattr(statement, name) for name in _DETAILS}),
            "b": None if statement.said_by is None else self.number.get(statement.said_by),
            "n": None if statement.sources == 1 else statement.sources,
            "c": statement.confidence,
            "e": self.evidence(statement.evidence),
        }
        return {"k": self.short(statement.iri), "s": self.number[statement.subject], "r": relation} | _given(values)

    def evidence(self, evidence: Iterable[ViewEvidence]) -> list[Json]:
        """Each quote as a stretch of a paragraph, counted in UTF-16 units as JavaScript does."""
        return [self._quote(quote) for quote in evidence]

    def _quote(self, quote: ViewEvidence) -> Json:
        paragraph = quote.paragraph or quote.quote
        at = paragraph.find(quote.quote)
        if at < 0:
            paragraph, at = quote.quote, 0
        start = _units(paragraph[:at])
        json: Json = {
            "k": self.short(quote.iri),
            "a": self.article_number[quote.article],
            "p": self.paragraphs.setdefault(paragraph, len(self.paragraphs)),
            "s": start,
            "z": start + _units(quote.quote),
        }
        return json | _given({"x": quote.start, "y": quote.end})

    def class_terms(self) -> list[Json]:
        terms: list[Json] = []
        for name in self.classes:
            term, look = self.ontology.classes.get(name), appearance_of(name, self.ontology)
            vi, en = (term.label_vi, term.label_en) if term else (name, name)
            iri = self.short(term.iri) if term else name
            terms.append({"k": iri, "n": name, "vi": vi, "en": en, "family": look.family, "shape": look.shape})
        return terms

    def relation_terms(self) -> list[Json]:
        terms: list[Json] = []
        for name in self.relations:
            term = self.ontology.relations.get(name)
            vi, en = (term.label_vi, term.label_en) if term else (name, name)
            iri = self.short(term.iri) if term else f"kg:{name}"
            terms.append({"k": iri, "n": name, "vi": vi, "en": en} | _given({"sym": bool(term and term.symmetric)}))
        return terms


def _given(values: Mapping[str, object]) -> Json:
    """The values that say something: not None, not empty, not False."""
    return {key: value for key, value in values.items() if value or (value == 0 and value is not False)}


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
