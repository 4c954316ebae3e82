"""The times that may date a relation: those of its sentence, of sentences near it and of the article's opening."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from kg.extractors.attributes.dating import dates_elsewhere
from kg.extractors.attributes.options import FAR, Option, Setting, last_word, next_word
from kg.extractors.attributes.scene import Scene
from kg.model import Span, Time

_BACK, _AHEAD, _OPENING = 6, 1, 3


def offer_dates(scene: Scene, settings: list[Setting]) -> list[list[Option[str]]]:
    """For each setting the dates it may have, each once, those of its own sentence first."""
    counts = Counter(time.value for time in scene.document.times if time.value)
    firsts: dict[str, int] = {}
    for time in scene.document.times:
        if time.value:
            firsts.setdefault(time.value, len(firsts))
    who = [frozenset(mention.entity for mention in row) for row in scene.mentions] if counts else []
    today = _day(scene.document.article.date)
    return [_options(scene, setting, counts, firsts, who, today) for setting in settings]


def _places(scene: Scene, setting: Setting) -> Iterator[int]:
    here, count = setting.finding.sentence, len(scene.times)
    yield here
    if not setting.state:
        yield from range(here - 1, max(-1, here - 1 - _BACK), -1)
        yield from range(here + 1, min(count, here + 1 + _AHEAD))
        yield from range(0, max(0, min(_OPENING, here - _BACK)))


def _options(
    scene: Scene,
    setting: Setting,
    counts: Counter[str],
    firsts: dict[str, int],
    who: list[frozenset[str]],
    today: dt.date | None,
) -> list[Option[str]]:
    options: dict[str, Option[str]] = {}
    here = setting.finding.sentence
    own = sum(time.value is not None for time in scene.times[here])
    passed = days_passed = 0
    for place in _places(scene, setting):
        row = scene.times[place]
        for rank, time in enumerate(_nearest_first(row, setting.anchor) if place == here else row[::-1]):
            if time.value is None or time.value in options:
                continue
            numbers = (
                float(own), float(len(options)), float(rank), float(passed), float(days_passed),
                float(counts[time.value]), float(firsts[time.value]), float(len(counts)),
                *_described(scene, setting, time, place, who[place]), *_calendar(time.value, today),
            )  # fmt: skip
            options[time.value] = Option(time.value, setting.numbers + numbers, _words(scene, setting, time, place))
            passed += 1
            days_passed += len(time.value) == 10
    return list(options.values())


def _nearest_first(row: tuple[Time, ...], anchor: int) -> list[Time]:
    return sorted(row, key=lambda time: (abs(time.start - anchor), time.start))


def _described(
    scene: Scene, setting: Setting, time: Time, place: int, mentioned: frozenset[str]
) -> tuple[float, ...]:
    finding, anchor = setting.finding, setting.anchor
    sentence = scene.document.sentences[place]
    same = place == finding.sentence
    low, high = min(time.end, anchor), max(time.start, anchor)
    reach = same and high - low < 400
    return (
        float(finding.sentence - place),
        float(place),
        float(time.start - anchor) if same else FAR,
        float(time.start - sentence.start),
        float(time.value == setting.reading.date),
        float(setting.reading.date is not None),
        float(dates_elsewhere(scene, time, place)),
        float(finding.subject in mentioned),
        float(finding.object in mentioned),
        float(scene.text.count(",", low, high)) if reach else FAR,
        float(scene.speech.search(scene.text, low, high) is not None) if reach else 2.0,
        float(scene.clause(Span(setting.start, setting.end), anchor).start <= time.start) if reach else 2.0,
        float(time.start - setting.object.end) if same and setting.object else FAR,
        float(time.start - setting.subject.end) if same and setting.subject else FAR,
        float(time.end - time.start),
    )


def _calendar(value: str, today: dt.date | None) -> tuple[float, float]:
    """How precise a value is (its length), and how many days after the article it lies."""
    day = _day((value.split("/")[0] + "-01-01")[:10])
    return float(len(value)), float((day - today).days) if day and today else 99999.0


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None


def _words(scene: Scene, setting: Setting, time: Time, place: int) -> tuple[str, ...]:
    sentence = scene.document.sentences[place]
    here = min(2, max(-1, setting.finding.sentence - place))
    return (
        *setting.words,
        f"{setting.finding.relation} {len(time.value or '')} {here}",
        last_word(scene.text, sentence.start, time.start),
        next_word(scene.text, time.start, time.end),
        next_word(scene.text, time.end, sentence.end),
        next_word(scene.text, setting.start, setting.end) if here else "",
    )
