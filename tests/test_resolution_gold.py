"""Pairs of names that are one thing or two, and what tells people and copies apart."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Article, Entity, Extraction, Span, Statement
from kg.ontology import Ontology
from kg.pipeline import assemble
from kg.resolution import Resolution, resolve
from kg.resolution.copies import find_sources, fingerprint
from kg.resolution.offices import find_tenures, holder_of

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
    tenures = find_tenures(extractions, resolution.of)
    body = resolution.of["a1", "e2"].id
    assert holder_of("thủ tướng", body, "2024-04-01", tenures) == resolution.of["a1", "e1"].id
    assert holder_of("Thủ tướng", body, "2025-06-01", tenures) == resolution.of["a3", "e1"].id
    assert holder_of("Thủ tướng", body, "2020-01-01", tenures) is None
    assert holder_of("Thủ tướng", body, None, tenures) is None


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
