"""The frozen values that pass between the stages.

    Article ─annotate─▶ Document ─extract─▶ Extraction ─(all of them) resolve, build─▶ graph

All offsets count characters of `Article.text`, which is NFC. Content only: no value knows how it was made.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Modality = Literal["asserted", "planned", "negated"]
MODALITIES: tuple[Modality, ...] = ("asserted", "planned", "negated")

BODIES = (
    "Company",
    "GovernmentBody",
    "PoliticalParty",
    "InternationalOrganization",
    "MediaOrganization",
    "Organization",
)
"""Classes of those that act and speak and are no persons."""

QUALIFIERS = ("amount", "place", "field", "role", "level", "occasion")


@dataclass(frozen=True, slots=True)
class Article:
    """One news article. `text` is NFC and has no metadata in it; `date` is the ISO day it was published."""

    id: str
    text: str
    date: str | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of characters of an article's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words the span covers."""
        return text[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        """Whether `other` lies within this span."""
        return self.start <= other.start and other.end <= self.end


MentionKind = Literal["name", "title", "generic", "pronoun"]


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for an entity: a name, an office ("Tổng Bí thư"), a generic ("tỉnh"), a pronoun ("ông").

    `article.text[start:end] == text`; `entity` is the id of an entity of the same document.
    """

    start: int
    end: int
    text: str
    kind: MentionKind
    entity: str

    @property
    def span(self) -> Span:
        """The mention's range of characters."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Entity:
    """What one article says of one thing: its fullest name, its class, all forms that stand for it there.

    `id` is "e1", "e2" … in order of first mention; `aliases` are substrings of the article.
    """

    id: str
    name: str
    type: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A checkable number: `text` as written, `value` in `unit`; `about` is an entity id or None.

    "hơn 1,8 tỷ USD" has value 1800000000 and unit "USD". `start` is the offset of `text`.
    """

    text: str
    value: float
    unit: str
    start: int
    about: str | None
    evidence: Span


@dataclass(frozen=True, slots=True)
class Title:
    """Words that name an office: `text` is the office as a position is written, without place or body ("Chủ tịch").

    `holder` is the entity who is said to hold it there, or None where the office stands alone and nobody is known to
    hold it; `former` is set for "nguyên", "cựu", "cố". `end` is where the office's words end, before any body.
    """

    start: int
    end: int
    text: str
    holder: str | None = None
    former: bool = False


@dataclass(frozen=True, slots=True)
class Time:
    """Words that name a time: `value` is ISO 8601 (day, month, year, or START/END), resolved by the article's date.

    None where the words cannot be resolved, such as "hôm qua" in an article without a date.
    """

    start: int
    end: int
    value: str | None


@dataclass(frozen=True, slots=True)
class Document:
    """An article with what was found in it before any relation.

    Sentences do not overlap and are in order; mentions, titles and times are in order and never cross a sentence.
    """

    article: Article
    sentences: tuple[Span, ...]
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    titles: tuple[Title, ...] = ()
    times: tuple[Time, ...] = ()
    quantities: tuple[Quantity, ...] = ()

    def entity(self, id: str) -> Entity:
        """The entity with that id."""
        return self.entities[int(id[1:]) - 1]


@dataclass(frozen=True, slots=True)
class Finding:
    """One relation found in one sentence, before its attributes are read.

    `sentence` is an index into the document's sentences; `trigger` the words that express the relation, where there
    are any; `subject_at` and `object_at` are indices of the mentions that stand for the ends, None where an end is
    understood (an elided subject) or is a literal.
    """

    subject: str
    relation: str
    object: str
    sentence: int
    trigger: Span | None = None
    subject_at: int | None = None
    object_at: int | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Statement:
    """One relation that an article states.

    `subject` is an entity id; `object` an entity id, or a literal where the relation's range is one.
    `evidence` are whole sentences, at least one. `date` is ISO 8601: a day, a month, a year, or START/END.
    `confidence` is the calibrated chance that the statement is right, 0 to 1.
    """

    subject: str
    relation: str
    object: str
    evidence: tuple[Span, ...]
    modality: Modality = "asserted"
    date: str | None = None
    said_by: str | None = None
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    amount: tuple[float, str] | None = None
    confidence: float = 1.0
    extractor: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one article says. Needs no other article; the unit of caching, of parallel work and of evaluation."""

    article: Article
    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]
    quantities: tuple[Quantity, ...] = ()
