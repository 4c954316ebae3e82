"""The network that tells how mentions are related, in PyTorch; `kg.recognition.relating` is what becomes of it.

It learns from pairs of entities: the scores of all pairs of their mentions are pooled, once over a window and once
over each sentence, and the pooled scores are to say which relations the window, or the sentence, states.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.ontology import Ontology
from kg.recognition import TYPES
from kg.recognition.encoder import Part
from kg.recognition.relating import PLACES, place_of
from kg.training.mentions import Annotated

__all__ = ["Facts", "Relating", "find_facts", "learnable", "relation_loss", "save_relating"]

_WIDTH = 128
_GROUPS = 4
_KIND_WIDTH = 16
# Few pairs are related: what they are is told more loudly than what the others are not.
_POSITIVE_WEIGHT = 3.0
# A batch with fewer pools than these does not count for more than its share.
_FEWEST = (30, 20)
_LEAST = 1e-30


@dataclass(frozen=True, slots=True)
class Pool:
    """Pairs of mentions put together: the pool of each pair (-1: none), and of each pool and relation whether it is
    stated, and whether that counts (0 where it is stated, but elsewhere in the article)."""

    of: Tensor
    truth: Tensor
    counts: Tensor


@dataclass(frozen=True, slots=True)
class Facts:
    """The mentions of a window and what is stated of them.

    `firsts` are the pieces with which the words begin, `ends` the first and last word of each mention, `pairs` two
    mentions each; `left` to `right` are the words between these, `places` the values of `place_of`.
    """

    firsts: Tensor
    ends: Tensor
    kinds: Tensor
    pairs: Tensor
    left: Tensor
    right: Tensor
    places: Tensor
    in_window: Pool
    in_sentence: Pool


class Relating(nn.Module):
    """Scores of relations (pairs × relations) from the last vectors of a window's pieces."""

    def __init__(self, relations: Sequence[str], *, hidden: int = 384) -> None:
        super().__init__()
        self.relations = tuple(relations)
        count, ends, part = len(self.relations), 2 * hidden + _KIND_WIDTH, _WIDTH // _GROUPS
        self.kind = nn.Embedding(len(TYPES), _KIND_WIDTH)
        self.subject = nn.Linear(ends, _WIDTH)
        self.object = nn.Linear(ends, _WIDTH)
        self.pair_subject = nn.Linear(ends, _WIDTH)
        self.pair_object = nn.Linear(ends, _WIDTH)
        self.between = nn.Linear(hidden, _WIDTH, bias=False)
        self.place = nn.Embedding(PLACES, _WIDTH)
        self.bilinear = nn.Parameter(torch.randn(count, _GROUPS, part, part) * 0.02)
        self.out = nn.Linear(_WIDTH, count)
        nn.init.normal_(self.place.weight, std=0.1)
        nn.init.normal_(self.out.weight, std=0.02)
        nn.init.constant_(self.out.bias, -4.0)  # few pairs are related

    def forward(self, states: Tensor, facts: Facts) -> Tensor:
        words = states[facts.firsts]
        mentions = torch.cat([words[facts.ends[:, 0]], words[facts.ends[:, 1]], self.kind(facts.kinds)], dim=1)
        sums = torch.cat([torch.zeros(1, words.shape[1]), words.cumsum(0)])
        gaps = (facts.right - facts.left).clamp(min=1)[:, None]
        between = (sums[facts.right] - sums[facts.left]) / gaps
        subjects = torch.tanh(self.subject(mentions)).view(-1, _GROUPS, _WIDTH // _GROUPS)
        objects = torch.tanh(self.object(mentions))
        turned = torch.einsum("mgd,rgde->mrge", subjects, self.bilinear).flatten(2)
        compared = torch.einsum("mrk,nk->mnr", turned, objects)
        first, second = facts.pairs.unbind(1)
        own = self.pair_subject(mentions)[first] + self.pair_object(mentions)[second]
        scores: Tensor = self.out(torch.tanh(own + self.between(between) + self.place(facts.places)))
        return scores + compared[first, second]


def relation_loss(relating: Relating, states: Sequence[Tensor], facts: Sequence[Facts | None]) -> Tensor:
    """The loss of a batch of windows: mean over pools of the sum over relations, half by window, half by sentence."""
    losses, pools = [torch.zeros(()), torch.zeros(())], [0, 0]
    for of_window, fact in zip(states, facts, strict=True):
        if fact is None or not len(fact.pairs):
            continue
        scores = relating(of_window, fact)
        for number, pool in enumerate((fact.in_window, fact.in_sentence)):
            losses[number] = losses[number] + _pool_loss(scores, pool)
            pools[number] += len(pool.truth)
    window, sentence = (loss / max(n, few) for loss, n, few in zip(losses, pools, _FEWEST, strict=True))
    return (window + sentence) / 2


def _pool_loss(scores: Tensor, pool: Pool) -> Tensor:
    kept = pool.of >= 0
    of, scores = pool.of[kept], scores[kept]
    if not len(of):
        return torch.zeros(())
    # Log of the sum of exponentials: one pair with the relation is enough.
    highest = scores.detach().amax(dim=0)
    sums = torch.zeros(pool.truth.shape).index_add(0, of, torch.exp(scores - highest))
    pooled = highest + torch.log(sums.clamp(min=_LEAST))
    loss = functional.binary_cross_entropy_with_logits(
        pooled, pool.truth, reduction="none", pos_weight=torch.tensor(_POSITIVE_WEIGHT)
    )
    return (loss * pool.counts).sum()


_Key = tuple[str, str, int | None]  # subject, object, number of the sentence or None for the window


def learnable(ontology: Ontology) -> tuple[str, ...]:
    """The relations between two mentions, in the order of the scores."""
    return tuple(sorted(name for name, term in ontology.relations.items() if not term.literal))


def find_facts(parts: Sequence[Part], annotated: Annotated, ontology: Ontology) -> Facts:
    """The facts of a window of an article."""
    firsts: list[int] = []
    words: list[tuple[int, int]] = []
    sentence_of: list[int] = []
    origin = 1
    for part in parts:
        firsts += [origin + first for first in part.firsts]
        words += part.words
        sentence_of += [part.sentence] * len(part.words)
        origin += len(part.ids)
    first_at = {start: number for number, (start, _) in enumerate(words)}
    last_at = {end: number for number, (_, end) in enumerate(words)}
    here = [
        (first_at[mention.start], last_at[mention.end], mention)
        for mention in annotated.mentions
        if mention.start in first_at and mention.end in last_at
    ]
    pairs, between, places = [], [], []
    by_window: list[_Key | None] = []
    by_sentence: list[_Key | None] = []
    for i, (a_first, a_last, a) in enumerate(here):
        for j, (b_first, b_last, b) in enumerate(here):
            if a.entity == b.entity or (a_first <= b_last and b_first <= a_last):
                continue
            forward = a_first < b_first
            left, right = (a_last + 1, b_first) if forward else (b_last + 1, a_first)
            together = sentence_of[a_first] == sentence_of[b_first]
            pairs.append((i, j))
            between.append((left, right))
            places.append(place_of(right - left, forward=forward, together=together))
            by_window.append((a.entity, b.entity, None))
            by_sentence.append((a.entity, b.entity, sentence_of[a_first]) if together else None)
    relations = learnable(ontology)
    symmetric = frozenset(name for name in relations if ontology.relations[name].symmetric)
    truth_of = _truth(annotated, relations, symmetric, frozenset(sentence_of))
    edges = _whole(between, 2)
    return Facts(
        _whole(firsts),
        _whole([(first, last) for first, last, _ in here], 2),
        _whole([TYPES.index(mention.type) for _, _, mention in here]),
        _whole(pairs, 2),
        edges[:, 0],
        edges[:, 1],
        _whole(places),
        _pool(by_window, truth_of, len(relations)),
        _pool(by_sentence, truth_of, len(relations)),
    )


def _whole(values: Sequence[object], width: int = 0) -> Tensor:
    tensor = torch.tensor(values, dtype=torch.long)
    return tensor.reshape(-1, width) if width else tensor


_Truth = Callable[[_Key], Mapping[int, bool]]


def _truth(annotated: Annotated, relations: Sequence[str], symmetric: frozenset[str], here: frozenset[int]) -> _Truth:
    """A function from two entities and a sentence (None: the window) to the relations they have, and whether there."""
    number_of = {relation: number for number, relation in enumerate(relations)}
    stated: dict[tuple[str, str], dict[int, frozenset[int]]] = {}
    for fact in annotated.stated:
        if fact.relation in number_of:
            orders = [(fact.subject, fact.object)]
            if fact.relation in symmetric:
                orders.append((fact.object, fact.subject))
            for order in orders:
                of_pair = stated.setdefault(order, {})
                number = number_of[fact.relation]
                of_pair[number] = of_pair.get(number, frozenset()) | fact.sentences

    def look_up(key: _Key) -> Mapping[int, bool]:
        subject, object_, sentence = key
        place = here if sentence is None else {sentence}
        return {number: bool(where & place) for number, where in stated.get((subject, object_), {}).items()}

    return look_up


def _pool(keys: Sequence[_Key | None], truth_of: _Truth, relations: int) -> Pool:
    numbers: dict[_Key, int] = {}
    of = [-1 if key is None else numbers.setdefault(key, len(numbers)) for key in keys]
    truth, counts = torch.zeros(len(numbers), relations), torch.ones(len(numbers), relations)
    for key, number in numbers.items():
        for relation, is_here in truth_of(key).items():
            (truth if is_here else counts)[number, relation] = float(is_here)
    return Pool(_whole(of), truth, counts)


def save_relating(relating: Relating, path: Path) -> None:
    """Write the weights in half precision, as `kg.recognition.relating.load_head` reads them."""
    weights = {name: tensor.detach().numpy().astype(np.float16) for name, tensor in relating.state_dict().items()}
    for name in ("kind", "place"):
        weights[name] = weights.pop(f"{name}.weight")
    arrays = {name: weights[name] for name in sorted(weights)}
    with path.open("wb") as file:
        np.savez_compressed(file, relations=np.array(relating.relations), types=np.array(TYPES), **arrays)
