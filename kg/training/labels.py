"""Labels of the words of a labelled article."""

from collections.abc import Callable

from kg.recognition.decoding import LABELS
from kg.training.data import Labelled

__all__ = ["UNSURE", "label_words"]

UNSURE = -100
"""The label of a word whose class the annotation leaves open; learning passes over it."""

_NUMBER = {label: number for number, label in enumerate(LABELS)}


def label_words(article: Labelled) -> Callable[[tuple[int, int]], int]:
    """A function from the span of a word of the article to the number of its label."""
    labels: dict[int, int] = {}
    for start, end, type_ in article.names:
        labels |= dict.fromkeys(range(start, end), _NUMBER[f"I-{type_}"])
        labels[start] = _NUMBER[f"B-{type_}"]
    for start, end in article.unsure:
        labels |= dict.fromkeys(range(start, end), UNSURE)
    return lambda word: labels.get(word[0], 0)
