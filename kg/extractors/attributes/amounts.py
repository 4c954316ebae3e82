"""How much: the share, money or goods that go with a relation."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from kg.annotation.quantities import read_quantities
from kg.annotation.units import CURRENCIES, GOODS, MEASURES
from kg.extractors.attributes.scene import Scene
from kg.model import Finding, Mention, Quantity, Span

_MONEY = frozenset(CURRENCIES.values()) - {"%"}
_SHARE, _STOCK = frozenset("%"), frozenset(("cổ phiếu", "cổ phần"))
_GOODS = frozenset(MEASURES.values()) | GOODS
_PRISON = frozenset(("năm tù", "tháng tù"))
# Which kinds of unit a relation's amount has, the likelier first.
_UNITS: dict[str, tuple[frozenset[str], ...]] = {
    "owns": (_SHARE, _STOCK),
    "acquired": (_SHARE, _MONEY),
    "invests_in": (_MONEY, _STOCK),
    "supports": (_MONEY | _GOODS,),
    "supplies": (_GOODS, _MONEY),
    "exports_to": (_GOODS, _MONEY),
    "sanctioned": (_MONEY,),
    "prosecuted": (_PRISON,),
    "signed": (_MONEY,),
    "signed_with": (_MONEY,),
}
# What is given or sold is often of several kinds: "5 tấn gạo và 20 triệu đồng".
_GIVEN = frozenset(("supports", "supplies", "exports_to"))
_OF_OBJECT, _OF_SUBJECT, _OF_NONE, _OF_OTHERS = 0, 1, 2, 5
_LONGEST_GAP = 150
_PER = re.compile(r"/| mỗi ")
_WORTH = re.compile(r"\b(?:[Tt]rị giá|giá trị|tương đương)\s(?:[^\W\d]+\s){0,3}$")
_LONGEST_CUE = 30
_AND = re.compile(r"(?:\s[^\W\d]+){0,5}(?:,|\s(?:và|cùng|với)\b)(?:\s(?:và|cùng|với|hơn|gần|khoảng))*\s")
# The words that cannot name what is counted: "5 tấn gạo cho", "3 chiếc tàu của".
_NO_KIND = (
    "cho|để|tại|ở|từ|của|và|với|cùng|trị|đến|tới|vào|trong|phục|do|đã|sẽ|sang|nhằm|bằng|mỗi|là|có|theo|được|còn|về|này"
    "|khác|trên|giúp|hỗ|ủng|tặng|mà|khi|các|những|nữa|mới|một|như|hiện|đang|vừa|cũng|không|trước|sau|ra|đi|giai|đầu"
    "|lớn|hàng|phân|dành|thuộc|gồm|bị|nên|đủ|trao"
)
_KIND = regex.compile(rf"(?:\s(?!(?:{_NO_KIND})\b)\p{{Ll}}+){{1,3}}")
# What may stand between a name and its amount, with no stop or conjunction to part them.
_JOINED_BEFORE = re.compile(r"\s?(?:\([^()]{1,30}\)\s)?(?:(?!\b(?:và|còn|trong khi)\b)[^,;.)]){0,30}")
_JOINED_AFTER = re.compile(r"(?:(?!\b(?:và|còn|trong khi|từ)\b)[^,;.(]){0,40}")
_RISEN = re.compile(r"(?:\s[^\W\d]+){0,3}\s(?:lên|xuống|thành)\s(?:[^\W\d]+\s){0,2}\d")
_OF_STOCK = re.compile(r"\)?\s(?:số |phần |tổng )*(?:cổ phần|cổ phiếu|vốn|quyền|lợi ích)")
_SENTENCED = re.compile(r"\b(?:phạt|lĩnh|án|tuyên)\b")


def read_amounts(scene: Scene, findings: Sequence[Finding]) -> list[Quantity | None]:
    """For each finding the quantity of a fitting kind that is said beside an end of the relation, else the next one
    after its words."""
    stated = {
        place: list(_stated(scene, place))
        for place in {finding.sentence for finding in findings if finding.relation in _UNITS}
    }
    return [_read(scene, finding, stated.get(finding.sentence, ())) for finding in findings]


def _stated(scene: Scene, place: int) -> Iterator[tuple[Quantity, set[str]]]:
    """The quantities of a sentence, each with the entities that it is said beside."""
    row = scene.mentions[place]
    for quantity in read_quantities(scene.text, scene.document.sentences[place], row, scene.times[place]):
        yield quantity, _beside(scene.text, row, _span(quantity))


def _read(scene: Scene, finding: Finding, stated: Sequence[tuple[Quantity, set[str]]]) -> Quantity | None:
    kinds = _UNITS.get(finding.relation, ())
    near = [
        (closeness, quantity)
        for quantity, beside in stated
        if _fits(scene, finding, quantity)
        if (closeness := _closeness(finding, beside)) <= _OF_SUBJECT
        or abs(quantity.start - scene.anchor(finding)) < _LONGEST_GAP
    ]
    for units in kinds:
        if fitting := [(close, quantity) for close, quantity in near if _PER.split(quantity.unit)[0] in units]:
            return _nearest(scene, finding, fitting)
    return None


def _nearest(scene: Scene, finding: Finding, fitting: Sequence[tuple[int, Quantity]]) -> Quantity:
    """The closest quantity, of as close ones that in the clause, the next after the relation, the nearest before it."""
    anchor = scene.anchor(finding)
    clause = scene.clause(scene.sentence(finding), anchor)

    def order(one: tuple[int, Quantity]) -> tuple[int, bool, bool, int]:
        gap = one[1].start - anchor
        return one[0], not clause.start <= one[1].start < clause.end, gap < 0, abs(gap)

    if finding.relation not in _GIVEN:
        return min(fitting, key=order)[1]
    goods = [one for one in fitting if not _is_worth(scene.text, one[1])] or fitting
    return _with_the_rest(scene, finding, min(goods, key=order)[1], [quantity for _, quantity in goods])


def _with_the_rest(scene: Scene, finding: Finding, chosen: Quantity, fitting: Sequence[Quantity]) -> Quantity:
    """The quantity with what it counts, and with those that "và" or a comma joins to it."""
    text, first = scene.text, fitting.index(chosen)
    last = first
    while first and _AND.fullmatch(text, _span(fitting[first - 1]).end, fitting[first].start):
        first -= 1
    while last + 1 < len(fitting) and _AND.fullmatch(text, _span(fitting[last]).end, fitting[last + 1].start):
        last += 1
    whole = Span(fitting[first].start, _end_of_kind(text, fitting[last]))
    if scene.near(finding.sentence, whole.start, whole.end):
        whole = Span(chosen.start, _end_of_kind(text, chosen))
    return replace(chosen, text=whole.of(text), start=whole.start)


def _span(quantity: Quantity) -> Span:
    return Span(quantity.start, quantity.start + len(quantity.text))


def _is_worth(text: str, quantity: Quantity) -> bool:
    """Whether a sum is what goods named before it are worth."""
    return bool(_WORTH.search(text, max(0, quantity.start - _LONGEST_CUE), quantity.start))


def _end_of_kind(text: str, quantity: Quantity) -> int:
    end = _span(quantity).end
    kind = None if quantity.unit in _MONEY else _KIND.match(text, end)
    return kind.end() if kind else end


def _fits(scene: Scene, finding: Finding, quantity: Quantity) -> bool:
    """Whether a quantity can be this relation's: not what a share was before, nor the term another might get."""
    text, end = scene.text, _span(quantity).end
    if _RISEN.match(text, end):
        return False
    if finding.relation == "owns" and (finding.trigger is None or finding.trigger.of(text) == "của"):
        return quantity.unit in _STOCK or bool(_OF_STOCK.match(text, end))
    if finding.relation == "prosecuted":
        return finding.trigger is not None and bool(_SENTENCED.search(finding.trigger.of(text)))
    return True


def _closeness(finding: Finding, beside: set[str]) -> int:
    """How surely a quantity is this relation's, by the names it is said beside; 0 is surest."""
    own = beside & {finding.subject, finding.object}
    if beside - own:
        return _OF_OTHERS - (finding.object in own) - bool(own)
    return _OF_OBJECT if finding.object in own else _OF_SUBJECT if own else _OF_NONE


def _beside(text: str, row: Sequence[Mention], span: Span) -> set[str]:
    """The entities named just before and just after a quantity that nothing parts from it."""
    after = bisect_left(row, span.end, key=lambda mention: mention.start)
    before = bisect_left(row, span.start, key=lambda mention: mention.start) - 1
    beside = set()
    if before >= 0 and _JOINED_BEFORE.fullmatch(text, row[before].end, span.start):
        beside.add(row[before].entity)
    if after < len(row) and _JOINED_AFTER.fullmatch(text, span.end, row[after].start):
        beside.add(row[after].entity)
    return beside
