"""Which articles share one text, over all of them: their fingerprints are few bytes, and this pass is cheap."""

import sqlite3

import numpy as np

from kg.resolution.copies import find_originals
from kg.state.tables import Touched


def settle_sources(db: sqlite3.Connection, touched: Touched) -> None:
    """Note for each article the one that it copies, and touch the facts of those where this is another now."""
    ids, days, former, prints = [], [], [], bytearray()
    query = "SELECT id, day, original, print FROM articles JOIN prints USING (id) ORDER BY id"
    for id, day, original, print in db.execute(query):
        ids.append(id)
        days.append(day or None)
        former.append(original)
        prints += print
    if not ids:
        return
    originals = find_originals(ids, days, np.frombuffer(prints, dtype=np.uint32).reshape(len(ids), -1))
    for id, original, other in zip(ids, former, originals, strict=True):
        if original != other:
            db.execute("UPDATE articles SET original = ? WHERE id = ?", (other, id))
            touched.facts.update(db.execute("SELECT subject, relation, object FROM sayings WHERE article = ?", (id,)))
