"""Saved web pages: the article in one, without menus, advertisements and comments, as trafilatura finds it."""

from pathlib import Path

from kg.errors import InputError

# A page's date is taken from its markup alone: guessing it from the text is wrong too often, and the library's
# default upper limit is the clock's today, which would make the result depend on when it is read.
_DATES = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}


def read_webpage(data: bytes, file: Path) -> dict[str, str | None]:
    """Title, day, outlet, link and main text of a page; `InputError` if it has no main text."""
    import trafilatura

    page = trafilatura.bare_extraction(
        data, with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=_DATES
    )
    if page is None or isinstance(page, dict) or not page.text:
        raise InputError(file, "no article found in the page", "Save the article's own page, or its text as .txt.")
    return {"title": page.title, "date": page.date, "outlet": page.sitename, "url": page.url, "text": page.text}
