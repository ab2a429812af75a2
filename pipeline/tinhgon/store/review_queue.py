"""What most wants a look: the facts nobody has reviewed, in the order in which a reviewer's time is best spent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tinhgon.store.base import FactBase

_SHOWN = """
    SELECT facts.id AS fact_id, facts.document_id, confidence, verdict,
        (SELECT group_concat(message, '; ') FROM (
            SELECT message FROM findings WHERE fact_id = facts.id
            ORDER BY instr('error warning note', severity), check_id, other_id
        )) AS findings,
        (SELECT min(instr('error warning note', severity)) FROM findings WHERE fact_id = facts.id) AS gravity
"""
_QUEUE = f"""
    {_SHOWN} FROM facts JOIN provenance USING (id)
    WHERE verdict IS NULL OR :reviewed
    ORDER BY verdict IS NOT NULL, repeat_of IS NOT NULL, gravity IS NULL, gravity, coalesce(confidence, 1),
        facts.document_id, position
    LIMIT :limit
"""
# The head of the queue, in the same order, without a look at every fact there is.
_WITH_FINDINGS = f"""
    {_SHOWN} FROM facts JOIN provenance USING (id)
    WHERE facts.id IN (SELECT fact_id FROM findings) AND verdict IS NULL AND repeat_of IS NULL
    ORDER BY gravity, coalesce(confidence, 1), facts.document_id, position LIMIT :limit
"""  # noqa: S608 - own words
_LEAST_SURE = f"""
    {_SHOWN} FROM facts INDEXED BY facts_waiting CROSS JOIN provenance USING (id)
    WHERE verdict IS NULL AND repeat_of IS NULL AND NOT EXISTS (SELECT 1 FROM findings WHERE fact_id = facts.id)
    ORDER BY coalesce(confidence, 1), facts.document_id, position LIMIT :limit
"""  # noqa: S608 - own words


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
    rows = _head(base, limit) if limit is not None and not reviewed else []
    if limit is None or len(rows) < limit:
        rows = base.rows(_QUEUE, {"limit": -1 if limit is None else limit, "reviewed": reviewed})
    return [Waiting(**{name: row[name] for name in Waiting.__slots__}) for row in rows]


def _head(base: FactBase, limit: int) -> list[dict[str, Any]]:
    """The first facts of the queue; fewer than asked for where only repeats come after them."""
    found = base.rows(_WITH_FINDINGS, {"limit": limit})
    return [*found, *base.rows(_LEAST_SURE, {"limit": limit - len(found)})]
