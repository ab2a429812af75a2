"""Claims to publish, and what tests do with a fact base."""

from __future__ import annotations

from typing import Any

from tinhgon.records import (
    Area,
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
from tinhgon.store import FactBase

TEXT = (
    "Mỏ Cày Nam tinh gọn\n12/10/2021\nTheo Nghị quyết số 02-NQ/TU, 98 trong tổng số 127 ấp của huyện Mỏ Cày Nam có bí "
    "thư chi bộ là trưởng ấp; ông Trần Văn Lũy kiêm hai vai. Nhập Giao Long với Giao Hòa. Năm 2018, con số này là 21."
)
SHA256 = "0123456789abcdef" * 4
HOSTILE = (
    "=HYPERLINK(\"http://x\";'a')",
    "+1-1",
    "-2+3",
    "@SUM(A1)",
    "＝1+1",
    "\tthụt =1+1",
    "\r=1+1\r\nhai",
    "ba \"dấu\" nháy, phẩy; 'đơn'",
    "dòng\nmới",
    "a\x00b\x1b[31m\x9bđỏ\ufffe",
    "trái\u202eiảhp\u2066\u200f",
    "thân \ud83d lẻ",
    "{a} 100% & _b_ ~ ^ \\ # $ }",
    "_x000D_ _x0041_",
    "<b>&amp;</b>",
    "x" * 40_000,
)


def proof(text: str, *pieces: str, **more: Any) -> Provenance:
    spans = tuple(Span(text.index(piece), text.index(piece) + len(piece), piece) for piece in pieces)
    return Provenance(spans, Span(0, len(text), text), **more)


def full_claims(document_id: str, published: str | None = "2021-10-12") -> Claims:
    roles, place = ("truong_thon", "bi_thu_chi_bo"), Area("Bến Tre", "Mỏ Cày Nam")
    document = Document(
        document_id,
        TEXT,
        (),
        "Mỏ Cày Nam tinh gọn",
        published,
        "baodongkhoi.vn",
        "Thanh Nghị",
        path=f"/home/lan/kho/{document_id}.html",
        sha256=SHA256,
        url=f"https://baodongkhoi.vn/{document_id}.html",
        retrieved="2022-02-01",
    )
    common: dict[str, Any] = {
        "measure": "concurrent_posts",
        "object": "hamlet",
        "roles": roles,
        "level": "hamlet",
        "area": place,
    }
    whole = "98 trong tổng số 127"
    return Claims(
        document,
        resolutions=(Citation("02-NQ/TU", "Bến Tre", None, proof(TEXT, "Nghị quyết số 02-NQ/TU")),),
        localities=(Locality("district", place, None, "833", None, ("a", "b"), proof(TEXT, "huyện Mỏ Cày Nam")),),
        pairings=(Pairing(roles, "hamlet", "achieved", proof(TEXT, "bí thư chi bộ là trưởng ấp")),),
        holders=(Holder("Trần Văn Lũy", roles, "hamlet", place, "explicit", proof(TEXT, "Trần Văn Lũy", "hai vai")),),
        mergers=(
            Merger("commune", ("Giao Long", "Giao Hòa"), None, "commune", place, "achieved", proof(TEXT, "Nhập")),
        ),
        facts=(
            Fact(**common, provenance=proof(TEXT, whole, "ấp"), value=98, total=127, resolutions=("02-NQ/TU",)),
            Fact(**common, provenance=proof(TEXT, "21."), value=21, modifier="about", part_of=whole, confidence=0.9),
            Fact("reduction", "hamlet", proof(TEXT), percent=12.5, confidence=0.3),
        ),
        misses=(Miss("the numbers count something else", "giảm ⟨count⟩", proof(TEXT, "2018")),),
    )


def hostile_claims(text: str, number: int) -> Claims:
    """One document whose every text is hostile, its id too where it can be."""
    why = proof(text, text)
    document = Document(
        f"{text[:30]}{number}", text, (), text, "2021", text, text, path=f"/k/{number}", sha256=text, url=text
    )
    return Claims(
        document,
        resolutions=(Citation(text, text, text, why),),
        localities=(Locality("commune", Area(text), text, None, None, (text,), why),),
        pairings=(Pairing((text,), None, "achieved", why),),
        holders=(Holder(text, (text,), None, Area(text), "explicit", why),),
        mergers=(Merger(text, (text, text), text, None, Area(text), "achieved", why),),
        facts=(Fact(text, text, why, value=-1.5, body=text, area=Area(text), part_of=text, resolutions=(text,)),),
    )


def load(base: FactBase, *claims: Claims) -> None:
    run = base.begin_run("0.1.0", "patterns", {"sources": ["/home/lan/kho"], "jobs": 1})
    base.add(claims, run=run, patterns_hash="patterns", version="0.1.0")
    base.end_run(run, {})


def judge(base: FactBase, fact_id: str, verdict: str) -> None:
    base.review(fact_id, verdict, reviewer="Lan")


def ids_of(base: FactBase, where: str = "1") -> list[str]:
    return [row["id"] for row in base.rows("SELECT id FROM facts WHERE " + where + " ORDER BY document_id, id")]  # noqa: S608
