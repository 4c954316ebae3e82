"""Offices in a sentence ("Phó Chủ tịch", "cựu Bộ trưởng Quốc phòng") and the persons they are said of."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.annotation.phrases import PhraseIndex
from kg.ontology import Lexicon
from kg.recognition import Name
from kg.recognition.words import Words


def _phrases(text: str) -> frozenset[str]:
    return frozenset(text.split("|"))


# Offices that are also everyday words: in lower case they count only beside a person.
_EVERYDAY = _phrases(
    "chỉ huy|chứng minh|chủ nhiệm|công chúa|công tố viên|cố vấn|giám thị|hoàng tử|lãnh đạo|người sáng lập"
    "|người đứng đầu|nhà lãnh đạo|nhà sáng lập|nữ hoàng|phái viên|quản lý|thuyền trưởng|thành viên|thư ký|thẩm phán"
    "|thủ lĩnh|trợ lý|trụ trì|vua|đại biểu|đại diện|đối tác|đồng sáng lập|đội trưởng|ứng cử viên|ứng viên"
    "|chỉ huy trưởng|quyền"
)
_FORMER = _phrases("nguyên|cựu|cố")
_DIRECTION = _FORMER | _phrases("tân|đương|kim|nữ")
_PART_OF_OFFICE = _phrases("phó|quyền|đồng")
_JOINS = _phrases(",|và|kiêm|;|đồng|thời")
_PASSED_AFTER = _phrases("(|)|của|-|–|tỉnh|thành|phố|huyện|quận|xã|phường|tại|.")
_LINKS = _phrases(',|-|–|—|(|)|:|kiêm|đồng|thời|và|của|tại|là|/|"|“|”')
_AFTER_PERSON = _phrases(",|-|–|—|(|:")
_CHAIN_ENDS = _phrases(",|kiêm|và|;|thời|là|-|–")
_BECOMING = (
    "là",
    "làm",
    "giữ chức",
    "giữ chức vụ",
    "giữ vị trí",
    "giữ cương vị",
    "đảm nhiệm",
    "trở thành",
    "kiêm",
    "được bầu làm",
    "được bổ nhiệm làm",
    "được bổ nhiệm giữ chức",
    "được bổ nhiệm giữ chức vụ",
)
_VERBAL = _phrases(
    "đã|sẽ|đang|vừa|cho|nói|có|được|bị|đến|tới|cũng|và|là|rằng|khẳng|nhấn|đề|yêu|tiếp|gặp|thăm|không|chưa|phải|với"
    "|trong|khi|sau|trước"
)
_BODIES = ("Company", "GovernmentBody", "PoliticalParty", "MediaOrganization", "Organization", "AdministrativeArea")
_FARTHEST = 14
_LONGEST_PORTFOLIO = 4


@dataclass(frozen=True, slots=True)
class Office:
    """An office as found: `words` are its half-open range of words, `text` as a position is written.

    `holder` is the index of a name (a Person) in the sentence's names, or None; `body` is the index of the name right
    after the office ("Chủ tịch | UBND tỉnh").
    """

    words: tuple[int, int]
    start: int
    end: int
    text: str
    former: bool
    holder: int | None
    body: int | None


@dataclass(frozen=True, slots=True)
class _Lists:
    titles: PhraseIndex[str]
    portfolios: PhraseIndex[str]
    address: PhraseIndex[str]
    heads: PhraseIndex[str]
    verbs: PhraseIndex[str]


# By the identity of a lexicon, which is kept: its words are too many to compare for each sentence.
_KNOWN: dict[int, tuple[Lexicon, _Lists]] = {}


def _lists_of(lexicon: Lexicon) -> _Lists:
    if id(lexicon) not in _KNOWN:
        bodies = [head for type_ in _BODIES for head in lexicon.heads.get(type_, ()) if head[0].isupper()]
        verbs = [form for one in lexicon.expressions if one.frame != "Noun" for form in one.forms]
        words = lexicon.words
        phrases = (words["title"], words["portfolio"], words["honorific"], bodies, verbs)
        _KNOWN[id(lexicon)] = lexicon, _Lists(*(PhraseIndex((one, one) for one in forms) for forms in phrases))
    return _KNOWN[id(lexicon)][1]


def find_offices(words: Words, names: Sequence[Name], at: Sequence[int | None], lexicon: Lexicon) -> list[Office]:
    """The offices of a sentence in order. `at[i]` is the index in `names` of the name that covers word i, or None."""
    return _Finder(words, names, at, _lists_of(lexicon)).find()


class _Finder:
    """One sentence; words of offices found so far are `taken`."""

    def __init__(self, words: Words, names: Sequence[Name], at: Sequence[int | None], lists: _Lists) -> None:
        self.words, self.names, self.at, self.lists = words, names, at, lists
        self.lower = words.lower
        self.first_comma: int | None = None
        self.taken: set[int] = set()

    def find(self) -> list[Office]:
        ranges = list(self._ranges())
        self.taken = {w for first, last, _ in ranges for w in range(first, last)}
        self.first_comma = self._first_comma(ranges[0][0]) if ranges else None
        offices: list[Office] = []
        for first, last, former in ranges:
            holder = self._holder_after(last)
            if holder is None and not self._acts(first, last):
                holder = self._holder_before(first)
            if holder is None and offices and self._chained(offices[-1].words[1], first):
                holder = offices[-1].holder
            text = " ".join(self.words.written[first:last])
            if holder is None and text in _EVERYDAY:
                continue
            start, end = self.words.spans[first][0], self.words.spans[last - 1][1]
            offices.append(Office((first, last), start, end, text, former, holder, self._body(last)))
        return offices

    def _ranges(self) -> list[tuple[int, int, bool]]:
        """First word, word after the last, and whether the office is a past one."""
        ranges = []
        last = 0
        for w in self.lists.titles.starts(self.lower):
            length = self._office_length(w) if w >= last and self.at[w] is None else 0
            if not length:
                continue
            before = w
            while before > 0 and self.at[before - 1] is None and self.lower[before - 1] in _DIRECTION:
                before -= 1
            former = any(word in _FORMER for word in self.lower[before:w])
            inside = w > 0 and self.lower[w - 1] in _PART_OF_OFFICE and self.at[w - 1] is None
            last = self._portfolio_end(w + length)
            ranges.append((w - 1 if inside else w, last, former))
        return ranges

    def _office_length(self, w: int) -> int:
        """How many words the longest listed office at `w` has that no name runs into; 0 if there is none."""
        for length, _ in self.lists.titles.all_at(self.lower, w):
            if all(self.at[k] is None for k in range(w, w + length)):
                return length
        return 0

    def _portfolio_end(self, last: int) -> int:
        """Where the office ends when "Quốc phòng", "Công nghiệp và Thương mại", "Cảnh sát kinh tế" are counted in."""
        last = self._listed_portfolio_end(last)
        if last >= len(self.words) or not self.words.written[last][0].isupper():
            return last
        if self.lists.heads.longest_at(self.lower, last):
            return last
        end = last
        while end < len(self.words) and end - last < _LONGEST_PORTFOLIO and self._is_plain(end):
            end += 1
        closed = end == len(self.words) or self.at[end] is not None or not self.lower[end].isalpha()
        closed = closed or self.lower[end] in _LINKS or bool(self.lists.address.longest_at(self.lower, end))
        return end if closed else last

    def _is_plain(self, w: int) -> bool:
        word = self.lower[w]
        free = self.at[w] is None and word.isalpha() and word not in _VERBAL and word not in _LINKS
        return free and not self.lists.address.longest_at(self.lower, w)

    def _listed_portfolio_end(self, last: int) -> int:
        while last < len(self.words) and self.at[last] is None:
            more = last + 1 < len(self.words) and self.at[last + 1] is None
            skip = 1 if self.lower[last] in {"và", ","} and more else 0
            found = self.lists.portfolios.longest_at(self.lower, last + skip)
            if not found or (skip and not self.words.written[last + skip][0].isupper()):
                break
            end = last + skip + found[0]
            if any(self.at[k] is not None for k in range(last + skip, end)):
                break
            last = end
        return last

    def _body(self, last: int) -> int | None:
        """The name that follows an office directly, a level word ("tỉnh") or "của" between them at most."""
        for w in range(last, min(last + 3, len(self.words))):
            index = self.at[w]
            if index is not None:
                return None if self.names[index].type == "Person" else index
            if not self.lower[w].isalpha():
                return None
        return None

    def _holder_after(self, start: int) -> int | None:
        """The person right after an office: only bodies, further offices and forms of address between."""
        w, bodies = start, 0
        while w < min(len(self.words), start + 2 * _FARTHEST):
            index = self.at[w]
            address = self.lists.address.longest_at(self.lower, w) if index is None and w not in self.taken else None
            if index is not None and self.names[index].type == "Person":
                return index
            if index is not None:
                bodies += 1
                w = self._after_name(w)
            elif w in self.taken:
                w += 1
            elif address:
                w += address[0]
            elif self.lower[w] in _JOINS:
                if not self._goes_on(w):
                    return None
                w += 1
            elif self.lower[w] in _PASSED_AFTER or (not bodies and w - start < 5 and self._is_body_word(w)):
                w += 1
            else:
                return None
        return None

    def _first_comma(self, first: int) -> int | None:
        """The comma that ends a verb phrase before its subject: "Tiếp Thống đốc Kanagawa, Tổng Bí thư …"."""
        verb = self.lists.verbs.longest_at(self.lower, 0) if first and self.at[0] is None else None
        return self.lower.index(",") if verb and verb[0] == first and "," in self.lower else None

    def _goes_on(self, w: int) -> bool:
        """Whether a further office, or after a comma a form of address, follows the joining word `w`."""
        if w == self.first_comma:
            return False
        if any(k in self.taken for k in range(w + 1, min(w + 4, len(self.words)))):
            return True
        more = w + 1 < len(self.words)
        return more and self.lower[w] == "," and bool(self.lists.address.longest_at(self.lower, w + 1))

    def _is_body_word(self, w: int) -> bool:
        return self.lower[w].isalpha() and self.lower[w] not in _VERBAL

    def _after_name(self, w: int) -> int:
        index = self.at[w]
        while w < len(self.words) and self.at[w] == index:
            w += 1
        return w

    def _holder_before(self, first: int) -> int | None:
        """The person before an office: "X, Chủ tịch …", "X – Giám đốc", "X làm Giám đốc"."""
        w = first - 1
        while w >= 0 and (self.lower[w] in _DIRECTION or w in self.taken or self._is_link(w)):
            w -= 1
        for _ in range(_FARTHEST):
            if w < 0:
                return None
            index = self.at[w]
            if index is not None and self.names[index].type == "Person":
                between = [self.lower[k] for k in range(w + 1, first) if self.at[k] is None]
                apposed = bool(between) and (between[0] in _AFTER_PERSON or " ".join(between) in _BECOMING)
                return index if apposed else None
            if index is None and w not in self.taken and self.lower[w] not in _LINKS:
                after_office = self.lower[w].isalpha() and any(k in self.taken for k in range(max(0, w - 4), w))
                if not after_office and not " ".join(self.lower[max(0, w - 5) : first]).endswith(_BECOMING):
                    return None
            w -= 1
        return None

    def _acts(self, first: int, last: int) -> bool:
        """Whether an office after a comma is no apposition but begins a clause: "…, Tổng Bí thư bày tỏ …"."""
        after_comma = first > 0 and self.lower[first - 1] == ","
        goes_on = last < len(self.words) and self.at[last] is None and self.lower[last].isalpha()
        return after_comma and goes_on and self.lower[last] not in _LINKS and self._body(last) is None

    def _is_link(self, w: int) -> bool:
        return self.at[w] is None and self.lower[w] in _LINKS

    def _chained(self, start: int, end: int) -> bool:
        """Whether one office follows another of the same person: "Ủy viên …, Bí thư …, Bộ trưởng …"."""
        indices = {self.at[w] for w in range(start, end)} - {None}
        if any(index is not None and self.names[index].type == "Person" for index in indices):
            return False
        between = [self.lower[w] for w in range(start, end) if self.at[w] is None]
        plain = not any(word in _VERBAL and word not in {"và", "là"} for word in between)
        return (
            len(between) <= _FARTHEST and plain and (start == end or between[-1:] == [] or between[-1] in _CHAIN_ENDS)
        )
