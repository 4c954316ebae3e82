"""What a statistical recogniser says of names, corrected by what is certain about Vietnamese names.

Each rule takes the names of an article and returns what they should be. The first ones move borders, the next ones
decide classes, the last ones find what was missed.
"""

from collections.abc import Sequence

from kg.annotation.name_borders import (
    balance,
    complete_known,
    complete_words,
    extend_bodies,
    extend_places,
    join_parts,
    restore_levels,
    strip_function_words,
    strip_levels,
    strip_offices,
    strip_titles,
)
from kg.annotation.name_classes import (
    add_acronyms,
    class_by_credit,
    class_by_gazetteer,
    class_by_head,
    one_class,
)
from kg.annotation.name_doubts import drop_doubtful, drop_fragments, drop_generics, drop_partnerships
from kg.annotation.name_reading import Reading, Rule, read_generics, read_titles, settle
from kg.annotation.name_search import find_known, find_repeats
from kg.gazetteer import Gazetteer
from kg.model import Span
from kg.ontology import Ontology
from kg.recognition import Name

RULES: tuple[Rule, ...] = (
    drop_partnerships,
    complete_words,
    balance,
    strip_function_words,
    complete_known,
    join_parts,
    strip_offices,
    strip_titles,
    restore_levels,
    drop_generics,
    drop_fragments,
    drop_doubtful,
    extend_places,
    class_by_gazetteer,
    class_by_head,
    class_by_credit,
    add_acronyms,
    one_class,
    strip_levels,
    extend_bodies,
    find_known,
    find_repeats,
)


def correct_names(
    text: str, sentences: Sequence[Span], names: Sequence[Name], gazetteer: Gazetteer, ontology: Ontology
) -> tuple[Name, ...]:
    """The names with their borders and classes mended and the certain ones that were missed added.

    Sorted, apart, none crosses a sentence, none has white space at its ends. The score of an added name is 0.75.
    """
    starts = [sentence.start for sentence in sentences]
    reading = Reading(
        text, sentences, starts, gazetteer, read_titles(ontology.lexicon), read_generics(ontology.lexicon)
    )
    current = settle(reading, names)
    for rule in RULES:
        proposed = list(rule(reading, current))
        if proposed != current:
            current = settle(reading, proposed)
    return tuple(current)
