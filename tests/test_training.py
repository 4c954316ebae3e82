"""Training data: which forms of an annotation are names, and where they stand in the text."""

import json
import struct
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from kg.errors import InputError, ModelError, UsageError
from kg.ontology import load_ontology
from kg.recognition import Reading
from kg.recognition.crf import load_crf
from kg.recognition.words import find_words
from kg.training import train_names
from kg.training.crf import fit_crf
from kg.training.data import label_article, read_gold, split_sentences
from kg.training.e5 import read_e5
from kg.training.forms import name_forms
from kg.training.labels import UNSURE, label_words
from kg.training.vocabulary import count_pieces, cut_vocabulary, make_tokenizer

TEXT = (
    "Thủ tướng Lê Minh Khôi thăm tỉnh Thanh An.\n"
    "Ông Khôi học tiếng Pháp ở Pháp. Bệnh viện Thanh An do Công ty Hoa Ban xây. Công ty này lớn."
)
ENTITIES: list[dict[str, object]] = [
    {"name": "Lê Minh Khôi", "type": "Person", "aliases": ["Thủ tướng Lê Minh Khôi", "Thủ tướng", "Khôi"]},
    {"name": "Thanh An", "type": "AdministrativeArea", "aliases": ["tỉnh Thanh An", "tỉnh"]},
    {"name": "Bệnh viện Thanh An", "type": "Organization", "aliases": ["Bệnh viện Thanh An"]},
    {"name": "Hoa Ban", "type": "Company", "aliases": ["Công ty Hoa Ban", "Công ty"]},
    {"name": "Pháp", "type": "Country", "aliases": ["Pháp"]},
]


def names_in(text: str, entities: list[dict[str, object]]) -> list[tuple[str, str]]:
    labelled = label_article("a", text, entities)
    return [(text[start:end], type_) for start, end, type_ in labelled.names]


def test_names_are_labelled_without_titles_and_longest_first() -> None:
    assert names_in(TEXT, ENTITIES) == [
        ("Lê Minh Khôi", "Person"),
        ("Thanh An", "AdministrativeArea"),
        ("Khôi", "Person"),
        ("Pháp", "Country"),
        ("Bệnh viện Thanh An", "Organization"),
        ("Hoa Ban", "Company"),
    ]


@pytest.mark.parametrize(
    ("name", "type_", "alias", "form"),
    [
        ("Lê Minh Khôi", "Person", "Thủ tướng Lê Minh Khôi", "Lê Minh Khôi"),
        ("Lê Minh Khôi", "Person", "ông Minh Khôi", "Minh Khôi"),
        ("Lê Minh Khôi", "Person", "Bộ trưởng Quốc phòng", None),
        ("Lê Minh Khôi", "Person", "Vua", None),
        ("Zlatan Ibrahimovic", "Person", "Ibra", "Ibra"),
        ("Thanh An", "AdministrativeArea", "thành phố", None),
        ("Hoa Ban", "Company", "Tập đoàn Hoa Ban Việt", "Hoa Ban Việt"),
        ("Ngân hàng Hoa Ban", "Company", "HBBank", "HBBank"),
        ("Ngân hàng Hoa Ban", "Company", "Ngân hàng", None),
        ("Chính phủ Việt Nam", "GovernmentBody", "Chính phủ", "Chính phủ"),
        ("Bộ Y tế", "GovernmentBody", "Bộ", None),
        ("Hiệp định Thanh An", "Agreement", "Hiệp định", None),
    ],
)
def test_forms(name: str, type_: str, alias: str, form: str | None) -> None:
    forms = {named for named, _ in name_forms(name, type_, [alias])}
    assert forms - {name, name.upper()} - {(form or "").upper()} == ({form} - {name} if form else set())


