"""One sentence as the relation extractors see it: words, the things mentioned, the words that express relations."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Generic, TypeVar

from kg.annotation.phrases import PhraseIndex
from kg.model import Document, Mention, Title
from kg.ontology import Expression, Lexicon, Ontology
from kg.recognition.words import Words, read_words

OFFICE = "Office"
CARRIED = "carried"


@dataclass(frozen=True, slots=True)
class Item:
    """Something a relation can hold of: a mention, an office (`entity` None, `text` its words), or one carried over.

    `start` and `end` are its characters in the article, of a carried one where it was last mentioned.

    `first` and `last` are its half-open range of words; a carried one, understood from a sentence before, has
    the empty range 0, 0. `group` is the number of the coordination ("A, B và C") that it stands in.
    """

    first: int
    last: int
    type: str
    kind: str
    entity: str | None
    mention: int | None
    text: str
    group: int
    start: int = -1
    end: int = -1
    holder: str | None = None


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that may express a relation: their half-open range of words, and the lexical entry they come from."""

    first: int
    last: int
    expression: Expression
    form: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """The view. `owner[w]` is the index of the item that covers word w, or -1."""

    index: int
    words: Words
    items: tuple[Item, ...]
    triggers: tuple[Trigger, ...]
    owner: tuple[int, ...]

    def by_relation(self) -> Mapping[str, list[Trigger]]:
        """The triggers of each relation."""
        grouped: dict[str, list[Trigger]] = {}
        for trigger in self.triggers:
            grouped.setdefault(trigger.expression.relation, []).append(trigger)
        return grouped


@cache
def trigger_index(lexicon_key: int) -> PhraseIndex[tuple[tuple[Expression, str], ...]]:
    """All forms of the lexicon registered under the key, each with the entries it belongs to; compounds with none."""
    entries: dict[str, list[tuple[Expression, str]]] = {}
    for form in _REGISTERED[lexicon_key].words.get("compound", ()):
        entries.setdefault(form.lower(), [])
    for expression in _REGISTERED[lexicon_key].expressions:
        for form in expression.forms:
            entries.setdefault(form.lower(), []).append((expression, form.lower()))
    return PhraseIndex({form: tuple(pairs) for form, pairs in entries.items()})


_REGISTERED: dict[int, Lexicon] = {}


def _index(lexicon: Lexicon) -> PhraseIndex[tuple[tuple[Expression, str], ...]]:
    _REGISTERED[id(lexicon)] = lexicon
    return trigger_index(id(lexicon))


def view_sentences(document: Document, ontology: Ontology) -> Iterator[Sentence]:
    """The sentences of a document in order, each with what it mentions and what it carries over."""
    text = document.article.text
    index = _index(ontology.lexicon)
    types = {entity.id: entity.type for entity in document.entities}
    mentions, titles = _Cursor(document.mentions), _Cursor(document.titles)
    memory: dict[str, Item] = {}
    for number, span in enumerate(document.sentences):
        words = read_words(text, span.start, span.end)
        items: list[Item] = []
        for m, mention in mentions.until(span.end):
            ends_at = (mention.start, mention.end)
            if place := words.range_of(*ends_at):
                type_ = types[mention.entity]
                items.append(Item(*place, type_, mention.kind, mention.entity, m, mention.text, 0, *ends_at))
        taken = {(item.first, item.last) for item in items}
        for _, title in titles.until(span.end):
            ends_at = (title.start, title.end)
            if place := words.range_of(*ends_at):
                kind = "alone" if place in taken else "office"
                items.append(Item(*place, OFFICE, kind, None, None, title.text, 0, *ends_at, title.holder))
        items.sort(key=lambda item: (item.first, item.last, item.entity or ""))
        items = _grouped(words, items)
        here = {item.entity for item in items}
        carried = {item.entity: item for item in memory.values() if item.entity not in here}
        _remember(memory, items)
        items = [*carried.values(), *items]
        owner = [-1] * len(words)
        for position, item in enumerate(items):
            for w in range(item.first, item.last):
                if owner[w] == -1 or item.type != OFFICE:
                    owner[w] = position
        yield Sentence(number, words, tuple(items), _triggers(words, owner, items, index), tuple(owner))


_Marked = TypeVar("_Marked", Mention, Title)


class _Cursor(Generic[_Marked]):
    """Reads things of a text in their order, once."""

    def __init__(self, things: Sequence[_Marked]) -> None:
        self._things: Sequence[_Marked] = things
        self._at = 0

    def until(self, end: int) -> Iterator[tuple[int, _Marked]]:
        """The next things that begin before `end`, with their numbers."""
        while self._at < len(self._things) and self._things[self._at].start < end:
            self._at += 1
            yield self._at - 1, self._things[self._at - 1]


def _remember(memory: dict[str, Item], items: Sequence[Item]) -> None:
    """What a sentence leaves for the next ones: its first actor, its last body, event and work."""
    kept: dict[str, Item] = {}
    actor = next((item for item in items if _can_act(item.type)), None)
    if actor is not None:
        kept["actor"] = actor
    for item in items:
        if item.type in _BODIES:
            kept["body"] = item
        elif item.type in _WORKS or item.type == "Event":
            kept["Event" if item.type == "Event" else "work"] = item
    memory |= {part: _carried(item) for part, item in kept.items()}


def _carried(item: Item) -> Item:
    return replace(item, first=0, last=0, kind=CARRIED, mention=None, text="", group=-1)


def _can_act(type_: str) -> bool:
    return type_ not in {"AdministrativeArea", "Place", "Event", "Agreement", "Initiative", "Project", OFFICE}


_BODIES = frozenset({"Company", "Organization", "GovernmentBody", "PoliticalParty"})
_WORKS = frozenset({"Project", "Initiative", "Agreement"})
_JOINS = frozenset({",", "và", "cùng", "với", "hay", "hoặc", "&", "-", "–"})


def _grouped(words: Words, items: Sequence[Item]) -> list[Item]:
    """Items with the number of their coordination: neighbours of one class with only commas, "và" between them."""
    out: list[Item] = []
    group = 0
    previous: Item | None = None
    in_office = {w for item in items if item.type == OFFICE for w in range(item.first, item.last)}
    for item in items:
        if item.type == OFFICE:
            out.append(item)
            continue
        if previous is not None and previous.entity != item.entity and previous.type == item.type:
            between = range(previous.last, min(item.first, previous.last + 10))
            free = [words.lower[w] for w in between if w not in in_office]
            joined = bool(free) and free[0] in {",", "và", "cùng", "hay", "hoặc", "&"} and len(between) <= 9
            plain = sum(word not in _JOINS for word in free)
            if not (joined and plain <= 3):
                group += 1
        else:
            group += 1
        out.append(replace(item, group=group))
        previous = item
    return out


def _triggers(
    words: Words, owner: Sequence[int], items: Sequence[Item], index: PhraseIndex[tuple[tuple[Expression, str], ...]]
) -> tuple[Trigger, ...]:
    named = [item != -1 and items[item].kind == "name" for item in owner]
    found: list[Trigger] = []
    free = 0
    for at in index.starts(words.lower):
        hit = index.longest_at(words.lower, at) if at >= free else None
        if hit and not any(named[at : at + hit[0]]):
            free = at + hit[0]
            found += [Trigger(at, free, expression, form) for expression, form in hit[1]]
    return tuple(found)
