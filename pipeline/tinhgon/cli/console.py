"""What the commands print, as text: pure functions from results to lines, so that they can be tested alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tinhgon.batch import Summary
    from tinhgon.compare import Change, Differences, Finding
    from tinhgon.evaluate import Evaluation
    from tinhgon.store import Hit

Item = Mapping[str, Any]

SECTIONS = ("facts", "pairings", "holders", "mergers", "resolutions", "localities")
# The database has them all; a screen full of names helps nobody.
SHOWN_NAMES = 5
SHOWN_REJECTS = 50
WARNINGS = {
    "no-date": "no date found: 'so far', 'last year' stay open in",
    "date-from-lead": "no date line, the date is that of the first sentence in",
    "date-from-mail": "no date but that of the mail in",
    "unread-date": "a date that cannot be read in",
    "ocr": "recognised from pictures, look numbers up in the original:",
    "pages-without-text": "scanned pages were left out (--ocr reads them) of",
}


def summary_text(summary: Summary, db: Path) -> str:
    """The report at the end of a run: what was done, what was not and why, and what to try next."""
    per_second = f", {summary.extracted / summary.seconds:.1f} documents a second" if summary.seconds else ""
    lines = [
        f"Read {summary.read} of {summary.found} documents in {summary.seconds:.1f} s{per_second}: "
        f"{summary.extracted} extracted, {summary.passed_over} passed over (done before), "
        f"{_skipped(summary)}{summary.rejected} rejected.",
        *_changes(summary),
        f"Written to {db}: {_claims(summary.claims)}.",
        *trouble_lines(summary, db),
    ]
    if summary.interrupted:
        lines.append("Stopped before the end. Run the same command again to go on: what is done is passed over.")
    elif summary.read == 0:
        lines.append("No documents there: give a file, or a folder with articles.")
    else:
        lines.append(f"Next: tinhgon compare {db} --measure concurrent_posts --by province")
        lines.append(f"      tinhgon check {db}, which finds numbers that do not fit")
    return "\n".join(lines)


def _changes(summary: Summary) -> list[str]:
    """What a change of patterns asked for."""
    if not summary.changed_patterns:
        return []
    count = len(summary.changed_patterns)
    return [
        f"{count} pattern{'s' if count > 1 else ''} changed since ({_first_names(summary.changed_patterns)}): "
        f"{summary.untouched} of the documents passed over hold none of their words, the others were done again."
    ]


def _skipped(summary: Summary) -> str:
    """What was left aside on purpose, by kind of reason."""
    words = {"no cue": "without a word that can make a claim", "language": "in another language"}
    return "".join(f"{count} {words.get(kind, kind)}, " for kind, count in summary.skipped.items())


def trouble_lines(summary: Summary, db: Path) -> list[str]:
    """Rejects by name and reason, warnings by kind."""
    lines = []
    if summary.rejects:
        by_stage = ", ".join(f"{count} at stage {stage!r}" for stage, count in summary.rejected_by_stage.items())
        lines.append(f"Rejected ({by_stage}):")
        lines += [f"  {reject.path}: {reject.reason}" for reject in summary.rejects[:SHOWN_REJECTS]]
        if summary.rejected > SHOWN_REJECTS:
            lines.append(f"  ... and {summary.rejected - SHOWN_REJECTS} more; all are in: tinhgon stats {db}")
    warned: dict[str, list[str]] = defaultdict(list)
    for path, warning in summary.warnings:
        warned[warning].append(Path(path).name)
    for warning, names in warned.items():
        lines.append(f"Warning, {WARNINGS.get(warning, warning + ':')} {_first_names(names, summary.warned[warning])}")
    return lines


def _first_names(names: Sequence[str], count: int | None = None) -> str:
    """The first few of some names, and how many more there are; ``count`` where not all of them are at hand."""
    every = len(names) if count is None else count
    more = f" and {every - SHOWN_NAMES} more" if every > SHOWN_NAMES else ""
    return ", ".join(names[:SHOWN_NAMES]) + more


def _claims(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in counts.items())


def record_text(record: Mapping[str, Any]) -> str:
    """One document's claims for reading: each with its proof below it."""
    head = record.get("title") or record["id"]
    lines = [f"{head} ({record.get('published') or 'no date'})"]
    for section in SECTIONS:
        items = record.get(section) or ()
        lines += ["", f"{section}: {len(items) or 'none'}"]
        for item in items:
            lines += [f"  {describe(section, item)}", f"      {quoted(item)}"]
    return "\n".join(lines)


