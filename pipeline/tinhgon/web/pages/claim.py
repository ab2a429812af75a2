"""One claim: its sentence with the spans coloured, why it was extracted, the checks, and what else is claimed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tinhgon.compare.checks import Finding
from tinhgon.compare.explain import Explanation, explain
from tinhgon.publish import cite
from tinhgon.records import Document, Fact, Span
from tinhgon.store import FactBase
from tinhgon.store.export import fact_item
from tinhgon.store.review_fields import CHOICES, FIELDS, REQUIRED, written
from tinhgon.store.reviews import Review
from tinhgon.web.desk import Page
from tinhgon.web.shown import Shown, numbers_of, shown
from tinhgon.web.spans import Piece, pieces, spans_of
from tinhgon.web.visit import Visit
from tinhgon.web.wording import Words

_AROUND = 300  # characters of the paragraph shown on either side of the sentence
_LONGEST = 4_000  # characters of a sentence shown in one piece
_OTHERS = 20

_NAMED = ("measure", "object", "level", "status", "modifier", "per")
_ADDED = "SELECT verdict, repeat_of, part_of_id FROM facts WHERE id = ?"


def show(base: FactBase, visit: Visit) -> Page:
    told = explain(base, visit.last_part)
    stored = base.fact(told.fact_id)
    row = base.rows(_ADDED, (told.fact_id,))[0]
    return {
        "id": told.fact_id,
        "claim": headline(base, told.fact_id, visit),
        "told": told,
        "sentence": _sentence(base, stored.document, stored.fact, told.fact_id),
        "elsewhere": [_line(piece) for piece in told.elsewhere],
        "retold": [_line(piece) for piece in told.retold],
        "fields": _fields(stored.fact, visit.words),
        "form": form(stored.fact, visit.words),
        "findings": [_finding(found, told.fact_id, visit) for found in told.findings],
        "others": _others(base, told, visit),
        "citation": cite(base, told.fact_id).strip(),
        "article": visit.to("/article", id=told.document_id, claim=told.fact_id) + f"#c-{told.fact_id}",
        "published": visit.words.date(told.published),
        "verdict": row["verdict"],
        "reviews": reviews_of(base, told.document_id, told.fact_id, visit.words),
        "repeat_of": row["repeat_of"],
        "part_of": row["part_of_id"],
    }


def headline(base: FactBase, fact_id: str, visit: Visit) -> Shown:
    """The claim in short. One that a review found wrong is in no view, and is read from its own row."""
    rows = numbers_of(base, [fact_id])
    if rows:
        return shown(rows[0], visit)
    found = base.fact(fact_id)
    item = fact_item(found.fact)
    row: dict[str, Any] = {field: item.get(field) for field in FIELDS}
    row |= {
        "fact_id": fact_id,
        "document_id": found.document.id,
        "rate": item["percent"],
        "roles": "+".join(sorted(found.fact.roles)),
        "title": found.document.title,
        "source": found.document.source,
        "published": found.document.published,
        "confidence": found.fact.confidence,
        "verdict": "wrong",
    }
    return shown(row, visit)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form that corrects a claim: what stands in it, and what it can be where that is a choice."""

    name: str
    value: str
    options: tuple[tuple[str, str], ...] = ()


def form(fact: Fact, words: Words) -> list[Field]:
    """The fields of a correction as they stand, in the form in which they are typed."""
    item = fact_item(fact)
    return [Field(name, written(item.get(name)), _options(name, words)) for name in FIELDS]


def _options(field: str, words: Words) -> tuple[tuple[str, str], ...]:
    unknown = () if field in REQUIRED else (("-", "–"),)
    return (*unknown, *((code, words.name(field, code)) for code in CHOICES[field])) if field in CHOICES else ()


def reviews_of(base: FactBase, document_id: str, fact_id: str, words: Words) -> list[dict[str, Any]]:
    """What readers said of a claim, the latest first."""
    return [told_review(one, words) for one in reversed(base.reviews(document_id)) if one.fact_id == fact_id]


def told_review(review: Review, words: Words) -> dict[str, Any]:
    """A review in words: the verdict, what it corrects, by whom and when."""
    changes = [f"{words(f'field.{name}')}: {written(value)}" for name, value in review.corrected.items()]
    return {
        "id": review.id,
        "fact_id": review.fact_id,
        "verdict": words.name("verdict", review.verdict),
        "changes": "; ".join(changes),
        "note": review.note or "",
        "reviewer": review.reviewer,
        "day": words.date(review.reviewed_at[:10]),
    }


def _sentence(base: FactBase, document: Document, fact: Fact, fact_id: str) -> list[Piece]:
    """The sentence with what stands around it in its paragraph."""
    sentence = fact.provenance.sentence
    if not document.text:
        own = Span(0, len(sentence.text), sentence.text)
        return [Piece(own.text, "", True)]
    start, end = sentence.start, min(sentence.end, sentence.start + _LONGEST)
    block = next((b for b in document.blocks if b.start <= sentence.start and sentence.end <= b.end), None)
    if block is not None:
        start, end = _at_words(document.text, (start - _AROUND, end + _AROUND), (block.start, block.end))
    known = spans_of(base, document, start, end)
    return pieces(document.text, start, end, known, [fact_id])


def _at_words(text: str, wanted: tuple[int, int], within: tuple[int, int]) -> tuple[int, int]:
    """A stretch of a paragraph that neither begins nor ends within a word.

    >>> _at_words("mặt trận tổ quốc xã", (6, 15), (0, 19))
    (9, 11)
    """
    start, end = max(wanted[0], within[0]), min(wanted[1], within[1])
    if start > within[0]:
        start = max(text.find(" ", start, end) + 1, start)
    if end < within[1]:
        end = max(text.rfind(" ", start, end), start) if " " in text[start:end] else end
    return start, end


def _line(marked: Any) -> list[Piece]:
    """A line with its proof; of what is long around it only the ends."""
    return [Piece(piece.text, "number", True) if piece.label else Piece(_ends_of(piece.text)) for piece in marked]


def _ends_of(text: str) -> str:
    return text if len(text) <= 2 * _AROUND else f"{text[:_AROUND]} … {text[-_AROUND:]}"


def _fields(fact: Fact, words: Words) -> list[tuple[str, str]]:
    """What the claim says, field by field; what it does not tell is left out."""
    item = fact_item(fact)
    told = []
    for field in FIELDS:
        value = item.get(field)
        if value in (None, [], ""):
            continue
        if field in _NAMED:
            text = words.name(field, value)
        elif field == "roles":
            text = words.roles("+".join(value))
        elif isinstance(value, list):
            text = ", ".join(value)
        elif isinstance(value, int | float):
            text = words.number(value) + ("%" if field in ("percent", "percent_max", "attainment") else "")
        else:
            text = words.date(value)
        told.append((words(f"field.{field}"), text))
    return told


def _finding(found: Finding, fact_id: str, visit: Visit) -> dict[str, str]:
    other = found.fact_id if found.other_id == fact_id else found.other_id
    return {
        "severity": found.severity,
        "grave": visit.words.name("severity", found.severity),
        "check": visit.words.name("check", found.check_id),
        "said": visit.words.sentence(found.message),
        "other": visit.to(f"/claim/{other}") if other else "",
        "beside": visit.to("/contradictions", check=found.check_id),
    }


def _others(base: FactBase, told: Explanation, visit: Visit) -> list[Shown]:
    ids = [other.fact_id for other in told.others[:_OTHERS]]
    return [shown(row, visit) for row in numbers_of(base, ids)]
