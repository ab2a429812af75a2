"""Claims for the tests: from a codebook record and its text, or from one sentence."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from pathlib import Path
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
    Pairing,
    Provenance,
    Span,
)
from tinhgon.store import FactBase

CORPUS = Path(__file__).parents[2] / "corpus"
GOLD = sorted((CORPUS / "gold").glob("*.json"))

FACT_FIELDS = (
    *("value", "value_max", "total", "percent", "percent_max", "attainment", "before", "after", "modifier"),
    *("level", "body", "as_of", "since", "baseline", "per", "status", "part_of"),
)


def gold_claims(path: Path) -> tuple[dict[str, Any], Claims]:
    """A gold record and the claims it stands for, offsets searched in the text (which only a test may do)."""
    record = json.loads(path.read_text("utf-8"))
    source = next((CORPUS / "texts").glob(f"{path.stem}.*"))
    return record, claims_of(record, squeeze(source.read_text("utf-8")))


def squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def claims_of(record: dict[str, Any], text: str) -> Claims:
    def proof(item: dict[str, Any]) -> Provenance:
        quote = item["quote"]
        pieces = tuple(span_of(squeeze(piece), text) for piece in ([quote] if isinstance(quote, str) else quote))
        return Provenance(pieces, Span(pieces[0].start, pieces[-1].end, text[pieces[0].start : pieces[-1].end]))

    def area(item: dict[str, Any]) -> Area:
        return Area(item.get("province"), item.get("district"), item.get("commune"))

    return Claims(
        document(text, id=record["id"], title=record["title"], published=record["published"], source=record["source"]),
        resolutions=tuple(Citation(r["symbol"], r["issuer"], r.get("date"), proof(r)) for r in record["resolutions"]),
        localities=tuple(
            Locality(item["level"], area(item), item.get("hamlet"), None, None, (), proof(item))
            for item in record["localities"]
        ),
        pairings=tuple(
            Pairing(tuple(item["roles"]), item["level"], item["status"], proof(item)) for item in record["pairings"]
        ),
        holders=tuple(
            Holder(item["name"], tuple(item["roles"]), item["level"], area(item), item["basis"], proof(item))
            for item in record["holders"]
        ),
        mergers=tuple(
            Merger(
                *(item["kind"], tuple(item["parties"]), item["result"], item["level"], area(item), item["status"]),
                provenance=proof(item),
            )
            for item in record["mergers"]
        ),
        facts=tuple(
            Fact(
                **{name: item[name] for name in FACT_FIELDS if name in item},
                measure=item["measure"],
                object=item["object"],
                roles=tuple(item["roles"]),
                resolutions=tuple(item["resolutions"]),
                area=area(item),
                provenance=proof(item),
            )
            for item in record["facts"]
        ),
    )


def span_of(piece: str, text: str) -> Span:
    start = text.index(piece)
    return Span(start, start + len(piece), piece)


def proof(text: str, *pieces: str, sentence: str | None = None, **more: tuple[str, ...]) -> Provenance:
    return Provenance(tuple(span_of(piece, text) for piece in pieces), span_of(sentence or text, text), **more)


def document(text: str, **fields: Any) -> Document:
    given: dict[str, Any] = {
        "id": "bai-1",
        "path": f"archive/{fields.get('id', 'bai-1')}.txt",
        "sha256": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        "blocks": (Block(0, len(text), "paragraph"),),
        **fields,
    }
    return Document(text=text, **given)


def load(base: FactBase, *claims: Claims, run: int | None = None) -> int:
    number = base.begin_run("0.1.0", "patterns", ["archive"]) if run is None else run
    base.add(claims, run=number, patterns_hash="patterns", version="0.1.0")
    return number


def known_only(value: Any) -> Any:
    """A record without its unknown fields: in the codebook, ``null`` and left out mean the same."""
    if isinstance(value, dict):
        return {key: known_only(item) for key, item in value.items() if item is not None}
    return [known_only(item) for item in value] if isinstance(value, list) else value
