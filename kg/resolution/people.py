"""Which mentions are one person, over all articles.

A full name is one person unless its offices conflict: those of two spheres that nobody unites (a goalkeeper and a
minister), or the seats of two local bodies at overlapping days. A single name ("Palmer", "Hùng") is the one full-named
person of that name whose office, body or company in the news it shares; without such evidence it stays with its article
if it can be a Vietnamese name, which thousands share, or is a part of somebody's full name.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

import regex

from kg.ontology import ontology_folder
from kg.resolution.names import compared, compared_person, is_vietnamese_syllable
from kg.resolution.values import Doubt, Key, Mention, MentionId, id_of

_ENOUGH = 3
_CLEAR = 5
_SEAT = regex.compile(r"^(?:ủy ban nhân dân|hội đồng nhân dân|công an|sở|tỉnh ủy|thành ủy|đảng ủy|huyện ủy|quận ủy) \S")
_APART = frozenset(map(frozenset, (("sport", "state"), ("arts", "state"), ("sport", "medicine"), ("sport", "crime"))))


@dataclass(slots=True)
class People:
    """What is decided of persons: the key of each mention, joins of two keys with their reason, labels, doubts."""

    keys: dict[MentionId, Key] = field(default_factory=dict)
    reasons: dict[Key, set[str]] = field(default_factory=lambda: defaultdict(set))
    joins: list[tuple[Key, Key, str]] = field(default_factory=list)
    told_apart: dict[Key, str] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)


@dataclass(slots=True)
class Profile:
    """What is known of the bearer of one key: offices, ties, the telling keys of the articles that name it."""

    posts: set[str] = field(default_factory=set)
    ties: set[str] = field(default_factory=set)
    company: set[Key] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)
    states: set[str] = field(default_factory=set)

    def add(self, mention: Mention, company: Mapping[str, frozenset[Key]]) -> None:
        """Take in one mention."""
        self.posts |= mention.posts
        self.ties |= mention.ties
        self.company |= company.get(mention.article, frozenset()) - {("Person", compared(mention.entity.name))}
        self.articles.add(mention.article)
        self.states |= mention.states


def resolve_people(mentions: Iterable[Mention], company: Mapping[str, frozenset[Key]]) -> People:
    """Decide on all mentions of persons. `company` are the telling keys of each article, without the common ones."""
    people = People()
    by_name: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_name[compared_person(mention.entity.name)].append(mention)
    for name in sorted(by_name):
        if " " in name:
            part(name, by_name[name], people)
    profiles: dict[Key, Profile] = defaultdict(Profile)
    for name, members in by_name.items():
        for mention in members:
            if " " in name:
                profiles[people.keys[mention.id]].add(mention, company)
    join_reversed(profiles, people)
    join_given_names(by_name, profiles, company, people)
    bearers: dict[str, list[Key]] = defaultdict(list)
    for key in sorted(profiles):
        for word in called_by(key[1].rpartition("|")[2]):
            bearers[word].append(key)
    for name in sorted(by_name):
        if " " not in name:
            place_single(name, by_name[name], bearers.get(name, ()), profiles, company, people)
    return people


def called_by(name: str) -> set[str]:
    """The single names by which the bearer of a full name, as compared, is called."""
    words = name.split()
    # A Vietnamese is called by the last name, others by the family name, which may stand first or last.
    return {words[-1]} if all(map(is_vietnamese_syllable, words)) else {words[0], words[-1]}


def words_of(name: str) -> str | None:
    """What full names that may be one in another order have in common; None for one that has no other order."""
    words = name.split()
    return None if any(map(is_vietnamese_syllable, words)) else " ".join(sorted(words))


def given_of(name: str) -> str | None:
    """The middle and given name of a Vietnamese full name that has more; None for others."""
    words = name.split()
    return " ".join(words[-2:]) if len(words) > 2 and all(map(is_vietnamese_syllable, words)) else None


@cache
def _spheres() -> dict[str, str]:
    rows = (ontology_folder() / "gazetteers" / "spheres.tsv").read_text("utf-8").splitlines()[1:]
    return {post: sphere for sphere, post in (row.split("\t") for row in rows)}


def _atoms(mention: Mention) -> frozenset[str]:
    """What of a mention's offices can conflict: spheres, and seats of local bodies."""
    known = _spheres()
    spheres = {known[post] for post in mention.posts if post in known}
    seats = {tie for tie in mention.ties if _SEAT.match(tie)} if mention.posts else set()
    return frozenset({f"sphere {sphere}" for sphere in spheres} | {f"seat {seat}" for seat in seats})


