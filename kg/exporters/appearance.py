"""How the classes look in pages and in Gephi: a colour for each family of classes, a shape for each class in it.

Colour and shape together tell classes apart, so that a reader who sees few colours loses nothing. The six colours keep
their distance under protanopia, deuteranopia and tritanopia, and each has contrast of at least 3:1 with its background
(WCAG 2.2, 1.4.11); `tests/test_exporters.py` measures both.
"""

from dataclasses import dataclass

from kg.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Appearance:
    """A family of classes (its colour) and a shape of vis-network."""

    family: str
    shape: str


LIGHT = {
    "people": "#2261bf",
    "state": "#d04d11",
    "organisations": "#6b3f00",
    "places": "#19927c",
    "happenings": "#a9358f",
    "works": "#4a5157",
}
DARK = {
    "people": "#83adfb",
    "state": "#fb825d",
    "organisations": "#e5b43f",
    "places": "#08c8a2",
    "happenings": "#d879bc",
    "works": "#c6d4e4",
}

_CLASSES = {
    "Person": Appearance("people", "dot"),
    "GovernmentBody": Appearance("state", "square"),
    "PoliticalParty": Appearance("state", "star"),
    "Company": Appearance("organisations", "square"),
    "Organization": Appearance("organisations", "dot"),
    "InternationalOrganization": Appearance("organisations", "hexagon"),
    "MediaOrganization": Appearance("organisations", "triangleDown"),
    "Country": Appearance("places", "diamond"),
    "AdministrativeArea": Appearance("places", "hexagon"),
    "Place": Appearance("places", "triangleDown"),
    "Event": Appearance("happenings", "triangle"),
    "Agreement": Appearance("works", "square"),
    "Initiative": Appearance("works", "star"),
    "Project": Appearance("works", "diamond"),
}
_UNKNOWN = Appearance("works", "dot")


def appearance_of(name: str, ontology: Ontology) -> Appearance:
    """How a class looks; a user's own class looks like the nearest parent that has a look."""
    ahead, seen = [name], set[str]()
    while ahead:
        current = ahead.pop(0)
        if current in _CLASSES:
            return _CLASSES[current]
        if current not in seen and current in ontology.classes:
            seen.add(current)
            ahead.extend(ontology.classes[current].parents)
    return _UNKNOWN
