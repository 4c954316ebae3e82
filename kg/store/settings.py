"""How an archive is built, in a small file of its own, so that a damaged store can be made anew from it."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.errors import StoreError

FOLDER = ".kg"
_FILE = "archive.json"


@dataclass(frozen=True, slots=True)
class Settings:
    """Names engine, ontology files of the user's own, base IRI; paths the articles came from; ids taken out since;
    the file of corrections by hand."""

    engine: str
    base: str
    ontology: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    corrections: str | None = None


def has_archive(folder: Path) -> bool:
    """Whether an archive was begun in `folder`."""
    return (folder / FOLDER / _FILE).is_file()


def read_settings(folder: Path) -> Settings:
    """The settings of the archive in `folder`; `StoreError` if there is none."""
    file = folder / FOLDER / _FILE
    try:
        values = json.loads(file.read_text("utf-8"))
        ontology, sources, removed = (tuple(map(str, values[name])) for name in ("ontology", "sources", "removed"))
        return Settings(values["engine"], values["base"], ontology, sources, removed, values.get("corrections"))
    except FileNotFoundError:
        raise StoreError(f"{folder}: there is no archive in it. Begin one: kg build PATHS -o {folder}") from None
    except OSError as error:
        raise StoreError(f"{file}: cannot be read ({error.strerror}). Check its permissions.") from None
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{file}: not an archive's settings ({error}). Begin anew: kg build PATHS") from None


def write_settings(folder: Path, settings: Settings) -> None:
    """Write the settings, whole or not at all."""
    file = folder / FOLDER / _FILE
    part = file.with_suffix(".part")
    try:
        part.write_text(json.dumps(asdict(settings), ensure_ascii=False, indent=1) + "\n", "utf-8")
        part.replace(file)
    except OSError as error:
        raise StoreError(f"{file}: cannot be written ({error.strerror}). Make room, or check permissions.") from None
