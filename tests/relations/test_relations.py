"""Every relation has sentences that state it, and near misses that do not, run through the real pipeline.

A file of `cases/` is named for its relation. A case is a name in brackets, the lines of a small article, and triples:

    + subject | relation | object | modality    must be found; asserted where no modality is given
    - subject | relation | object | modality    must not be found; in no modality where none is given

`*` stands for anything, and " / " stands between names of which one is enough. Names are compared without case, with
all forms that the article has for the entity. A case without a `+` is a near miss.

What the program is known to get wrong is listed in `known_failures.txt`, under reasons; a case that comes right has to
be taken off that list.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from kg.model import MODALITIES, Article, Extraction, Statement
from kg.ontology import Ontology, load_ontology
from kg.pipeline import extract_article
from kg.text import nfc

HERE = Path(__file__).parent

# Shares over all cases; below these the list of known failures would hide a program that does not work.
LEAST_FOUND = 0.6
LEAST_AVOIDED = 0.95


@dataclass(frozen=True, slots=True)
class Triple:
    """One line of a case: what must be found, or must not. A `modality` of None is any."""

    wanted: bool
    subject: tuple[str, ...]
    relation: str
    object: tuple[str, ...]
    modality: str | None

    def __str__(self) -> str:
        words = " | ".join([" / ".join(self.subject), self.relation, " / ".join(self.object), self.modality or "*"])
        return f"{'+' if self.wanted else '-'} {words}"


@dataclass(frozen=True, slots=True)
class Case:
    id: str
    relation: str
    text: str
    triples: tuple[Triple, ...]

    @property
    def states(self) -> bool:
        """Whether it is an example of its relation; else it is a near miss."""
        return any(triple.wanted and triple.relation == self.relation for triple in self.triples)


def read_cases() -> Iterator[Case]:
    for file in sorted((HERE / "cases").glob("*.txt")):
        for block in file.read_text("utf-8").strip().split("\n\n"):
            head, *lines = block.splitlines()
            text = "\n".join(line for line in lines if not line.startswith(("+ ", "- ")))
            triples = tuple(read_triple(line) for line in lines if line.startswith(("+ ", "- ")))
            yield Case(f"{file.stem}/{head.strip('[]')}", file.stem, text, triples)


def read_triple(line: str) -> Triple:
    subject, relation, object, *rest = (part.strip() for part in line[2:].split(" | "))
    wanted = line.startswith("+")
    modality = rest[0] if rest else ("asserted" if wanted else None)
    return Triple(wanted, tuple(subject.split(" / ")), relation, tuple(object.split(" / ")), modality)


def read_known_failures() -> dict[str, str]:
    """Reasons by the id of a case: the reason is the line with "#" above it."""
    reasons, reason = {}, ""
    for line in (HERE / "known_failures.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            reason = line.strip("# ")
        elif line:
            reasons[line] = reason
    return reasons


CASES = tuple(read_cases())
KNOWN_FAILURES = read_known_failures()


@cache
def ontology_of_program() -> Ontology:
    return load_ontology()


@cache
def read(case: Case) -> Extraction:
    return extract_article(Article(case.id, case.text, date="2025-06-10"), ontology=ontology_of_program())


def is_stated(triple: Triple, extraction: Extraction) -> bool:
    return any(matches(triple, statement, extraction) for statement in extraction.statements)


def matches(triple: Triple, statement: Statement, extraction: Extraction) -> bool:
    if statement.relation != triple.relation or triple.modality not in (None, statement.modality):
        return False
    ends = [forms(end, extraction) for end in (statement.subject, statement.object)]
    orders = [ends, ends[::-1]] if ontology_of_program().relation(triple.relation).symmetric else [ends]
    return any(is_named(triple.subject, s) and is_named(triple.object, o) for s, o in orders)


def forms(end: str, extraction: Extraction) -> set[str]:
    for entity in extraction.entities:
        if entity.id == end:
            return {form.casefold() for form in (entity.name, *entity.aliases)}
    return {end.casefold()}


def is_named(names: tuple[str, ...], forms: set[str]) -> bool:
    return names == ("*",) or not forms.isdisjoint(name.casefold() for name in names)


def as_parameter(case: Case) -> object:
    reason = KNOWN_FAILURES.get(case.id)
    return pytest.param(case, id=case.id, marks=[pytest.mark.xfail(reason=reason, strict=True)] if reason else [])


@pytest.mark.parametrize("case", [as_parameter(case) for case in CASES])
def test_a_case_gives_what_it_states_and_nothing_it_does_not(case: Case) -> None:
    extraction = read(case)
    wrong = [str(triple) for triple in case.triples if is_stated(triple, extraction) != triple.wanted]
    assert wrong == [], [(s.subject, s.relation, s.object, s.modality) for s in extraction.statements]


@pytest.mark.parametrize(("wanted", "least"), [(True, LEAST_FOUND), (False, LEAST_AVOIDED)], ids=["found", "avoided"])
def test_most_of_what_is_stated_is_found_and_most_near_misses_are_avoided(wanted: bool, least: float) -> None:
    right = [
        is_stated(triple, read(case)) == wanted
        for case in CASES
        for triple in case.triples
        if triple.wanted == wanted and (wanted or not case.states)
    ]
    assert sum(right) / len(right) >= least, f"{sum(right)} of {len(right)}"


def test_every_relation_has_three_examples_and_two_near_misses(ontology: Ontology) -> None:
    examples = Counter(case.relation for case in CASES if case.states)
    near_misses = Counter(case.relation for case in CASES if not case.states)
    assert {case.relation for case in CASES} == set(ontology.relations)
    assert {name for name in ontology.relations if examples[name] < 3 or near_misses[name] < 2} == set()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_case_is_well_formed(case: Case, ontology: Ontology) -> None:
    assert case.text == nfc(case.text)
    assert case.text
    assert case.triples
    for triple in case.triples:
        assert triple.modality in (None, *MODALITIES)
        assert triple.relation in ontology.relations
        for name in (*triple.subject, *triple.object):
            assert name == "*" or name.casefold() in case.text.casefold(), name
        if triple.wanted:
            assert "*" not in (*triple.subject, *triple.object)


def test_cases_and_known_failures_have_ids_that_exist_once() -> None:
    ids = Counter(case.id for case in CASES)
    assert [id for id, times in ids.items() if times > 1] == []
    assert set(KNOWN_FAILURES) <= set(ids)
    assert all(KNOWN_FAILURES.values()), "every known failure stands under its reason"
