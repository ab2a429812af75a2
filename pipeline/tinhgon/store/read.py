"""Rows -> Claims: a document's claims as they were loaded, for the export and for explanations."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from tinhgon.records import (
    Area,
    Block,
    Citation,
    Claims,
    Document,
    Fact,
    Holder,
    Locality,
    Merger,
    Miss,
    Pairing,
    Provenance,
    Span,
)
from tinhgon.store.load import FACT_NUMBERS, FACT_WORDS

Row = dict[str, Any]
Ask = Callable[[str, tuple[object, ...]], list[Row]]

_DOCUMENT = "SELECT * FROM documents WHERE id = ?"
_PROVENANCE = "SELECT * FROM provenance WHERE document_id = ?"
_EVIDENCE = """
    SELECT evidence.* FROM evidence JOIN provenance ON provenance.id = claim_id
    WHERE document_id = ? ORDER BY claim_id, piece"""
_CITATIONS = """
    SELECT citations.* FROM citations JOIN provenance USING (id) WHERE citations.document_id = ? ORDER BY position"""
_LOCALITIES = """
    SELECT localities.*, province, district, commune, hamlet FROM localities JOIN provenance USING (id)
    LEFT JOIN places ON places.id = place_id WHERE localities.document_id = ? ORDER BY position"""
_PAIRINGS = """
    SELECT pairings.* FROM pairings JOIN provenance USING (id) WHERE pairings.document_id = ? ORDER BY position"""
_HOLDERS = """
    SELECT holders.*, province, district, commune FROM holders JOIN provenance USING (id)
    LEFT JOIN places ON places.id = place_id WHERE holders.document_id = ? ORDER BY position"""
_MERGERS = """
    SELECT mergers.*, province, district, commune FROM mergers JOIN provenance USING (id)
    LEFT JOIN places ON places.id = place_id WHERE mergers.document_id = ? ORDER BY position"""
_PARTIES = """
    SELECT merger_parties.* FROM merger_parties JOIN mergers ON mergers.id = merger_id
    WHERE document_id = ? ORDER BY merger_id, position"""
_FACTS = """
    SELECT facts.* FROM facts JOIN provenance USING (id) WHERE facts.document_id = ? ORDER BY position"""
_MISSES = "SELECT misses.* FROM misses JOIN provenance USING (id) WHERE misses.document_id = ? ORDER BY position"


def read_document(ask: Ask, document_id: str) -> Document | None:
    """The document under this id, which it bears also where the archive gave it another one."""
    rows = ask(_DOCUMENT, (document_id,))
    return _document(rows[0]) if rows else None


def read_facts(ask: Ask, document_id: str) -> dict[str, Fact]:
    """The facts of a document by their ids, in the order of the text."""
    proofs = _proofs(ask, document_id)
    return {row["id"]: _fact(row, proofs[row["id"]]) for row in ask(_FACTS, (document_id,))}


def read_claims(ask: Ask, document_id: str) -> Claims | None:
    """All that a document claims, as it was loaded."""
    document = read_document(ask, document_id)
    if document is None:
        return None
    proofs = _proofs(ask, document_id)
    parties = _parties(ask, document_id)

    def rows(sql: str) -> list[tuple[Row, Provenance]]:
        return [(row, proofs[row["id"]]) for row in ask(sql, (document_id,))]

    return Claims(
        document,
        resolutions=tuple(
            Citation(row["symbol"], row["issuer"], row["date"], why, _words(row["implements"]))
            for row, why in rows(_CITATIONS)
        ),
        localities=tuple(_locality(row, why) for row, why in rows(_LOCALITIES)),
        pairings=tuple(Pairing(_words(row["roles"]), row["level"], row["status"], why) for row, why in rows(_PAIRINGS)),
        holders=tuple(_holder(row, why) for row, why in rows(_HOLDERS)),
        mergers=tuple(_merger(row, tuple(parties[row["id"]]), why) for row, why in rows(_MERGERS)),
        facts=tuple(_fact(row, why) for row, why in rows(_FACTS)),
        misses=tuple(Miss(row["reason"], row["shape"], why) for row, why in rows(_MISSES)),
    )


def _proofs(ask: Ask, document_id: str) -> dict[str, Provenance]:
    pieces: defaultdict[str, list[Span]] = defaultdict(list)
    for row in ask(_EVIDENCE, (document_id,)):
        pieces[row["claim_id"]].append(Span(row["start_offset"], row["end_offset"], row["quote"]))
    return {
        row["id"]: Provenance(
            tuple(pieces[row["id"]]),
            Span(row["sentence_start"], row["sentence_end"], row["sentence"]),
            _words(row["patterns"]),
            _words(row["cues"]),
            tuple(Span(*span) for span in json.loads(row["retold"])),
        )
        for row in ask(_PROVENANCE, (document_id,))
    }


def _parties(ask: Ask, document_id: str) -> defaultdict[str, list[str]]:
    parties: defaultdict[str, list[str]] = defaultdict(list)
    for row in ask(_PARTIES, (document_id,)):
        parties[row["merger_id"]].append(row["name"])
    return parties


def _document(row: Row) -> Document:
    return Document(
        id=row["id"],
        text=row["text"],
        blocks=tuple(Block(*block) for block in json.loads(row["blocks"])),
        title=row["title"],
        published=row["published"],
        source=row["source"],
        author=row["author"],
        province=row["province"],
        path=row["path"],
        sha256=row["sha256"],
        url=row["url"],
        retrieved=row["retrieved"],
        warnings=_words(row["warnings"]),
    )


def _locality(row: Row, why: Provenance) -> Locality:
    return Locality(
        level=row["level"],
        area=_area(row),
        hamlet=row["hamlet"],
        code=row["code"],
        valid_from=row["valid_from"],
        candidates=_words(row["candidates"]),
        provenance=why,
    )


def _holder(row: Row, why: Provenance) -> Holder:
    return Holder(row["name"], _words(row["roles"]), row["level"], _area(row), row["basis"], why)


def _merger(row: Row, parties: tuple[str, ...], why: Provenance) -> Merger:
    return Merger(row["kind"], parties, row["result"], row["level"], _area(row), row["status"], why)


def _fact(row: Row, why: Provenance) -> Fact:
    return Fact(
        **{name: row[name] for name in (*FACT_NUMBERS, *FACT_WORDS)},
        roles=_words(row["roles"]),
        area=_area(row),
        resolutions=_words(row["resolutions"]),
        provenance=why,
    )


def _area(row: Row) -> Area:
    return Area(row["province"], row["district"], row["commune"])


def _words(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))
