"""Which mentions of one article stand for the same entity: names, short names, offices, generics, pronouns.

Rules in the order of their certainty: equal names; short forms of a longer name; acronyms in brackets; an office that
stands alone for the person who holds it; "tập đoàn", "tỉnh", "ông" for the latest entity that they can mean.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg.annotation.phrases import PhraseIndex, Words
from kg.annotation.titles import Office, find_offices
from kg.model import Entity, Mention, MentionKind, Span, Title
from kg.ontology import Lexicon
from kg.recognition import Name
from kg.text import nfc

_DESCRIPTIVE = frozenset({"Event", "Agreement", "Initiative", "Project"})
_LEVELS = ("tỉnh", "thành phố", "tp", "quận", "huyện", "thị xã", "xã", "phường", "thị trấn", "thủ đô")
_NOT_ONE = frozenset("các những nhiều một mỗi mọi số hai ba bốn năm vài từng toàn hàng".split())
_PERSONAL = frozenset("ông bà anh chị cô".split())
_NOT_AFTER_PRONOUN = frozenset("em chị trai gái hùng ta chủ nội ngoại".split())


@dataclass(slots=True)
class _Cluster:
    """An entity in the making: its class, the forms seen with their counts, how it was addressed."""

    type: str
    forms: Counter[str] = field(default_factory=Counter)
    addressed: set[str] = field(default_factory=set)
    levels: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)
    bodies: set[int] = field(default_factory=set)

    @property
    def name(self) -> str:
        return max(self.forms, key=lambda form: (len(form.split()), len(form), form))


@dataclass(slots=True)
class _Found:
    """A mention before entities have ids: `cluster` indexes the clusters."""

    start: int
    end: int
    kind: MentionKind
    cluster: int


@dataclass(frozen=True, slots=True)
class Resolved:
    """The result: mentions in order, entities in order of first mention, offices with their holders."""

    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    titles: tuple[Title, ...]


def resolve_mentions(text: str, sentences: Sequence[Span], names: Sequence[Name], lexicon: Lexicon) -> Resolved:
    """Groups the names of an article into entities and finds what else stands for them."""
    return _Resolver(text, sentences, names, lexicon).run()


def _key(form: str) -> str:
    return " ".join(nfc(form).lower().replace("–", "-").replace(" - ", "-").split())


def _initials(form: str) -> str:
    return "".join(word[0] for word in form.split() if word[0].isalpha()).upper()


class _Resolver:
    def __init__(self, text: str, sentences: Sequence[Span], names: Sequence[Name], lexicon: Lexicon) -> None:
        self.text, self.sentences, self.names, self.lexicon = text, sentences, names, lexicon
        self.clusters: list[_Cluster] = []
        self.of_name: list[int] = []
        self.found: list[_Found] = []
        self.titles: list[Title] = []
        self.holders: list[int | None] = []
        self.heads = {
            type_: sorted((h.lower() for h in heads), key=len, reverse=True) for type_, heads in lexicon.heads.items()
        }
        self.generics: PhraseIndex[str] = PhraseIndex(
            (form, type_) for type_, forms in lexicon.generics.items() for form in forms
        )

    def run(self) -> Resolved:
        self._group_names()
        by_sentence = self._names_by_sentence()
        views = []
        for span, indices in zip(self.sentences, by_sentence, strict=True):
            words = Words.of(self.text, span.start, span.end)
            names = [self.names[i] for i in indices]
            at: list[int | None] = [None] * len(words)
            for local, name in enumerate(names):
                for j in range(*words.covering(name.start, name.end)):
                    at[j] = local
            offices = find_offices(words, names, at, self.lexicon)
            views.append((words, indices, at, offices))
            self._learn(words, indices, at, offices)
        for words, indices, at, offices in views:
            self._place(words, indices, at, offices)
        return self._result()

    # Names

    def _group_names(self) -> None:
        """Equal forms of one class are one cluster; then short forms join long ones."""
        forms: dict[tuple[str, str], int] = {}
        first_at: list[int] = []
        for name in self.names:
            form = self.text[name.start : name.end]
            key = (_key(form), name.type)
            if key not in forms:
                forms[key] = len(self.clusters)
                self.clusters.append(_Cluster(name.type))
                first_at.append(name.start)
            self.clusters[forms[key]].forms[form] += 1
            self.of_name.append(forms[key])
        parent = list(range(len(self.clusters)))
        order = sorted(range(len(self.clusters)), key=lambda c: (-len(_key(self.clusters[c].name).split()), c))
        for short in reversed(order):
            longer = [c for c in order if c != short and parent[c] == c and self._is_short_for(short, c)]
            if longer:
                earlier = [c for c in longer if first_at[c] <= first_at[short]]
                best = max(earlier, key=lambda c: first_at[c]) if earlier else longer[0]
                parent[short] = best
        roots = {}
        for c in range(len(self.clusters)):
            root = c
            while parent[root] != root:
                root = parent[root]
            roots[c] = root
        for c, root in roots.items():
            if c != root:
                self.clusters[root].forms.update(self.clusters[c].forms)
        self.of_name = [roots[c] for c in self.of_name]

    def _is_short_for(self, short: int, long: int) -> bool:
        a, b = self.clusters[short], self.clusters[long]
        if a.type != b.type:
            return False
        x, y = _key(a.name).split(), _key(b.name).split()
        if a.type == "Person":
            return self._is_short_person(x, y)
        if len(x) >= len(y):
            return len(x) == 1 and len(y) == 1 and _key(a.name).replace("-", "") == _key(b.name).replace("-", "") and short > long
        if self._in_brackets(a.name, b.name):
            return True
        if a.name.isupper() and len(a.name) >= 2 and self._acronym(a.name, b.name):
            return True
        if a.type in _DESCRIPTIVE:
            return y[: len(x)] == x and len(x) >= 2
        if a.type in {"AdministrativeArea", "Country", "Place"}:
            return y[-len(x) :] == x and " ".join(y[: -len(x)]).rstrip(".") in {*_LEVELS, "nước", "khu vực", "vùng", "sân", "sân vận động"}
        rest = " ".join(y[: -len(x)]) if y[-len(x) :] == x else None
        if rest is not None and any(self._is_head(rest, h) for h in self.heads.get(a.type, ())):
            return True
        if y[: len(x)] == x and len(x) >= 2:
            tail = " ".join(y[len(x) :])
            return any(_key(c.name) == tail for c in self.clusters if c.type in {"Country", "AdministrativeArea"}) or tail == "việt nam"
        return False

    @staticmethod
    def _is_head(rest: str, head: str) -> bool:
        return rest == head or (rest.startswith(head + " ") and len(rest.split()) - len(head.split()) <= 3)

    @staticmethod
    def _is_short_person(x: list[str], y: list[str]) -> bool:
        if len(x) > len(y) or x == y:
            return False
        if y[-len(x) :] == x or y[: len(x)] == x:
            return True
        flat_x, flat_y = " ".join(x).replace(".", " ").split(), " ".join(y).replace(".", " ").split()
        return len(flat_x) > 1 and flat_x[-1] == flat_y[-1] and len(flat_x[0]) == 1 and flat_y[0].startswith(flat_x[0])

    @staticmethod
    def _acronym(short: str, long: str) -> bool:
        letters = "".join(c for c in short if c.isalpha())
        initials = _initials(long)
        return letters == initials or (len(letters) >= 3 and initials.endswith(letters))

    def _in_brackets(self, short: str, long: str) -> bool:
        return f"{long} ({short})" in self.text or f"{long} (viết tắt là {short})" in self.text or f"{short} ({long})" in self.text

    def _names_by_sentence(self) -> list[list[int]]:
        out: list[list[int]] = []
        i = 0
        for span in self.sentences:
            inside = []
            while i < len(self.names) and self.names[i].start < span.end:
                inside.append(i)
                i += 1
            out.append(inside)
        return out

    # What is said of persons anywhere helps everywhere

    def _learn(self, words: Words, indices: list[int], at: list[int | None], offices: list[Office]) -> None:
        for office in offices:
            if office.holder is not None:
                cluster = self.clusters[self.of_name[indices[office.holder]]]
                cluster.offices.add(office.text.lower())
                if office.body is not None:
                    cluster.bodies.add(self.of_name[indices[office.body]])
        for j, local in enumerate(at):
            if local is None or j == 0 or at[j - 1] == local:
                continue
            cluster = self.clusters[self.of_name[indices[local]]]
            before = words.lower[j - 1]
            if cluster.type == "Person" and before in _PERSONAL:
                cluster.addressed.add(before)
            two = " ".join(words.lower[max(0, j - 2) : j])
            for level in _LEVELS:
                if before == level or two.endswith(level):
                    cluster.levels.add(level)

    # Mentions in order

    def _place(self, words: Words, indices: list[int], at: list[int | None], offices: list[Office]) -> None:
        by_word = {office.words[0]: office for office in offices}
        j = 0
        while j < len(words):
            local = at[j]
            if local is not None:
                name = self.names[indices[local]]
                self.found.append(_Found(name.start, name.end, "name", self.of_name[indices[local]]))
                while j < len(words) and at[j] == local:
                    j += 1
                continue
            office = by_word.get(j)
            if office is not None:
                self._place_office(office, indices)
                j = office.words[1]
                continue
            j = self._place_generic(words, at, j)

    def _place_office(self, office: Office, indices: list[int]) -> None:
        holder = None
        if office.holder is not None:
            holder = self.of_name[indices[office.holder]]
        else:
            body = self.of_name[indices[office.body]] if office.body is not None else None
            holder = self._holder_of(office.text.lower(), body)
            if holder is not None:
                self.found.append(_Found(office.start, office.end, "title", holder))
        self.titles.append(Title(office.start, office.end, office.text, None, office.former))
        self.holders.append(holder)

    def _holder_of(self, office: str, body: int | None) -> int | None:
        able = [
            c for c, cluster in enumerate(self.clusters)
            if office in cluster.offices and (body is None or not cluster.bodies or body in cluster.bodies)
        ]  # fmt: skip
        return self._latest(able) if able else None

    def _latest(self, able: list[int]) -> int | None:
        wanted = set(able)
        for found in reversed(self.found):
            if found.cluster in wanted:
                return found.cluster
        return able[0] if able else None

    def _place_generic(self, words: Words, at: list[int | None], j: int) -> int:
        lower = words.lower
        nxt = lower[j + 1] if j + 1 < len(words) else ""
        free = j + 1 >= len(words) or (at[j + 1] is None and not words.written[j + 1][0].isupper())
        if lower[j] in _PERSONAL and free and nxt not in _NOT_AFTER_PRONOUN and (j == 0 or lower[j - 1] not in _NOT_ONE):
            person = self._person_for(lower[j])
            if person is not None:
                self.found.append(_Found(words.spans[j][0], words.spans[j][1], "pronoun", person))
            return j + 1
        if lower[j] == "hai" and nxt in {"nước", "bên"}:
            pair = self._latest_pair("Country")
            for cluster in pair:
                self.found.append(_Found(words.spans[j][0], words.spans[j + 1][1], "pronoun", cluster))
            return j + 2
        found = self.generics.longest_at(lower, j)
        if not found:
            return j + 1
        end = j + found[0]
        free = end >= len(words) or (at[end] is None and not words.written[end][0].isupper())
        if free and (j == 0 or lower[j - 1] not in _NOT_ONE) and all(at[k] is None for k in range(j, end)):
            cluster = self._generic_for(found[1], " ".join(lower[j:end]))
            if cluster is not None:
                self.found.append(_Found(words.spans[j][0], words.spans[end - 1][1], "generic", cluster))
        return end

    def _person_for(self, pronoun: str) -> int | None:
        known = [c for c, k in enumerate(self.clusters) if k.type == "Person" and pronoun in k.addressed]
        open_ = [c for c, k in enumerate(self.clusters) if k.type == "Person" and not k.addressed]
        before = {found.cluster for found in self.found}
        able = [c for c in known + open_ if c in before]
        return self._latest(able) if able else None

    def _latest_pair(self, type_: str) -> list[int]:
        pair: list[int] = []
        for found in reversed(self.found):
            if self.clusters[found.cluster].type == type_ and found.cluster not in pair:
                pair.append(found.cluster)
            if len(pair) == 2:
                return sorted(pair)
        return []

    def _generic_for(self, type_: str, form: str) -> int | None:
        before = {found.cluster for found in self.found}
        able = [c for c in before if self.clusters[c].type == type_]
        if type_ == "AdministrativeArea":
            level = "thành phố" if form == "tp" else form
            able = [c for c in able if level in self.clusters[c].levels or form == "địa phương"]
        elif type_ not in {"Company", "Country"}:
            able = [c for c in able if any(_key(f).startswith(form) for f in self.clusters[c].forms)]
        elif type_ == "Country" and form == "nước ta":
            able = [c for c in able if _key(self.clusters[c].name) == "việt nam"]
        return self._latest(sorted(able)) if able else None

    # Entities

    def _result(self) -> Resolved:
        order: dict[int, str] = {}
        for found in sorted(self.found, key=lambda f: (f.start, f.end)):
            if found.kind == "name":
                order.setdefault(found.cluster, f"e{len(order) + 1}")
        aliases: dict[int, Counter[str]] = defaultdict(Counter)
        mentions = []
        for found in sorted(self.found, key=lambda f: (f.start, f.end, order.get(f.cluster, ""))):
            if found.cluster not in order:
                continue
            form = self.text[found.start : found.end]
            mentions.append(Mention(found.start, found.end, form, found.kind, order[found.cluster]))
            if found.kind != "pronoun":
                aliases[found.cluster][form] += 1
        entities = []
        for cluster, id_ in order.items():
            named = self.clusters[cluster].forms
            name = self.clusters[cluster].name
            rest = [form for form, _ in aliases[cluster].most_common() if form != name]
            forms = [f for f in rest if f in named] + [f for f in rest if f not in named]
            entities.append(Entity(id_, name, self.clusters[cluster].type, (name, *forms)))
        titles = [
            replace(title, holder=order.get(holder) if holder is not None else None)
            for title, holder in zip(self.titles, self.holders, strict=True)
        ]
        return Resolved(tuple(mentions), tuple(entities), tuple(titles))