def test_a_form_of_two_classes_is_left_open() -> None:
    entities: list[dict[str, object]] = [
        {"name": "Thanh An", "type": "AdministrativeArea", "aliases": []},
        {"name": "Thanh An", "type": "Company", "aliases": []},
    ]
    labelled = label_article("a", "Ở Thanh An.", entities)
    assert labelled.names == ()
    assert labelled.unsure == ((2, 10),)
    assert label_words(labelled)((2, 7)) == UNSURE
    assert label_words(labelled)((0, 1)) == 0


def test_a_leading_date_is_no_sentence() -> None:
    text = " date 2025-11-16 Bão vào Huế\n\nMưa lớn."
    assert [text[start:end] for start, end in split_sentences(text)] == ["Bão vào Huế", "Mưa lớn."]


def test_gold_without_its_texts_says_what_to_pass(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"id": "a", "file": "a.txt", "entities": []}), "utf-8")
    with pytest.raises(InputError, match="--texts"):
        list(read_gold(gold))
    (tmp_path / "a.txt").write_text("Không có tên nào.", "utf-8")
    assert [article.id for article in read_gold(gold, tmp_path)] == ["a"]


def packed_encoder() -> bytes:
    """The smallest file of the kind that `read_e5` reads: three pieces, a matrix in blocks, a vector."""
    pieces = ["<s>", "▁Hà", "ộ"]
    blob = "".join(pieces).encode()
    edges = [0, 3, 3 + len("▁Hà".encode()), len(blob)]
    head = b"E5S1" + struct.pack("<I7ifi", 1, 32, 1, 1, 64, 3, 8, 1, 1e-12, 32)
    head += struct.pack("<i4iQ", len(pieces), 0, 2, 1, 3, len(blob)) + struct.pack("<4I", *edges)
    head += struct.pack("<3f", 0.0, -1.5, -2.0) + blob + struct.pack("<iI", 0, 0)
    block = np.float16(0.5).tobytes() + bytes([0x80 | nibble for nibble in range(16)])
    vector = struct.pack("<2f", 1.0, 2.0)
    directory = struct.pack("<i", 2)
    offset = len(head) + 4 + 2 * (2 + 21) + len("m.w") + len("v.b")
    for name, kind, count, raw in (("m.w", 1, 32, block), ("v.b", 0, 2, vector)):
        directory += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", kind, count, offset, len(raw))
        offset += len(raw)
    return head + directory + block + vector


def test_pretrained_weights_are_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "encoder.bin"
    path.write_bytes(packed_encoder())
    pretrained = read_e5(path)
    assert pretrained.pieces == ("<s>", "▁Hà", "ộ")
    assert pretrained.scores.tolist() == [0.0, -1.5, -2.0]
    assert pretrained.tensors["v.b"].tolist() == [1.0, 2.0]
    # Low nibbles first, then high ones, each minus 8 and times the scale.
    assert pretrained.tensors["m.w"].tolist() == [[0.5 * (n - 8) for n in range(16)] + [0.0] * 16]


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "encoder.bin"
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(ModelError, match="E5S1"):
        read_e5(path)


def test_vocabulary_keeps_marks_characters_and_the_commonest() -> None:
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁", "a", "▁Hà", "▁Nội", "▁xyz"]
    tokenizer = make_tokenizer([(piece, -float(number)) for number, piece in enumerate(pieces)])
    counts = count_pieces(tokenizer, ["Hà Nội", "Hà a"])
    assert [pieces[number] for number in cut_vocabulary(pieces, counts, size=7)] == [*pieces[:7]]


def test_a_small_crf_learns(tmp_path: Path) -> None:
    path = tmp_path / "small.crfsuite"
    articles = [
        label_article(
            "a", f"Ông {name} thăm Huế.", [{"name": name, "type": "Person"}, {"name": "Huế", "type": "Place"}]
        )
        for name in ("Lê An", "Vũ Bình", "Đỗ Chi", "Hà Dũng")
    ]
    fit_crf(articles * 3, path, rounds=20)
    text = "Ông Ngô Em thăm Huế."
    found = load_crf(path)(text, ((0, len(text)),)).names
    assert [(text[name.start : name.end], name.type) for name in found] == [("Ngô Em", "Person"), ("Huế", "Place")]