def part(name: str, members: Iterable[Mention], people: People) -> None:
    """Give each mention of one full name its person's key."""
    members = sorted(members, key=lambda mention: (mention.date or "9", mention.id))
    atoms = {mention.id: _atoms(mention) for mention in members}
    groups: list[set[str]] = []
    for found in atoms.values():
        if found:
            touching = [group for group in groups if group & found]
            groups = [group for group in groups if not group & found] + [set(found).union(*touching)]
    spans = {index: [m for m in members if atoms[m.id] & group] for index, group in enumerate(groups)}
    merged: list[tuple[set[str], list[Mention]]] = []
    for index in sorted(spans, key=lambda index: (-len(spans[index]), sorted(groups[index]))):
        fitting = next((pair for pair in merged if not _conflict(groups[index], spans[index], *pair)), None)
        if fitting is None and merged and len(spans[index]) == 1 and len(merged[0][1]) >= 10:
            # One against ten is more often a slip of the extraction than a namesake.
            fitting = merged[0]
            why = f"{spans[index][0].article} gives {name} another office"
            people.doubts.append(Doubt(0.5, id_of(("Person", name)), f"article {spans[index][0].article}", why))
        if fitting is None:
            merged.append((set(groups[index]), list(spans[index])))
        else:
            fitting[0].update(groups[index])
            fitting[1].extend(spans[index])
    if len(merged) < 2:
        people.keys.update({mention.id: ("Person", name) for mention in members})
        return
    merged.sort(key=lambda pair: min((m.date or "9", m.id) for m in pair[1]))
    keys: list[Key] = []
    for number, (group, part) in enumerate(merged):
        mark = _telling(group, part)
        keys.append(("Person", name) if number == 0 else ("Person", f"{mark}|{name}"))
        people.told_apart[keys[-1]] = mark
    of_member = {m.id: key for key, (_, part) in zip(keys, merged, strict=True) for m in part}
    ties = {key: {tie for m in part for tie in m.ties} for key, (_, part) in zip(keys, merged, strict=True)}
    for mention in members:
        fits = [key for key in keys if ties[key] & mention.ties]
        untold: Key = ("Person", f"{mention.article}|{name}")
        people.keys[mention.id] = of_member.get(mention.id) or (fits[0] if len(fits) == 1 else untold)
    for one, other in pairwise(keys):
        why = f"{name}: {people.told_apart[one]} and {people.told_apart[other]} at the same time"
        people.doubts.append(Doubt(0.2, id_of(one), id_of(other), why))


def _conflict(one: set[str], ones: Sequence[Mention], other: set[str], others: Sequence[Mention]) -> bool:
    spheres = [{atom[7:] for atom in atoms if atom.startswith("sphere ")} for atoms in (one, other)]
    if spheres[0] and spheres[1] and all(frozenset((a, b)) in _APART for a in spheres[0] for b in spheres[1]):
        return True
    seats = [{atom for atom in atoms if atom.startswith("seat ")} for atoms in (one, other)]
    if not (seats[0] and seats[1]):
        return False
    days = [
        sorted(m.date for m in members if m.date and _atoms(m) & atoms)
        for members, atoms in ((ones, seats[0]), (others, seats[1]))
    ]
    return bool(days[0] and days[1]) and days[0][0] <= days[1][-1] and days[1][0] <= days[0][-1]


def _telling(group: set[str], members: Sequence[Mention]) -> str:
    """The words that tell a person from a namesake: the seat, or the office most articles give."""
    ties = Counter(tie for m in members for tie in m.ties)
    posts = Counter(post for m in members for post in m.posts)
    words = posts or ties or Counter(group)
    post = min(words, key=lambda word: (-words[word], word))
    tie = min(ties, key=lambda word: (-ties[word], word)) if ties and posts else ""
    return f"{post} {tie}".strip()


