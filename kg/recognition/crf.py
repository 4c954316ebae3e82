"""The fast engine: a linear-chain CRF on features of words, for archives of millions of articles."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pycrfsuite

from kg.recognition import Name, Reading, Recogniser
from kg.recognition.decoding import LABELS, join_words
from kg.recognition.features import word_features
from kg.recognition.tidying import tidy
from kg.recognition.words import check_sentences, read_words

__all__ = ["load_crf"]

MODELS = Path(__file__).parents[1] / "models"
_NUMBER = {label: number for number, label in enumerate(LABELS)}

# A sentence is labelled at once; a line of a megabyte is no sentence, and its lattice would fill memory.
_LONGEST = 400


@cache
def load_crf(path: Path = MODELS / "names.crfsuite") -> Recogniser:
    """The recogniser of a model file."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))

    def recognise(text: str, sentences: Sequence[tuple[int, int]]) -> Reading:
        check_sentences(text, sentences)
        names: list[Name] = []
        for sentence in sentences:
            words = read_words(text, *sentence)
            for start in range(0, len(words), _LONGEST):
                part = slice(start, start + _LONGEST)
                names += _tag(tagger, words.spans[part], words.written[part])
        return Reading(tuple(tidy(text, names)))

    return recognise


def _tag(tagger: pycrfsuite.Tagger, spans: Sequence[tuple[int, int]], words: Sequence[str]) -> list[Name]:
    """The names of one sentence."""
    tags = tagger.tag(word_features(words))
    if set(tags) == {"O"}:
        return []
    labels = [_NUMBER[tag] for tag in tags]
    sure = [tagger.marginal(tag, at) if tag != "O" else 1.0 for at, tag in enumerate(tags)]
    return join_words(spans, labels, sure)
