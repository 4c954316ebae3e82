"""What a sentence says about a relation: whether it holds, when, who says so, how much, where."""

import time
from dataclasses import replace

import pytest

from kg.annotation.quantities import find_quantities
from kg.annotation.times import find_times
from kg.extractors.attributes import qualify
from kg.model import Article, Document, Entity, Finding, Mention, Span, Statement
from kg.ontology import load_ontology
from kg.text import sentence_spans

ONTOLOGY = load_ontology()
NAMES = {
    "Lê Văn Bốn": "Person",
    "Trần Thị Mận": "Person",
    "Hãng tin Sao Mai": "MediaOrganization",
    "Công ty Gió Biển": "Company",
    "Công ty Núi Xanh": "Company",
    "Hội nghị Bờ Sông": "Event",
    "Nghị định 99": "Agreement",
    "Đồng Sen": "AdministrativeArea",
    "Ba Sông": "Country",
}


def document(text: str, date: str | None = "2025-11-16") -> Document:
    """A document in which the names above are mentions."""
    sentences = sentence_spans(text)
    found = sorted((at, name) for name in NAMES for at in range(len(text)) if text.startswith(name, at))
    ids = {name: f"e{number}" for number, name in enumerate(dict.fromkeys(name for _, name in found), 1)}
    mentions = tuple(Mention(at, at + len(name), name, "name", ids[name]) for at, name in found)
    entities = tuple(Entity(id, name, NAMES[name], (name,)) for name, id in ids.items())
    times = find_times(text, date, sentences)
    quantities = find_quantities(text, sentences, mentions, times)
    return Document(Article("a", text, date), sentences, mentions, entities, (), times, quantities)


def finding(of: Document, subject: str, relation: str, object_: str, trigger: str, sentence: int = 0) -> Finding:
    """The relation between two names of a sentence, expressed by `trigger`."""
    span = of.sentences[sentence]
    at = of.article.text.index(trigger, span.start)

    def place(name: str) -> int:
        inside = (i for i, m in enumerate(of.mentions) if m.text == name and span.covers(m.span))
        return next(inside)

    first, second = place(subject), place(object_)
    ends = of.mentions[first].entity, of.mentions[second].entity
    return Finding(ends[0], relation, ends[1], sentence, Span(at, at + len(trigger)), first, second)


def read(
    text: str, subject: str, relation: str, object_: str, trigger: str, date: str | None = "2025-11-16"
) -> Statement:
    of = document(text, date)
    (statement,) = qualify(of, [finding(of, subject, relation, object_, trigger)], ONTOLOGY)
    return statement


def speaker(text: str, subject: str, relation: str, object_: str, trigger: str) -> str | None:
    of = document(text)
    (statement,) = qualify(of, [finding(of, subject, relation, object_, trigger)], ONTOLOGY)
    return of.entity(statement.said_by).name if statement.said_by else None


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Lê Văn Bốn đã thăm Đồng Sen.", "asserted"),
        ("Lê Văn Bốn thăm Đồng Sen.", "asserted"),
        ("Lê Văn Bốn sẽ thăm Đồng Sen.", "planned"),
        ("Lê Văn Bốn dự kiến tới thăm Đồng Sen.", "planned"),
        ("Lê Văn Bốn mong muốn sớm thăm Đồng Sen.", "planned"),
        ("Lê Văn Bốn từng hứa và đã thăm Đồng Sen.", "asserted"),
        ("Lê Văn Bốn không thăm Đồng Sen.", "negated"),
        ("Lê Văn Bốn chưa từng thăm Đồng Sen.", "negated"),
        ("Lê Văn Bốn phủ nhận chuyện thăm Đồng Sen.", "negated"),
        ("Cán bộ hàng không Lê Văn Bốn thăm Đồng Sen.", "asserted"),
        ("Cán bộ ngoại giao Lê Văn Bốn thăm Đồng Sen.", "asserted"),
        ("Trời sẽ mưa; Lê Văn Bốn thăm Đồng Sen.", "asserted"),
        ("Ngày 20/11, Lê Văn Bốn thăm Đồng Sen.", "planned"),
    ],
)
def test_modality(text: str, modality: str) -> None:
    assert read(text, "Lê Văn Bốn", "visited", "Đồng Sen", "thăm").modality == modality


