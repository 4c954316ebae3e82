"""Reading: every kind of input becomes the same value, and bad input gets one line that helps."""

import gzip
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.articles import read_articles
from kg.errors import InputError
from kg.model import Article

PAGE = """<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">
<title>Khánh thành cầu Sông Trăng - Báo Cầu Đường</title>
<meta property="og:title" content="Khánh thành cầu Sông Trăng"><meta property="og:site_name" content="Báo Cầu Đường">
<meta property="article:published_time" content="2024-05-02T08:30:00+07:00">
<link rel="canonical" href="https://cauduong.example/khanh-thanh"></head><body>
<nav><a href="/">Trang chủ</a> <a href="/the-thao">Thể thao</a></nav>
<article><h1>Khánh thành cầu Sông Trăng</h1>
<p>Sáng nay, tỉnh Bình Lãng khánh thành cầu Sông Trăng sau ba năm thi công liên tục trên công trường.</p>
<p>Cây cầu dài 1.200 mét nối hai bờ, giúp người dân đi lại thuận tiện hơn trong mùa mưa lũ hằng năm.</p>
<p>Lãnh đạo tỉnh cho biết công trình hoàn thành sớm hơn kế hoạch hai tháng nhờ thời tiết thuận lợi.</p></article>
<footer>Bản quyền thuộc Báo Cầu Đường</footer></body></html>"""


def write(folder: Path, name: str, content: str | bytes) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def fail(*paths: Path | str) -> InputError:
    with pytest.raises(InputError) as caught:
        list(read_articles(paths))
    return caught.value


def test_a_dateline_is_the_date_and_not_the_text(tmp_path: Path) -> None:
    file = write(tmp_path, "tin-1.txt", " date 2025-11-16 Chiều 15/11, cầu thông xe.\n\nHết.\n")
    assert list(read_articles([file])) == [Article("tin-1", "Chiều 15/11, cầu thông xe.\n\nHết.", date="2025-11-16")]


def test_text_without_a_dateline_has_no_date(tmp_path: Path) -> None:
    (article,) = read_articles([write(tmp_path, "a.txt", "date palm là cây chà là")])
    assert article == Article("a", "date palm là cây chà là")


def test_text_is_nfc_with_plain_line_ends_and_no_byte_order_mark(tmp_path: Path) -> None:
    spelled_out = unicodedata.normalize("NFD", "Đà Nẵng\r\nHuế")
    (article,) = read_articles([write(tmp_path, "a.txt", b"\xef\xbb\xbf" + spelled_out.encode())])
    assert article.text == "Đà Nẵng\nHuế"


def test_json_lines_give_all_that_is_known(tmp_path: Path) -> None:
    record = {
        "id": 7,
        "title": "Cầu mới",
        "date": "2024-05-02T08:30:00+07:00",
        "outlet": "Báo X",
        "url": "https://x.example",
    }
    lines = json.dumps(record | {"text": "Cầu thông xe."}) + "\n\n" + json.dumps({"id": "b", "text": "Cầu mới hỏng."})
    for file in (write(tmp_path, "a.jsonl", lines), write(tmp_path, "b.jsonl.gz", gzip.compress(lines.encode()))):
        first, second = read_articles([file])
        assert first == Article("7", "Cầu mới\n\nCầu thông xe.", "2024-05-02", "Cầu mới", "Báo X", "https://x.example")
        assert second == Article("b", "Cầu mới hỏng.")


def test_a_title_that_opens_the_text_is_not_repeated(tmp_path: Path) -> None:
    file = write(tmp_path, "a.jsonl", json.dumps({"id": "a", "title": "Cầu mới", "text": "Cầu mới\n\nThông xe."}))
    assert next(read_articles([file])).text == "Cầu mới\n\nThông xe."


def test_a_saved_page_gives_its_article_without_the_rest(tmp_path: Path) -> None:
    (article,) = read_articles([write(tmp_path, "trang.html", PAGE)])
    assert (article.id, article.title, article.date) == ("trang", "Khánh thành cầu Sông Trăng", "2024-05-02")
    assert (article.outlet, article.url) == ("Báo Cầu Đường", "https://cauduong.example/khanh-thanh")
    assert article.text.startswith("Khánh thành cầu Sông Trăng\n")
    assert "khánh thành cầu Sông Trăng sau ba năm" in article.text
    assert "Trang chủ" not in article.text
    assert "Bản quyền" not in article.text


