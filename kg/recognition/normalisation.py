"""Text as the vocabulary spells it, character for character, so that offsets stay true."""

import unicodedata

__all__ = ["normalise"]


class _Table(dict[int, str]):
    """One character for each character; what the vocabulary would drop becomes a space."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character.isspace() or unicodedata.category(character) in {"Cc", "Cf", "Cs"}:
            spelt = " "
        else:
            # Compatibility forms of several characters ("½") stay, since they would move what follows.
            compatible = unicodedata.normalize("NFKC", character)
            spelt = compatible if len(compatible) == 1 else character
        self[code] = spelt
        return spelt


_TABLE = _Table({ord("…"): "."})


def normalise(text: str) -> str:
    """The text with compatible forms of letters and signs made plain; its length does not change.

    >>> normalise("Ｔô\\u00a0Lâm…")
    'Tô Lâm.'
    """
    return text.translate(_TABLE)
