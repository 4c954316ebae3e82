"""Vietnamese text: normal form, tone marks, folding, slugs, and sentences as spans that never move a character."""

import unicodedata
from collections import Counter

import regex

from kg.model import Span

_FOLD_EXTRA = str.maketrans({"đ": "d", "Đ": "D"})
_NO_SLUG = regex.compile(r"[^a-z0-9]+")
_SPACES = regex.compile(r"\s+")

# A full stop after these does not end a sentence: forms of address, cities, ranks, initials.
_ABBREVIATION = regex.compile(
    r"(?:\b(?:TP|Tp|T\.P|GS|TS|PGS|ThS|Th\.S|BS|KTS|LS|TTg|Th|St|Mr|Mrs|Ms|Dr|Jr|vs|Q|P|T|tr|Nxb|No|H|F|ĐT|Co|Corp|Inc|Ltd"
    r"|NXB|TX|TT|đ/c|Đ/c)|\b\p{Lu})\.$"
)
_END = regex.compile(r"[.!?…]++[\"”’')\]]*+\s++(?=[\"“‘'(\[]*+[\p{Lu}\p{Nd}–-])")
_LINE = regex.compile(r"[^\n]+")
_LONGEST_LOOK_BACK = 8

_TONES = str.maketrans("òóỏõọèéẻẽẹỳýỷỹỵàáảãạ", "ooooo" + "eeeee" + "yyyyy" + "aaaaa")
_MARKED = {"a": "àáảãạ", "e": "èéẻẽẹ", "y": "ỳýỷỹỵ", "o": "òóỏõọ", "u": "ùúủũụ"}
_NEW_TONE = regex.compile(r"(?i)(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?!\p{L})")


def nfc(text: str) -> str:
    """The text in Unicode normal form C, the only one used inside the program."""
    return unicodedata.normalize("NFC", text)


def place_tones(text: str) -> str:
    """The text with tone marks where the press puts them (hoà → hòa, khoẻ → khỏe, thuỷ → thủy); no offset moves.

    >>> place_tones("Thuỵ Sĩ, Khánh Hoà, quý")
    'Thụy Sĩ, Khánh Hòa, quý'
    """
    return _NEW_TONE.sub(lambda match: _moved(match[0]), text)


def _moved(rhyme: str) -> str:
    first, marked = rhyme[0], rhyme[1]
    bare = marked.lower().translate(_TONES)
    tone = _MARKED[bare].index(marked.lower())
    moved = _MARKED[first.lower()][tone]
    return (moved.upper() if first.isupper() else moved) + (bare.upper() if marked.isupper() else bare)


def fold(text: str) -> str:
    """The text without case and diacritics, spaces single, for looking up what people type.

    >>> fold("  Đà  Nẵng ")
    'da nang'
    """
    bare = unicodedata.normalize("NFD", text.translate(_FOLD_EXTRA))
    kept = "".join(c for c in bare if not unicodedata.combining(c))
    return _SPACES.sub(" ", kept).strip().casefold()


def slug(text: str, *, longest: int = 48) -> str:
    """ASCII letters and digits joined by hyphens, at most `longest` characters; "x" where nothing is left.

    >>> slug("Tô Lâm")
    'to-lam'
    """
    ascii_ = fold(text).encode("ascii", "ignore").decode()
    return _NO_SLUG.sub("-", ascii_).strip("-")[:longest].rstrip("-") or "x"


def sentence_spans(text: str) -> tuple[Span, ...]:
    """The sentences of a text, in order, without the white space around them.

    A line break always ends a sentence; so do a full stop, question or exclamation mark before a capital, a digit or
    a dash, except after an abbreviation ("TP.", "GS.") or an initial.
    """
    spans = []
    for line in _LINE.finditer(text):
        start = line.start()
        for end in _END.finditer(text, line.start(), line.end()):
            if not _ABBREVIATION.search(text, max(start, end.start() - _LONGEST_LOOK_BACK), end.start() + 1):
                spans.append((start, end.end()))
                start = end.end()
        spans.append((start, line.end()))
    return tuple(span for span in (_trim(text, *pair) for pair in spans) if span.start < span.end)


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def is_vietnamese(text: str) -> bool:
    """Whether one letter in fifteen, or more, is đ or has a mark; in Vietnamese one in four does, in French one in 25.

    >>> is_vietnamese("Ông Mark Holden là công dân Australia."), is_vietnamese("The café is closed on Mondays, again.")
    (True, False)
    """
    letters = {c: count for c, count in Counter(nfc(text)).items() if c.isalpha()}
    marked = sum(count for c, count in letters.items() if c in "đĐ" or len(unicodedata.normalize("NFD", c)) > 1)
    return 15 * marked >= sum(letters.values()) > 0