def test_an_aim_plans_a_cooperation_and_nothing_else() -> None:
    text = "Lê Văn Bốn tăng cường đi thăm Đồng Sen."
    assert read(text, "Lê Văn Bốn", "visited", "Đồng Sen", "thăm").modality == "asserted"
    text = "Công ty Gió Biển tăng cường hợp tác với Công ty Núi Xanh."
    assert read(text, "Công ty Gió Biển", "cooperates_with", "Công ty Núi Xanh", "hợp tác").modality == "planned"


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Công ty Gió Biển không thuộc Công ty Núi Xanh.", "negated"),
        ("Không lãi lớn, Công ty Gió Biển thuộc Công ty Núi Xanh.", "asserted"),
        ("Công ty Gió Biển không lo thuộc Công ty Núi Xanh.", "asserted"),
        ("Công ty Gió Biển không còn thuộc Công ty Núi Xanh.", "negated"),
    ],
)
def test_a_state_is_denied_in_its_own_words(text: str, modality: str) -> None:
    assert read(text, "Công ty Gió Biển", "part_of", "Công ty Núi Xanh", "thuộc").modality == modality


def test_what_has_happened_is_not_undone_by_plans_for_more() -> None:
    of = document("Lê Văn Bốn sẽ thăm Đồng Sen. Lê Văn Bốn thăm Đồng Sen. Lê Văn Bốn sắp thăm Đồng Sen.")
    told = [finding(of, "Lê Văn Bốn", "visited", "Đồng Sen", "thăm", sentence=place) for place in range(3)]
    assert [qualify(of, told[:count], ONTOLOGY)[0].modality for count in (1, 2, 3)] == [
        "planned",
        "asserted",
        "asserted",
    ]


def test_what_was_done_has_no_amount_of_what_is_planned() -> None:
    of = document("Công ty Gió Biển đã đầu tư vào Đồng Sen. Công ty Gió Biển sẽ đầu tư 5 triệu USD vào Đồng Sen.")
    told = [finding(of, "Công ty Gió Biển", "invests_in", "Đồng Sen", "đầu tư", sentence=place) for place in range(2)]
    (both,) = qualify(of, told, ONTOLOGY)
    (plan,) = qualify(of, told[1:], ONTOLOGY)
    assert (both.modality, both.amount, both.qualifiers.get("amount")) == ("asserted", None, None)
    assert (plan.modality, plan.amount) == ("planned", (5_000_000, "USD"))