def join_reversed(profiles: Mapping[Key, Profile], people: People) -> None:
    """Join foreign names that differ in the order of family and given name, if offices or company agree."""
    by_words: dict[str, list[Key]] = defaultdict(list)
    for key in sorted(profiles):
        if "|" not in key[1] and (words := words_of(key[1])):
            by_words[words].append(key)
    for keys in by_words.values():
        for one, other in pairwise(keys):
            score = _likeness(profiles[one], profiles[other])
            why = f"{one[1]} and {other[1]} are the same names in another order"
            if score >= 2:
                people.joins.append((one, other, why + ", with the same office or company"))
            else:
                people.doubts.append(Doubt(0.4 + score / 10, id_of(one), id_of(other), why))


def join_given_names(
    by_name: Mapping[str, Sequence[Mention]],
    profiles: Mapping[Key, Profile],
    company: Mapping[str, frozenset[Key]],
    people: People,
) -> None:
    """Join a Vietnamese middle and given name ("Đình Bắc") to the one full name that ends so, if its articles agree.

    Several articles must each by themselves point at the same person, and hardly any at another.
    """
    bearers: dict[str, list[Key]] = defaultdict(list)
    for key in sorted(profiles):
        if given := given_of(key[1].rpartition("|")[2]):
            bearers[given].append(key)
    for name in sorted(bearers.keys() & by_name.keys()):
        key = ("Person", name)
        mentions = [mention for mention in by_name[name] if people.keys[mention.id] == key]
        pointing: Counter[Key] = Counter()
        for mention in mentions:
            profile = Profile()
            profile.add(mention, company)
            scores = sorted(((_likeness(profile, profiles[full]), full) for full in bearers[name]), reverse=True)
            if scores[0][0] >= 2 and (len(scores) == 1 or scores[0][0] > scores[1][0]):
                pointing[scores[0][1]] += 1
        if not pointing:
            continue
        full, count = max(pointing.items(), key=lambda item: (item[1], item[0]))
        why = f"{count} of {len(mentions)} articles that name {name} have the office or company of {full[1]}"
        clear = count >= _CLEAR * (pointing.total() - count)
        if clear and (count >= max(_ENOUGH, len(mentions) / 3) or 1 < count == len(mentions)):
            people.joins.append((full, key, why))
        else:
            people.doubts.append(Doubt(0.3 + 0.3 * count / len(mentions), id_of(key), id_of(full), why))


def _likeness(one: Profile, other: Profile) -> int:
    return (
        2 * bool(one.posts & other.posts) + 2 * bool(one.ties & other.ties) + min(2, len(one.company & other.company))
    )


def place_single(
    name: str,
    members: Iterable[Mention],
    bearers: Sequence[Key],
    profiles: Mapping[Key, Profile],
    company: Mapping[str, frozenset[Key]],
    people: People,
) -> None:
    """Give each mention of a single name the key of the one of its bearers that it means, or one of its own."""
    local = is_vietnamese_syllable(name)
    total = sum(len(profiles[key].articles) for key in bearers)
    for mention in members:
        profile = Profile()
        profile.add(mention, company)
        scored = sorted(_scores(profile, bearers, profiles, total, local), reverse=True)
        best = scored[0] if scored else (0, ("", ""))
        clear = len(scored) == 1 or (len(scored) > 1 and best[0] - scored[1][0] >= 2)
        if scored and best[0] >= _ENOUGH and clear:
            people.keys[mention.id] = best[1]
            people.reasons[best[1]].add(f"{name} has the same office or company in the news as {best[1][1]}")
            continue
        key: Key = ("Person", f"{mention.article}|{name}") if local or bearers else ("Person", name)
        people.keys[mention.id] = key
        if scored and best[0] == _ENOUGH - 1:
            people.doubts.append(Doubt(0.6, id_of(key), id_of(best[1]), f"{mention.article} names only {name}"))


def _scores(
    profile: Profile, bearers: Sequence[Key], profiles: Mapping[Key, Profile], total: int, local: bool
) -> Iterator[tuple[int, Key]]:
    for key in bearers:
        share = len(profiles[key].articles) / total
        known = 0 if local or len(profiles[key].articles) < 3 else 2 if share >= 0.9 else 1 if share >= 0.7 else 0
        # By itself a state tells little, but of one who is known to all it is where he is known.
        abroad = known == 2 and bool(profile.states & profiles[key].states)
        yield _likeness(profile, profiles[key]) + known + abroad, key


def fold_posts(texts: Iterable[str]) -> frozenset[str]:
    """Offices as they are compared."""
    return frozenset(map(compared, texts))
