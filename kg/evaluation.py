"""How much of the gold was found, and how much of what was found is gold.

Entities are aligned one to one inside each article: equal names first, then a name that is the other's
alias, and descriptive names (events, agreements, initiatives, projects) also by most of their words. A statement
is found when its relation and both of its ends are right; a symmetric relation may stand in either order, and a literal
end is compared without case and outer punctuation. Modality, date, speaker, amount, place and evidence are
shares of the found statements that have them right. Intervals are 95 % bootstraps over articles.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from kg.articles import decode
from kg.errors import InputError
from kg.records import Record
from kg.text import nfc

DESCRIPTIVE = frozenset({"Event", "Agreement", "Initiative", "Project"})
ATTRIBUTES = ("modality", "evidence", "date", "said_by", "amount", "place", "grounded")
KINDS = ("entity_typed", "entity_any_type", "statement", "pair_any_relation", "quantity")

_SAME = str.maketrans("‐‑‒–—−“”„«»‘’", '------"""""\'\'')  # dashes and quotes that one reads alike


class Fault(NamedTuple):
    """A statement that was missed, or found where gold has none."""

    article: str
    relation: str
    shown: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Scores:
    """Counts of a whole comparison. `counts[kind, side]`, side being gold, pred or hit (of: and ok: for attributes)."""

    per_article: tuple[Counter[tuple[str, str]], ...]
    absent: tuple[str, ...]
    missed: tuple[Fault, ...]
    spurious: tuple[Fault, ...]

    @property
    def counts(self) -> Counter[tuple[str, str]]:
        """The counts of all articles together."""
        return sum(self.per_article, Counter())


@lru_cache(maxsize=1 << 16)
def normalise(text: str) -> str:
    """`text` as it is compared: NFC, one case, one kind of dash and quote, single spaces, no outer punctuation."""
    text = re.sub(r"\s+", " ", nfc(str(text)).translate(_SAME).casefold())
    return re.sub(r"\s*-\s*", "-", text).strip(" \t\n.,;:!?\"'()[]")


def evaluate(
    gold: Sequence[Record],
    predicted: Sequence[Record],
    *,
    symmetric: Collection[str],
    texts: Mapping[str, str] | None = None,
) -> Scores:
    """Scores of `predicted` against `gold`, records of the JSON form; `symmetric` are the names of such relations.

    A prediction belongs to the gold record of the same id, or to the one whose `file` has that stem. An article
    without one has found nothing. With `texts`, by gold id, the share of quotes that stand in the article is counted.
    """
    by_id = {record["id"]: record for record in predicted}
    per_article, absent, missed, spurious = [], [], [], []
    for record in gold:
        found = by_id.get(record["id"]) or by_id.get(str(record.get("file", "")).rpartition(".")[0])
        if found is None:
            absent.append(record["id"])
            found = {"entities": [], "statements": [], "quantities": []}
        comparison = _Comparison(record, found, frozenset(symmetric))
        per_article.append(comparison.count((texts or {}).get(record["id"])))
        missed.extend(comparison.missed())
        spurious.extend(comparison.spurious())
    return Scores(tuple(per_article), tuple(absent), tuple(missed), tuple(spurious))


def align(gold: Sequence[Record], predicted: Sequence[Record]) -> dict[str, str]:
    """Which predicted entity is which gold one, by their ids; no entity of either side is used twice."""
    candidates = []
    for g in gold:
        for p in predicted:
            g_name, p_name, g_forms, p_forms = normalise(g["name"]), normalise(p["name"]), _forms(g), _forms(p)
            crossed = g_name in p_forms or p_name in g_forms
            if crossed or _alike(g, p):
                rank = (g_name == p_name, crossed, g["type"] == p["type"], len(g_forms & p_forms))
                candidates.append((rank, g["id"], p["id"]))
    taken: dict[str, str] = {}
    for _, g_id, p_id in sorted(candidates, reverse=True):
        if p_id not in taken and g_id not in taken.values():
            taken[p_id] = g_id
    return taken


def _forms(entity: Record) -> set[str]:
    return {normalise(form) for form in (entity["name"], *(entity.get("aliases") or ()))}


def _alike(g: Record, p: Record) -> bool:
    if g["type"] != p["type"] or g["type"] not in DESCRIPTIVE:
        return False
    g_words, p_words = set(normalise(g["name"]).split()), set(normalise(p["name"]).split())
    return 2 * len(g_words & p_words) >= 0.7 * (len(g_words) + len(p_words))