def test_what_is_said_politely_is_said() -> None:
    text = "Lê Văn Bốn mong muốn gặp gỡ và cảm ơn Trần Thị Mận."
    assert read(text, "Lê Văn Bốn", "thanked", "Trần Thị Mận", "cảm ơn").modality == "asserted"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Chiều 15/11, Lê Văn Bốn thăm Đồng Sen.", "2025-11-15"),
        ("Lê Văn Bốn thăm Đồng Sen hôm qua.", "2025-11-15"),
        ("Lê Văn Bốn thăm Đồng Sen ngày 3/11, rồi về ngày 5/11.", "2025-11-03"),
        ("Lê Văn Bốn, sinh năm 1970, thăm Đồng Sen.", None),
        ("Lê Văn Bốn thăm Đồng Sen.", None),
        ("Ngày 14/11, Trần Thị Mận cho biết Lê Văn Bốn thăm Đồng Sen.", None),
        ("Ngày 14/11, theo chỉ đạo của Trần Thị Mận, Lê Văn Bốn thăm Đồng Sen.", "2025-11-14"),
        ("Lê Văn Bốn thăm Đồng Sen (14/11) rồi về.", "2025-11-14"),
        ("Lê Văn Bốn thăm Đồng Sen trước 12h ngày 14/11.", None),
        ("Lê Văn Bốn thăm Đồng Sen vào tháng 2 hàng năm.", None),
        ("Lê Văn Bốn thăm Đồng Sen vào các năm 1981, 1983.", None),
        ("Tuần tới, Lê Văn Bốn thăm Đồng Sen.", None),
    ],
)
def test_date(text: str, date: str | None) -> None:
    assert read(text, "Lê Văn Bốn", "visited", "Đồng Sen", "thăm").date == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Lê Văn Bốn ngày 14/11 nói Trần Thị Mận cần nghỉ và đề nghị Trần Thị Mận về quê.", "2025-11-14"),
        ('Ngày 14/11, trong thư, Lê Văn Bốn viết: "Tôi xin đề nghị Trần Thị Mận về quê."', "2025-11-14"),
        (
            'Từ ngày 3/11 đến ngày 9/11, Lê Văn Bốn viết: "Tôi xin đề nghị Trần Thị Mận về quê."',
            "2025-11-03/2025-11-09",
        ),
    ],
)
def test_what_is_done_by_saying_has_the_day_it_is_said(text: str, date: str) -> None:
    assert read(text, "Lê Văn Bốn", "requested", "Trần Thị Mận", "đề nghị").date == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Lê Văn Bốn từng vô địch Hội nghị Bờ Sông vào năm 1991.", "1991"),
        ("Lê Văn Bốn vô địch Hội nghị Bờ Sông trong năm 2025.", None),
    ],
)
def test_a_year_dates_taking_part_once_it_is_past(text: str, date: str | None) -> None:
    assert read(text, "Lê Văn Bốn", "attended", "Hội nghị Bờ Sông", "vô địch").date == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Lê Văn Bốn và vợ Trần Thị Mận kết hôn vào tháng 2/2016.", "2016-02"),
        ("Lê Văn Bốn và vợ Trần Thị Mận mở quán vào tháng 2/2016.", None),
    ],
)
def test_a_marriage_has_its_date(text: str, date: str | None) -> None:
    assert read(text, "Lê Văn Bốn", "family_of", "Trần Thị Mận", "vợ").date == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Giai đoạn 2017-2020, Công ty Gió Biển đầu tư vào Đồng Sen.", "2017/2020"),
        ("Ngày 14/11, Trần Thị Mận cho biết Công ty Gió Biển đầu tư vào Đồng Sen.", None),
    ],
)
def test_a_lasting_effort_has_the_years_that_open_its_sentence(text: str, date: str | None) -> None:
    assert read(text, "Công ty Gió Biển", "invests_in", "Đồng Sen", "đầu tư").date == date


def test_the_day_in_an_events_name_is_that_of_what_happens_there() -> None:
    text = "Tại Hội nghị ngày 3/11, Lê Văn Bốn cảm ơn Trần Thị Mận."
    of = document(text)
    at = text.index("Hội nghị ngày 3/11")
    event = Entity("e3", "Hội nghị ngày 3/11", "Event", ("Hội nghị ngày 3/11",))
    mention = Mention(at, at + len(event.name), event.name, "name", event.id)
    of = replace(of, mentions=(mention, *of.mentions), entities=(*of.entities, event))
    thanked = finding(of, "Lê Văn Bốn", "thanked", "Trần Thị Mận", "cảm ơn")
    assert [one.date for one in qualify(of, [thanked], ONTOLOGY)] == ["2025-11-03"]
    elsewhere = replace(of, entities=(*of.entities[:-1], replace(event, type="Place")))
    assert [one.date for one in qualify(elsewhere, [thanked], ONTOLOGY)] == [None]


