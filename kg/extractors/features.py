"""What is known of pairs of things, and of the words that may join them, as numbers: columns over all pairs at once."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.extractors.clauses import Clauses
from kg.extractors.ground import ALONE_KIND, Ground, Ints, spread

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
FRAMES = ("Transitive", "Marked", "Reciprocal", "Noun", "Inverse")
BETWEEN = ("commas", "colons", "opens", "closes", "dashes", "ands", "speech")

Column = npt.NDArray[np.int64] | npt.NDArray[np.bool_]
Columns = Mapping[str, Column]

FARTHEST_WORDS = 60
FAR = 50
_BODY_GAP = 3
_FRAME = {name: i for i, name in enumerate(FRAMES)}


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of items by number, the subject `a` and the object `b`; `first` and `second` are the same as they stand.

    `forward`: the subject comes first.
    """

    a: Ints
    b: Ints
    first: Ints
    second: Ints
    forward: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, ground: Ground, a: Ints, b: Ints) -> "Pairs":
        """The pairs of the items `a` and `b`."""
        starts = ground.things.first
        forward = (starts[a] < starts[b]) | ((starts[a] == starts[b]) & (a <= b))
        return cls(a, b, np.where(forward, a, b), np.where(forward, b, a), forward)

    def __len__(self) -> int:
        return len(self.a)

    def __getitem__(self, chosen: Ints) -> "Pairs":
        return Pairs(self.a[chosen], self.b[chosen], self.first[chosen], self.second[chosen], self.forward[chosen])


def describe_pairs(ground: Ground, pairs: Pairs, mentioned: Mapping[str, int]) -> Columns:
    """The columns that need no relation; `mentioned` counts the mentions of each entity in the document."""
    things, a, b, first, second = ground.things, pairs.a, pairs.b, pairs.first, pairs.second
    sentence = things.sentence[a]
    start = things.last[first]
    end = np.maximum(start, things.first[second])
    same_group = (things.group[a] == things.group[b]) & (things.group[a] >= 0)
    begins, sizes = ground.begin[sentence], np.array([len(s.items) for s in ground.sentences])
    captions = np.array(["ảnh" in s.words.lower[:3] or "ảnh" in s.words.lower[-8:] for s in ground.sentences])
    mentions = np.array([mentioned.get(entity, 0) for entity in ground.entities] + [0])  # the last one is for none
    repeats = _repeats(ground)
    return {
        "a_class": things.type[a],
        "b_class": things.type[b],
        "a_kind": things.kind[a],
        "b_kind": things.kind[b],
        "a_first": pairs.forward,
        "gap": np.minimum(end - start, FARTHEST_WORDS),
        "items_between": ground.items[end] - ground.items[start],
        "a_order": things.number[a],
        "b_order": things.number[b],
        "items": sizes[sentence],
        "a_word": things.first[a] - begins,
        **{name: ground.counts[name][end] - ground.counts[name][start] for name in BETWEEN},
        "triggers_between": ground.trigger_counts[end] - ground.trigger_counts[start],
        "same_group": same_group,
        "a_group_left": things.first[a] - things.left[a],
        "b_group_left": things.first[b] - things.left[b],
        "group_gap": np.where(same_group, 0, np.maximum(0, things.left[second] - things.right[first])),
        "before_a": ground.beside[things.first[a] - 1],
        "after_a": ground.beside[things.last[a]],
        "before_b": ground.beside[things.first[b] - 1],
        "after_b": ground.beside[things.last[b]],
        "a_count": mentions[things.entity[a]],
        "b_count": mentions[things.entity[b]],
        "together": _together(ground, pairs),
        "sentence": sentence,
        "length": ground.end[sentence] - begins,
        "caption": captions[sentence],
        **_describe_offices(ground, pairs),
        "office_between": ground.office_counts[end] > ground.office_counts[start],
        "holder": (things.holder[b] >= 0) & (things.holder[b] == things.entity[a]),
        "a_repeat": repeats[a],
        "b_repeat": repeats[b],
    }


