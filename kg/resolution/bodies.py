"""Companies, bodies of the state, clubs and the like by tables, abbreviations, legal forms and places in their names.

"UBND tỉnh Bắc Ninh", "Ủy ban nhân dân Bắc Ninh" are one. A body that is named by what it is alone ("Bộ Ngoại
giao", "Công an tỉnh") is that of the one place that its article is about, or nobody's:
then it is joined with no other.
"""

from functools import cache, lru_cache

import regex

from kg.gazetteer import load_gazetteer
from kg.model import BODIES, Entity
from kg.resolution.names import compared, core, without_explanation
from kg.resolution.values import Context, Identity

_LOCATIONS = ("Country", "AdministrativeArea", "Place")
# Bodies of the province, district or commune that are called so within it.
_LOCAL = regex.compile(
    r"^(?:công an|ủy ban nhân dân|hội đồng nhân dân|tòa án nhân dân|viện kiểm sát nhân dân|tỉnh ủy|thành ủy|huyện ủy|"
    r"quận ủy|thị ủy|đảng ủy|tỉnh đoàn|thành đoàn|sở|ban quản lý|bộ chỉ huy quân sự|cơ quan cảnh sát điều tra|"
    r"ủy ban mặt trận tổ quốc|chi cục|cục thuế|phòng)\b"
)
# Named after people, numbers and virtues, the same in every province.
_COMMON = regex.compile(
    r"^(?:(?:trường )?(?:trung học|tiểu học|mầm non|mẫu giáo)|đường|phố|ngõ|hẻm|chợ|cầu|sông|núi|hồ|chùa|đình|đền"
    r"|bệnh viện (?:đa khoa|quân y)|công viên|quảng trường|tòa án nhân dân khu vực"
    r"|viện kiểm sát nhân dân khu vực|ga|bến xe|khu phố|thôn|ấp|xóm|tổ)\b"
)
_HOME = " việt nam"
_POLICE = regex.compile(r"công an (?!xã|phường|huyện|quận|thị)\S.*")
# "Sở Văn hóa - Thể thao", "Sở Văn hóa và Thể thao"
_JOINS = regex.compile(r"\s*(?:,|-|&|\bvà\b)\s*")
_ONLY_ABROAD = frozenset(("thượng viện", "hạ viện", "tòa án tối cao", "ngân hàng trung ương"))
_LEVEL_LAST = regex.compile(r"\s(?:tỉnh|thành phố|huyện|quận|thị xã|phường|xã|khu vực)$")
_LEVEL_INSIDE = regex.compile(r"\s(tỉnh|thành phố|huyện|quận|thị xã|phường|xã|khu vực)\s(\S.*)$")


@cache
def _national() -> frozenset[str]:
    """Bodies of which every state has one; compared names."""
    gazetteer = load_gazetteer()
    return frozenset(map(compared, gazetteer.placed_heads)) | {"nhà nước", "ngân hàng nhà nước", "tòa án tối cao"}


def identify_body(entity: Entity, context: Context) -> Identity | None:
    """The body that the entity is, by its name and its article; None if its class is another."""
    if entity.type not in BODIES:
        return None
    written = with_usual_countries(without_explanation(entity.name))
    name = compared(written)
    if entity.type in ("GovernmentBody", "Organization") and context.sport and _POLICE.fullmatch(_placed(name)):
        return Identity(("Body", f"câu lạc bộ {_placed(name)}"), type="Organization", rule="club")
    if entity.type == "GovernmentBody" and is_of_home(name):
        return Identity(("Body", name.removesuffix(_HOME)), rule="body of the home state")
    if (scope := scope_of(name, context)) is not None:
        return scope
    gazetteer = load_gazetteer()
    for form in dict.fromkeys((entity.name, without_explanation(entity.name), name)):
        entry = gazetteer.lookup(form)
        if entry and entry.type not in _LOCATIONS and entry.type in BODIES and not entry.ambiguous:
            known = compared(entry.name)
            key = known.removesuffix(_HOME) if is_of_home(known) else known
            return Identity(("Body", key), entry.name, entry.type, "gazetteer")
    if entity.type == "Organization" and (country := _playing(entity.name, context)):
        return country
    return Identity(("Body", _placed(_JOINS.sub(" ", name) if entity.type == "GovernmentBody" else name)))


