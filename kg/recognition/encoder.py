"""The accurate engine: a small pretrained transformer, 8-bit, run by ONNX Runtime on one core.

Its 8-bit arithmetic scales each input by the largest value in it, so what shares an input would
change the result. Hence one window of one article at a time, and no padding: a name depends on
its article alone.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from kg.recognition import Name, Reading, Recogniser
from kg.recognition.decoding import Floats, best_labels, join_words, log_softmax
from kg.recognition.normalisation import normalise
from kg.recognition.relating import Pieces
from kg.recognition.tidying import tidy
from kg.recognition.words import check_sentences, read_words

__all__ = ["WINDOW", "Part", "Scorer", "load_encoder", "pack", "split_pieces"]

WINDOW = 200
"""Pieces of text that the encoder sees at once, of whole sentences where these are shorter."""

MODELS = Path(__file__).parents[1] / "models"

# On unseen articles the F1 of entities is the same within 0.003 from 0.4 to 0.65; more names are found below that.
_SURE = 0.45

_OPEN, _CLOSE = 0, 2  # <s> and </s> of the vocabulary

Scorer = Callable[[npt.NDArray[np.int64]], tuple[Floats, Floats]]
"""Piece ids of one window, with its edge marks, to label scores and last vectors, one row per piece."""


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence, or a part of a long one: ids of its pieces and where its words begin in them.

    `words` are spans of the text; `firsts[i]` is the index in `ids` of the piece with the first
    character of `words[i]`. `sentence` numbers the sentence it comes from.
    """

    sentence: int
    ids: tuple[int, ...]
    words: tuple[tuple[int, int], ...]
    firsts: tuple[int, ...]


def split_pieces(
    tokenizer: Tokenizer, text: str, sentences: Iterable[tuple[int, int]], *, window: int = WINDOW
) -> Iterator[Part]:
    """The sentences as pieces, each at most a window long; a longer one is cut between words."""
    for number, (start, end) in enumerate(sentences):
        words = read_words(text, start, end).spans
        encoding = tokenizer.encode(normalise(text[start:end]), add_special_tokens=False)
        ids, edges = encoding.ids, [start + edge for _, edge in encoding.offsets]
        firsts = []
        piece = 0
        for word, _ in words:
            while piece < len(edges) - 1 and edges[piece] <= word:
                piece += 1
            firsts.append(piece)
        begin = 0
        while begin < len(words):
            origin = firsts[begin] if begin else 0
            stop = begin + 1
            while stop < len(words) and _last(firsts, stop, len(ids)) - origin <= window:
                stop += 1
            limit = min(_last(firsts, stop - 1, len(ids)), origin + window)
            relative = tuple(min(first, limit - 1) - origin for first in firsts[begin:stop])
            yield Part(number, tuple(ids[origin:limit]), words[begin:stop], relative)
            begin = stop


def _last(firsts: Sequence[int], word: int, total: int) -> int:
    """Where the pieces of a word end."""
    following = word + 1
    return max(firsts[following], firsts[word] + 1) if following < len(firsts) else total


def pack(parts: Iterable[Part], *, window: int = WINDOW) -> Iterator[list[Part]]:
    """Neighbouring parts together, as many as fit a window."""
    held: list[Part] = []
    size = 0
    for part in parts:
        if held and size + len(part.ids) > window:
            yield held
            held, size = [], 0
        held.append(part)
        size += len(part.ids)
    if held:
        yield held


def window_ids(parts: Sequence[Part]) -> npt.NDArray[np.int64]:
    """What the encoder reads for a window: its pieces between the marks for start and end."""
    ids = [_OPEN, *(id_ for part in parts for id_ in part.ids), _CLOSE]
    return np.array(ids, dtype=np.int64)


def recognise_with(scorer: Scorer, tokenizer: Tokenizer, text: str, sentences: Sequence[tuple[int, int]]) -> Reading:
    """The reading of an article by any scorer of windows."""
    check_sentences(text, sentences)
    words: list[tuple[int, int]] = []
    origins: list[tuple[int, int]] = []
    blocks: list[tuple[Floats, npt.NDArray[np.float16]]] = []
    for window, parts in enumerate(pack(split_pieces(tokenizer, text, sentences))):
        scores, states = scorer(window_ids(parts))
        firsts: list[int] = []
        origin = 1
        for part in parts:
            words += part.words
            origins += [(part.sentence, window)] * len(part.words)
            firsts += [first + origin for first in part.firsts]
            origin += len(part.ids)
        blocks.append((log_softmax(scores[firsts]), states[firsts].astype(np.float16)))
    if not words:
        return Reading(())
    starts, ends = np.array(words, dtype=np.int32).T
    sentence_of, window_of = np.array(origins, dtype=np.int32).T
    names = _names(words, sentence_of, np.concatenate([scores for scores, _ in blocks]))
    sure = tuple(name for name in tidy(text, names) if name.score >= _SURE)
    return Reading(sure, Pieces(starts, ends, sentence_of, window_of, np.concatenate([kept for _, kept in blocks])))


def _names(words: Sequence[tuple[int, int]], sentence_of: npt.NDArray[np.int32], scores: Floats) -> Iterator[Name]:
    """The names in words, sentence by sentence."""
    borders = [0, *(np.flatnonzero(np.diff(sentence_of)) + 1).tolist(), len(words)]
    for start, end in pairwise(borders):
        rows = scores[start:end]
        labels = best_labels(rows)
        chosen = np.exp(rows[np.arange(len(labels)), labels])
        yield from join_words(words[start:end], labels, chosen.tolist())


@cache
def load_encoder(folder: Path = MODELS) -> Recogniser:
    """The recogniser of the model in a folder: `names.onnx` and its `tokenizer.json`."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(folder / "names.onnx", options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))

    def score(ids: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
        scores, states = session.run(["scores", "states"], {"ids": ids})
        return scores, states

    def recognise(text: str, sentences: Sequence[tuple[int, int]]) -> Reading:
        return recognise_with(score, tokenizer, text, sentences)

    return recognise
