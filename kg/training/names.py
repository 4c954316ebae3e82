"""Training of both engines from annotated articles, as the command line offers it."""

import json
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from itertools import chain
from pathlib import Path
from typing import Literal

from kg.errors import ModelError, UsageError
from kg.ontology import load_ontology
from kg.recognition import Recogniser
from kg.recognition.encoder import MODELS, load_encoder
from kg.training.crf import fit_crf, silver
from kg.training.data import Labelled, read_gold
from kg.training.e5 import Pretrained, read_e5
from kg.training.vocabulary import count_pieces, cut_vocabulary, make_tokenizer

__all__ = ["Engine", "train_names"]

Engine = Literal["accurate", "fast"]
Report = Callable[[str, int, int, float], None]

VOCABULARY = 32_000
# Of the twelve pretrained layers the upper ones, made for comparing whole texts, are left out: a third less time.
_LAYERS = 8
# From short texts all layers learn names; then the lowest stay as they are, and what they make of a text is kept.
_FROZEN = 2
_LAST_EPOCHS, _LAST_RATE = 2, 1.5e-4


def _quiet(stage: str, step: int, steps: int, loss: float) -> None:
    pass


def train_names(
    gold_paths: Sequence[Path],
    texts: Path | None,
    out: Path,
    *,
    engine: Engine = "accurate",
    unlabelled: Iterable[str] = (),
    epochs: int = 3,
    seed: int = 1,
    report: Report = _quiet,
) -> None:
    """Train an engine on gold files and write its model into the folder `out`.

    `texts` is the folder of the articles whose text is not in their gold record. "accurate" writes
    `names.onnx` and `tokenizer.json`, and, where articles have statements, `relating.npz`, which tells how
    mentions are related; from `unlabelled` news, if given, it draws its vocabulary anew.
    "fast" writes `names.crfsuite`; it also learns from what the accurate engine, that of `out` if it is
    there, finds in `unlabelled`. `report` is told the stage, the step, of how many, and the loss.
    Raises UsageError without articles, ModelError without the pretrained encoder.
    """
    articles = [article for path in gold_paths for article in read_gold(path, texts)]
    if not articles:
        raise UsageError("There is nothing to learn from: the gold files have no articles.")
    out.mkdir(parents=True, exist_ok=True)
    if engine == "fast":
        teacher = _teacher(out)
        fit_crf([*articles, *silver(teacher, unlabelled)], out / "names.crfsuite")
    else:
        _train_encoder(articles, out, list(unlabelled), epochs, seed, report)


def _teacher(out: Path) -> Recogniser:
    return load_encoder(out if (out / "names.onnx").exists() else MODELS)


def _train_encoder(
    articles: Sequence[Labelled], out: Path, unlabelled: Sequence[str], epochs: int, seed: int, report: Report
) -> None:
    # PyTorch and ONNX come with the dependency group `train`; the rest of the program, and the fast engine, do without.
    import torch

    from kg.training.encoder import Window, fit, prepare
    from kg.training.export import export_onnx
    from kg.training.network import Network
    from kg.training.relating import Relating, learnable, save_relating

    pretrained = read_e5()
    kept = _draw_vocabulary(pretrained, unlabelled) if unlabelled else _known_vocabulary(pretrained)
    tokenizer = make_tokenizer([(pretrained.pieces[number], float(pretrained.scores[number])) for number in kept])
    torch.manual_seed(seed)
    network = Network.from_pretrained(pretrained, kept, layers=_LAYERS)
    stated = [article for article in articles if article.statements]
    plain = [article for article in articles if not article.statements]
    ontology = load_ontology()

    def read(articles: Sequence[Labelled], frozen: int) -> list[list[Window]]:
        windows = []
        of_articles = prepare(network, tokenizer, articles, frozen=frozen, ontology=ontology, seed=seed)
        for done, of_article in enumerate(of_articles, start=1):
            windows.append(of_article)
            report("read", done, len(articles), 0.0)
        return windows

    def learn(step: int, steps: int, loss: float) -> None:
        report("learn", step, steps, loss)

    # Names are learnt first, from the texts that have nothing else, then both together.
    if plain:
        fit(network, [*chain(*read(plain, 0))], frozen=0, epochs=epochs, seed=seed, report=learn)
    if stated:
        windows = read(stated, _FROZEN)
        relating = Relating(learnable(ontology))
        # Two networks that know one half of the articles each, which is what readings of unseen articles are made
        # with; their mean, which knows something of all, learns the rest.
        parts: tuple[torch.nn.Module, ...] = (network, relating)
        start = [deepcopy(part.state_dict()) for part in parts]
        halves = []
        for half in (0, 1):
            for part, state in zip(parts, start, strict=True):
                part.load_state_dict(state)
            of_half = [*chain(*windows[half::2])]
            fit(network, of_half, frozen=_FROZEN, epochs=epochs + 2, seed=seed, relating=relating, report=learn)
            halves.append([deepcopy(part.state_dict()) for part in parts])
        for part, one, other in zip(parts, *halves, strict=True):
            part.load_state_dict({name: (one[name] + other[name]) / 2 for name in one})
        everything = [*chain(*windows)]
        fit(network, everything, frozen=_FROZEN, epochs=_LAST_EPOCHS, rate=_LAST_RATE, seed=seed, relating=relating,
            report=learn)  # fmt: skip
        save_relating(relating, out / "relating.npz")
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    export_onnx(network, out / "names.onnx")


def _draw_vocabulary(pretrained: Pretrained, texts: Sequence[str]) -> list[int]:
    """The pieces that these texts use."""
    whole = make_tokenizer(list(zip(pretrained.pieces, pretrained.scores.tolist(), strict=True)))
    return cut_vocabulary(pretrained.pieces, count_pieces(whole, texts), size=VOCABULARY)


def _known_vocabulary(pretrained: Pretrained) -> list[int]:
    """The pieces of the tokenizer that comes with the program."""
    path = MODELS / "tokenizer.json"
    if not path.exists():
        raise ModelError(f"{path} is absent. Pass unlabelled news to draw the vocabulary from.")
    number_of = {piece: number for number, piece in enumerate(pretrained.pieces)}
    vocabulary = json.loads(path.read_text("utf-8"))["model"]["vocab"]
    return [number_of[piece] for piece, _ in vocabulary]
