"""Names in Vietnamese text: which stretches of an article name something, and of which class.

Two engines behind one signature, in one table. `accurate` is a small pretrained encoder, the
default; `fast` is a linear-chain CRF, for archives. Both read only the text, so a name is the
same whatever else is in the batch, on the machine, or was read before.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.recognition.relating import Pieces

__all__ = ["ENGINES", "TYPES", "Name", "Reading", "Recogniser"]

TYPES: tuple[str, ...] = (
    "AdministrativeArea",
    "Agreement",
    "Company",
    "Country",
    "Event",
    "GovernmentBody",
    "Initiative",
    "InternationalOrganization",
    "MediaOrganization",
    "Organization",
    "Person",
    "Place",
    "PoliticalParty",
    "Project",
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name found at `text[start:end]`, with no space at either end.

    `type` is one of `TYPES`; `score`, 0 to 1, is the mean probability that the engine gives
    to its own labels over the name.
    """

    start: int
    end: int
    type: str
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What an engine read in an article: names, sorted, apart, none across two sentences.

    `pieces` is what `relating.score_pairs` needs to tell how mentions are related; the fast engine has none.
    """

    names: tuple[Name, ...]
    pieces: "Pieces | None" = None


Recogniser = Callable[[str, Sequence[tuple[int, int]]], Reading]
"""Article text and the spans of its sentences to what is read in them."""


@cache
def _accurate() -> Recogniser:
    from kg.recognition.encoder import load_encoder

    return load_encoder()


@cache
def _fast() -> Recogniser:
    from kg.recognition.crf import load_crf

    return load_crf()


ENGINES: dict[str, Callable[[], Recogniser]] = {"accurate": _accurate, "fast": _fast}
"""Name of an engine to what loads it, once per process. Engines load their libraries lazily."""
