"""Joining entities: what is surely one becomes one, what may be two stays two."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Article, Entity, Extraction
from kg.resolution import Resolution, ResolvedEntity, resolve


def articles(*lists: Sequence[tuple[str, str, Sequence[str]]]) -> tuple[Extraction, ...]:
    """One extraction for each list of (class, name, aliases)."""
    return tuple(
        Extraction(
            Article(f"a{number}", "…"),
            tuple(Entity(f"e{i}", name, type, tuple(aliases)) for i, (type, name, aliases) in enumerate(rows, 1)),
            (),
        )
        for number, rows in enumerate(lists, 1)
    )


def labels(resolution: Resolution) -> list[str]:
    return sorted(entity.label for entity in nodes(resolution))


def nodes(resolution: Resolution) -> list[ResolvedEntity]:
    """The things that articles name, without units that these are linked to."""
    return sorted(set(resolution.of.values()), key=lambda entity: entity.id)


@pytest.mark.parametrize(
    ("type", "one", "other"),
    [
        ("Person", "Lê Thị Mai", "Lê Thị Mai"),
        ("Person", "Lê Thị Mai", "LÊ THỊ MAI"),
        ("Company", "Hoà Thuỷ", "Hòa Thủy"),
        ("AdministrativeArea", "Bà Rịa – Vũng Tàu", "Bà Rịa - Vũng Tàu"),
    ],
)
def test_one_name_is_one_thing(type: str, one: str, other: str) -> None:
    resolution = resolve(articles([(type, one, [])], [(type, other, [])]))
    assert len(nodes(resolution)) == 1
    assert resolution.of["a1", "e1"] is resolution.of["a2", "e1"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Person", "Trần Hùng", []), ("Person", "Trần Hưng", [])),
        (("Person", "Trần Văn Hùng", ["Hùng"]), ("Person", "Hùng", [])),
        (("Person", "Quý", []), ("Person", "Quỳ", [])),
        (("Company", "Sao Biển", []), ("Project", "Sao Biển", [])),
        (("Company", "Sao Biển", ["Tập đoàn"]), ("Company", "Tập đoàn", [])),
        (("GovernmentBody", "Chính phủ Lào", ["Chính phủ"]), ("GovernmentBody", "Chính phủ", [])),
    ],
)
def test_what_may_be_two_stays_two(one: tuple[str, str, list[str]], other: tuple[str, str, list[str]]) -> None:
    assert len(nodes(resolve(articles([one], [other])))) == 2


def test_a_longer_form_and_an_acronym_join_with_the_reason() -> None:
    resolution = resolve(
        articles(
            [("Company", "Sao Biển", ["Sao Biển", "Tập đoàn Sao Biển"]), ("Organization", "Hội Nghề cá", ["HNC"])],
            [("Company", "Tập đoàn Sao Biển", []), ("Organization", "HNC", [])],
        )
    )
    assert labels(resolution) == ["Hội Nghề cá", "Tập đoàn Sao Biển"]
    assert {reason for entity in resolution.entities for reason in entity.reasons} == {
        "a1 calls Hội Nghề cá HNC",
        "a1 calls Sao Biển Tập đoàn Sao Biển",
        "sao biển and tập đoàn sao biển differ only in their legal form or kind",
    }


def test_an_acronym_of_two_things_joins_neither() -> None:
    resolution = resolve(
        articles(
            [("Organization", "Hội Nghề cá", ["HNC"])],
            [("Organization", "Hội Nhà chung", ["HNC"])],
            [("Organization", "HNC", [])],
        )
    )
    assert len(nodes(resolution)) == 3


def test_aliases_are_names_not_titles_or_generic_words(extractions: tuple[Extraction, ...]) -> None:
    resolution = resolve(extractions)
    aliases = {entity.label: entity.aliases for entity in resolution.entities}
    assert aliases["Lê Thị Mai"] == ()
    assert aliases["John Carter"] == ("Carter",)
    assert aliases["Sao Biển"] == ("Công ty Sao Biển",)


def test_ids_are_readable_and_stay_when_articles_are_added(extractions: tuple[Extraction, ...]) -> None:
    alone, both = resolve(extractions[:1]), resolve(extractions)
    assert {key: entity.id for key, entity in both.of.items() if key in alone.of} == {
        key: entity.id for key, entity in alone.of.items()
    }
    assert alone.of["hoi-cho", "e1"].id.startswith("le-thi-mai-")


_names = st.sampled_from(["Sao Biển", "Tập đoàn Sao Biển", "SB", "SBG", "Gió Lào", "gió lào"])
_entities = st.tuples(st.sampled_from(["Company", "Person"]), _names, st.lists(_names, max_size=3))


@given(st.lists(st.lists(_entities, max_size=3), max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_articles_does_not_matter(lists: list[list[tuple[str, str, list[str]]]], random: object) -> None:
    extractions = list(articles(*lists))
    shuffled = extractions.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = resolve(extractions), resolve(shuffled)
    assert one.entities == other.entities
    assert dict(one.of) == dict(other.of)
