"""Which names of one article name the same thing: equal names, short forms of longer ones, acronyms in brackets."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import regex

from kg.ontology import Lexicon
from kg.recognition import Name
from kg.text import nfc

LEVELS = ("tỉnh", "thành phố", "tp", "quận", "huyện", "thị xã", "xã", "phường", "thị trấn", "thủ đô")
DESCRIPTIVE = frozenset({"Event", "Agreement", "Initiative", "Project"})
_LOCATED = frozenset({"AdministrativeArea", "Country", "Place"})
_BEFORE_PLACES = frozenset({*LEVELS, "nước", "khu vực", "vùng", "sân", "sân vận động", "khu"})
_OPTIONAL_HEAD = regex.compile(r"(?:tập đoàn|công ty|hãng) ", regex.I)
_OPENING = regex.compile(r"\s*\((?:viết tắt là |gọi tắt là |viết tắt: )?[\"“']?\Z")
# More longer forms than this are not compared with one short form; a real article has a handful.
_MOST_COMPARED = 40
_LONGEST_OPENING = 24


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


def group_names(text: str, names: Sequence[Name], lexicon: Lexicon) -> tuple[list[Cluster], list[int]]:
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
    comparison = _Comparison([(c.type, key_of(c.name).split(), c.name) for c in clusters], bracketed, lexicon)
    root = _join(comparison, first_at)
    for c in range(len(clusters)):
        if root[c] != c:
            clusters[root[c]].forms.update(clusters[c].forms)
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


def _join(comparison: "_Comparison", first_at: Sequence[int]) -> list[int]:
    """For each cluster the one it is a short form of in the end: the latest longer one before it, else the first."""
    count = len(first_at)
    parent = list(range(count))
    for short in sorted(range(count), key=lambda c: (len(comparison.words[c]), -c)):
        longer = [c for c in comparison.candidates(short) if comparison.is_short_for(short, c)]
        if longer:
            earlier = [c for c in longer if first_at[c] <= first_at[short]]
            parent[short] = (
                max(earlier, key=lambda c: (first_at[c], c)) if earlier else min(longer, key=lambda c: (first_at[c], c))
            )
    for c in sorted(range(count), key=lambda c: (-len(comparison.words[c]), c)):
        seen = {c}
        root = c
        while parent[root] != root and parent[root] not in seen:
            root = parent[root]
            seen.add(root)
        parent[c] = root
    return parent


class _Comparison:
    """The forms to compare, arranged so that a form meets only those that share a word's end or an acronym with it."""

    def __init__(
        self, clusters: Sequence[tuple[str, list[str], str]], bracketed: set[tuple[int, int]], lexicon: Lexicon
    ) -> None:
        self.types = [type_ for type_, _, _ in clusters]
        self.words = [words for _, words, _ in clusters]
        self.names = [name for _, _, name in clusters]
        self.bracketed = bracketed
        self.partners: dict[int, list[int]] = defaultdict(list)
        for left, right in sorted(bracketed):
            self.partners[left].append(right)
            self.partners[right].append(left)
        self.heads: Mapping[str, list[str]] = {
            type_: sorted({head.lower() for head in heads}, key=lambda h: (-len(h), h))
            for type_, heads in lexicon.heads.items()
        }
        self.places = {" ".join(w) for t, w, _ in clusters if t in {"Country", "AdministrativeArea"}} | {"việt nam"}
        self.by_edge: dict[tuple[str, str], list[int]] = defaultdict(list)
        for c, (type_, words, name) in enumerate(clusters):
            edges = {words[0], words[-1], words[0].split(".")[0], words[-1].split(".")[-1], words[0].replace("-", "")}
            if len(words) > 1:
                edges |= {initials_of(name).lower()}
                edges |= {initials_of(name).lower()[k:] for k in range(1, 4)}
            for edge in sorted(edges - {""}):
                self.by_edge[type_, edge].append(c)

    def candidates(self, short: int) -> list[int]:
        words, type_ = self.words[short], self.types[short]
        keys = {
            words[0],
            words[-1],
            words[-1].split(".")[-1],
            words[0].replace("-", ""),
            "".join(filter(str.isalpha, words[0])),
        }
        found = {c for key in keys for c in self.by_edge.get((type_, key), ())[:_MOST_COMPARED]}
        return sorted((found | set(self.partners[short])) - {short})

    def is_short_for(self, short: int, long: int) -> bool:
        x, y, type_ = self.words[short], self.words[long], self.types[short]
        if type_ != self.types[long]:
            return False
        if type_ == "Person":
            return _is_short_person(x, y)
        if len(x) >= len(y):
            same = len(x) == len(y) == 1 and x[0].replace("-", "") == y[0].replace("-", "")
            return same and short > long
        if (long, short) in self.bracketed or (short, long) in self.bracketed:
            return True
        if (
            self.names[short].isupper()
            and len(self.names[short]) >= 2
            and _is_acronym(self.names[short], self.names[long])
        ):
            return True
        ends, begins = y[-len(x) :] == x, y[: len(x)] == x
        if type_ in DESCRIPTIVE:
            return begins and len(x) >= 2
        if type_ in _LOCATED:
            return ends and " ".join(y[: -len(x)]).rstrip(".") in _BEFORE_PLACES
        if ends and any(_is_head(" ".join(y[: -len(x)]), head) for head in self.heads.get(type_, ())):
            return True
        return begins and len(x) >= 2 and " ".join(y[len(x) :]) in self.places


def initials_of(form: str) -> str:
    """The first letters of the words, in capitals."""
    return "".join(word[0] for word in form.split() if word[0].isalpha()).upper()


def _is_head(rest: str, head: str) -> bool:
    """Whether what a longer form has before the shorter one is a class word, perhaps with a qualifier or two."""
    return rest == head or (rest.startswith(head + " ") and len(rest.split()) - len(head.split()) <= 3)


def _is_acronym(short: str, long: str) -> bool:
    letters = "".join(c for c in short if c.isalpha())
    initials = initials_of(long)
    return letters == initials or (len(letters) >= 3 and initials.endswith(letters))


def _is_short_person(x: list[str], y: list[str]) -> bool:
    """Given name ("Thắng"), surname ("Trump") or initials ("A. Lukashenko") of the longer name."""
    if len(x) > len(y) or x == y:
        return False
    if len(x) < len(y) and (y[-len(x) :] == x or y[: len(x)] == x):
        return True
    flat_x, flat_y = " ".join(x).replace(".", " ").split(), " ".join(y).replace(".", " ").split()
    initial = len(flat_x) > 1 and len(flat_y) > 1 and len(flat_x[0]) == 1 and len(flat_y[0]) > 1
    return initial and flat_x[-1] == flat_y[-1] and flat_y[0].startswith(flat_x[0])
