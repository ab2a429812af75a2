"""A fact base, read page by page: rows of the flat tables, and claims under their ids.

However large the base, no more than one page of documents is held at a time.
"""

from __future__ import annotations

import json
import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tinhgon.publish.columns import Column, Table
from tinhgon.publish.files import file_name
from tinhgon.records import Citation, Claims, Document, Fact, Holder, Locality, Merger, Pairing, Span
from tinhgon.store import FactBase

Cell = str | int | float | list[str] | None
Row = dict[str, Cell]
Claim = Citation | Locality | Pairing | Holder | Merger | Fact

_PAGE = 200  # documents
_IDS = "SELECT id FROM documents WHERE id >= ? ORDER BY id LIMIT ?"
_ARTICLES = """
    SELECT id AS document_id, title, source, author, published, url, retrieved
    FROM documents WHERE id BETWEEN :first AND :last"""
_PIECES = """
    SELECT claim_id, start_offset, end_offset, quote FROM provenance JOIN evidence ON claim_id = id
    WHERE document_id BETWEEN :first AND :last AND kind = :kind ORDER BY claim_id, piece"""
_CLAIM_IDS = "SELECT id, kind FROM provenance WHERE document_id = ? ORDER BY kind, position"
_FOUND_WRONG = "SELECT id FROM facts WHERE document_id = ? AND verdict = 'wrong'"


@dataclass(frozen=True, slots=True)
class IdentifiedClaim:
    """A claim under its id; ``kind`` is that of the store: "fact", "citation" ..."""

    id: str
    kind: str
    claim: Claim

    @property
    def pieces(self) -> tuple[Span, ...]:
        """The proving pieces; a claim without one is proved by its sentence."""
        return self.claim.provenance.quote or (self.claim.provenance.sentence,)


def document_ids(base: FactBase) -> Iterator[str]:
    """The ids of all documents, sorted."""
    for page in _pages(base):
        yield from page


def table_rows(base: FactBase, table: Table, min_confidence: float = 0.0) -> Iterator[Row]:
    """The rows of a table in their order, each with its cells in the order of the columns.

    Facts that a review found wrong and facts less sure than ``min_confidence`` are left out, and what points to them.
    """
    for ids in _pages(base):
        page = {"first": ids[0], "last": ids[-1]}
        rows = base.rows(table.question, {**page, "least": min_confidence})
        if table.proof is not None:
            articles = {row["document_id"]: row for row in base.rows(_ARTICLES, page)}
            pieces = _pieces(base, {**page, "kind": table.proof})
            key = table.columns[0].name
            rows = [row | _proof(row, pieces[row[key]]) | articles[row["document_id"]] for row in rows]
        for row in rows:
            yield {column.name: _cell(row[column.name], column) for column in table.columns}


def identified_claims(base: FactBase, min_confidence: float = 0.0) -> Iterator[tuple[Document, list[IdentifiedClaim]]]:
    """Every document with its claims, the same as those of the tables."""
    for document_id in document_ids(base):
        claims = base.claims(document_id)
        if claims is not None:
            wrong = {row["id"] for row in base.rows(_FOUND_WRONG, (document_id,))}
            every = _identified(claims, base.rows(_CLAIM_IDS, (document_id,)))
            yield claims.document, [one for one in every if one.id not in wrong and _is_sure(one, min_confidence)]


def _identified(claims: Claims, ids: list[dict[str, Any]]) -> Iterator[IdentifiedClaim]:
    of_kind: dict[str, tuple[Claim, ...]] = {
        "fact": claims.facts,
        "pairing": claims.pairings,
        "holder": claims.holders,
        "merger": claims.mergers,
        "citation": claims.resolutions,
        "locality": claims.localities,
    }
    for kind, items in of_kind.items():
        keys = [row["id"] for row in ids if row["kind"] == kind]
        for key, claim in zip(keys, items, strict=True):
            yield IdentifiedClaim(key, kind, claim)


def _is_sure(one: IdentifiedClaim, least: float) -> bool:
    confidence = one.claim.confidence if isinstance(one.claim, Fact) else None
    return confidence is None or confidence >= least


def _pages(base: FactBase) -> Iterator[list[str]]:
    """The ids of the documents, a page at a time; each page is asked for together with the id that begins the next."""
    start = ""
    while ids := [row["id"] for row in base.rows(_IDS, (start, _PAGE + 1))]:
        yield ids[:_PAGE]
        if len(ids) <= _PAGE:
            return
        start = ids[_PAGE]


def _pieces(base: FactBase, page: dict[str, str]) -> defaultdict[str, list[tuple[int, int, str]]]:
    pieces: defaultdict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for row in base.rows(_PIECES, page):
        pieces[row["claim_id"]].append((row["start_offset"], row["end_offset"], row["quote"]))
    return pieces


def _proof(row: dict[str, Any], pieces: list[tuple[int, int, str]]) -> dict[str, Any]:
    proof = pieces or [(row["sentence_start"], row["sentence_end"], row["sentence"])]
    return {
        "quote": " … ".join(words for _, _, words in proof),
        "start": proof[0][0],
        "end": proof[0][1],
        "pieces": json.dumps(pieces, ensure_ascii=False),
    }


def _cell(value: Any, column: Column) -> Cell:
    if value is None:
        return None
    if column.kind == "key":  # what other rows point to stays to the letter
        return str(value)
    if column.kind == "list":
        return [_nfc(item) for item in json.loads(value)]
    if column.kind == "number":
        return float(value) if math.isfinite(value) else None
    if column.kind == "integer":
        return int(value)
    return _nfc(file_name(value) if column.name == "file" else value)


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