_Key = tuple[Any, str, Any]


class _Comparison:
    """Gold and prediction of one article, with their statements under comparable keys."""

    def __init__(self, gold: Record, predicted: Record, symmetric: frozenset[str]) -> None:
        self.gold, self.predicted = gold, predicted
        self.aligned = align(gold["entities"], predicted["entities"])
        self.gold_statements = _group(gold, {e["id"]: e["id"] for e in gold["entities"]}, symmetric)
        self.predicted_statements = _group(predicted, self.aligned, symmetric)

    def count(self, text: str | None) -> Counter[tuple[str, str]]:
        """The article's counts; quotes are looked up in `text` where it is given."""
        counts: Counter[tuple[str, str]] = Counter()
        self._count_entities(counts)
        self._count_statements(counts)
        _count(counts, "quantity", *(_quantities(record) for record in (self.gold, self.predicted)))
        if text is not None:
            for statement in self.predicted["statements"]:
                for quote in _as_list(statement.get("evidence")) or [""]:
                    _mark(counts, "grounded", bool(quote) and nfc(quote) in text)
        return counts

    def missed(self) -> list[Fault]:
        """Gold statements that were not found."""
        lost = {key: group for key, group in self.gold_statements.items() if key not in self.predicted_statements}
        return _show(self.gold["id"], lost, self.gold["entities"])

    def spurious(self) -> list[Fault]:
        """Predicted statements that gold does not have."""
        extra = {key: group for key, group in self.predicted_statements.items() if key not in self.gold_statements}
        return _show(self.gold["id"], extra, self.predicted["entities"])

    def _count_entities(self, counts: Counter[tuple[str, str]]) -> None:
        g_types = {e["id"]: e["type"] for e in self.gold["entities"]}
        p_types = {e["id"]: e["type"] for e in self.predicted["entities"]}
        right = [p_id for p_id, g_id in self.aligned.items() if p_types[p_id] == g_types[g_id]]
        for kind, hits in (("entity_typed", len(right)), ("entity_any_type", len(self.aligned))):
            counts.update({(kind, "gold"): len(g_types), (kind, "pred"): len(p_types), (kind, "hit"): hits})
        counts.update(("type:" + name, "gold") for name in g_types.values())
        counts.update(("type:" + name, "pred") for name in p_types.values())
        counts.update(("type:" + p_types[p_id], "hit") for p_id in right)

    def _count_statements(self, counts: Counter[tuple[str, str]]) -> None:
        gold, predicted = self.gold_statements, self.predicted_statements
        _count(counts, "statement", Counter(dict.fromkeys(gold, 1)), Counter(dict.fromkeys(predicted, 1)))
        pairs = (Counter({frozenset((s, o)): 1 for s, _, o in keys}) for keys in (gold, predicted))
        _count(counts, "pair_any_relation", *pairs)
        counts.update(("relation:" + key[1], "gold") for key in gold)
        counts.update(("relation:" + key[1], "pred") for key in predicted)
        for key in gold.keys() & predicted.keys():
            counts["relation:" + key[1], "hit"] += 1
            self._count_attributes(counts, gold[key][0], predicted[key][0])

    def _count_attributes(self, counts: Counter[tuple[str, str]], g: Record, p: Record) -> None:
        _mark(counts, "modality", g.get("modality", "asserted") == p.get("modality", "asserted"))
        _mark(counts, "evidence", _share_a_sentence(_as_list(g.get("evidence")), _as_list(p.get("evidence"))))
        if g.get("date") or p.get("date"):
            _mark(counts, "date", g.get("date") == p.get("date"))
        if g.get("said_by") or p.get("said_by"):
            speaker = self.aligned.get(p.get("said_by") or "")
            _mark(counts, "said_by", bool(g.get("said_by")) and speaker == g["said_by"])
        for name in ("amount", "place"):
            values = [normalise((statement.get("qualifiers") or {}).get(name) or "") for statement in (g, p)]
            if any((statement.get("qualifiers") or {}).get(name) for statement in (g, p)):
                _mark(counts, name, all(values) and (values[0] in values[1] or values[1] in values[0]))


def _group(record: Record, ids: Mapping[str, str], symmetric: frozenset[str]) -> dict[_Key, list[Record]]:
    groups: dict[_Key, list[Record]] = defaultdict(list)
    for statement in record["statements"]:
        ends = [_end(statement[side], ids) for side in ("s", "o")]
        if statement["p"] in symmetric:
            ends.sort(key=str)
        groups[ends[0], statement["p"], ends[1]].append(statement)
    return groups


