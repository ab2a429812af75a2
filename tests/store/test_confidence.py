"""How sure a fact must be to be read out again."""

from __future__ import annotations

import io
import json

import pytest
from store_building import document, load, proof

from tinhgon.records import Citation, Claims, Fact
from tinhgon.store import FactBase

TEXT = "Theo Nghị quyết số 18-NQ/TW giảm 10 xã, 20 thôn, 30 ấp"


@pytest.fixture
def graded(base: FactBase) -> FactBase:
    """One document with a sure fact, a doubtful one, and one of which nothing is known."""
    why = {unit: proof(TEXT, piece) for unit, piece in (("commune", "10 xã"), ("hamlet", "20 thôn"), ("unit", "30 ấp"))}
    facts = (
        Fact("reduction", "commune", why["commune"], value=10, confidence=0.97),
        Fact("reduction", "hamlet", why["hamlet"], value=20, confidence=0.6),
        Fact("reduction", "hamlet", why["unit"], value=30),
    )
    cited = Citation("18-NQ/TW", "TW", None, proof(TEXT, "Nghị quyết số 18-NQ/TW"))
    load(base, Claims(document(TEXT), (cited,), facts=facts))
    return base


@pytest.mark.parametrize(
    ("least", "values"),
    [(0.0, [10, 20, 30]), (0.6, [10, 20, 30]), (0.61, [10, 30]), (0.97, [10, 30]), (1.0, [30])],
)
def test_records_leave_out_what_is_less_sure(graded: FactBase, least: float, values: list[int]) -> None:
    (record,) = graded.records(least)
    assert [fact["value"] for fact in record["facts"]] == values


def test_all_is_there_where_nothing_is_asked(graded: FactBase) -> None:
    assert list(graded.records()) == list(graded.records(0.0))


def test_only_facts_are_left_out(graded: FactBase) -> None:
    (every,), (sure,) = graded.records(), graded.records(1.0)
    assert {**every, "facts": []} == {**sure, "facts": []}
    assert sure["resolutions"]


def test_a_document_without_a_sure_fact_keeps_its_record(base: FactBase) -> None:
    load(
        base,
        Claims(
            document("giảm 10 xã"),
            facts=(Fact("reduction", "commune", proof("giảm 10 xã", "10 xã"), value=10, confidence=0.6),),
        ),
    )
    assert [record["facts"] for record in base.records(0.9)] == [[]]


def test_the_export_is_of_the_same_records(graded: FactBase) -> None:
    out = io.StringIO()
    assert graded.export_jsonl(out, 0.9) == 1
    assert [json.loads(line) for line in out.getvalue().splitlines()] == list(graded.records(0.9))


def test_what_is_stored_stays(graded: FactBase) -> None:
    list(graded.records(1.0))
    assert [fact.confidence for fact in graded.facts("bai-1").values()] == [0.97, 0.6, None]
