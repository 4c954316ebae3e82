"""Who says so: which of the reports of a text a relation stands in."""

import re
from collections.abc import Sequence

from kg.extractors.attributes.reports import Report, reports_around
from kg.extractors.attributes.scene import Scene
from kg.model import Finding, Modality

# Of the states a text speaks of, those that somebody tells; an office or a place is presupposed.
_TOLD_STATES = frozenset(("has_partnership_with", "operates_in", "owns"))
# Everybody knows of a match.
_PUBLIC = frozenset(("competed_with",))
# The words are the deed itself: nobody reports that they thank.
_REMARKS = frozenset(("praised", "thanked", "congratulated", "criticized", "requested"))
# "Trong chuyến thăm B, …" and "sau khi thăm B, …" tell nothing of the visit.
_SETTING = re.compile(r"\b(?:tại|trong|sau|trước|khi)\s(?:[^\W\d]+\s){0,2}$", re.IGNORECASE)
_LONGEST_SETTING = 30


def speaker_of(scene: Scene, finding: Finding, modality: Modality, reports: Sequence[Report]) -> str | None:
    """The speaker of the innermost report that tells of the relation; none for what it presupposes."""
    if not _is_told(scene, finding):
        return None
    at = scene.anchor(finding)
    speaker = None
    for report in reports_around(reports, at, at):
        if at >= report.scope.end or (report.directing and modality != "planned"):
            continue
        if not (report.directing and report.speaker in (finding.subject, finding.object)):
            speaker = report.speaker
    if speaker == finding.subject:
        return None if finding.relation in _REMARKS else speaker
    # A country speaks for itself alone; of others it is its officials whose words are given.
    return None if speaker and scene.entity(speaker).type == "Country" else speaker


def _is_told(scene: Scene, finding: Finding) -> bool:
    """Whether words of the sentence state the relation, rather than name it or place something else by it."""
    if finding.trigger is None or finding.relation in _PUBLIC:
        return False
    if scene.relation(finding).state and finding.relation not in _TOLD_STATES:
        return False
    at = finding.trigger.start
    before = scene.text[max(scene.sentence(finding).start, at - _LONGEST_SETTING) : at]
    return _SETTING.search(before) is None
