"""Who says so: the reports of a text, and which of them a relation stands in."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.extractors.attributes.scene import Scene
from kg.model import Finding, Mention, Modality, Span

_BODIES = frozenset(
    (
        "Company",
        "GovernmentBody",
        "PoliticalParty",
        "InternationalOrganization",
        "MediaOrganization",
        "Organization",
    )
)
# "Theo" names a source only where one follows at once, not a plan, a rule or an invitation.
_ACCORDING = re.compile(
    r"(?:(?<=ũng )theo|(?<=, )theo|(?<=,)theo|(?<=[)”\"] )theo|\bTheo)\s(?:(?:lời|tin|tin từ"
    r"|nguồn tin(?: từ| của)?|thông tin(?: từ| của)?|thông báo của|thông cáo của|báo cáo của|số liệu(?: từ| của)"
    r"|thống kê của|đại diện|lãnh đạo|trang tin|trang|nhật báo|tờ|hãng tin|hãng|đài|báo|ông|bà|anh|chị"
    r"|kênh|người phát ngôn|phát ngôn viên|của)\s)*"
)
_LONGEST_TITLE = 90
_LONGEST_SILENCE = 500
_NO_VERB_BEFORE = re.compile(
    r"\b(?:những|các|một|bản|lời|được|bị|cuộc|buổi|với|về|ra|thông|sự|của|nhiều|để|theo|hãy|không|chưa"
    r"|nhận|kênh|trong|triển|công|kê|sơ)\s$"
)
_NO_VERB_AFTER = re.compile(
    r"\s(?:chung\b(?! rằng)|riêng|về|tại|trong|với|của|từ|trên|này|đó|khai mạc|bế mạc|lời|quyết định"
    r"|chính thức|chuyện|đến|trước|tội|dối|tắt)\b"
)
_QUOTING = re.compile(r"\bdẫn\s(?:lời|nguồn|thông cáo|thông báo|tuyên bố)\b")
_QUOTE = re.compile(r"“[^“”]{0,3000}”|(?<!\w)\"[^\"“”]{1,3000}\"|“[^“”\n]{0,3000}$")
_BREAK = re.compile(r"[;:.!?“”\"]\s")
_OFFICE = re.compile(r"\s?[,(–-]\s?(?:[^\W\d]+\s){1,10}?$")
_AFTER_QUOTE = re.compile(r"[,”\"–-]\s?(?:[–-]\s)?(?:[^\W\d]+\s){0,14}$")
_LONGEST_TAIL = 60
_LONGEST_LEAD = 400
_LONGEST_REPORT = 3000
# Words that report only what is wished or ordered: "giao Sở A phối hợp với B".
_DIRECTING = re.compile(
    r"(?:bày tỏ )?mong muốn|đề nghị|kêu gọi|yêu cầu|giao|chỉ đạo|đề xuất|kiến nghị|chỉ thị|hối thúc", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Report:
    """Words of the text that a speaker says: all that lies in `scope`."""

    scope: Span
    speaker: str
    directing: bool = False


def find_reports(scene: Scene) -> tuple[Report, ...]:
    """The reports of a document; of two that hold the same words the later one is the nearer."""
    reports: list[Report] = []
    for place, sentence in enumerate(scene.document.sentences):
        reports += _according(scene, place, sentence)
        reports += _spoken(scene, place, sentence)
    reports = _ordered(reports)
    return tuple(_ordered([*reports, *_quoted(scene, reports)]))


def _ordered(reports: Iterable[Report]) -> list[Report]:
    return sorted(reports, key=lambda report: (report.scope.start, -report.scope.end))


def speaker_of(scene: Scene, finding: Finding, modality: Modality, reports: Sequence[Report]) -> str | None:
    """The speaker of the innermost report that the relation stands in; none for states."""
    if scene.relation(finding).state:
        return None
    at = scene.anchor(finding)
    speaker = None
    for report in reports_around(reports, at, at):
        if at >= report.scope.end or (report.directing and modality != "planned"):
            continue
        if not (report.directing and report.speaker in (finding.subject, finding.object)):
            speaker = report.speaker
    return speaker


def reports_around(reports: Sequence[Report], start: int, end: int) -> Sequence[Report]:
    """The reports, in order, that begin between somewhat before `start` and `end`."""
    first = bisect_left(reports, start - _LONGEST_REPORT, key=lambda report: report.scope.start)
    return reports[first : bisect_right(reports, end, key=lambda report: report.scope.start)]


def _according(scene: Scene, place: int, sentence: Span) -> Iterator[Report]:
    """ "Theo Reuters, …", "…, theo Reuters." """
    named = None
    for match in _ACCORDING.finditer(scene.text, sentence.start, sentence.end):
        row = scene.near(place, match.start() + 1, match.end() + 2 * _LONGEST_TITLE)
        near = [m for m in row if match.end() < m.end and m.start <= match.end() + _LONGEST_TITLE]
        gap = scene.text[match.end() : near[0].start] if near else ""
        if not near or gap.count(" ") > 4 or " của " in gap or "," in gap:
            continue
        source = _first_source(scene, near)
        named = source or named
    if named:
        yield Report(sentence, named)


def _first_source(scene: Scene, near: Sequence[Mention]) -> str | None:
    """The person whose title the words begin, else the body they name."""
    first = near[0]
    for mention in near:
        if "," in scene.text[first.end : mention.start]:
            break
        if scene.entity(mention.entity).type == "Person":
            return mention.entity
    return first.entity if scene.entity(first.entity).type in _BODIES else None


def _spoken(scene: Scene, place: int, sentence: Span) -> Iterator[Report]:
    """ "Ông X cho biết …", "… , ông X nói." """
    text = scene.text
    for match in scene.speech.finditer(text, sentence.start, sentence.end):
        before = text[max(sentence.start, match.start() - 16) : match.start()]
        if _NO_VERB_BEFORE.search(before) or _NO_VERB_AFTER.match(text, match.end()):
            continue
        source = _subject(scene, place, sentence, match.start())
        if source is None:
            continue
        tail = scene.near(place, match.end(), sentence.end) if sentence.end - match.end() < _LONGEST_TAIL else ()
        if (
            sentence.end - match.end() < _LONGEST_TAIL
            and len(tail) < 2
            and _AFTER_QUOTE.search(text, max(sentence.start, source.start - 2 * _LONGEST_TITLE), source.start)
        ):
            yield Report(Span(sentence.start, source.start), source.entity)
        yield Report(Span(match.end(), sentence.end), source.entity, bool(_DIRECTING.fullmatch(match[0])))


def _subject(scene: Scene, place: int, sentence: Span, verb: int) -> Mention | None:
    """The speaker before a verb of speech: the nearest person or body, or the person whose office names that body."""
    text = scene.text
    floor = max(sentence.start, verb - _LONGEST_LEAD)
    start = max([floor, *(m.end() for m in _BREAK.finditer(text, floor, verb))])
    able = [m for m in scene.near(place, start, verb) if _speaks(scene, m)]
    if not able:
        return None
    nearest = able[-1]
    if scene.entity(nearest.entity).type == "Person":
        return nearest
    for person in reversed(able[:-1]):
        if scene.entity(person.entity).type == "Person":
            return person if _OFFICE.match(text, person.end, nearest.start) else nearest
    return nearest


def _speaks(scene: Scene, mention: Mention) -> bool:
    type_ = scene.entity(mention.entity).type
    return type_ == "Person" or type_ in _BODIES


def _quoted(scene: Scene, reports: Sequence[Report]) -> Iterator[Report]:
    """Quotations, which may run over sentences: said by whoever speaks just before or just after them."""
    text = scene.text
    for match in _QUOTE.finditer(text):
        if match.end() - match.start() < 40:
            continue
        speaker = _beside(
            reports_around(reports, match.start(), match.end() + _LONGEST_TITLE), match.start(), match.end()
        )
        if speaker:
            yield Report(Span(match.start(), match.end()), speaker)


def _beside(reports: Sequence[Report], start: int, end: int) -> str | None:
    """Who speaks of a quotation: in the words before it, in those after it, else who spoke last, not long before."""
    before = [
        r for r in reports if not r.directing and r.scope.start <= start and start - r.scope.start < _LONGEST_SILENCE
    ]
    if before and before[-1].scope.end >= start:
        return before[-1].speaker
    after = [
        r for r in reports if start < r.scope.start <= end + _LONGEST_TITLE or (r.scope.start <= start < r.scope.end)
    ]
    if after:
        return after[0].speaker
    return before[-1].speaker if before else None
