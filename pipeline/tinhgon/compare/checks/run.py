"""All checks over a whole fact base, and what is kept of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from tinhgon.compare.checks.finding import SEVERITIES, Finding, Severity, as_grave_as
from tinhgon.compare.checks.numbers import check_fact
from tinhgon.compare.checks.parts import parts_that_do_not_add_up
from tinhgon.compare.checks.sources import fewer_later, sources_that_disagree
from tinhgon.compare.checks.targets import attainment_that_is_off
from tinhgon.compare.checks.told import Told, by_document, by_place
from tinhgon.compare.checks.units import UnitCounts, totals_against_gazetteer
from tinhgon.gazetteer import Gazetteer
from tinhgon.store import FactBase

_IDS_AT_ONCE = 10_000

_WORDS = """
    SELECT substr(text, first, last - first + 1) AS words FROM documents JOIN (
        SELECT document_id, min(start_offset) + 1 AS first, max(max(end_offset, sentence_end)) AS last
        FROM evidence JOIN provenance ON provenance.id = claim_id
        WHERE claim_id IN (SELECT value FROM json_each(:ids))
    ) ON document_id = documents.id
"""
_SENTENCE = "SELECT sentence_start FROM provenance WHERE id = :id"
_KEEP = "INSERT INTO findings (fact_id, check_id, severity, message, other_id) VALUES (?, ?, ?, ?, ?)"
_KEPT = """
    SELECT fact_id, check_id, severity, message, other_id FROM findings
    WHERE severity IN (SELECT value FROM json_each(:severities))
    ORDER BY instr('error warning note', severity), check_id, fact_id, other_id LIMIT :limit
"""
_OF_FACTS = """
    SELECT fact_id, check_id, severity, message, other_id FROM findings
    WHERE fact_id IN (SELECT value FROM json_each(:ids))
    UNION
    SELECT fact_id, check_id, severity, message, other_id FROM findings
    WHERE check_id IN ('sources-disagree', 'fewer-later', 'attainment-off')
        AND other_id IN (SELECT value FROM json_each(:ids))
"""
_FACTS = "SELECT count(*) AS facts FROM facts WHERE verdict IS NOT 'wrong'"


@dataclass(frozen=True, slots=True)
class Summary:
    """How many facts were looked at, and how many findings of which check and severity there are."""

    facts: int
    counts: Mapping[tuple[str, Severity], int]

    def of_severity(self, severity: Severity) -> int:
        return sum(count for (_, grave), count in self.counts.items() if grave == severity)

    def as_grave_as(self, least: Severity) -> int:
        return sum(self.of_severity(severity) for severity in as_grave_as(least))

    def as_dict(self) -> dict[str, Any]:
        """The counts as plain values, for JSON."""
        return {
            "facts": self.facts,
            "severities": {severity: self.of_severity(severity) for severity in SEVERITIES},
            "checks": [
                {"check_id": check_id, "severity": severity, "findings": count}
                for (check_id, severity), count in sorted(self.counts.items())
            ],
        }


def run_checks(base: FactBase) -> Summary:
    """Run all checks and keep what they find in the table ``findings``, in place of what earlier ones found.

    Facts that a review found wrong take no part; numbers told again by copies are not set against each other. The same
    facts give the same findings. It all is one transaction: broken off, it leaves the findings of before.

    >>> from tinhgon.records import Area, Claims, Document, Fact, Provenance, Span
    >>> text = "Bến Tre có 130/127 ấp bí thư kiêm trưởng ấp."
    >>> why = Provenance((Span(11, 21, text[11:21]),), Span(0, len(text), text))
    >>> fact = Fact("concurrent_posts", "hamlet", why, value=130, total=127, area=Area("Bến Tre"))
    >>> with FactBase.open(":memory:", create=True) as base:
    ...     run = base.begin_run("0.1.0", "", [])
    ...     base.add([Claims(Document("a", text, ()), facts=(fact,))], run=run, patterns_hash="", version="0.1.0")
    ...     summary = run_checks(base)
    ...     [finding.message for finding in kept_findings(base)]
    ['130 are counted out of 127, more than there are.']
    >>> summary.counts
    {('numerator-over-total', 'error'): 1}
    """
    with base.transaction() as execute:
        execute("DELETE FROM findings")
        return summarise(base, _kept(find(base), execute))


def summarise(base: FactBase, findings: Iterable[Finding]) -> Summary:
    """Count findings as they come; none is held."""
    counts = Counter((finding.check_id, finding.severity) for finding in findings)
    return Summary(base.rows(_FACTS)[0]["facts"], dict(sorted(counts.items())))


def find(base: FactBase) -> Iterator[Finding]:
    """What the checks find, one after the other, nothing kept; at no time more is held than a few documents."""
    counts = UnitCounts(Gazetteer.load())
    for facts in by_document(base):
        yield from _of_document(base, facts, counts)
    for facts in by_place(base):
        yield from sources_that_disagree(facts)
        yield from fewer_later(facts)


def kept_findings(base: FactBase, least: Severity = "note", limit: int | None = None) -> list[Finding]:
    """What the last run of the checks kept, the gravest first."""
    asked = {"severities": json.dumps(as_grave_as(least)), "limit": -1 if limit is None else limit}
    return [Finding(**row) for row in base.rows(_KEPT, asked)]


def findings_of(base: FactBase, fact_ids: Iterable[str]) -> dict[str, list[Finding]]:
    """What the last run of the checks has against these facts, the gravest first; every id has its list.

    A finding on two facts is in the list of both.

    >>> with FactBase.open(":memory:", create=True) as base:
    ...     findings_of(base, ["3f2a9c"])
    {'3f2a9c': []}
    """
    asked = list(dict.fromkeys(fact_ids))
    found: dict[str, list[Finding]] = {fact_id: [] for fact_id in asked}
    for start in range(0, len(asked), _IDS_AT_ONCE):
        ids = asked[start : start + _IDS_AT_ONCE]
        batch = set(ids)
        for row in base.rows(_OF_FACTS, {"ids": json.dumps(ids)}):
            finding = Finding(**row)
            for fact_id in {finding.fact_id, finding.other_id} & batch:
                found[fact_id].append(finding)
    for findings in found.values():
        findings.sort(key=lambda finding: finding.rank)
    return found


def _of_document(base: FactBase, facts: Sequence[Told], counts: UnitCounts) -> Iterator[Finding]:
    @cache
    def sentence_of(fact_id: str) -> int:
        return int(base.rows(_SENTENCE, {"id": fact_id})[0]["sentence_start"])

    def words(fact_ids: Sequence[str]) -> str:
        return str(base.rows(_WORDS, {"ids": json.dumps(fact_ids)})[0]["words"])

    for fact in facts:
        yield from (flaw.of(fact.id) for flaw in check_fact(fact))
    yield from parts_that_do_not_add_up(facts, words)
    yield from totals_against_gazetteer(facts, counts)
    yield from attainment_that_is_off(facts, sentence_of)


def _kept(findings: Iterable[Finding], execute: Any) -> Iterator[Finding]:
    for one in findings:
        execute(_KEEP, (one.fact_id, one.check_id, one.severity, one.message, one.other_id))
        yield one