def test_training_without_articles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing to learn"):
        train_names([], None, tmp_path)


def test_export_computes_what_the_network_does(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    pytest.importorskip("onnx")
    from kg.training.export import export_onnx
    from kg.training.network import Network

    torch.manual_seed(3)
    network = Network(50, hidden=96, inner=192, layers=2).eval()
    export_onnx(network, tmp_path / "small.onnx")
    ids = np.arange(4, 44, dtype=np.int64)
    with torch.inference_mode():
        last = network(torch.from_numpy(ids)[None])
        expected = network.score(last)[0].numpy()
    session = onnxruntime.InferenceSession(tmp_path / "small.onnx", providers=["CPUExecutionProvider"])
    scores, states = session.run(["scores", "states"], {"ids": ids})
    assert np.corrcoef(scores.ravel(), expected.ravel())[0, 1] > 0.99
    assert np.corrcoef(states.ravel(), last[0].numpy().ravel())[0, 1] > 0.99


def test_relating_is_learnt_and_computed_alike_in_numpy(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    from kg.recognition.encoder import Part
    from kg.recognition.relating import Pieces, load_head, score_pairs
    from kg.training.mentions import read_mentions
    from kg.training.relating import Relating, find_facts, learnable, relation_loss, save_relating

    text = "Lê Minh Khôi thăm Thanh An. Vũ Bình gặp Lê Minh Khôi."
    entities = [
        {"id": "e1", "name": "Lê Minh Khôi", "type": "Person"},
        {"id": "e2", "name": "Thanh An", "type": "AdministrativeArea"},
        {"id": "e3", "name": "Vũ Bình", "type": "Person"},
    ]
    statements = [
        {"s": "e1", "p": "visited", "o": "e2", "evidence": ["Lê Minh Khôi thăm Thanh An."]},
        {"s": "e3", "p": "met_with", "o": "e1", "evidence": ["Vũ Bình gặp Lê Minh Khôi."]},
    ]
    ontology = load_ontology()
    article = label_article("a", text, entities, statements)
    annotated = read_mentions(article, ontology)
    assert [text[m.start : m.end] for m in annotated.mentions] == [
        "Lê Minh Khôi",
        "Thanh An",
        "Vũ Bình",
        "Lê Minh Khôi",
    ]
    parts = []
    for number, sentence in enumerate(article.sentences):
        words = tuple(find_words(text, *sentence))
        parts.append(Part(number, tuple(range(len(words))), words, tuple(range(len(words)))))
    facts = find_facts(parts, annotated, ontology)
    relations = learnable(ontology)
    visited, met = relations.index("visited"), relations.index("met_with")
    # Visited by one pair in its sentence, met in both orders in the other.
    assert facts.in_sentence.truth[:, visited].sum() == 1
    assert facts.in_sentence.truth[:, met].sum() == 2

    torch.manual_seed(1)
    relating = Relating(relations, hidden=24)
    spans = [word for part in parts for word in part.words]
    states = torch.randn(len(spans) + 2, 24).half().float()
    optimizer = torch.optim.Adam(relating.parameters(), lr=0.01)
    losses = []
    for _ in range(40):
        loss = relation_loss(relating, [states], [facts])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < losses[0] / 5

    save_relating(relating, tmp_path / "relating.npz")
    starts, ends = np.array(spans, dtype=np.int32).T
    sentence_of = np.array([part.sentence for part in parts for _ in part.words], dtype=np.int32)
    pieces = Pieces(starts, ends, sentence_of, np.zeros_like(starts), states[1:-1].numpy().astype(np.float16))
    mentions = [(m.start, m.end, m.type) for m in annotated.mentions]
    pairs = [(int(a), int(b)) for a, b in facts.pairs]
    scores = score_pairs(Reading((), pieces), mentions, pairs, head=load_head(tmp_path / "relating.npz"))
    with torch.inference_mode():
        expected = relating(states, facts).numpy()
    assert np.abs(scores - expected).max() < 0.05
