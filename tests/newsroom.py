"""A graph of the size that many articles give, made of invented names: a few are in the news every day, most once."""

from random import Random

from pyoxigraph import NamedNode, Store

from tests.page_fixtures import GraphMaker

SURNAMES = ("Bùi", "Đinh", "Hồ", "Kiều", "Lương", "Mạc", "Nghiêm", "Ông", "Phùng", "Quách", "Tạ", "Ứng")
MIDDLES = ("Bảo", "Diệu", "Gia", "Hải", "Khánh", "Minh", "Nhật", "Thanh", "Thị", "Văn")
GIVEN = ("An", "Bằng", "Châu", "Đạt", "Giang", "Hậu", "Khuê", "Lộc", "My", "Ngân", "Phú", "Sang", "Tùng", "Yến")
TRADES = ("Cơ khí", "Dệt may", "Điện gió", "Gạo sạch", "Hải sản", "In ấn", "Logistics", "Nội thất", "Phần mềm")
PLACES = ("Bãi Cát", "Cù Lao Xanh", "Đồi Mây", "Ghềnh Đá", "Hồ Sen", "Khe Trúc", "Làng Gốm", "Phố Núi", "Vịnh Nhỏ")
OFFICES = ("Sở Đê điều", "Cục Đo lường", "Ban Quản lý chợ", "Viện Khí hậu", "Hội đồng Di sản")
OUTLETS = ("Báo Bến Sông", "Tin Cao Nguyên", "Thời sự Ven biển", "Nhật báo Đồng Bằng")
KINDS = ("Person", "Company", "AdministrativeArea", "GovernmentBody", "Project")
SAYINGS = {
    "received": "Sáng cùng ngày, {a} đã tiếp {b} và trao đổi về kế hoạch của quý tới.",
    "visited": "Đoàn của {a} đến thăm {b} sau hai năm gián đoạn vì mưa lũ.",
    "cooperates_with": "Hai bên {a} và {b} nhất trí cùng làm thêm ba việc trong năm nay.",
    "invests_in": "Theo kế hoạch, {a} sẽ rót vốn vào {b} trong hai đợt.",
    "requested": "Tại buổi họp, {a} đề nghị {b} báo cáo trước cuối tháng.",
}
MODALITIES = ("asserted",) * 7 + ("planned",) * 2 + ("negated",)


def newsroom(articles: int, entities: int, *, each: int = 3) -> Store:
    """The store of so many articles with `each` statements about so many entities, the same every time."""
    random, maker = Random(7), GraphMaker()
    names = [_name(KINDS[number % len(KINDS)], number) for number in range(entities)]
    nodes = [
        maker.entity(f"e-{number}", KINDS[number % len(KINDS)], name, (name.split(" ", 1)[1],))
        for number, name in enumerate(names)
    ]
    for number in range(articles):
        day = f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}"
        outlet = OUTLETS[number % len(OUTLETS)]
        article = maker.article(f"a-{number}", f"Tin số {number}", day, outlet, f"https://example.org/tin/{number}")
        _tell(maker, random, nodes, names, number, article, day, each)
    return maker.store


def _tell(
    maker: GraphMaker,
    random: Random,
    nodes: list[NamedNode],
    names: list[str],
    number: int,
    article: NamedNode,
    day: str,
    each: int,
) -> None:
    """What one article says: its first entity is new with each article, the others are often famous ones."""
    first = number % len(nodes)
    for turn, relation in enumerate(random.sample(sorted(SAYINGS), each)):
        other = int(len(nodes) * random.random() ** 3)
        if other == first:
            other = (first + 1) % len(nodes)
        quote = SAYINGS[relation].format(a=names[first], b=names[other])
        name, modality = f"s-{number}-{turn}", random.choice(MODALITIES)
        maker.statement(name, nodes[first], relation, nodes[other], article, quote, modality, day)
        first = other


def _name(kind: str, number: int) -> str:
    """A name of its own for each number."""
    if kind == "Person":
        turn, rest = divmod(number, len(SURNAMES) * len(MIDDLES))
        words = (SURNAMES[rest % len(SURNAMES)], MIDDLES[rest // len(SURNAMES)], GIVEN[turn % len(GIVEN)])
        return f"{' '.join(words)} {number}"
    if kind == "Company":
        return f"Công ty {TRADES[number % len(TRADES)]} {PLACES[number // 7 % len(PLACES)]} {number}"
    if kind == "AdministrativeArea":
        return f"Xã {PLACES[number % len(PLACES)]} {number}"
    if kind == "GovernmentBody":
        return f"{OFFICES[number % len(OFFICES)]} {PLACES[number // 3 % len(PLACES)]} {number}"
    return f"Dự án {PLACES[number % len(PLACES)]} {TRADES[number // 5 % len(TRADES)]} {number}"
