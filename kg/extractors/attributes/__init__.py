"""What a sentence says about a relation found in it: whether it holds, when, who says so, how much, where."""

from collections.abc import Sequence
from dataclasses import replace

from kg.extractors.attributes.amounts import read_amounts
from kg.extractors.attributes.dating import LASTING, date_finding
from kg.extractors.attributes.modality import join_modalities, read_modality
from kg.extractors.attributes.qualifiers import read_qualifiers
from kg.extractors.attributes.reports import Report, find_reports
from kg.extractors.attributes.scene import Scene, set_scene
from kg.extractors.attributes.sharing import share_at_events, share_in_sentences
from kg.extractors.attributes.speakers import speaker_of
from kg.model import Document, Finding, Quantity, Statement
from kg.ontology import Ontology

__all__ = ["qualify"]


def qualify(document: Document, findings: Sequence[Finding], ontology: Ontology) -> tuple[Statement, ...]:
    """One statement for each relation found, in order of finding; its attributes are those of its surest sentences.

    Findings of the same ends and relation become one statement with all their sentences as evidence.
    """
    scene = set_scene(document, ontology)
    reports = find_reports(scene)
    happening = frozenset(id for id, term in ontology.relations.items() if not term.state) - LASTING
    amounts = read_amounts(scene, findings)
    single = [_read(scene, finding, reports, amount) for finding, amount in zip(findings, amounts, strict=True)]
    read = share_in_sentences(single, happening)
    groups: dict[tuple[str, str, str], list[Statement]] = {}
    for finding, statement in zip(findings, read, strict=True):
        groups.setdefault((finding.subject, finding.relation, finding.object), []).append(statement)
    return share_at_events([_merge(group) for group in groups.values()])


def _read(scene: Scene, finding: Finding, reports: Sequence[Report], amount: Quantity | None) -> Statement:
    date = date_finding(scene, finding)
    modality = read_modality(scene, finding, date)
    qualifiers = read_qualifiers(scene, finding)
    return Statement(
        finding.subject,
        finding.relation,
        finding.object,
        (scene.sentence(finding),),
        modality,
        date,
        speaker_of(scene, finding, modality, reports),
        {"amount": amount.text, **qualifiers} if amount else qualifiers,
        (amount.value, amount.unit) if amount else None,
        finding.confidence,
    )


def _merge(group: Sequence[Statement]) -> Statement:
    """Statements of one relation between the same ends as one: as the surest sentence of its modality says it.

    Date and qualifiers that this leaves open are those of the next sentences; its amount those of its modality alone
    give, for what is planned is not what was paid.
    """
    group = sorted(group, key=lambda one: -one.confidence)
    modality = join_modalities([one.modality for one in group])
    same = [one for one in group if one.modality == modality]
    ordered = [*same, *(one for one in group if one.modality != modality)]
    qualifiers = {name: value for one in reversed(ordered) for name, value in one.qualifiers.items()}
    amount = next((one for one in same if one.amount), None)
    qualifiers.pop("amount", None)
    return replace(
        same[0],
        evidence=tuple(sorted({span for one in group for span in one.evidence})),
        date=next((one.date for one in ordered if one.date), None),
        qualifiers=qualifiers if amount is None else {"amount": amount.qualifiers["amount"], **qualifiers},
        amount=amount.amount if amount else None,
        confidence=group[0].confidence,
    )
