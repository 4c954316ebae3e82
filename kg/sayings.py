"""What one article says once it is known what its entities are: rows that no longer need the article.

Extraction ─read_sayings─▶ Saying*, Figure*      grouped by their ends, over all articles, they make the graph's nodes
"""

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass

from kg.model import Article, Extraction, Span, Statement
from kg.ontology import Ontology
from kg.resolution.values import hash_of

Known = Mapping[str, tuple[str, str]]
"""Of one article: the id and the class of the node that each of its entities is, by the entity's id."""

Ends = tuple[str, str, str]
"""Subject id, relation, object id or literal."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement of one article between nodes: its `number` there, its ends, and what it tells of them.

    `date` and `amount`, as written, are empty where not given, and so is `said_by`, the id of a node. `held_by` are
    those who held the offices that are its ends or speaker. `evidence` are the ends of the IRIs of its quotes, of which
    `quote` is the first.
    """

    article: str
    number: int
    subject: str
    relation: str
    object: str
    modality: str
    date: str
    amount: str
    said_by: str
    held_by: tuple[str, ...]
    qualifiers: Mapping[str, str]
    value: tuple[float, str] | None
    confidence: float
    evidence: tuple[str, ...]
    quote: str

    @property
    def ends(self) -> Ends:
        """What sayings of other articles must share to be the same statement, or to disagree with it."""
        return self.subject, self.relation, self.object


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity of one article; `about` is the id of a node, or empty."""

    article: str
    number: int
    about: str
    unit: str
    start: int
    text: str
    value: float
    evidence: str
    quote: str


@dataclass(frozen=True, slots=True)
class Misfit:
    """A statement of one article that is left out, by the names of its ends there, with the reason and its quote."""

    article: str
    subject: str
    relation: str
    object: str
    why: str
    quote: str


Denoted = Callable[[str, str | None], str | None]
"""Of one article: the id of the person whom one of its entities, an office, denotes on a day; None for nobody."""


def read_sayings(
    extraction: Extraction, known: Known, ontology: Ontology, denoted: Denoted = lambda entity, day: None
) -> Iterator[Saying]:
    """The statements whose ends are, by all articles together, of classes that their relation joins."""
    article = extraction.article
    for number, statement in enumerate(extraction.statements):
        if not _misfit(statement, known, ontology):
            named = (statement.subject, statement.object, statement.said_by or "")
            held_by = {denoted(entity, statement.date or article.date) for entity in named if entity in known}
            yield Saying(
                article.id,
                number,
                *_ends(statement, known, ontology),
                statement.modality,
                statement.date or "",
                statement.qualifiers.get("amount", ""),
                known[statement.said_by][0] if statement.said_by else "",
                tuple(sorted(filter(None, held_by))),
                statement.qualifiers,
                statement.amount,
                statement.confidence,
                tuple(evidence_id(article, span) for span in statement.evidence),
                statement.evidence[0].of(article.text),
            )


def read_figures(extraction: Extraction, known: Known) -> Iterator[Figure]:
    """The quantities, each with the node that it is about."""
    article = extraction.article
    for number, quantity in enumerate(extraction.quantities):
        yield Figure(
            article.id,
            number,
            known[quantity.about][0] if quantity.about else "",
            quantity.unit,
            quantity.start,
            quantity.text,
            quantity.value,
            evidence_id(article, quantity.evidence),
            quantity.evidence.of(article.text),
        )


def quotes_of(extraction: Extraction, told: Container[tuple[str, int]]) -> Iterator[Span]:
    """What is quoted of an article whose statements of these numbers, with its id, are told."""
    for number, statement in enumerate(extraction.statements):
        if (extraction.article.id, number) in told:
            yield from statement.evidence
    yield from (quantity.evidence for quantity in extraction.quantities)


def evidence_id(article: Article, span: Span) -> str:
    """The end of the IRI of a quote."""
    return hash_of(article.id, str(span.start), span.of(article.text), size=8)


def read_misfits(extraction: Extraction, known: Known, ontology: Ontology) -> Iterator[Misfit]:
    """The statements that `read_sayings` leaves out."""
    names = {entity.id: entity.name for entity in extraction.entities}
    for statement in extraction.statements:
        if why := _misfit(statement, known, ontology):
            object = names.get(statement.object, statement.object)
            quote = statement.evidence[0].of(extraction.article.text)
            yield Misfit(extraction.article.id, names[statement.subject], statement.relation, object, why, quote)


def _misfit(statement: Statement, known: Known, ontology: Ontology) -> str:
    """Why the statement says nothing about what its ends are by all articles together; empty if it does."""
    relation = ontology.relation(statement.relation)
    subject, subject_type = known[statement.subject]
    object, object_type = ("", "") if relation.literal else known[statement.object]
    if subject == object:
        return "both ends are one thing"
    if relation.admits(subject_type, object_type):
        return ""
    return f"{relation.name} does not join {subject_type} and {object_type or 'a text'}, as most articles class them"


def _ends(statement: Statement, known: Known, ontology: Ontology) -> Ends:
    relation = ontology.relation(statement.relation)
    subject = known[statement.subject][0]
    object = statement.object if relation.literal else known[statement.object][0]
    if relation.symmetric and object < subject:
        subject, object = object, subject
    return subject, relation.name, object