def describe(section: str, item: Item) -> str:
    """An item in one line, without its quote.

    >>> describe("facts", {"measure": "stock", "value": 8, "total": 10, "percent": 80, "object": "hamlet"})
    'stock: 8/10 (80%) hamlet, achieved'
    >>> describe("pairings", {"roles": ["bi_thu_chi_bo", "truong_thon"], "level": "hamlet", "status": "planned"})
    'bi_thu_chi_bo + truong_thon, at hamlet level, planned'
    """
    roles = " + ".join(item.get("roles") or ())
    level = f"at {item['level']} level" if item.get("level") else None
    status = item.get("status") or "achieved"
    if section == "facts":
        when = item.get("as_of")
        count = f"{item.get('measure')}: {_amount(item)} {item.get('object')}"
        return _joined(count, roles, level, _place(item), when and f"as of {when}", status)
    if section == "pairings":
        return _joined(roles, level, status)
    if section == "holders":
        return _joined(f"{item.get('name')}: {roles}", level, _place(item), item.get("basis"))
    if section == "mergers":
        result = f" -> {item['result']}" if item.get("result") else ""
        return _joined(" + ".join(item.get("parties") or ()) + result, item.get("kind"), _place(item), status)
    if section == "resolutions":
        return _joined(item.get("symbol"), item.get("issuer"), item.get("date"))
    return _joined(item.get("hamlet"), _place(item), item.get("level"))


def quoted(item: Item) -> str:
    quote = item.get("quote") or ""
    return "“" + (quote if isinstance(quote, str) else " … ".join(quote)) + "”"


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _place(item: Item) -> str | None:
    names = [item[tier] for tier in ("commune", "district", "province") if item.get(tier)]
    return " < ".join(names) or None


def _amount(fact: Item) -> str:
    """The numbers of a fact as one would write them: "98/127 (77.2%)", "635 -> 406"."""
    parts = []
    if fact.get("value") is not None:
        upper = f"-{_plain(fact['value_max'])}" if fact.get("value_max") is not None else ""
        total = f"/{_plain(fact['total'])}" if fact.get("total") is not None else ""
        parts.append(_plain(fact["value"]) + upper + total)
    elif fact.get("total") is not None:
        parts.append(f"of {_plain(fact['total'])}")
    if fact.get("before") is not None or fact.get("after") is not None:
        parts.append(f"{_plain(fact.get('before'))} -> {_plain(fact.get('after'))}")
    if fact.get("percent") is not None:
        percent = f"{_plain(fact['percent'])}%"
        parts.append(f"({percent})" if parts else percent)
    if fact.get("attainment") is not None:
        parts.append(f"{_plain(fact['attainment'])}% of the target")
    modifier = fact.get("modifier") or "exact"
    return " ".join(parts) if modifier == "exact" else f"{modifier} {' '.join(parts)}"


def _plain(number: float | None) -> str:
    return "?" if number is None else f"{number:.10g}"


def evaluation_text(evaluation: Evaluation, *, errors: bool = False) -> str:
    lines = [f"{evaluation.documents} documents with gold, {len(evaluation.without_output)} of them without output"]
    lines.append(f"{'layer':<16}{'precision':>10}{'recall':>10}{'F1':>10}{'right':>8}{'found':>8}{'gold':>8}")
    for name, score in evaluation.layers.items():
        lines.append(
            f"{name:<16}{score.precision:>10.3f}{score.recall:>10.3f}{score.f1:>10.3f}"
            f"{score.found:>8}{score.predicted:>8}{score.expected:>8}"
        )
    lines += ["", f"share right on the {evaluation.aligned_facts} facts that share measure and a number with gold:"]
    lines.append("  " + ", ".join(f"{name} {share:.3f}" for name, share in evaluation.attributes.items()))
    if evaluation.without_output:
        lines.append(f"without output: {', '.join(evaluation.without_output)}")
    if errors:
        lines += disagreement_lines(evaluation)
    return "\n".join(lines)


def disagreement_lines(evaluation: Evaluation) -> list[str]:
    from tinhgon.evaluate import LAYERS

    section = {layer.name: layer.section for layer in LAYERS}
    lines = []
    for one in evaluation.disagreements:
        lines += ["", f"{one.document}, {one.layer}"]
        for kind, items in (("missed", one.missed), ("spurious", one.spurious)):
            lines += [f"  {kind:<9} {describe(section[one.layer], item)}  {quoted(item)}" for item in items]
    return lines


