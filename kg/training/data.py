"""Annotated articles as labelled text: where exactly the names of a gold file stand.

A gold file lists entities with the forms that stand for them; which of these forms are names,
and where they stand, is decided in `forms.py` and here.
"""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.recognition.words import find_words
from kg.text import sentence_spans
from kg.training.forms import name_forms

__all__ = ["Labelled", "label_article", "read_gold", "split_sentences"]

Span = tuple[int, int]

_DATE = re.compile(r"\s*date \d{4}-\d\d-\d\d ")
# Countries whose names also begin sentences as ordinary words ("Anh cho biết", "Ý kiến").
_ALSO_WORDS = {"Anh", "Ý", "Áo"}
_LANGUAGE = {"tiếng", "Tiếng"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with its sentences and the names in it: (start, end, class), sorted and apart.

    `unsure` are spans whose class the annotation leaves open; training learns nothing from them. `entities`
    and `statements` are as in the gold record.
    """

    id: str
    text: str
    sentences: tuple[Span, ...]
    names: tuple[tuple[int, int, str], ...]
    unsure: tuple[Span, ...] = ()
    entities: tuple[Mapping[str, Any], ...] = ()
    statements: tuple[Mapping[str, Any], ...] = ()


def split_sentences(text: str) -> tuple[Span, ...]:
    """Spans of the sentences of a text, without its leading date."""
    date = _DATE.match(text)
    start = date.end() if date else 0
    return tuple((start + span.start, start + span.end) for span in sentence_spans(text[start:]))


def label_article(
    id_: str, text: str, entities: Sequence[Mapping[str, Any]], statements: Sequence[Mapping[str, Any]] = ()
) -> Labelled:
    """The names of the gold entities where they stand in the text: longest first, on word borders."""
    classes = _classes(entities)
    by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for form in classes:
        by_first[form[0]].append(form)
    for forms in by_first.values():
        forms.sort(key=len, reverse=True)
    names, unsure = [], []
    sentences = split_sentences(text)
    for sentence in sentences:
        spans = find_words(text, *sentence)
        words = [text[start:end] for start, end in spans]
        at = 0
        while at < len(words):
            for form in by_first.get(words[at], ()):
                if tuple(words[at : at + len(form)]) == form:
                    span = (spans[at][0], spans[at + len(form) - 1][1])
                    class_ = _class_here(classes[form], words, at, len(form))
                    if class_ is None:
                        unsure.append(span)
                    elif class_:
                        names.append((*span, class_))
                    at += len(form)
                    break
            else:
                at += 1
    return Labelled(id_, text, sentences, tuple(names), tuple(unsure), tuple(entities), tuple(statements))


def _classes(entities: Iterable[Mapping[str, Any]]) -> dict[tuple[str, ...], str | None]:
    """Each form, as its words, to its class; None where entities of two classes share it alike."""
    ranked: dict[tuple[str, ...], set[tuple[int, str]]] = defaultdict(set)
    for entity in entities:
        for form, is_name in name_forms(entity["name"], entity["type"], entity.get("aliases") or ()):
            words = tuple(form[start:end] for start, end in find_words(form))
            if words:
                ranked[words].add((0 if is_name else 1, entity["type"]))
    classes: dict[tuple[str, ...], str | None] = {}
    for words, found in ranked.items():
        best = min(rank for rank, _ in found)
        types = {type_ for rank, type_ in found if rank == best}
        classes[words] = types.pop() if len(types) == 1 else None
    return classes


def _class_here(class_: str | None, words: Sequence[str], at: int, length: int) -> str | None:
    """The class of a form at a position: "" where it is no name there, None where that is unsure."""
    if class_ == "Country" and length == 1:
        if at and words[at - 1] in _LANGUAGE:
            return ""
        if at == 0 and words[0] in _ALSO_WORDS:
            return None
    return class_


def read_gold(path: Path, texts: Path | None = None) -> Iterator[Labelled]:
    """The articles of a gold file; `texts` is the folder of those whose text is not in the record."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        record = json.loads(line)
        if "text" in record:
            text = record["text"]
        elif texts is not None:
            text = (texts / record["file"]).read_text("utf-8")
        else:
            raise InputError(path, f"the text of {record['id']} is not here", "Pass the folder with --texts", number)
        yield label_article(
            record["id"], unicodedata.normalize("NFC", text), record["entities"], record.get("statements") or ()
        )
