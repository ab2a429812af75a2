"""Ingestion against the gold records of the corpus: title, date, and every proving quote."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tinhgon.ingest import normalise, read
from tinhgon.records import Document

CORPUS = Path(__file__).parents[2] / "corpus"
GOLD = sorted((CORPUS / "gold").glob("*.json"))

pytestmark = pytest.mark.skipif(not GOLD, reason="the corpus is not there")


def quotes(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from quotes(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from quotes(inner, key)
    elif isinstance(value, str) and key in ("quote", "part_of"):
        yield value


@pytest.mark.parametrize("gold_file", GOLD, ids=lambda path: path.stem)
def test_gold_is_found(gold_file: Path) -> None:
    gold = json.loads(gold_file.read_text(encoding="utf-8"))
    texts = sorted((CORPUS / "texts").glob(f"{gold_file.stem}.*"))
    if not texts:
        pytest.skip("the text of this record is not there")
    document = read(texts[0])
    assert isinstance(document, Document), document
    assert document.id == gold["id"]
    assert (document.title or "").casefold() == normalise(gold["title"]).casefold()
    assert document.published == gold.get("published")
    running = normalise(document.text)
    assert [quote for quote in quotes(gold) if normalise(quote) not in running] == []
