"""Which names of one article are one entity: each line is an article's names of one class, and how they go together."""

import pytest

from kg.annotation import annotate
from kg.model import Article
from kg.ontology import Ontology
from kg.recognition import Name
from kg.text import sentence_spans

# Class; names that are one, by "="; different ones, by "|".
TOGETHER = [
    ("Organization", "Bệnh viện Đa khoa Hoa Lư = BVĐK Hoa Lư = BV đa khoa Hoa Lư"),
    ("GovernmentBody", "Công an TP Vĩnh Yên = Công an Vĩnh Yên = Công an thành phố Vĩnh Yên"),
    ("GovernmentBody", "Công an TP Vĩnh Yên | Công an huyện Vĩnh Yên"),
    ("GovernmentBody", "Sở GD&ĐT Lào Cai = Sở Giáo dục và Đào tạo Lào Cai = Sở GD-ĐT tỉnh Lào Cai"),
    ("GovernmentBody", "Văn phòng Quốc hội | Quốc hội"),
    ("GovernmentBody", "Đại sứ quán Na Uy tại Hà Nội = Đại sứ quán Na Uy"),
    ("GovernmentBody", "Bộ Công Thương | Bộ Công an"),
    ("Project", "dự án cầu Bình Lợi = cầu Bình Lợi = công trình cầu Bình Lợi"),
    ("Project", "sách xanh về 7G | mạng 7G"),
    ("Project", "điện thoại Sao Mai X5 = Sao Mai X5"),
    ("Event", "Hội chợ Sách Xuân 2024 = Sách Xuân 2024"),
    ("Event", "Lễ hội Hoa Ban 2023 | Lễ hội Hoa Ban 2024"),
    ("Agreement", "Nghị định 67/2014/NĐ-CP = Nghị định 67"),
    ("Agreement", "Nghị định 67 | Nghị định 68"),
    ("Person", "Robert J. Palmer = Robert Palmer = Palmer"),
    ("Person", "Nguyễn Văn An | Nguyễn Thị An"),
    ("Country", "Nhật Bản = Nhật"),
    ("AdministrativeArea", "Yên Bái | Nghĩa Lộ"),
    ("Place", "căn cứ không quân Sao Mai = căn cứ Sao Mai"),
    ("Place", "Đông Nam Á | Đông Á"),
    ("Company", "Công ty Cổ phần Gạch Sông Đáy = Gạch Sông Đáy"),
    ("Company", "Sao Mai | Sao Mai Logistics"),
]


@pytest.mark.parametrize(("type_", "names"), TOGETHER, ids=[names for _, names in TOGETHER])
def test_names_of_one_article_go_together_as_they_should(type_: str, names: str, ontology: Ontology) -> None:
    wanted = [{form.strip() for form in group.split("=")} for group in names.split("|")]
    forms = [form.strip() for group in names.split("|") for form in group.split("=")]
    text, marks = "", []
    for form in forms:
        text += "Hôm nay có tin về "
        marks.append(Name(len(text), len(text) + len(form), type_, 1.0))
        text += form + ".\n"
    document = annotate(Article("a", text), sentence_spans(text), marks, ontology=ontology)
    found: dict[str, set[str]] = {}
    for mention in document.mentions:
        found.setdefault(mention.entity, set()).add(mention.text)
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, wanted))


def test_a_bracketed_place_is_not_its_neighbour(ontology: Ontology) -> None:
    text = "Vụ việc xảy ra ở Sa Pa (Lào Cai)."
    marks = [Name(17, 22, "AdministrativeArea", 1.0), Name(24, 31, "AdministrativeArea", 1.0)]
    document = annotate(Article("a", text), sentence_spans(text), marks, ontology=ontology)
    assert len(document.entities) == 2


def test_a_capital_that_acts_is_its_country(ontology: Ontology) -> None:
    text = "Mỹ ra thông báo mới. Washington tuyên bố sẽ trả lời. Hội nghị diễn ra tại Tokyo. Nhật Bản là chủ nhà."
    marks = [
        Name(text.index(form), text.index(form) + len(form), type_, 1.0)
        for form, type_ in [("Mỹ", "Country"), ("Washington", "AdministrativeArea"),
                            ("Tokyo", "AdministrativeArea"), ("Nhật Bản", "Country")]
    ]  # fmt: skip
    document = annotate(Article("a", text), sentence_spans(text), marks, ontology=ontology)
    assert {entity.name: set(entity.aliases) for entity in document.entities} == {
        "Mỹ": {"Mỹ", "Washington"},
        "Tokyo": {"Tokyo"},
        "Nhật Bản": {"Nhật Bản"},
    }


def test_the_capital_of_the_press_is_a_city(ontology: Ontology) -> None:
    text = "Hà Nội mở thêm trường mới. Việt Nam đón thêm khách."
    marks = [Name(0, 6, "AdministrativeArea", 1.0), Name(27, 35, "Country", 1.0)]
    document = annotate(Article("a", text), sentence_spans(text), marks, ontology=ontology)
    assert [entity.name for entity in document.entities] == ["Hà Nội", "Việt Nam"]
