"""Names as they are compared: without case, ways to write a tone or a dash, abbreviations, legal forms."""

from collections.abc import Mapping
from functools import cache, lru_cache

import regex

from kg.gazetteer import load_gazetteer, normal_form, read_abbreviations

ACRONYM = regex.compile(r"[\p{Lu}\d][\p{Lu}\d&.-]+")
_ABBREVIATED_LEVEL = regex.compile(r"\b(TP|TX|TT|Tp|Tx)[. ]+(?=\p{Lu})|\b(TP|TX)(?=\p{Lu}{2})")
_YOUTH = regex.compile(r"\bu[. -]?(\d\d)\b")
_EXPLAINED = regex.compile(r"\s*\([^()]*\)\s*$")
_LEVELS = {"tp": "thành phố", "tx": "thị xã", "tt": "thị trấn"}
_CITY = regex.compile(r"\b(?:thành phố )?(?:hcm|hồ chí minh)\b")

# The consonants and vowels that a Vietnamese syllable is made of, tones aside: "Palmer" and "Holden" are none.
_SYLLABLE = regex.compile(
    r"(?:ngh?|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?[aăâeêioôơuưy]{1,3}(?:ch|ng|nh|[cmnpt])?", regex.I
)
_TONES = regex.compile(r"[\u0300\u0301\u0309\u0303\u0323]")

# A company is known by what follows these; longer ones first.
_LEGAL = regex.compile(
    r"^(?:công ty (?:cổ phần |trách nhiệm hữu hạn )?(?:tập đoàn |một thành viên )?(?:thương mại )?|"
    r"tổng công ty (?:cổ phần )?|tập đoàn (?:công nghệ )?|ngân hàng (?:thương mại cổ phần )?|"
    r"hãng (?:xe điện |xe |hàng không |công nghệ )?|"
    r"doanh nghiệp tư nhân )(?=\S)"
)
_TEAM = regex.compile(
    r"^(?:đội tuyển(?: bóng đá)?(?: quốc gia)?|tuyển|đt|đtqg|đội bóng|câu lạc bộ(?: bóng đá)?|đội) (?=\S)|(?<=\S) fc$"
)
# The final round goes by the name of the tournament; a qualifying round does not.
_TOURNAMENT = regex.compile(r"^(?:giải (?:đấu |bóng đá )?|vck |vòng chung kết |kỳ (?=thi ))(?=\S+ \S)")


@cache
def _abbreviations() -> tuple[regex.Pattern[str], Mapping[str, str]]:
    full = read_abbreviations()
    forms = "|".join(regex.escape(form) for form in sorted(full, key=lambda form: (-len(form), form)))
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?:{forms})(?![\p{{L}}\p{{N}}])"), full


@lru_cache(maxsize=200_000)
def compared(name: str) -> str:
    """The name as it is compared, for any class. Diacritics count: Hùng and Hưng are two men.

    >>> compared("UBND TP.HCM"), compared("Bộ GD-ĐT"), compared("Công ty Hoà Phát")
    ('ủy ban nhân dân thành phố hồ chí minh', 'bộ giáo dục và đào tạo', 'công ty hòa phát')
    """
    form = _ABBREVIATED_LEVEL.sub(lambda m: _LEVELS[(m[1] or m[2]).lower()] + " ", normal_form(name))
    pattern, full = _abbreviations()
    form = pattern.sub(lambda match: full[match[0]], form).casefold()
    form = _YOUTH.sub(r"u\1", form.replace("uỷ ban", "ủy ban").replace(" & ", " và "))
    form = _CITY.sub("thành phố hồ chí minh", form)
    return " ".join(form.split())


@lru_cache(maxsize=200_000)
def compared_person(name: str) -> str:
    """A person's name as it is compared: a dash is a space ("Han Min-seo"), stops after initials do not count."""
    return " ".join(normal_form(name).casefold().replace("-", " ").replace(".", " ").split())


def core(name: str, type: str) -> str:
    """What the name of a company, club, team, event or product comes down to without its legal form, kind or maker.

    >>> core("Công ty CP Tập đoàn Hoa Sen", "Company"), core("Đội tuyển Việt Nam", "Organization")
    ('hoa sen', 'việt nam')
    """
    form = _EXPLAINED.sub("", compared(name))
    if type == "Company":
        return _LEGAL.sub("", form)
    if type == "Project":
        return _without_maker(name, form)
    if type == "Event":
        return _TOURNAMENT.sub("", _TOURNAMENT.sub("", form))
    return _TEAM.sub("", form) if type == "Organization" else form


def _without_maker(name: str, form: str) -> str:
    maker, _, rest = name.partition(" ")
    entry = load_gazetteer().lookup(maker)
    own = len(rest.split()) > 1 and any(map(str.isdigit, rest))
    return form.split(" ", 1)[1] if own and entry and entry.type == "Company" else form


def has_legal_form(name: str) -> bool:
    """Whether a name begins as those of companies do: "Ngân hàng ACB"."""
    return _LEGAL.match(compared(name)) is not None


def without_explanation(name: str) -> str:
    """The name without what stands in brackets behind it: "Tổ chức Thương mại thế giới (WTO)"."""
    return _EXPLAINED.sub("", name)


@lru_cache(maxsize=50_000)
def is_vietnamese_syllable(word: str) -> bool:
    """Whether one word can be a Vietnamese family or given name, which thousands share."""
    from unicodedata import normalize

    bare = normalize("NFC", _TONES.sub("", normalize("NFD", word.casefold())))
    return _SYLLABLE.fullmatch(bare) is not None


def is_vietnamese_name(name: str) -> bool:
    """Whether a full name of three words or more is made of Vietnamese syllables."""
    words = name.split()
    return len(words) > 2 and all(map(is_vietnamese_syllable, words))


def initials(name: str) -> str:
    """The first letters of the words, as an acronym has them."""
    return "".join(word[0] for word in compared(name).split() if word[0].isalnum()).upper()
