"""Relations by grammar alone: the two ends lie around the words exactly as the lexicon says.

Used for relations that only a user's lexicon knows, which no model was trained on.
"""

from kg.extractors.candidates import FEATURES, Candidate

CONFIDENCE = 0.6
"""What a finding by grammar alone is worth: about the share that is right on annotated articles."""

_AT = {name: i for i, name in enumerate(FEATURES)}
_CLOSE = 8


def fits_frame(candidate: Candidate) -> bool:
    """Whether the words of the relation stand between its ends, in its order, with no other fitting end nearer."""
    value = candidate.values
    if candidate.trigger is None or candidate.a.kind == "carried" or candidate.b.kind == "carried":
        return False
    between = value[_AT["place"]] == 1
    ordered = value[_AT["order_ok"]] == 1
    nearest = not value[_AT["rivals_first"]] and not value[_AT["rivals_second"]]
    close = value[_AT["to_first"]] <= _CLOSE and value[_AT["to_second"]] <= _CLOSE
    marked = value[_AT["marker"]] != 0
    return between and ordered and nearest and close and marked and not value[_AT["colons"]]