def _repeats(ground: Ground) -> Ints:
    """How often the entity of each item stands in its sentence."""
    things = ground.things
    keys = things.sentence * (len(ground.entities) + 1) + things.entity
    _, place, counts = np.unique(keys, return_inverse=True, return_counts=True)
    return np.where(things.entity >= 0, counts[place], 0)


def _together(ground: Ground, pairs: Pairs) -> Ints:
    """In how many sentences both ends stand, of the first ones of each."""
    where: list[set[int]] = [set() for _ in range(len(ground.entities) + 1)]
    entity = ground.things.entity.tolist()
    for one, sentence in zip(entity, ground.things.sentence.tolist(), strict=True):
        if one >= 0 and len(where[one]) < FAR:
            where[one].add(sentence)
    ends = zip(ground.things.entity[pairs.a].tolist(), ground.things.entity[pairs.b].tolist(), strict=True)
    return np.array([len(where[a] & where[b]) for a, b in ends], np.int64)


def _describe_offices(ground: Ground, pairs: Pairs) -> Columns:
    """How near the subject's own office is, how near any office is to the object, whether the object is its body."""
    things, a, b = ground.things, pairs.a, pairs.b
    sentence = things.sentence[a]
    lowest = np.maximum(np.minimum(things.first[a], things.first[b]) - FAR, ground.begin[sentence])
    highest = np.minimum(np.maximum(things.last[a], things.last[b]) + FAR, ground.end[sentence])
    pair, near = spread(
        np.searchsorted(ground.office_starts, lowest, "left"), np.searchsorted(ground.office_starts, highest, "right")
    )
    office, a, b = ground.offices[near], a[pair], b[pair]
    own = (things.kind[office] != ALONE_KIND) & (things.holder[office] == things.entity[a])
    gap = things.first[b] - things.last[office]
    follows = (gap >= 0) & (gap <= _BODY_GAP) & (ground.items[things.first[b]] == ground.items[things.last[office]])
    return {
        "office_of_a": _least(len(pairs), pair[own], np.abs(things.first[office] - things.first[a])[own]),
        "office_gap_b": _least(len(pairs), pair[office != b], np.abs(gap)[office != b]),
        "body_of": np.bincount(pair[own & follows], minlength=len(pairs)) > 0,
    }


def _least(count: int, owner: Ints, values: Ints) -> Ints:
    """For each of `count` owners the least of its values; `FAR` where it has none."""
    least = np.full(count, np.iinfo(np.int64).max)
    np.minimum.at(least, owner, values)
    return np.where(np.bincount(owner, minlength=count) > 0, least, FAR)


def describe_triggers(
    ground: Ground, pairs: Pairs, trigger: Ints, domain: npt.NDArray[np.bool_], range_: npt.NDArray[np.bool_]
) -> Columns:
    """The columns of pairs with the words that may join them, `trigger` by their number.

    `domain` and `range_` are pairs × classes: which are as good an end as the pair's own.
    """
    things, words = ground.things, ground.words
    begin = ground.begin[things.sentence[pairs.a]]
    start, stop = ground.trigger_first[trigger], ground.trigger_last[trigger]
    left, right = things.last[pairs.first], things.first[pairs.second]
    between = (left <= start) & (stop <= right)
    beside = ~between & (stop > things.first[pairs.first])
    since = np.minimum(np.where(between, left, np.maximum(begin, start - 2)), np.maximum(begin, start - 2))
    passive = ground.counts["passive"][start] > ground.counts["passive"][since]
    by = ground.counts["by"][np.maximum(right, stop)] > ground.counts["by"][np.maximum(begin, start - 8)]
    frames = np.array([_FRAME[one.expression.frame] for one in ground.triggers], np.int64)[trigger]
    active = between & (pairs.forward != (frames == _FRAME["Inverse"]))
    markers = [ground.triggers[number].expression.markers for number in trigger.tolist()]
    windows = zip(np.maximum(stop, right - 4).tolist(), right.tolist(), strict=True)
    marked = [
        int(not known.isdisjoint(words[low:high])) if known else -1
        for known, (low, high) in zip(markers, windows, strict=True)
    ]
    forward = pairs.forward[:, None]
    rivals_first = _rivals(ground, np.where(forward, domain, range_), left, start)
    rivals_second = _rivals(ground, np.where(forward, range_, domain), stop, right)
    negated = ground.counts["negation"][start] > ground.counts["negation"][np.maximum(begin, start - 3)]
    overlap = [(things.first[end] < stop) & (start < things.last[end]) for end in (pairs.first, pairs.second)]
    return {
        "place": between + 2 * beside,
        "to_first": np.minimum(np.abs(start - left), FARTHEST_WORDS),
        "to_second": np.minimum(np.abs(right - stop), FARTHEST_WORDS),
        "items_first": _counted(ground.items, left, start),
        "items_second": _counted(ground.items, stop, right),
        "rivals_first": rivals_first,
        "rivals_second": rivals_second,
        "frame": frames,
        "passive": passive,
        "by": by,
        "marker": np.array(marked, np.int64),
        "adjacent": right == stop,
        "trigger_words": stop - start,
        "negated": negated,
        "order_ok": active != passive,
        "overlap": overlap[0] | overlap[1],
        "others_between": _counted(ground.trigger_counts, stop, right),
    }


