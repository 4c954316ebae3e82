"""The encoder as a PyTorch network: the pretrained layers with a label score for each piece on top."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.recognition.decoding import LABELS
from kg.training.e5 import Pretrained

__all__ = ["HEADS", "Network"]

HEADS = 12
_DROPOUT = 0.1
_POOL = 1 << 22


class Dropout(nn.Module):
    """Dropout that reads its noise from a pool at a random place: drawing it anew costs more than a layer."""

    def __init__(self) -> None:
        super().__init__()
        pool = (torch.rand(_POOL) >= _DROPOUT).float() / (1 - _DROPOUT)
        self.register_buffer("pool", pool, persistent=False)
        self.pool: Tensor

    def forward(self, states: Tensor) -> Tensor:
        if not self.training:
            return states
        start = int(torch.randint(_POOL - states.numel(), ()))
        return states * self.pool[start : start + states.numel()].view_as(states)


class Layer(nn.Module):
    """One transformer layer, normalised after each half, as BERT has it."""

    def __init__(self, hidden: int, inner: int, drop: Dropout) -> None:
        super().__init__()
        self.drop = drop
        self.attend = nn.Linear(hidden, 3 * hidden)
        self.attended = nn.Linear(hidden, hidden)
        self.norm_attended = nn.LayerNorm(hidden, eps=1e-12)
        self.widen = nn.Linear(hidden, inner)
        self.narrow = nn.Linear(inner, hidden)
        self.norm_narrow = nn.LayerNorm(hidden, eps=1e-12)

    def forward(self, states: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, hidden = states.shape
        parts = self.attend(states).view(batch, length, 3, HEADS, hidden // HEADS)
        query, key, value = parts.permute(2, 0, 3, 1, 4).unbind(0)
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        mixed = self.attended(mixed.transpose(1, 2).reshape(batch, length, hidden))
        states = self.norm_attended(states + self.drop(mixed))
        wide = self.narrow(functional.gelu(self.widen(states)))
        normalised: Tensor = self.norm_narrow(states + self.drop(wide))
        return normalised


class Network(nn.Module):
    """Piece ids (batch × length) to last vectors (batch × length × hidden), and these to label scores by `score`."""

    def __init__(self, vocabulary: int, *, hidden: int = 384, inner: int = 1536, layers: int = 12) -> None:
        super().__init__()
        self.pieces = nn.Embedding(vocabulary, hidden)
        self.places = nn.Embedding(512, hidden)
        self.norm = nn.LayerNorm(hidden, eps=1e-12)
        self.drop = Dropout()
        self.layers = nn.ModuleList(Layer(hidden, inner, self.drop) for _ in range(layers))
        self.score = nn.Linear(hidden, len(LABELS))
        nn.init.normal_(self.score.weight, std=0.02)
        nn.init.zeros_(self.score.bias)

    def forward(self, ids: Tensor) -> Tensor:
        return self.above(self.below(ids, 0), None, 0)

    def below(self, ids: Tensor, frozen: int) -> Tensor:
        """What the lowest layers make of the pieces, which is always the same while these are frozen."""
        states: Tensor = self.norm(self.pieces(ids) + self.places(torch.arange(ids.shape[1])))
        for layer in self.layers[:frozen]:
            states = layer(states, None)
        return states

    def above(self, states: Tensor, present: Tensor | None, frozen: int) -> Tensor:
        """The last vectors; `present` is true where a piece is, false where a shorter text is filled up."""
        mask = None if present is None else present[:, None, None, :]
        states = self.drop(states)
        for layer in self.layers[frozen:]:
            states = layer(states, mask)
        last: Tensor = self.drop(states)
        return last

    @classmethod
    def from_pretrained(cls, pretrained: Pretrained, kept: Sequence[int], *, layers: int = 12) -> "Network":
        """The pretrained weights of the lowest `layers`, with the kept pieces of the vocabulary, and no labels yet."""
        network = cls(len(kept), layers=layers)
        tensors = pretrained.tensors
        state = {
            "pieces.weight": tensors["emb.word"][np.array(kept)],
            # All text is of type 0, so that its vector belongs to every place.
            "places.weight": tensors["emb.pos"].reshape(-1, 384) + tensors["emb.type"][:384],
            "norm.weight": tensors["emb.ln.w"],
            "norm.bias": tensors["emb.ln.b"],
        }
        for number in range(len(network.layers)):
            state |= _layer_state(tensors, number)
        tensors_of_torch = {name: torch.from_numpy(array.copy()) for name, array in state.items()}
        tensors_of_torch |= {name: tensor for name, tensor in network.state_dict().items() if name.startswith("score.")}
        network.load_state_dict(tensors_of_torch)
        return network


def _layer_state(tensors: dict[str, npt.NDArray[np.float32]], number: int) -> dict[str, npt.NDArray[np.float32]]:
    """The weights of one layer under the names that `Layer` has for them."""
    names = {"attended": "ao", "norm_attended": "aln", "widen": "fi", "narrow": "fo", "norm_narrow": "oln"}
    state = {}
    for kind, short in (("weight", "w"), ("bias", "b")):
        joined = [tensors[f"l{number}.{part}.{short}"] for part in "qkv"]
        state[f"layers.{number}.attend.{kind}"] = np.concatenate(joined)
        for ours, theirs in names.items():
            state[f"layers.{number}.{ours}.{kind}"] = tensors[f"l{number}.{theirs}.{short}"]
    return state
