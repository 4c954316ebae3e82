"""Who does what in a sentence: the subject and the object of its verb, by the order of its clauses."""

import pytest

from kg.annotation import annotate
from kg.annotation.phrases import PhraseIndex
from kg.extractors.clauses import Clauses
from kg.extractors.sentence import Sentence, view_sentences
from kg.model import Article
from kg.ontology import Ontology
from kg.recognition import Name
from kg.text import sentence_spans

CLASSES = {
    "Lê Văn Sáu": "Person",
    "Trần Thị Bảy": "Person",
    "Phạm Minh Tám": "Person",
    "Gạch Sông Đáy": "Company",
    "Lào": "Country",
    "Hà Nam": "AdministrativeArea",
    "Sơn La": "AdministrativeArea",
}

# A sentence, a verb in it, who is its subject and its object.
SENTENCES = [
    ("Bộ trưởng Lê Văn Sáu đã tiếp bà Trần Thị Bảy.", "tiếp", "Lê Văn Sáu", "Trần Thị Bảy"),
    ("Cảm ơn bà Trần Thị Bảy, ông Lê Văn Sáu nói về Lào.", "Cảm ơn", "Lê Văn Sáu", "Trần Thị Bảy"),
    ("Ông Lê Văn Sáu tiếp bà Trần Thị Bảy; cảm ơn ông Phạm Minh Tám.", "cảm ơn", "Lê Văn Sáu", "Phạm Minh Tám"),
    ("Ông Lê Văn Sáu khẳng định Gạch Sông Đáy sẽ đầu tư vào Hà Nam.", "đầu tư", "Gạch Sông Đáy", "Hà Nam"),
]


def clauses_of(text: str, ontology: Ontology) -> tuple[Clauses, tuple[str | None, ...], dict[str, str], Sentence]:
    found = [(text.index(form), form, type_) for form, type_ in CLASSES.items() if form in text]
    names = [Name(start, start + len(form), type_, 1.0) for start, form, type_ in sorted(found)]
    document = annotate(Article("a", text), sentence_spans(text), names, ontology=ontology)
    (sentence,) = view_sentences(document, ontology)
    speech = PhraseIndex((word, word) for word in ontology.lexicon.words["speech"])
    labels = {entity.id: entity.name for entity in document.entities}
    return Clauses(sentence, speech), tuple(item.entity for item in sentence.items), labels, sentence


@pytest.mark.parametrize(("text", "verb", "subject", "object_"), SENTENCES, ids=[verb for _, verb, *_ in SENTENCES])
def test_verbs_have_their_subject_and_object(
    text: str, verb: str, subject: str, object_: str, ontology: Ontology
) -> None:
    clauses, entities, labels, sentence = clauses_of(text, ontology)
    triggers = [t for t in sentence.triggers if t.form.startswith(verb.lower()) or verb.lower() in t.form]
    assert triggers, sentence.triggers
    roles = clauses.roles(triggers[0])
    ends = [labels.get(entities[role] or "") if role >= 0 else None for role in (roles.subject, roles.object)]
    assert ends == [subject, object_]


def test_a_clause_may_name_a_further_place(ontology: Ontology) -> None:
    text = "Gạch Sông Đáy đầu tư vào Hà Nam thông qua một nhà máy lớn tại Sơn La."
    clauses, entities, labels, sentence = clauses_of(text, ontology)
    trigger = next(t for t in sentence.triggers if t.form.startswith("đầu tư"))
    assert {labels[entities[i] or ""] for i in clauses.roles(trigger).further} == {"Sơn La"}
