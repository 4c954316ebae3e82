"""The archive that a build keeps in its output folder: what each article says, so that it is read only once.

folder/.kg/archive.json     how the archive is built: engine, ontology files, base IRI, where its articles came from
folder/.kg/store.sqlite     one row per article, one packed extraction per content and version of the extractor
folder/.kg/graph.sqlite     what all articles together come to (`kg.state`)
folder/.kg/lock.sqlite      held by the one process that writes
"""

from kg.store.archive import Archive, open_archive
from kg.store.settings import Settings, has_archive, read_settings

__all__ = ["Archive", "Settings", "has_archive", "open_archive", "read_settings"]