def test_a_page_without_a_date_does_not_get_one(tmp_path: Path) -> None:
    page = PAGE.replace("2024-05-02T08:30:00+07:00", "").replace("Sáng nay", "Ngày 5/4/2023")
    assert next(read_articles([write(tmp_path, "a.html", page)])).date is None


def test_folders_and_patterns_are_read_by_name_and_each_file_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sâu/c.txt", ".ẩn/d.txt", "ghi-chú.md"):
        write(tmp_path, name, f"Bài {name}.")
    assert [article.id for article in read_articles([tmp_path])] == ["a", "b", "c"]
    assert [article.id for article in read_articles([f"{tmp_path}/*.txt"])] == ["a", "b"]
    assert [article.id for article in read_articles([tmp_path / "b.txt", tmp_path])] == ["b", "a", "c"]


def test_a_copy_is_read_once_and_a_namesake_is_bad(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "Bài một.")
    write(tmp_path, "b/a.txt", "Bài một.")
    write(tmp_path, "c/a.txt", "Bài khác.")
    bad: list[InputError] = []
    assert len(list(read_articles([tmp_path], on_error=bad.append))) == 1
    assert [error.path for error in bad] == [str(tmp_path / "c/a.txt")]
    assert "already has the id 'a'" in bad[0].reason


@pytest.mark.parametrize(
    ("name", "content", "line", "reason"),
    [
        ("a.txt", b"", None, "no text"),
        ("a.txt", b" date 2025-11-16 \n\n", None, "no text"),
        ("a.txt", b" date 2025-13-45 Tin.", None, "no date"),
        ("a.txt", b"D\xc3\xb2ng m\xe1\xbb\x99t\nD\xf2ng hai", 2, "not UTF-8"),
        ("a.txt", "Tin".encode("utf-16"), 1, "not UTF-8"),
        ("a.html", b"<html><body></body></html>", None, "no article found"),
        ("a.html", b"", None, "no article found"),
        ("a.jsonl", b"", None, "empty"),
        ("a.jsonl", b'{"id": "a", "text": "T"}\n{"id": "b"', 2, "not JSON"),
        ("a.jsonl", b"[" * 100_000, 1, "not JSON"),
        ("a.jsonl", b'["a"]', 1, "not a JSON object"),
        ("a.jsonl", b'{"id": "a"}', 1, 'no "text"'),
        ("a.jsonl", b'{"text": "T"}', 1, 'no "id"'),
        ("a.jsonl", b'{"id": "a", "text": ["T"]}', 1, '"text" is not a string'),
        ("a.jsonl", b'{"id": "a", "text": "T", "date": "02/05/2024"}', 1, "no date"),
        ("a.jsonl", b'{"id": "a", "text": "\xf2"}', 1, "not UTF-8"),
        ("a.jsonl.gz", b"not compressed", None, "cannot be read"),
        ("a.jsonl.gz", gzip.compress(b'{"id": "a", "text": "T"}\n' * 99)[:40], None, "cannot be read"),
        ("a.pdf", b"%PDF-1.7", None, "not a kind of file"),
    ],
)
def test_bad_input_names_file_line_and_remedy(
    tmp_path: Path, name: str, content: bytes, line: int | None, reason: str
) -> None:
    error = fail(write(tmp_path, name, content))
    assert error.path.endswith(name)
    assert error.line == line
    assert reason in error.reason
    assert error.remedy.endswith(".")
    assert "\n" not in str(error)


def test_bad_paths_are_named(tmp_path: Path) -> None:
    assert "no such file" in fail(tmp_path / "nowhere").reason
    assert "no file matches" in fail(f"{tmp_path}/*.txt").reason
    assert "no articles" in fail(tmp_path).reason


def test_bad_paths_are_found_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_articles([write(tmp_path, "a.txt", "Tin."), tmp_path / "nowhere"], on_error=lambda error: None)


def test_one_bad_article_does_not_lose_the_others(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "Tin một.")
    write(tmp_path, "b.txt", b"\xff")
    write(tmp_path, "c.jsonl", '{"id": "c1", "text": "Tin."}\n{"id": \n{"id": "c3", "text": "Tin."}\n')
    bad: list[InputError] = []
    articles = list(read_articles([tmp_path], on_error=bad.append))
    assert [article.id for article in articles] == ["a", "c1", "c3"]
    assert [(Path(error.path).name, error.line) for error in bad] == [("b.txt", 1), ("c.jsonl", 2)]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.txt"
        file.write_bytes(data)
        try:
            (article,) = read_articles([file])
        except InputError:
            return
        assert article.text == unicodedata.normalize("NFC", article.text).strip()
        assert article.text
