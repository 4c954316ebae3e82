"""Names that are known beforehand: countries, administrative units of Việt Nam, organizations, places.

The tables are in `ontology/gazetteers/`, each described in the README there. They know how a name is written and of
which class it is; whether it means that in an article is for the caller to decide, and `ambiguous` warns.
"""

import gzip
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import regex

from kg.errors import OntologyError
from kg.ontology import ontology_folder
from kg.text import nfc, place_tones

Validity = Literal["new", "old"]

_DASH = regex.compile(r"\s*[-‐‑–—]\s*")
_SPACE = regex.compile(r"\s+")
_LONGEST = 100
_APOSTROPHE = str.maketrans("’‘", "''")
_WORD = regex.compile(r"[\p{L}\p{N}]+")
_CAPITAL_WORD = regex.compile(r"(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}]*+")
_LEVEL = regex.compile(
    r"(?i)^(?:(tỉnh|thành phố|thị xã|thị trấn|quận|huyện|phường|xã|đặc khu)\s|(tp|tx|tt)(?:\.\s*|\s))(?=\S)"
)
_LEVEL_ABBREVIATIONS = {"tp": "thành phố", "tx": "thị xã", "tt": "thị trấn"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One known thing: its usual name, its class, its code where it has one (ISO 3166, or that of a `Unit`).

    `ambiguous`: the form looked up is also an ordinary word, a person's name, or the name of something of another
    class ("Anh", "Barcelona", "Lao Động"), so that by itself it proves nothing.
    """

    name: str
    type: str
    code: str = ""
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit of Việt Nam, before ("old") or since ("new") the reform of July 2025.

    `name` has no level ("Bình Chánh"), except where a number or a city's own name needs it ("quận 1", "Thành phố Hồ
    Chí Minh"). `code` is the official number; a number means another unit in each validity. `successors` are the
    codes of the new units that hold some of its ground: provinces for a province, communes for the others.
    """

    validity: Validity
    code: str
    level: str
    name: str
    aliases: tuple[str, ...]
    parent: str
    successors: tuple[str, ...]

    @property
    def key(self) -> str:
        """The unit's code as entries have it: "new/79"."""
        return f"{self.validity}/{self.code}"


@lru_cache(maxsize=50_000)
def normal_form(name: str) -> str:
    """A name as it is compared: NFC, tones placed, one kind of dash without spaces, one kind of apostrophe."""
    name = place_tones(nfc(name)).translate(_APOSTROPHE)
    return _SPACE.sub(" ", _DASH.sub("-", name)).strip()


@cache
def read_abbreviations() -> Mapping[str, str]:
    """What each abbreviation inside names stands for: "BV" → "bệnh viện"."""
    rows = (ontology_folder() / "gazetteers" / "abbreviations.tsv").read_text("utf-8").splitlines()[1:]
    return dict(row.split("\t") for row in rows)


class Gazetteer:
    """The tables, indexed by form. Communes are read when first asked for.

    `placed_heads` are the first words of bodies that are named by their place ("công an", "chính phủ"), `naming_heads`
    those that are part of the name of what is named after another ("đường", "sân bay"); both folded in case.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._units = {unit.key: unit for unit in _read_units(folder / "units.tsv")}
        self._capitals: dict[str, Entry] = {}
        self._countries: dict[str, str] = {}
        self._index: dict[str, list[tuple[str, Entry]]] = {}
        self._starts: dict[str, list[tuple[str, Entry]]] = {}
        heads = tuple(_rows(folder / "heads.tsv", ("class", "head", "use")))
        self._heads = {head: type_ for type_, head, _ in heads}
        self.placed_heads = frozenset(head for _, head, use in heads if use == "placed")
        self.naming_heads = frozenset(head for _, head, use in heads if use == "naming")
        for form, entry in self._entries():
            self._add(form, entry)
        for candidates in self._starts.values():
            candidates.sort(key=lambda pair: (-len(pair[0]), pair[0], pair[1].type))
        self._units_by_form: dict[str, tuple[Unit, ...]] | None = None

    def lookup(self, name: str) -> Entry | None:
        """What the name is known as; None if it is not. A level word before the name of an area may be left on.

        Where tables differ the first of country, province, organization, place, district answers, as ambiguous.
        Capitals count: "mỹ" is not a country; "MỸ" is, as in a headline.
        """
        form = normal_form(name)
        found = self._match(form)
        if found is None and (level := _LEVEL.match(form)):
            found = self._match(form[level.end() :])
            if found and found.type != "AdministrativeArea":
                return None
        return found

    def _match(self, form: str) -> Entry | None:
        found = [entry for known, entry in self._index.get(form.casefold(), ()) if _written_as(form, known)]
        if not found:
            return None
        if len({entry.type for entry in found}) > 1:
            return replace(found[0], ambiguous=True)
        return found[0]

    def government(self, name: str) -> Entry | None:
        """The country for whose government the name of its capital may stand: "Washington" → Mỹ."""
        return self._capitals.get(normal_form(name))

    def country(self, code: str) -> str:
        """The usual name of the country with that ISO 3166 code; `KeyError` if there is none."""
        return self._countries[code]

    def type_of_head(self, name: str) -> str | None:
        """The class that the first words of a name settle ("Bệnh viện …", "UBND …"), by the longest such head.

        A single word alone settles nothing. None where no head is known, or one that stands in names of many classes.
        """
        words = normal_form(name).casefold().split()
        for length in range(min(5, len(words)), 0, -1):
            type_ = self._heads.get(" ".join(words[:length]))
            if type_ is not None and (length > 1 or len(words) > 1):
                return type_ or None
        return None

    def scan(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, Entry]]:
        """Known names with a capital first in a stretch of NFC text: whole words, the longest, as in the tables."""
        placed = place_tones(text[start:end])
        at = 0
        for word in _CAPITAL_WORD.finditer(placed):
            begin = word.start()
            if begin < at:
                continue
            for form, entry in self._starts.get(word[0], ()):
                stop = begin + len(form)
                if placed.startswith(form, begin) and not placed[stop : stop + 1].isalnum():
                    yield start + begin, start + stop, entry
                    at = stop
                    break

    def longest_at(self, text: str, start: int, end: int) -> int:
        """Where the longest known, unambiguous name ends that begins at `start`; `start` where none does."""
        placed = place_tones(text[start : min(end, start + _LONGEST)])
        word = _WORD.match(placed)
        for form, entry in self._starts.get(word[0], ()) if word else ():
            if placed.startswith(form) and not placed[len(form) : len(form) + 1].isalnum() and not entry.ambiguous:
                return start + len(form)
        return start

    def is_head(self, form: str) -> bool:
        """Whether these words are no name but the first words of many."""
        return normal_form(form).casefold() in self._heads

    def unit(self, key: str) -> Unit:
        """The province, district or commune of that key ("new/79", "old/00004"); `KeyError` if there is none."""
        if key not in self._units:
            self._read_communes()
        return self._units[key]

    def units(self, name: str) -> tuple[Unit, ...]:
        """All units so named, new ones first, provinces before districts before communes.

        A level before the name keeps only units of that level: "huyện Bình Chánh", "TP Vinh".
        """
        by_form = self._read_communes()
        form = normal_form(name)
        found = by_form.get(form.casefold())
        if found is None and (level := _LEVEL.match(form)):
            wanted = level[1] or _LEVEL_ABBREVIATIONS[level[2].lower()]
            named = by_form.get(form[level.end() :].casefold(), ())
            found = tuple(unit for unit in named if unit.level == wanted.lower())
        return found or ()

    def _read_communes(self) -> Mapping[str, tuple[Unit, ...]]:
        if self._units_by_form is None:
            self._units |= {unit.key: unit for unit in _read_units(self._folder / "communes.tsv.gz")}
            by_form: dict[str, list[Unit]] = {}
            for unit in sorted(self._units.values(), key=lambda unit: (len(unit.code), unit.validity, unit.code)):
                for form in dict.fromkeys(normal_form(form).casefold() for form in (unit.name, *unit.aliases)):
                    by_form.setdefault(form, []).append(unit)
            self._units_by_form = {form: tuple(units) for form, units in by_form.items()}
        return MappingProxyType(self._units_by_form)

    def _entries(self) -> Iterator[tuple[str, Entry]]:
        for code, type_, name, aliases, capital in _rows(
            self._folder / "countries.tsv", ("code", "class", "name", "aliases", "capital")
        ):
            entry = Entry(name.rstrip("?"), type_, code)
            self._countries[code] = entry.name
            yield from _forms(entry, name, aliases)
            if capital:
                self._capitals[normal_form(capital)] = entry
        provinces = sorted((u for u in self._units.values() if len(u.code) == 2), key=lambda unit: unit.key)
        districts = sorted((u for u in self._units.values() if len(u.code) == 3), key=lambda unit: unit.key)
        yield from self._areas(provinces)
        for table in ("organizations.tsv", "places.tsv"):
            for type_, name, aliases in _rows(self._folder / table, ("class", "name", "aliases")):
                yield from _forms(Entry(name.rstrip("?"), type_), name, aliases)
        yield from self._areas(districts)

    def _areas(self, units: Iterable[Unit]) -> Iterator[tuple[str, Entry]]:
        for unit in units:
            entry = Entry(unit.name, "AdministrativeArea", unit.key)
            for form in (unit.name, *unit.aliases):
                known = normal_form(form)
                if all(known != other for other, _ in self._index.get(known.casefold(), ())):
                    yield form, entry

    def _add(self, form: str, entry: Entry) -> None:
        known = normal_form(form)
        self._index.setdefault(known.casefold(), []).append((known, entry))
        form = place_tones(form)
        if word := _WORD.match(form):
            self._starts.setdefault(word[0], []).append((form, entry))


@cache
def load_gazetteer() -> Gazetteer:
    """The project's gazetteer, read once. Raises `OntologyError` for a table that is absent or malformed."""
    return Gazetteer(ontology_folder() / "gazetteers")


def _written_as(form: str, known: str) -> bool:
    """Whether a form may be this known one: it may have more capitals, as in a headline, but not fewer."""
    return form == known or all(have == want or (not want.isupper()) for have, want in zip(form, known, strict=True))


def _forms(entry: Entry, name: str, aliases: str) -> Iterator[tuple[str, Entry]]:
    for form in (name, *filter(None, aliases.split("|"))):
        yield form.rstrip("?"), replace(entry, ambiguous=True) if form.endswith("?") else entry


def _read_units(path: Path) -> Iterator[Unit]:
    columns: tuple[str, ...] = ("validity", "code", "level", "name", "aliases", "parent", "successors")
    if path.suffix == ".gz":
        columns = tuple(column for column in columns if column != "aliases")
    for row in _rows(path, columns):
        field = dict(zip(columns, row, strict=True))
        aliases = tuple(filter(None, field.get("aliases", "").split("|")))
        validity: Validity = "new" if field["validity"] == "new" else "old"
        successors = tuple(field["successors"].split())
        yield Unit(validity, field["code"], field["level"], field["name"], aliases, field["parent"], successors)


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[list[str]]:
    try:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    except OSError as error:
        raise OntologyError(f"{path}: the gazetteer cannot be read ({error}). Install the program again") from error
    lines = raw.decode("utf-8").splitlines()
    if not lines or tuple(lines[0].split("\t")) != columns:
        raise OntologyError(f"{path}:1: the header must be the columns {', '.join(columns)}, separated by tabs")
    for number, line in enumerate(lines[1:], start=2):
        fields = line.split("\t")
        if len(fields) != len(columns):
            raise OntologyError(f"{path}:{number}: {len(fields)} fields, not {len(columns)}. Separate them by tabs")
        yield fields
