"""A document's sentences one after the other as arrays, so that all pairs of things in them are counted at once.

A word's place is its number in the document. After each sentence, and before the first, one place is left free; so what
is counted between two places of a sentence never comes from another one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from kg.extractors.sentence import CARRIED, OFFICE, Item, Sentence, Trigger
from kg.recognition import TYPES

Ints = npt.NDArray[np.int64]

CLASSES = (*TYPES, OFFICE)
KINDS = ("name", "title", "generic", "pronoun", CARRIED, "office", "alone")
# Words right beside an end that say how it hangs in the sentence.
BESIDE = (
    "",
    *(
        ', ( ) - – : ; " “ ” và với tại ở của cho vào sang tới đến trong trên giữa do bởi bị được từ thuộc là ông '
        "bà anh chị đã sẽ đang vừa cùng theo về khi sau tỉnh thành phố huyện quận xã phường tp nước người tập "
        "đoàn công ty hãng báo sân đội ảnh mà nhà để cũng này nói cựu số hôm ngày kiêm trước lên không có "
    ).split(),
)
COUNTED: Mapping[str, tuple[str, ...]] = {
    "commas": (",",),
    "colons": (";", ":"),
    "opens": ("(",),
    "closes": (")",),
    "dashes": ("-", "–"),
    "ands": ("và",),
    "speech": ("biết", "hay", "định", "mạnh", "nói", "bố", "rằng", "theo"),
    "passive": ("được", "bị"),
    "by": ("do", "bởi"),
    "negation": ("không", "chưa", "chẳng"),
}
"""Signs and words that are counted between two places."""

_CLASS = {name: i for i, name in enumerate(CLASSES)}
_KIND = {name: i for i, name in enumerate(KINDS)}
OFFICE_CLASS, CARRIED_KIND, ALONE_KIND = _CLASS[OFFICE], _KIND[CARRIED], _KIND["alone"]
_VOCABULARY = {word: i for i, word in enumerate(dict.fromkeys((*BESIDE, *chain(*COUNTED.values()))))}
_OTHER = len(_VOCABULARY)
# Which of the vocabulary, and of all other words, each row of `COUNTED` counts.
_IS_COUNTED = np.array([[word in words for word in (*_VOCABULARY, None)] for words in COUNTED.values()])


def run(flags: npt.NDArray[np.bool_] | Ints) -> Ints:
    """Sums along the last axis up to each place, so that `run(x)[end] - run(x)[start]` counts from start to end."""
    sums = np.zeros((*flags.shape[:-1], flags.shape[-1] + 1), np.int64)
    np.cumsum(flags, axis=-1, out=sums[..., 1:])
    return sums


def spread(low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """All pairs (i, k) with `low[i] <= k < high[i]`, in order."""
    sizes = np.maximum(high - low, 0)
    owner = np.repeat(np.arange(len(sizes)), sizes)
    before = np.cumsum(sizes) - sizes
    return owner, np.arange(len(owner)) + (low - before)[owner]


@dataclass(frozen=True, slots=True)
class Things:
    """The items of all sentences; of each the numbers that pairs are described by.

    `first`, `last` and `left`, `right`, the ends of its coordination, are places. `entity` and `holder` number the
    entities, -1: none; `order` is the entity's place in the order of ids. `group` is -1 outside a coordination.
    """

    items: tuple[Item, ...]
    sentence: Ints
    number: Ints
    first: Ints
    last: Ints
    type: Ints
    kind: Ints
    entity: Ints
    order: Ints
    holder: Ints
    group: Ints
    left: Ints
    right: Ints


class Ground:
    """What is counted in all sentences. `begin` and `end` are places; `words` has "" where there is no word.

    `counts[name]` are the running counts of `COUNTED`; those of items leave out what is carried over.
    """

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self.sentences = sentences
        sizes = np.array([len(sentence.words) for sentence in sentences], np.int64)
        self.begin: Ints = np.cumsum(sizes + 1) - sizes
        self.end: Ints = self.begin + sizes
        self.words: list[str] = [""]
        for sentence in sentences:
            self.words += sentence.words.lower
            self.words.append("")
        codes = np.array([_VOCABULARY.get(word, _OTHER) for word in self.words], np.int64)
        self.beside: Ints = np.minimum(codes, len(BESIDE))
        self.counts: dict[str, Ints] = dict(zip(COUNTED, run(_IS_COUNTED[:, codes]), strict=True))
        self.entities: dict[str, int] = {}
        self.things = self._lay_items()
        self.real = self.things.kind != CARRIED_KIND
        self.items = self.count_starts(self.things.first[self.real])
        self.offices: Ints = np.flatnonzero(self.things.type == OFFICE_CLASS)
        self.office_starts: Ints = self.things.first[self.offices]
        self.office_counts = self.count_starts(self.office_starts)
        kinds = np.zeros((len(CLASSES), len(self.words)), np.int64)
        np.add.at(kinds, (self.things.type[self.real], self.things.first[self.real]), 1)
        self.by_class = run(kinds)
        self.triggers: tuple[Trigger, ...] = tuple(chain.from_iterable(s.triggers for s in sentences))
        self.trigger_sentence: Ints = np.repeat(np.arange(len(sentences)), [len(s.triggers) for s in sentences])
        begins = self.begin[self.trigger_sentence]
        self.trigger_first: Ints = np.array([t.first for t in self.triggers], np.int64) + begins
        self.trigger_last: Ints = np.array([t.last for t in self.triggers], np.int64) + begins
        self.trigger_counts = self.count_starts(self.trigger_first)

    def count_starts(self, places: Ints) -> Ints:
        """Running counts of what starts at these places."""
        return run(np.bincount(places, minlength=len(self.words)))

    def _lay_items(self) -> Things:
        items = tuple(chain.from_iterable(sentence.items for sentence in self.sentences))
        sizes = np.array([len(sentence.items) for sentence in self.sentences], np.int64)
        sentence: Ints = np.repeat(np.arange(len(sizes)), sizes)
        for item in items:
            if item.entity is not None:
                self.entities.setdefault(item.entity, len(self.entities))
        ranks = {id_: rank for rank, id_ in enumerate(sorted(self.entities))}
        number_of = self.entities
        columns = np.array(
            [
                (
                    item.first, item.last, _CLASS[item.type], _KIND[item.kind], item.group,
                    -1 if item.entity is None else number_of[item.entity],
                    -1 if item.entity is None else ranks[item.entity],
                    -1 if item.holder is None else number_of.get(item.holder, -1),
                )
                for item in items
            ],
            np.int64,
        ).reshape(-1, 8)  # fmt: skip
        first, last, type_, kind, group, entity, order, holder = columns.T
        first, last = first + self.begin[sentence], last + self.begin[sentence]
        # A group has fewer members than its sentence words, so its number and the sentence's begin make it unique.
        grouped = (group > 0) & (type_ != OFFICE_CLASS)
        group = np.where(grouped, group + self.begin[sentence], -1)
        left, right = self._group_ends(group, first, last)
        number = np.arange(len(items)) - (np.cumsum(sizes) - sizes)[sentence]
        return Things(
            items, sentence, number, first, last, type_, kind, entity, order, holder, group, left, right
        )  # fmt: skip

    def _group_ends(self, group: Ints, first: Ints, last: Ints) -> tuple[Ints, Ints]:
        """Where the coordination of each item begins and ends; where it has none, the item itself."""
        size = len(self.words) + 1
        left, right = np.full(size, size), np.zeros(size, np.int64)
        grouped = group >= 0
        np.minimum.at(left, group[grouped], first[grouped])
        np.maximum.at(right, group[grouped], last[grouped])
        return np.where(grouped, left[group], first), np.where(grouped, right[group], last)
