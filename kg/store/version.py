"""Which extractor made a result: a hash of all that can change what an article says."""

from functools import cache
from hashlib import blake2b
from pathlib import Path

from kg.ontology import Ontology, ontology_folder

_PACKAGE = Path(__file__).parents[1]
_EXTRACTING = (
    "annotation",
    "extractors",
    "recognition",
    "models",
    "gazetteer.py",
    "model.py",
    "ontology.py",
    "pipeline.py",
    "text.py",
)


def extractor_version(ontology: Ontology, engine: str) -> str:
    """The version of the extractor: models, word lists, lexicon, the user's own files, program and `engine`."""
    parts = tuple(_PACKAGE / name for name in _EXTRACTING)
    return _hash((*parts, ontology_folder(), *ontology.files), engine)


def program_version(ontology: Ontology) -> str:
    """The version of all that makes the graph and its files from what the articles say."""
    return _hash((_PACKAGE, ontology_folder(), *ontology.files), "")


@cache
def _hash(parts: tuple[Path, ...], more: str) -> str:
    digest = blake2b(more.encode(), digest_size=16)
    for part in parts:
        for file in sorted(part.rglob("*")) if part.is_dir() else [part]:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(f"{file.name}\0{file.stat().st_size}\0".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()