def test_what_one_does_in_a_sentence_is_done_on_one_day() -> None:
    of = document("Sau khi gặp Trần Thị Mận; Lê Văn Bốn thăm Đồng Sen ngày 3/11. Lê Văn Bốn gặp Công ty Gió Biển.")
    met = finding(of, "Lê Văn Bốn", "met_with", "Trần Thị Mận", "gặp")
    visited = finding(of, "Lê Văn Bốn", "visited", "Đồng Sen", "thăm")
    later = finding(of, "Lê Văn Bốn", "met_with", "Công ty Gió Biển", "gặp", sentence=1)
    assert [one.date for one in qualify(of, [met, visited, later], ONTOLOGY)] == ["2025-11-03", "2025-11-03", None]


def test_a_paper_has_the_date_behind_its_name() -> None:
    text = "Ngày 1/11, Công ty Gió Biển thực hiện Nghị định 99 ngày 6/2/2017 của Ba Sông."
    assert read(text, "Công ty Gió Biển", "implements", "Nghị định 99", "thực hiện").date == "2017-02-06"


def test_states_have_no_date() -> None:
    text = "Ngày 1/11, Công ty Gió Biển ở Đồng Sen khai trương."
    assert read(text, "Công ty Gió Biển", "located_in", "Đồng Sen", "ở").date is None


def test_those_at_one_event_share_its_date() -> None:
    of = document("Ngày 3/11, Hội nghị Bờ Sông họp ở Đồng Sen. Lê Văn Bốn dự Hội nghị Bờ Sông.")
    held = finding(of, "Hội nghị Bờ Sông", "held_in", "Đồng Sen", "ở")
    attended = finding(of, "Lê Văn Bốn", "attended", "Hội nghị Bờ Sông", "dự", sentence=1)
    assert [one.date for one in qualify(of, [held, attended], ONTOLOGY)] == ["2025-11-03", "2025-11-03"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trần Thị Mận cho biết Lê Văn Bốn thăm Đồng Sen.", "Trần Thị Mận"),
        ("Theo Hãng tin Sao Mai, Lê Văn Bốn thăm Đồng Sen.", "Hãng tin Sao Mai"),
        ("Lê Văn Bốn thăm Đồng Sen, theo Hãng tin Sao Mai.", "Hãng tin Sao Mai"),
        ("Theo Hãng tin Sao Mai, Trần Thị Mận cho biết Lê Văn Bốn thăm Đồng Sen.", "Trần Thị Mận"),
        ("Trần Thị Mận, giám đốc Công ty Núi Xanh, cho biết Lê Văn Bốn thăm Đồng Sen.", "Trần Thị Mận"),
        ("Trần Thị Mận khẳng định trời đẹp; nhấn mạnh Lê Văn Bốn thăm Đồng Sen.", "Trần Thị Mận"),
        ("“Năm nay vui lắm, Lê Văn Bốn thăm Đồng Sen đã lâu”, bà Trần Thị Mận nói.", "Trần Thị Mận"),
        ("Theo kế hoạch, Lê Văn Bốn thăm Đồng Sen.", None),
        ("Theo lời mời của Trần Thị Mận, Lê Văn Bốn thăm Đồng Sen.", None),
        ("Lê Văn Bốn thăm Đồng Sen, Trần Thị Mận ra tuyên bố chung.", None),
        ("Theo tiết lộ của Trần Thị Mận, Lê Văn Bốn thăm Đồng Sen.", "Trần Thị Mận"),
        ("Tin từ Hãng tin Sao Mai, Lê Văn Bốn thăm Đồng Sen.", "Hãng tin Sao Mai"),
        ("Theo yêu cầu của Trần Thị Mận, Lê Văn Bốn thăm Đồng Sen.", None),
        ("Hãng tin Sao Mai của Ba Sông đưa tin Lê Văn Bốn thăm Đồng Sen.", "Hãng tin Sao Mai"),
        ("Hãng tin Sao Mai viết: Lê Văn Bốn thăm Đồng Sen.", "Hãng tin Sao Mai"),
        ("Trần Thị Mận khẳng định với báo giới rằng Lê Văn Bốn thăm Đồng Sen.", "Trần Thị Mận"),
        ("Trần Thị Mận thông báo rằng Lê Văn Bốn thăm Đồng Sen.", "Trần Thị Mận"),
        ("Trần Thị Mận đọc xong bản thông báo Lê Văn Bốn thăm Đồng Sen.", None),
        ("Trần Thị Mận xem thông báo Lê Văn Bốn thăm Đồng Sen.", None),
        ("Gặp Trần Thị Mận, nhiều người dân cho biết Lê Văn Bốn thăm Đồng Sen.", None),
        ("“Ngày nào ở đây cũng có hội lớn”, Trần Thị Mận nói sau khi Lê Văn Bốn thăm Đồng Sen.", None),
        ("Lê Văn Bốn thăm Đồng Sen đã lâu, Trần Thị Mận cho biết.", "Trần Thị Mận"),
        ("Ba Sông tuyên bố Lê Văn Bốn thăm Đồng Sen.", None),
        ("Lê Văn Bốn thăm Đồng Sen.", None),
    ],
)
def test_speaker(text: str, expected: str | None) -> None:
    assert speaker(text, "Lê Văn Bốn", "visited", "Đồng Sen", "thăm") == expected


