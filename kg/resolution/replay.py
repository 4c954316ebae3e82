"""Corrections applied to what the program decided; those that no longer fit anything are reported."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.model import MODALITIES, Article, Entity, Extraction, Span, Statement
from kg.resolution.corrections import Correction, local_name
from kg.resolution.joins import Join
from kg.resolution.names import compared, compared_person
from kg.resolution.values import Key, Mention, MentionId, ResolvedEntity, hash_of, id_of
from kg.text import nfc


class Replay:
    """The corrections of one build, in the order in which the stages of resolution need them.

    `joins`: pairs that are the same; `apart`: pairs that never are; `rejected`: statement nodes to leave out, with the
    line that says so; `unapplied`: messages.
    """

    def __init__(self, corrections: Sequence[Correction]) -> None:
        self.corrections = corrections
        self._found: dict[str, set[Key]] = {}
        self.joins: list[Join] = []
        self.apart: list[tuple[Key, Key]] = []
        self.unapplied: list[str] = []
        self.rejected = {local_name(c.values[0]): str(c) for c in corrections if c.kind == "reject"}

    @property
    def split_articles(self) -> set[str]:
        """The articles in which a name is said to mean another than elsewhere."""
        named = (c.fields["articles"].split("\n") for c in self.corrections if c.kind == "different" and c.named)
        return {article for articles in named for article in articles}

    @property
    def references(self) -> set[str]:
        """All that corrections name, by IRI or by name."""
        found = set()
        for correction in self.corrections:
            if correction.kind == "add":
                found |= {correction.fields["subject"], correction.fields["object"]}
            elif correction.kind in ("same", "different"):
                found |= set(correction.values)
            elif correction.kind != "reject":
                found.add(correction.values[0])
        return found

    def split(self, keys: dict[MentionId, Key], mentions: Mapping[MentionId, Mention]) -> None:
        """Give the mentions that are said to mean another a key of their own."""
        for correction in self.corrections:
            if correction.kind == "different" and correction.named:
                self._split(correction, keys, mentions)

    def _split(self, correction: Correction, keys: dict[MentionId, Key], mentions: Mapping[MentionId, Mention]) -> None:
        node, articles = correction.fields["node"], set(correction.fields["articles"].split("\n"))
        meant = [
            id
            for id, key in keys.items()
            if id[0] in articles and (id_of(key) == local_name(node) or nfc(mentions[id].entity.name) == nfc(node))
        ]
        for id in meant:
            family, name = keys[id]
            keys[id] = family, f"{'+'.join(sorted(articles))}|{name.rpartition('|')[2]}"
        if not meant:
            self.unapplied.append(f"{correction}. None of these articles names it; delete the line.")

    def read(self, members: Mapping[Key, Sequence[Mention]]) -> None:
        """Look up what the corrections name, and take what they join or keep apart."""
        if not self.corrections:
            return
        found: dict[str, set[Key]] = defaultdict(set)
        for key, mentions in members.items():
            found[id_of(key)].add(key)
            for mention in mentions:
                same = compared_person if key[0] == "Person" else compared
                found[same(mention.entity.name)].add(key)
        self._found = dict(found)
        for correction in self.corrections:
            if correction.kind in ("same", "different") and not correction.named:
                ends = [self._one(value, correction) for value in correction.values]
                if ends[0] and ends[1]:
                    if correction.kind == "same":
                        self.joins.append((ends[0], ends[1], f"{correction.where} says so"))
                    else:
                        self.apart.append((ends[0], ends[1]))
            elif correction.kind in ("rename", "retype", "pin"):
                self._one(correction.values[0], correction)

    def _one(self, reference: str, correction: Correction) -> Key | None:
        names = (local_name(reference), compared(reference), compared_person(reference))
        keys: set[Key] = next((self._found[name] for name in names if name in self._found), set())
        if len(keys) == 1:
            return next(iter(keys))
        if keys:
            ids = ", ".join(f"kgr:{id_of(key)}" for key in sorted(keys))
            self.unapplied.append(f"{correction}. Several things are called {reference}; name one of {ids}.")
        else:
            self.unapplied.append(f"{correction}. No article names {reference}; delete the line or mend the name.")
        return None

    def edit(self, entity: ResolvedEntity) -> ResolvedEntity:
        """The entity with the name, class and IRI that corrections give it; the last line wins."""
        for correction in self.corrections:
            if correction.kind not in ("rename", "retype", "pin"):
                continue
            keys = self._keys(correction.values[0])
            if len(keys) != 1 or id_of(next(iter(keys))) not in {form.id for form in entity.forms}:
                continue
            if correction.kind == "rename":
                aliases = {*entity.aliases, entity.label} - {correction.values[1]}
                entity = replace(entity, label=nfc(correction.values[1]), aliases=tuple(sorted(aliases)))
            elif correction.kind == "retype":
                entity = replace(entity, type=correction.values[1])
            else:
                entity = replace(entity, id=id_of(next(iter(keys))))
        return entity

    def _keys(self, reference: str) -> set[Key]:
        names = (local_name(reference), compared(reference), compared_person(reference))
        return next((self._found[name] for name in names if name in self._found), set())

    def add(
        self, of: Mapping[MentionId, ResolvedEntity]
    ) -> tuple[tuple[Extraction, ...], dict[MentionId, ResolvedEntity]]:
        """The statements that corrections add, each as an article of its own, and what their ends are."""
        nodes = {form.id: entity for entity in of.values() for form in entity.forms}
        extractions: list[Extraction] = []
        ends: dict[MentionId, ResolvedEntity] = {}
        for correction in self.corrections:
            if correction.kind != "add":
                continue
            fields = correction.fields
            subject = self._one(fields["subject"], correction)
            literal = fields["relation"] == "holds_position"
            object = None if literal else self._one(fields["object"], correction)
            if subject is None or (object is None and not literal):
                continue
            quote = nfc(fields["quote"])
            id = f"correction {hash_of(*map(str, sorted(correction.named)), size=4)}"
            article = Article(id, quote, None, None, None, fields["source"])
            ends[id, "e1"] = nodes[id_of(subject)]
            if object:
                ends[id, "e2"] = nodes[id_of(object)]
            modality = next(m for m in MODALITIES if m == fields.get("modality", "asserted"))
            statement = Statement(
                "e1",
                fields["relation"],
                "e2" if object else fields["object"],
                (Span(0, len(quote)),),
                modality,
                fields.get("date"),
                extractor="correction",
            )
            entities = tuple(
                Entity(e, ends[id, e].label, ends[id, e].type, ()) for e in ("e1", "e2") if (id, e) in ends
            )
            extractions.append(Extraction(article, entities, (statement,)))
        return tuple(extractions), ends