def _end(value: str, ids: Mapping[str, str]) -> object:
    if value in ids or re.fullmatch(r"e\d+", value):
        return ids.get(value, ("unaligned", value))
    return ("literal", normalise(value))


def _count(counts: Counter[tuple[str, str]], kind: str, gold: Counter[Any], predicted: Counter[Any]) -> None:
    counts[kind, "gold"] += gold.total()
    counts[kind, "pred"] += predicted.total()
    counts[kind, "hit"] += (gold & predicted).total()


def _mark(counts: Counter[tuple[str, str]], attribute: str, right: bool) -> None:
    counts[attribute, "of"] += 1
    counts[attribute, "ok"] += right


def _quantities(record: Record) -> Counter[tuple[Any, str]]:
    return Counter((row.get("value"), normalise(row.get("unit") or "")) for row in record.get("quantities") or ())


def _as_list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def _share_a_sentence(a: Iterable[str], b: Iterable[str]) -> bool:
    b = [normalise(quote) for quote in b]
    return any(x and y and (x in y or y in x) for x in map(normalise, a) for y in b)


def _show(article: str, groups: Mapping[_Key, list[Record]], entities: Sequence[Record]) -> list[Fault]:
    names = {entity["id"]: entity["name"] for entity in entities}
    faults = []
    for (_, relation, _), (first, *_) in groups.items():
        s, o = (names.get(first[side], first[side]) for side in ("s", "o"))
        evidence = (_as_list(first.get("evidence")) or [""])[0]
        faults.append(Fault(article, relation, f"{s} —{relation}→ {o}", evidence))
    return faults


def precision_recall_f1(counts: Mapping[tuple[str, str], int], kind: str) -> tuple[float, float, float]:
    """Of what was found, the share that is right; of what is right, the share that was found; their harmonic mean."""
    hit, predicted, gold = (counts.get((kind, side), 0) for side in ("hit", "pred", "gold"))
    precision, recall = hit / predicted if predicted else 0.0, hit / gold if gold else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if hit else 0.0


def bootstrap(scores: Scores, kind: str, *, rounds: int = 1000) -> tuple[float, float]:
    """The 95 % interval of an F1, by drawing articles with replacement; the same each time."""
    draw = random.Random(7)
    sides = ("hit", "pred", "gold")
    rows = [tuple(counts[kind, side] for side in sides) for counts in scores.per_article]
    values = []
    for _ in range(rounds):
        totals = map(sum, zip(*draw.choices(rows, k=len(rows)), strict=True))
        values.append(precision_recall_f1({(kind, side): n for side, n in zip(sides, totals, strict=True)}, kind)[2])
    values.sort()
    return values[int(0.025 * rounds)], values[int(0.975 * rounds) - 1]


def to_figures(scores: Scores) -> dict[str, Any]:
    """All figures as plain values, ready for JSON, rounded to four places."""
    counts = scores.counts
    figures: dict[str, Any] = {
        "articles": len(scores.per_article),
        "articles_without_prediction": len(scores.absent),
    }
    for kind in KINDS:
        precision, recall, f1 = precision_recall_f1(counts, kind)
        figures[kind] = {"p": round(precision, 4), "r": round(recall, 4), "f1": round(f1, 4)}
    figures["statement"]["f1_95"] = [round(value, 4) for value in bootstrap(scores, "statement")]
    for attribute in ATTRIBUTES:
        if total := counts[attribute, "of"]:
            ok = counts[attribute, "ok"]
            figures[attribute] = {"ok": ok, "of": total, "share": round(ok / total, 4)}
    for title, head in (("by_type", "type:"), ("by_relation", "relation:")):
        names = sorted({kind.removeprefix(head) for kind, _ in counts if kind.startswith(head)})
        figures[title] = {n: {side: counts[head + n, side] for side in ("gold", "pred", "hit")} for n in names}
    return figures


def read_texts(gold: Sequence[Record], folder: Path) -> dict[str, str]:
    """The text of each gold record's `file` in `folder`, by the record's id; `InputError` for one that is absent."""
    texts = {}
    for record in gold:
        file = folder / str(record.get("file"))
        try:
            texts[record["id"]] = nfc(decode(file.read_bytes(), file).replace("\r\n", "\n"))
        except OSError as error:
            raise InputError(file, f"cannot be read ({error.strerror})", "Check the folder given by --texts.") from None
    return texts
