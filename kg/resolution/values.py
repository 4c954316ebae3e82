"""The frozen values of cross-article identity."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from kg.model import Entity, Extraction
from kg.text import slug

Key = tuple[str, str]
"""What identifies an entity: a class or family of classes, and its name as it is compared, or its official code."""

MentionId = tuple[str, str]
"""Article id and entity id."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One entity of one article, with what that article says of it.

    `posts` are the offices that a person holds in it, folded; `ties` the names of the bodies and places it belongs to;
    `states` the codes of the countries that the article names.
    """

    article: str
    date: str | None
    entity: Entity
    posts: frozenset[str] = frozenset()
    ties: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()

    @property
    def id(self) -> MentionId:
        """Where the mention stands."""
        return self.article, self.entity.id


@dataclass(frozen=True, slots=True)
class Context:
    """What an article says around its names: its day, and the codes of the countries and provinces it names.

    `squads`: it names a team of women or of an age, so that a country that plays may stand for another than its first.
    `sport`: it is about a match, so that a body with a club of its own may be that club. `natives`: it names people of
    Việt Nam, so that what is of no named state is not of a foreign one. `communes` are names, as compared, that it puts
    after "phường", "xã" and the like.
    """

    date: str | None
    countries: frozenset[str] = frozenset()
    provinces: frozenset[str] = frozenset()
    squads: bool = False
    sport: bool = False
    natives: bool = False
    communes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Identity:
    """What one article alone says a mention is.

    `label` and `type` are those of a table, empty and None where the articles decide. `rule` says how the name was
    read, empty if it was taken as it stands. `facts` are properties of the ontology with their values. `unsure`:
    several things are so named, and the article does not tell which is meant. `office`: the mention is an office, with
    the key of the body or country that has it, None for the home state.
    """

    key: Key
    label: str = ""
    type: str | None = None
    rule: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    unsure: bool = False
    office: tuple[str, Key | None] | None = None


@dataclass(frozen=True, slots=True, order=True)
class Doubt:
    """Two nodes that may be one and were left two: `score`, from 0 to 1, says how much speaks for one."""

    score: float
    one: str
    other: str
    why: str


@dataclass(frozen=True, slots=True)
class Form:
    """One name under which articles know a thing: the id it has by itself, the name, and in how many articles."""

    id: str
    name: str
    articles: int


@dataclass(frozen=True, slots=True)
class ResolvedEntity:
    """One thing, in whichever articles it stands.

    `id` is the last part of its IRI: a readable slug and a hash of its key. An entity keeps its id when later articles
    are added: that of its forms which was in the news first, or of the one that is pinned. `label` is the name of the
    table it stands in, else the one that most articles give it, the longer one if there are several. `aliases` are its
    other names, without titles and generic words. `reasons` says why several names are one thing. `facts` are codes and
    days of validity, `links` other entities by id, both by property of the ontology.
    """

    id: str
    label: str
    type: str
    aliases: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    forms: tuple[Form, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Tenure:
    """One holder of one office, and the days of the articles that say so, sorted; one day for each article.

    `office` is as it is compared; `of` is the id of the body or country, empty for the home state's own, or where
    articles name none.
    """

    office: str
    of: str
    holder: str
    days: tuple[str, ...]

    @property
    def first(self) -> str:
        """The first day on which an article reports it."""
        return self.days[0]

    @property
    def last(self) -> str:
        """The last day on which an article reports it."""
        return self.days[-1]


@dataclass(frozen=True, slots=True)
class Resolution:
    """All things, by id, and which of them each (article id, entity id) is.

    `doubts` are pairs left apart, the likeliest first; `sources` gives each article the article it copies, or itself;
    `additions` are what corrections say beside the articles; `rejected` are the statement nodes that they take away;
    `unapplied` are messages about corrections that no longer fit anything; `tenures` say who held which office when;
    `offices` gives each mention that is an office ("Thủ tướng Chính phủ") the office and the id of the body or country
    that has it, empty for the home state.
    """

    entities: tuple[ResolvedEntity, ...]
    of: Mapping[MentionId, ResolvedEntity]
    doubts: tuple[Doubt, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    additions: tuple[Extraction, ...] = ()
    rejected: Mapping[str, str] = field(default_factory=dict)
    unapplied: tuple[str, ...] = ()
    tenures: tuple[Tenure, ...] = ()
    offices: Mapping[MentionId, tuple[str, str]] = field(default_factory=dict)


def hash_of(*parts: str, size: int) -> str:
    """`2 * size` hexadecimal digits that depend on `parts` alone, for the ends of IRIs."""
    return blake2b("\x1f".join(parts).encode(), digest_size=size).hexdigest()


def id_of(key: Key) -> str:
    """The end of an entity's IRI."""
    return f"{slug(key[1].rpartition('|')[2])}-{hash_of(*key, size=4)}"
