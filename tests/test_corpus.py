"""The corpus is well formed: every article has its gold record, and every quote stands in its article."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[1] / "corpus"
TEXTS = {path.stem: path for path in (CORPUS / "texts").iterdir()}
GOLD = {path.stem: path for path in (CORPUS / "gold").glob("*.json")}
SECTIONS = ("resolutions", "localities", "pairings", "holders", "mergers", "facts")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def test_every_article_has_its_gold_record_and_the_other_way_round():
    assert set(TEXTS) == set(GOLD)


@pytest.mark.parametrize("name", sorted(GOLD))
def test_a_record_bears_its_name_and_every_quote_stands_in_the_text(name):
    record = json.loads(GOLD[name].read_text("utf-8"))
    assert record["id"] == name
    text = squeezed(TEXTS[name].read_text("utf-8"))
    for section in SECTIONS:
        for item in record.get(section) or ():
            quote = item["quote"]
            for piece in [quote] if isinstance(quote, str) else quote:
                assert squeezed(piece) in text, (section, item)
