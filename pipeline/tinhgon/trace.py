"""The extraction in words: what was found in each sentence, what was made of it, what was left open."""

from __future__ import annotations

from collections.abc import Sequence

from tinhgon.assemble.drafts import Draft
from tinhgon.assemble.facts import Step
from tinhgon.detect.analysis import KINDS, Analysis
from tinhgon.records import Area, Claims, Fact, Mention

_SLOTS = ("value", "value_max", "total", "percent", "attainment", "before", "after")


def explain_steps(analysis: Analysis, claims: Claims, steps: Sequence[Step]) -> str:
    """All sentences that hold anything, with their spans, the passage's state, their drafts and facts."""
    parts = [_sentence(analysis, step) for step in steps]
    if rows := [_row(fact) for fact in claims.facts if _is_of_table(fact)]:
        parts.append("Rows of tables:\n" + "\n".join(rows))
    open_places = [
        f"  {loc.provenance.quote[0].text}: {'; '.join(loc.candidates)}" for loc in claims.localities if loc.candidates
    ]
    missed = [f"  {miss.provenance.sentence.text}\n    {miss.reason}" for miss in claims.misses]
    if open_places:
        parts.append("Places left open:\n" + "\n".join(open_places))
    if missed:
        parts.append("Sentences with a cue and a number that gave no fact:\n" + "\n".join(missed))
    return "\n\n".join(part for part in parts if part)


def _is_of_table(fact: Fact) -> bool:
    return any(pattern.startswith("table.") for pattern in fact.provenance.patterns)


def _row(fact: Fact) -> str:
    heads = "; ".join(fact.provenance.cues)
    return f"  {fact.provenance.sentence.text}\n    columns: {heads}\n    => {_fact(fact)}"


def _sentence(analysis: Analysis, step: Step) -> str:
    spans = [(kind, analysis.within(kind, step.sentence.start, step.sentence.end)) for kind in KINDS]
    if not any(found for _, found in spans):
        return ""
    lines = [analysis.view.text[step.sentence.start : step.sentence.end]]
    lines += [f"  {kind}: " + "; ".join(_span(m) for m in found) for kind, found in spans if found]
    lines.append(f"  passage: {_area(step.passage.focus)} (document: {_area(step.passage.main)})")
    lines += [f"  draft: {_draft(draft)}" for draft in step.drafts]
    lines += [f"  => {_fact(fact)}" for fact in step.facts]
    return "\n".join(lines)


def _span(mention: Mention) -> str:
    return f"{mention.text} [{mention.label}, {mention.pattern}]"


def _area(area: Area) -> str:
    return (
        " < ".join(name for name in (area.commune, area.district, area.province) if name) or "whole country or unknown"
    )


def _numbers(item: Draft | Fact) -> str:
    return ", ".join(f"{slot} {getattr(item, slot):g}" for slot in _SLOTS if getattr(item, slot) is not None)


def _draft(draft: Draft) -> str:
    words = ", ".join(word.text for word in draft.words)
    head = " (goes on from an earlier one)" if draft.head is not None else ""
    refused = f", left out: {draft.refused}" if draft.refused else ""
    return f"{draft.kind}: {_numbers(draft)}" + (f" by “{words}”" if words else "") + head + refused


def _fact(fact: Fact) -> str:
    roles = f" {'+'.join(fact.roles)}" if fact.roles else ""
    tier = f", tier {fact.level}" if fact.level else ""
    return f"{fact.measure} of {fact.object}: {_numbers(fact)}{roles}, {_area(fact.area)}{tier}, {fact.status}"