def test_what_is_presupposed_has_no_speaker() -> None:
    text = "Trần Thị Mận cho biết Công ty Gió Biển ở Đồng Sen lãi lớn."
    assert speaker(text, "Công ty Gió Biển", "located_in", "Đồng Sen", "ở") is None


def test_a_country_speaks_for_itself_alone() -> None:
    text = "Trần Thị Mận đi xa; Ba Sông tuyên bố hỗ trợ Đồng Sen."
    assert speaker(text, "Ba Sông", "supports", "Đồng Sen", "hỗ trợ") == "Ba Sông"


def test_quotations_are_of_persons_and_bodies() -> None:
    text = (
        "Trần Thị Mận lên tiếng: “Ba Sông cho rằng hội vui. Lê Văn Bốn thăm Đồng Sen từ lâu lắm rồi đấy”, "
        "bà Trần Thị Mận nói."
    )
    of = document(text)
    found = finding(of, "Lê Văn Bốn", "visited", "Đồng Sen", "thăm", sentence=len(of.sentences) - 1)
    (statement,) = qualify(of, [found], ONTOLOGY)
    assert statement.said_by
    assert of.entity(statement.said_by).name == "Trần Thị Mận"


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Trần Thị Mận cho biết hội mở trong chuyến thăm Đồng Sen của Lê Văn Bốn.", "chuyến thăm"),
        ("Trần Thị Mận cho biết sau khi Lê Văn thăm Đồng Sen, Lê Văn Bốn về.", "thăm"),
    ],
)
def test_what_only_sets_the_scene_has_no_speaker(text: str, trigger: str) -> None:
    assert speaker(text, "Lê Văn Bốn", "visited", "Đồng Sen", trigger) is None


@pytest.mark.parametrize(
    ("relation", "trigger", "expected"),
    [("criticized", "chỉ trích", None), ("supports", "ủng hộ", "Trần Thị Mận")],
)
def test_nobody_reports_a_remark_of_their_own(relation: str, trigger: str, expected: str | None) -> None:
    text = f"Trần Thị Mận cho biết Trần Thị Mận {trigger} Công ty Gió Biển."
    assert speaker(text, "Trần Thị Mận", relation, "Công ty Gió Biển", trigger) == expected


def test_a_partnership_is_told_and_a_match_is_known() -> None:
    text = "Lê Văn Bốn cho biết Công ty Gió Biển là đối tác của Công ty Núi Xanh."
    ends = "Công ty Gió Biển", "Công ty Núi Xanh"
    assert speaker(text, ends[0], "has_partnership_with", ends[1], "là đối tác") == "Lê Văn Bốn"
    text = "Lê Văn Bốn cho biết Công ty Gió Biển thắng Công ty Núi Xanh."
    assert speaker(text, ends[0], "competed_with", ends[1], "thắng") is None