def _counted(running: Ints, start: Ints, end: Ints) -> Ints:
    """What is counted from `start` to `end`; nothing if they lie the other way round."""
    counted: Ints = np.maximum(0, running[..., end] - running[..., start])
    return counted


def _rivals(ground: Ground, classes: npt.NDArray[np.bool_], start: Ints, end: Ints) -> Ints:
    """How many items of the pair's classes begin from `start` to `end`."""
    rivals: Ints = (_counted(ground.by_class, start, end) * classes.T).sum(axis=0)
    return rivals


def describe_roles(ground: Ground, pairs: Pairs, trigger: Ints, clauses: Mapping[int, Clauses]) -> Columns:
    """What the two ends are to the verb, by the clauses of each sentence."""
    things = ground.things
    used, place = np.unique(trigger, return_inverse=True)
    sentences = ground.trigger_sentence[used].tolist()
    roles = [clauses[s].roles(ground.triggers[t]) for s, t in zip(sentences, used.tolist(), strict=True)]
    origin = np.searchsorted(things.sentence, ground.trigger_sentence[used])
    subject = np.array([one.subject for one in roles], np.int64)
    object_ = np.array([one.object for one in roles], np.int64)
    size = len(things.items) + 1
    further = [n * size + origin[n] + item for n, one in enumerate(roles) for item in sorted(one.further)]

    def part(end: Ints, role: Ints) -> Ints:
        return _part_in(ground, end, np.where(role >= 0, origin + role, -1)[place])

    def object_part(end: Ints) -> Ints:
        return np.maximum(part(end, object_), np.isin(place * size + end, np.array(further, np.int64)))

    return {
        "a_subject": part(pairs.a, subject),
        "b_subject": part(pairs.b, subject),
        "a_object": object_part(pairs.a),
        "b_object": object_part(pairs.b),
        "elision": np.array([one.how for one in roles], np.int64)[place],
    }


def _part_in(ground: Ground, end: Ints, role: Ints) -> Ints:
    """2 if an item is the one that has the role, 1 if it is coordinated with it, else 0; -1 where none has it."""
    things = ground.things
    itself = (end == role) | ((things.entity[end] >= 0) & (things.entity[end] == things.entity[role]))
    joined = (things.group[end] >= 0) & (things.group[end] == things.group[role])
    return np.where(role < 0, -1, np.where(itself, 2, joined))


def table_of(columns: Columns, rows: int) -> npt.NDArray[np.float32]:
    """The columns in the order of `FEATURES`."""
    table = np.empty((rows, len(FEATURES)), np.float32)
    for place, name in enumerate(FEATURES):
        table[:, place] = columns[name]
    return table


def fill(columns: Columns, at: Ints, rows: int) -> Columns:
    """Columns for all rows from those for the rows `at`; -1 in the others, which have no trigger."""
    filled: dict[str, Column] = {}
    for name, column in columns.items():
        filled[name] = np.full(rows, -1, np.int64)
        filled[name][at] = column
    return filled
