"""Finding listed phrases in a sentence's words, longest first, in time linear in the sentence."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from kg.recognition.words import find_words

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one sentence: their spans, how they are written, and in lower case."""

    spans: tuple[tuple[int, int], ...]
    written: tuple[str, ...]
    lower: tuple[str, ...]

    @classmethod
    def of(cls, text: str, start: int, end: int) -> "Words":
        """The words of `text[start:end]`."""
        spans = tuple(find_words(text, start, end))
        written = tuple(text[a:b] for a, b in spans)
        return cls(spans, written, tuple(word.lower() for word in written))

    def __len__(self) -> int:
        return len(self.spans)

    def covering(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of words that lie within the characters `start` to `end`."""
        inside = [i for i, (a, b) in enumerate(self.spans) if a >= start and b <= end]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)


class PhraseIndex(Generic[T]):
    """Phrases by their first word; each carries a value. Case is ignored."""

    def __init__(self, phrases: Mapping[str, T] | Iterable[tuple[str, T]]) -> None:
        pairs = phrases.items() if isinstance(phrases, Mapping) else phrases
        grouped: dict[str, dict[tuple[str, ...], T]] = {}
        for phrase, value in pairs:
            key = tuple(phrase[a:b].lower() for a, b in find_words(phrase))
            if key:
                grouped.setdefault(key[0], {})[key] = value
        self._by_first = {
            first: sorted(rest.items(), key=lambda pair: (-len(pair[0]), pair[0])) for first, rest in grouped.items()
        }

    def begins(self, word: str) -> bool:
        """Whether any phrase begins with the word."""
        return word in self._by_first

    def all_at(self, lower: tuple[str, ...], at: int) -> Iterator[tuple[int, T]]:
        """The length in words and the value of each phrase that begins at word `at`, longest first."""
        for key, value in self._by_first.get(lower[at], ()):
            if key == lower[at : at + len(key)]:
                yield len(key), value

    def longest_at(self, lower: tuple[str, ...], at: int) -> tuple[int, T] | None:
        """The length in words and the value of the longest phrase that begins at word `at`, if there is one."""
        return next(self.all_at(lower, at), None)
