"""Which item of a sentence is the subject of a verb, and which its object, by the order of Vietnamese clauses.

A subject stands before its verb, at the start of a clause; a verb that starts a clause itself has the subject of the
clause before, or, at the start of the sentence, of the one after: "Cảm ơn tình cảm của A, B đánh giá cao …".
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from kg.annotation.phrases import PhraseIndex
from kg.extractors.sentence import CARRIED, OFFICE, Item, Sentence, Trigger

_STOPS = frozenset((";", "“", "”", '"'))
_STARTS = frozenset((",", ";", ":", "“", '"', "(", "-", "–", "rằng", "là", "thì", "khi", "mà", "nhưng", "còn", "và"))
# Words between a subject and its verb.
_AUXILIARIES = frozenset(
    "đã sẽ vừa mới từng cũng đều còn vẫn lại luôn chỉ phải cần nên có thể được bị tiếp tục chân thành trân trọng "
    "chính thức trực tiếp cùng bày tỏ không chưa tái nhiều lần liên cùng đồng thời rất muốn".split()
)
# What a verb behind these tells is done by the one just named: "tiếp ông A nhân dịp thăm B".
_OCCASIONS = frozenset(("dịp", "nhân", "chuyến", "sang", "đang"))
# Words that belong to the noun phrase of the name after them.
_IN_PHRASE = frozenset(
    "ông bà anh chị em ngài đồng chí nữ tỉnh thành phố tp huyện quận xã phường thị nước tập đoàn công ty hãng đội "
    "tuyển clb câu lạc bộ báo tờ trang bị can cáo hai ba các".split()
)
_LONGEST_TITLE = 14
_LONGEST_SPEECH = 3
_FARTHEST_OBJECT = 25
_FARTHEST_STOP = 80
_NEAR_MARKER = 3
_PLACE_MARKERS = frozenset(("tại", "ở", "vào", "sang", "tới", "đến", "trên"))
_PLACES = frozenset(("AdministrativeArea", "Country", "Place"))
DIRECT, ELIDED, FRONTED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Roles:
    """The items (by index, -1: none) that a verb has as subject and as object; `how` the subject was found.

    `further` are the places that its clause names after the object, each behind its own marker: "đầu tư vào A … tại B".
    """

    subject: int
    object: int
    how: int
    further: frozenset[int] = frozenset()


class Clauses:
    """A sentence by clauses. `leading` are the items that start a clause, by index.

    `speech` are the verbs after which one starts: "ông A khẳng định B sẽ …".
    """

    def __init__(self, sentence: Sentence, speech: PhraseIndex[str]) -> None:
        self._speech = speech
        self._sentence = sentence
        items = sentence.items
        self._real = [i for i, x in enumerate(items) if x.kind != CARRIED and x.type != OFFICE]
        self._firsts = [items[i].first for i in self._real]
        self._stops = [w for w, word in enumerate(sentence.words.lower) if word in _STOPS]
        self.leading = frozenset(i for i in self._real if self._leads(items[i]))
        self._known: dict[tuple[int, int], Roles] = {}

    def roles(self, trigger: Trigger) -> Roles:
        """The subject and the object of a verb."""
        at = (trigger.first, trigger.last)
        if at not in self._known:
            self._known[at] = self._find(*at)
        return self._known[at]

    def _leads(self, item: Item) -> bool:
        lower, owner, items = self._sentence.words.lower, self._sentence.owner, self._sentence.items
        w = item.first - 1
        floor = max(-1, w - _LONGEST_TITLE)
        while w > floor and (lower[w] in _IN_PHRASE or (owner[w] >= 0 and items[owner[w]].type == OFFICE)):
            w -= 1
        return w < 0 or lower[w] in _STARTS or self._after_speech(w)

    def _after_speech(self, last: int) -> bool:
        """Whether a verb of speech ends at a word."""
        lower = self._sentence.words.lower
        for length in range(1, min(_LONGEST_SPEECH, last + 1) + 1):
            found = self._speech.longest_at(lower, last + 1 - length)
            if found and found[0] == length:
                return True
        return False

    def _find(self, first: int, last: int) -> Roles:
        lower, items = self._sentence.words.lower, self._sentence.items
        w = first - 1
        while w >= 0 and lower[w] in _AUXILIARIES:
            w -= 1
        before = [i for i in self._real[: bisect_left(self._firsts, first)] if items[i].last <= first]
        floor = self._last_stop(w)
        inside = [i for i in before if items[i].first > floor]
        starts = w < 0 or lower[w] in _STARTS
        how = DIRECT
        if w >= 0 and lower[w] in _OCCASIONS and inside:
            persons = [i for i in inside if items[i].type == "Person"]
            subject = (persons or inside)[-1]
        elif not starts or inside:
            leading = [i for i in inside if i in self.leading]
            subject = (leading or inside or [-1])[-1]
            how = ELIDED if starts else DIRECT
        elif before:
            leading = [i for i in before if i in self.leading]
            subject, how = (leading or before)[0], ELIDED
        else:
            after = [i for i in self._real if items[i].first >= last and i in self.leading]
            subject, how = (after or [-1])[0], FRONTED
        object_ = self._object(last, subject)
        return Roles(subject, object_, how, self._further(object_) if object_ >= 0 else frozenset())

    def _last_stop(self, w: int) -> int:
        """The last sign that ends a clause up to word `w`, not far before it; -1: none."""
        place = bisect_right(self._stops, w) - 1
        return self._stops[place] if place >= 0 and self._stops[place] > w - _FARTHEST_STOP else -1

    def _object(self, last: int, subject: int) -> int:
        lower, items = self._sentence.words.lower, self._sentence.items
        start = bisect_left(self._firsts, last)
        for i in self._real[start : start + 1]:
            between = lower[last : items[i].first]
            if len(between) <= _FARTHEST_OBJECT and not _STOPS & set(between) and i != subject:
                return i
        return -1

    def _further(self, object_: int) -> frozenset[int]:
        lower, items = self._sentence.words.lower, self._sentence.items
        found = set()
        for i in self._real[self._real.index(object_) + 1 :]:
            between = lower[items[object_].last : items[i].first]
            if i in self.leading or _STOPS & set(between) or len(between) > _FARTHEST_OBJECT:
                break
            near = lower[max(items[object_].last, items[i].first - _NEAR_MARKER) : items[i].first]
            if items[i].type in _PLACES and _PLACE_MARKERS & set(near):
                found.add(i)
        return frozenset(found)
