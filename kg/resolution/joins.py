"""Which keys are one thing because articles say so, and the groups that this makes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

import regex

from kg.gazetteer import load_gazetteer
from kg.resolution.names import ACRONYM, compared, core, has_legal_form, initials, is_vietnamese_syllable
from kg.resolution.values import Doubt, Key, Mention, id_of

Join = tuple[Key, Key, str]
"""Two keys and the reason why they are one."""

_FEWEST_VOTES = 3
_CLEAR = 5
"""How many times more articles than for all else must call a thing so, where they do not all mean one."""

_WITH_CORE = ("Company", "Organization", "Event", "Project")
_NUMBER = regex.compile(r"\d+")
_EXPLAINED = regex.compile(r"^(.{4,}\S) \(([\p{Lu}\d][\p{Lu}\d&.-]+)\)$")


def find_joins(members: Mapping[Key, Sequence[Mention]]) -> tuple[list[Join], list[Doubt]]:
    """Joins by what articles call a thing and by legal forms, and pairs that may be one; persons are not looked at."""
    names: dict[tuple[str, str], set[Key]] = defaultdict(set)
    for key in sorted(members):
        for mention in members[key]:
            names[key[0], compared(mention.entity.name)].add(key)
    by_core: dict[str, list[Key]] = defaultdict(list)
    for key in members:
        if rest := core_of(key, members[key]):
            by_core[rest].append(key)
    joins = [*called_so(members, names), *(join for keys in by_core.values() for join in same_core(keys))]
    return joins, likely_acronyms(members, {key for join in joins for key in join[:2]})


def called_so(members: Mapping[Key, Sequence[Mention]], names: Mapping[tuple[str, str], set[Key]]) -> list[Join]:
    """Names that articles give to one thing alone, or to one far more than to all others."""
    meanings: dict[Key, dict[Key, dict[str, tuple[bool, str]]]] = defaultdict(lambda: defaultdict(dict))
    for key in sorted(members):
        if key[0] in ("Person", "Unit", "Country") or _scoped(key):
            continue
        for mention in members[key]:
            for alias, telling in other_names(mention):
                for other in names.get((key[0], compared(alias)), ()):
                    if other != key and other[0] == key[0] and not _scoped(other):
                        reason = f"{mention.article} calls {mention.entity.name} {alias}"
                        votes = meanings[other][key]
                        votes[mention.article] = max(votes.get(mention.article, (False, "")), (telling, reason))
    joins = []
    for other, keys in meanings.items():
        key, *rest = sorted(keys, key=lambda key: (-len(keys[key]), key))
        votes = keys[key]
        clear = len(votes) >= max(_FEWEST_VOTES, _CLEAR * sum(len(keys[other]) for other in rest))
        told = clear or (not rest and any(telling for telling, _ in votes.values()))
        if told and not _are_two(members[key], members[other]):
            joins.append((other, key, min(reason for telling, reason in votes.values() if telling or clear)))
    return joins


def _are_two(ones: Sequence[Mention], others: Sequence[Mention]) -> bool:
    """Whether tables know both names, but as those of two things; or they differ in their class or number."""
    first, second = (next(filter(None, map(_known, (m.entity.name for m in found))), None) for found in (ones, others))
    if first is not None and second is not None:
        return first != second
    names = [compared(found[0].entity.name) for found in (ones, others)]
    if any(ACRONYM.fullmatch(found[0].entity.name) for found in (ones, others)):
        return False
    words = [{word for word in name.split() if not _NUMBER.search(word)} for name in names]
    numbers = [_NUMBER.findall(name) for name in names]
    return _class_of(ones) != _class_of(others) or (
        numbers[0] != numbers[1] and (words[0] <= words[1] or words[1] <= words[0])
    )


def _class_of(mentions: Iterable[Mention]) -> str:
    types = Counter(mention.entity.type for mention in mentions)
    return min(types, key=lambda type: (-types[type], type))


@cache
def _known(name: str) -> str | None:
    entry = load_gazetteer().lookup(name)
    return None if entry is None or entry.ambiguous else entry.name


def _scoped(key: Key) -> bool:
    return "|" in key[1]


def other_names(mention: Mention) -> Iterator[tuple[str, bool]]:
    """What the article calls the thing beside its name, and whether once is enough to take its word for it."""
    name = compared(mention.entity.name)
    if match := _EXPLAINED.match(mention.entity.name):
        yield match[1], True
        if sum(letter.isalpha() for letter in match[2]) >= 3:
            yield match[2], True
    for alias in mention.entity.aliases:
        if ACRONYM.fullmatch(alias):
            if sum(letter.isalpha() for letter in alias) >= 3:
                yield alias, True
        elif compared(alias) != name and f" {name} " in f" {compared(alias)} ":
            yield alias, True
        elif alias[0].isupper() and not load_gazetteer().is_head(alias):
            yield alias, False


def core_of(key: Key, members: Sequence[Mention]) -> str | None:
    """What keys that differ in their legal form or kind alone have in common; None where that is a bare syllable."""
    if key[0] not in ("Body", "Event", "Project") or _scoped(key):
        return None
    type_, name = _class_of(members), members[0].entity.name
    type_ = "Company" if type_ == "Organization" and has_legal_form(name) else type_
    rest = core(name, type_)
    if type_ not in _WITH_CORE or (" " not in rest and is_vietnamese_syllable(rest)):
        return None
    return f"{type_} {rest}"


def same_core(keys: Iterable[Key]) -> list[Join]:
    """Joins of keys of one core."""
    return [
        (one, other, f"{one[1]} and {other[1]} differ only in their legal form or kind")
        for one, other in pairwise(sorted(keys))
    ]


def initials_of(key: Key) -> str | None:
    """What an acronym of the key would be, if it can have one."""
    return initials(key[1]) if key[0] == "Body" and key[1].count(" ") >= 2 and not _scoped(key) else None


def acronym_of(key: Key, members: Sequence[Mention]) -> str | None:
    """The acronym that articles name the key by, if it is one."""
    name = members[0].entity.name
    return name if key[0] == "Body" and ACRONYM.fullmatch(name) else None


def likely_acronyms(members: Mapping[Key, Sequence[Mention]], joined: set[Key]) -> list[Doubt]:
    """Acronyms that no article explains, beside the one body with these initials in the same articles."""
    by_initials: dict[str, list[Key]] = defaultdict(list)
    for key in sorted(members):
        if letters := initials_of(key):
            by_initials[letters].append(key)
    doubts = []
    for key in sorted(members):
        name = acronym_of(key, members[key])
        fits = by_initials.get(name, ()) if name and key not in joined else ()
        if len(fits) == 1:
            score = 0.5 if {m.article for m in members[key]} & {m.article for m in members[fits[0]]} else 0.3
            doubts.append(Doubt(score, id_of(key), id_of(fits[0]), f"{name} are the initials of {fits[0][1]}"))
    return doubts


def group_keys(keys: Iterable[Key], joins: Sequence[Join], apart: Iterable[tuple[Key, Key]]) -> dict[Key, Key]:
    """For each key the first, in sorting order, of its group. Pairs that are kept apart are never in one group."""
    root = {key: key for key in sorted(keys)}
    groups = {key: {key} for key in root}
    forbidden: dict[Key, set[Key]] = defaultdict(set)
    for one, other in apart:
        forbidden[one].add(other)
        forbidden[other].add(one)
    for one, other, _ in joins:
        first, second = sorted((root[one], root[other]))
        if first == second or any(forbidden[key] & groups[second] for key in groups[first] & forbidden.keys()):
            continue
        small, large = sorted((first, second), key=lambda key: (len(groups[key]), key))
        for key in groups[small]:
            root[key] = large
        groups[large] |= groups.pop(small)
    return {key: first for group in groups.values() for first in [min(group)] for key in group}
