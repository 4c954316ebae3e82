"""The only list of terms: classes, relations and the words that express them, read from Turtle files.

`ontology/kg.ttl` and `ontology/lexicon.ttl` are always read; a user's own files add to them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal as OneOf
from typing import get_args

import pyoxigraph as ox

from kg.errors import OntologyError

KG = "https://w3id.org/vi-news-kg/ontology#"
LEX = "https://w3id.org/vi-news-kg/lexicon#"

Frame = OneOf["Transitive", "Marked", "Reciprocal", "Noun", "Inverse"]

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SCHEMA = "https://schema.org/"
_ONTOLEX = "http://www.w3.org/ns/lemon/ontolex#"
_SYNSEM = "http://www.w3.org/ns/lemon/synsem#"


@dataclass(frozen=True, slots=True)
class ClassTerm:
    """A class of entities. `parents` are local names; an abstract class groups others and has no entities itself."""

    name: str
    iri: str
    label_vi: str
    label_en: str
    comment_vi: str
    comment_en: str
    parents: tuple[str, ...]
    abstract: bool


@dataclass(frozen=True, slots=True)
class RelationTerm:
    """A relation. `domain` and `range` are concrete classes, abstract ones expanded; empty means any class.

    `literal`: the object is a text, not an entity. `state`: it holds over time and has no date of its own.
    """

    name: str
    iri: str
    label_vi: str
    label_en: str
    comment_vi: str
    comment_en: str
    domain: frozenset[str]
    range: frozenset[str]
    symmetric: bool
    literal: bool
    state: bool

    def admits(self, subject_type: str, object_type: str) -> bool:
        """Whether entities of these classes may stand in this relation, in this direction."""
        return (not self.domain or subject_type in self.domain) and (not self.range or object_type in self.range)


@dataclass(frozen=True, slots=True)
class Expression:
    """One lexical entry: words that denote a relation, and how its two ends lie around them."""

    relation: str
    frame: Frame
    forms: tuple[str, ...]
    markers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words known to the extractor: expressions of relations, word lists by name, words by class."""

    expressions: tuple[Expression, ...]
    words: Mapping[str, tuple[str, ...]]
    heads: Mapping[str, tuple[str, ...]]
    generics: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Ontology:
    """Classes and relations by local name, and the lexicon. `files` are what it was read from, in order."""

    classes: Mapping[str, ClassTerm]
    relations: Mapping[str, RelationTerm]
    lexicon: Lexicon
    files: tuple[Path, ...]

    def relation(self, name: str) -> RelationTerm:
        """The relation of that name; an `OntologyError` that lists the known ones if there is none."""
        if name not in self.relations:
            raise OntologyError(f"no relation '{name}' in the ontology. Known: {', '.join(sorted(self.relations))}")
        return self.relations[name]


def ontology_folder() -> Path:
    """Where the project's own Turtle files are: beside the package in a checkout, inside it when installed."""
    for folder in (Path(__file__).parent / "_ontology", Path(__file__).parents[1] / "ontology"):
        if (folder / "kg.ttl").is_file():
            return folder
    raise OntologyError("the ontology's files (kg.ttl, lexicon.ttl) are missing. Install the program again")


def load_ontology(extra: Sequence[Path] = ()) -> Ontology:
    """The project's ontology and lexicon together with the user's own files.

    Raises `OntologyError` for a file that is absent or not Turtle, an entry that denotes no known term, an unknown
    frame, a relation without a label.
    """
    return _load(tuple(Path(path) for path in extra))


@cache
def _load(extra: tuple[Path, ...]) -> Ontology:
    folder = ontology_folder()
    files = (folder / "kg.ttl", folder / "lexicon.ttl", *extra)
    store = ox.Store()
    for path in files:
        _read(store, path)
    classes = {term.name: term for term in _classes(store)}
    relations = {term.name: term for term in _relations(store, classes)}
    return Ontology(classes, relations, _lexicon(store, classes, relations), files)


def _read(store: ox.Store, path: Path) -> None:
    try:
        store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    except FileNotFoundError as error:
        raise OntologyError(f"{path}: no such file. Give --ontology the path of a Turtle file") from error
    except (SyntaxError, OSError, ValueError) as error:
        raise OntologyError(f"{path}: not readable as Turtle ({error}). Mend the line named and try again") from error


def _objects(store: ox.Store, subject: ox.NamedNode | ox.BlankNode, predicate: str) -> list[Term]:
    quads = store.quads_for_pattern(subject, ox.NamedNode(predicate), None)
    return sorted((quad.object for quad in quads), key=str)


def _instances(store: ox.Store, type_: str) -> Iterator[ox.NamedNode]:
    subjects = {q.subject for q in store.quads_for_pattern(None, ox.NamedNode(_RDF + "type"), ox.NamedNode(type_))}
    yield from sorted((s for s in subjects if isinstance(s, ox.NamedNode)), key=str)


def _text(store: ox.Store, subject: ox.NamedNode, predicate: str, language: str) -> str:
    for term in _objects(store, subject, predicate):
        if isinstance(term, ox.Literal) and term.language == language:
            return term.value
    return ""


