"""Which of the forms that an annotation lists for an entity are names, and of what extent.

An annotation lists all that stands for an entity: its name, short forms, titles ("Thủ tướng"),
generics ("tỉnh", "Tập đoàn"). Only names are labelled, without the title or level before them.
"""

from collections.abc import Iterable, Iterator

__all__ = ["name_forms"]

DESCRIPTIVE = {"Agreement", "Event", "Initiative", "Project"}
"""Classes whose names are descriptions; the words before them belong to them."""

# Capitalised forms of which only the first syllable is capital are generic, but these are names.
_PROPER = {"Chính phủ", "Quốc hội", "Đảng", "Nhà nước", "Trung ương", "Thành ủy", "Tỉnh ủy"}

# Single capitalised words that stand for something named before.
_GENERIC_WORDS = (
    "Ban Bảo Bệnh Bộ CLB Con Công Cơ Cục Dòng Dự Đoàn Đội Giải Hãng Hiệp Hội HĐQT HLV Huyện Khu Kế Liên Lễ"
    " Luật Mô Ngân Nhà Phường Quận Quỹ Sàn Siêu Sở Tập Thành Thư Tỉnh Tòa Toà Tổ Tổng Trung Trường Trận UBND"
    " Vùng Viện Xã Ủy"
)
_GENERIC = frozenset(_GENERIC_WORDS.split())

# An alias of a person that shares no word with the name and begins so is a title.
_TITLE_WORDS = (
    "Anh Bà Bác Bí Bộ Cha Chị Chủ Cô Cựu Đại Đặc Đức GS Giáo Giám Hiệu HLV Hoàng Họa Huấn Lãnh Linh Mục Nghệ"
    " Ngoại Người Nhà Nữ Ông PGS Phó Phu Quốc Quyền Quý Sư TS Tân Thái Thanh Thầy Thẩm Thị Thống Thủ Thứ Thượng"
    " Tiến Tổng Tướng Tư Vua"
)
_TITLES = frozenset(_TITLE_WORDS.split())


def name_forms(name: str, type_: str, aliases: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """The forms to label, each with whether it is the name itself; upper-case ones for headlines too."""
    seen = set()
    for form in (name, *aliases):
        named = form if form == name else _reduce(form, name, type_)
        for variant in (named, named.upper() if len(named) > 3 else ""):
            if variant and variant not in seen:
                seen.add(variant)
                yield variant, named == name


def _reduce(form: str, name: str, type_: str) -> str:
    """The part of an alias that is a name; empty if there is none."""
    if type_ == "Person":
        return _reduce_person(form, name)
    words, of_name = form.split(), name.split()
    if type_ not in DESCRIPTIVE:
        before = _before(words, of_name)
        if before is not None:
            return " ".join(words[before:])
    if not any(character.isupper() or character.isdigit() for character in form):
        return ""
    if form in _PROPER or any(not word[:1].islower() for word in words[1:]):
        return form
    if len(words) == 1:
        generic = words[0] in _GENERIC and name != form
        return "" if generic or words[0][:1].islower() else form
    # Only its first syllable is capital: a generic, unless the class is one of descriptions.
    return form if len(words) > 2 and words[0][:1].isupper() else ""


def _before(words: list[str], name: list[str]) -> int | None:
    """How many words stand before the name, where the words end with it or hold it; None if they do not."""
    for at in range(len(words) - len(name) + 1):
        if words[at : at + len(name)] == name:
            return at
    return None


def _reduce_person(form: str, name: str) -> str:
    words, of_name = form.split(), name.split()
    before = _before(words, of_name)
    if before is not None:
        return name
    for at in range(len(words)):
        if set(words[at:]) <= set(of_name):
            return " ".join(words[at:])
    if words and words[0] not in _TITLES and all(word[:1].isupper() or not word[:1].isalpha() for word in words):
        return form
    return ""
