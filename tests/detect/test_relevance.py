"""The first pass: nothing that could hold a claim is passed over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tinhgon.detect.relevance import CUES, can_hold_claim
from tinhgon.ingest import read, sources
from tinhgon.records import Document

CORPUS = Path(__file__).parents[2] / "corpus"
SETS = ("", "trial", "wide")


def gold(path: Path) -> dict[str, list[object]]:
    record: dict[str, list[object]] = json.loads((path.parents[1] / "gold" / f"{path.stem}.json").read_text("utf-8"))
    return record


@pytest.mark.parametrize("name", SETS)
def test_no_gold_fact_pairing_holder_merger_or_citation_is_lost(name: str) -> None:
    passed_over = 0
    for path in sources([str(CORPUS / name / "texts")]):
        document = read(path)
        assert isinstance(document, Document)
        if not can_hold_claim(document.text):
            passed_over += 1
            record = gold(path)
            assert not any(record.get(kind) for kind in ("facts", "pairings", "holders", "mergers", "resolutions")), (
                path
            )
    assert passed_over <= 1


@pytest.mark.parametrize(
    "text",
    [
        "Đội tuyển thắng 2-0 trên sân nhà, hơn 20.000 người xem.",
        "Giá vàng giảm 500.000 đồng mỗi lượng trong sáng nay.",
        "",
    ],
)
def test_other_matters_are_passed_over(text: str) -> None:
    assert not can_hold_claim(text)


def test_every_cue_is_found_in_capitals_too() -> None:
    assert all(can_hold_claim(f"… {cue.upper()} …") for cue in CUES)
