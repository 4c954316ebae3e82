"""Who may be the speaker of a relation: who is named in its sentence, and who spoke just before."""

from collections.abc import Sequence

from kg.extractors.attributes.options import FAR, Option, Setting, last_word, next_word
from kg.extractors.attributes.scene import Scene
from kg.extractors.attributes.speakers import Report, reports_around
from kg.model import Mention

_SPEAKERS = frozenset(
    (
        "Person",
        "Company",
        "GovernmentBody",
        "PoliticalParty",
        "InternationalOrganization",
        "MediaOrganization",
        "Organization",
        "Country",
        "AdministrativeArea",
    )
)
_BACK = 2
_MOST = 40


def offer_speakers(
    scene: Scene, settings: Sequence[Setting], reports: Sequence[Report]
) -> list[list[Option[str]]]:
    """For each setting the entities that may say so, each once; none for what has no speaker, a state."""
    return [_options(scene, setting, reports) for setting in settings]


def _options(scene: Scene, setting: Setting, reports: Sequence[Report]) -> list[Option[str]]:
    anchor = setting.anchor
    near = [report for report in reports_around(reports, anchor, setting.end) if report.scope.start < setting.end]
    holding = [report for report in near if report.scope.start <= anchor < report.scope.end]
    here = [report for report in near if report.scope.end > setting.start]
    earlier = [report for report in near if report.scope.start < setting.start][-3:]
    mentions: dict[str, list[Mention]] = {}
    for mention in scene.near(setting.finding.sentence, setting.start, setting.end)[:_MOST]:
        if scene.entity(mention.entity).type in _SPEAKERS:
            mentions.setdefault(mention.entity, []).append(mention)
    candidates = dict.fromkeys([*mentions, *(r.speaker for r in (*here, *earlier))])
    if setting.reading.said_by:
        candidates.setdefault(setting.reading.said_by)
    verbs = [match.span() for match in scene.speech.finditer(scene.text, setting.start, setting.end)]
    nearest = holding[-1] if holding else None
    shared = (
        float(len(candidates)), float(len(holding)), float(len(here)), float(len(verbs)),
        float(sum(start < anchor for start, _ in verbs)),
        float(nearest.directing) if nearest else 2.0,
        float(setting.reading.said_by is not None),
        {"asserted": 0.0, "planned": 1.0, "negated": 2.0}[setting.reading.modality],
        float(scene.text.rfind(":", setting.start, anchor) >= 0),
        float(setting.start - earlier[-1].scope.end) if earlier else FAR,
    )  # fmt: skip
    return [
        Option(
            entity,
            setting.numbers + shared + _described(setting, entity, mentions.get(entity, []), holding, here, earlier)
            + _spoken(setting, mentions.get(entity, []), verbs),
            _words(scene, setting, entity, mentions.get(entity, []), verbs),
        )
        for entity in candidates
    ]  # fmt: skip


def _described(
    setting: Setting,
    entity: str,
    mentions: Sequence[Mention],
    holding: Sequence[Report],
    here: Sequence[Report],
    earlier: Sequence[Report],
) -> tuple[float, ...]:
    finding, anchor = setting.finding, setting.anchor
    return (
        float(entity == finding.subject),
        float(entity == finding.object),
        float(entity == setting.reading.said_by),
        _rank(entity, holding),
        _rank(entity, here),
        _rank(entity, earlier),
        float(any(report.directing for report in holding if report.speaker == entity)),
        min((float(setting.start - r.scope.end) for r in earlier if r.speaker == entity), default=FAR),
        min((float(abs(anchor - mention.start)) for mention in mentions), default=FAR),
        float(mentions[0].start - setting.start) if mentions else FAR,
        float(len(mentions)),
    )


def _rank(entity: str, reports: Sequence[Report]) -> float:
    """How many reports lie nearer than the entity's nearest one."""
    for rank, report in enumerate(reversed(reports)):
        if report.speaker == entity:
            return float(rank)
    return FAR


def _spoken(setting: Setting, mentions: Sequence[Mention], verbs: Sequence[tuple[int, int]]) -> tuple[float, ...]:
    """How near the entity stands before a verb of speech, and that verb before the relation."""
    best, to_anchor = FAR, FAR
    for mention in mentions:
        for start, end in verbs:
            if mention.end <= start and start - mention.end < best:
                best, to_anchor = float(start - mention.end), float(setting.anchor - end)
    return best, to_anchor


def _words(
    scene: Scene, setting: Setting, entity: str, mentions: Sequence[Mention], verbs: Sequence[tuple[int, int]]
) -> tuple[str, ...]:
    relation, type_ = setting.finding.relation, scene.entity(entity).type
    first = mentions[0] if mentions else None
    verb = next((scene.text[a:b].casefold() for a, b in verbs if first and a >= first.end), "")
    ends = f"{entity == setting.finding.subject:d}{entity == setting.finding.object:d}"
    return (
        *setting.words,
        f"{relation} {type_} {ends}",
        f"{verb} {type_}",
        last_word(scene.text, setting.start, first.start) if first else "",
        next_word(scene.text, first.end, setting.end) if first else "",
        f"{setting.reading.modality} {relation} {entity == setting.reading.said_by:d}",
    )
