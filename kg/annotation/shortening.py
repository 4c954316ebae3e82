"""Which name of an article is another form of which: shorter, abbreviated, or with a class word more or less.

Some relations between two names settle it, whatever else the article names; others count only where the article has
a single longer name to which they lead.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from kg.annotation.comparing import Form, read_form, shared_words
from kg.annotation.name_reading import DESCRIPTIVE
from kg.gazetteer import Gazetteer
from kg.ontology import Lexicon

LEVELS = ("tỉnh", "thành phố", "tp", "quận", "huyện", "thị xã", "xã", "phường", "thị trấn", "thủ đô")
_LOCATED = frozenset({"AdministrativeArea", "Country", "Place"})
_BODIES = frozenset({"GovernmentBody", "PoliticalParty", "Organization", "MediaOrganization"})
_BEFORE_PLACES = frozenset({*LEVELS, "nước", "khu vực", "vùng", "sân", "sân vận động", "khu"})
# The scorers of descriptive names take this share of common words for the same name; so do we.
_ALIKE = 0.7
# More longer forms than this are not compared with one short form; a real article has a handful.
_MOST_COMPARED = 40
_SURE, _PERHAPS, _NO = 2, 1, 0


class Comparison:
    """The names of an article, one of each form, arranged so that a form meets only those that share a word with it."""

    def __init__(
        self,
        names: Sequence[tuple[str, str]],
        bracketed: set[tuple[int, int]],
        lexicon: Lexicon,
        gazetteer: Gazetteer,
    ) -> None:
        self._types = [type_ for type_, _ in names]
        self._names = [name for _, name in names]
        self._forms = [read_form(name) for _, name in names]
        self._known = [_known(gazetteer, type_, name) for type_, name in names]
        self._bracketed = bracketed
        self._heads = _sorted_heads(tuple(lexicon.heads.items()))
        placed = [form.words for form, type_ in zip(self._forms, self._types, strict=True) if type_ in _LOCATED]
        self._places = {" ".join(words) for words in placed} | {"việt nam"}
        self._areas = {
            form.words
            for form, type_ in zip(self._forms, self._types, strict=True)
            if type_ in {"AdministrativeArea", "Country"}
        }
        # What names something else is no core by which to tell a project or an event.
        self._named = {
            form.words for form, type_ in zip(self._forms, self._types, strict=True) if type_ not in DESCRIPTIVE
        }
        self._by_key: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, key in self._keys():
            self._by_key[key].append(number)

    def length(self, number: int) -> int:
        """The words of a name, by which the fuller one of two is told."""
        return len(self._forms[number].words)

    def longer_forms(self, short: int) -> list[int]:
        """The names of which `short` is another form, in their order."""
        graded = [(c, self._grade(short, c)) for c in self._candidates(short)]
        sure = [c for c, grade in graded if grade == _SURE]
        perhaps = [c for c, grade in graded if grade == _PERHAPS]
        return sure or (perhaps if len(perhaps) == 1 else [])

    def _keys(self) -> list[tuple[int, tuple[str, str]]]:
        found = []
        for number, (type_, form, name) in enumerate(zip(self._types, self._forms, self._names, strict=True)):
            keys = {*form.words, *form.inner, *_joined(form)}
            if len(form.words) > 1:
                initials = initials_of(name).lower()
                keys |= {initials[k:] for k in range(4)}
                keys.add("".join(word[0] for word in form.words))
            if self._known[number]:
                keys.add(self._known[number])
            found += [(number, (type_, key)) for key in sorted(keys - {""})]
        return found

    def _candidates(self, short: int) -> list[int]:
        form, type_ = self._forms[short], self._types[short]
        keys = {*form.words, *_joined(form), self._known[short]}
        found = {c for key in sorted(keys - {""}) for c in self._by_key.get((type_, key), ())[:_MOST_COMPARED]}
        found |= {b for pair in self._bracketed if short in pair for b in pair}
        return sorted(found - {short})

    def _grade(self, short: int, long: int) -> int:
        a, b, type_ = self._forms[short], self._forms[long], self._types[short]
        if type_ != self._types[long] or not a.words or not b.words:
            return _NO
        if type_ == "Person":
            return _SURE if _is_short_person(self._names[short], self._names[long]) else _NO
        if a.words == b.words or (self._known[short] and self._known[short] == self._known[long]):
            return _SURE if short > long else _NO
        if len(a.words) > len(b.words) or (len(a.words) == len(b.words) and short < long):
            return _NO
        bracketed = (long, short) in self._bracketed or (short, long) in self._bracketed or a.words == b.inner
        if bracketed and type_ not in _LOCATED and _is_capitals(self._names[short]):
            return _SURE
        if _is_acronym(self._names[short], self._names[long], b):
            return _SURE
        if type_ in DESCRIPTIVE:
            return self._grade_description(a, b)
        if type_ in _LOCATED:
            return self._grade_place(a, b, type_)
        return self._grade_body(a, b, type_)

    def _grade_description(self, a: Form, b: Form) -> int:
        x, y = a.words, b.words
        if a.numbers == b.numbers and shared_words(a, b) >= _ALIKE:
            return _SURE
        if a.cores & b.cores - self._named:
            return _SURE
        if len(x) >= 2 and y[: len(x)] == x:
            return _SURE
        coded = bool(a.numbers) and a.numbers[0] == b.numbers[:1][0] if b.numbers else False
        if coded and x[0] == y[0] and len(x) <= 3:
            return _SURE
        return _PERHAPS if y[-len(x) :] == x and a.cores - self._named else _NO

    def _grade_place(self, a: Form, b: Form, type_: str) -> int:
        x, y = a.words, b.words
        if y[-len(x) :] == x:
            rest = " ".join(y[: -len(x)]).rstrip(".")
            if rest in _BEFORE_PLACES:
                return _SURE
            return _PERHAPS if type_ == "Place" and x not in self._areas else _NO
        # A common noun heads both: "căn cứ Sao Mai" and "căn cứ không quân Sao Mai", unlike "Đông Á" and "Đông Nam Á".
        common = a.written[0].islower() or b.written[0].islower()
        same_head = common and x[0] == y[0] and x[-1] == y[-1] and type_ == "Place"
        return _PERHAPS if same_head and set(x) <= set(y) else _NO

    def _grade_body(self, a: Form, b: Form, type_: str) -> int:
        x, y = a.words, b.words
        plain_x, plain_y = _without_levels(x), _without_levels(y)
        if plain_x == plain_y and (plain_x == x or plain_y == y):
            return _SURE
        begins, ends = y[: len(x)] == x, y[-len(x) :] == x
        rest = " ".join(y[len(x) :] if begins else y[: -len(x)])
        heads = self._heads.get(type_, ())
        if ends and any(_is_head(rest, head) for head in heads) and not _has_head(x, heads):
            return _SURE
        if begins and len(x) >= 2 and rest in self._places:
            return _SURE
        # A company's name with more behind it is mostly that of a subsidiary.
        if begins and type_ != "Company" and (len(x) >= 2 or type_ == "PoliticalParty"):
            return _PERHAPS
        if len(x) >= 2 and x[-1] in LEVELS and y[: len(x) - 1] == x[:-1]:
            return _PERHAPS
        same_edges = len(x) >= 3 and x[0] == y[0] and x[-1] == y[-1]
        return _PERHAPS if same_edges and _is_part(x, y) else _NO


@cache
def _sorted_heads(heads: tuple[tuple[str, tuple[str, ...]], ...]) -> Mapping[str, Sequence[str]]:
    """The class words of each class, the longest first."""
    return {type_: sorted({form.lower() for form in forms}, key=lambda h: (-len(h), h)) for type_, forms in heads}


def initials_of(form: str) -> str:
    """The first letters of the words, in capitals."""
    return "".join(word[0] for word in form.split() if word[0].isalpha()).upper()


def _joined(form: Form) -> set[str]:
    """The first and the last word, without dashes and initials before a stop."""
    first, last = form.words[0] if form.words else "", form.words[-1] if form.words else ""
    return {first.replace("-", ""), "".join(filter(str.isalpha, first)), last.split(".")[-1], first.split(".")[0],
            first.split("-")[0], last.split("-")[-1]}  # fmt: skip


def _known(gazetteer: Gazetteer, type_: str, name: str) -> str:
    """What the gazetteer calls a country or an organization; the levels of areas tell them apart, so not these."""
    if type_ in {"AdministrativeArea", "Place", "Person"}:
        return ""
    entry = gazetteer.lookup(name)
    return f"={entry.name}" if entry and entry.type == type_ else ""


def _without_levels(words: tuple[str, ...]) -> tuple[str, ...]:
    """ "công an thành phố hải phòng" as "công an hải phòng"."""
    plain = " ".join(words[1:])
    for level in ("thành phố", "thị xã", "thị trấn", "tỉnh", "quận", "huyện", "xã", "phường"):
        head, found, place = plain.partition(f"{level} ")
        if found and place and (not head or head.endswith(" ")):
            return (words[0], *head.split(), *place.split())
    return words


def _is_part(x: tuple[str, ...], y: tuple[str, ...]) -> bool:
    """Whether the words of `x` stand in `y` in the same order."""
    rest = iter(y)
    return all(word in rest for word in x)


def _has_head(words: tuple[str, ...], heads: Sequence[str]) -> bool:
    name = " ".join(words) + " "
    return any(name.startswith(head + " ") for head in heads)


def _is_capitals(name: str) -> bool:
    """Whether a name is an acronym or two: "PSG", "SMBC CF"."""
    return name.isupper() and 2 <= len(name) <= 10


def _is_head(rest: str, head: str) -> bool:
    """Whether what a longer form has before the shorter one is a class word, perhaps with a qualifier or two."""
    few = rest.startswith(head + " ") and len(rest.split()) - len(head.split()) <= 3
    return rest == head or (few and " và " not in f"{rest} ")


def _is_acronym(short: str, long: str, form: Form) -> bool:
    if not (short.isupper() and len(short) >= 2):
        return False
    letters = "".join(c for c in short if c.isalpha())
    every = "".join(word[0] for word in form.words if word[0].isalpha()).upper()
    return any(
        letters == initials or (len(letters) >= 3 and initials.endswith(letters))
        for initials in (initials_of(long), every)
    )


def _is_short_person(short: str, long: str) -> bool:
    """Given name ("Thắng"), surname ("Palmer"), initials ("R. Palmer"), or without a middle name."""
    x, y = _person_words(short), _person_words(long)
    if x == y:
        return len(short) < len(long) or (len(short) == len(long) and short < long)
    if len(x) >= len(y):
        return len(x) == len(y) and _by_initial(x, y)
    if y[-len(x) :] == x or y[: len(x)] == x:
        return True
    return _by_initial(x, y) or (len(x) >= 2 and x[0] == y[0] and x[-1] == y[-1] and _is_part(x, y))


def _person_words(name: str) -> tuple[str, ...]:
    return tuple(name.lower().replace(".", " ").replace("-", " ").replace("–", " ").split())


def _by_initial(x: tuple[str, ...], y: tuple[str, ...]) -> bool:
    initial = len(x) > 1 and len(y) > 1 and len(x[0]) == 1 and len(y[0]) > 1
    return initial and x[-1] == y[-1] and y[0].startswith(x[0])
