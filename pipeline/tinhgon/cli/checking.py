"""Whether the numbers of a fact base go together: ``check``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tinhgon.cli.shared import REJECTED, ExistingFile, leave, say

if TYPE_CHECKING:
    from tinhgon.compare.checks import Finding, Severity, Summary
    from tinhgon.store import FactBase

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
_SHOWN = 50  # findings on a screen; JSON and CSV have them all

# What is shown of a finding beside itself. A fact is looked up by its id, a batch at a time.
_COLUMNS = ("severity", "check", "message", "fact", "other", "province", "district", "commune", "measure", "object",
    "level", "status", "as_of", "value", "value_max", "total", "percent", "before", "after", "attainment", "modifier",
    "quote", "document", "title", "source", "published")  # fmt: skip
_FACTS = """
    SELECT fact_id, province, district, commune, measure, object, level, status, as_of, value, value_max, total,
        percent, before, after, attainment, modifier, quote, document_id AS document, title, source, published
    FROM numbers WHERE fact_id IN (SELECT value FROM json_each(:ids))
"""
_BATCH = 10_000


@click.command()
@click.argument("db", type=ExistingFile)
@click.option(
    "--severity",
    type=click.Choice(SEVERITIES),
    default="error",
    show_default=True,
    help="List findings that are at least so grave; where there are any, the exit status is 1.",
)
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    help=f"Most findings to list, the gravest first. [default: {_SHOWN} as text, else all]",
)
def check(db: Path, severity: Severity, form: str, limit: int | None) -> None:
    """Look for numbers that do not go together, and keep what is found beside the facts.

    Compared are the numbers of a fact (10/21 against 47.6%, before and after a cut), of a document (a whole and its
    parts, a target and what was reached of it), those of the gazetteer, and what different articles say of one place.
    An error cannot be right; a warning is wrong in the text, or misread, or to be explained; a note may well be right.

    The findings are kept in the fact base, in place of earlier ones. One that may only be read is checked all the same.

    The exit status is 0 where nothing as grave as --severity was found, 1 where something was, and 2 where the fact
    base cannot be used.

    \b
    Example:
      tinhgon check outputs/facts.db --severity warning
    """
    from tinhgon.store import FactBase, UnwritableStoreError

    shown = _SHOWN if limit is None and form == "text" else limit
    try:
        with FactBase.open(db) as base:
            summary, told = _check_and_keep(base, severity, shown)
    except UnwritableStoreError as error:
        with FactBase.open(db, readonly=True) as base:
            summary, told = _check_only(base, severity, shown)
        say(f"The findings are not kept: {error}.", err=True)
    _print(summary, told, severity, form)
    if summary.as_grave_as(severity):
        leave(REJECTED)


def _check_and_keep(base: FactBase, severity: Severity, limit: int | None) -> tuple[Summary, list[dict[str, Any]]]:
    from tinhgon.compare.checks import kept_findings, run_checks

    summary = run_checks(base)
    return summary, _with_facts(base, kept_findings(base, severity, limit))


def _check_only(base: FactBase, severity: Severity, limit: int | None) -> tuple[Summary, list[dict[str, Any]]]:
    from tinhgon.compare.checks import as_grave_as, find, summarise

    findings = sorted(find(base), key=lambda finding: finding.rank)
    listed = [finding for finding in findings if finding.severity in as_grave_as(severity)]
    return summarise(base, findings), _with_facts(base, listed[:limit])


def _with_facts(base: FactBase, findings: list[Finding]) -> list[dict[str, Any]]:
    """Each finding with the fact it is on, as one flat row."""
    ids = sorted({finding.fact_id for finding in findings})
    facts: dict[str, dict[str, Any]] = {}
    for start in range(0, len(ids), _BATCH):
        rows = base.rows(_FACTS, {"ids": json.dumps(ids[start : start + _BATCH])})
        facts |= {row["fact_id"]: row for row in rows}
    return [_row(finding, facts[finding.fact_id]) for finding in findings]


def _row(finding: Finding, fact: dict[str, Any]) -> dict[str, Any]:
    own = {
        "severity": finding.severity,
        "check": finding.check_id,
        "message": finding.message,
        "fact": finding.fact_id,
        "other": finding.other_id or None,
    }
    return {name: {**fact, **own}[name] for name in _COLUMNS}


def _print(summary: Summary, rows: list[dict[str, Any]], severity: Severity, form: str) -> None:
    if form == "json":
        click.echo(json.dumps({**summary.as_dict(), "findings": rows}, ensure_ascii=False, indent=1))
    elif form == "csv":
        import pandas as pd

        from tinhgon.compare import render_csv

        click.echo(render_csv(pd.DataFrame(rows, columns=list(_COLUMNS))), nl=False)
    else:
        say("\n".join([*_counts(summary), *_lines(rows), *_rest(summary, severity, len(rows))]))


def _counts(summary: Summary) -> list[str]:
    told = ", ".join(_number(summary.of_severity(one), one) for one in SEVERITIES)
    lines = [f"{_number(summary.facts, 'fact')} checked: {told}"]
    if summary.counts:
        lines.append(f"{'check':<26}" + "".join(f"{one + 's':>10}" for one in SEVERITIES))
    for check_id in sorted({check_id for check_id, _ in summary.counts}):
        counts = (summary.counts.get((check_id, one), 0) for one in SEVERITIES)
        lines.append(f"{check_id:<26}" + "".join(f"{count:>10}" for count in counts))
    return lines


def _lines(rows: list[dict[str, Any]]) -> list[str]:
    from tinhgon.compare.labels import place_label

    lines = []
    for row in rows:
        place = place_label(row["province"], row["district"], row["commune"])
        source = ", ".join(part for part in (row["title"], row["source"], row["published"]) if part)
        beside = f" and {row['other'][:8]}" if row["other"] else ""
        lines += [
            "",
            f"{row['severity']}, {row['check']}: {_on_one_line(row['message'])}",
            f"    {row['fact'][:8]}{beside}: {row['measure']}, {row['object']}, {_on_one_line(place)}; "
            f"{_numbers(row)}; {row['status']}",
            f"    “{_on_one_line(row['quote'] or '')}”",
            f"    {_on_one_line(source or 'no title')} ({_on_one_line(row['document'])})",
        ]
    return lines


def _rest(summary: Summary, severity: Severity, listed: int) -> list[str]:
    """What was found and is not listed, and how to see it."""
    grave = summary.as_grave_as(severity)
    lines = [f"... and {grave - listed} more: --limit shows more"] if grave > listed else []
    if summary.as_grave_as("note") > grave:
        lines.append("Less grave ones are listed with --severity warning or note.")
    return ["", *lines] if lines else []


def _numbers(row: dict[str, Any]) -> str:
    from tinhgon.compare.render import count_text, plain_number

    parts = [count_text(row)]
    if row["percent"] is not None:
        parts.append(f"{plain_number(row['percent'])}%")
    if row["before"] is not None or row["after"] is not None:
        parts.append(f"{plain_number(row['before']) or '?'} → {plain_number(row['after']) or '?'}")
    if row["attainment"] is not None:
        parts.append(f"{plain_number(row['attainment'])}% of the target")
    return ", ".join(part for part in parts if part)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
