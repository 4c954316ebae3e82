"""A document as the attributes' readers see it: words of the lexicon found once, mentions and times by sentence."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from kg.model import Document, Entity, Finding, Mention, Quantity, Span, Time
from kg.ontology import Ontology, RelationTerm

_CLAUSE_END = re.compile(
    r"[;:!?…“”\"\[\]]|\.\s|,?\s(?:trong khi|tuy nhiên|nhưng|song|sau khi|trước khi|trong đó|đồng thời"
    r"|(?<!không )(?<!vẫn )(?<!chỉ )còn|khiến|bởi|vì|do đó|mà)\s"
)
# No clause is taken to be longer, so that a line without stops costs no more than any other.
_LONGEST_REACH = 500


@dataclass(frozen=True, slots=True)
class Scene:
    """A document with its mentions, times and quantities by sentence, and the words that report, plan and deny.

    `telling` are the words of speech that only report: who orders a thing ("chỉ đạo") has a part in it.
    """

    document: Document
    ontology: Ontology
    mentions: tuple[tuple[Mention, ...], ...]
    times: tuple[tuple[Time, ...], ...]
    quantities: tuple[tuple[Quantity, ...], ...]
    speech: re.Pattern[str]
    telling: re.Pattern[str]
    planned: re.Pattern[str]
    negated: re.Pattern[str]

    @property
    def text(self) -> str:
        """The article's text."""
        return self.document.article.text

    def sentence(self, finding: Finding) -> Span:
        """The sentence in which a relation was found."""
        return self.document.sentences[finding.sentence]

    def relation(self, finding: Finding) -> RelationTerm:
        """The relation found."""
        return self.ontology.relations[finding.relation]

    def entity(self, id: str) -> Entity:
        """The entity with that id."""
        return self.document.entity(id)

    def ends(self, finding: Finding) -> tuple[Mention | None, Mention | None]:
        """The mentions that stand for the subject and the object, as far as they are expressed."""
        subject, object_ = finding.subject_at, finding.object_at
        mentions = self.document.mentions
        return (
            None if subject is None else mentions[subject],
            None if object_ is None else mentions[object_],
        )

    def anchor(self, finding: Finding) -> int:
        """Where the relation is stated: at its trigger, else at the later one of its ends."""
        if finding.trigger is not None:
            return finding.trigger.start
        starts = [mention.start for mention in self.ends(finding) if mention is not None]
        return max(starts, default=self.sentence(finding).start)

    def near(self, place: int, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions of a sentence that lie between two offsets."""
        row = self.mentions[place]
        first = bisect_left(row, start, key=lambda mention: mention.start)
        last = bisect_left(row, end, key=lambda mention: mention.start)
        return tuple(mention for mention in row[first:last] if mention.end <= end)

    def clause(self, sentence: Span, at: int) -> Span:
        """The part of a sentence around `at` that no stop, quotation mark or conjunction divides."""
        start, end = max(sentence.start, at - _LONGEST_REACH), min(sentence.end, at + _LONGEST_REACH)
        for match in _CLAUSE_END.finditer(self.text, start, end):
            if match.end() <= at:
                start = match.end()
            elif match.start() > at:
                end = match.start()
                break
        return Span(start, end)


def set_scene(document: Document, ontology: Ontology) -> Scene:
    """The scene of a document."""
    words = ontology.lexicon.words
    speech = words.get("speech", ())
    orders = {form for term in ontology.lexicon.expressions if term.relation == "requested" for form in term.forms}
    return Scene(
        document,
        ontology,
        _by_sentence(document.sentences, document.mentions),
        _by_sentence(document.sentences, document.times),
        _by_sentence(document.sentences, document.quantities),
        match_words(speech),
        match_words(tuple(word for word in speech if word not in orders)),
        *(match_words(words.get(name, ())) for name in ("planned", "negated")),
    )


@cache
def match_words(words: tuple[str, ...]) -> re.Pattern[str]:
    """What finds any of the words, whole and with or without a capital, longer ones first."""
    forms = sorted({form for word in words for form in (word, word[:1].upper() + word[1:])}, key=lambda w: (-len(w), w))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})\b" if forms else r"(?!)")


_Thing = TypeVar("_Thing", Mention, Time, Quantity)


def _by_sentence(sentences: Sequence[Span], things: Iterable[_Thing]) -> tuple[tuple[_Thing, ...], ...]:
    rows: list[list[_Thing]] = [[] for _ in sentences]
    place = 0
    for thing in things:
        while place < len(sentences) and sentences[place].end <= thing.start:
            place += 1
        if place < len(sentences) and sentences[place].start <= thing.start:
            rows[place].append(thing)
    return tuple(map(tuple, rows))
