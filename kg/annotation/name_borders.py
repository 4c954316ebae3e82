"""Where names begin and end: without titles and levels, with the place or the word that belongs to them."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import regex

from kg.annotation.name_reading import AREAS, LEVELS, Reading, Titles, moved
from kg.gazetteer import normal_form
from kg.recognition import Name

_LEVEL = regex.compile(rf"(?:{'|'.join(regex.escape(level) for level in sorted(LEVELS, reverse=True))})\s*", regex.I)
_LEVEL_BEFORE = regex.compile(rf"(?<!\p{{L}}){_LEVEL.pattern}$", regex.I)
_MISSION = regex.compile(r"(?:đại sứ quán|tổng lãnh sự quán|phái đoàn) ", regex.I)
_LEVEL_BETWEEN = regex.compile(rf"\s+(?:{_LEVEL.pattern})?", regex.I)
_PARTICLES = frozenset(
    ["al", "bin", "da", "de", "del", "della", "der", "di", "dos", "du", "el", "ibn", "la", "le", "van", "von", "y"]
)
_FUNCTION_WORDS = frozenset(
    {
        *(
            "bởi",
            "bị",
            "các",
            "cho",
            "có",
            "còn",
            "cùng",
            "cũng",
            "của",
            "do",
            "gồm",
            "khi",
            "không",
            "là",
            "mà",
            "một",
        ),
        *("nay", "này", "nên", "nhằm", "như", "những", "nói", "qua", "ra", "sau", "sẽ", "tại", "theo", "thì", "trên"),
        *("trong", "trước", "từ", "vào", "và", "về", "vì", "với", "đang", "đã", "để", "đến", "đối", "được", "ở"),
    }
)
_HAVE_OFFICES = frozenset({"Company", "GovernmentBody", "MediaOrganization", "Organization", "PoliticalParty"})
_NEW_IN_OFFICE = frozenset({"cựu", "nguyên", "phó", "quyền", "tân"})
_WITH_OFFICE = frozenset({"Chính phủ"})
_SIGN = regex.compile(r"[()\[\]“”‘’\"']")
_CLOSING = {"(": ")", "[": "]", "“": "”", "‘": "’"}
_BODIES = frozenset({"GovernmentBody", "PoliticalParty"})
_LONGEST_HEAD = 60
_LONGEST_LEVEL = 12
_TOKEN = regex.compile(r"\S+")
_SYLLABLE_AFTER_HYPHEN = regex.compile(r"-\p{Ll}+(?!\p{L})")


def complete_words(reading: Reading, names: Sequence[Name]) -> Iterator[Name]:
    """A name ends where its last word does: "Lee Hyun" of "Lee Hyun-jin" is read on, a part of a syllable too."""
    text = reading.text
    for name in names:
        start, end = name.start, name.end
        while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
            end += 1
        while start and text[start].isalnum() and text[start - 1].isalnum():
            start -= 1
        if name.type == "Person" and (rest := _SYLLABLE_AFTER_HYPHEN.match(text, end)):
            end = rest.end()
        yield moved(name, start, end)


def balance(reading: Reading, names: Sequence[Name]) -> Iterator[Name]:
    """Brackets and quotes that open in a name close in it: it is read on to the closing sign, or cut before."""
    text = reading.text
    for name in names:
        start, end = name.start, name.end
        if not _SIGN.search(text, start, end):
            yield name
            continue
        for opening, closing in _CLOSING.items():
            inner = text[start:end]
            opened, closed = inner.count(opening), inner.count(closing)
            if opened > closed:
                stop = text.find(closing, end, end + 60)
                if stop >= 0 and opening not in text[end:stop] and "\n" not in text[end:stop]:
                    end = stop + 1
                else:
                    end = start + inner.rindex(opening)
            elif closed > opened:
                if inner.index(closing) == len(inner) - 1:
                    end -= 1
                else:
                    start += inner.index(closing) + 1
        inner = text[start:end]
        if len(inner) > 2 and inner[0] + inner[-1] in ("“”", '""', "()", "‘’", "''"):
            start, end = start + 1, end - 1
        yield moved(name, start, end)


def strip_function_words(reading: Reading, names: Sequence[Name]) -> Iterator[Name]:
    """A name neither begins nor ends with a word that only joins it to its sentence: "Đại sứ quán Việt Nam tại"."""
    text = reading.text
    for name in names:
        start, end = name.start, name.end
        while end > start and text[text.rfind(" ", start, end) + 1 : end] in _FUNCTION_WORDS:
            end = max(start, text.rfind(" ", start, end))
        while start < end and text[start : (text.find(" ", start, end) + 1 or end + 1) - 1] in _FUNCTION_WORDS:
            start = text.find(" ", start, end) + 1 or end
        if start < end:
            yield moved(name, start, end)


def complete_known(reading: Reading, names: Sequence[Name]) -> Iterator[Name]:
    """A name that is the beginning of a known longer one is read on to its end, with what was torn off it."""
    done = 0
    for place, name in enumerate(names):
        if name.start < done:
            continue
        end = max(name.end, reading.gazetteer.longest_at(reading.text, name.start, len(reading.text)))
        done = max([end, *(other.end for other in names[place + 1 : place + 2] if other.start < end)])
        yield moved(name, name.start, done)


def join_parts(reading: Reading, names: Sequence[Name]) -> Iterator[Name]:
    """Two names of one class with only a space between are one: "Ban", "QLDA Đường sắt"."""
    pending: Name | None = None
    for name in names:
        if pending and pending.type == name.type in _HAVE_OFFICES and reading.text[pending.end : name.start] == " ":
            pending = moved(pending, pending.start, name.end)
            continue
        if pending:
            yield pending
        pending = name
    if pending:
        yield pending


def strip_offices(reading: Reading, names: Sequence[Name]) -> Iterator[Name]:
    """A body's name without the office in it: "Tổng Biên tập Báo Cần Thơ" → Báo Cần Thơ, not "Thủ tướng Chính phủ"."""
    for name in names:
        if name.type not in _HAVE_OFFICES:
            yield name
            continue
        words = [match.span() for match in _TOKEN.finditer(reading.text, name.start, name.end)]
        forms = [reading.text[start:end] for start, end in words]
        first = 0
        while first < len(forms) - 1 and forms[first].casefold() in _NEW_IN_OFFICE:
            first += 1
        step = _title_length(reading.titles, forms[first:])
        rest = " ".join(forms[first + step :])
        if step and (rest[:1].isupper() or reading.gazetteer.type_of_head(rest)) and rest not in _WITH_OFFICE:
            name = moved(name, words[first + step][0], name.end)
        yield name


