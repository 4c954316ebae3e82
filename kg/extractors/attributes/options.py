"""What a relation's attribute may be: the answers that a text offers, each described by numbers and words.

The description of an option looks at the document and at one finding only, so that what is chosen depends neither on
the other findings nor on their order.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

from kg.extractors.attributes.scene import Scene
from kg.model import Finding, Mention, Modality, Quantity

Value = TypeVar("Value")

_KINDS = {"name": 1.0, "title": 2.0, "generic": 3.0, "pronoun": 4.0}
FAR = 999.0
"""The distance of what is not there."""


@dataclass(frozen=True, slots=True)
class Option(Generic[Value]):
    """One possible value; the numbers and words that describe it, as many for each option of an attribute."""

    value: Value
    numbers: tuple[float, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules read of a relation in its sentence."""

    modality: Modality
    date: str | None
    said_by: str | None
    amount: Quantity | None


@dataclass(frozen=True, slots=True)
class Setting:
    """A finding in its sentence, as the options of all attributes are described by it."""

    finding: Finding
    reading: Reading
    anchor: int
    start: int
    end: int
    subject: Mention | None
    object: Mention | None
    subject_type: str
    object_type: str
    state: bool
    trigger: str
    quoted: bool
    numbers: tuple[float, ...]
    words: tuple[str, ...]


def set_finding(scene: Scene, finding: Finding, reading: Reading) -> Setting:
    """The setting of a finding."""
    text, sentence, term = scene.text, scene.sentence(finding), scene.relation(finding)
    anchor = scene.anchor(finding)
    subject, object_ = scene.ends(finding)
    subject_type = scene.entity(finding.subject).type
    object_type = "" if term.literal else scene.entity(finding.object).type
    trigger = finding.trigger.of(text).casefold() if finding.trigger else ""
    opened = max(text.rfind("“", sentence.start, anchor), text.rfind('"', sentence.start, anchor))
    quoted = opened > text.rfind("”", sentence.start, anchor)
    numbers = (
        float(term.state),
        float(finding.sentence),
        float(len(scene.document.sentences)),
        float(anchor - sentence.start),
        float(sentence.end - anchor),
        _KINDS[subject.kind] if subject else 0.0,
        _KINDS[object_.kind] if object_ else 0.0,
        distance(subject, anchor),
        distance(object_, anchor),
        float(quoted),
        float(scene.document.article.date is not None),
    )
    words = (
        finding.relation,
        f"{finding.relation} {trigger}",
        f"{subject_type} {finding.relation} {object_type}",
        last_word(text, sentence.start, anchor),
    )
    return Setting(
        finding, reading, anchor, sentence.start, sentence.end, subject, object_, subject_type, object_type,
        term.state, trigger, quoted, numbers, words,
    )  # fmt: skip


def distance(mention: Mention | None, at: int) -> float:
    """Characters from a mention's start to an offset, negative where it comes later."""
    return FAR if mention is None else float(at - mention.start)


def last_word(text: str, start: int, at: int) -> str:
    """The word before an offset, a stop that follows it included."""
    words = text[max(start, at - 16) : at].split()
    return words[-1].casefold() if words else ""


def next_word(text: str, at: int, end: int) -> str:
    """The word from an offset on, a stop that follows it included."""
    words = text[at : min(end, at + 16)].split()
    return words[0].casefold() if words else ""