def test_one_who_orders_speaks_of_what_is_planned() -> None:
    text = "Trần Thị Mận yêu cầu Công ty Gió Biển phối hợp với Công ty Núi Xanh."
    assert speaker(text, "Công ty Gió Biển", "cooperates_with", "Công ty Núi Xanh", "phối hợp") == "Trần Thị Mận"


@pytest.mark.parametrize(
    ("text", "relation", "trigger", "amount"),
    [
        ("Công ty Gió Biển rót hơn 2 tỷ USD vào Công ty Núi Xanh.", "invests_in", "rót", (2_000_000_000, "USD")),
        ("Công ty Gió Biển nắm 51% cổ phần tại Công ty Núi Xanh.", "owns", "nắm", (51, "%")),
        ("Công ty Gió Biển thăm Công ty Núi Xanh, nơi lãi 5 tỷ đồng.", "visited", "thăm", None),
    ],
)
def test_amount(text: str, relation: str, trigger: str, amount: tuple[float, str] | None) -> None:
    statement = read(text, "Công ty Gió Biển", relation, "Công ty Núi Xanh", trigger)
    assert statement.amount == amount
    assert ("amount" in statement.qualifiers) == (amount is not None)


@pytest.mark.parametrize(
    ("owner", "owned", "share"),
    [
        ("Công ty Gió Biển", "Công ty Núi Xanh", "10%"),
        ("Công ty Gió Biển", "Ba Sông", "20%"),
    ],
)
def test_of_several_shares_each_goes_with_the_name_beside_it(owner: str, owned: str, share: str) -> None:
    text = "Công ty Gió Biển nắm 10% cổ phần tại Công ty Núi Xanh, 20% cổ phần tại Ba Sông."
    assert read(text, owner, "owns", owned, "nắm").qualifiers["amount"] == share


@pytest.mark.parametrize(("owner", "share"), [("Công ty Gió Biển", "10%"), ("Ba Sông", "5%")])
def test_of_several_owners_each_has_its_own_share(owner: str, share: str) -> None:
    text = "Công ty Gió Biển nắm 10%, Ba Sông giữ 5% vốn của Công ty Núi Xanh."
    assert read(text, owner, "owns", "Công ty Núi Xanh", "vốn").qualifiers["amount"] == share


@pytest.mark.parametrize(
    ("text", "relation", "trigger", "amount"),
    [
        ("Công ty Gió Biển tặng 5 tấn gạo cho Công ty Núi Xanh.", "supports", "tặng", "5 tấn gạo"),
        (
            "Công ty Gió Biển tặng hơn 5 tấn gạo và 20 triệu đồng cho Công ty Núi Xanh.",
            "supports",
            "tặng",
            "hơn 5 tấn gạo và 20 triệu đồng",
        ),
        (
            "Công ty Gió Biển tặng 5 tấn gạo (trị giá 90 triệu đồng) cho Công ty Núi Xanh.",
            "supports",
            "tặng",
            "5 tấn gạo",
        ),
        ("Công ty Gió Biển cung cấp 30 xe buýt cho Công ty Núi Xanh.", "supplies", "cung cấp", "30 xe buýt"),
        (
            "Công ty Gió Biển nâng sở hữu từ 5% lên 12% cổ phần tại Công ty Núi Xanh.",
            "owns",
            "sở hữu",
            "12%",
        ),
        ("Khoảng 62% máy của Công ty Gió Biển ở Công ty Núi Xanh hỏng.", "owns", "của", None),
        ("Công ty Gió Biển bị khởi tố, khung phạt 7 năm tù, với Công ty Núi Xanh.", "prosecuted", "khởi tố", None),
        ("Công ty Gió Biển tuyên phạt Công ty Núi Xanh 7 năm tù.", "prosecuted", "tuyên phạt", "7 năm tù"),
    ],
)
def test_amount_as_written(text: str, relation: str, trigger: str, amount: str | None) -> None:
    statement = read(text, "Công ty Gió Biển", relation, "Công ty Núi Xanh", trigger)
    assert statement.qualifiers.get("amount") == amount


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Lê Văn Bốn gặp Trần Thị Mận tại Đồng Sen.", "Đồng Sen"),
        ("Lê Văn Bốn gặp Trần Thị Mận, người bán hoa ở Đồng Sen.", None),
        ("Lê Văn Bốn đi dạo ở Đồng Sen và gặp Trần Thị Mận.", None),
        ("Lê Văn Bốn gặp Đại sứ Ba Sông tại Đồng Sen Trần Thị Mận.", None),
        ("Lê Văn Bốn gặp Trần Thị Mận tại sân bay có mái che.", None),
    ],
)
def test_a_site_is_of_the_relation_it_stands_beside(text: str, place: str | None) -> None:
    assert read(text, "Lê Văn Bốn", "met_with", "Trần Thị Mận", "gặp").qualifiers.get("place") == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Trên sân Cỏ Lau, Công ty Gió Biển gặp Công ty Núi Xanh.", "sân Cỏ Lau"),
        ("Hội Rạng Đông đá ở sân Cỏ Lau, Công ty Gió Biển gặp Công ty Núi Xanh ở sân Đồi Thông.", "sân Đồi Thông"),
        ("Công ty Gió Biển gặp Công ty Núi Xanh tại Đồng Sen.", "Đồng Sen"),
    ],
)
def test_a_match_is_played_on_the_ground_behind_its_sides(text: str, place: str) -> None:
    statement = read(text, "Công ty Gió Biển", "competed_with", "Công ty Núi Xanh", "gặp")
    assert statement.qualifiers["place"] == place


