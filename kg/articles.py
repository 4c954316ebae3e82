"""The only reader of input files: paths, folders, globs, JSON Lines and saved web pages become articles.

A file is one article, except JSON Lines, where each line is one. Text is NFC with "\\n" line ends, so the
offsets that every later stage uses are offsets into `Article.text`. A title that the text does not begin
with becomes its first paragraph, since headlines state things too.
"""

import gzip
import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from glob import glob, has_magic
from hashlib import blake2b
from pathlib import Path
from typing import Any

import regex

from kg.errors import InputError
from kg.model import Article
from kg.text import nfc

SUFFIXES = (".txt", ".html", ".htm", ".jsonl", ".jsonl.gz")
_DATELINE = regex.compile(r"\s*date (\d{4}-\d\d-\d\d)(?:\s+|$)")
_FIELDS = ("id", "title", "date", "outlet", "text", "url")


def read_articles(
    paths: Sequence[str | Path], *, on_error: Callable[[InputError], None] | None = None
) -> Iterator[Article]:
    """The articles at `paths`: files, folders (with all that is in them, by name) and glob patterns, in that order.

    An id is a file's stem, or the record's own in JSON Lines. An article that comes twice is given once; another
    article under the same id is bad. With `on_error`, each bad article is passed to it and the others
    still come; without, the first one raises `InputError`. A path that does not exist, a folder without articles
    and a file of an unknown kind always raise, before anything is read.
    """
    files = find_files(paths)
    return _read_files(files, on_error or _fail)


def find_files(paths: Sequence[str | Path]) -> tuple[Path, ...]:
    """The files to read for `paths`, each once, folders and patterns in the order of their names."""
    found: dict[Path, Path] = {}
    for path in paths:
        for file in _expand(str(path)):
            found.setdefault(file.resolve(), file)
    return tuple(found.values())


def _expand(path: str) -> list[Path]:
    if Path(path).is_dir():
        files = sorted(file for file in Path(path).rglob("*") if _is_article_file(file.relative_to(path), file))
        if not files:
            raise InputError(path, "the folder has no articles", f"Put files in it that end in {_listed(SUFFIXES)}.")
        return files
    if Path(path).is_file():
        if Path(path).suffix and not path.lower().endswith(SUFFIXES):
            raise InputError(path, "not a kind of file that holds articles", f"Give {_listed(SUFFIXES)}.")
        return [Path(path)]
    if has_magic(path):
        files = sorted(file for match in glob(path, recursive=True) if (file := Path(match)).is_file())
        if files:
            return [file for match in files for file in _expand(str(match))]
        raise InputError(path, "no file matches the pattern", "Check the folder and the ending.")
    if Path(path).exists():
        raise InputError(path, "neither a file nor a folder", "Give files or folders of articles.")
    raise InputError(path, "no such file or folder", "Check the spelling, or give the full path.")


def _is_article_file(inside: Path, file: Path) -> bool:
    hidden = any(part.startswith(".") for part in inside.parts)
    return not hidden and file.name.lower().endswith(SUFFIXES) and file.is_file()


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words[:-1]) + " or " + words[-1]


def _fail(error: InputError) -> None:
    raise error


def _read_files(files: Sequence[Path], on_error: Callable[[InputError], None]) -> Iterator[Article]:
    seen: dict[str, tuple[bytes, Path]] = {}
    for file in files:
        for article in _read_file(file, on_error):
            digest = blake2b(article.text.encode(), digest_size=16).digest()
            former, where = seen.setdefault(article.id, (digest, file))
            if where is file and former is digest:
                yield article
            elif former != digest:
                on_error(
                    InputError(
                        file,
                        f"another article already has the id {article.id!r}, in {where}",
                        "Rename one of the two.",
                    )
                )


def _read_file(file: Path, on_error: Callable[[InputError], None]) -> Iterator[Article]:
    name = file.name.lower()
    if name.endswith((".jsonl", ".jsonl.gz")):
        yield from _read_lines(file, on_error)
        return
    try:
        yield _read_webpage(file) if name.endswith((".html", ".htm")) else _read_text(file)
    except InputError as error:
        on_error(error)


def _read_text(file: Path) -> Article:
    text = decode(_load(file), file)
    day = None
    if dateline := _DATELINE.match(text):
        day = check_date(dateline[1], file)
        text = text[dateline.end() :]
    return make_article({"id": file.stem, "date": day, "text": text}, file)


def _read_webpage(file: Path) -> Article:
    from kg.webpages import read_webpage  # a web page's libraries are slow to load

    return make_article({"id": file.stem} | read_webpage(_load(file), file), file)


def _read_lines(file: Path, on_error: Callable[[InputError], None]) -> Iterator[Article]:
    try:
        with gzip.open(file) if file.suffix.lower() == ".gz" else file.open("rb") as lines:
            empty = True
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                empty = False
                try:
                    yield _read_record(line, file, number)
                except InputError as error:
                    on_error(error)
    except (OSError, EOFError, zlib.error) as error:
        on_error(InputError(file, f"cannot be read ({_reason(error)})", "Check the file; it may be cut short."))
        return
    if empty:
        on_error(InputError(file, "the file is empty", "Put one JSON record on each line."))


def _read_record(line: bytes, file: Path, number: int) -> Article:
    try:
        record = json.loads(decode(line, file, number))
    except (ValueError, RecursionError) as error:
        raise InputError(file, f"not JSON ({error})", "Write one whole JSON object on each line.", number) from None
    if not isinstance(record, dict):
        raise InputError(file, "not a JSON object", 'Write {"id": …, "text": …} on each line.', number)
    for field in _FIELDS:
        value = record.get(field)
        if field == "id" and isinstance(value, int):
            record["id"] = str(value)
        elif value is not None and not isinstance(value, str):
            raise InputError(file, f'"{field}" is not a string', "Put its value in quotation marks.", number)
        elif field in ("id", "text") and not (value or "").strip():
            raise InputError(file, f'the record has no "{field}"', 'Every record needs an "id" and a "text".', number)
    if record.get("date"):
        record["date"] = check_date(record["date"], file, number)
    return make_article(record, file, number)


def _load(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(file, f"cannot be read ({_reason(error)})", "Check its permissions.") from None


def _reason(error: BaseException) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__


def decode(data: bytes, file: Path, line: int | None = None) -> str:
    """`data` as text, without a byte order mark; `InputError` names the line that is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = line or data.count(b"\n", 0, error.start) + 1
        raise InputError(file, "not UTF-8", "Save it as UTF-8 (for instance with iconv).", where) from None


def check_date(value: str, file: Path, line: int | None = None) -> str:
    """The ISO day that `value`, a day or a moment in ISO 8601, begins with; else `InputError`."""
    day = value.strip()[:10]
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError:
        raise InputError(file, f"{value!r} is no date", "Write it as YYYY-MM-DD, or leave it out.", line) from None


def make_article(record: dict[str, Any], file: Path, line: int | None = None) -> Article:
    """The article of one record with `id`, `text` and whatever else is known; `InputError` if it has no text."""
    title, date, outlet, url = (_clean(record.get(field)) or None for field in ("title", "date", "outlet", "url"))
    text = _clean(record.get("text"))
    if not text:
        raise InputError(file, "there is no text in it", "Remove it, or give it its article.", line)
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}"
    return Article(id=nfc(record["id"]).strip(), text=text, date=date, title=title, outlet=outlet, url=url)


def _clean(value: str | None) -> str:
    return nfc(value or "").replace("\r\n", "\n").replace("\r", "\n").strip()