def strip_titles(reading: Reading, names: Sequence[Name]) -> Iterator[Name]:
    """A person's name without the office or form of address before it and the words after it."""
    for name in names:
        if name.type != "Person":
            yield name
            continue
        words = [match.span() for match in _TOKEN.finditer(reading.text, name.start, name.end)]
        forms = [reading.text[start:end] for start, end in words]
        first, last = 0, len(forms)
        while first < last:
            step = _title_length(reading.titles, forms[first:last])
            if not step:
                break
            first += step
        while first < last and forms[first].islower() and forms[first] not in _PARTICLES:
            first += 1
        while first < last and forms[last - 1].islower():
            last -= 1
        if first == last:
            continue
        yield moved(name, words[first][0], words[last - 1][1])


def _title_length(titles: Titles, words: Sequence[str]) -> int:
    """How many of the first words are a title; 0 where they may be a name ("Anh Đức", "Tướng")."""
    for length in range(min(titles.longest, len(words) - 1), 0, -1):
        if tuple(word.casefold() for word in words[:length]) in titles.phrases:
            if length > 1 or words[0][0].islower() or words[0].isupper() or "." in words[0]:
                return length
            if words[0] in ("Ông", "Bà"):
                return length
    return 0


def strip_levels(reading: Reading, names: Sequence[Name]) -> Iterator[Name]:
    """An area's name without its level: "tỉnh Kanagawa" → Kanagawa, but "quận 1", "Thành phố Hồ Chí Minh"."""
    for name in names:
        if name.type == "AdministrativeArea":
            level = _LEVEL.match(reading.text, name.start, name.end)
            if level and level.end() < name.end and reading.text[level.end()].isupper():
                rest, whole = reading.text[level.end() : name.end], reading.form(name)
                separate = level[0][-1] in " ." or level[0][-1].isspace()
                if separate and (reading.gazetteer.lookup(rest) or not reading.gazetteer.lookup(whole)):
                    name = moved(name, level.end(), name.end)
        yield name


