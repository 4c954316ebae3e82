"""The quantities that may be a relation's amount: those of its sentence."""

from collections.abc import Sequence
from math import log10

from kg.extractors.attributes.options import FAR, Option, Setting, last_word, next_word
from kg.extractors.attributes.scene import Scene
from kg.model import Quantity

_MOST = 12


def offer_amounts(scene: Scene, settings: Sequence[Setting]) -> list[list[Option[Quantity]]]:
    """For each setting the quantities stated in its sentence, the nearest first."""
    return [_options(scene, setting) for setting in settings]


def _options(scene: Scene, setting: Setting) -> list[Option[Quantity]]:
    anchor, rule = setting.anchor, setting.reading.amount
    inside = scene.quantities[setting.finding.sentence]
    stated = sorted(inside, key=lambda one: (abs(one.start - anchor), one.start))[:_MOST]
    options = []
    for rank, one in enumerate(stated):
        low, high = min(one.start, anchor), max(one.start, anchor)
        subject, object_ = setting.subject, setting.object
        numbers = (
            float(len(inside)), float(rank), float(one.start - anchor), float(one.start - setting.start),
            float(one.start - object_.start) if object_ else FAR,
            float(one.start - subject.start) if subject else FAR,
            float(rule is not None), float(rule is not None and rule.start == one.start),
            float(one.about == setting.finding.subject), float(one.about == setting.finding.object),
            float(scene.text.count(",", low, high)), log10(abs(one.value) + 1e-3),
        )  # fmt: skip
        unit = one.unit.split("/")[0]
        words = (
            *setting.words,
            f"{setting.finding.relation} {unit}",
            unit,
            last_word(scene.text, setting.start, one.start),
            next_word(scene.text, one.start + len(one.text), setting.end),
            f"{setting.finding.relation} {last_word(scene.text, setting.start, one.start)}",
        )
        options.append(Option(one, setting.numbers + numbers, words))
    return options
