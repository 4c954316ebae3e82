"""What a group of keys is called, of which class it is, and what its forms, codes and links are."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import regex

from kg.gazetteer import Unit
from kg.resolution.names import ACRONYM, compared, compared_person
from kg.resolution.places import entity_of, identity_of, relatives, unit_of
from kg.resolution.values import Form, Identity, Key, Mention, ResolvedEntity, id_of
from kg.text import nfc

_INNER_CAPITAL = regex.compile(r"\s\p{Lu}")
_CAPITAL = regex.compile(r"\p{Lu}")


def describe(
    keys: Sequence[Key],
    members: Mapping[Key, Sequence[Mention]],
    identity: Identity,
    mark: str,
    reasons: Iterable[str],
) -> ResolvedEntity:
    """The entity that a group of keys is. `identity` is that of a table, `mark` tells it from a namesake."""
    everyone = [mention for key in keys for mention in members[key]]
    names = Counter(nfc(mention.entity.name) for mention in everyone)
    written = min(names, key=lambda name: (-names[name], -len(name), name))
    if keys[0][0] == "Person" and " " not in written:
        full = [name for name in names if " " in name]
        written = min(full, key=lambda name: (-names[name], name)) if full else written
    label = identity.label or (f"{written} ({mark})" if mark else written)
    others = {name for name in names if name != label}
    for mention in everyone:
        others |= {
            alias
            for alias in map(nfc, mention.entity.aliases)
            if alias != label and _is_naming(alias, mention) and compared(alias) not in mention.posts
        }
    types = Counter(mention.entity.type for mention in everyone)
    type_ = identity.type or min(types, key=lambda type: (-types[type], type))
    first = min(keys, key=lambda key: min((m.date or "9999", m.article, key) for m in members[key]))
    forms = tuple(sorted((_form(key, members[key]) for key in keys), key=lambda form: (-form.articles, form.id)))
    unit = unit_of(keys[0])
    return ResolvedEntity(
        id_of(first),
        label,
        type_,
        tuple(sorted(others)),
        tuple(sorted({*reasons, *([f"the gazetteer knows it as {label}"] if identity.rule == "gazetteer" else [])})),
        identity.facts,
        tuple(sorted((name, id_of(_key(other))) for name, other in relatives(unit))) if unit else (),
        forms,
    )


def identity_of_group(identities: Iterable[Identity]) -> Identity:
    """What tables say of a group of mentions, the first of them if several do."""
    return min(identities, key=lambda one: (not one.label, one.label, not one.type, one.type or ""))


def _key(unit: Unit) -> Key:
    return identity_of(unit).key


def _form(key: Key, members: Sequence[Mention]) -> Form:
    names = Counter(nfc(mention.entity.name) for mention in members)
    name = min(names, key=lambda name: (-names[name], -len(name), name))
    return Form(id_of(key), name, len({mention.article for mention in members}))


def with_relatives(entities: Mapping[Key, ResolvedEntity]) -> tuple[ResolvedEntity, ...]:
    """The entities, sorted by id, and the administrative units that they are linked to, up to the province."""
    found = {entity.id: entity for entity in entities.values()}
    waiting = [unit for key in sorted(entities) if (unit := unit_of(key))]
    while waiting:
        for _, other in relatives(waiting.pop()):
            entity = entity_of(other)
            if entity.id not in found:
                links = tuple(sorted((name, entity_of(unit).id) for name, unit in relatives(other)))
                found[entity.id] = ResolvedEntity(entity.id, entity.label, entity.type, (), (), entity.facts, links)
                waiting.append(other)
    return tuple(found[id] for id in sorted(found))


def _is_naming(alias: str, mention: Mention) -> bool:
    """Whether a form names the thing by itself, unlike "tỉnh", "Tập đoàn" or "Tổng thống Tô Lâm"."""
    if ACRONYM.fullmatch(alias):
        return True
    if mention.entity.type == "Person":
        return set(compared_person(alias).split()) <= set(compared_person(mention.entity.name).split())
    words, name = set(compared(alias).split()), set(compared(mention.entity.name).split())
    return bool(words & name or _INNER_CAPITAL.search(alias)) and _CAPITAL.search(alias) is not None
