"""Who says so: the reports of a text, and which of them a relation stands in."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
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
    r"(?:(?<=cũng )theo|(?<=, )theo|(?<=,)theo|(?<=[)”\"] )theo|\bTheo)\s(?:(?:lời|tin|tin từ|nguồn tin(?: từ| của)?|thông tin(?: từ| của)?|thông báo của|thông cáo của|báo cáo của|số liệu(?: từ| của)"
    r"|thống kê của|đại diện|lãnh đạo|trang tin|trang|nhật báo|tờ|hãng tin|hãng|đài|báo|ông|bà|anh|chị|kênh|người phát ngôn|phát ngôn viên|của)\s)*"
)
_LONGEST_TITLE = 90
_LONGEST_SILENCE = 500
_NO_VERB_BEFORE = re.compile(
    r"\b(?:những|các|một|bản|lời|được|bị|cuộc|buổi|với|về|ra|thông|sự|của|nhiều|để|theo|hãy|không|chưa|nhận|kênh|trong)\s$"
)
_NO_VERB_AFTER = re.compile(
    r"\s(?:chung\b(?! rằng)|riêng|về|tại|trong|với|của|từ|trên|này|đó|khai mạc|bế mạc|lời|quyết định|chính thức|chuyện|đến|trước|tội|dối|tắt)\b"
)
_QUOTING = re.compile(r"\bdẫn\s(?:lời|nguồn|thông cáo|thông báo|tuyên bố)\b")
_QUOTE = re.compile(r"“[^“”]*”|(?<!\w)\"[^\"“”]+\"|“[^“”\n]*$")
_BREAK = re.compile(r"[;:.!?“”\"]\s")
_OFFICE = re.compile(r"\s?[,(–-]\s?")
# Words that report only what is wished or ordered: "giao Sở A phối hợp với B".
_DIRECTING = frozenset("mong muốn|đề nghị|kêu gọi|yêu cầu|giao|chỉ đạo|đề xuất|kiến nghị|chỉ thị|hối thúc|bày tỏ mong muốn".split("|"))


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
    reports += _quoted(scene, reports)
    return tuple(sorted(reports, key=lambda r: (r.scope.start, -r.scope.end)))


def speaker_of(scene: Scene, finding: Finding, modality: Modality, reports: Sequence[Report]) -> str | None:
    """The speaker of the innermost report that the relation stands in; none for states and for one's own acts."""
    if scene.relation(finding).state:
        return None
    at = scene.anchor(finding)
    speaker = None
    for report in reports:
        if report.scope.start > at:
            break
        if at < report.scope.end and not (report.directing and modality != "planned"):
            speaker = report.speaker
    return None if speaker in (finding.subject, finding.object) else speaker


def _according(scene: Scene, place: int, sentence: Span) -> Iterator[Report]:
    """ "Theo Reuters, …", "…, theo Reuters." """
    for match in _ACCORDING.finditer(scene.text, sentence.start, sentence.end):
        near = [m for m in scene.mentions[place] if match.end() <= m.start <= match.end() + _LONGEST_TITLE]
        gap = scene.text[match.end() : near[0].start] if near else ""
        if not near or gap.count(" ") > 4 or " của " in gap or "," in gap:
            continue
        source = _first_source(scene, near)
        if source:
            yield Report(sentence, source)


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
    text, row = scene.text, scene.mentions[place]
    for match in scene.speech.finditer(text, sentence.start, sentence.end):
        before = text[max(sentence.start, match.start() - 16) : match.start()]
        if _NO_VERB_BEFORE.search(before) or _NO_VERB_AFTER.match(text, match.end()):
            continue
        source = _subject(scene, row, sentence, match.start())
        if source is None:
            continue
        tail = [m for m in row if m.start >= match.end()]
        if sentence.end - match.end() < 60 and len(tail) < 2 and text[source.start - 2 : source.start].strip(" ") in (",", "”", '"', "-", "–"):
            yield Report(Span(sentence.start, source.start), source.entity)
        yield Report(Span(match.end(), sentence.end), source.entity, match[0].casefold() in _DIRECTING)


def _subject(scene: Scene, row: Sequence[Mention], sentence: Span, verb: int) -> Mention | None:
    """The speaker before a verb of speech: the nearest person or body, or the person whose office names that body."""
    text = scene.text
    start = max([sentence.start, *(m.end() for m in _BREAK.finditer(text, sentence.start, verb))])
    able = [m for m in row if start <= m.start and m.end <= verb and _speaks(scene, m)]
    if not able:
        return None
    nearest = able[-1]
    if scene.entity(nearest.entity).type == "Person":
        return nearest
    for person in reversed(able[:-1]):
        if scene.entity(person.entity).type == "Person":
            return person if _OFFICE.match(text, person.end) and text[nearest.end : verb].lstrip()[:1] in (",", "-", "–", ")") else nearest
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
        speaker = _beside(reports, match.start(), match.end())
        if speaker:
            yield Report(Span(match.start(), match.end()), speaker)


def _beside(reports: Sequence[Report], start: int, end: int) -> str | None:
    """Who speaks of a quotation: in the words before it, in those after it, else who spoke last, not long before."""
    before = [r for r in reports if not r.directing and r.scope.start <= start and start - r.scope.start < _LONGEST_SILENCE]
    if before and before[-1].scope.end >= start:
        return before[-1].speaker
    after = [r for r in reports if start < r.scope.start <= end + _LONGEST_TITLE or (r.scope.start <= start < r.scope.end)]
    if after:
        return after[0].speaker
    return before[-1].speaker if before else None
