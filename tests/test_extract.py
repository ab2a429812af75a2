"""Document -> claims in one call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import tinhgon
from tinhgon.detect.patterns import PatternError, PatternSet
from tinhgon.extract import Extractor
from tinhgon.records import Document

TEXT = "Đến nay, huyện Lộc Bình có 10/21 xã bí thư đảng ủy kiêm chủ tịch UBND."


def test_the_package_offers_it() -> None:
    assert tinhgon.Extractor is Extractor


def test_claims_of_a_document(extractor: Extractor, document_of: Callable[..., Document]) -> None:
    document = document_of(TEXT)
    claims = extractor.claims(document)
    assert claims.document is document
    assert [(f.value, f.total, f.area.district) for f in claims.facts] == [(10, 21, "Lộc Bình")]


def test_the_same_text_gives_the_same_claims(extractor: Extractor, document_of: Callable[..., Document]) -> None:
    first = extractor.claims(document_of(TEXT))
    extractor.claims(document_of("Huyện Châu Thành (Long An) giảm 9 xã. Bí thư kiêm trưởng ấp."))
    assert extractor.claims(document_of(TEXT)) == first, "nothing is kept from one document to the next"


def test_the_hash_tells_the_patterns(extractor: Extractor) -> None:
    assert extractor.patterns_hash == PatternSet.load().digest()


def test_the_users_patterns_make_claims(tmp_path: Path, extractor: Extractor, document_of: Callable[..., Document]) -> None:  # fmt: skip
    (tmp_path / "own.yaml").write_text(
        'kind: measures\nentries:\n  - {id: own.fold, label: drop, starts: ["xếp gọn"], examples: ["xếp gọn"]}\n',
        "utf-8",
    )
    own = Extractor.load(tmp_path)
    document = document_of("Huyện Lộc Bình xếp gọn 9 xã nhờ tinh gọn bộ máy.")
    assert own.patterns_hash != extractor.patterns_hash
    assert [(f.measure, f.value) for f in own.claims(document).facts] == [("reduction", 9)]
    assert "own.fold" in own.claims(document).facts[0].provenance.patterns
    assert extractor.claims(document).facts == ()


def test_a_faulty_users_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("kind: measures\nentries:\n  - {id: own.fold}\n", "utf-8")
    with pytest.raises(PatternError, match=r"own\.yaml"):
        Extractor.load(tmp_path)


@pytest.mark.parametrize("text", ["", "   ", "...", "10/21", "18-NQ/TW", "Lộc Bình"])
def test_next_to_nothing(extractor: Extractor, document_of: Callable[..., Document], text: str) -> None:
    assert extractor.claims(document_of(text)).facts == ()


def test_a_document_without_date(extractor: Extractor, document_of: Callable[..., Document]) -> None:
    assert [f.value for f in extractor.claims(document_of(TEXT, date=None)).facts] == [10]
