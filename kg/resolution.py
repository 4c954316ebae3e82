"""Which entities of different articles are one, and why.

Two entities are one if they have the same class and the same name. Organizations, places and the like are also one
where an article says so: it calls one of them by the other's name, as a longer form ("Tập đoàn Hòa Phát" for Hòa Phát)
or as an acronym ("NHNN" for Ngân hàng Nhà nước), and no article means something else by it. Persons are
joined by their full names only. A join that would need more than this is not made: two nodes for one thing
can be mended by a reader, two things in one node cannot.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

import regex

from kg.model import Entity, Extraction
from kg.text import nfc, slug

Key = tuple[str, str]
"""What identifies an entity: its class, and its name as it is compared."""

_SAME = str.maketrans("‐‑‒–—−’", "------'")
_ACRONYM = regex.compile(r"[\p{Lu}\d][\p{Lu}\d&.-]+")
_INNER_CAPITAL = regex.compile(r"\s\p{Lu}")

# "hoà" and "hòa", "thuý" and "thúy": two ways to place a tone mark on a final oa, oe, uy; "quý" has no other.
_NEW_TONES = regex.compile(r"(o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?!\p{L})")
_TONES = dict(zip("àáảãạèéẻẽẹỳýỷỹỵ", "\u0300\u0301\u0309\u0303\u0323" * 3, strict=True))
_BARE = dict(zip("àáảãạèéẻẽẹỳýỷỹỵ", "aaaaaeeeeeyyyyy", strict=True))


@dataclass(frozen=True, slots=True)
class ResolvedEntity:
    """One thing, in whichever articles it stands.

    `id` is the last part of its IRI: a readable slug and a hash of its key. An entity keeps its id when articles
    are added, unless one of them joins it with another; then the key that sorts first gives the id.
    `label` is the name that most articles give it, the longer one if there are several. `aliases` are its
    other names, without titles and generic words. `reasons` says why several names are one thing.
    """

    id: str
    label: str
    type: str
    aliases: tuple[str, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """All things, by id, and which of them each (article id, entity id) is."""

    entities: tuple[ResolvedEntity, ...]
    of: Mapping[tuple[str, str], ResolvedEntity]


def identity_key(entity: Entity) -> Key:
    """What identifies `entity` across articles: its class and its name without case and ways to write a tone or a dash.

    Diacritics count, since Hùng and Hưng are two men:

    >>> identity_key(Entity("e1", "Công ty Hoà Phát", "Company", ()))
    ('Company', 'công ty hòa phát')
    """
    return entity.type, _compared(entity.name)


def hash_of(*parts: str, size: int) -> str:
    """`2 * size` hexadecimal digits that depend on `parts` alone, for the ends of IRIs."""
    return blake2b("\x1f".join(parts).encode(), digest_size=size).hexdigest()


def resolve(extractions: Iterable[Extraction]) -> Resolution:
    """Join the entities of all articles. The order of the articles does not matter."""
    places: dict[Key, list[tuple[str, Entity]]] = defaultdict(list)
    offices: dict[tuple[str, str], set[str]] = defaultdict(set)
    for extraction in extractions:
        for entity in extraction.entities:
            places[identity_key(entity)].append((extraction.article.id, entity))
        for statement in extraction.statements:
            offices[extraction.article.id, statement.subject].add(_compared(statement.object))
    joins = _find_joins(places)
    groups: dict[Key, list[Key]] = defaultdict(list)
    roots = _join(places, joins)
    for key in sorted(places):
        groups[roots[key]].append(key)
    entities: list[ResolvedEntity] = []
    of: dict[tuple[str, str], ResolvedEntity] = {}
    for root, keys in groups.items():
        members = sorted(
            (member for key in keys for member in places[key]), key=lambda member: (member[0], member[1].id)
        )
        resolved = _describe(root, members, offices, tuple(joins[key][1] for key in keys if key in joins))
        entities.append(resolved)
        of.update({(article, entity.id): resolved for article, entity in members})
    return Resolution(tuple(sorted(entities, key=lambda entity: entity.id)), of)


def _compared(name: str) -> str:
    plain = " ".join(nfc(name).translate(_SAME).casefold().split())
    return _NEW_TONES.sub(lambda m: nfc(m[0][0] + _TONES[m[0][1]] + _BARE[m[0][1]]), plain)


def _find_joins(places: Mapping[Key, list[tuple[str, Entity]]]) -> dict[Key, tuple[Key, str]]:
    """For a key that is another entity's other name: that entity's key, and the reason."""
    meanings: dict[Key, dict[Key, str]] = defaultdict(dict)
    for key, members in places.items():
        if key[0] == "Person":
            continue
        for article, entity in members:
            for alias in entity.aliases:
                other = entity.type, _compared(alias)
                if other != key and other in places and _is_full_form(alias, entity.name):
                    reason = f"{article} calls {entity.name} {alias}"
                    meanings[other][key] = min(reason, meanings[other].get(key, reason))
    return {other: next(iter(keys.items())) for other, keys in meanings.items() if len(keys) == 1}


def _is_full_form(alias: str, name: str) -> bool:
    if _ACRONYM.fullmatch(alias):
        return sum(letter.isalpha() for letter in alias) >= 3
    return f" {_compared(alias)} ".find(f" {_compared(name)} ") >= 0


def _join(places: Iterable[Key], joins: Mapping[Key, tuple[Key, str]]) -> dict[Key, Key]:
    """The first key, in sorting order, of the group that each key is in."""
    neighbours: dict[Key, list[Key]] = defaultdict(list)
    for key, (other, _) in joins.items():
        neighbours[key].append(other)
        neighbours[other].append(key)
    roots: dict[Key, Key] = {}
    for first in sorted(places):
        waiting = [first]
        while waiting:
            key = waiting.pop()
            if key not in roots:
                roots[key] = first
                waiting.extend(neighbours[key])
    return roots


def _describe(
    root: Key,
    members: list[tuple[str, Entity]],
    offices: Mapping[tuple[str, str], set[str]],
    reasons: tuple[str, ...],
) -> ResolvedEntity:
    names = Counter(nfc(entity.name) for _, entity in members)
    label = min(names, key=lambda name: (-names[name], -len(name), name))
    others = {name for name in names if name != label}
    for article, entity in members:
        for alias in map(nfc, entity.aliases):
            if alias != label and _is_naming(alias, entity) and _compared(alias) not in offices[article, entity.id]:
                others.add(alias)
    id = f"{slug(root[1])}-{hash_of(*root, size=4)}"
    return ResolvedEntity(id, label, root[0], tuple(sorted(others)), tuple(sorted(reasons)))


def _is_naming(alias: str, entity: Entity) -> bool:
    """Whether a form names the thing by itself, unlike "tỉnh", "Tập đoàn" or "Tổng thống Tô Lâm"."""
    if _ACRONYM.fullmatch(alias):
        return True
    words, name = set(_compared(alias).split()), set(_compared(entity.name).split())
    if entity.type == "Person":
        return words <= name
    return bool(words & name or _INNER_CAPITAL.search(alias)) and regex.search(r"\p{Lu}", alias) is not None
