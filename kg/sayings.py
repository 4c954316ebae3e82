"""What one article says once it is known what its entities are: rows that no longer need the article.

Extraction ─read_sayings─▶ Saying*, Figure*      grouped by their ends, over all articles, they make the graph's nodes
"""

from collections.abc import Container, Iterator, Mapping
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

    `date` and `amount`, as written, are empty where not given, and so is `said_by`, the id of a node. `evidence` are
    the ends of the IRIs of its quotes, the first of which is `quote`.
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


def read_sayings(extraction: Extraction, known: Known, ontology: Ontology) -> Iterator[Saying]:
    """The statements whose ends are, by all articles together, of classes that their relation joins."""
    article = extraction.article
    for number, statement in enumerate(extraction.statements):
        ends = _ends(statement, known, ontology)
        if ends is not None:
            yield Saying(
                article.id,
                number,
                *ends,
                statement.modality,
                statement.date or "",
                statement.qualifiers.get("amount", ""),
                known[statement.said_by][0] if statement.said_by else "",
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


def _ends(statement: Statement, known: Known, ontology: Ontology) -> Ends | None:
    relation = ontology.relation(statement.relation)
    subject, subject_type = known[statement.subject]
    if relation.literal:
        return (subject, relation.name, statement.object) if relation.admits(subject_type, "") else None
    object, object_type = known[statement.object]
    # Two ends that turn out to be one thing state nothing.
    if subject == object or not relation.admits(subject_type, object_type):
        return None
    if relation.symmetric and object < subject:
        subject, object = object, subject
    return subject, relation.name, object
