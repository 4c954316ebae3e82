"""How Vietnamese news writes times: a pattern for each form, with an example, and the words in them."""

import re

# Pieces of the patterns below.
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_YEAR = r"(?:1[89]|20)\d\d"
_PART_OF_DAY = r"(?:[Rr]ạng sáng|[Ss]áng(?: sớm)?|[Tt]rưa|[Cc]hiều(?: tối)?|[Tt]ối(?: muộn)?|[Đđ]êm|[Kk]huya)"
_NO_NUMBER_BEFORE = r"(?<![\w./,])(?<![^\W\d][-–])"
_NO_NUMBER_AFTER = r"(?!\d|[./,-]\d|/?[^\W\d])"

# Words and what they mean. Months in words are read only with a capital ("tháng Tư"): "ba tháng hai lần" has none.
MONTHS = ("Giêng", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười")
WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "nhật": 6}
QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}
COUNTS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7}
DAY_STEPS = {"nay": 0, "qua": -1, "mai": 1, "kia": -2}
STEPS = {"tới": 1, "sau": 1, "trước": -1, "qua": -1, "này": 0, "nay": 0, "ngoái": -1, "rồi": -1}
TO_COME = ("tới", "sắp tới", "tới đây", "sang năm", "năm tới", "năm sau")
GONE_BY = ("vừa qua", "vừa rồi", "năm ngoái", "năm trước", "năm rồi")

# Days in figures prove nothing alone ("2-1", "8/15"): a hyphen or a dot needs a word for a day just before, a slash at
# least a word that often stands before one.
WORD_FOR_A_DAY = re.compile(
    rf"\b(?:{_PART_OF_DAY}|[Nn]gày|[Hh]ôm|[Mm]ùng|[Mm]ồng)\s(?:nay\s|qua\s|mai\s)?(?:ngày\s)?(?:mùng\s)?\(?$"
)
WORD_BEFORE_A_DAY = re.compile(
    r"(?:\b(?:[Tt]ừ|đến|tới|hết|[Vv]ào|và|nay|qua|trước|sau|nhật|trong|tuần|thứ (?:hai|ba|tư|năm|sáu|bảy)),?\s\(?|\("
    r"|[–-]\s?)$"
)
LONGEST_WORD_BEFORE = 32

