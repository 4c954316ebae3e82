"""The pieces of the pretrained vocabulary that Vietnamese news uses; the rest would only be weight."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from tokenizers import Tokenizer, models, pre_tokenizers

from kg.recognition.normalisation import normalise

__all__ = ["count_pieces", "cut_vocabulary", "make_tokenizer"]

_SPECIAL = 4  # <s>, <pad>, </s>, <unk>
_UNKNOWN = 3
_BATCH = 1000


def make_tokenizer(pieces: Sequence[tuple[str, float]]) -> Tokenizer:
    """A tokenizer of these pieces with their log probabilities; a space is spelt "▁"."""
    tokenizer = Tokenizer(models.Unigram(list(pieces), unk_id=_UNKNOWN, byte_fallback=False))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True)
    return tokenizer


def count_pieces(tokenizer: Tokenizer, texts: Iterable[str]) -> Counter[int]:
    """How often each piece is used in the texts."""
    counts: Counter[int] = Counter()
    rest = iter(texts)
    while batch := [normalise(text) for text in islice(rest, _BATCH)]:
        for encoding in tokenizer.encode_batch_fast(batch, add_special_tokens=False):
            counts.update(encoding.ids)
    return counts


def cut_vocabulary(pieces: Sequence[str], counts: Counter[int], *, size: int) -> list[int]:
    """The numbers of the pieces to keep, in order: the marks, all single characters in use, the commonest."""
    kept = set(range(_SPECIAL))
    kept |= {number for number in counts if len(pieces[number].removeprefix("▁")) <= 1}
    for number, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if len(kept) >= size:
            break
        kept.add(number)
    return sorted(kept)
