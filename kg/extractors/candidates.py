"""Pairs of things in a sentence that a relation may hold between, each with what is known of it as numbers."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import numpy.typing as npt

from kg.annotation.phrases import PhraseIndex
from kg.extractors.clauses import Clauses
from kg.extractors.features import (
    FAR,
    FARTHEST_WORDS,
    Pairs,
    describe_pairs,
    describe_roles,
    describe_triggers,
    fill,
    table_of,
)
from kg.extractors.ground import ALONE_KIND, CARRIED_KIND, CLASSES, Ground, Ints, spread
from kg.extractors.paths import describe_paths
from kg.extractors.sentence import OFFICE, Item, Sentence, Trigger
from kg.model import Document
from kg.ontology import Ontology, RelationTerm

Flags = npt.NDArray[np.bool_]

# Relations that Vietnamese often leaves to the mere neighbourhood of two names; the others need a word for them.
_UNSPOKEN = frozenset(
    "affiliated_with attended citizen_of competed_with held_in holds_position implements located_in organized owns "
    "part_of signed".split()
)
_FARTHEST_ITEMS = 24


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
    values: npt.NDArray[np.float32]
    pair: int


@dataclass(frozen=True, slots=True)
class Candidates:
    """All candidates of a document in a fixed order, column by column; `candidates[i]` is one of them.

    `relation`, `a`, `b`, `trigger` (-1: none) are numbers in `relations`, `items`, `triggers`; `values` are rows of
    `FEATURES`; `paths[pair]` are the linear model's features of a pair.
    """

    relations: tuple[str, ...]
    items: tuple[Item, ...]
    triggers: tuple[Trigger, ...]
    relation: Ints
    a: Ints
    b: Ints
    sentence: Ints
    trigger: Ints
    pair: Ints
    values: npt.NDArray[np.float32]
    paths: list[list[int]]

    def __len__(self) -> int:
        return len(self.relation)

    def __getitem__(self, i: int) -> Candidate:
        trigger = int(self.trigger[i])
        return Candidate(
            self.relations[self.relation[i]],
            self.items[self.a[i]],
            self.items[self.b[i]],
            int(self.sentence[i]),
            self.triggers[trigger] if trigger >= 0 else None,
            self.values[i],
            int(self.pair[i]),
        )

    def __iter__(self) -> Iterator[Candidate]:
        return (self[i] for i in range(len(self)))

    def of_relations(self, names: Set[str]) -> list[int]:
        """The numbers of the candidates of these relations."""
        wanted = np.array([name in names for name in self.relations], np.bool_)
        found: list[int] = np.flatnonzero(wanted[self.relation]).tolist()
        return found

    def select(self, chosen: Flags) -> "Candidates":
        """Those of the candidates that are chosen."""
        return replace(
            self,
            relation=self.relation[chosen],
            a=self.a[chosen],
            b=self.b[chosen],
            sentence=self.sentence[chosen],
            trigger=self.trigger[chosen],
            pair=self.pair[chosen],
            values=self.values[chosen],
        )


def find_candidates(document: Document, sentences: Sequence[Sentence], ontology: Ontology) -> Candidates:
    """The candidates of a document, sentence by sentence."""
    ground = Ground(sentences)
    rules = _read_rules(ontology)
    near = _neighbours(ground)
    relation, pair = np.nonzero(rules.admit(ground, near))
    used, pair = np.unique(pair, return_inverse=True)
    pairs = near[used]
    order = np.argsort(ground.things.sentence[pairs.a][pair], kind="stable")
    relation, pair = relation[order], pair[order]
    rows, size = pairs[pair], len(pair)

    speech = _speech_index(ontology.lexicon.words.get("speech", ()))
    of_pairs = describe_pairs(ground, pairs, Counter(mention.entity for mention in document.mentions))
    clauses = {s: Clauses(sentences[s], speech) for s in np.unique(of_pairs["sentence"]).tolist()}
    leading = _leading(ground, clauses)
    trigger, counts = _find_triggers(ground, rows, relation, rules.number_triggers(ground))
    spoken: Ints = np.flatnonzero(trigger >= 0)
    said, by = rows[spoken], trigger[spoken]
    rivals = rules.counted_domain[relation[spoken]], rules.counted_range[relation[spoken]]
    columns = {
        "relation": relation,
        **{name: column[pair] for name, column in of_pairs.items()},
        "trigger_count": counts,
        **fill(describe_triggers(ground, said, by, *rivals), spoken, size),
        **fill(describe_roles(ground, said, by, clauses), spoken, size),
        "a_leads": leading[rows.a],
        "b_leads": leading[rows.b],
    }
    return Candidates(
        rules.names, ground.things.items, ground.triggers, relation, rows.a, rows.b, ground.things.sentence[rows.a],
        trigger, pair, table_of(columns, size), describe_paths(ground, pairs),
    )  # fmt: skip


@cache
def _speech_index(words: tuple[str, ...]) -> PhraseIndex[str]:
    return PhraseIndex((word.lower(), word) for word in words)


def _neighbours(ground: Ground) -> Pairs:
    """All pairs of two items of one sentence that are not too far apart."""
    sentence = ground.things.sentence
    number = np.arange(len(sentence))
    low = np.maximum(number - _FARTHEST_ITEMS, np.searchsorted(sentence, sentence, "left"))
    high = np.minimum(number + _FARTHEST_ITEMS + 1, np.searchsorted(sentence, sentence, "right"))
    a, b = spread(low, high)
    return Pairs.of(ground, a[a != b], b[a != b])


def _leading(ground: Ground, clauses: Mapping[int, Clauses]) -> Flags:
    """Which items start a clause."""
    leading = np.zeros(len(ground.things.items), np.bool_)
    for sentence, one in clauses.items():
        leading[np.searchsorted(ground.things.sentence, sentence) + np.array(sorted(one.leading), np.int64)] = True
    return leading


@dataclass(frozen=True, slots=True)
class _Rules:
    """Which classes each relation joins, as tables of relations × classes; the relations in the order of `names`.

    `domain` and `range` are what its ends may be, `counted_domain` and `counted_range` what counts as a rival of them.
    """

    names: tuple[str, ...]
    domain: Flags
    range: Flags
    counted_domain: Flags
    counted_range: Flags
    symmetric: Flags
    literal: Flags
    unspoken: Flags

    def number_triggers(self, ground: Ground) -> Ints:
        """The relation of each trigger."""
        number = {name: i for i, name in enumerate(self.names)}
        return np.array([number[trigger.expression.relation] for trigger in ground.triggers], np.int64)

    def admit(self, ground: Ground, pairs: Pairs) -> Flags:
        """Whether each relation may hold of each pair: relations × pairs."""
        things, a, b = ground.things, pairs.a, pairs.b
        carried = things.kind == CARRIED_KIND
        both_named = (things.entity[a] != things.entity[b]) & ~(carried[a] & carried[b])
        to_office = ~carried[a] & (things.kind[b] != ALONE_KIND)
        # A symmetric relation is looked for in one direction only.
        same_place = things.first[a] == things.first[b]
        forward = (things.first[a] < things.first[b]) | (same_place & (things.order[a] <= things.order[b]))
        spoken = np.repeat(self.unspoken[:, None], len(ground.sentences), axis=1)
        spoken[self.number_triggers(ground), ground.trigger_sentence] = True
        admitted = self.domain[:, things.type[a]] & self.range[:, things.type[b]] & spoken[:, things.sentence[a]]
        admitted &= np.where(self.literal[:, None], to_office, both_named)
        admitted &= forward | ~self.symmetric[:, None]
        return admitted


# By the identity of an ontology, which is kept: reading its rules takes longer than using them on an article.
_KNOWN: dict[int, tuple[Ontology, _Rules]] = {}


def _read_rules(ontology: Ontology) -> _Rules:
    if id(ontology) not in _KNOWN:
        _KNOWN[id(ontology)] = ontology, _make_rules([term for _, term in sorted(ontology.relations.items())])
    return _KNOWN[id(ontology)][1]


def _make_rules(terms: Sequence[RelationTerm]) -> _Rules:
    entities = frozenset(CLASSES) - {OFFICE}
    ranges = [frozenset({OFFICE}) if term.literal else term.range or entities for term in terms]
    return _Rules(
        names=tuple(term.name for term in terms),
        domain=_table([term.domain or entities for term in terms]),
        range=_table(ranges),
        counted_domain=_table([term.domain or frozenset(CLASSES) for term in terms]),
        counted_range=_table([term.range or frozenset(CLASSES) for term in terms]),
        symmetric=np.array([term.symmetric for term in terms]),
        literal=np.array([term.literal for term in terms]),
        unspoken=np.array([term.name in _UNSPOKEN for term in terms]),
    )


def _table(rows: Sequence[frozenset[str]]) -> Flags:
    return np.array([[name in row for name in CLASSES] for row in rows])


def _find_triggers(ground: Ground, pairs: Pairs, relation: Ints, relation_of: Ints) -> tuple[Ints, Ints]:
    """For each pair the number of the trigger that most likely belongs to it, -1: none; and how many its sentence has.

    That is one between the ends rather than beside them, and a long one before a short one.
    """
    things, size = ground.things, len(ground.words) + FARTHEST_WORDS
    order = np.lexsort((ground.trigger_first, relation_of))
    keys = (relation_of * size + ground.trigger_first)[order]
    sentence = things.sentence[pairs.a]
    begin, end = ground.begin[sentence], ground.end[sentence]
    counts = np.searchsorted(keys, relation * size + end) - np.searchsorted(keys, relation * size + begin)
    lowest = np.maximum(things.first[pairs.first] - FARTHEST_WORDS, begin)
    highest = np.minimum(things.last[pairs.second] + FARTHEST_WORDS, end)
    row, place = spread(
        np.searchsorted(keys, relation * size + lowest), np.searchsorted(keys, relation * size + highest, "right")
    )
    trigger = order[place]
    start, stop = ground.trigger_first[trigger], ground.trigger_last[trigger]
    first, second = pairs.first[row], pairs.second[row]
    inside = (start >= things.last[first]) & (stop <= things.first[second])
    before, after = stop <= things.first[first], start >= things.last[second]
    cost = np.select(
        [inside, before, after],
        [
            0.5 * (start - things.last[first]) + (things.first[second] - stop),
            20.0 + things.first[first] - stop,
            15.0 + start - things.last[second],
        ],
        30.0,
    ) - 2 * (stop - start)
    nearest = np.full(len(pairs), -1, np.int64)
    best = np.lexsort((cost, row))
    rows, at = np.unique(row[best], return_index=True)
    nearest[rows] = trigger[best][at]
    return nearest, np.minimum(counts, FAR)
