"""Everything that `kg` raises on purpose.

    KgError                     what the command line turns into one message and an exit status
    ├── InputError              an article, a folder or a line that cannot be read (exit 1)
    ├── OntologyError           a class, relation or lexicon entry that does not fit (exit 2)
    ├── GraphError              a graph that cannot be read, queried or does not conform (exit 1)
    ├── StoreError              an archive that is in use, damaged, or cannot be written (exit 1)
    ├── ModelError              a trained model that is absent or does not fit the program (exit 1)
    └── UsageError              options that contradict each other (exit 2)

Each message says what is wrong, where (file and line), and what to do next.
"""


class KgError(Exception):
    """Base of all errors meant for the user. `exit_status` is what the program ends with."""

    exit_status = 1


class InputError(KgError):
    """One input that cannot be read: `path`, `line` (1-based, or None), `reason` and `remedy`."""

    def __init__(self, path: object, reason: str, remedy: str, line: int | None = None) -> None:
        self.path = str(path)
        self.line = line
        self.reason = reason
        self.remedy = remedy
        where = self.path if line is None else f"{self.path}:{line}"
        super().__init__(f"{where}: {reason}. {remedy}")


class OntologyError(KgError):
    """A term, file or lexicon entry of the ontology that does not fit the rest."""

    exit_status = 2


class GraphError(KgError):
    """A graph file that cannot be read, a query that cannot be answered, a graph that does not conform."""


class StoreError(KgError):
    """An archive's store that cannot be used now. `damaged`: its content is at fault, and a rebuild mends it."""

    def __init__(self, message: str, *, damaged: bool = False) -> None:
        self.damaged = damaged
        super().__init__(message)


class ModelError(KgError):
    """A trained model that is absent or was made for another version of the program."""


class UsageError(KgError):
    """Options that contradict each other."""

    exit_status = 2
