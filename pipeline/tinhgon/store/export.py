"""Claims -> the codebook's record: one plain dictionary per document, the same for the same claims.

Unknown is ``null``; the rare fields (``body``, ``value_max``, ``percent_max``, ``per``, ``hamlet``) are left out
where they are unknown.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Any, TextIO

from tinhgon.records import Area, Citation, Claims, Fact, Holder, Locality, Merger, Pairing, Provenance


def codebook_record(claims: Claims, document_id: str | None = None) -> dict[str, Any]:
    """The record of one document in the form of the codebook, section 1.

    >>> from tinhgon.records import Document
    >>> codebook_record(Claims(Document(id="loc-binh", text="Huyện Lộc Bình", blocks=(), title="Tinh gọn")))
    {'id': 'loc-binh', 'title': 'Tinh gọn', 'published': None, 'source': None, 'resolutions': [], 'localities': [],
     'pairings': [], 'holders': [], 'mergers': [], 'facts': []}
    """
    document = claims.document
    return {
        "id": document_id if document_id is not None else document.id,
        "title": document.title,
        "published": document.published,
        "source": document.source,
        "resolutions": [citation_item(item) for item in claims.resolutions],
        "localities": [locality_item(item) for item in claims.localities],
        "pairings": [pairing_item(item) for item in claims.pairings],
        "holders": [holder_item(item) for item in claims.holders],
        "mergers": [merger_item(item) for item in claims.mergers],
        "facts": [fact_item(item) for item in claims.facts],
    }


def write_jsonl(records: Iterable[dict[str, Any]], out: TextIO) -> int:
    """One record a line; returns how many were written.

    >>> import sys
    >>> write_jsonl([{"id": "loc-binh", "title": "Lộc Bình"}], sys.stdout)
    {"id": "loc-binh", "title": "Lộc Bình"}
    1
    """
    written = 0
    for record in records:
        out.write(json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n")
        written += 1
    return written


def citation_item(citation: Citation) -> dict[str, Any]:
    return {
        "symbol": citation.symbol,
        "issuer": citation.issuer,
        "date": citation.date,
        "quote": _quote(citation.provenance),
    }


def locality_item(locality: Locality) -> dict[str, Any]:
    return {
        "level": locality.level,
        **_names(locality.area),
        **_known(hamlet=locality.hamlet),
        "quote": _quote(locality.provenance),
    }


def pairing_item(pairing: Pairing) -> dict[str, Any]:
    return {
        "roles": list(pairing.roles),
        "level": pairing.level,
        "status": pairing.status,
        "quote": _quote(pairing.provenance),
    }


def holder_item(holder: Holder) -> dict[str, Any]:
    return {
        "name": holder.name,
        "roles": list(holder.roles),
        "level": holder.level,
        **_names(holder.area),
        "basis": holder.basis,
        "quote": _quote(holder.provenance),
    }


def merger_item(merger: Merger) -> dict[str, Any]:
    return {
        "kind": merger.kind,
        "parties": list(merger.parties),
        "result": merger.result,
        "level": merger.level,
        "province": merger.area.province,
        "district": merger.area.district,
        **_known(commune=merger.area.commune),
        "status": merger.status,
        "quote": _quote(merger.provenance),
    }


def fact_item(fact: Fact) -> dict[str, Any]:
    return {
        "measure": fact.measure,
        "object": fact.object,
        "value": number(fact.value),
        "total": number(fact.total),
        "percent": number(fact.percent),
        "attainment": number(fact.attainment),
        "before": number(fact.before),
        "after": number(fact.after),
        "modifier": fact.modifier,
        "roles": list(fact.roles),
        "level": fact.level,
        **_names(fact.area),
        "as_of": fact.as_of,
        "since": fact.since,
        "baseline": fact.baseline,
        "status": fact.status,
        "resolutions": list(fact.resolutions),
        "part_of": fact.part_of,
        "quote": _quote(fact.provenance),
        **_known(
            body=fact.body,
            value_max=number(fact.value_max),
            percent_max=number(fact.percent_max),
            per=fact.per,
        ),
    }


def number(value: float | None) -> int | float | None:
    """Whole numbers without a decimal point, as the codebook writes them, with the precision they are kept in.

    >>> number(10.0), number(47.6), number(None), number(999_999_999_999_999_999)
    (10, 47.6, None, 1000000000000000000)
    """
    if value is None or not math.isfinite(kept := float(value)):
        return None
    return int(kept) if kept == int(kept) else kept


def _names(area: Area) -> dict[str, Any]:
    return {"province": area.province, "district": area.district, "commune": area.commune}


def _known(**fields: object) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value is not None}


def _quote(provenance: Provenance) -> str | list[str]:
    """One piece as itself, several as a list; a claim without a piece of its own is proved by its sentence."""
    pieces = [piece.text for piece in provenance.quote]
    if not pieces:
        return provenance.sentence.text
    return pieces[0] if len(pieces) == 1 else pieces
