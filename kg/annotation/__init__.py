"""What an article mentions: sentences, names, offices, times, numbers, and which mentions are one entity."""

from collections.abc import Sequence

from kg.annotation.coreference import resolve_mentions
from kg.annotation.names import correct_names
from kg.annotation.quantities import find_quantities
from kg.annotation.times import find_times
from kg.gazetteer import load_gazetteer
from kg.model import Article, Document, Span
from kg.ontology import Ontology
from kg.recognition import Name

__all__ = ["annotate"]


def annotate(article: Article, sentences: Sequence[Span], names: Sequence[Name], *, ontology: Ontology) -> Document:
    """The document of an article, from the names that a recogniser read in its sentences."""
    gazetteer = load_gazetteer()
    corrected = correct_names(article.text, sentences, names, gazetteer, ontology)
    resolved = resolve_mentions(article.text, sentences, corrected, ontology.lexicon, gazetteer)
    times = find_times(article.text, article.date, sentences)
    quantities = find_quantities(article.text, sentences, resolved.mentions, times)
    return Document(article, tuple(sentences), resolved.mentions, resolved.entities, resolved.titles, times, quantities)
