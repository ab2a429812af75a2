"""Numbers that do not fit: claims of different articles side by side, and those that are wrong in themselves."""

from __future__ import annotations

from tinhgon.compare.checks import CHECKS
from tinhgon.store import FactBase
from tinhgon.web.desk import Page
from tinhgon.web.shown import numbers_of, shown
from tinhgon.web.visit import Visit

_SHOWN = 20
_FIRST = "sources-disagree"  # what people come for
_COUNTS = "SELECT check_id, severity, count(*) AS n FROM findings GROUP BY check_id, severity"
_FOUND = """
    SELECT fact_id, check_id, severity, message, other_id FROM findings
    WHERE check_id = :check AND (:province = '' OR EXISTS (
        SELECT 1 FROM facts WHERE facts.id = findings.fact_id AND province = :province))
    ORDER BY instr('error warning note', severity), fact_id, other_id LIMIT :limit OFFSET :offset
"""


def show(base: FactBase, visit: Visit) -> Page:
    counts = base.rows(_COUNTS)
    numbers = {name: sum(row["n"] for row in counts if row["check_id"] == name) for name in CHECKS}
    told = (name for name in (_FIRST, *CHECKS) if numbers[name])
    check = visit.choice("check", tuple(CHECKS), next(told, _FIRST))
    page, province = visit.number("page", 1), visit.first("province")
    asked = {"check": check, "province": province, "limit": _SHOWN + 1, "offset": (page - 1) * _SHOWN}
    found = base.rows(_FOUND, asked)
    ids = [key for row in found[:_SHOWN] for key in (row["fact_id"], row["other_id"]) if key]
    facts = {row["fact_id"]: shown(row, visit) for row in numbers_of(base, ids)}
    sentences = _sentences(base, ids)
    cases = [
        {
            "severity": row["severity"],
            "said": visit.words.sentence(row["message"]),
            "sides": [
                (facts[key], sentences.get(key, "")) for key in (row["fact_id"], row["other_id"]) if key in facts
            ],
        }
        for row in found[:_SHOWN]
    ]
    return {
        "check": check,
        "province": province,
        "checks": list(numbers.items()),
        "cases": [case for case in cases if case["sides"]],
        "page": page,
        "previous": visit.again(page=page - 1) if page > 1 else "",
        "next": visit.again(page=page + 1) if len(found) > _SHOWN else "",
    }


def _sentences(base: FactBase, ids: list[str]) -> dict[str, str]:
    marks = ", ".join("?" * len(ids))
    sql = f"SELECT id, substr(sentence, 1, 1000) AS sentence FROM provenance WHERE id IN ({marks})"  # noqa: S608 - marks
    return {row["id"]: row["sentence"] for row in base.rows(sql, ids)}