def _local(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _flag(store: ox.Store, subject: ox.NamedNode, name: str) -> bool:
    return any(isinstance(term, ox.Literal) and term.value == "true" for term in _objects(store, subject, KG + name))


def _classes(store: ox.Store) -> Iterator[ClassTerm]:
    bookkeeping = {"Statement", "Evidence", "Quantity", "Relation", "Modality"}
    for node in _instances(store, _OWL + "Class"):
        if node.value.startswith(KG) and _local(node.value) in bookkeeping:
            continue
        known = {n.value for n in _instances(store, _OWL + "Class")}
        parents = [t.value for t in _objects(store, node, _RDFS + "subClassOf") if isinstance(t, ox.NamedNode)]
        yield ClassTerm(
            name=_local(node.value),
            iri=node.value,
            label_vi=_text(store, node, _RDFS + "label", "vi") or _local(node.value),
            label_en=_text(store, node, _RDFS + "label", "en") or _local(node.value),
            comment_vi=_text(store, node, _RDFS + "comment", "vi"),
            comment_en=_text(store, node, _RDFS + "comment", "en"),
            parents=tuple(_local(parent) for parent in parents if parent in known),
            abstract=_flag(store, node, "abstract"),
        )


def _relations(store: ox.Store, classes: Mapping[str, ClassTerm]) -> Iterator[RelationTerm]:
    for node in _instances(store, KG + "Relation"):
        name = _local(node.value)
        label = _text(store, node, _RDFS + "label", "vi") or _text(store, node, _RDFS + "label", "en")
        if not label:
            raise OntologyError(f"relation {node.value} has no rdfs:label. Give it one in @vi and one in @en")
        ranges = [t.value for t in _objects(store, node, _SCHEMA + "rangeIncludes") if isinstance(t, ox.NamedNode)]
        domains = [t.value for t in _objects(store, node, _SCHEMA + "domainIncludes") if isinstance(t, ox.NamedNode)]
        types = {t.value for t in _objects(store, node, _RDF + "type") if isinstance(t, ox.NamedNode)}
        yield RelationTerm(
            name=name,
            iri=node.value,
            label_vi=label,
            label_en=_text(store, node, _RDFS + "label", "en") or label,
            comment_vi=_text(store, node, _RDFS + "comment", "vi"),
            comment_en=_text(store, node, _RDFS + "comment", "en"),
            domain=_expand(name, domains, classes),
            range=frozenset() if _RDF + "langString" in ranges else _expand(name, ranges, classes),
            symmetric=_OWL + "SymmetricProperty" in types,
            literal=_OWL + "DatatypeProperty" in types,
            state=_flag(store, node, "state"),
        )


def _expand(relation: str, iris: Iterable[str], classes: Mapping[str, ClassTerm]) -> frozenset[str]:
    """The concrete classes below the named ones."""
    wanted = {_local(iri) for iri in iris}
    unknown = wanted - set(classes)
    if unknown:
        raise OntologyError(
            f"relation {relation} names unknown classes: {', '.join(sorted(unknown))}. Known: {', '.join(classes)}"
        )

    def below(term: ClassTerm) -> bool:
        return term.name in wanted or any(below(classes[parent]) for parent in term.parents)

    return frozenset(term.name for term in classes.values() if not term.abstract and below(term))


def _written(store: ox.Store, entry: ox.NamedNode) -> tuple[str, ...]:
    forms: list[str] = []
    for property_ in ("lexicalForm", "canonicalForm", "otherForm"):
        for form in _objects(store, entry, _ONTOLEX + property_):
            if isinstance(form, ox.NamedNode | ox.BlankNode):
                reps = _objects(store, form, _ONTOLEX + "writtenRep")
                forms += [rep.value for rep in reps if isinstance(rep, ox.Literal)]
    return tuple(sorted(set(forms)))


def _denoted(store: ox.Store, entry: ox.NamedNode, known: Iterable[str], kind: str) -> str:
    names = [_local(t.value) for t in _objects(store, entry, _ONTOLEX + "denotes") if isinstance(t, ox.NamedNode)]
    if len(names) != 1 or names[0] not in set(known):
        said = ", ".join(names) or "nothing"
        raise OntologyError(f"lexical entry {entry.value} must denote one known {kind}, not {said}")
    return names[0]


def _lexicon(store: ox.Store, classes: Mapping[str, ClassTerm], relations: Mapping[str, RelationTerm]) -> Lexicon:
    expressions = []
    for entry in _instances(store, _ONTOLEX + "LexicalEntry"):
        relation = _denoted(store, entry, relations, "relation")
        frames = [
            _local(t.value) for t in _objects(store, entry, _SYNSEM + "synBehavior") if isinstance(t, ox.NamedNode)
        ]
        frame = frames[0] if frames else "Transitive"
        if frame not in get_args(Frame):
            known = ", ".join(get_args(Frame))
            raise OntologyError(f"lexical entry {entry.value} has the unknown frame {frame}. Known: {known}")
        markers = [t.value for t in _objects(store, entry, _SYNSEM + "marker") if isinstance(t, ox.Literal)]
        expressions.append(Expression(relation, frame, _written(store, entry), frozenset(markers)))  # type: ignore[arg-type]
    words = {_local(node.value): _written(store, node) for node in _instances(store, KG + "WordList")}
    heads = {_denoted(store, n, classes, "class"): _written(store, n) for n in _instances(store, KG + "NameHead")}
    generics = {_denoted(store, n, classes, "class"): _written(store, n) for n in _instances(store, KG + "GenericNoun")}
    return Lexicon(tuple(expressions), words, heads, generics)
