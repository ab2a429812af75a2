"""What most wants a look: the facts nobody has reviewed, in the order in which a reviewer's time is best spent."""

from __future__ import annotations

from dataclasses import dataclass

from tinhgon.store.base import FactBase

_QUEUE = """
    SELECT facts.id AS fact_id, facts.document_id, confidence, verdict,
        (SELECT group_concat(message, '; ') FROM (
            SELECT message FROM findings WHERE fact_id = facts.id
            ORDER BY instr('error warning note', severity), check_id, other_id
        )) AS findings,
        (SELECT min(instr('error warning note', severity)) FROM findings WHERE fact_id = facts.id) AS gravity
    FROM facts JOIN provenance USING (id)
    WHERE verdict IS NULL OR :reviewed
    ORDER BY verdict IS NOT NULL, repeat_of IS NOT NULL, gravity IS NULL, gravity, coalesce(confidence, 1),
        facts.document_id, position
    LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A fact in the queue, and what the checks found in it."""

    fact_id: str
    document_id: str
    confidence: float | None
    verdict: str | None
    findings: str | None


def queue(base: FactBase, limit: int | None = None, *, reviewed: bool = False) -> list[Waiting]:
    """The facts without review: those with findings first, then those the program is least sure of.

    What only repeats the number of another copy comes after all that counts; with ``reviewed``, what is reviewed
    comes last.
    """
    rows = base.rows(_QUEUE, {"limit": -1 if limit is None else limit, "reviewed": reviewed})
    return [Waiting(**{name: row[name] for name in Waiting.__slots__}) for row in rows]
