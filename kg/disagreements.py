"""Which statements and figures cannot both be right: a denial, another amount, another day, another number.

Nothing is averaged away: both stay, and each points at the other. Two values disagree only where the sentences are
about the same, that is, share most of their words, and no article gives both.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import regex

_WORD = regex.compile(r"\p{L}+")
_ALIKE = 0.5
_DAYS = 3
_NEIGHBOURS = 8


@dataclass(frozen=True, slots=True)
class Claim:
    """What a node says: `about` is equal for claims that can disagree, `value` what they disagree in.

    `day` is the ISO day of what is said, or that of the article. `denied` is None for a value; True for a denial and
    False for what it denies, which disagree if they are of one day (`value`) or one of them has none.
    """

    node: str
    about: Hashable
    value: str
    day: str
    quote: str
    articles: frozenset[str]
    denied: bool | None = None


def find_disagreements(claims: Iterable[Claim]) -> Iterator[tuple[str, str]]:
    """Pairs of nodes that disagree, the lesser first, sorted."""
    groups: dict[Hashable, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[claim.about].append(claim)
    pairs = set()
    for members in groups.values():
        if len(members) < 2:
            continue
        members.sort(key=lambda claim: (claim.day, claim.node))
        given: dict[str, set[str]] = defaultdict(set)
        for claim in members:
            for article in claim.articles:
                given[article].add(claim.value)
        for at, one in enumerate(members):
            for other in members[at + 1 : at + 1 + _NEIGHBOURS]:
                if _disagree(one, other, given):
                    pairs.add((min(one.node, other.node), max(one.node, other.node)))
    yield from sorted(pairs)


def _disagree(one: Claim, other: Claim, given: dict[str, set[str]]) -> bool:
    if one.denied is not None:
        return one.denied != other.denied and (not one.value or not other.value or one.value == other.value)
    if not one.value or not other.value or one.value == other.value:
        return False
    if any(other.value in given[a] for a in one.articles) or any(one.value in given[a] for a in other.articles):
        return False
    return _near(one.day, other.day) and _alike(one.quote, other.quote)


def _near(one: str, other: str) -> bool:
    if len(one) != 10 or len(other) != 10:
        return one == other
    return abs(date.fromisoformat(one).toordinal() - date.fromisoformat(other).toordinal()) <= _DAYS


def _alike(one: str, other: str) -> bool:
    words = [_WORD.findall(quote.casefold()) for quote in (one, other)]
    pairs, others = (set(pairwise(found)) for found in words)
    return bool(pairs and others) and len(pairs & others) >= _ALIKE * min(len(pairs), len(others))
