"""From scored candidates to findings: what is likely enough, and which of several readings of one pair stands."""

from collections import defaultdict

import numpy as np
import numpy.typing as npt

from kg.extractors.candidates import Candidate, Candidates
from kg.extractors.doubts import is_seat
from kg.extractors.sentence import CARRIED
from kg.model import Document, Finding, Span
from kg.recognition.words import read_words

Key = tuple[str, str, str]

_WORTH = 0.6
"""The share of the best sentence's chance that another sentence needs to be evidence too; it need not stand alone."""


def decide(
    document: Document, candidates: Candidates, chances: npt.NDArray[np.float32], *, threshold: float, second: float
) -> tuple[Finding, ...]:
    """The findings in order of the text; the same relation may be found in several sentences, the weak ones left out,
    and those that name one end only where others name both.

    A relation stands if one of its candidates reaches `threshold`; a second relation between the same two ends only
    if it reaches `threshold + second`, and never the same relation in the other direction. An area is located in its
    likeliest country alone. Of two offices of a person, one within the other, the longer stands.
    """
    likely = np.flatnonzero(chances >= _WORTH * threshold)
    rows, chances = [candidates[i] for i in likely.tolist()], chances[likely]
    best: dict[Key, float] = {}
    for row, chance in zip(rows, chances, strict=True):
        key = _key(row)
        best[key] = max(best.get(key, 0.0), float(chance))
    stands: set[Key] = set()
    between: dict[frozenset[str], int] = defaultdict(int)
    seated: set[str] = set()
    for key, chance in sorted(best.items(), key=lambda pair: (-pair[1], pair[0])):
        if chance < threshold:
            break
        ends = frozenset((key[0], key[2]))
        if (between[ends] and chance < threshold + second) or (key[2], key[1], key[0]) in stands:
            continue
        if is_seat(document, *key):
            if key[0] in seated:
                continue
            seated.add(key[0])
        between[ends] += 1
        stands.add(key)
    stands -= _shorter_offices(stands)
    expressed = {
        _key(row)
        for row, chance in zip(rows, chances, strict=True)
        if chance >= threshold and CARRIED not in (row.a.kind, row.b.kind)
    }
    found = []
    for row, chance in zip(rows, chances, strict=True):
        key = _key(row)
        carried = CARRIED in (row.a.kind, row.b.kind) and key in expressed
        if key in stands and not carried and chance >= _WORTH * best[key]:
            found.append(_finding(document, row, float(chance)))
    return tuple(sorted(found, key=lambda f: (f.sentence, f.subject_at or 0, f.relation, f.object_at or 0, f.object)))


def _key(row: Candidate) -> Key:
    return row.a.entity or "", row.relation, row.b.entity or row.b.text


def _shorter_offices(stands: set[Key]) -> set[Key]:
    """Offices whose words begin a longer office of the same person: "Bộ trưởng" beside "Bộ trưởng Quốc phòng"."""
    offices = [key for key in stands if not (key[2][:1] == "e" and key[2][1:].isdigit())]
    by_person: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key in offices:
        by_person[key[0], key[1]].append(key)
    return {
        short
        for group in by_person.values()
        for short in group
        for long in group
        if long[2].casefold().startswith(short[2].casefold() + " ") or _same_office(short[2], long[2])
    }


def _same_office(one: str, other: str) -> bool:
    """Whether two literals differ in case only, and `one` is not the one to keep."""
    return one != other and one.casefold() == other.casefold() and one > other


def _finding(document: Document, row: Candidate, chance: float) -> Finding:
    trigger = None
    if row.trigger is not None:
        sentence = document.sentences[row.sentence]
        words = read_words(document.article.text, sentence.start, sentence.end).spans
        trigger = Span(words[row.trigger.first][0], words[row.trigger.last - 1][1])
    return Finding(
        row.a.entity or "", row.relation, row.b.entity or row.b.text, row.sentence, trigger,
        row.a.mention, row.b.mention, round(chance, 4),
    )  # fmt: skip