def test_what_is_done_to_a_place_is_done_there() -> None:
    text = "Ba Sông tấn công Đồng Sen, nơi đóng quân tại Trụ sở Văn phòng."
    assert "place" not in read(text, "Ba Sông", "attacked", "Đồng Sen", "tấn công").qualifiers


def test_place() -> None:
    text = "Tại Trụ sở Văn phòng, Lê Văn Bốn tiếp Trần Thị Mận."
    assert read(text, "Lê Văn Bốn", "received", "Trần Thị Mận", "tiếp").qualifiers["place"] == "Trụ sở Văn phòng"
    assert (
        "place"
        not in read("Lê Văn Bốn tiếp Trần Thị Mận.", "Lê Văn Bốn", "received", "Trần Thị Mận", "tiếp").qualifiers
    )


def test_role_of_one_appointed() -> None:
    text = "Công ty Gió Biển bổ nhiệm Lê Văn Bốn giữ chức Phó Tổng giám đốc từ tháng 11."
    statement = read(text, "Công ty Gió Biển", "appointed", "Lê Văn Bốn", "bổ nhiệm")
    assert statement.qualifiers["role"] == "Phó Tổng giám đốc"


def test_findings_of_one_relation_are_one_statement() -> None:
    of = document("Lê Văn Bốn thăm Đồng Sen. Ngày 3/11, Lê Văn Bốn tới thăm Đồng Sen.")
    both = [finding(of, "Lê Văn Bốn", "visited", "Đồng Sen", "thăm", sentence=place) for place in (0, 1)]
    (statement,) = qualify(of, both, ONTOLOGY)
    assert statement.evidence == of.sentences
    assert statement.date == "2025-11-03"


@pytest.mark.parametrize("part", ["Lê Văn Bốn cho biết ", "“Lê Văn Bốn thăm Đồng Sen ", "sẽ ", "theo Ba Sông, "])
def test_time_grows_with_the_length_of_a_line(part: str) -> None:
    def seconds(size: int) -> float:
        of = document(("Lê Văn Bốn thăm Đồng Sen " + part * (size // len(part)))[:size])
        one = finding(of, "Lê Văn Bốn", "visited", "Đồng Sen", "thăm")
        start = time.process_time()
        qualify(of, [one] * (size // 1000), ONTOLOGY)
        return time.process_time() - start

    assert seconds(40_000) < 8 * max(seconds(10_000), 0.05)