# "Sáng 28-6", "ngày 11-17/11", "hôm 21.6", "ngày 23/5/2025", "12, 13 và 14/11"
DAY_IN_FIGURES = re.compile(
    rf"{_NO_NUMBER_BEFORE}(?:(?P<d0>{_DAY})(?:, {_DAY})*(?:\s?[-–,]\s?|\sđến\s(?:hết\s)?(?:ngày\s)?|\svà\s(?:ngày\s)?"
    r"|\stới\s(?:ngày\s)?))?"
    rf"(?P<d>{_DAY})\s?(?P<sep>[/.-])\s?(?P<m>{_MONTH})"
    rf"(?:(?:(?P=sep)\s?|\snăm\s)(?P<y>{_YEAR})(?!\d|[./]\d)|{_NO_NUMBER_AFTER})"
)
# "27 tháng 4", "2 và 3 tháng 9 năm 2023"
DAY_IN_WORDS = re.compile(
    rf"{_NO_NUMBER_BEFORE}(?:(?P<d0>{_DAY})(?:\s?[-–]\s?|\svà\s|\s(?:đến|tới)\s(?:ngày\s)?))?"
    rf"(?P<d>{_DAY})\s+tháng\s+(?P<m>{_MONTH})(?!\d)(?:(?:,?\s+năm\s+|[/-]|,\s*)(?P<y>{_YEAR}))?(?!\d|[./,]\d)"
)
# "tháng 8/2024", "tháng 7-8", "tháng Tư", "tháng 12 vừa qua", "tháng 3 năm tới"
MONTH_OF_YEAR = re.compile(
    rf"(?<!\d )\b[Tt]háng\s+(?:(?:(?P<m0>{_MONTH})\s*[-–,]\s*)?(?P<m>{_MONTH})(?!\d|[.,]\d(?!\d\d\d)|\s*(?:ngày"
    rf"|âm lịch|tuổi|/\d\d?\D))"
    rf"|(?P<w>{'|'.join(MONTHS)})\b(?!\s+[Mm]ột\b|\s+[Hh]ai\b))(?:(?:\s?[/.-]\s?|,?\s+năm\s+)(?P<y>{_YEAR})(?!\d))?"
    rf"(?:,?\s+(?P<after>{'|'.join(TO_COME + GONE_BY)}|này|năm nay))?\b"
)
# "năm 2015", "giai đoạn 2017-2021", "mùa giải 2023/24", "từ 2013 đến 2016"
ONE_YEAR_OR_MORE = re.compile(
    rf"\b(?:(?:[Nn]ăm(?:\s+học)?|[Gg]iai đoạn(?:\s+[IVX\d]{{1,3}})?|[Nn]hiệm kỳ|[Mm]ùa(?:\s+giải|\s+bóng)?|[Nn]iên khóa"
    rf"|[Tt]hời kỳ|[Kk]hóa)\s+\(?(?P<y0>{_YEAR})(?:\s*[-–/]\s*(?P<y>{_YEAR}|\d\d)(?!\d))?"
    rf"|[Tt]ừ\s+(?:năm\s+)?(?P<from>{_YEAR})\s*(?:đến|tới|[-–])\s*(?:năm\s+)?(?P<to>{_YEAR}))(?![.,/-]?\d|[^\W\d])"
)
# "quý III/2024", "quý 2 năm nay"
QUARTER = re.compile(
    rf"\b[Qq]uý\s+(?P<q>IV|III|II|I|[1-4])\b(?:(?:\s*[/.-]\s*|,?\s+năm\s+)(?P<y>{_YEAR}|nay\b|ngoái\b))?"
)
# "6 tháng đầu năm 2025", "3 tháng cuối năm"
FIRST_OR_LAST_MONTHS = re.compile(
    rf"(?<![\d.,])\b(?P<n>1[01]|[2-9])\s+tháng\s+(?P<which>đầu|cuối)\s+năm(?:\s+(?P<y>{_YEAR}|nay|ngoái))?\b"
)
# "thập niên 1990"
DECADE = re.compile(r"\b(?:thập niên|thập kỷ|những năm)\s+(?P<y>(?:1[89]|20)\d0)\b")
# "hôm qua", "sáng nay", "tối mai", "cùng ngày"
DAY_NEAR_TODAY = re.compile(
    rf"\b(?:(?:[Nn]gày\s)?(?:[Hh]ôm|{_PART_OF_DAY})|[Nn]gày)\s(?P<day>nay|qua|mai|kia)\b|\b(?P<same>[Cc]ùng ngày)\b"
)
# "cách đây hai ngày"
DAYS_AGO = re.compile(rf"\b[Cc]ách đây (?P<n>[1-9]\d?|{'|'.join(COUNTS)}) ngày\b")
# "hôm thứ ba", "thứ Bảy tới", "Chủ nhật tuần trước"
WEEKDAY = re.compile(
    rf"\b(?:(?:[Hh]ôm|[Nn]gày|{_PART_OF_DAY})\s"
    r"(?:[Tt]hứ\s(?P<any>[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy)|[Cc]hủ\s[Nn]hật)"
    r"|[Tt]hứ\s(?P<name>Hai|Ba|Tư|Năm|Sáu|Bảy)|Chủ\s[Nn]hật)\b(?P<after>\s(?:tuần\s)?(?:tới|sau|trước|qua|này)\b)?"
)
# "tuần tới", "cuối tuần trước", "tháng này", "năm ngoái"; "hai năm trước", "những năm qua" count years and name none.
PERIOD_NEAR_TODAY = re.compile(
    r"(?<!\d )\b(?:(?P<end>[Cc]uối)\s+)?(?:(?P<unit>[Tt]uần|[Tt]háng|[Nn]ăm)\s+(?P<which>nay|này|trước"
    r"|qua|vừa qua|tới|sau|ngoái|rồi)"
    r"|(?P<next>[Ss]ang năm)(?!\s+\d))\b"
)
COUNTED = re.compile(
    r"\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|vài|mấy|nhiều|các|những|hàng|trăm|nửa|cả|từng|mỗi|ngày|sau)\s$",
    re.IGNORECASE,
)
LONGEST_COUNT = 12
# A year that can be that of its sentence's days: not the end of a plan or a term, nor what something is compared with.
NAMED_YEAR = re.compile(
    r"(?<!\bSN )(?<!\bsinh )(?<!\bsinh năm )(?<!\bđến )(?<!\bđến năm )(?<!\btới năm )(?<!\bso với năm )(?<!\btừ năm )"
    rf"(?<![-–] )(?<![\w.,–-])(?P<y>{_YEAR})(?![\w%/–-]|[.,]\d|\s[-–]\s?\d)"
)
