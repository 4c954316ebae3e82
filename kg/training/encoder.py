"""Fine-tuning of the encoder on labelled articles.

The vectors of the pieces stay as they were pretrained, so that rare names keep their place among the common ones. So
may the lowest layers; what they make of a text is then computed only once.
"""

import math
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from kg.ontology import Ontology
from kg.recognition.decoding import Floats
from kg.recognition.encoder import WINDOW, Part, Scorer, pack, split_pieces, window_ids
from kg.training.data import Labelled
from kg.training.labels import UNSURE, label_words
from kg.training.mentions import read_mentions
from kg.training.network import Network
from kg.training.relating import Facts, Relating, find_facts, relation_loss

__all__ = ["Window", "fit", "prepare", "scorer_of"]

_ROOMS = (60, 120, 200, 200)
_PIECES_AT_ONCE = 400
_RELATING_RATE = 1e-3  # it begins from nothing, the encoder does not
_RELATING_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Window:
    """Neighbouring sentences: what the lowest layers make of each piece, its label, and what is stated, if annotated.

    Pieces where no word begins have the label `UNSURE`, as do the marks at both ends.
    """

    states: Tensor
    labels: Tensor
    facts: Facts | None = None


def prepare(
    network: Network,
    tokenizer: Tokenizer,
    articles: Iterable[Labelled],
    *,
    frozen: int,
    ontology: Ontology | None = None,
    seed: int = 1,
) -> Iterator[list[Window]]:
    """The windows of each article, for training above the lowest `frozen` layers.

    Their length changes from article to article.

    With an ontology, the windows of articles with statements have facts, and are those that the program reads.
    """
    network.eval()
    chooser = random.Random(seed)
    for article in articles:
        annotated = read_mentions(article, ontology) if ontology and article.statements else None
        label_of = label_words(article)
        parts = split_pieces(tokenizer, article.text, article.sentences)
        windows = []
        for held in pack(parts, window=WINDOW if annotated else chooser.choice(_ROOMS)):
            with torch.no_grad():
                states = network.below(torch.from_numpy(window_ids(held))[None], frozen)[0]
            labels = [UNSURE, *(label for part in held for label in _labels(part, label_of)), UNSURE]
            facts = find_facts(held, annotated, ontology) if annotated and ontology else None
            windows.append(Window(states, torch.tensor(labels), facts))
        yield windows


def _labels(part: Part, label_of: Callable[[tuple[int, int]], int]) -> list[int]:
    """A label for each piece of a part: that of the first word that begins in it."""
    labels = [UNSURE] * len(part.ids)
    for word, first in zip(reversed(part.words), reversed(part.firsts), strict=True):
        labels[first] = label_of(word)
    return labels


def fit(
    network: Network,
    windows: Sequence[Window],
    *,
    frozen: int,
    epochs: int,
    rate: float = 2e-4,
    decay: float = 0.9,
    seed: int = 1,
    relating: Relating | None = None,
    report: Callable[[int, int, float], None] = lambda step, steps, loss: None,
) -> None:
    """Train in place what is above the lowest `frozen` layers, together with `relating` if given.

    The rate falls by `decay` from each layer to the one below it, rises over the first tenth of
    the steps and falls to nothing at the end. `report` is told the step, of how many, and the loss.
    """
    random.seed(seed)
    torch.manual_seed(seed)
    batches = [batch for _ in range(epochs) for batch in _batches(windows)]
    steps = len(batches)
    groups = _groups(network, frozen, rate, decay)
    of_relating = [*relating.parameters()] if relating else []
    if of_relating:
        groups.append({"params": of_relating, "lr": _RELATING_RATE})
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    warm = max(1, steps // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))
    )
    network.train()
    recent = math.nan
    for step, batch in enumerate(batches, start=1):
        states, present, labels = _fill(batch)
        last = network.above(states, present, frozen)
        loss = functional.cross_entropy(network.score(last).flatten(0, 1), labels.flatten(), ignore_index=UNSURE)
        if relating:
            loss = loss + _RELATING_SHARE * relation_loss(relating, list(last), [window.facts for window in batch])
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.layers[frozen:].parameters(), 1.0)
        if of_relating:
            torch.nn.utils.clip_grad_norm_(of_relating, 1.0)
        optimizer.step()
        schedule.step()
        recent = loss.item() if math.isnan(recent) else 0.98 * recent + 0.02 * loss.item()
        report(step, steps, recent)
    network.eval()


def _groups(network: Network, frozen: int, rate: float, decay: float) -> list[dict[str, object]]:
    """Parameters with their rates: the top ones learn fastest."""
    count = len(network.layers)
    groups: list[dict[str, object]] = [{"params": [*network.score.parameters()], "lr": 2 * rate}]
    for number, layer in enumerate(network.layers):
        if number >= frozen:
            groups.append({"params": [*layer.parameters()], "lr": rate * decay ** (count - 1 - number)})
    return groups


def _batches(windows: Sequence[Window]) -> list[list[Window]]:
    """The windows in batches of like length, shuffled."""
    ordered = sorted(windows, key=lambda window: len(window.labels) + random.randrange(20), reverse=True)
    batches, held, longest = [], list[Window](), 0
    for window in ordered:
        longest = max(longest, len(window.labels))
        held.append(window)
        if (len(held) + 1) * longest > _PIECES_AT_ONCE:
            batches.append(held)
            held, longest = [], 0
    if held:
        batches.append(held)
    random.shuffle(batches)
    return batches


def _fill(batch: Sequence[Window]) -> tuple[Tensor, Tensor | None, Tensor]:
    """A batch as states, where they are present (None: everywhere), and labels."""
    states = torch.nn.utils.rnn.pad_sequence([window.states for window in batch], batch_first=True)
    labels = torch.nn.utils.rnn.pad_sequence(
        [window.labels for window in batch], batch_first=True, padding_value=UNSURE
    )
    lengths = torch.tensor([len(window.labels) for window in batch])
    present = torch.arange(states.shape[1])[None] < lengths[:, None]
    return states, None if bool(present.all()) else present, labels


def scorer_of(network: Network) -> Scorer:
    """The network as a scorer of single windows, as `recognise_with` wants it."""
    network.eval()

    def score(ids: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
        with torch.inference_mode():
            last = network(torch.from_numpy(ids)[None])
            scores, states = network.score(last)[0].numpy(), last[0].numpy()
        return scores, states

    return score
