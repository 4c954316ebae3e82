"""Training of the relation ranker on annotated articles.

The linear model's and the encodings' columns are made for each article by models that have not seen it (five folds),
so that the trees learn how far to trust them on news that is new.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from kg.annotation import annotate
from kg.articles import read_articles
from kg.errors import UsageError
from kg.evaluation import align, normalise
from kg.extractors.candidates import Candidates, find_candidates
from kg.extractors.features import FEATURES
from kg.extractors.ground import CLASSES
from kg.extractors.paths import BUCKETS, buckets_of
from kg.extractors.ranking import (
    Encodings,
    LinearModel,
    Relate,
    ask_encoder,
    encoder_columns,
    form_key,
    linear_columns,
)
from kg.extractors.sentence import view_sentences
from kg.model import Document
from kg.ontology import Ontology
from kg.recognition import ENGINES
from kg.records import read_records
from kg.text import sentence_spans
from kg.training.trees import export_trees, fit_trees

Floats = npt.NDArray[np.float32]

FOLDS = 5
THRESHOLD = 0.25
"""The chance from which a statement is made, and by how much a second relation between the same ends must exceed it.

Both are where statement F1 was highest in cross-validation over the annotated articles; from 0.2 to 0.3 it is the same
within 0.003.
"""
SECOND = 0.1
WRONG, RIGHT, UNSURE = 0, 1, 2
_RARE = 3
_SMOOTHING = 10


@dataclass(frozen=True, slots=True)
class Example:
    """An annotated article as the ranker sees it: its candidates, and whether each is right by the annotation.

    `truth` is UNSURE for a candidate whose statement the annotation has, but not in this sentence.
    """

    id: str
    document: Document
    candidates: Candidates
    truth: tuple[int, ...]
    relate: Relate | None = None


def make_example(
    record: Mapping[str, Any], document: Document, ontology: Ontology, relate: Relate | None = None
) -> Example:
    """An example from a gold record and the document that the program makes of the same article."""
    sentences = tuple(view_sentences(document, ontology))
    candidates = find_candidates(document, sentences, ontology)
    found = [{"id": e.id, "name": e.name, "type": e.type, "aliases": list(e.aliases)} for e in document.entities]
    to_gold = align(record["entities"], found)
    stated = _stated(record, document, ontology)
    truth = []
    for row in candidates:
        term = ontology.relations[row.relation]
        object_ = normalise(row.b.text) if term.literal else to_gold.get(row.b.entity or "", "?")
        key = _key(row.relation, to_gold.get(row.a.entity or "", "?"), object_, term.symmetric)
        where = stated.get(key)
        if where is None:
            truth.append(WRONG)
        else:
            truth.append(RIGHT if row.sentence in where or term.state else UNSURE)
    return Example(record["id"], document, candidates, tuple(truth), relate)


def _key(relation: str, subject: str, object_: str, symmetric: bool) -> tuple[str, str, str]:
    if symmetric and object_ < subject:
        subject, object_ = object_, subject
    return relation, subject, object_


def _stated(record: Mapping[str, Any], document: Document, ontology: Ontology) -> dict[tuple[str, str, str], set[int]]:
    """The statements of the record, with the sentences that are evidence for them."""
    sentences = [normalise(span.of(document.article.text)) for span in document.sentences]
    stated: dict[tuple[str, str, str], set[int]] = {}
    for statement in record["statements"]:
        term = ontology.relations[statement["p"]]
        object_ = normalise(statement["o"]) if term.literal else statement["o"]
        where = stated.setdefault(_key(statement["p"], statement["s"], object_, term.symmetric), set())
        for quote in statement.get("evidence") or ():
            wanted = normalise(quote)
            where.update(i for i, sentence in enumerate(sentences) if wanted in sentence or sentence in wanted)
    return stated


@dataclass(frozen=True, slots=True)
class Table:
    """All candidates of all examples, one below the other; `example` and `fold` tell where a row comes from."""

    values: Floats
    truth: npt.NDArray[np.int_]
    example: npt.NDArray[np.int_]
    fold: npt.NDArray[np.int_]


def tabulate(examples: Sequence[Example], folds: Sequence[int], relations: Sequence[str]) -> Table:
    """The table of the examples, the first column numbering `relations`."""
    number = {name: i for i, name in enumerate(relations)}
    table = np.vstack([example.candidates.values for example in examples])
    table[:, 0] = [number[row.relation] for example in examples for row in example.candidates]
    sizes = [len(example.candidates) for example in examples]
    owner = np.repeat(np.arange(len(examples)), sizes)
    truth = np.asarray([t for example in examples for t in example.truth])
    return Table(table, truth, owner, np.asarray(folds)[owner])


def fit_linear(examples: Sequence[Example], relations: Sequence[str], *, strength: float = 0.3) -> LinearModel:
    """A softmax over the relations from the words of a pair; features seen in fewer than three pairs are left out."""
    paths: list[list[int]] = []
    labels: list[int] = []
    for example in examples:
        start = len(labels)
        paths += example.candidates.paths
        labels += [0] * len(example.candidates.paths)
        for row, truth in zip(example.candidates, example.truth, strict=True):
            if truth == RIGHT:
                labels[start + row.pair] = 1 + relations.index(row.relation)
    columns = buckets_of(paths)
    rows = np.repeat(np.arange(len(paths)), [len(path) for path in paths])
    matrix = sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(paths), BUCKETS))
    buckets = np.flatnonzero(np.asarray((matrix > 0).sum(axis=0)).ravel() >= _RARE).astype(np.int32)
    model = LogisticRegression(C=strength, max_iter=30, tol=1e-3)
    model.fit(matrix[:, buckets], labels)
    weights = np.zeros((len(buckets), len(relations) + 1), np.float16)
    bias = np.full(len(relations) + 1, -20.0, np.float32)
    weights[:, model.classes_] = model.coef_.T
    bias[model.classes_] = model.intercept_
    return LinearModel(buckets, weights, bias)


def fit_encodings(
    examples: Sequence[Example], table: Table, relations: Sequence[str], chosen: Sequence[int]
) -> Encodings:
    """The shares of right candidates by words and by classes, over the chosen examples."""
    seen, right = Counter[str](), Counter[str]()
    shape = (len(relations), len(CLASSES), len(CLASSES))
    pairs, good = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    number = {name: i for i, name in enumerate(relations)}
    for index in chosen:
        example = examples[index]
        for row, truth in zip(example.candidates, example.truth, strict=True):
            key = form_key(row.relation, row.trigger)
            seen[key] += 1
            right[key] += truth == RIGHT
            at = (number[row.relation], int(row.values[1]), int(row.values[2]))
            pairs[at] += 1
            good[at] += truth == RIGHT
    base = sum(right.values()) / max(1, sum(seen.values()))
    forms = {key: round((right[key] + _SMOOTHING * base) / (seen[key] + _SMOOTHING), 5) for key in sorted(seen)}
    return Encodings(base, forms, ((good + _SMOOTHING * base) / (pairs + _SMOOTHING)).astype(np.float32))


def add_columns(
    examples: Sequence[Example], table: Table, relations: Sequence[str], chosen: Sequence[int], fitted: Sequence[int]
) -> dict[int, Floats]:
    """For each chosen example the columns that models fitted on the `fitted` examples add to its candidates."""
    linear = fit_linear([examples[i] for i in fitted], relations)
    encodings = fit_encodings(examples, table, relations, fitted)
    return {i: columns_of(examples[i], table.values[table.example == i], linear, encodings) for i in chosen}


def columns_of(example: Example, values: Floats, linear: LinearModel, encodings: Encodings) -> Floats:
    """The added columns of one example, as the ranker makes them."""
    candidates = example.candidates
    if not len(candidates):
        return np.zeros((0, 8 if example.relate is None else 14), np.float32)
    parts = [encodings.columns(candidates, values), linear_columns(candidates, values, linear)]
    if example.relate is not None:
        parts.append(encoder_columns(candidates, values, example.relate))
    return np.hstack(parts)


def unseen_columns(examples: Sequence[Example], table: Table, relations: Sequence[str]) -> Floats:
    """The added columns of all rows, each made by models that have not seen its article."""
    folds = {int(i): int(f) for i, f in zip(table.example, table.fold, strict=True)}
    made: dict[int, Floats] = {}
    for fold in sorted(set(folds.values())):
        chosen = [i for i in folds if folds[i] == fold]
        fitted = [i for i in folds if folds[i] != fold]
        made |= add_columns(examples, table, relations, chosen, fitted)
    return np.vstack([made[i] for i in sorted(made)])


def train_ranker(
    examples: Sequence[Example], ontology: Ontology, out: Path, engine: str, *, threshold: float, second: float
) -> None:
    """Train on all examples and write `relations-ENGINE.npz` and `relations-ENGINE.onnx` into the folder `out`."""
    relations = sorted(ontology.relations)
    table = tabulate(examples, [i % FOLDS for i in range(len(examples))], relations)
    features = np.hstack([table.values, unseen_columns(examples, table, relations)])
    sure = table.truth != UNSURE
    export_trees(fit_trees(features[sure], table.truth[sure] == RIGHT), out / f"relations-{engine}.onnx")
    linear = fit_linear(examples, relations)
    encodings = fit_encodings(examples, table, relations, range(len(examples)))
    np.savez_compressed(
        out / f"relations-{engine}.npz",
        features=np.asarray(FEATURES), classes=np.asarray(CLASSES), relations=np.asarray(relations),
        buckets=linear.buckets, weights=linear.weights, bias=linear.bias,
        base=np.float32(encodings.base), forms=np.asarray(list(encodings.forms)),
        form_shares=np.asarray(list(encodings.forms.values()), np.float32), priors=encodings.priors,
        threshold=np.float32(threshold), second=np.float32(second),
    )  # fmt: skip


def train_relations(
    gold_paths: Sequence[Path], texts: Path, out: Path, *, engine: str = "accurate", ontology: Ontology
) -> None:
    """Train the ranker of a names engine on gold files whose articles are in the folder `texts`.

    The engine should not have been trained on these articles: it reads its own training texts better than news.
    Writes `relations-ENGINE.npz` and `relations-ENGINE.onnx` into `out`; raises `UsageError` without articles.
    """
    records = [record for path in gold_paths for record in read_records(path)]
    if not records:
        raise UsageError("There is nothing to learn from: the gold files have no articles.")
    out.mkdir(parents=True, exist_ok=True)
    recognise = ENGINES[engine]()
    relations = sorted(ontology.relations)
    examples = []
    for record in records:
        (article,) = read_articles([texts / record["file"]])
        sentences = sentence_spans(article.text)
        reading = recognise(article.text, [(span.start, span.end) for span in sentences])
        document = annotate(article, sentences, reading.names, ontology=ontology)
        relate = None if reading.pieces is None else ask_encoder(reading, relations)
        examples.append(make_example(record, document, ontology, relate))
    train_ranker(examples, ontology, out, engine, threshold=THRESHOLD, second=SECOND)
