"""Statements from a document: candidates are found by grammar and lexicon, ranked by trained models, then qualified."""

from functools import cache

from kg.extractors import certainties, doubts, frames
from kg.extractors.attributes import qualify
from kg.extractors.candidates import find_candidates
from kg.extractors.certainties import find_place_offices, is_certain
from kg.extractors.deciding import decide
from kg.extractors.doubts import is_doubtful
from kg.extractors.frames import fits_frame
from kg.extractors.ranking import ask_encoder, load_ranker
from kg.extractors.sentence import view_sentences
from kg.model import Document, Statement
from kg.ontology import Ontology
from kg.recognition import Reading
from kg.text import is_vietnamese

__all__ = ["extract"]


def extract(document: Document, reading: Reading, *, ontology: Ontology, engine: str) -> tuple[Statement, ...]:
    """What the document states, each with evidence, modality, speaker, time and the rest.

    `reading` is what the names engine called `engine` made of the article; its ranker belongs to the same engine.
    Relations that the ranker was not trained on, such as a user's own, are found by their lexical entries alone.
    """
    if not is_vietnamese(document.article.text):
        return ()
    sentences = tuple(view_sentences(document, ontology))
    candidates = find_candidates(document, sentences, ontology)
    ranker = load_ranker(engine)
    relate = None if reading.pieces is None else ask_encoder(reading, ranker.relations)
    chances = ranker.score(candidates, relate)
    known = frozenset(ranker.relations)
    offices = cache(lambda number: find_place_offices(sentences[number], ontology.lexicon))
    looked_at = (frozenset(candidates.relations) - known) | certainties.RELATIONS | doubts.RELATIONS
    for i in candidates.of_relations(looked_at):
        row = candidates[i]
        if row.relation not in known and fits_frame(row, sentences[row.sentence]):
            chances[i] = frames.CONFIDENCE
        elif is_certain(row, sentences[row.sentence], offices(row.sentence)):
            chances[i] = max(chances[i], certainties.CONFIDENCE)
        elif row.relation in doubts.RELATIONS and is_doubtful(row):
            chances[i] = 0
    findings = decide(document, candidates, chances, threshold=ranker.threshold, second=ranker.second)
    return qualify(document, findings, ontology)
