"""Training of the fast engine."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pycrfsuite

from kg.recognition import Recogniser
from kg.recognition.decoding import LABELS
from kg.recognition.features import word_features
from kg.recognition.words import find_words
from kg.training.data import Labelled, split_sentences
from kg.training.labels import UNSURE, label_words

__all__ = ["fit_crf", "silver"]


def fit_crf(articles: Iterable[Labelled], path: Path, *, rounds: int = 60) -> None:
    """Train on labelled articles and write the model; a sentence with a name of open class is left out."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(
        {"c1": 0.1, "c2": 0.02, "max_iterations": rounds, "feature.minfreq": 2, "feature.possible_transitions": True}
    )
    for article in articles:
        label_of = label_words(article)
        for sentence in article.sentences:
            spans = find_words(article.text, *sentence)
            labels = [label_of(span) for span in spans]
            if UNSURE not in labels:
                features = word_features([article.text[start:end] for start, end in spans])
                trainer.append(features, [LABELS[label] for label in labels])
    trainer.train(str(path))


def silver(recognise: Recogniser, texts: Iterable[str], *, sure: float = 0.0) -> Iterator[Labelled]:
    """Texts with the names that another recogniser finds, to learn from as if they were annotated."""
    for number, text in enumerate(texts):
        sentences = split_sentences(text)
        names = recognise(text, sentences).names
        unsure = tuple((name.start, name.end) for name in names if name.score < sure)
        found = tuple((name.start, name.end, name.type) for name in names)
        yield Labelled(f"silver-{number}", text, sentences, found, unsure)
