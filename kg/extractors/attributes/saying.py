"""Whether a word of speech ("khẳng định", "thông báo") is the verb by which a sentence reports."""

import re

from kg.model import Span

# Nouns as often as verbs: these report only with what is said after them.
_NOUNS = frozenset(("khai", "thông báo", "báo cáo", "cảnh báo", "thông tin", "phân tích", "bình luận", "giải thích"))
_CONTENT = re.compile(r"(?: thêm)?\s?(?:rằng|[,:“\"”]|sẽ|đã|đang|việc|\.$)")
# Words that report only what is wished or ordered: "đề nghị Sở A phối hợp với B".
_DIRECTING = frozenset(
    (
        "mong muốn",
        "bày tỏ mong muốn",
        "đề nghị",
        "kêu gọi",
        "yêu cầu",
        "đề xuất",
        "kiến nghị",
        "chỉ thị",
        "hối thúc",
    )
)
_OFTEN_ALONE = _NOUNS | _DIRECTING | {"quan ngại", "trả lời", "viết"}
_NO_VERB_BEFORE = re.compile(
    r"\b(?:những|các|một|bản|lời|được|bị|cuộc|buổi|với|về|ra|thông|sự|của|nhiều|để|theo|hãy|không|chưa"
    r"|nhận|kênh|trong|triển|công|kê|sơ)\s$"
)
_LONGEST_BEFORE = 16
_NO_VERB_AFTER = re.compile(r"\s(?:lời|chuyện|tội|dối|tắt|của|này|đó|chung\b(?! rằng))\b")
_NO_CONTENT_AFTER = re.compile(
    r"\s(?:riêng|về|từ|trên|khai mạc|bế mạc|quyết định|chính thức|đến|trong|tại|với|trước)\b"
)
_AFTER_QUOTE = re.compile(r"[”\"][,.]?\s?(?:[,–-]\s)?(?:[^\W\d]+\s){0,14}$")
_AFTER_COMMA = re.compile(r",\s(?:[^\W\d]+\s){0,8}$")
_LONGEST_LEAD = 180
_LONGEST_TAIL = 110
_FINAL = 2


def is_saying(text: str, sentence: Span, word: Span) -> bool:
    """Whether the word is a verb of its sentence, and something said can follow or precede it."""
    before = text[max(sentence.start, word.start - _LONGEST_BEFORE) : word.start]
    if _NO_VERB_BEFORE.search(before) or _NO_VERB_AFTER.match(text, word.end):
        return False
    form = word.of(text).casefold()
    if form in _NOUNS and not _CONTENT.match(text, word.end):
        return False
    return form not in _OFTEN_ALONE or not _NO_CONTENT_AFTER.match(text, word.end)


def is_directing(word: str) -> bool:
    """Whether the verb wishes or orders instead of telling."""
    return word.casefold() in _DIRECTING


def ends_speech(text: str, sentence: Span, speaker: int, told: int) -> bool:
    """Whether the words said stand before the speaker, with little after the verb, which ends at `told`.

    "“…”, ông X nói sau trận đấu.", "…, ông X cho biết."
    """
    before = text[max(sentence.start, speaker - _LONGEST_LEAD) : speaker]
    left = sentence.end - told
    if left <= _FINAL and _AFTER_COMMA.search(before):
        return True
    return left < _LONGEST_TAIL and _AFTER_QUOTE.search(before) is not None
