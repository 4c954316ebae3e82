"""How much: the share, money or goods that go with a relation."""

from kg.annotation.quantities import find_quantities
from kg.annotation.units import CURRENCIES, MEASURES
from kg.extractors.attributes.scene import Scene
from kg.model import Finding, Quantity, Span

_MONEY = frozenset(CURRENCIES.values()) - {"%"}
_GOODS = frozenset(MEASURES.values())
# Which kinds of unit a relation's amount has, the likelier first.
_UNITS: dict[str, tuple[frozenset[str], ...]] = {
    "owns": (frozenset("%"), frozenset(("cổ phiếu", "cổ phần"))),
    "acquired": (frozenset("%"), _MONEY),
    "invests_in": (_MONEY, frozenset(("cổ phiếu", "cổ phần"))),
    "supports": (_MONEY | _GOODS,),
    "supplies": (_GOODS | frozenset(("máy", "chiếc", "liều", "máy bay", "tàu")),),
    "exports_to": (_GOODS,),
    "sanctioned": (_MONEY,),
    "prosecuted": (frozenset(("năm tù", "tháng tù")),),
    "signed": (_MONEY,),
    "signed_with": (_MONEY,),
}
_LONGEST_GAP = 150


def read_amount(scene: Scene, finding: Finding) -> Quantity | None:
    """The quantity of a fitting kind in the sentence: the next one after the relation, else the nearest before it."""
    kinds = _UNITS.get(finding.relation)
    if kinds is None:
        return None
    place, anchor, object_ = finding.sentence, scene.anchor(finding), scene.ends(finding)[1]
    stated = find_quantities(scene.text, [scene.sentence(finding)], scene.mentions[place], scene.times[place])
    for units in kinds:
        near = [q for q in stated if q.unit.split("/")[0] in units and abs(q.start - anchor) < _LONGEST_GAP]
        if not near:
            continue
        if finding.relation == "owns" and object_ is not None:
            return _beside(near, object_.span)
        after = [q for q in near if q.start >= anchor]
        return after[0] if after else near[-1]
    return None


def _beside(quantities: list[Quantity], object_: Span) -> Quantity:
    """A share is named just before what it is a share of, else just after it."""
    before = [q for q in quantities if q.start < object_.start]
    if before and object_.start - before[-1].start < _LONGEST_GAP // 2:
        return before[-1]
    return min(quantities, key=lambda q: abs(q.start - object_.end))
