"""Whether the numbers of a fact base go together: within a fact, a document, with the gazetteer, between articles.

In goes a ``store.FactBase``; out come ``Finding``s, each one sentence on a fact (or two) with the numbers that do not
fit. A finding is no verdict: the text may be wrong, or the extraction, or both numbers right of different things.
Open first ``run.py``: ``run_checks()`` runs all and keeps what they find, ``findings_of()`` gives it for some facts.
``numbers.py`` checks a fact alone (``check_fact()``); ``parts.py``, ``targets.py`` and ``units.py`` the facts of a
document; ``sources.py`` what different articles claim of one place. ``told.py`` reads the facts they look at, and
``finding.py`` has the list of checks.
"""

from __future__ import annotations

from tinhgon.compare.checks.finding import CHECKS, SEVERITIES, Finding, Flaw, Severity, as_grave_as
from tinhgon.compare.checks.numbers import check_fact
from tinhgon.compare.checks.run import Summary, find, findings_of, kept_findings, run_checks, summarise

__all__ = [
    "CHECKS",
    "SEVERITIES",
    "Finding",
    "Flaw",
    "Severity",
    "Summary",
    "as_grave_as",
    "check_fact",
    "find",
    "findings_of",
    "kept_findings",
    "run_checks",
    "summarise",
]
