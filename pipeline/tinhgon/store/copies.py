"""Which documents are copies of one another: syndicated, cut, retitled, lightly edited.

Documents that share one of twenty-five bands of a MinHash sketch are compared by their words; those alike enough form a
family, whose first member is the one published first. The bands lie in the database, so that memory stays bounded
however large the archive is. A number that an earlier member of the family tells too is marked as a repeat, and
counts once; what an edited copy adds counts on its own.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tinhgon.records import Block, Document

Row = dict[str, Any]
Ask = Callable[[str, Sequence[object]], list[Row]]
Change = Callable[[str, Sequence[object]], object]

# Words in a row that are compared at once: four syllables are two or three words, which few other texts share.
_SHINGLE = 4
# Twenty-five bands of four: texts that share half their shingles meet in a band four times of five, two thirds always.
_BANDS, _ROWS = 25, 4
_SEED = 18
# Of two texts this much must be common: of both together, or of the shorter one where the longer one has more.
ALIKE = 0.6
WITHIN = 0.8
# Fewer words than this are alike by chance; they are copies only letter for letter.
_SHORTEST = 20
# A sketch shared by hundreds is a form letter; the first ones stand for all.
_CANDIDATES_OF_BAND, _CANDIDATES = 30, 20
# Of a larger family the first members tell what the new ones repeat.
_LARGEST = 200
# What papers change when they take over an article.
_OUTLETS_OWN = frozenset({"title", "dateline", "signature", "caption"})
_WORDS = re.compile(r"[^\W_]+")


def shingles(document: Document) -> frozenset[str]:
    """The rows of four words in the body of a document.

    >>> text = "Tin tỉnh\\nXã Tân Phú còn 8 ấp."
    >>> document = Document("a", text, (Block(0, 8, "title"), Block(9, len(text), "lead")))
    >>> sorted(shingles(document))
    ['phú còn 8 ấp', 'tân phú còn 8', 'xã tân phú còn']
    """
    body = (block for block in document.blocks if block.kind not in _OUTLETS_OWN)
    words = [word for block in body for word in _WORDS.findall(document.text[block.start : block.end].lower())]
    return frozenset(map(" ".join, zip(*(words[at:] for at in range(_SHINGLE)), strict=False)))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of two texts is common, between 0 and 1; 0 where it is not enough to call them copies.

    >>> likeness(frozenset("abcdefghij"), frozenset("bcdefghijk")) > 0.8, likeness(frozenset("ab"), frozenset("bc"))
    (True, 0.0)
    """
    common = len(one & other)
    shorter, together = min(len(one), len(other)), len(one) + len(other) - common
    if not common or (common < ALIKE * together and (common < WITHIN * shorter or shorter < _SHORTEST)):
        return 0.0
    return common / together


def band_keys(document: Document, found: frozenset[str]) -> list[int]:
    """What a document is filed under: one key for its exact text, and one a band where it is long enough."""
    in_order = sorted(found)
    exact = _key("exact", *in_order) if found else _key("text", document.text)
    if len(found) < _SHORTEST:
        return [exact]
    from rensa import RMinHash

    sketch = RMinHash(num_perm=_BANDS * _ROWS, seed=_SEED)
    sketch.update(in_order)
    values = sketch.digest()
    return [exact, *(_key(band, *values[band * _ROWS : (band + 1) * _ROWS]) for band in range(_BANDS))]


