"""The reports of a text: what it gives as somebody's words."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.extractors.attributes.saying import ends_speech, is_directing, is_saying
from kg.extractors.attributes.scene import Scene
from kg.extractors.attributes.subjects import first_source, subject_before
from kg.model import Span

# "Theo" names a source only where one follows at once, not a plan, a rule or an invitation.
_THEO = r"(?:(?<=ũng )theo|(?<=[,)”\"–-] )theo|(?<=,)theo|\bTheo)\b"
_NO_SOURCE = (
    r"\s(?:yêu cầu|chỉ đạo|đề nghị|quyết định|kế hoạch|lời mời|lệnh|quy định|đó|dõi|hướng|tinh thần|sự"
    r"|phương án|lịch)\b"
)
_WORDS_OF = r"\s(?:[^\W\d]+\s){1,4}của"
_TIDINGS = r"\b(?:Thông tin|Tin|Nguồn tin)(?=\stừ\s)"
_INTRODUCING = (
    r"lời|từ|tin|tin từ|nguồn tin(?: từ| của)?|thông tin(?: từ| của)?|thông báo của|thông cáo của|báo cáo của"
    r"|số liệu(?: từ| của)|thống kê của|đại diện|lãnh đạo|trang tin|trang|nhật báo|tờ|hãng tin|hãng|đài|báo"
    r"|ông|bà|anh|chị|kênh|người phát ngôn|phát ngôn viên|của"
)
_ACCORDING = re.compile(rf"(?:{_THEO}(?!{_NO_SOURCE})(?:{_WORDS_OF})?|{_TIDINGS})\s(?:(?:{_INTRODUCING})\s)*")
_LONGEST_TITLE = 90
_QUOTE = re.compile(r"“[^“”]{0,3000}”|(?<!\w)\"[^\"“”]{1,3000}\"|“[^“”\n]{0,3000}$")
_SHORTEST_QUOTE = 40
_LONGEST_SILENCE = 500
_LONGEST_REPORT = 3000


@dataclass(frozen=True, slots=True)
class Report:
    """Words of the text that a speaker says: all that lies in `scope`; `directing` where they wish or order it."""

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


def reports_around(reports: Sequence[Report], start: int, end: int) -> Sequence[Report]:
    """The reports, in order, that begin between somewhat before `start` and `end`."""
    first = bisect_left(reports, start - _LONGEST_REPORT, key=lambda report: report.scope.start)
    return reports[first : bisect_right(reports, end, key=lambda report: report.scope.start)]


def _ordered(reports: Iterable[Report]) -> list[Report]:
    return sorted(reports, key=lambda report: (report.scope.start, -report.scope.end))


def _according(scene: Scene, place: int, sentence: Span) -> Iterator[Report]:
    """ "Theo Reuters, …", "…, theo Reuters.", "Theo tiết lộ của ông X, …", "Tin từ X, …" """
    named = None
    for match in _ACCORDING.finditer(scene.text, sentence.start, sentence.end):
        row = scene.near(place, match.start() + 1, match.end() + 2 * _LONGEST_TITLE)
        near = [m for m in row if match.end() < m.end and m.start <= match.end() + _LONGEST_TITLE]
        gap = scene.text[match.end() : near[0].start] if near else ""
        if not near or gap.count(" ") > 4 or " của " in gap or "," in gap:
            continue
        named = first_source(scene, near) or named
    if named:
        yield Report(sentence, named)


def _spoken(scene: Scene, place: int, sentence: Span) -> Iterator[Report]:
    """ "Ông X cho biết …", "… , ông X nói." """
    for match in scene.speech.finditer(scene.text, sentence.start, sentence.end):
        verb = Span(match.start(), match.end())
        if not is_saying(scene.text, sentence, verb):
            continue
        source = subject_before(scene, place, sentence, verb.start)
        if source is None:
            continue
        if ends_speech(scene.text, sentence, source.start, verb.end):
            yield Report(Span(sentence.start, source.start), source.entity)
        else:
            yield Report(Span(verb.end, sentence.end), source.entity, is_directing(match[0]))


def _quoted(scene: Scene, reports: Sequence[Report]) -> Iterator[Report]:
    """Quotations, which may run over sentences: said by whoever speaks just before or just after them."""
    # Countries announce, but the words between quotation marks are a person's or a body's.
    told = [r for r in reports if not r.directing and scene.entity(r.speaker).type != "Country"]
    for match in _QUOTE.finditer(scene.text):
        start, end = match.span()
        if end - start < _SHORTEST_QUOTE:
            continue
        if speaker := _beside(reports_around(told, start, end + _LONGEST_TITLE), start, end):
            yield Report(Span(start, end), speaker)


def _beside(reports: Sequence[Report], start: int, end: int) -> str | None:
    """Who speaks of a quotation: in the words before it, in those after it, else who spoke last, not long before."""
    before = [r for r in reports if r.scope.start <= start and start - r.scope.start < _LONGEST_SILENCE]
    if before and before[-1].scope.end >= start:
        return before[-1].speaker
    after = [
        r for r in reports if start < r.scope.start <= end + _LONGEST_TITLE or r.scope.start <= start < r.scope.end
    ]
    if after:
        return after[0].speaker
    return before[-1].speaker if before else None
