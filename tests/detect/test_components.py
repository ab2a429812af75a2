"""The spaCy pipeline: tokens that keep the text, span groups, user patterns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.language import Language

import tinhgon
from tinhgon.detect.analysis import KINDS
from tinhgon.detect.components import PIPELINE, load
from tinhgon.extract import Extractor
from tinhgon.records import Document, Mention

TEXT = "Đến nay, huyện Lộc Bình có 10/21 xã bí thư đảng ủy kiêm chủ tịch UBND theo Nghị quyết số 18-NQ/TW."


@pytest.fixture(scope="module")
def nlp() -> Language:
    return tinhgon.load()


@pytest.mark.parametrize("text", [TEXT, " Hai  dấu cách ", "10/21 (47,6%)\n\nXã “Hòa”…", "a\tb", "", "   "])
def test_tokens_give_the_text_back(nlp: Language, text: str) -> None:
    assert nlp.make_doc(text).text == text


def test_tokens_are_syllables_digits_and_signs(nlp: Language) -> None:
    assert [t.text for t in nlp.make_doc("Có 10/21 xã.")] == ["Có", "10", "/", "21", "xã", "."]


def test_every_kind_has_its_span_group(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert nlp.pipe_names == list(PIPELINE)
    assert set(KINDS) <= set(doc.spans)
    assert [(s.text, s.label_) for s in doc.spans["numbers"]] == [("10/21", "ratio")]
    assert [s.label_ for s in doc.spans["roles"]] == ["bi_thu_cap_uy", "chu_tich_ubnd"]
    assert [s.text for s in doc.spans["places"]] == ["huyện Lộc Bình"]
    assert all(s.id_ for group in doc.spans.values() for s in group), "every span tells the pattern that made it"


def test_mentions_hold_their_text(extractor: Extractor, document_of: Callable[..., Document]) -> None:
    document = document_of(TEXT)
    analysis = extractor.analysis(document)
    for kind in KINDS:
        for m in analysis.of(kind):
            assert m.kind == kind
            assert document.text[m.start : m.end] == m.text
            assert m.span.text == m.text


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("objects", "Sở Nội vụ đã họp.", []),
        ("objects", "Toàn huyện có 12 xã, thị trấn.", ["xã, thị trấn"]),
        ("objects", "Chủ tịch UBND xã đã họp.", []),
        ("objects", "Huyện Lộc Bình có 9 thôn.", ["thôn"]),
        ("objects", "Xã có 2 trường hợp.", ["trường hợp"]),
        ("objects", "Xã có 2 trường học.", ["trường học"]),
        ("measures", "Công chức trẻ hòa nhập, thu nhập khá.", []),
        ("measures", "Ủy viên là thành viên.", []),
        ("measures", "Người không chuyên trách giảm còn một nửa.", ["giảm còn"]),
        ("cues", "Người không chuyên trách.", []),
    ],
)
def test_words_that_are_part_of_something_else(
    mentions_of: Callable[..., tuple[Mention, ...]], kind: str, text: str, found: list[str]
) -> None:
    assert [m.text for m in mentions_of(kind, text)] == found


def test_the_users_patterns_are_read_too(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        'kind: measures\nentries:\n  - {id: own.fold, label: drop, starts: ["xếp gọn"], examples: ["xếp gọn"]}\n',
        "utf-8",
    )
    doc = load(tmp_path)("Xã đã xếp gọn 3 ấp.")
    assert [(s.text, s.label_, s.id_) for s in doc.spans["measures"]] == [("xếp gọn", "drop", "own.fold")]
