"""Which entities of different articles are one, and why; which articles are one source.

Each mention is first identified by its own article and the gazetteer (`places`, `bodies`), persons by what all articles
say of their offices (`people`). Keys are then joined where articles call one thing by two names (`joins`), and by hand
(`corrections`). A join that would need more is not made but listed as a doubt: two nodes for one thing can be mended
by a reader, two things in one node cannot.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.model import Entity, Extraction
from kg.resolution.bodies import identify_body, identify_common
from kg.resolution.copies import Fingerprint, find_sources, fingerprint
from kg.resolution.corrections import Correction
from kg.resolution.describing import describe, identity_of_group, with_relatives
from kg.resolution.joins import Join, find_joins, group_keys
from kg.resolution.names import compared
from kg.resolution.offices import find_tenures, identify_office
from kg.resolution.people import People, fold_posts, resolve_people
from kg.resolution.places import context_of, identify_place
from kg.resolution.replay import Replay
from kg.resolution.things import identify_thing
from kg.resolution.values import (
    Context,
    Doubt,
    Form,
    Identity,
    Key,
    Mention,
    MentionId,
    Resolution,
    ResolvedEntity,
    hash_of,
    id_of,
)

__all__ = [
    "Doubt",
    "Form",
    "Resolution",
    "ResolvedEntity",
    "hash_of",
    "id_of",
    "identify",
    "mentions_of",
    "most_telling",
    "resolve",
    "tells",
]

_LOCATIONS = ("Country", "AdministrativeArea", "Place")
_TELLING = 0.02
"""What more than this share of all articles name tells nothing about who else is in them."""


def identify(article: str, entity: Entity, context: Context) -> Identity:
    """What `entity` is by its article alone; of persons only the name."""
    found = (
        identify_place(entity, context)
        or identify_office(entity, context)
        or identify_common(entity, context)
        or identify_body(entity, context)
        or identify_thing(entity)
    )
    if found is None and not any(map(str.isalpha, entity.name)):
        return Identity((entity.type, f"{article}|{compared(entity.name)}"), unsure=True)
    if found is None:
        family = "Location" if entity.type in _LOCATIONS else entity.type
        return Identity((family, compared(entity.name)))
    if found.key[1].startswith("?|"):
        return Identity((found.key[0], article + found.key[1][1:]), unsure=True)
    return found


def resolve(
    extractions: Iterable[Extraction],
    corrections: Sequence[Correction] = (),
    prints: Mapping[str, Fingerprint] | None = None,
) -> Resolution:
    """Join the entities of all articles. The order of the articles does not matter.

    `prints` are fingerprints of articles that are known already; the others are computed.
    """
    extractions = sorted(extractions, key=lambda extraction: extraction.article.id)
    identities: dict[MentionId, Identity] = {}
    mentions: dict[MentionId, Mention] = {}
    for extraction in extractions:
        for mention, identity in mentions_of(extraction):
            identities[mention.id], mentions[mention.id] = identity, mention
    people = resolve_people(
        (mention for mention in mentions.values() if mention.entity.type == "Person"), _telling(identities)
    )
    keys = {id: identity.key for id, identity in identities.items()} | people.keys
    replay = Replay(corrections)
    replay.split(keys, mentions)
    members: dict[Key, list[Mention]] = defaultdict(list)
    for id, key in keys.items():
        members[key].append(mentions[id])
    joins, doubts = find_joins({key: found for key, found in members.items() if key[0] != "Person"})
    replay.read(members)
    joins = [*sorted(replay.joins), *sorted(people.joins), *sorted(joins)]
    roots = group_keys(members, joins, replay.apart)
    entities = _describe_groups(roots, members, identities, people, joins, replay)
    of = {id: entities[roots[key]] for id, key in keys.items()}
    additions, added = replay.add(of)
    of |= added
    dates = {extraction.article.id: extraction.article.date for extraction in extractions}
    known = prints or {}
    found_prints = {e.article.id: known.get(e.article.id) or fingerprint(e.article) for e in extractions}
    everything = with_relatives(entities)
    return Resolution(
        everything,
        of,
        _open_doubts([*people.doubts, *doubts], entities.values()),
        find_sources(found_prints, dates) | {e.article.id: e.article.id for e in additions},
        additions,
        replay.rejected,
        tuple(replay.unapplied),
        find_tenures(extractions, of),
        {id: _name_office(found.office, roots, entities) for id, found in identities.items() if found.office},
    )


def _name_office(
    office: tuple[str, Key | None], roots: Mapping[Key, Key], entities: Mapping[Key, ResolvedEntity]
) -> tuple[str, str]:
    title, of = office
    if of is None:
        return title, ""
    return title, entities[roots[of]].id if of in roots else id_of(of)


def mentions_of(extraction: Extraction) -> Iterator[tuple[Mention, Identity]]:
    """What one article alone says of each of its entities, in their order."""
    article = extraction.article
    context = context_of(article.date, extraction.entities, article.text)
    names = {entity.id: entity.name for entity in extraction.entities}
    posts: dict[str, set[str]] = defaultdict(set)
    ties: dict[str, set[str]] = defaultdict(set)
    for statement in extraction.statements:
        if statement.relation == "holds_position":
            posts[statement.subject].add(statement.object)
        elif statement.relation in ("affiliated_with", "citizen_of"):
            ties[statement.subject].add(compared(names.get(statement.object, statement.object)))
    for entity in extraction.entities:
        mention = Mention(
            article.id,
            article.date,
            entity,
            fold_posts(posts[entity.id]),
            frozenset(ties[entity.id]),
            context.countries,
        )
        yield mention, identify(article.id, entity, context)


def most_telling(articles: int) -> float:
    """In how many of so many articles a key stands at most that tells something about who else is in them."""
    return max(3, _TELLING * articles)


def _telling(identities: Mapping[MentionId, Identity]) -> dict[str, frozenset[Key]]:
    """The keys in each article that not many other articles have."""
    by_article: dict[str, set[Key]] = defaultdict(set)
    for (article, _), identity in identities.items():
        by_article[article].add(identity.key)
    counts = Counter(key for keys in by_article.values() for key in keys)
    most = most_telling(len(by_article))
    return {
        article: frozenset(key for key in keys if tells(key) and 1 < counts[key] <= most)
        for article, keys in by_article.items()
    }


def tells(key: Key) -> bool:
    """Whether a key can tell who is meant by a name beside it: of persons only full names do."""
    return key[0] != "Person" or " " in key[1]


def _describe_groups(
    roots: Mapping[Key, Key],
    members: Mapping[Key, Sequence[Mention]],
    identities: Mapping[MentionId, Identity],
    people: People,
    joins: Sequence[Join],
    replay: Replay,
) -> dict[Key, ResolvedEntity]:
    groups: dict[Key, list[Key]] = defaultdict(list)
    for key in sorted(roots):
        groups[roots[key]].append(key)
    reasons: dict[Key, set[str]] = defaultdict(set)
    for one, other, reason in joins:
        if roots[one] == roots[other]:
            reasons[roots[one]].add(reason)
    for key, found in people.reasons.items():
        reasons[roots.get(key, key)] |= found
    entities: dict[Key, ResolvedEntity] = {}
    for root, keys in groups.items():
        identity = identity_of_group(identities[m.id] for key in keys for m in members[key])
        mark = people.told_apart.get(root, "")
        described = describe(keys, {key: members[key] for key in keys}, identity, mark, reasons[root])
        entities[root] = replay.edit(described)
    return entities


def _open_doubts(doubts: Iterable[Doubt], entities: Iterable[ResolvedEntity]) -> tuple[Doubt, ...]:
    """Doubts about two nodes of the graph, the likeliest first."""
    node = {form.id: entity.id for entity in entities for form in entity.forms}
    found = set()
    for doubt in doubts:
        one, other = node.get(doubt.one, doubt.one), node.get(doubt.other, doubt.other)
        if one != other:
            found.add(Doubt(doubt.score, one, other, doubt.why))
    return tuple(sorted(found, key=lambda doubt: (-doubt.score, doubt.one, doubt.other, doubt.why)))
