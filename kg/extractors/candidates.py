"""Pairs of things in a sentence that a relation may hold between, each with what is known of it as numbers."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from kg.annotation.phrases import PhraseIndex
from kg.extractors.clauses import Clauses, part_in
from kg.extractors.paths import code, describe_path
from kg.extractors.sentence import CARRIED, OFFICE, Item, Sentence, Trigger
from kg.model import Document
from kg.ontology import Ontology, RelationTerm
from kg.recognition import TYPES

CLASSES = (*TYPES, OFFICE)
KINDS = ("name", "title", "generic", "pronoun", CARRIED, "office", "alone")
FRAMES = ("Transitive", "Marked", "Reciprocal", "Noun", "Inverse")
# Words right beside an end that say how it hangs in the sentence.
BESIDE = (
    "",
    *(
        ', ( ) - – : ; " “ ” và với tại ở của cho vào sang tới đến trong trên giữa do bởi bị được từ thuộc là ông '
        "bà anh chị đã sẽ đang vừa cùng theo về khi sau tỉnh thành phố huyện quận xã phường tp nước người tập "
        "đoàn công ty hãng báo sân đội ảnh mà nhà để cũng này nói cựu số hôm ngày kiêm trước lên không có "
    ).split(),
)

FEATURES = tuple(
    (
        "relation a_class b_class a_kind b_kind a_first gap items_between a_order b_order items a_word commas "
        "colons opens closes dashes ands speech triggers_between same_group a_group_left b_group_left group_gap "
        "before_a after_a before_b after_b a_count b_count together sentence length caption office_of_a "
        "office_gap_b office_between body_of holder trigger_count place to_first to_second items_first "
        "items_second rivals_first rivals_second frame passive by marker adjacent trigger_words negated order_ok "
        "overlap others_between a_repeat b_repeat a_subject b_subject a_object b_object elision a_leads b_leads "
    ).split()
)

_BESIDE = {word: i for i, word in enumerate(BESIDE)}
_CLASS = {name: i for i, name in enumerate(CLASSES)}
_KIND = {name: i for i, name in enumerate(KINDS)}
_FRAME = {name: i for i, name in enumerate(FRAMES)}
# Relations that Vietnamese often leaves to the mere neighbourhood of two names; the others need a word for them.
_UNSPOKEN = frozenset(
    "affiliated_with attended citizen_of competed_with held_in holds_position implements located_in organized owns "
    "part_of signed".split()
)
_SPEECH = frozenset({"biết", "hay", "định", "mạnh", "nói", "bố", "rằng", "theo"})
_NEGATION = frozenset({"không", "chưa", "chẳng"})
_PASSIVE = frozenset({"được", "bị"})
_BY = frozenset({"do", "bởi"})
_COUNTED = ((",",), (";", ":"), ("(",), (")",), ("-", "–"), ("và",), tuple(_SPEECH))
_FARTHEST_WORDS = 60
_FARTHEST_ITEMS = 24
_FAR = 50
_BODY_GAP = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """The relation `relation` from item `a` to item `b` of a sentence, by `trigger` where there is one.

    `values` are the numbers of `FEATURES`; `pair` tells which candidates of the document are of the same two items.
    """

    relation: str
    a: Item
    b: Item
    sentence: int
    trigger: Trigger | None
    values: list[float]
    pair: int


@dataclass(frozen=True, slots=True)
class Candidates:
    """All candidates of a document in a fixed order; `paths[pair]` are the linear model's features of a pair."""

    rows: list[Candidate]
    paths: list[list[str]]


def find_candidates(document: Document, sentences: Sequence[Sentence], ontology: Ontology) -> Candidates:
    """The candidates of a document, sentence by sentence."""
    counts: dict[str, int] = {}
    for mention in document.mentions:
        counts[mention.entity] = counts.get(mention.entity, 0) + 1
    where = _whereabouts(sentences)
    speech = _speech_index(ontology.lexicon.words.get("speech", ()))
    terms = sorted(ontology.relations.items())
    found = Candidates([], [])
    for sentence in sentences:
        scene = _Scene(sentence, counts, where, speech)
        triggers = sentence.by_relation()
        for number, (name, term) in enumerate(terms):
            if name in triggers or name in _UNSPOKEN:
                scene.collect(found, number, term, triggers.get(name, []))
    return found


@cache
def _speech_index(words: tuple[str, ...]) -> PhraseIndex[str]:
    return PhraseIndex((word.lower(), word) for word in words)


def _whereabouts(sentences: Sequence[Sentence]) -> Mapping[str, frozenset[int]]:
    """The first sentences in which each entity stands."""
    where: dict[str, set[int]] = {}
    for sentence in sentences:
        for item in sentence.items:
            if item.entity:
                places = where.setdefault(item.entity, set())
                if len(places) < _FAR:
                    places.add(sentence.index)
    return {entity: frozenset(places) for entity, places in where.items()}


