"""What a check says, how grave it is, and which checks there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Severity = Literal["error", "warning", "note"]

# From the gravest down.
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")

CHECKS = {
    "numerator-over-total": "more are counted than there are, or a range whose upper end is the lower",
    "percent-off": "a percentage that the numbers beside it do not give, or a share of more than all",
    "parts-do-not-add-up": "parts that make more, or less, than the whole they are said to make up",
    "before-after-drop": "a cut that is not what lies between before and after, or after which there are more",
    "total-against-gazetteer": "communes or districts in another number than the gazetteer knows there at that time",
    "attainment-off": "a percentage of a target that the number and the target do not give",
    "sources-disagree": "different numbers of one thing, place and day in articles that are no copies",
    "fewer-later": "a count that can only grow, and is lower in a later article",
}


@dataclass(frozen=True, slots=True)
class Flaw:
    """What a check has against one fact, whichever fact that is."""

    check_id: str
    severity: Severity
    message: str  # one sentence, with the numbers

    def of(self, fact_id: str, other_id: str = "") -> Finding:
        return Finding(fact_id, self.check_id, self.severity, self.message, other_id)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check has against a fact under its id, or against two that do not go together."""

    fact_id: str
    check_id: str
    severity: Severity
    message: str
    other_id: str = ""  # the fact it does not go with; empty where it is one fact's own matter

    @property
    def rank(self) -> tuple[int, str, str, str]:
        """What findings are sorted by: the gravest first.

        >>> note, error = Finding("a", "fewer-later", "note", ""), Finding("b", "percent-off", "error", "")
        >>> [finding.severity for finding in sorted([note, error], key=lambda finding: finding.rank)]
        ['error', 'note']
        """
        return SEVERITIES.index(self.severity), self.check_id, self.fact_id, self.other_id

    def as_dict(self) -> dict[str, Any]:
        """The finding as plain values, for JSON."""
        return {
            "fact_id": self.fact_id,
            "check_id": self.check_id,
            "severity": self.severity,
            "message": self.message,
            "other_id": self.other_id,
        }


def as_grave_as(least: Severity) -> tuple[Severity, ...]:
    """The severities from the gravest down to ``least``.

    >>> as_grave_as("warning")
    ('error', 'warning')
    """
    return SEVERITIES[: SEVERITIES.index(least) + 1]
