"""Offices in a sentence ("Phó Chủ tịch", "cựu Bộ trưởng Quốc phòng") and the persons they are said of."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.annotation.phrases import PhraseIndex, Words
from kg.ontology import Lexicon
from kg.recognition import Name

# Offices that are also everyday words: in lower case they count only beside a person.
_EVERYDAY = frozenset(
    "lãnh đạo|ứng viên|ứng cử viên|đối tác|chỉ huy|chứng minh|đại diện|quản lý|quyền|thành viên|thư ký|trợ lý|vua|chủ nhiệm|cố vấn|người đứng đầu|thủ lĩnh"
    "|đại biểu|đội trưởng|nhà lãnh đạo|phái viên|nhà sáng lập|người sáng lập|đồng sáng lập|công chúa|hoàng tử"
    "|nữ hoàng|trụ trì|giám thị|thẩm phán|công tố viên|chỉ huy trưởng|thuyền trưởng".split("|")
)
_DIRECTION = frozenset({"nguyên", "cựu", "cố", "tân", "đương", "kim", "nữ"})
_LINKS = frozenset({",", "-", "–", "—", "(", ")", ":", "kiêm", "đồng", "thời", "và", "của", "tại", "là", "/", '"', "“", "”"})
_AFTER_PERSON = frozenset({",", "-", "–", "—", "(", ":"})
_BECOMING = ("là", "làm", "giữ chức", "giữ chức vụ", "giữ vị trí", "đảm nhiệm", "trở thành", "được bầu làm", "kiêm",
             "giữ cương vị", "được bổ nhiệm làm", "được bổ nhiệm giữ chức", "được bổ nhiệm giữ chức vụ")  # fmt: skip
_BODIES = ("Company", "GovernmentBody", "PoliticalParty", "MediaOrganization", "Organization", "AdministrativeArea")
_FARTHEST = 14


@dataclass(frozen=True, slots=True)
class Office:
    """An office as found: `words` are its half-open range of words, `text` as a position is written.

    `holder` is the index of a name (a Person) in the sentence's names, or None; `before` tells on which side of the
    office the holder stands. `body` is the index of the name right after the office ("Chủ tịch | UBND tỉnh").
    """

    words: tuple[int, int]
    start: int
    end: int
    text: str
    former: bool
    holder: int | None
    body: int | None


@cache
def _indices(
    titles: tuple[str, ...], portfolios: tuple[str, ...], honorifics: tuple[str, ...], bodies: tuple[str, ...]
) -> tuple[PhraseIndex[str], PhraseIndex[str], PhraseIndex[str], PhraseIndex[str]]:
    return (
        PhraseIndex({t: t for t in titles}),
        PhraseIndex({p: p for p in portfolios}),
        PhraseIndex({h: h for h in honorifics}),
        PhraseIndex({h: h for h in bodies}),
    )


def find_offices(words: Words, names: Sequence[Name], at: Sequence[int | None], lexicon: Lexicon) -> list[Office]:
    """The offices of a sentence in order. `at[i]` is the index in `names` of the name that covers word i, or None."""
    bodies = tuple(head for type_ in _BODIES for head in lexicon.heads.get(type_, ()) if head[0].isupper())
    titles, portfolios, honorifics, heads = _indices(
        lexicon.words["title"], lexicon.words["portfolio"], lexicon.words["honorific"], bodies
    )
    raw: list[tuple[int, int, bool]] = []
    i = 0
    while i < len(words):
        lengths = (length for length, _ in titles.all_at(words.lower, i))
        length = next((n for n in lengths if all(at[j] is None for j in range(i, i + n))), 0)
        if not length:
            i += 1
            continue
        first, last = i, i + length
        former = False
        while first > 0 and at[first - 1] is None and words.lower[first - 1] in _DIRECTION:
            former = former or words.lower[first - 1] in {"nguyên", "cựu", "cố"}
            first -= 1
        first = last - length
        if first > 0 and words.lower[first - 1] in {"phó", "quyền", "đồng"} and at[first - 1] is None:
            first -= 1
        last = _portfolio_end(words, at, last, portfolios, honorifics, heads)
        raw.append((first, last, former))
        i = last
    taken = {j for first, last, _ in raw for j in range(first, last)}
    offices: list[Office] = []
    for first, last, former in raw:
        holder = _holder_after(words, names, at, last, taken, honorifics)
        if holder is None:
            holder = _holder_before(words, names, at, first, taken, honorifics)
        if holder is None and offices and _chained(words, names, at, offices[-1].words[1], first):
            holder = offices[-1].holder
        text = " ".join(_joined(words, first, last))
        if holder is None and text.lower() in _EVERYDAY and not words.written[first][0].isupper():
            continue
        offices.append(
            Office(
                (first, last), words.spans[first][0], words.spans[last - 1][1], text, former, holder,
                _body(words, names, at, last),
            )  # fmt: skip
        )
    return offices


def _joined(words: Words, first: int, last: int) -> list[str]:
    return [words.written[j] for j in range(first, last)]


def _chained(words: Words, names: Sequence[Name], at: Sequence[int | None], start: int, end: int) -> bool:
    """Whether one office follows another as a further office of the same person: "Ủy viên …, Bí thư …, Bộ trưởng …"."""
    between = [j for j in range(start, end) if at[j] is None]
    if any(at[j] is not None and names[at[j]].type == "Person" for j in range(start, end)):  # type: ignore[index]
        return False
    lower = [words.lower[j] for j in between]
    return (
        len(between) <= _FARTHEST
        and not any(_verb_like(word) and word not in {"và", "là"} for word in lower)
        and (end == start or lower[-1:] in [[","], ["kiêm"], ["và"], [";"], ["thời"], ["là"], ["-"], ["–"]])
    )


def _portfolio_end(
    words: Words, at: Sequence[int | None], last: int, portfolios: PhraseIndex[str], honorifics: PhraseIndex[str],
    heads: PhraseIndex[str],
) -> int:  # fmt: skip
    """Where the office ends when "Quốc phòng", "Công nghiệp và Thương mại" are counted in."""
    last = _listed_end(words, at, last, portfolios)
    # An unlisted portfolio: "Trưởng phòng Tham mưu | Trần …", "Trưởng phòng Cảnh sát kinh tế, …".
    end = last
    if last < len(words) and heads.longest_at(words.lower, last):
        return last
    while end < len(words) and end - last < 4 and at[end] is None and words.lower[end].isalpha():
        if _verb_like(words.lower[end]) or honorifics.longest_at(words.lower, end) or words.lower[end] in _LINKS:
            break
        end += 1
    closed = end == len(words) or at[end] is not None or not words.lower[end].isalpha() or words.lower[end] in _LINKS
    closed = closed or bool(honorifics.longest_at(words.lower, end)) if end < len(words) else closed
    return end if end > last and closed and words.written[last][0].isupper() else last


def _listed_end(words: Words, at: Sequence[int | None], last: int, portfolios: PhraseIndex[str]) -> int:
    while last < len(words) and at[last] is None:
        skip = 1 if words.lower[last] in {"và", ","} and last + 1 < len(words) and at[last + 1] is None else 0
        found = portfolios.longest_at(words.lower, last + skip)
        if not found or (skip and not words.written[last + skip][0].isupper()):
            break
        if any(at[j] is not None for j in range(last + skip, last + skip + found[0])):
            break
        last += skip + found[0]
    return last


def _body(words: Words, names: Sequence[Name], at: Sequence[int | None], last: int) -> int | None:
    """The name that follows an office directly, a level word ("tỉnh") or "của" between them at most."""
    for j in range(last, min(last + 3, len(words))):
        index = at[j]
        if index is not None:
            return None if names[index].type == "Person" else index
        if not words.lower[j].isalpha():
            return None
    return None


def _holder_after(
    words: Words, names: Sequence[Name], at: Sequence[int | None], start: int, taken: set[int],
    honorifics: PhraseIndex[str],
) -> int | None:  # fmt: skip
    """The person whom an office before the name belongs to: only bodies, further offices and forms of address between."""
    j, bodies, breaks = start, 0, 0
    while j < min(len(words), start + _FARTHEST * 2):
        index = at[j]
        if index is not None and names[index].type == "Person":
            return index
        if index is not None:
            bodies += 1
            j = _after_name(at, j)
            continue
        if j in taken:
            j += 1
            continue
        found = honorifics.longest_at(words.lower, j)
        if found:
            j += found[0]
            continue
        if words.lower[j] in {",", "và", "kiêm", ";", "đồng", "thời"}:
            nearby = [k for k in range(j + 1, min(j + 4, len(words))) if k in taken]
            address = j + 1 < len(words) and honorifics.longest_at(words.lower, j + 1)
            if not nearby and not (words.lower[j] == "," and address):
                return None
            breaks += 1
            j += 1
            continue
        if words.lower[j] in {"(", ")", "của", "-", "–", "tỉnh", "thành", "phố", "huyện", "quận", "xã", "phường", "tại", "."}:
            j += 1
            continue
        if bodies == 0 and j - start < 5 and words.lower[j].isalpha() and not _verb_like(words.lower[j]):
            j += 1
            continue
        return None
    return None


def _verb_like(word: str) -> bool:
    return word in {"đã", "sẽ", "đang", "vừa", "cho", "nói", "có", "được", "bị", "đến", "tới", "cũng", "và", "là", "rằng", "khẳng",
                    "nhấn", "đề", "yêu", "tiếp", "gặp", "thăm", "không", "chưa", "phải", "với", "trong", "khi", "sau", "trước"}  # fmt: skip


def _after_name(at: Sequence[int | None], j: int) -> int:
    index = at[j]
    while j < len(at) and at[j] == index:
        j += 1
    return j


def _holder_before(
    words: Words, names: Sequence[Name], at: Sequence[int | None], first: int, taken: set[int],
    honorifics: PhraseIndex[str],
) -> int | None:  # fmt: skip
    """The person whom an office after the name belongs to: "X, Chủ tịch …", "X – Giám đốc", "X làm Giám đốc"."""
    j = first - 1
    while j >= 0 and (words.lower[j] in _DIRECTION or j in taken or _is_link(words, at, j)):
        j -= 1
    steps = 0
    while j >= 0 and steps < _FARTHEST:
        index = at[j]
        if index is not None and names[index].type == "Person":
            between = [words.lower[k] for k in range(j + 1, first) if at[k] is None]
            if between and (between[0] in _AFTER_PERSON or " ".join(between) in _BECOMING):
                return index
            return None
        if index is not None or j in taken or words.lower[j] in _LINKS:
            j -= 1
        elif words.lower[j].isalpha() and any(k in taken for k in range(max(0, j - 4), j)):
            j -= 1
        elif " ".join(words.lower[max(0, j - 5) : first]).endswith(_BECOMING):
            j -= 1
        else:
            return None
        steps += 1
    return None


def _is_link(words: Words, at: Sequence[int | None], j: int) -> bool:
    return at[j] is None and words.lower[j] in _LINKS
