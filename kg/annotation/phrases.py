"""Finding listed phrases in a sentence's words, longest first, in time linear in the sentence."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from kg.recognition.words import find_words

T = TypeVar("T")


class PhraseIndex(Generic[T]):
    """Phrases by their first word; each carries a value. Case is ignored."""

    def __init__(self, phrases: Mapping[str, T] | Iterable[tuple[str, T]]) -> None:
        pairs = phrases.items() if isinstance(phrases, Mapping) else phrases
        grouped: dict[str, dict[int, dict[tuple[str, ...], T]]] = {}
        for phrase, value in pairs:
            key = tuple(phrase[a:b].lower() for a, b in find_words(phrase))
            if key:
                grouped.setdefault(key[0], {}).setdefault(len(key), {})[key] = value
        self._by_first = {first: sorted(rest.items(), reverse=True) for first, rest in grouped.items()}

    def begins(self, word: str) -> bool:
        """Whether any phrase begins with the word."""
        return word in self._by_first

    def starts(self, lower: tuple[str, ...]) -> list[int]:
        """The words at which a phrase may begin, in order."""
        return [at for at, word in enumerate(lower) if word in self._by_first]

    def all_at(self, lower: tuple[str, ...], at: int) -> Iterator[tuple[int, T]]:
        """The length in words and the value of each phrase that begins at word `at`, longest first."""
        for length, phrases in self._by_first.get(lower[at], ()):
            key = lower[at : at + length]
            if key in phrases:
                yield length, phrases[key]

    def longest_at(self, lower: tuple[str, ...], at: int) -> tuple[int, T] | None:
        """The length in words and the value of the longest phrase that begins at word `at`, if there is one."""
        return next(self.all_at(lower, at), None) if lower[at] in self._by_first else None