def differences_text(differences: Differences) -> str:
    """What two fact bases differ in: the counts first, then each fact with its sentence below it."""
    total = differences.total
    lines = [
        f"{total.same} facts the same, {total.gained} gained, {total.lost} lost, {total.changed} changed; "
        f"{differences.differing_documents} of the {differences.documents} documents in both differ",
        f"{'measure':<24}{'same':>8}{'gained':>8}{'lost':>8}{'changed':>8}",
    ]
    for measure, tally in differences.measures.items():
        lines.append(f"{measure:<24}{tally.same:>8}{tally.gained:>8}{tally.lost:>8}{tally.changed:>8}")
    for side, names in (("OLD", differences.only_in_old), ("NEW", differences.only_in_new)):
        if names:
            lines.append(f"Documents only in {side}, not compared: {len(names)} ({_first_names(names)})")
    lines += _kind_lines("gained", total.gained, [_finding_lines(finding) for finding in differences.gained])
    lines += _kind_lines("lost", total.lost, [_finding_lines(finding) for finding in differences.lost])
    lines += _kind_lines("changed", total.changed, [_change_lines(change) for change in differences.changed])
    return "\n".join(lines)


def _kind_lines(kind: str, count: int, facts: Sequence[Sequence[str]]) -> list[str]:
    lines = ["", f"{kind}: {count}"] if count else []
    lines += [line for fact in facts for line in fact]
    if count > len(facts):
        lines.append(f"  ... and {count - len(facts)} more: --limit shows more")
    return lines


def _finding_lines(finding: Finding, *between: str) -> list[str]:
    item = finding.as_dict()
    head = f"{item['document']} {item['fact'][:8]}: {describe('facts', item)} {quoted(item)}"
    # On one line each: a line break in a name or a quote would pass for a line of ours.
    return [f"  {_on_one_line(head)}", *between, f"      {_on_one_line(item['sentence'])}"]


def _change_lines(change: Change) -> list[str]:
    fields = "; ".join(f"{field.name}: {_told(field.old)} -> {_told(field.new)}" for field in change.fields)
    return _finding_lines(change.new, f"      {_on_one_line(fields)}")


def _told(value: object) -> str:
    """A field's value in words; numbers in full, so that two that differ never look alike.

    >>> _told(("bi_thu_chi_bo", "truong_thon")), _told(1100000.5), _told(()), _told(None)
    ('bi_thu_chi_bo + truong_thon', '1100000.5', 'none', 'none')
    """
    if isinstance(value, tuple):
        return " + ".join(value) or "none"
    return "none" if value is None else str(value)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def hits_text(hits: Sequence[Hit]) -> str:
    lines = []
    for hit in hits:
        lines += [f"{hit.document_id}: {hit.title or 'no title'} ({hit.published or 'no date'})", f"    {hit.snippet}"]
    return "\n".join(lines)


def misses_text(misses: Iterable[Mapping[str, Any]], groups: int, examples: int) -> str:
    """Open sentences by the shape of their words, the commonest first, with the reasons and some sentences of each."""
    by_shape: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for miss in misses:
        by_shape[miss["shape"]].append(miss)
    ranked = sorted(by_shape.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    lines = []
    for shape, group in ranked[:groups]:
        reasons = Counter(miss["reason"] for miss in group)
        lines.append(f"{len(group)} x {shape}  ({'; '.join(reason for reason, _ in reasons.most_common(2))})")
        lines += [f"    {miss['document_id']}: {miss['sentence']}" for miss in group[:examples]]
        if len(group) > examples:
            lines.append(f"    ... and {len(group) - examples} more")
    if len(ranked) > groups:
        rest = sum(len(group) for _, group in ranked[groups:])
        lines.append(f"and {len(ranked) - groups} rarer shapes with {rest} sentences: --limit shows more")
    return "\n".join(lines)


def rows_text(rows: Sequence[Mapping[Any, Any]]) -> str:
    """Rows with few columns as lines: the first column, then the others by name, where they say anything."""
    lines = []
    for row in rows:
        (_, head), *rest = row.items()
        told = [
            f"{str(name).replace('_', ' ')} {value}" for name, value in rest if value == value and value is not None
        ]
        lines.append(f"{head}: {'; '.join(told)}")
    return "\n".join(lines)


def stats_text(
    counts: Mapping[str, int],
    measures: Iterable[Mapping[str, Any]],
    rejects: Sequence[Mapping[str, Any]],
    passed_over: Sequence[Mapping[str, Any]] = (),
) -> str:
    lines = [f"{table:<12}{count:>8}" for table, count in counts.items()]
    lines += ["", "facts by measure and status:"]
    lines += [f"  {row['measure']:<24}{row['status']:<12}{row['n']:>6}" for row in measures]
    for head, rows in (("rejected:", rejects), ("passed over:", passed_over)):
        lines += ["", head, *(f"  {row['path']}: {row['reason']}" for row in rows)] if rows else []
    return "\n".join(lines)
