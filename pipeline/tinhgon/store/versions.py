"""What a document's claims were made with, and what the patterns said then: so that a resume does no work twice."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from tinhgon.store.base import FactBase
from tinhgon.store.ids import storable

# Of each pattern by its id: the fingerprint of what it says, and the words it is tried at.
PatternVersions = Mapping[str, tuple[str, Sequence[str]]]


def kept_with(base: FactBase, document_id: str, sha256: str, version: str) -> list[str]:
    """The fingerprints of the patterns that this document's claims were made with, by the same bytes and code."""
    rows = base.rows(
        "SELECT DISTINCT patterns_hash FROM documents WHERE stem = ? AND sha256 = ? AND version = ?",
        (storable(document_id), sha256, version),
    )
    return [row["patterns_hash"] for row in rows]


def kept_of(base: FactBase, ids: Sequence[str], version: str) -> frozenset[tuple[str, str]]:
    """The documents with these ids, with the digest of their bytes, whose claims were made by this code."""
    rows = base.rows(
        "SELECT stem, sha256 FROM documents WHERE version = ? AND stem IN (SELECT value FROM json_each(?))",
        (version, json.dumps([storable(one) for one in ids])),
    )
    return frozenset((row["stem"], row["sha256"]) for row in rows)


def keep_patterns(base: FactBase, patterns_hash: str, versions: PatternVersions) -> None:
    """Note what the patterns in force say, for runs to come."""
    with base.transaction() as execute:
        for pattern_id, (digest, starts) in versions.items():
            execute(
                "INSERT OR IGNORE INTO pattern_versions (patterns_hash, id, digest, starts) VALUES (?, ?, ?, ?)",
                (patterns_hash, pattern_id, digest, json.dumps(list(starts), ensure_ascii=False)),
            )


def patterns_kept(base: FactBase, patterns_hash: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    """What the patterns of an earlier run said; empty where that was not noted."""
    rows = base.rows("SELECT id, digest, starts FROM pattern_versions WHERE patterns_hash = ?", (patterns_hash,))
    return {row["id"]: (row["digest"], tuple(json.loads(row["starts"]))) for row in rows}


def carry_over(base: FactBase, documents: Sequence[tuple[str, str]], patterns_hash: str) -> None:
    """Note of documents (id, sha256) that the patterns now in force would make the same claims of them."""
    if not documents:
        return
    with base.transaction() as execute:
        for document_id, sha256 in documents:
            execute(
                "UPDATE documents SET patterns_hash = ? WHERE stem = ? AND sha256 = ?",
                (patterns_hash, storable(document_id), sha256),
            )
