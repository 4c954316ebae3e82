"""What several tests need: the ontology, and articles with hand-made records of what they say."""

from pathlib import Path

import pytest
from hypothesis import settings

from kg.model import Article, Extraction
from kg.ontology import Ontology, load_ontology
from kg.records import extraction_from_record

# Examples are the same in every run, so that a failure can be seen again; slow machines have no deadline.
settings.register_profile("kg", derandomize=True, deadline=None)
settings.load_profile("kg")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--raise-floors", action="store_true", help="write better scores into tests/gold/floors.json")


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return Path(__file__).parents[1]


FAIR = Article(
    id="hoi-cho",
    date="2025-03-10",
    title=None,
    text="Chiều 9/3, Bộ trưởng Lê Thị Mai đã tiếp ông John Carter tại Hà Nội.\n\n"
    "Ông Carter cho biết Công ty Sao Biển sẽ đầu tư 2 tỷ USD vào Quảng Nam.\n"
    "Công ty Sao Biển không mua lại Công ty Gió Lào.",
)

PORT = Article(
    id="cang",
    date="2025-03-11",
    outlet="Báo Cảng",
    url="https://news.example/cang",
    text="Bộ trưởng Lê Thị Mai tiếp ông John Carter.\n\nSao Biển sản xuất tại Quảng Nam, có 1.200 công nhân.",
)


@pytest.fixture(scope="session")
def extractions() -> tuple[Extraction, ...]:
    """Two articles that share a meeting, dated in one of them, with a plan and a denial."""
    meeting, plan, denial = FAIR.text.replace("\n\n", "\n").split("\n")
    fair = {
        "entities": [
            {"id": "e1", "name": "Lê Thị Mai", "type": "Person", "aliases": ["Lê Thị Mai", "Bộ trưởng Lê Thị Mai"]},
            {"id": "e2", "name": "John Carter", "type": "Person", "aliases": ["John Carter", "Carter"]},
            {"id": "e3", "name": "Hà Nội", "type": "AdministrativeArea", "aliases": ["Hà Nội"]},
            {"id": "e4", "name": "Sao Biển", "type": "Company", "aliases": ["Công ty Sao Biển"]},
            {"id": "e5", "name": "Quảng Nam", "type": "AdministrativeArea", "aliases": ["Quảng Nam"]},
            {"id": "e6", "name": "Gió Lào", "type": "Company", "aliases": ["Công ty Gió Lào"]},
        ],
        "statements": [
            _statement("e1 received e2", meeting, date="2025-03-09", qualifiers={"place": "Hà Nội"}),
            _statement("e1 holds_position Bộ_trưởng", meeting),
            _statement(
                "e4 invests_in e5",
                plan,
                modality="planned",
                said_by="e2",
                qualifiers={"amount": "2 tỷ USD"},
                confidence=0.75,
            ),
            _statement("e4 acquired e6", denial, modality="negated"),
        ],
        "quantities": [],
    }
    meeting, work = PORT.text.split("\n\n")
    port = {
        "entities": [
            {"id": "e1", "name": "Lê Thị Mai", "type": "Person", "aliases": ["Lê Thị Mai"]},
            {"id": "e2", "name": "John Carter", "type": "Person", "aliases": ["John Carter"]},
            {"id": "e3", "name": "Sao Biển", "type": "Company", "aliases": ["Sao Biển"]},
            {"id": "e4", "name": "Quảng Nam", "type": "AdministrativeArea", "aliases": ["Quảng Nam"]},
        ],
        "statements": [_statement("e1 received e2", meeting), _statement("e3 operates_in e4", work, confidence=0.5)],
        "quantities": [
            {"text": "1.200 công nhân", "value": 1200, "unit": "công nhân", "about": "e3", "evidence": work},
        ],
    }
    return extraction_from_record(fair, FAIR), extraction_from_record(port, PORT)


def _statement(words: str, evidence: str, **more: object) -> dict[str, object]:
    s, p, o = (word.replace("_", " ") if word[0].isupper() else word for word in words.split())
    return {"s": s, "p": p, "o": o, "modality": "asserted", "evidence": [evidence]} | more