def _key(*parts: object) -> int:
    digest = hashlib.blake2b("\0".join(map(str, parts)).encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


class Copies:
    """The families of the documents in one fact base; used within the transaction that loads them."""

    def __init__(self, ask: Ask, change: Change) -> None:
        self._ask, self._change = ask, change

    def relatives(self, key: str) -> list[str]:
        """The other documents of a family: they have to be settled anew when this one goes."""
        return [row["id"] for row in self._family_of(key) if row["id"] != key]

    def file(self, loaded: Iterable[tuple[str, int, Document]], bereft: Iterable[str] = ()) -> None:
        """File the documents just loaded (id, number, document), and settle their families and those of ``bereft``."""
        touched = [*dict.fromkeys(bereft)]
        alone = set(touched)
        for key, number, document in loaded:
            found = shingles(document)
            keys = band_keys(document, found)
            for other in self._candidates(keys, number):
                alike = likeness(found, shingles(other)) if found else 1.0
                if alike:
                    self._change(
                        "INSERT OR IGNORE INTO likenesses (document_id, other_id, likeness) VALUES (?, ?, ?)",
                        (key, other.id, alike),
                    )
            self._change(_insert_keys(len(keys)), [value for band in keys for value in (band, number)])
            touched.append(key)
        settled: set[str] = set()
        for key in touched:
            if key not in settled:
                family = self._family_of(key)
                settled |= {row["id"] for row in family}
                if len(family) > 1 or key in alone:
                    fresh = set(touched)
                    self._settle([*family[:_LARGEST], *(row for row in family[_LARGEST:] if row["id"] in fresh)])

    def _candidates(self, keys: Sequence[int], number: int) -> list[Document]:
        rows = self._ask(_SHARING, (number, _CANDIDATES_OF_BAND, json.dumps(keys)))
        shared = Counter(other for row in rows if row["numbers"] for other in json.loads(row["numbers"]))
        best = sorted(shared, key=lambda other: (-shared[other], other))[:_CANDIDATES]
        return [document for other in best for document in self._document(other)]

    def _document(self, number: int) -> list[Document]:
        rows = self._ask("SELECT id, text, blocks FROM documents WHERE number = ?", (number,))
        return [
            Document(row["id"], row["text"], tuple(Block(*block) for block in json.loads(row["blocks"])))
            for row in rows
        ]

    def _family_of(self, key: str) -> list[Row]:
        """All that are linked to a document, over however many copies of copies, the first one first."""
        return self._ask(_FAMILY, (key,))

    def _settle(self, family: Sequence[Row]) -> None:
        first = family[0]["id"] if family else None
        told: dict[tuple[object, ...], tuple[str, str]] = {}
        for row in family:
            copy_of = None if row["id"] == first else first
            self._change("UPDATE documents SET copy_of = ? WHERE id = ?", (copy_of, row["id"]))
            for fact in self._ask(_NUMBERS_OF_DOCUMENT, (row["id"],)):
                content = tuple(value for name, value in fact.items() if name not in ("id", "verdict"))
                itself = (row["id"], fact["id"])
                # What a review found wrong repeats nothing, and nothing repeats it.
                teller, earlier = itself if fact["verdict"] == "wrong" else told.setdefault(content, itself)
                repeats = None if teller == row["id"] else earlier
                self._change("UPDATE facts SET repeat_of = ? WHERE id = ?", (repeats, fact["id"]))


def _insert_keys(count: int) -> str:
    return f"INSERT OR IGNORE INTO bands (key, number) VALUES {', '.join(['(?, ?)'] * count)}"  # noqa: S608 - only marks


# For each key the first documents filed under it.
_SHARING = """
    SELECT (
        SELECT json_group_array(number) FROM (
            SELECT number FROM bands WHERE key = sought.value AND number <> ? ORDER BY number LIMIT ?
        )
    ) AS numbers FROM json_each(?) AS sought
"""
_FAMILY = """
    WITH RECURSIVE family (id) AS (
        VALUES (?)
        UNION SELECT other_id FROM likenesses JOIN family ON document_id = family.id
        UNION SELECT document_id FROM likenesses JOIN family ON other_id = family.id
    )
    SELECT documents.id FROM family JOIN documents USING (id)
    ORDER BY published IS NULL, published, stem, documents.id
"""
_NUMBERS_OF_DOCUMENT = """
    SELECT facts.id, measure, object, value, value_max, total, percent, percent_max, attainment, before, after,
        roles_key, place_id, body, level, status, modifier, as_of, since, baseline, verdict
    FROM facts JOIN provenance USING (id) WHERE facts.document_id = ? ORDER BY position
"""