class _Scene:
    """Counts along one sentence, so that each pair costs the same however long the sentence is."""

    def __init__(
        self,
        sentence: Sentence,
        counts: Mapping[str, int],
        where: Mapping[str, frozenset[int]],
        speech: PhraseIndex[str],
    ) -> None:
        self.sentence, self.counts, self.where = sentence, counts, where
        lower = sentence.words.lower
        self.running = [[0, *accumulate(word in signs for word in lower)] for signs in _COUNTED]
        self.passive = [0, *accumulate(word in _PASSIVE for word in lower)]
        self.by = [0, *accumulate(word in _BY for word in lower)]
        real = [item for item in sentence.items if item.kind != CARRIED]
        self.real = real
        self.items = self._running_items(real)
        self.offices = [item for item in real if item.type == OFFICE]
        self.office_starts = [item.first for item in self.offices]
        self.office_run = self._running_items(self.offices)
        starts = [0] * (len(lower) + 1)
        for trigger in sentence.triggers:
            starts[trigger.first] += 1
        self.triggers = [0, *accumulate(starts)]
        self.left: dict[int, int] = {}
        self.right: dict[int, int] = {}
        for item in real:
            if item.type != OFFICE:
                self.left[item.group] = min(item.first, self.left.get(item.group, item.first))
                self.right[item.group] = max(item.last, self.right.get(item.group, item.last))
        self.repeats: dict[str, int] = {}
        for item in sentence.items:
            if item.entity:
                self.repeats[item.entity] = self.repeats.get(item.entity, 0) + 1
        self.caption = "ảnh" in lower[:3] or "ảnh" in lower[-8:]
        self.pairs: dict[tuple[int, int], tuple[int, list[float]]] = {}
        self.clauses = Clauses(sentence, speech)

    def _running_items(self, items: Sequence[Item]) -> list[int]:
        starts = [0] * (len(self.sentence.words) + 1)
        for item in items:
            starts[item.first] += 1
        return [0, *accumulate(starts)]

    def collect(self, found: Candidates, number: int, term: RelationTerm, triggers: Sequence[Trigger]) -> None:
        """Add the candidates of one relation."""
        items = self.sentence.items
        subjects = [i for i, a in enumerate(items) if a.entity and (not term.domain or a.type in term.domain)]
        if term.literal:
            objects = [j for j, b in enumerate(items) if b.type == OFFICE and b.kind != "alone"]
        else:
            objects = [j for j, b in enumerate(items) if b.entity and (not term.range or b.type in term.range)]
        if not subjects or not objects:
            return
        domain_run = self._running_items([x for x in self.real if not term.domain or x.type in term.domain])
        range_run = self._running_items([x for x in self.real if not term.range or x.type in term.range])
        firsts = [trigger.first for trigger in triggers]
        for i in subjects:
            low = bisect_left(objects, i - _FARTHEST_ITEMS)
            for j in objects[low : bisect_right(objects, i + _FARTHEST_ITEMS)]:
                a, b = items[i], items[j]
                if i == j or not self._fits(term, a, b):
                    continue
                if (i, j) not in self.pairs:
                    self.pairs[i, j] = self._pair(found, i, j)
                pair, shared = self.pairs[i, j]
                first, second = (a, b) if (a.first, i) <= (b.first, j) else (b, a)
                low = bisect_left(firsts, first.first - _FARTHEST_WORDS)
                trigger = _nearest(triggers[low : bisect_right(firsts, second.last + _FARTHEST_WORDS)], first, second)
                runs = (domain_run, range_run) if first is a else (range_run, domain_run)
                values = [
                    float(number), *shared, float(min(len(triggers), _FAR)),
                    *(self._trigger(trigger, a, first, second, runs) if trigger else _NO_TRIGGER_VALUES),
                    float(self.repeats.get(a.entity or "", 0)), float(self.repeats.get(b.entity or "", 0)),
                    *self._parts(trigger, i, j),
                ]  # fmt: skip
                found.rows.append(Candidate(term.name, a, b, self.sentence.index, trigger, values, pair))

    def _parts(self, trigger: Trigger | None, i: int, j: int) -> list[float]:
        """What the two ends are to the verb, and whether they start clauses."""
        leads = [float(end in self.clauses.leading) for end in (i, j)]
        if trigger is None:
            return [-1.0, -1.0, -1.0, -1.0, -1.0, *leads]
        items, roles = self.sentence.items, self.clauses.roles(trigger)
        subjects = [part_in(items, end, roles.subject) for end in (i, j)]
        objects = [max(part_in(items, end, roles.object), int(end in roles.further)) for end in (i, j)]
        return [*map(float, subjects), *map(float, objects), float(roles.how), *leads]

    def _fits(self, term: RelationTerm, a: Item, b: Item) -> bool:
        if term.literal:
            return a.kind != CARRIED
        if a.entity == b.entity or (a.kind == CARRIED and b.kind == CARRIED):
            return False
        return not (term.symmetric and (a.first, a.entity or "") > (b.first, b.entity or ""))

    def _pair(self, found: Candidates, i: int, j: int) -> tuple[int, list[float]]:
        sentence = self.sentence
        a, b = sentence.items[i], sentence.items[j]
        first, second = (a, b) if (a.first, i) <= (b.first, j) else (b, a)
        start, end = first.last, max(first.last, second.first)
        near = self._offices_near(a, b)
        own = [x for x in near if x.kind != "alone" and x.holder == a.entity]
        values = [
            _CLASS[a.type], _CLASS[b.type], _KIND[a.kind], _KIND[b.kind], first is a, min(end - start, _FARTHEST_WORDS),
            self.items[end] - self.items[start], i, j, len(sentence.items), a.first,
            *(run[end] - run[start] for run in self.running),
            self.triggers[end] - self.triggers[start], a.group == b.group and a.group >= 0,
            a.first - self.left[a.group] if a.group in self.left and a.type != OFFICE else 0,
            b.first - self.left[b.group] if b.group in self.left and b.type != OFFICE else 0,
            max(0, self.left.get(second.group, second.first) - self.right.get(first.group, first.last))
            if a.group != b.group else 0,
            self._beside(a.first - 1), self._beside(a.last), self._beside(b.first - 1), self._beside(b.last),
            self.counts.get(a.entity or "", 0), self.counts.get(b.entity or "", 0),
            len(self.where.get(a.entity or "", _NOWHERE) & self.where.get(b.entity or "", _NOWHERE)),
            sentence.index, len(sentence.words), self.caption,
            min((abs(x.first - a.first) for x in own), default=_FAR),
            min((abs(x.last - b.first) for x in near if x is not b), default=_FAR),
            self.office_run[end] > self.office_run[start],
            any(self._follows(x, b) for x in own), b.holder is not None and b.holder == a.entity,
        ]  # fmt: skip
        found.paths.append(describe_path(sentence, a, first, second, f"{code(a)}{'>' if first is a else '<'}{code(b)}"))
        return len(found.paths) - 1, [float(value) for value in values]

    def _follows(self, office: Item, b: Item) -> bool:
        """Whether `b` comes right after an office, a level word or "của" between them at most."""
        near = 0 <= b.first - office.last <= _BODY_GAP
        return near and self.items[b.first] == self.items[office.last]

    def _offices_near(self, a: Item, b: Item) -> Sequence[Item]:
        low = bisect_left(self.office_starts, min(a.first, b.first) - _FAR)
        return self.offices[low : bisect_right(self.office_starts, max(a.last, b.last) + _FAR)]

    def _beside(self, w: int) -> int:
        words = self.sentence.words
        return _BESIDE.get(words.lower[w], len(BESIDE)) if 0 <= w < len(words) else 0

    def _trigger(
        self, trigger: Trigger, a: Item, first: Item, second: Item, runs: tuple[Sequence[int], Sequence[int]]
    ) -> list[float]:
        lower = self.sentence.words.lower
        place = 1 if first.last <= trigger.first and trigger.last <= second.first else 0
        if not place and trigger.last > first.first:
            place = 2
        markers = trigger.expression.markers
        window = lower[max(trigger.last, second.first - 4) : second.first]
        since = first.last if place == 1 else max(0, trigger.first - 2)
        passive = self.passive[trigger.first] > self.passive[min(since, trigger.first)]
        passive = passive or any(word in _PASSIVE for word in lower[max(0, trigger.first - 2) : trigger.first])
        by = self.by[max(second.first, trigger.last)] > self.by[max(0, trigger.first - 8)]
        frame = trigger.expression.frame
        active = place == 1 and (first is a) != (frame == "Inverse")

        def between(run: Sequence[int], start: int, end: int) -> int:
            return run[end] - run[start] if end > start else 0

        values = [
            place, min(abs(trigger.first - first.last), _FARTHEST_WORDS),
            min(abs(second.first - trigger.last), _FARTHEST_WORDS),
            between(self.items, first.last, trigger.first), between(self.items, trigger.last, second.first),
            between(runs[0], first.last, trigger.first), between(runs[1], trigger.last, second.first),
            _FRAME[frame], passive, by, any(word in markers for word in window) if markers else -1,
            second.first == trigger.last, trigger.last - trigger.first,
            any(word in _NEGATION for word in lower[max(0, trigger.first - 3) : trigger.first]), active != passive,
            any(x.first < trigger.last and trigger.first < x.last for x in (first, second)),
            between(self.triggers, trigger.last, second.first),
        ]  # fmt: skip
        return [float(value) for value in values]


_NO_TRIGGER_VALUES = [-1.0] * 17
_NOWHERE: frozenset[int] = frozenset()


def _nearest(triggers: Sequence[Trigger], first: Item, second: Item) -> Trigger | None:
    """The trigger that most likely belongs to the pair: between the ends rather than beside them, long before short."""
    best, lowest = None, float("inf")
    for trigger in triggers:
        if trigger.first >= first.last and trigger.last <= second.first:
            cost = 0.5 * (trigger.first - first.last) + (second.first - trigger.last)
        elif trigger.last <= first.first:
            cost = 20.0 + first.first - trigger.last
        elif trigger.first >= second.last:
            cost = 15.0 + trigger.first - second.last
        else:
            cost = 30.0
        cost -= 2 * (trigger.last - trigger.first)
        if cost < lowest:
            best, lowest = trigger, cost
    return best