def restore_levels(reading: Reading, names: Sequence[Name]) -> Iterator[Name]:
    """An area's name with the level before it where only both together are known: "Thành phố", "Hồ Chí Minh"."""
    for name in names:
        level = _LEVEL_BEFORE.search(reading.text, max(0, name.start - _LONGEST_LEVEL), name.start)
        if name.type == "AdministrativeArea" and level and not reading.gazetteer.lookup(reading.form(name)):
            known = reading.gazetteer.lookup(reading.text[level.start() : name.end])
            name = moved(name, level.start(), name.end) if known else name
        yield name


def extend_bodies(reading: Reading, names: Sequence[Name]) -> Iterator[Name]:
    """A body named by its place has the place in its name: "UBND tỉnh Sóc Trăng", "chính phủ Nhật Bản"."""
    text, heads = reading.text, reading.gazetteer.placed_heads
    pending: Name | None = None
    for name in names:
        between = text[pending.end : name.start] if pending else ""
        if pending and name.type in AREAS and (_LEVEL_BETWEEN.fullmatch(between) or between == " tại "):
            pending = moved(pending, pending.start, name.end)
            continue
        if pending:
            yield pending
            pending = None
        if name.type in AREAS and (start := _head_before(reading, name.start, heads)) is not None:
            type_ = reading.gazetteer.type_of_head(text[start : name.end]) or "GovernmentBody"
            name = Name(start, name.end, type_, name.score)
        elif name.type in _BODIES and (
            normal_form(reading.form(name)).casefold() in heads or _MISSION.match(text, name.start, name.end)
        ):
            pending = name
            continue
        yield name
    if pending:
        yield pending


def extend_places(reading: Reading, names: Sequence[Name]) -> Iterator[Name]:
    """A place or school named after a person or an area has the word before in its name: "đường Trường Chinh"."""
    for name in names:
        if name.type in ("Person", "Place", "AdministrativeArea"):
            start = _head_before(reading, name.start, reading.gazetteer.naming_heads)
            if start is not None and reading.text[name.start].isupper():
                type_ = reading.gazetteer.type_of_head(reading.text[start : name.end])
                name = Name(start, name.end, type_ or name.type, name.score)
        yield name


def _head_before(reading: Reading, end: int, heads: frozenset[str]) -> int | None:
    """Where a head begins that stands right before in the sentence, with or without a level between."""
    sentence = reading.starts[bisect_right(reading.starts, end) - 1]
    before = reading.text[max(sentence, end - _LONGEST_HEAD) : end]
    words = [match.span() for match in _TOKEN.finditer(before)]
    forms = [before[start:stop].casefold() for start, stop in words]
    if not words or (words[-1][1] == len(before) and forms[-1] not in LEVELS):
        return None
    for length in (2, 1):
        if " ".join(forms[-length:]) in LEVELS:
            del words[-length:], forms[-length:]
            break
    for length in range(min(4, len(words)), 0, -1):
        if " ".join(forms[-length:]) in heads:
            return end - len(before) + words[-length][0]
    return None
