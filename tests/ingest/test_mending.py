"""Damage with one reading is put right; everything else stays byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.ingest.mending import Mended, mend

WORDS = "Đảng uỷ xã, huyện “Hội” – của 10/21 18-NQ/TW 77,2% São Ärzte TP. (Ấp 2) ĐBQH".split()
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join)
CLEAN = [
    "Россия и СССР, она в Москве; το νερό; β-carotene, 5 μm, góc α",
    "“ĐẢNG ỦY XÃ” – XÃ… VÃ— “Â” «XÃ»",
    "NGUYEÃN VAÊN A, Ñaûng uûy; ®¶ng uû x·; São Paulo, Ärzte, Âu Cơ, á à, Ångström, “Â”",
]


@pytest.mark.parametrize("text", CLEAN)
def test_what_has_two_readings_stays(text: str) -> None:
    assert mend(text) == Mended(text, ())


@given(SENTENCES)
def test_clean_vietnamese_stays(text: str) -> None:
    assert mend(text) == Mended(text, ())


@given(st.text())
def test_any_text_can_be_mended(text: str) -> None:
    assert isinstance(mend(text), Mended)


def _misread(text: str, codec: str) -> str:
    raw = text.encode()
    return raw.decode("latin-1") if codec == "latin-1" else "".join(_as_windows(byte) for byte in raw)


def _as_windows(byte: int) -> str:
    return bytes([byte]).decode("cp1252", errors="ignore") or chr(byte)


@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
@pytest.mark.parametrize("times", [1, 2])
def test_mojibake(codec: str, times: int) -> None:
    text = "Đảng ủy xã Ngọc Đường họp\nở Hà Nội và bầu “bí thư” – 18-NQ/TW, 77,2% của tổ chức"
    broken = text
    for _ in range(times):
        broken = _misread(broken, codec)
    assert mend(broken) == Mended(text, ("mojibake-mended",))


def test_mojibake_without_its_invisible_sign_and_beside_whole_words() -> None:
    assert mend("Äáº£ng á»§y xÃ£").text == "Đảng ủy xã"
    assert mend("Đảng á»§y Ngọc Đường").text == "Đảng ủy Ngọc Đường"
    assert mend("Ông Jürgen ở Đức\n\tÄ‘áº£ng  viÃªn").text == "Ông Jürgen ở Đức\n\tđảng  viên"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Нuyện ủу", "Huyện ủy"),
        ("dự án ВОТ của tỉnh", "dự án BOT của tỉnh"),
        ("Ηà Nội", "Hà Nội"),
        ("Нuyện ủy và Россия, СССР", "Huyện ủy và Россия, СССР"),
    ],
)
def test_letters_that_look_alike(written: str, meant: str) -> None:
    assert mend(written) == Mended(meant, ("look-alike-letters",))
    assert len(written) == len(meant)
