"""The names recogniser: spans are exact, results depend on the article alone, both engines find plain names."""

import unicodedata
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.recognition import ENGINES, TYPES, Name
from kg.recognition.decoding import LABELS, best_labels, join_words, log_softmax
from kg.recognition.features import shape_of, word_features
from kg.recognition.normalisation import normalise
from kg.recognition.words import check_sentences, find_words

FIRST = "Sáng 3/9, tại Hà Nội, Thủ tướng Lê Minh Khôi đã tiếp Bộ trưởng Ngoại giao Pháp Claude Martin."
SECOND = "Ông Martin cho biết Tập đoàn Airbus sẽ hợp tác với Vietnam Airlines."
LEAD = f"{FIRST} {SECOND}"
HALVES = ((0, len(FIRST)), (len(FIRST) + 1, len(LEAD)))

ODD = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("ÀẢđĐệƯ \t\n\u00a0\u200b\u200d\u3000\u0301\u0323…½ﬁ™.,()–\"'Tôlâm12 😀👨‍👩‍👧"),
    ),
    max_size=120,
)


def check(names: Sequence[Name], text: str, sentences: Sequence[tuple[int, int]]) -> None:
    """Raise AssertionError where names break what `Recogniser` promises."""
    assert list(names) == sorted(names, key=lambda name: name.start)
    end = 0
    for name in names:
        assert end <= name.start < name.end
        assert text[name.start : name.end] == text[name.start : name.end].strip()
        assert name.type in TYPES
        assert 0 <= name.score <= 1
        assert any(start <= name.start and name.end <= stop for start, stop in sentences)
        end = name.end


@pytest.fixture(params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_plain_names_are_found(engine: str) -> None:
    found = {(LEAD[name.start : name.end], name.type) for name in ENGINES[engine]()(LEAD, HALVES).names}
    assert {
        ("Hà Nội", "AdministrativeArea"),
        ("Lê Minh Khôi", "Person"),
        ("Vietnam Airlines", "Company"),
        ("Claude Martin", "Person"),
    } <= found


@given(ODD)
@settings(max_examples=15, deadline=None)
@pytest.mark.parametrize("name", sorted(ENGINES))
def test_any_text_gives_valid_spans(name: str, text: str) -> None:
    for form in (text, unicodedata.normalize("NFD", text)):
        half = len(form) // 2
        for sentences in (((0, len(form)),), ((0, half), (half, len(form))), ()):
            check(ENGINES[name]()(form, sentences).names, form, sentences)


def test_result_is_the_same_alone_and_again(engine: str) -> None:
    recognise = ENGINES[engine]()
    first = recognise(LEAD, HALVES)
    recognise("Một bài khác, nói về Đà Nẵng.", ((0, 29),))
    again = recognise(LEAD, HALVES)
    assert again.names == first.names
    assert (first.pieces is None) == (again.pieces is None) == (engine == "fast")
    if first.pieces and again.pieces:
        assert np.array_equal(again.pieces.states, first.pieces.states)


def test_a_long_line_is_no_trouble(engine: str) -> None:
    text = "Ông Lê Minh Khôi thăm Đà Nẵng rồi về " * 60
    names = ENGINES[engine]()(text, ((0, len(text)),)).names
    check(names, text, ((0, len(text)),))
    assert sum(text[name.start : name.end] == "Đà Nẵng" for name in names) > 40


def test_a_line_without_spaces_is_no_trouble(engine: str) -> None:
    text = "a" * 4_000
    check(ENGINES[engine]()(text, ((0, len(text)),)).names, text, ((0, len(text)),))


def test_offsets_survive_what_the_vocabulary_changes(engine: str) -> None:
    text = "Ｎgày\u00a0mai…\u200b Thủ tướng Lê Minh Khôi thăm Đà Nẵng."
    names = ENGINES[engine]()(text, ((0, len(text)),)).names
    assert "Lê Minh Khôi" in {text[name.start : name.end] for name in names}


def test_sentences_out_of_order_are_refused(engine: str) -> None:
    with pytest.raises(ValueError, match="in order"):
        ENGINES[engine]()(LEAD, (HALVES[1], HALVES[0]))


def test_an_engine_is_loaded_once(engine: str) -> None:
    assert ENGINES[engine]() is ENGINES[engine]()


@given(st.text(max_size=200))
def test_words_cover_all_but_space(text: str) -> None:
    spans = find_words(text)
    assert "".join(text[start:end] for start, end in spans) == "".join(text.split())
    check_sentences(text, spans)


@given(ODD)
def test_normal_form_keeps_length(text: str) -> None:
    assert len(normalise(text)) == len(text)


@given(st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_labels_obey_the_scheme_and_are_the_best(rows: int, seed: int) -> None:
    scores = log_softmax(np.random.default_rng(seed).normal(size=(rows, len(LABELS))).astype(np.float32))
    labels = best_labels(scores)
    for before, label in zip([0, *labels], labels, strict=False):
        if label and label % 2 == 0:
            assert before in (label, label - 1)
    if labels == scores.argmax(axis=1).tolist():
        return
    greedy = [label if label % 2 or label == 0 else label - 1 for label in scores.argmax(axis=1).tolist()]
    assert (
        sum(scores[at, label] for at, label in enumerate(labels))
        >= sum(scores[at, label] for at, label in enumerate(greedy)) - 1e-4
    )


def test_labels_of_no_words() -> None:
    assert best_labels(np.zeros((0, len(LABELS)), dtype=np.float32)) == []


def test_words_are_joined_by_their_labels() -> None:
    person, inside = LABELS.index("B-Person"), LABELS.index("I-Person")
    words = [(0, 2), (3, 5), (6, 8), (9, 11), (12, 14)]
    assert join_words(words, [0, person, inside, person, 0], [1, 0.5, 1, 0.25, 1]) == [
        Name(3, 8, "Person", 0.75),
        Name(9, 11, "Person", 0.25),
    ]
    assert join_words(words[:2], [person, inside], [1, 1]) == [Name(0, 5, "Person", 1.0)]


@pytest.mark.parametrize(
    ("word", "shape"),
    [("Hà", "X"), ("nội", "x"), ("UBND", "U"), ("Á", "I"), ("iPhone", "c"), ("2025", "d"), ("G20", "m"), (",", ",")],
)
def test_shapes(word: str, shape: str) -> None:
    assert shape_of(word) == shape


def test_features_tell_of_the_run_of_capitals() -> None:
    features = word_features(["ông", "Lê", "Minh", "Khôi", "thăm", "Huế"])
    assert {"r<ông", "r^lê", "r>thăm", "r#3"} <= set(features[2])
    assert {"r<thăm", "r#1"} <= set(features[5])
    assert not any(feature.startswith("r") for feature in features[0])
