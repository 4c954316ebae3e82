"""How mentions are related by the encoder: the scores mean what they should, and odd mentions never break them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ModelError
from kg.ontology import load_ontology
from kg.recognition import ENGINES, Reading
from kg.recognition.relating import APART, PLACES, load_head, place_of, score_pairs

TEXT = "Chiều 3/9, tại Hà Nội, Thủ tướng Lê Minh Khôi đã tiếp Đại sứ Nhật Bản Tanaka Ichiro. Công ty Hoa Ban xây cầu."
BORDER = TEXT.index(" Công ty")
SENTENCES = ((0, BORDER), (BORDER + 1, len(TEXT)))
RELATIONS = load_head().relations


def mention(form: str, type_: str) -> tuple[int, int, str]:
    start = TEXT.index(form)
    return start, start + len(form), type_


HOST, GUEST = mention("Lê Minh Khôi", "Person"), mention("Tanaka Ichiro", "Person")
JAPAN, COMPANY = mention("Nhật Bản", "Country"), mention("Hoa Ban", "Company")


@pytest.fixture(scope="module")
def reading() -> Reading:
    return ENGINES["accurate"]()(TEXT, SENTENCES)


def test_relations_are_those_of_the_ontology() -> None:
    relations = load_ontology().relations
    assert list(RELATIONS) == sorted(name for name, term in relations.items() if not term.literal)


@pytest.mark.parametrize(
    ("subject", "relation", "object_"), [(HOST, "received", GUEST), (GUEST, "affiliated_with", JAPAN)]
)
def test_what_is_said_scores_above_what_is_not(
    reading: Reading, subject: tuple[int, int, str], relation: str, object_: tuple[int, int, str]
) -> None:
    said, turned, unsaid = score_pairs(reading, [subject, object_, COMPANY], [(0, 1), (1, 0), (0, 2)])
    number = RELATIONS.index(relation)
    assert said[number] > max(turned[number], unsaid[number]) + 1
    assert number in said.argsort()[-2:]


def test_what_cannot_be_compared_is_apart(reading: Reading) -> None:
    inner, nowhere, unknown = mention("Minh Khôi", "Person"), (-1, -1, ""), (*HOST[:2], "Office")
    scores = score_pairs(reading, [HOST, inner, nowhere, unknown, GUEST], [(0, 1), (0, 2), (3, 4), (0, 0)])
    assert (scores == APART).all()
    assert score_pairs(reading, [], []).shape == (0, len(RELATIONS))
    assert (score_pairs(Reading(reading.names), [HOST, GUEST], [(0, 1)]) == APART).all()


def test_mentions_of_two_windows_are_apart() -> None:
    text = f"{TEXT} " * 8
    sentences = [(n * (len(TEXT) + 1) + start, n * (len(TEXT) + 1) + end) for n in range(8) for start, end in SENTENCES]
    last = 7 * (len(TEXT) + 1)
    far = (GUEST[0] + last, GUEST[1] + last, "Person")
    near, apart = score_pairs(ENGINES["accurate"]()(text, sentences), [HOST, GUEST, far], [(0, 1), (0, 2)])
    assert (near > APART).any()
    assert (apart == APART).all()


def test_other_pairs_change_nothing(reading: Reading) -> None:
    alone = score_pairs(reading, [HOST, GUEST], [(0, 1)])
    among = score_pairs(reading, [COMPANY, GUEST, JAPAN, HOST], [(0, 1), (3, 1), (2, 0)])
    assert np.allclose(alone[0], among[1], atol=1e-4)


@given(st.lists(st.tuples(st.integers(-5, 130), st.integers(-5, 130)), min_size=2, max_size=6))
@settings(max_examples=30, deadline=None)
def test_any_spans_are_scored(spans: list[tuple[int, int]]) -> None:
    mentions = [(start, end, "Person") for start, end in spans]
    pairs = [(a, b) for a in range(len(spans)) for b in range(len(spans))]
    scores = score_pairs(ENGINES["accurate"]()(TEXT, SENTENCES), mentions, pairs)
    assert scores.dtype == np.float32
    assert np.isfinite(scores).all()


@given(st.integers(0, 10_000), st.booleans(), st.booleans())
def test_places_are_small_numbers(gap: int, forward: bool, together: bool) -> None:
    place = place_of(gap, forward=forward, together=together)
    assert 0 <= place < PLACES
    assert place != place_of(gap, forward=not forward, together=together)
    assert place != place_of(gap, forward=forward, together=not together)


def test_an_absent_or_foreign_file_is_named(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("models") / "relating.npz"
    with pytest.raises(ModelError, match="no such model"):
        load_head(path)
    np.savez(path, types=np.array(["Person"]), relations=np.array(["met_with"]), place=np.zeros((PLACES, 2)))
    with pytest.raises(ModelError, match="another version"):
        load_head(path)
