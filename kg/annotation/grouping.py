"""Which names of one article name the same thing: equal names, short forms of longer ones, acronyms in brackets."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from kg.annotation.shortening import Comparison
from kg.gazetteer import Gazetteer
from kg.ontology import Lexicon
from kg.recognition import Name
from kg.text import nfc

_OPTIONAL_HEAD = regex.compile(r"(?:tập đoàn|công ty|hãng) ", regex.I)
_OPENING = regex.compile(r"\s*\((?:viết tắt là |gọi tắt là |viết tắt: )?[\"“']?\Z")
_LONGEST_OPENING = 24
_OWN_COUNTRY = "Việt Nam"
_LOCATING = regex.compile(
    r"(?:\b(?:ở|tại|đến|tới|từ|về|thủ đô|thành phố|TP|thăm|rời|gần|sang|quanh|ngoài|trong|phía \w+|sân bay)|,)\s\Z",
    regex.I,
)


@dataclass(slots=True)
class Cluster:
    """An entity in the making: its class, the forms of its names with their counts, what is said of it.

    `offices` are a person's, folded; `bodies` are clusters of the places of these offices; `addressed` are forms of
    address ("ông"), `levels` the words for a place's level that stood before its name.
    """

    type: str
    forms: Counter[str] = field(default_factory=Counter)
    addressed: set[str] = field(default_factory=set)
    levels: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)
    bodies: set[int] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The fullest form, without "Tập đoàn" or the like where the article also has the name without it."""
        fullest = max(self.forms, key=lambda form: (len(form.split()), len(form), form))
        head = _OPTIONAL_HEAD.match(fullest) if self.type == "Company" else None
        return fullest[head.end() :] if head and fullest[head.end() :] in self.forms else fullest


def key_of(form: str) -> str:
    """A form as it is compared: lower case, one kind of dash, single spaces."""
    return " ".join(nfc(form).lower().replace("–", "-").replace(" - ", "-").split())


def group_names(
    text: str, names: Sequence[Name], lexicon: Lexicon, gazetteer: Gazetteer
) -> tuple[list[Cluster], list[int]]:
    """The clusters, and for each name the index of its cluster."""
    clusters: list[Cluster] = []
    first_at: list[int] = []
    of_name: list[int] = []
    forms: dict[tuple[str, str], int] = {}
    for name in names:
        form = text[name.start : name.end]
        known = forms.setdefault((key_of(form), name.type), len(clusters))
        if known == len(clusters):
            clusters.append(Cluster(name.type))
            first_at.append(name.start)
        clusters[known].forms[form] += 1
        of_name.append(known)
    bracketed = set(_brackets(text, names, of_name))
    comparison = Comparison([(c.type, c.name) for c in clusters], bracketed, lexicon, gazetteer)
    root = _join(comparison, first_at)
    for c in range(len(clusters)):
        if root[c] != c:
            clusters[root[c]].forms.update(clusters[c].forms)
    # A capital is no name of its country: it stands for it without giving its forms.
    for capital, country in _governments(text, names, of_name, clusters, gazetteer):
        root[capital] = root[country]
    return clusters, [root[c] for c in of_name]


def _brackets(text: str, names: Sequence[Name], of_name: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs of clusters of which one stands in brackets right after the other: "Paris Saint Germain (PSG)"."""
    for i in range(len(names) - 1):
        left, right = names[i], names[i + 1]
        if left.type != right.type or right.start - left.end >= _LONGEST_OPENING:
            continue
        closed = text[right.end : right.end + 2].lstrip("\"”'")[:1] == ")"
        if closed and _OPENING.match(text, left.end, right.start):
            yield of_name[i], of_name[i + 1]


def _governments(
    text: str, names: Sequence[Name], of_name: Sequence[int], clusters: Sequence[Cluster], gazetteer: Gazetteer
) -> Iterator[tuple[int, int]]:
    """Capitals that stand for their country's government, each with that country: "Washington tuyên bố …".

    A capital that the article anywhere speaks of as a place is one; so is always that of the press's own country.
    """
    countries: dict[str, int] = {}
    for number, cluster in enumerate(clusters):
        if cluster.type == "Country" and (entry := gazetteer.lookup(cluster.name)):
            countries.setdefault(entry.name, number)
    places = {
        c
        for name, c in zip(names, of_name, strict=True)
        if _LOCATING.search(text, max(0, name.start - _LONGEST_OPENING), name.start)
    }
    for number, cluster in enumerate(clusters):
        if cluster.type == "AdministrativeArea" and number not in places:
            entry = gazetteer.government(cluster.name)
            if entry and entry.name in countries and entry.name != _OWN_COUNTRY:
                yield number, countries[entry.name]


def _join(comparison: Comparison, first_at: Sequence[int]) -> list[int]:
    """For each cluster the one it is another form of in the end: the latest longer one before it, else the first."""
    count = len(first_at)
    parent = list(range(count))
    for short in sorted(range(count), key=lambda c: (comparison.length(c), -c)):
        longer = comparison.longer_forms(short)
        if longer:
            earlier = [c for c in longer if first_at[c] <= first_at[short]]
            parent[short] = (
                max(earlier, key=lambda c: (first_at[c], c)) if earlier else min(longer, key=lambda c: (first_at[c], c))
            )
    for c in sorted(range(count), key=lambda c: (-comparison.length(c), c)):
        seen = {c}
        root = c
        while parent[root] != root and parent[root] not in seen:
            root = parent[root]
            seen.add(root)
        parent[c] = root
    return parent
