"""What each sentence says of the relations found in it, by the rules alone and by the trained models."""

from collections.abc import Mapping, Sequence

from kg.extractors.attributes.amount_options import offer_amounts
from kg.extractors.attributes.amounts import read_amount
from kg.extractors.attributes.date_options import offer_dates
from kg.extractors.attributes.dating import date_finding
from kg.extractors.attributes.modality import read_modality
from kg.extractors.attributes.modality_options import offer_modalities
from kg.extractors.attributes.options import Option, Reading, set_finding
from kg.extractors.attributes.scene import Scene
from kg.extractors.attributes.speaker_options import offer_speakers
from kg.extractors.attributes.speakers import Report, speaker_of
from kg.model import Finding

Offers = Mapping[str, Sequence[Sequence[Option[str] | Option[Quantity] | Option[None]]]]


def read_by_rules(scene: Scene, finding: Finding, reports: Sequence[Report]) -> Reading:
    """What the rules read of a relation in its sentence."""
    date = date_finding(scene, finding)
    modality = read_modality(scene, finding, date)
    return Reading(modality, date, speaker_of(scene, finding, modality, reports), read_amount(scene, finding))
