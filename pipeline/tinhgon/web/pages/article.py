"""An article in full, a part at a time, with all its spans, its claims and its copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tinhgon.records import Document
from tinhgon.store import FactBase
from tinhgon.store.read import read_document
from tinhgon.web.desk import Page
from tinhgon.web.shown import numbers_of, shown
from tinhgon.web.spans import Piece, pieces, spans_of
from tinhgon.web.visit import NotFoundError, Visit

_PART = 20_000  # characters of one page; a paragraph that is longer is cut
_CLAIMS = 200

_FACTS = """
    SELECT facts.id FROM facts JOIN provenance USING (id)
    WHERE facts.document_id = :id AND sentence_end > :start AND sentence_start < :end ORDER BY position LIMIT :limit
"""
_SENTENCE = "SELECT sentence_start AS start FROM provenance WHERE id = :claim AND document_id = :id"
_COPIES = "SELECT id, title, source, published FROM documents WHERE copy_of = ? ORDER BY published, id LIMIT 100"
_ORIGINAL = """
    SELECT o.id, o.title, o.source, o.published FROM documents AS d JOIN documents AS o ON o.id = d.copy_of
    WHERE d.id = ?
"""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in pieces, and what part it plays on the page."""

    kind: str
    pieces: tuple[Piece, ...]


def show(base: FactBase, visit: Visit) -> Page:
    document = read_document(base.rows, visit.first("id"))
    if document is None:
        raise NotFoundError(visit.first("id"))
    parts = parts_of(document)
    number = _part_asked_for(base, document, parts, visit)
    start, end = parts[number - 1]
    asked = {"id": document.id, "start": start, "end": end, "limit": _CLAIMS}
    ids = [row["id"] for row in base.rows(_FACTS, asked)]
    original = base.rows(_ORIGINAL, (document.id,))
    return {
        # Without its text: pages are remembered, and the part that is shown is in the paragraphs.
        "document": replace(document, text="", blocks=()),
        "has_text": bool(document.text),
        "published": visit.words.date(document.published),
        # The name alone: the folders tell of the computer it was read on.
        "file": document.path.rpartition("/")[2],
        "remarks": [visit.words.name("remark", warning) for warning in document.warnings],
        "retrieved": visit.words.date(document.retrieved),
        "paragraphs": _paragraphs(base, document, start, end),
        "page": number,
        "pages": len(parts),
        "claims": [shown(row, visit) for row in numbers_of(base, ids)],
        "copies": base.rows(_COPIES, (document.id,)),
        "original": original[0] if original else None,
    }


def parts_of(document: Document) -> list[tuple[int, int]]:
    """The parts that a long text is shown in, by their offsets: whole paragraphs, unless one is longer than a part.

    >>> from tinhgon.records import Block
    >>> parts_of(Document("a", "x" * 30_000, (Block(0, 10_000, "paragraph"), Block(10_000, 30_000, "paragraph"))))
    [(0, 10000), (10000, 30000)]
    """
    parts: list[tuple[int, int]] = []
    start = 0
    for block in document.blocks:
        if block.end - start > _PART and block.start > start:
            parts.append((start, block.start))
            start = block.start
        while block.end - start > _PART:
            parts.append((start, _break(document.text, start + _PART)))
            start = parts[-1][1]
    if start < len(document.text) or not parts:
        parts.append((start, len(document.text)))
    return parts


def _break(text: str, at: int) -> int:
    """The end of the last word before an offset, where one ends near it."""
    space = text.rfind(" ", at - 200, at)
    return space + 1 if space > 0 else at


def _part_asked_for(base: FactBase, document: Document, parts: Sequence[tuple[int, int]], visit: Visit) -> int:
    """The part the address names, else that with the claim it names, else the first."""
    if visit.first("claim") and not visit.first("page"):
        for row in base.rows(_SENTENCE, {"claim": visit.first("claim"), "id": document.id}):
            return next((n for n, (_, end) in enumerate(parts, start=1) if row["start"] < end), 1)
    return min(visit.number("page", 1), len(parts))


def _paragraphs(base: FactBase, document: Document, start: int, end: int) -> list[Paragraph]:
    known = spans_of(base, document, start, end)
    shown, begun = [], set[str]()
    for block in document.blocks:
        left, right = max(block.start, start), min(block.end, end)
        if left < right:
            found = [_first_of(piece, begun) for piece in pieces(document.text, left, right, known)]
            shown.append(Paragraph(block.kind, tuple(found)))
    return shown


def _first_of(piece: Piece, begun: set[str]) -> Piece:
    """The piece without the beginnings of facts that began in an earlier paragraph: a page has each id once."""
    begins = tuple(fact for fact in piece.begins if fact not in begun)
    begun.update(begins)
    return replace(piece, begins=begins)
