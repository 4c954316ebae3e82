"""Corrections by hand: a small YAML file, replayed at every build.

- same: [kgr:sao-bien-1a2b3c4d, Tập đoàn Sao Biển]    # by IRI, or by name
- different: [Sao Biển, Sao Biển Group]
- different: {node: kgr:tran-van-binh-5e6f7a8b, articles: [a7, a9]}    # these articles mean a namesake
- rename: [kgr:sao-bien-1a2b3c4d, Tập đoàn Sao Biển]
- retype: [kgr:sao-bien-1a2b3c4d, Company]
- pin: kgr:sao-bien-1a2b3c4d    # the IRI that this thing keeps
- reject: kgs:5b1e0c9a5b1e0c9a
- add: {subject: Sao Biển, relation: invests_in, object: Quảng Nam, date: 2025-03-10,
        source: https://news.example/1, quote: Sao Biển đầu tư vào Quảng Nam.}
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from kg.articles import decode
from kg.errors import InputError, OntologyError
from kg.model import MODALITIES
from kg.ontology import Ontology

KINDS = ("same", "different", "rename", "retype", "pin", "reject", "add")
_LENGTHS = {"same": 2, "different": 2, "rename": 2, "retype": 2, "pin": 1, "reject": 1}
_NEEDED = ("subject", "relation", "object", "source", "quote")
_REMEDY = "See `kg build --help`; lines ready to paste come from the page and from `kg review`."


@dataclass(frozen=True, slots=True)
class Correction:
    """One line: its kind, its values in order or by name, and where it stands ("corrections.yaml:3")."""

    kind: str
    values: tuple[str, ...]
    named: tuple[tuple[str, str], ...]
    where: str

    @property
    def fields(self) -> Mapping[str, str]:
        """The values that have names."""
        return dict(self.named)

    def __str__(self) -> str:
        said = ", ".join(self.values) or ", ".join(f"{name}: {value}" for name, value in self.named)
        return f"{self.where}: {self.kind}: {said}"


def read_corrections(path: str | Path) -> tuple[Correction, ...]:
    """The corrections in a file, in order; `InputError` names the line that does not have a form above."""
    path = Path(path)
    try:
        root = yaml.compose(decode(path.read_bytes(), path), Loader=yaml.SafeLoader)
    except OSError as error:
        raise InputError(path, f"cannot be read ({error.strerror})", "Check the path.") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise InputError(
            path, f"not YAML ({error.problem})", "Write one correction a line: - same: [a, b]", line
        ) from None
    if root is None:
        return ()
    if not isinstance(root, yaml.SequenceNode):
        raise InputError(path, "not a list", "Begin each correction with a dash: - same: [a, b]", 1)
    return tuple(_read(node, path) for node in root.value)


def _read(node: yaml.Node, path: Path) -> Correction:
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode) or len(node.value) != 1:
        raise InputError(path, "not one correction", f"Begin it with one of: {', '.join(KINDS)}. {_REMEDY}", line)
    name, value = node.value[0]
    kind = str(name.value)
    if kind not in KINDS:
        raise InputError(path, f"unknown correction '{kind}'", f"Use one of: {', '.join(KINDS)}. {_REMEDY}", line)
    values = _texts(value)
    named = (
        tuple((str(key.value), "\n".join(_texts(item))) for key, item in value.value)
        if isinstance(value, yaml.MappingNode)
        else ()
    )
    fault = _fault(kind, values, dict(named))
    if fault:
        raise InputError(path, f"{kind}: {fault}", _REMEDY, line)
    return Correction(kind, values, named, f"{path}:{line}")


def _texts(node: yaml.Node) -> tuple[str, ...]:
    if isinstance(node, yaml.ScalarNode):
        return (str(node.value),)
    return tuple(str(item.value) for item in node.value) if isinstance(node, yaml.SequenceNode) else ()


def _fault(kind: str, values: tuple[str, ...], named: Mapping[str, str]) -> str | None:
    if kind == "add":
        missing = [name for name in _NEEDED if not named.get(name)]
        if missing:
            return f"it needs {', '.join(missing)}"
        if named.get("modality", "asserted") not in MODALITIES:
            return f"the modality must be one of {', '.join(MODALITIES)}"
        return None
    if kind == "different" and named:
        return None if named.get("node") and named.get("articles") else "it needs node and articles"
    if len(values) != _LENGTHS[kind]:
        return f"it takes {_LENGTHS[kind]} {'value' if _LENGTHS[kind] == 1 else 'values'}, not {len(values)}"
    return None


def check_terms(corrections: Iterable[Correction], ontology: Ontology) -> None:
    """Raise `OntologyError` for a class or relation that the ontology does not have."""
    for correction in corrections:
        if correction.kind == "retype" and correction.values[1] not in ontology.classes:
            known = ", ".join(sorted(name for name, term in ontology.classes.items() if not term.abstract))
            raise OntologyError(
                f"{correction.where}: no class '{correction.values[1]}' in the ontology. Known: {known}"
            )
        if correction.kind == "add":
            ontology.relation(correction.fields["relation"])


def local_name(reference: str) -> str:
    """The last part of an IRI, however it is written: `kgr:x-1`, `<https://…/resource/x-1>`."""
    return reference.strip("<>").rpartition("/")[2].rpartition(":")[2]
