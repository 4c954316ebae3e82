"""How much: the share, money or goods that go with a relation."""

import re
from collections.abc import Sequence
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
_LONGEST_GAP = 150
_PER = re.compile(r"/| mỗi ")
_WORTH = re.compile(r"\b(?:[Tt]rị giá|giá trị|tương đương)\s(?:[^\W\d]+\s){0,3}$")
_LONGEST_CUE = 30
_AND = re.compile(r"(?:\s[^\W\d]+){0,5}(?:,|\s(?:và|cùng|với)\b)(?:\s(?:và|cùng|với|hơn|gần|khoảng))*\s")
_KIND = regex.compile(
    r"(?:\s(?!(?:cho|để|tại|ở|từ|của|và|với|cùng|trị|đến|tới|vào|trong|phục|do|đã|sẽ|sang|nhằm|bằng|mỗi|là|có|theo"
    r"|được|còn|về|này|khác|trên|giúp|hỗ|ủng|tặng|mà|khi|các|những|nữa|mới|một|như|hiện|đang|vừa|cũng|không|trước"
    r"|sau|ra|đi|giai|đầu|lớn|hàng|phân|dành|thuộc|gồm|bị|nên|đủ|trao)\b)\p{Ll}+){1,3}"
)
# What may stand between a name and its amount, with no stop or conjunction to part them.
_JOINED_BEFORE = re.compile(r"\s?(?:\([^()]{1,30}\)\s)?(?:(?!\b(?:và|còn|trong khi)\b)[^,;.)]){0,30}")
_JOINED_AFTER = re.compile(r"(?:(?!\b(?:và|còn|trong khi|từ)\b)[^,;.(]){0,40}")
_RISEN = re.compile(r"(?:\s[^\W\d]+){0,3}\s(?:lên|xuống|thành)\s(?:[^\W\d]+\s){0,2}\d")
_OF_STOCK = re.compile(r"\)?\s(?:số |phần |tổng )*(?:cổ phần|cổ phiếu|vốn|quyền|lợi ích)")
_SENTENCED = re.compile(r"\b(?:phạt|lĩnh|án|tuyên)\b")


def read_amount(scene: Scene, finding: Finding) -> Quantity | None:
    """The quantity of a fitting kind that is said beside an end of the relation, else the next one after its words."""
    kinds = _UNITS.get(finding.relation)
    if kinds is None:
        return None
    place, anchor, sentence = finding.sentence, scene.anchor(finding), scene.sentence(finding)
    stated = [
        quantity
        for quantity in read_quantities(scene.text, sentence, scene.mentions[place], scene.times[place])
        if _fits(scene, finding, quantity)
        and (_closeness(scene, finding, quantity) < 2 or abs(quantity.start - anchor) < _LONGEST_GAP)
    ]
    clause = scene.clause(sentence, anchor)

    def order(quantity: Quantity) -> tuple[int, bool, bool, int]:
        gap = quantity.start - anchor
        return _closeness(scene, finding, quantity), not clause.start <= quantity.start < clause.end, gap < 0, abs(gap)

    for units in kinds:
        if fitting := [quantity for quantity in stated if _PER.split(quantity.unit)[0] in units]:
            if finding.relation in _GIVEN:
                fitting = [quantity for quantity in fitting if not _is_worth(scene.text, quantity)] or fitting
            chosen = min(fitting, key=order)
            return _with_the_rest(scene, finding, chosen, fitting) if finding.relation in _GIVEN else chosen
    return None


def _with_the_rest(scene: Scene, finding: Finding, chosen: Quantity, fitting: Sequence[Quantity]) -> Quantity:
    """The quantity with what it counts, and with those that "và" or a comma joins to it."""
    text, at = scene.text, fitting.index(chosen)
    ends = [_end_of_kind(text, quantity) for quantity in fitting]
    first = last = at
    while first and _AND.fullmatch(text, fitting[first - 1].start + len(fitting[first - 1].text), fitting[first].start):
        first -= 1
    while last + 1 < len(fitting) and _AND.fullmatch(
        text, fitting[last].start + len(fitting[last].text), fitting[last + 1].start
    ):
        last += 1
    start, end = fitting[first].start, ends[last]
    if scene.near(finding.sentence, start, end):
        start, end = chosen.start, ends[at]
    return replace(chosen, text=text[start:end], start=start)


def _is_worth(text: str, quantity: Quantity) -> bool:
    """Whether a sum is what goods named before it are worth."""
    return bool(_WORTH.search(text, max(0, quantity.start - _LONGEST_CUE), quantity.start))


def _end_of_kind(text: str, quantity: Quantity) -> int:
    end = quantity.start + len(quantity.text)
    kind = None if quantity.unit in _MONEY else _KIND.match(text, end)
    return kind.end() if kind else end


def _fits(scene: Scene, finding: Finding, quantity: Quantity) -> bool:
    """Whether a quantity can be this relation's: not what a share was before, nor the term another might get."""
    text, end = scene.text, quantity.start + len(quantity.text)
    if _RISEN.match(text, end):
        return False
    if finding.relation == "owns" and (finding.trigger is None or finding.trigger.of(text) == "của"):
        return quantity.unit in _STOCK or bool(_OF_STOCK.match(text, end))
    if finding.relation == "prosecuted":
        return finding.trigger is not None and bool(_SENTENCED.search(finding.trigger.of(text)))
    return True


def _closeness(scene: Scene, finding: Finding, quantity: Quantity) -> int:
    """How surely a quantity is this relation's, by the names it is said beside; 0 is surest."""
    row = scene.mentions[finding.sentence]
    beside = {mention.entity for mention in _beside(scene.text, row, quantity)}
    own = beside & {finding.subject, finding.object}
    if beside - own:
        return 3 if finding.object in own else 4 if own else 5
    return 0 if finding.object in own else 1 if own else 2


def _beside(text: str, row: Sequence[Mention], quantity: Quantity) -> tuple[Mention, ...]:
    """The names just before and just after a quantity that nothing parts from it."""
    span = Span(quantity.start, quantity.start + len(quantity.text))
    before = [mention for mention in row if mention.end <= span.start][-1:]
    after = [mention for mention in row if mention.start >= span.end][:1]
    return tuple(
        [m for m in before if _JOINED_BEFORE.fullmatch(text, m.end, span.start)]
        + [m for m in after if _JOINED_AFTER.fullmatch(text, span.end, m.start)]
    )
