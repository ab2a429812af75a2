"""Claims -> rows: what each record becomes in each table. Pure; ``base.py`` does the writing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from tinhgon.records import Area, Claims, Document, Fact, Holder, Locality, Merger, Provenance
from tinhgon.store import export
from tinhgon.store.ids import ClaimIds, place_id, roles_key, storable
from tinhgon.vietnamese import strip_diacritics

Row = dict[str, Any]
Tables = dict[str, list[Row]]

FACT_NUMBERS = ("value", "value_max", "total", "percent", "percent_max", "attainment", "before", "after", "confidence")
FACT_WORDS = (
    "measure",
    "object",
    "modifier",
    "level",
    "body",
    "as_of",
    "since",
    "baseline",
    "per",
    "status",
    "part_of",
)

# Parents before children: foreign keys are checked row by row.
LOAD_ORDER = ("documents", "documents_folded", "places", "provenance", "evidence", "citations", "localities",
    "pairings", "holders", "mergers", "merger_parties", "facts", "misses")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Origin:
    """Under which id and row number a document is kept, and what made its claims."""

    document_id: str
    number: int
    run: int
    patterns_hash: str
    version: str


def rows_of(claims: Claims, origin: Origin) -> Tables:
    """Every row that one document puts into the fact base, by table.

    >>> from tinhgon.records import Citation, Span
    >>> text = "Thực hiện Nghị quyết số 18-NQ/TW"
    >>> proof = Provenance((Span(10, 32, text[10:32]),), Span(0, 32, text))
    >>> document = Document(id="nq-18", text=text, blocks=())
    >>> rows = rows_of(Claims(document, (Citation("18-NQ/TW", "TW", None, proof),)), Origin("nq-18", 1, 1, "", "0.1"))
    >>> rows["citations"][0]["symbol"], rows["evidence"][0]["quote"]
    ('18-NQ/TW', 'Nghị quyết số 18-NQ/TW')
    """
    rows = _Rows(origin)
    rows.put_document(claims.document)
    province = claims.document.province or _province_named_most(claims.localities)
    for citation in claims.resolutions:
        key = rows.put_claim("citation", citation.provenance, export.citation_item(citation))
        rows.put(
            "citations",
            key,
            symbol=citation.symbol,
            issuer=citation.issuer,
            date=citation.date,
            implements=_json(citation.implements),
            province=province,
            published=claims.document.published,
        )
    for locality in claims.localities:
        key = rows.put_claim("locality", locality.provenance, export.locality_item(locality))
        rows.put("localities", key, **_locality_columns(locality, rows.put_place(locality.area, locality.hamlet)))
    for pairing in claims.pairings:
        key = rows.put_claim("pairing", pairing.provenance, export.pairing_item(pairing))
        rows.put("pairings", key, **_role_columns(pairing.roles), level=pairing.level, status=pairing.status)
    for holder in claims.holders:
        key = rows.put_claim("holder", holder.provenance, export.holder_item(holder))
        rows.put("holders", key, **_holder_columns(holder, rows.put_place(holder.area)))
    for merger in claims.mergers:
        key = rows.put_claim("merger", merger.provenance, export.merger_item(merger))
        rows.put("mergers", key, **_merger_columns(merger, rows.put_place(merger.area)))
        rows.put_parties(key, merger.parties)
    rows.put_facts(claims.facts)
    for miss in claims.misses:
        key = rows.put_claim("miss", miss.provenance, {"reason": miss.reason})
        rows.put("misses", key, reason=miss.reason, shape=miss.shape)
    return rows.tables


def together(documents: Iterable[Tables]) -> Tables:
    """The rows of several documents in one set of tables: one insert each is many times faster than one a document."""
    tables: Tables = {table: [] for table in LOAD_ORDER}
    for document in documents:
        for table, rows in document.items():
            tables[table] += rows
    return tables


@cache
def insertion(table: str, columns: tuple[str, ...]) -> str:
    """The statement that inserts rows; a place that is there already stays.

    All rows of a table are made by one function here, and so have the same columns in the same order.
    """
    verb = "INSERT OR IGNORE" if table == "places" else "INSERT"
    names, marks = ", ".join(f"[{column}]" for column in columns), ", ".join("?" * len(columns))
    return f"{verb} INTO {table} ({names}) VALUES ({marks})"


class _Rows:
    """The rows of one document while they are made."""

    def __init__(self, origin: Origin) -> None:
        self.tables: Tables = {table: [] for table in LOAD_ORDER}
        self._origin = origin
        self._ids = ClaimIds(origin.document_id)
        self._published: str | None = None
        self._places: set[str] = set()
        self._positions: dict[str, int] = {}

    def put_document(self, document: Document) -> None:
        origin = self._origin
        self._published = document.published
        self._append(
            "documents",
            id=origin.document_id,
            number=origin.number,
            stem=document.id,
            text=document.text,
            title=document.title,
            published=document.published,
            source=document.source,
            author=document.author,
            province=document.province,
            path=document.path,
            sha256=document.sha256,
            url=document.url,
            retrieved=document.retrieved,
            blocks=_json([[block.start, block.end, block.kind] for block in document.blocks]),
            warnings=_json(document.warnings),
            run_id=origin.run,
            patterns_hash=origin.patterns_hash,
            version=origin.version,
        )
        self._append(
            "documents_folded",
            rowid=origin.number,
            title=strip_diacritics(document.title or ""),
            text=strip_diacritics(document.text),
        )

    def put_claim(self, kind: str, provenance: Provenance, content: Row) -> str:
        """The rows that claims of all kinds have in common; returns the claim's id."""
        key = self._ids.next(kind, provenance.quote, content)
        position = self._positions[kind] = self._positions.get(kind, -1) + 1
        self._append(
            "provenance",
            id=key,
            document_id=self._origin.document_id,
            kind=kind,
            position=position,
            sentence_start=provenance.sentence.start,
            sentence_end=provenance.sentence.end,
            sentence=provenance.sentence.text,
            patterns=_json(provenance.patterns),
            cues=_json(provenance.cues),
            retold=_json([(span.start, span.end, span.text) for span in provenance.retold]),
        )
        for number, piece in enumerate(provenance.quote):
            self._append(
                "evidence",
                claim_id=key,
                claim_kind=kind,
                piece=number,
                start_offset=piece.start,
                end_offset=piece.end,
                quote=piece.text,
            )
        return key

    def put(self, table: str, key: str, **columns: Any) -> None:
        self._append(table, id=key, document_id=self._origin.document_id, **columns)

    def put_place(self, area: Area, hamlet: str | None = None) -> str | None:
        key = place_id(area, hamlet)
        if key is not None and key not in self._places:
            self._places.add(key)
            self._append("places", id=key, **_place_columns(area, hamlet))
        return key

    def put_parties(self, merger: str, parties: Sequence[str]) -> None:
        for position, name in enumerate(parties):
            self._append("merger_parties", merger_id=merger, position=position, name=name)

    def put_facts(self, facts: Sequence[Fact]) -> None:
        keys = [self.put_claim("fact", fact.provenance, export.fact_item(fact)) for fact in facts]
        for key, fact in zip(keys, facts, strict=True):
            whole = _whole_of(fact, facts)
            self.put(
                "facts",
                key,
                **{name: _real(getattr(fact, name)) for name in FACT_NUMBERS},
                **{name: getattr(fact, name) for name in FACT_WORDS},
                **_role_columns(fact.roles),
                place_id=self.put_place(fact.area),
                province=fact.area.province,
                district=fact.area.district,
                commune=fact.area.commune,
                holds_on=holds_on(fact, self._published),
                resolutions=_json(fact.resolutions),
                part_of_id=None if whole is None else keys[whole],
            )

    def _append(self, table: str, **columns: Any) -> None:
        self.tables[table].append(
            {name: storable(value) if isinstance(value, str) else value for name, value in columns.items()}
        )


