"""Loading: twice changes nothing, a changed document replaces its former self, namesakes stay apart."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from store_building import GOLD, document, gold_claims, load, proof

from tinhgon.records import Area, Citation, Claims, Fact, Locality, Merger, Reject
from tinhgon.store import FactBase, StoreError, unique_id
from tinhgon.store.versions import kept_with


def export(base: FactBase) -> str:
    out = io.StringIO()
    base.export_jsonl(out)
    return out.getvalue()


def contents(base: FactBase) -> dict[str, list[dict[str, Any]]]:
    tables = ("places", "provenance", "evidence", "facts", "localities", "pairings", "mergers", "merger_parties")
    return {table: sorted(base._db[table].rows, key=repr) for table in tables}


def reduction(document_id: str, text: str, piece: str, value: float, area: Area | None = None, **more: Any) -> Claims:
    fact = Fact("reduction", "hamlet", proof(text, piece), value=value, area=area or Area("Bến Tre"))
    return Claims(document(text, id=document_id, **more), facts=(fact,))


@pytest.mark.skipif(not GOLD, reason="no gold records in corpus/gold")
def test_loading_twice_changes_nothing(base: FactBase) -> None:
    everything = [gold_claims(path)[1] for path in GOLD]
    load(base, *everything)
    before = export(base), contents(base), base.counts()
    load(base, *everything)
    assert (export(base), contents(base), base.counts()) == before


@pytest.mark.skipif(not GOLD, reason="no gold records in corpus/gold")
def test_another_order_of_loading_gives_the_same_ids_and_the_same_export(base: FactBase, tmp_path: Path) -> None:
    everything = [gold_claims(path)[1] for path in GOLD]
    load(base, *everything)
    with FactBase.open(tmp_path / "other.db", create=True) as other:
        for claims in reversed(everything):
            load(other, claims)
        assert export(other) == export(base)
        assert contents(other) == contents(base)


def test_a_changed_document_replaces_what_was_known_of_it(base: FactBase) -> None:
    load(base, reduction("bai-1", "Bến Tre giảm 10 ấp", "10 ấp", 10))
    load(base, reduction("bai-1", "Long An giảm 37 ấp, khu phố", "37 ấp", 37, Area("Long An")))
    (record,) = base.records()
    assert [(fact["province"], fact["value"]) for fact in record["facts"]] == [("Long An", 37)]
    assert base.rows("SELECT name FROM places") == [{"name": "Long An"}]
    assert base.search("Bến Tre") == []
    assert [hit.document_id for hit in base.search("Long An")] == ["bai-1"]


def test_known_asks_for_the_same_bytes_patterns_and_code(base: FactBase) -> None:
    claims = reduction("bai-1", "Bến Tre giảm 10 ấp", "10 ấp", 10)
    digest = claims.document.sha256
    assert "patterns" not in kept_with(base, "bai-1", digest, "0.1.0")
    load(base, claims)
    assert "patterns" in kept_with(base, "bai-1", digest, "0.1.0")
    assert "patterns" not in kept_with(base, "bai-1", "other bytes", "0.1.0")
    assert "other patterns" not in kept_with(base, "bai-1", digest, "0.1.0")
    assert "patterns" not in kept_with(base, "bai-1", digest, "0.2.0")


def test_two_files_of_one_name_are_two_documents(base: FactBase) -> None:
    first = reduction("bai-1", "Bến Tre giảm 10 ấp", "10 ấp", 10, path="a/bai-1.txt")
    second = reduction("bai-1", "Long An giảm 37 ấp", "37 ấp", 37, Area("Long An"), path="b/bai-1.txt")
    other = unique_id("bai-1", "b/bai-1.txt")
    load(base, second, first)
    assert base.document_ids() == ["bai-1", other]
    assert base.claims("bai-1") == first
    assert "patterns" in kept_with(base, "bai-1", second.document.sha256, "0.1.0")
    load(base, second)
    load(base, first)
    assert base.document_ids() == ["bai-1", other]


def test_the_same_bytes_at_another_path_are_the_same_document(base: FactBase) -> None:
    load(base, reduction("bai-1", "Bến Tre giảm 10 ấp", "10 ấp", 10, path="archive/bai-1.txt"))
    load(base, reduction("bai-1", "Bến Tre giảm 10 ấp", "10 ấp", 10, path="moved/bai-1.txt"))
    assert base.document_ids() == ["bai-1"]


def test_twin_claims_have_ids_of_their_own(base: FactBase) -> None:
    text = "giảm 10 ấp"
    fact = Fact("reduction", "hamlet", proof(text, "10 ấp"), value=10)
    load(base, Claims(document(text), facts=(fact, fact)))
    assert len(base.rows("SELECT DISTINCT id FROM facts")) == 2


def test_an_id_does_not_change_with_what_else_is_found(base: FactBase) -> None:
    text = "giảm 10 ấp, còn 90 ấp"
    ten = Fact("reduction", "hamlet", proof(text, "10 ấp"), value=10, confidence=0.5)
    surer = Fact("reduction", "hamlet", proof(text, "10 ấp", patterns=("other",)), value=10, confidence=0.9)
    ninety = Fact("stock", "hamlet", proof(text, "90 ấp"), value=90)
    load(base, Claims(document(text), facts=(ten,)))
    (before,) = base.rows("SELECT id FROM facts WHERE value = 10")
    load(base, Claims(document(text), facts=(ninety, surer)))
    assert base.rows("SELECT id FROM facts WHERE value = 10") == [before]


def test_a_part_points_at_its_whole(base: FactBase) -> None:
    text = "còn 148 đơn vị: 133 xã, 15 phường"
    whole = Fact("stock", "commune", proof(text, "còn 148 đơn vị"), value=148)
    part = Fact("stock", "commune", proof(text, "133 xã"), value=133, part_of="còn 148 đơn vị")
    lost = Fact("stock", "commune", proof(text, "15 phường"), value=15, part_of="gone")
    load(base, Claims(document(text), facts=(part, whole, lost)))
    rows = base.rows("SELECT part.value, whole.value AS of FROM facts part LEFT JOIN facts whole "
                     "ON whole.id = part.part_of_id ORDER BY part.value")  # fmt: skip
    assert [(row["value"], row["of"]) for row in rows] == [(15, None), (133, 148), (148, None)]


def test_a_place_has_a_code_only_where_all_mentions_agree(base: FactBase) -> None:
    def named(document_id: str, code: str | None) -> Claims:
        text = "huyện Lộc Bình"
        why = proof(text, "Lộc Bình")
        place = Locality("district", Area("Lạng Sơn", "Lộc Bình"), None, code, None, (), why)
        return Claims(document(text, id=document_id), localities=(place,))

    load(base, named("a", "188"), named("b", None))
    assert base.rows("SELECT code FROM places") == [{"code": "188"}]
    load(base, named("c", "06001"))
    assert base.rows("SELECT code FROM places") == [{"code": None}]
    load(base, named("c", "188"))
    assert base.rows("SELECT code FROM places") == [{"code": "188"}]


def test_one_failing_document_leaves_everything_as_it_was(base: FactBase) -> None:
    load(base, reduction("bai-1", "Bến Tre giảm 10 ấp", "10 ấp", 10))
    before = export(base)
    text = "x"
    broken = Claims(document(text, id="b"), (Citation(None, None, None, proof(text, "x")),))  # type: ignore[arg-type]
    with pytest.raises(StoreError):
        load(base, reduction("bai-1", "Long An giảm 37 ấp", "37 ấp", 37), broken)
    assert export(base) == before


def test_rejects_are_kept_once_and_go_when_the_file_is_mended(base: FactBase) -> None:
    run = base.begin_run("0.1.0", "patterns", ["archive"])
    broken = Reject("archive/bai-1.txt", "decode", "not a text")
    base.reject([broken, broken], run=run)
    base.reject([broken], run=base.begin_run("0.1.0", "patterns", []))
    assert base.counts()["rejects"] == 1
    load(base, reduction("bai-1", "Bến Tre giảm 10 ấp", "10 ấp", 10))
    assert base.counts()["rejects"] == 0


def test_rows_of_one_container_are_rejected_one_by_one(base: FactBase) -> None:
    run = base.begin_run("0.1.0", "patterns", {"sources": ["a.jsonl"]})
    base.reject([Reject("a.jsonl", "parse", f"line {number} is no JSON") for number in (3, 8)], run=run)
    assert base.counts()["rejects"] == 2


def test_a_run_is_on_record(base: FactBase) -> None:
    run = base.begin_run("0.1.0", "patterns", ["--jobs", "2", "lưu trữ"])
    base.end_run(run, {"read": 3})
    (row,) = base.rows("SELECT * FROM runs")
    assert row["arguments"] == '["--jobs", "2", "lưu trữ"]'
    assert row["counts"] == '{"read": 3}'
    assert row["started_at"] <= row["ended_at"]


def test_a_run_that_was_not_begun_is_refused(base: FactBase) -> None:
    with pytest.raises(StoreError):
        load(base, reduction("bai-1", "Bến Tre giảm 10 ấp", "10 ấp", 10), run=99)


def test_merger_parties_keep_their_order(base: FactBase) -> None:
    text = "Giao Long - Giao Hòa thành Giao Long"
    merger = Merger(
        "commune", ("Giao Long", "Giao Hòa"), "Giao Long", "commune", Area("Bến Tre", "Châu Thành"), "achieved",
        proof(text, "Giao Long - Giao Hòa"),
    )  # fmt: skip
    load(base, Claims(document(text), mergers=(merger,)))
    (row,) = base.rows("SELECT parties, what, district FROM claims WHERE kind = 'merger'")
    assert row == {"parties": "Giao Long + Giao Hòa", "what": "Giao Long", "district": "Châu Thành"}