@lru_cache(maxsize=100_000)
def with_usual_countries(name: str) -> str:
    """The name with the countries in it called as the press mostly calls them.

    >>> with_usual_countries("Đại sứ quán Hoa Kỳ tại Úc")
    'Đại sứ quán Mỹ tại Australia'
    """
    parts, at = [], 0
    for start, end, entry in load_gazetteer().scan(name, 0, len(name)):
        if entry.type == "Country" and not entry.ambiguous:
            parts += [name[at:start], entry.name]
            at = end
    return "".join((*parts, name[at:]))


def is_of_home(name: str) -> bool:
    """Whether a compared name is that of a body of which every state has one, with Việt Nam behind it."""
    body = name.removesuffix(_HOME)
    return body != name and (body in _national() or body.startswith("bộ "))


def _playing(name: str, context: Context) -> Identity | None:
    """A national team; a country that is no state but plays ("Việt Nam thắng Lào") is its team."""
    rest = core(name, "Organization").count(" ") + 1
    entry = load_gazetteer().lookup(" ".join(name.split()[-rest:]))
    if entry is None or entry.type != "Country":
        return None
    # "Việt" says of what kind something is rather than who plays.
    if rest == len(name.split()) and (context.squads or entry.name.startswith(f"{name} ")):
        return Identity(("Body", f"?|{compared(name)}"), unsure=True)
    team = f"đội tuyển {entry.name}"
    return Identity(("Body", compared(team)), team, "Organization", "team")


def scope_of(name: str, context: Context) -> Identity | None:
    """The one that is meant by a body's name without a place; None where the name says it."""
    bare = _LEVEL_LAST.sub("", name)
    if bare != name or (bare == "công an" or (_LOCAL.fullmatch(bare) and bare != "sở")):
        if len(context.provinces) == 1:
            (province,) = context.provinces
            unit = load_gazetteer().unit(province)
            if name.endswith((" tỉnh", "ủy", "đoàn")) or bare == name:
                return Identity(("Body", _placed(f"{bare} {compared(unit.name)}")), rule="province of the article")
        return Identity(("Body", f"?|{name}"), unsure=True)
    if name not in _national():
        return None
    foreign = context.countries - {"VN"}
    at_home = not foreign or "VN" in context.countries or context.provinces or context.natives
    if at_home and name not in _ONLY_ABROAD:
        return Identity(("Body", name))
    # Where only a foreign country is named, Việt Nam's own body is still meant more often than not.
    if len(foreign) == 1 and name in _ONLY_ABROAD:
        (code,) = foreign
        country = load_gazetteer().country(code)
        return Identity(("Body", f"{name} {compared(country)}"), rule="country of the article")
    return Identity(("Body", f"?|{name}"), unsure=True)


def _placed(name: str) -> str:
    """The name with a province without its level, so that it may be left out: "công an tỉnh nghệ an"."""
    if match := _LEVEL_INSIDE.search(name):
        provinces = [unit for unit in load_gazetteer().units(match[2]) if len(unit.code) == 2]
        if any(unit.level == match[1] for unit in provinces):
            return name[: match.start()] + " " + compared(match[2])
    return name


def identify_common(entity: Entity, context: Context) -> Identity | None:
    """A street, school or the like whose name stands in many provinces: that of the province the article names."""
    name = compared(entity.name)
    if not _COMMON.match(name) and not ((_LOCAL.match(name) and " xã " in name) or " phường " in name):
        return None
    family = "Body" if entity.type in BODIES else "Location" if entity.type in _LOCATIONS else entity.type
    if len(context.provinces) == 1:
        (province,) = context.provinces
        return Identity((family, f"{province}|{name}"))
    return Identity((family, name), unsure=True)
