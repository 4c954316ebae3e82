"""Countries and administrative units by the gazetteer: codes, levels, validity, and which unit of a name is meant.

A unit that the reform of July 2025 changed is one thing before and another since, linked by succession; one that it
left as it was is one thing throughout. Which of several units of one name is meant is told by the level before the
name, the province that the article names, and the article's day; if these leave several, the mention stays at the name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from kg.gazetteer import Gazetteer, Unit, load_gazetteer
from kg.model import Entity
from kg.resolution.names import compared, is_vietnamese_name
from kg.resolution.values import Context, Identity, ResolvedEntity, id_of

REFORM = "2025-07-01"
LAST_DAY_BEFORE = "2025-06-30"
_SQUAD = regex.compile(r"(?i)\bU[. -]?\d\d\b|\bnữ\b|\btrẻ\b")
# One of these words alone may stand in any news ("cá độ bóng đá"); two do in those of a match.
_MATCH = regex.compile(
    r"(?i)\b(?:bàn thắng|cầu thủ|CLB|cup|derby|ghi bàn|hiệp|HLV|loại trực tiếp|thế trận|thủ môn|tiền đạo|tiền vệ|trận"
    r"|trên sân|trọng tài|V-?League|bảng xếp hạng|vòng \d+)\b"
)
# A commune's name alone may be anything else: an old city, a person, another commune.
_COMMUNE = regex.compile(
    r"\b(?:[Pp]hường|[Xx]ã|[Đđ]ặc khu|[Tt]hị trấn|TT|P|X)[. ]\s*((?:\p{Lu}[\p{L}'-]*|\d+)(?: \p{Lu}[\p{L}'-]*){0,4})"
)
_TEAMS_AND_CUPS = ("Organization", "Event")
_NAMED_ALIKE = frozenset(("CN", "HK", "KP", "KR", "MO", "SG", "TW"))
"""Countries whose people have names of Vietnamese syllables in the press."""

_LOCATIONS = ("Country", "AdministrativeArea", "Place")


@dataclass(frozen=True, slots=True)
class _Successions:
    merged: dict[str, tuple[Unit, ...]]
    """New province, by key, to the old ones that went into it."""


@lru_cache(maxsize=1)
def _successions() -> _Successions:
    gazetteer = load_gazetteer()
    merged: dict[str, list[Unit]] = {}
    for number in range(100):
        try:
            unit = gazetteer.unit(f"old/{number:02}")
        except KeyError:
            continue
        for code in unit.successors:
            merged.setdefault(f"new/{code}", []).append(unit)
    return _Successions({key: tuple(units) for key, units in merged.items()})


def identify_place(entity: Entity, context: Context) -> Identity | None:
    """The country, unit or well-known place that the entity is; None if no table knows it."""
    if entity.type not in _LOCATIONS:
        return None
    gazetteer = load_gazetteer()
    if identity := _identify_unit(entity, context, gazetteer):
        return identity
    entry = gazetteer.lookup(entity.name)
    if entry is None or entry.type not in _LOCATIONS or "/" in entry.code:
        return None
    if entry.ambiguous and entry.type != entity.type:
        return None
    if entry.code and entry.type == "Country":
        return Identity(("Country", entry.code), entry.name, entry.type, "gazetteer", (("isoCode", entry.code),))
    facts = (("isoCode", entry.code),) if entry.code else ()
    return Identity(("Location", compared(entry.name)), entry.name, entry.type, "gazetteer", facts)


def _identify_unit(entity: Entity, context: Context, gazetteer: Gazetteer) -> Identity | None:
    if entity.type == "Country":
        return None
    names = dict.fromkeys((entity.name, *entity.aliases))
    # "huyện Bình Chánh" among the forms tells more than the name without the level.
    levelled = [name for name in names if compared(entity.name) in compared(name) and gazetteer.units(name)]
    if not levelled:
        return None
    units = min((gazetteer.units(name) for name in levelled), key=len)
    if all(len(unit.code) == 5 for unit in units) and not _is_called_commune(entity, context):
        return None
    if entity.type == "Place" and not any(len(unit.code) == 2 for unit in units):
        return None
    chosen = _choose(units, context, gazetteer)
    if len(chosen) == 1:
        return identity_of(chosen[0])
    name = compared(entity.name)
    scope = "+".join(sorted(context.provinces)) if len(context.provinces) == 1 else ""
    label = units[0].name if len({unit.name for unit in units}) == 1 else ""
    return Identity(("Location", f"{scope}|{name}"), label, "AdministrativeArea", "", (), unsure=True)


def _is_called_commune(entity: Entity, context: Context) -> bool:
    return compared(entity.name) in context.communes or any(map(_COMMUNE.match, (entity.name, *entity.aliases)))


def _choose(units: tuple[Unit, ...], context: Context, gazetteer: Gazetteer) -> tuple[Unit, ...]:
    provinces = tuple(unit for unit in units if len(unit.code) == 2)
    if provinces:
        return _valid(provinces, context)
    inside = tuple(unit for unit in units if context.provinces & set(_provinces_of(unit, gazetteer)))
    if inside:
        units = inside
    elif len({unit.key for unit in units}) > 1 and context.date is None:
        return units
    units = _valid(units, context)
    districts = tuple(unit for unit in units if len(unit.code) == 3)
    return districts or units


def _valid(units: tuple[Unit, ...], context: Context) -> tuple[Unit, ...]:
    if len({unit_key(unit) for unit in units}) == 1:
        return units[:1]
    if context.date is None:
        return units
    wanted = "new" if context.date >= REFORM else "old"
    return tuple(unit for unit in units if unit.validity == wanted) or units


def _provinces_of(unit: Unit, gazetteer: Gazetteer) -> Iterator[str]:
    while unit.parent:
        unit = gazetteer.unit(f"{unit.validity}/{unit.parent}")
    yield unit_key(unit)
    for code in unit.successors:
        yield f"new/{code}"


def unit_key(unit: Unit) -> str:
    """The key of the thing that a unit is: an old province that the reform left as it was is the new one."""
    if unit.validity == "old" and len(unit.code) == 2 and len(unit.successors) == 1:
        new = f"new/{unit.successors[0]}"
        if len(_successions().merged.get(new, ())) == 1:
            return new
    return unit.key


def identity_of(unit: Unit) -> Identity:
    """The unit as an entity: its code, level and days of validity."""
    key = unit_key(unit)
    if key != unit.key:
        unit = load_gazetteer().unit(key)
    facts = [("unitCode", unit.code), ("unitLevel", unit.level)]
    label = unit.name
    if unit.validity == "old":
        facts.append(("validUntil", LAST_DAY_BEFORE))
        if any(other.validity == "new" and other.level == unit.level for other in load_gazetteer().units(unit.name)):
            label += " (trước 1/7/2025)"
    elif len(unit.code) != 2 or len(_successions().merged.get(unit.key, ())) > 1:
        facts.append(("validFrom", REFORM))
    # The name stands last in the key, for the slug.
    return Identity(("Unit", f"{key}|{compared(unit.name)}"), label, "AdministrativeArea", "gazetteer", tuple(facts))


def unit_of(key: tuple[str, str]) -> Unit | None:
    """The unit that a key stands for."""
    return load_gazetteer().unit(key[1].partition("|")[0]) if key[0] == "Unit" else None


def relatives(unit: Unit) -> Iterator[tuple[str, Unit]]:
    """The units it is linked to, by property of the ontology: the one above, and those that followed it in 2025."""
    gazetteer = load_gazetteer()
    if unit.parent:
        yield "parentUnit", gazetteer.unit(f"{unit.validity}/{unit.parent}")
    for code in unit.successors:
        successor = gazetteer.unit(f"new/{code}")
        if unit_key(unit) != unit_key(successor):
            yield "successor", successor


def entity_of(unit: Unit) -> ResolvedEntity:
    """A unit that no article names, so that those that articles name can be linked to it."""
    identity = identity_of(unit)
    return ResolvedEntity(id_of(identity.key), identity.label, "AdministrativeArea", (), (), identity.facts)


def context_of(date: str | None, entities: tuple[Entity, ...], text: str = "") -> Context:
    """What the names and words of an article say about where it plays, and whether a match does."""
    gazetteer = load_gazetteer()
    countries, provinces = set(), set()
    for entity in entities:
        if entity.type == "Country" and (entry := gazetteer.lookup(entity.name)):
            countries.add(entry.code)
        elif entity.type == "AdministrativeArea":
            found = tuple(unit for unit in gazetteer.units(entity.name) if len(unit.code) == 2)
            provinces |= {unit_key(unit) for unit in _valid(found, Context(date))} if found else set()
        elif entity.type == "GovernmentBody":
            named = gazetteer.scan(entity.name, 0, len(entity.name))
            countries |= {entry.code for _, _, entry in named if entry.type == "Country" and not entry.ambiguous}
    squads = any(_SQUAD.search(entity.name) for entity in entities if entity.type in _TEAMS_AND_CUPS)
    natives = not countries & _NAMED_ALIKE and any(
        entity.type == "Person" and is_vietnamese_name(entity.name) for entity in entities
    )
    communes = frozenset(compared(name) for found in _COMMUNE.findall(text) for name in _starts(found))
    sport = len({word.casefold() for word in _MATCH.findall(text)}) > 1
    return Context(date, frozenset(countries), frozenset(provinces), squads, sport, natives, communes)


def _starts(words: str) -> Iterator[str]:
    parts = words.split()
    yield from (" ".join(parts[:length]) for length in range(1, len(parts) + 1))
