"""What else stands for the named things of an article: offices alone, generics ("tập đoàn", "tỉnh"), pronouns.

A reference is resolved to the latest entity that it can mean, among the last few hundred mentions.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.annotation.grouping import Cluster, group_names, key_of
from kg.annotation.phrases import PhraseIndex
from kg.annotation.shortening import LEVELS
from kg.annotation.titles import Office, find_offices
from kg.gazetteer import Gazetteer
from kg.model import Entity, Mention, MentionKind, Span, Title
from kg.ontology import Lexicon
from kg.recognition import Name
from kg.recognition.words import Words, read_words

_NOT_ONE = frozenset("các|những|nhiều|một|mỗi|mọi|số|hai|ba|bốn|năm|vài|từng|toàn|hàng".split("|"))
_PERSONAL = frozenset(["ông", "bà", "anh", "chị", "cô"])
_NOT_AFTER_PRONOUN = frozenset(["em", "chị", "trai", "gái", "hùng", "ta", "chủ", "nội", "ngoại"])
_REACH = 300


@dataclass(frozen=True, slots=True)
class Resolved:
    """Mentions in order, entities in order of first mention, offices with their holders."""

    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    titles: tuple[Title, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    kind: MentionKind
    cluster: int


@dataclass(frozen=True, slots=True)
class _View:
    """A sentence: its words, the clusters of its names, which name covers each word, its offices."""

    words: Words
    of_name: list[int]
    names: list[Name]
    at: list[int | None]
    offices: list[Office]


def resolve_mentions(
    text: str, sentences: Sequence[Span], names: Sequence[Name], lexicon: Lexicon, gazetteer: Gazetteer
) -> Resolved:
    """Groups the names of an article into entities and finds what else stands for them."""
    clusters, of_name = group_names(text, names, lexicon, gazetteer)
    views = _views(text, sentences, names, of_name, lexicon)
    for view in views:
        _learn(view, clusters)
    placing = _Placing(clusters, lexicon)
    for view in views:
        placing.place(view)
    return _result(text, clusters, placing)


def _views(
    text: str, sentences: Sequence[Span], names: Sequence[Name], of_name: Sequence[int], lexicon: Lexicon
) -> list[_View]:
    views = []
    next_name = 0
    for span in sentences:
        first = next_name
        while next_name < len(names) and names[next_name].start < span.end:
            next_name += 1
        inside = list(names[first:next_name])
        words = read_words(text, span.start, span.end)
        at: list[int | None] = [None] * len(words)
        w = 0
        for local, name in enumerate(inside):
            while w < len(words) and words.spans[w][0] < name.start:
                w += 1
            while w < len(words) and words.spans[w][1] <= name.end:
                at[w] = local
                w += 1
        offices = find_offices(words, inside, at, lexicon)
        views.append(_View(words, list(of_name[first:next_name]), inside, at, offices))
    return views


def _learn(view: _View, clusters: Sequence[Cluster]) -> None:
    """What a sentence says of its persons and places: offices, forms of address, levels."""
    for office in view.offices:
        if office.holder is not None:
            holder = clusters[view.of_name[office.holder]]
            holder.offices.add(office.text.lower())
            if office.body is not None:
                holder.bodies.add(view.of_name[office.body])
    lower = view.words.lower
    for w, local in enumerate(view.at):
        if local is None or w == 0 or view.at[w - 1] == local:
            continue
        cluster = clusters[view.of_name[local]]
        if cluster.type == "Person" and lower[w - 1] in _PERSONAL:
            cluster.addressed.add(lower[w - 1])
        two = " ".join(lower[max(0, w - 2) : w])
        cluster.levels.update(level for level in LEVELS if lower[w - 1] == level or two == level)


@cache
def _generics(by_class: tuple[tuple[str, tuple[str, ...]], ...]) -> PhraseIndex[str]:
    """Common nouns, each with the class of what it stands for."""
    return PhraseIndex((form, type_) for type_, forms in by_class for form in forms)


class _Placing:
    """Mentions in the order of the text, with a memory of the latest ones."""

    def __init__(self, clusters: Sequence[Cluster], lexicon: Lexicon) -> None:
        self.clusters = clusters
        self.found: list[_Found] = []
        self.titles: list[Title] = []
        self.holders: list[int | None] = []
        self.recent: deque[int] = deque(maxlen=_REACH)
        self.generics = _generics(tuple(lexicon.generics.items()))
        self.by_office: dict[str, list[int]] = defaultdict(list)
        for number, cluster in enumerate(clusters):
            for office in sorted(cluster.offices):
                self.by_office[office].append(number)

    def place(self, view: _View) -> None:
        """Add the mentions of one sentence."""
        by_word = {office.words[0]: office for office in view.offices}
        lower = view.words.lower
        w = 0
        while w < len(lower):
            local = view.at[w]
            if local is not None:
                name = view.names[local]
                self._add(name.start, name.end, "name", view.of_name[local])
                while w < len(lower) and view.at[w] == local:
                    w += 1
            elif w in by_word:
                self._place_office(by_word[w], view)
                w = by_word[w].words[1]
            elif lower[w] in _PERSONAL or lower[w] == "hai" or self.generics.begins(lower[w]):
                w = self._place_reference(view, w)
            else:
                w += 1

    def _add(self, start: int, end: int, kind: MentionKind, cluster: int) -> None:
        self.found.append(_Found(start, end, kind, cluster))
        self.recent.append(cluster)

    def _latest(self, able: Iterable[int]) -> int | None:
        wanted = set(able)
        return next((cluster for cluster in reversed(self.recent) if cluster in wanted), None)

    def _place_office(self, office: Office, view: _View) -> None:
        if office.holder is not None:
            holder: int | None = view.of_name[office.holder]
        else:
            body = view.of_name[office.body] if office.body is not None else None
            holder = self._holder_of(office.text.lower(), body)
            if holder is not None:
                self._add(office.start, office.end, "title", holder)
        self.titles.append(Title(office.start, office.end, office.text, None, office.former))
        self.holders.append(holder)

    def _holder_of(self, office: str, body: int | None) -> int | None:
        able = [
            c for c in self.by_office.get(office, ())
            if body is None or not self.clusters[c].bodies or body in self.clusters[c].bodies
        ]  # fmt: skip
        latest = self._latest(able)
        return able[0] if latest is None and able else latest

    def _place_reference(self, view: _View, w: int) -> int:
        """A pronoun or generic at word `w`, if one stands there; the word to go on from."""
        words, at, lower = view.words, view.at, view.words.lower
        following = lower[w + 1] if w + 1 < len(words) else ""
        if lower[w] in _PERSONAL:
            alone = self._stands_free(view, w, w + 1) and following not in _NOT_AFTER_PRONOUN
            person = self._person_for(lower[w]) if alone else None
            if person is not None:
                self._add(*words.spans[w], "pronoun", person)
            return w + 1
        if lower[w] == "hai" and following in {"nước", "bên"}:
            for cluster in self._latest_pair("Country"):
                self._add(words.spans[w][0], words.spans[w + 1][1], "pronoun", cluster)
            return w + 2
        generic = self.generics.longest_at(lower, w)
        if not generic:
            return w + 1
        end = w + generic[0]
        if self._stands_free(view, w, end) and all(at[k] is None for k in range(w, end)):
            meant = self._generic_for(generic[1], " ".join(lower[w:end]))
            if meant is not None:
                self._add(words.spans[w][0], words.spans[end - 1][1], "generic", meant)
        return end

    def _stands_free(self, view: _View, start: int, end: int) -> bool:
        """Whether words stand for one thing by themselves: no number before them, no name right after."""
        words = view.words
        free = end >= len(words) or (view.at[end] is None and not words.written[end][0].isupper())
        return free and (start == 0 or words.lower[start - 1] not in _NOT_ONE)

    def _person_for(self, pronoun: str) -> int | None:
        """The latest person addressed so, or of whom no form of address is known."""
        for cluster in reversed(self.recent):
            known = self.clusters[cluster]
            if known.type == "Person" and (pronoun in known.addressed or not known.addressed):
                return cluster
        return None

    def _latest_pair(self, type_: str) -> list[int]:
        pair: list[int] = []
        for cluster in reversed(self.recent):
            if self.clusters[cluster].type == type_ and cluster not in pair:
                pair.append(cluster)
                if len(pair) == 2:
                    return sorted(pair)
        return []

    def _generic_for(self, type_: str, form: str) -> int | None:
        able = [c for c in dict.fromkeys(reversed(self.recent)) if self.clusters[c].type == type_]
        if type_ == "AdministrativeArea":
            level = "thành phố" if form == "tp" else form
            able = [c for c in able if level in self.clusters[c].levels or form == "địa phương"]
        elif type_ == "Country" and form == "nước ta":
            able = [c for c in able if key_of(self.clusters[c].name) == "việt nam"]
        elif type_ not in {"Company", "Country"}:
            able = [c for c in able if any(key_of(f).startswith(form) for f in self.clusters[c].forms)]
        return able[0] if able else None


def _result(text: str, clusters: Sequence[Cluster], placing: _Placing) -> Resolved:
    found = sorted(placing.found, key=lambda f: (f.start, f.end))
    ids: dict[int, str] = {}
    for one in found:
        if one.kind == "name":
            ids.setdefault(one.cluster, f"e{len(ids) + 1}")
    aliases: dict[int, Counter[str]] = defaultdict(Counter)
    mentions = []
    for one in sorted(found, key=lambda f: (f.start, f.end, ids.get(f.cluster, ""))):
        if one.cluster in ids:
            form = text[one.start : one.end]
            mentions.append(Mention(one.start, one.end, form, one.kind, ids[one.cluster]))
            if one.kind != "pronoun":
                aliases[one.cluster][form] += 1
    entities = []
    for number, id_ in ids.items():
        cluster = clusters[number]
        rest = [form for form, _ in aliases[number].most_common() if form != cluster.name]
        named = [form for form in rest if form in cluster.forms]
        other = [form for form in rest if form not in cluster.forms]
        entities.append(Entity(id_, cluster.name, cluster.type, (cluster.name, *named, *other)))
    titles = [
        replace(title, holder=ids.get(holder) if holder is not None else None)
        for title, holder in zip(placing.titles, placing.holders, strict=True)
    ]
    return Resolved(tuple(mentions), tuple(entities), tuple(titles))
