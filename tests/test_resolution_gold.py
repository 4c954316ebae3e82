"""Pairs of names that are one thing or two, and what tells people and copies apart."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph import build_graph
from kg.model import Article, Entity, Extraction, Span, Statement
from kg.ontology import Ontology
from kg.pipeline import assemble
from kg.resolution import Resolution, resolve
from kg.resolution.copies import find_sources, fingerprint
from kg.resolution.offices import Holders
from kg.sayings import Misfit

PAIRS = [
    line.split("\t") for line in (Path(__file__).parent / "gold" / "same_or_not.tsv").read_text("utf-8").splitlines()
][1:]


def article(id: str, date: str | None, *entities: tuple[str, str]) -> Extraction:
    return Extraction(
        Article(id, f"Bài {id}.", date),
        tuple(Entity(f"e{n}", name, type, ()) for n, (type, name) in enumerate(entities, 1)),
        (),
    )


CLASSES = {"Lào": "Country", "U.23 Lào": "Organization"}


def around(place: str) -> tuple[tuple[str, str], ...]:
    return ((CLASSES.get(place, "AdministrativeArea"), place),) if place else ()


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[0]}: {pair[2]} / {pair[6]}")
def test_pairs(pair: list[str]) -> None:
    verdict, type_1, one, date_1, with_1, type_2, other, date_2, with_2 = pair
    resolution = resolve(
        [article("a1", date_1, (type_1, one), *around(with_1)), article("a2", date_2, (type_2, other), *around(with_2))]
    )
    same = resolution.of["a1", "e1"].id == resolution.of["a2", "e1"].id
    assert same == (verdict == "same")


def person(id: str, date: str, name: str, post: str, body: str, type: str = "Organization") -> Extraction:
    entities = Entity("e1", name, "Person", ()), Entity("e2", body, type, ())
    said = (
        Statement("e1", "holds_position", post, (Span(0, 4),)),
        Statement("e1", "affiliated_with", "e2", (Span(0, 4),)),
    )
    return Extraction(Article(id, f"Bài {id}.", date), entities, said)


def test_namesakes_with_conflicting_offices_stay_two_and_are_told_apart() -> None:
    resolution = resolve(
        [
            person("a1", "2025-03-01", "Trần Minh Hải", "thủ môn", "CLB Sóng Xanh"),
            person("a2", "2025-03-02", "Trần Minh Hải", "Thứ trưởng", "Bộ Xây dựng", "GovernmentBody"),
            person("a3", "2025-03-03", "Trần Minh Hải", "thủ môn", "CLB Sóng Xanh"),
        ]
    )
    keeper, deputy, again = (resolution.of[f"a{n}", "e1"] for n in (1, 2, 3))
    assert keeper is again
    assert keeper.id != deputy.id
    assert keeper.label == "Trần Minh Hải (thủ môn câu lạc bộ sóng xanh)"
    assert deputy.label == "Trần Minh Hải (thứ trưởng bộ xây dựng)"


def test_a_namesake_does_not_take_the_iri_of_the_one_who_was_first() -> None:
    first = person("a1", "2025-03-01", "Trần Minh Hải", "thủ môn", "CLB Sóng Xanh")
    later = person("a2", "2025-03-02", "Trần Minh Hải", "Thứ trưởng", "Bộ Xây dựng", "GovernmentBody")
    assert resolve([first]).of["a1", "e1"].id == resolve([later, first]).of["a1", "e1"].id


def test_a_family_name_is_resolved_by_office_and_body_not_by_itself() -> None:
    known = person("a1", "2025-03-01", "Peter Lindqvist", "Tổng thống", "Veldoria")
    same = person("a2", "2025-03-04", "Lindqvist", "Tổng thống", "Veldoria")
    alone = article("a3", "2025-03-05", ("Person", "Lindqvist"))
    resolution = resolve([known, same, alone])
    assert resolution.of["a2", "e1"] is resolution.of["a1", "e1"]
    assert resolution.of["a3", "e1"].id != resolution.of["a1", "e1"].id
    assert any("same office" in reason for reason in resolution.of["a1", "e1"].reasons)


def test_an_office_denotes_its_holder_at_the_date_or_nobody() -> None:
    extractions = [
        person("a1", "2024-02-01", "Trần Minh Hải", "Thủ tướng", "Veldoria"),
        person("a2", "2024-06-01", "Trần Minh Hải", "Thủ tướng", "Veldoria"),
        person("a3", "2025-03-01", "Lê Thị Mai", "Thủ tướng", "Veldoria"),
        person("a4", "2025-05-01", "Lê Thị Mai", "Thủ tướng", "Veldoria"),
    ]
    resolution = resolve(extractions)
    holders = Holders(resolution.tenures)
    body = resolution.of["a1", "e2"].id
    assert holders.of("thủ tướng", body, "2024-04-01") == resolution.of["a1", "e1"].id
    assert holders.of("Thủ tướng", body, "2025-06-01") == resolution.of["a3", "e1"].id
    assert holders.of("Thủ tướng", body, "2020-01-01") is None
    assert holders.of("Thủ tướng", body, None) is None


def test_an_office_passes_on_when_the_nearest_reports_name_only_the_new_holder() -> None:
    days = {"Trần Minh Hải": ["2025-03-01", "2025-03-04", "2025-03-09"], "Lê Thị Mai": ["2025-03-11", "2025-03-20"]}
    resolution = resolve(
        person(f"a{day}", day, name, "Thủ tướng", "Veldoria") for name, found in days.items() for day in found
    )
    holders = Holders(resolution.tenures)
    of = {name: resolution.of[f"a{found[0]}", "e1"].id for name, found in days.items()}
    body = resolution.of["a2025-03-01", "e2"].id
    assert holders.of("thủ tướng", body, "2025-03-02") == of["Trần Minh Hải"]
    assert holders.of("thủ tướng", body, "2025-03-10") is None


def leader(id: str, date: str, name: str, former: bool = False) -> Extraction:
    """An article that calls the person prime minister, of no named state."""
    said = Statement(
        "e1", "holds_position", "Thủ tướng", (Span(0, 4),), qualifiers={"role": "former"} if former else {}
    )
    return Extraction(Article(id, f"Bài {id}.", date), (Entity("e1", name, "Person", ()),), (said,))


def order(id: str, date: str | None, office: str, to: str) -> Extraction:
    """An article in which the office, without a person, asks a body for something."""
    entities = Entity("e1", office, "GovernmentBody", ()), Entity("e2", to, "GovernmentBody", ())
    return Extraction(Article(id, f"Bài {id}.", date), entities, (Statement("e1", "requested", "e2", (Span(0, 4),)),))


@pytest.mark.parametrize(
    ("date", "holder"),
    [("2025-08-20", "Trần Minh Hải"), ("2025-08-25", "Trần Minh Hải"), ("2023-08-20", None), (None, None)],
)
def test_an_order_of_an_office_points_at_its_holder_on_that_day(
    ontology: Ontology, date: str | None, holder: str | None
) -> None:
    news = [leader("a1", "2025-08-19", "Trần Minh Hải"), leader("a2", "2025-08-21", "Lê Thị Mai", former=True)]
    news += [person("a3", "2025-08-20", "John Lindqvist", "Thủ tướng", "Lào", "Country")]
    lines, resolution = _build([*news, order("b", date, "Thủ tướng Chính phủ", "Bộ Y tế")], ontology)
    held = [line.split()[2] for line in lines if "#heldBy" in line]
    assert [id.rpartition("/")[2].rstrip(">") for id in held] == ([resolution.of["a1", "e1"].id] if holder else [])
    assert resolution.of["b", "e1"].type == "GovernmentBody"


def test_what_is_left_out_is_reported_with_its_article(ontology: Ontology) -> None:
    left: list[Misfit] = []
    joint = Statement("e1", "competed_with", "e2", (Span(0, 4),))
    teams = Entity("e1", "tuyển nữ Lào", "Organization", ()), Entity("e2", "đội tuyển nữ Lào", "Organization", ())
    one = Extraction(Article("a1", "Bài a1."), teams, (joint,))
    build_graph([one], resolve([one]), ontology, on_misfit=left.append)
    assert left == [
        Misfit("a1", "tuyển nữ Lào", "competed_with", "đội tuyển nữ Lào", "both ends are one thing", "Bài ")
    ]


def test_a_middle_and_given_name_is_the_bearer_whom_articles_agree_on() -> None:
    full = [person(f"a{n}", f"2025-03-0{n}", "Trần Đình Hải", "thủ môn", "CLB Sóng Xanh") for n in (1, 2)]
    short = [person(f"b{n}", f"2025-03-0{n}", "Đình Hải", "thủ môn", "CLB Sóng Xanh") for n in (1, 2, 3)]
    stranger = [article(f"c{n}", f"2025-03-0{n}", ("Person", "Đình Hải")) for n in range(1, 8)]
    joined, apart = resolve([*full, *short]), resolve([*full, *short[:1], *stranger])
    assert joined.of["b1", "e1"] is joined.of["a1", "e1"]
    assert apart.of["b1", "e1"].id != apart.of["a1", "e1"].id
    assert any("articles that name đình hải" in doubt.why for doubt in apart.doubts)


def named(id: str, name: str, *aliases: str, type: str = "Organization") -> Extraction:
    return Extraction(Article(id, f"Bài {id}."), (Entity("e1", name, type, aliases),), ())


def test_a_short_name_is_what_articles_mostly_mean_by_it() -> None:
    many = [named(f"a{n}", "Sóng Xanh Miền Bắc", "Sóng Xanh") for n in range(6)]
    bare, other = named("b", "Sóng Xanh"), named("c", "Sóng Xanh Miền Nam", "Sóng Xanh")
    assert len(set(resolve([*many, other, bare]).of.values())) == 2
    assert len(set(resolve([*many[:4], other, bare]).of.values())) == 3


def test_names_that_differ_in_a_number_are_two_whatever_articles_call_them() -> None:
    cups = [named(f"a{n}", "Sóng Xanh Cup 2026", "Sóng Xanh Cup", type="Event") for n in range(4)]
    assert len(set(resolve([*cups, named("b", "Sóng Xanh Cup", type="Event")]).of.values())) == 2


def test_what_tables_know_as_two_an_article_does_not_make_one() -> None:
    slip = named("a", "Liên Hợp Quốc", "UNESCO", type="InternationalOrganization")
    assert len(set(resolve([slip, named("b", "UNESCO", type="InternationalOrganization")]).of.values())) == 2


def test_a_police_body_in_the_news_of_a_match_is_its_club() -> None:
    def police(id: str, text: str, name: str = "Công an Hà Nội") -> Extraction:
        return Extraction(Article(id, text), (Entity("e1", name, "GovernmentBody", ()),), ())

    resolution = resolve(
        [
            police("a", "Tiền đạo của Công an Hà Nội ghi bàn ở phút cuối."),
            police("b", "Công an Hà Nội bắt hai người trộm xe."),
            police("c", "CLB Công an Hà Nội hòa.", "CLB Công an Hà Nội"),
        ]
    )
    assert resolution.of["a", "e1"] is resolution.of["c", "e1"]
    assert resolution.of["b", "e1"].id != resolution.of["a", "e1"].id


def test_units_have_codes_and_are_succeeded() -> None:
    resolution = resolve([article("a1", "2024-05-01", ("AdministrativeArea", "Bắc Giang"))])
    former = resolution.of["a1", "e1"]
    successors = {id for name, id in former.links if name == "successor"}
    assert dict(former.facts) == {"unitCode": "24", "unitLevel": "tỉnh", "validUntil": "2025-06-30"}
    assert [entity.label for entity in resolution.entities if entity.id in successors] == ["Bắc Ninh"]


NEWS = "Sáng nay, tàu Sao Mai rời cảng Đá Bạc với 40 thủy thủ, chở gạo và muối ra đảo Hòn Mây theo lịch hằng tháng."


def test_a_light_rewrite_and_a_shortened_copy_are_one_source() -> None:
    texts = {
        "a": Article("a", NEWS, "2025-03-01"),
        "b": Article("b", NEWS.replace("Sáng nay", "Sáng 1/3"), "2025-03-01"),
        "c": Article("c", NEWS + " Chuyến tàu kế tiếp sẽ rời bến vào đầu tháng sau, thuyền trưởng nói.", "2025-03-02"),
        "d": Article("d", "Giá muối ở đảo Hòn Mây tăng vì tàu Sao Mai đến muộn hai ngày so với lịch.", "2025-03-02"),
        "e": Article("e", NEWS, "2025-04-01"),
    }
    dates = {id: text.date for id, text in texts.items()}
    sources = find_sources({id: fingerprint(text) for id, text in texts.items()}, dates)
    assert sources == {"a": "a", "b": "a", "c": "a", "d": "d", "e": "e"}


_ROWS = st.sampled_from(
    [
        ("Company", "Sóng Xanh"),
        ("Company", "Tập đoàn Sóng Xanh"),
        ("Person", "Trần Minh Hải"),
        ("Person", "Hải"),
        ("AdministrativeArea", "Bắc Giang"),
        ("AdministrativeArea", "Ba Đình"),
        ("GovernmentBody", "Công an tỉnh"),
        ("Country", "Mỹ"),
    ]
)
_DATES = st.sampled_from([None, "2024-05-01", "2025-08-01"])
_LISTS = st.lists(st.tuples(_DATES, st.lists(_ROWS, max_size=4, unique=True)), min_size=2, max_size=5)


def _build(extractions: list[Extraction], ontology: Ontology) -> tuple[list[str], Resolution]:
    store, resolution = assemble(extractions, ontology=ontology)
    return sorted(map(str, store)), resolution


@given(_LISTS, st.data())
def test_order_and_halves_do_not_matter_and_what_is_removed_leaves_nothing(
    ontology: Ontology, lists: list[tuple[str | None, list[tuple[str, str]]]], data: st.DataObject
) -> None:
    extractions = [article(f"a{number}", date, *rows) for number, (date, rows) in enumerate(lists)]
    shuffled = data.draw(st.permutations(extractions))
    half = len(extractions) // 2
    assert _build(extractions, ontology) == _build(list(shuffled), ontology)
    assert _build(extractions[half:] + extractions[:half], ontology) == _build(extractions, ontology)
    fewer, _ = _build(extractions[:half], ontology)
    added = [*extractions[:half], *extractions[half:]]
    assert _build([e for e in added if e in extractions[:half]], ontology)[0] == fewer


@given(_LISTS)
def test_later_articles_leave_the_iris_of_earlier_ones(lists: list[tuple[str | None, list[tuple[str, str]]]]) -> None:
    news = [article(f"a{n}", f"2025-08-{n + 1:02}", *rows) for n, (_, rows) in enumerate(lists)]
    before, after = resolve(news[:-1]), resolve(news)
    moved = {id for id in before.of if before.of[id].id != after.of[id].id}
    # A mention moves only to a node that was there before: when a new article shows that two were one.
    assert {after.of[id].id for id in moved} <= {entity.id for entity in before.entities}


def test_values_that_disagree_point_at_each_other(ontology: Ontology, extractions: tuple[Extraction, ...]) -> None:
    fair = extractions[0]
    plan = next(s for s in fair.statements if s.relation == "invests_in")
    other = replace(fair.article, id="other", text=fair.article.text.replace("2 tỷ USD", "3 tỷ USD"))
    one = replace(fair, statements=(replace(plan, qualifiers={"amount": "2 tỷ USD"}, amount=(2e9, "USD")),))
    two = Extraction(other, fair.entities, (replace(plan, qualifiers={"amount": "3 tỷ USD"}, amount=(3e9, "USD")),))
    lines, _ = _build([one, two], ontology)
    assert sum("disagreesWith" in line for line in lines) == 2
