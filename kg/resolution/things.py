"""Events and other things that tables know, the feast that has a name for each year, and the party's congresses."""

import regex

from kg.gazetteer import load_gazetteer
from kg.model import Entity
from kg.resolution.names import compared
from kg.resolution.values import Identity

_THINGS = ("Event", "Project", "Agreement", "Initiative")
_STEMS = ("giáp", "ất", "bính", "đinh", "mậu", "kỷ", "canh", "tân", "nhâm", "quý")
_BRANCHES = ("tý", "sửu", "dần", "mão", "thìn", "tỵ", "ngọ", "mùi", "thân", "dậu", "tuất", "hợi")
_NEW_YEAR = regex.compile(
    rf"tết(?: nguyên đán| âm lịch| cổ truyền)?(?: ({'|'.join(_STEMS)}) ({'|'.join(_BRANCHES)}))?"
    r"(?:[ -](?:năm )?([12]\d{3}))?"
)


_CONGRESS = regex.compile(
    r"đại hội(?: đại biểu)?(?: đảng)?(?: toàn quốc)?(?: đảng)?(?: lần thứ)? ([ivx]+)"
    r"(?:(?: của)? đảng(?: cộng sản việt nam)?)?"
)


def identify_thing(entity: Entity) -> Identity | None:
    """The event, project, agreement or initiative that a table knows by that name."""
    if entity.type not in _THINGS:
        return None
    if entity.type == "Event" and (year := _new_year(compared(entity.name))):
        return Identity(("Event", f"tết {year}"), rule="calendar")
    if entity.type == "Event" and (congress := _CONGRESS.fullmatch(compared(entity.name))):
        return Identity(("Event", f"đại hội đảng {congress[1]}"), rule="congress")
    entry = load_gazetteer().lookup(entity.name)
    if entry is None or entry.type != entity.type or entry.ambiguous:
        return None
    return Identity((entity.type, compared(entry.name)), entry.name, entry.type, "gazetteer")


def _new_year(name: str) -> str | None:
    """The lunar year of a new-year's feast, by its own name or by its number.

    >>> _new_year("tết nguyên đán 2026"), _new_year("tết bính ngọ"), _new_year("tết")
    ('bính ngọ', 'bính ngọ', None)
    """
    found = _NEW_YEAR.fullmatch(name)
    if found is None or not (found[1] or found[3]):
        return None
    if found[1]:
        return f"{found[1]} {found[2]}"
    count = int(found[3]) - 4  # the fourth year of our era was the first of a cycle
    return f"{_STEMS[count % 10]} {_BRANCHES[count % 12]}"
