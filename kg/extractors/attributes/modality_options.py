"""What tells whether a relation is stated as done, as meant or as denied: the words around it."""

import re
from collections.abc import Sequence

from kg.extractors.attributes.modality import DONE, last_cue
from kg.extractors.attributes.options import FAR, Option, Setting, next_word
from kg.extractors.attributes.scene import Scene
from kg.extractors.attributes.speakers import Report, reports_around
from kg.model import Span

_REACH = 200
_MODES = {"asserted": 0.0, "planned": 1.0, "negated": 2.0}


def offer_modalities(
    scene: Scene, settings: Sequence[Setting], reports: Sequence[Report]
) -> list[list[Option[None]]]:
    """For each setting one description, from which the chances that it is planned and that it is denied are told."""
    return [[_describe(scene, setting, reports)] for setting in settings]


def _describe(scene: Scene, setting: Setting, reports: Sequence[Report]) -> Option[None]:
    text, anchor, finding = scene.text, setting.anchor, setting.finding
    clause = scene.clause(Span(setting.start, setting.end), anchor)
    before = Span(max(setting.start, anchor - _REACH), anchor)
    planned, negated = last_cue(scene, scene.planned, before), last_cue(scene, scene.negated, before)
    beyond = Span(anchor, min(setting.end, anchor + _REACH))
    later = scene.planned.search(text, beyond.start, beyond.end)
    done = _last(DONE, text, before)
    holding = [r for r in reports_around(reports, anchor, anchor) if r.scope.start <= anchor < r.scope.end]
    today, date = scene.document.article.date, setting.reading.date
    future = (1.0 if date > today else -1.0) if date and today else 0.0
    mode = setting.reading.modality
    numbers = (
        _MODES[mode], future,
        _gap(planned, anchor), _gap(negated, anchor), _gap(done, anchor),
        float(planned is not None and planned.start >= clause.start),
        float(negated is not None and negated.start >= clause.start),
        float(later.start() - anchor) if later else FAR,
        float(planned is not None and done is not None and done.start > planned.start),
        float(setting.subject is not None and planned is not None and planned.start >= setting.subject.end),
        float(len(holding)), float(holding[-1].directing) if holding else 2.0,
        float(bool(holding) and holding[-1].speaker == finding.subject),
        float(anchor - clause.start),
    )  # fmt: skip
    plan = planned.of(text).casefold() if planned else ""
    denial = negated.of(text).casefold() if negated and negated.start >= clause.start else ""
    words = (
        *setting.words,
        plan,
        f"{finding.relation} {plan}",
        f"{finding.relation} {mode}",
        denial,
        next_word(text, anchor + len(setting.trigger), setting.end),
        next_word(text, setting.start, setting.end),
    )
    return Option(None, setting.numbers + numbers, words)


def _last(pattern: re.Pattern[str], text: str, span: Span) -> Span | None:
    last = None
    for match in pattern.finditer(text, span.start, span.end):
        last = Span(match.start(), match.end())
    return last


def _gap(cue: Span | None, anchor: int) -> float:
    return float(anchor - cue.end) if cue else FAR
