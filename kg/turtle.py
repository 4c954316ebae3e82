"""Terms and nodes as Turtle text: as fast to write as text is, and read by any RDF tool."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

import regex

_LOCAL = regex.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NEXT = " ;\n\t"
_DATES = {10: "date", 7: "gYearMonth", 4: "gYear"}


def head(prefixes: Mapping[str, str]) -> str:
    """The lines that a file begins with."""
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(prefixes.items()))


def node(subject: str, properties: Iterable[str]) -> str:
    """All that is said of one subject, one property a line, the first beside the subject."""
    return f"{subject} {_NEXT.join(properties)} .\n"


def each(name: str, values: Iterable[str]) -> list[str]:
    """The property with each value once, sorted, as one line; none without values."""
    found = " , ".join(sorted(set(values)))
    return [f"{name} {found}"] if found else []


def term(iri: str, namespace: str, prefix: str) -> str:
    """An IRI, short if it is one of `namespace`.

    >>> term("https://a.example/x#knows", "https://a.example/x#", "x")
    'x:knows'
    """
    local = iri.removeprefix(namespace)
    return f"{prefix}:{local}" if local != iri and _LOCAL.fullmatch(local) else f"<{iri}>"


def text(value: str) -> str:
    """A literal in Vietnamese."""
    return f"{plain(value)}@vi"


def plain(value: str) -> str:
    r"""A literal without language.

    >>> plain('"Sao Biển"\n')
    '"\\"Sao Biển\\"\\n"'
    """
    value = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{value}"'


def typed(value: str, type: str) -> str:
    """A literal of one of XML Schema's types."""
    return f"{plain(value)}^^xsd:{type}"


def decimal(value: float) -> str:
    """The shortest decimal: 0.5 rather than 0.50, 10 rather than 10.0 or 1E+1."""
    digits = format(Decimal(repr(value)), "f")
    return typed(digits.rstrip("0").rstrip(".") if "." in digits else digits, "decimal")


def dates(value: str) -> list[str]:
    """Properties for a day, a month, a year, or both ends of an interval; none for an empty one."""
    if not value:
        return []
    days = value.split("/")
    names = ("kg:date",) if len(days) == 1 else ("kg:startDate", "kg:endDate")
    return [f"{name} {typed(day, _DATES[len(day)])}" for name, day in zip(names, days, strict=True)]
