"""Relations by grammar alone: the two ends lie around the words exactly as the lexicon says.

Used for relations that only a user's lexicon knows, which no model was trained on.
"""

from kg.extractors.candidates import Candidate
from kg.extractors.features import FEATURES
from kg.extractors.sentence import CARRIED, Sentence, Trigger

CONFIDENCE = 0.6
"""What a finding by grammar alone counts as: enough to be stated. Set, not learnt.

On annotated articles such findings of the trained relations are right from 3 % (owns) to 80 % (family_of), in all about
one in four; give your own relations words that mean little else.
"""

_AT = {name: i for i, name in enumerate(FEATURES)}
_CLOSE = 8


def fits_frame(candidate: Candidate, sentence: Sentence) -> bool:
    """Whether the words of the relation lie to its ends as their frame says, with no other fitting end nearer."""
    if candidate.trigger is None or CARRIED in (candidate.a.kind, candidate.b.kind):
        return False
    return _is_active(candidate) or _is_passive(candidate, candidate.trigger, sentence)


def _is_active(candidate: Candidate) -> bool:
    """Subject, verb, object, in the entry's order: "Trần Văn Long huấn luyện Lý Thị Hoa"."""
    value = candidate.values
    between = value[_AT["place"]] == 1
    ordered = value[_AT["order_ok"]] == 1
    nearest = not value[_AT["rivals_first"]] and not value[_AT["rivals_second"]]
    close = value[_AT["to_first"]] <= _CLOSE and value[_AT["to_second"]] <= _CLOSE
    return bool(between and ordered and nearest and close and value[_AT["marker"]] != 0 and not value[_AT["colons"]])


def _is_passive(candidate: Candidate, trigger: Trigger, sentence: Sentence) -> bool:
    """Object, "được" or "bị", subject, verb: "Lý Thị Hoa được Trần Văn Long huấn luyện"."""
    a, b = candidate.a, candidate.b
    between = sentence.words.lower[b.last : a.first]
    return 0 < len(between) <= _CLOSE and 0 <= trigger.first - a.last <= 1 and bool({"được", "bị"} & set(between))
