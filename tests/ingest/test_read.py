"""The look at the raw text, before a page is parsed, misses nothing that reading it would show."""

from __future__ import annotations

from pathlib import Path

import pytest

from tinhgon.detect.relevance import can_hold_claim
from tinhgon.ingest import NOTHING, Item, read, sources
from tinhgon.records import Document, Skip

CORPUS = Path(__file__).parents[2] / "corpus"
PAGE = "<html><head><title>Tin</title></head><body><h1>Tin tỉnh nhà</h1><p>{}</p></body></html>"
PROSE = "Hôm nay trời nắng đẹp, bà con ở các nơi ra đồng gặt lúa sớm hơn mọi năm, ai cũng vui."


def looked_at(text: str, suffix: str = "") -> object:
    return read(Item("a", "a", suffix, raw=text.encode()), worth=can_hold_claim)


def test_what_holds_nothing_is_passed_over_with_the_reason() -> None:
    for text in (f"Tin tỉnh nhà\n\n{PROSE}", PAGE.format(PROSE)):
        skipped = looked_at(text)
        assert isinstance(skipped, Skip)
        assert skipped.reason == NOTHING


@pytest.mark.parametrize(
    "cue",
    [
        "sáp nhập", "SÁP NHẬP", "sáp\nnhập", "sáp&nbsp;nhập", "s&aacute;p nh&#7853;p", "s<b>áp</b> nhập", "sáp\u00a0nhập",
        "sáp\u200b nh\u00adập", "sa\u0301p nha\u0323\u0302p",
    ],
)  # fmt: skip
def test_a_cue_however_it_is_written(cue: str) -> None:
    assert isinstance(looked_at(PAGE.format(f"{PROSE} Hai xã {cue} từ năm ngoái.")), Document)
    if "<" not in cue and "&" not in cue:
        assert isinstance(looked_at(f"Tin tỉnh nhà\n\n{PROSE} Hai xã {cue} từ năm ngoái."), Document)


@pytest.mark.parametrize("name", ["", "trial", "wide"])
def test_of_the_corpus_nothing_is_passed_over_that_reading_would_keep(name: str) -> None:
    for path in sources([str(CORPUS / name / "texts")]):
        document = read(path)
        assert isinstance(document, Document)
        if can_hold_claim(document.text):
            assert isinstance(read(path, worth=can_hold_claim), Document), path