def holds_on(fact: Fact, published: str | None) -> str | None:
    """The last day of what ``as_of`` names; of what has happened never later than the article that tells it.

    So "năm 2019" in an article of May 2019 is older than an article of October 2019.

    >>> from tinhgon.records import Span
    >>> why = Provenance((), Span(0, 0, ""))
    >>> holds_on(Fact("stock", "commune", why, as_of="2019"), "2019-05-20")
    '2019-05-20'
    >>> holds_on(Fact("stock", "commune", why, as_of="2021-06", status="planned"), "2019-05-20")
    '2021-06-31'
    """
    if fact.as_of is None:
        return published
    end = fact.as_of + "YYYY-12-31"[len(fact.as_of) :]
    return min(end, published or end) if fact.status in ("achieved", "ongoing") else end


def _province_named_most(localities: Iterable[Locality]) -> str | None:
    """The province most places of which are named; the first by its name where several are."""
    named = Counter(locality.area.province for locality in localities if locality.area.province)
    return min(named, key=lambda name: (-named[name], name), default=None)


def _whole_of(part: Fact, facts: Sequence[Fact]) -> int | None:
    """The position of the fact whose quote ``part`` names as its whole.

    Two facts can share one quote; the one that counts the same thing is the likelier whole.
    """
    if part.part_of is None:
        return None
    named = [n for n, fact in enumerate(facts) if fact is not part and part.part_of in _quote_forms(fact.provenance)]
    alike = [n for n in named if (facts[n].measure, facts[n].object) == (part.measure, part.object)]
    return next(iter(alike or named), None)


def _quote_forms(provenance: Provenance) -> set[str]:
    pieces = [piece.text for piece in provenance.quote]
    return {*pieces, " ".join(pieces), " … ".join(pieces), " ... ".join(pieces)}


def _place_columns(area: Area, hamlet: str | None) -> Row:
    named = [
        (level, name)
        for level, name in (
            ("hamlet", hamlet),
            ("commune", area.commune),
            ("district", area.district),
            ("province", area.province),
        )
        if name
    ]
    level, name = named[0]
    return {
        "name": name,
        "level": level,
        "province": area.province,
        "district": area.district,
        "commune": area.commune,
        "hamlet": hamlet,
    }


def _locality_columns(locality: Locality, place: str | None) -> Row:
    return {
        "level": locality.level,
        "place_id": place,
        "code": locality.code,
        "valid_from": locality.valid_from,
        "candidates": _json(locality.candidates),
    }


def _holder_columns(holder: Holder, place: str | None) -> Row:
    return {
        "name": holder.name,
        **_role_columns(holder.roles),
        "level": holder.level,
        "place_id": place,
        "basis": holder.basis,
    }


def _merger_columns(merger: Merger, place: str | None) -> Row:
    return {
        "kind": merger.kind,
        "result": merger.result,
        "level": merger.level,
        "place_id": place,
        "status": merger.status,
    }


def _role_columns(roles: Sequence[str]) -> Row:
    return {"roles": _json(roles), "roles_key": roles_key(roles)}


def _real(value: float | None) -> float | None:
    return None if value is None else float(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
