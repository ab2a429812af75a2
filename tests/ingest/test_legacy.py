"""Vietnamese written in the old encodings is read again letter for letter; other text is left alone."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.ingest.legacy import decode_legacy, respell

SMALL = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ"
# What glibc's iconv gives for SMALL and its capitals, and for SMALL and the seven capitals of the ABC fonts.
VISCII_CODES = bytes.fromhex(
    "e0e4e3e1d5e5a2c6c7a1a3e2a5a6e7a4a7e8eba8e9a9eaabacadaaaeecefeeedb8f2f6f5f3f7f4b0b1b2afb5bdb6b7debefe"
    "f9fcfbfaf8dfd7d8e6d1f1cfd6dbfddcf0c0c4c3c180c58202058183c28586068487c8cb88c989ca8b8c8d8a8ecc9bcecd98"
    "d299a0d39ad49091928f93b49697b39594d99c9dda9ebfbbbcffbab99f1419dd1ed0"
)
TCVN3_CODES = bytes.fromhex(
    "b5b6b7b8b9a8bbbcbdbec6a9c7c8c9cacbcccecfd0d1aad2d3d4d5d6d7d8dcdddedfe1e2e3e4abe5e6e7e8e9aceaebecedee"
    "eff1f2f3f4adf5f6f7f8f9fafbfcfdfeaea1a2a3a4a5a6a7"
)
VISCII = dict(zip(SMALL + SMALL.upper(), VISCII_CODES, strict=True))
TCVN3 = dict(zip(SMALL + "ĂÂÊÔƠƯĐ", TCVN3_CODES, strict=True))
TONES = {"\u0300": "`", "\u0309": "?", "\u0303": "~", "\u0301": "'", "\u0323": "."}
SHAPES = {"\u0302": "^", "\u0306": "(", "\u031b": "+"}
VNI_TONES = dict(zip(TONES, "øûõùï", strict=True))
VNI_CIRCUMFLEXES = dict(zip(["", *TONES], "âàåãáä", strict=True))
VNI_BREVES = dict(zip(["", *TONES], "êèúüéë", strict=True))
VNI_LETTERS = dict(zip("íìỉĩịỵđ", "íìæóòîñ", strict=True))


def to_tcvn3(text: str) -> bytes:
    return b"".join(_byte(TCVN3, letter if letter in TCVN3 else letter.lower(), letter) for letter in text)


def to_viscii(text: str) -> bytes:
    return b"".join(_byte(VISCII, letter, letter) for letter in text)


def _byte(table: dict[str, int], letter: str, otherwise: str) -> bytes:
    return bytes([table[letter]]) if letter in table else otherwise.encode("cp1252")


def _parts(letter: str) -> tuple[str, str, str]:
    base, marks = (decomposed := unicodedata.normalize("NFD", letter))[0], decomposed[1:]
    shape = next((mark for mark in marks if mark in SHAPES), "")
    return base, shape, next((mark for mark in marks if mark in TONES), "")


def to_windows_1258(text: str) -> bytes:
    parts = (_parts(letter) for letter in text)
    return b"".join((unicodedata.normalize("NFC", base + shape) + tone).encode("cp1258") for base, shape, tone in parts)


def to_viqr(text: str) -> bytes:
    signs, after_letter = [], False
    for letter in text:
        base, shape, tone = _parts(letter)
        written = {"đ": "dd", "Đ": "DD"}.get(letter, base + SHAPES.get(shape, "") + TONES.get(tone, ""))
        signs.append("\\" + letter if after_letter and letter in "'`?~.^(+" else written)
        after_letter = letter.isalpha()
    return "".join(signs).encode("cp1252")


def to_vni(text: str) -> bytes:
    return "".join(map(_vni, text)).encode("cp1252")


def _vni(letter: str) -> str:
    if letter.lower() in VNI_LETTERS:
        written = VNI_LETTERS[letter.lower()]
    else:
        base, shape, tone = _parts(letter.lower())
        if shape == "\u031b":
            written = {"o": "ô", "u": "ö"}[base] + VNI_TONES.get(tone, "")
        elif shape:
            written = base + (VNI_CIRCUMFLEXES if shape == "\u0302" else VNI_BREVES)[tone]
        else:
            written = base + VNI_TONES.get(tone, "")
    return written.upper() if letter.isupper() else written


ENCODERS: dict[str, Callable[[str], bytes]] = {
    "tcvn3": to_tcvn3,
    "vni": to_vni,
    "viscii": to_viscii,
    "windows-1258": to_windows_1258,
    "viqr": to_viqr,
}
REPORT = (
    "Thực hiện Nghị quyết số 18-NQ/TW, ngày 25/10/2017, Đảng uỷ xã Ngọc Đường đã sắp xếp 10/21 thôn, đạt 47,6%; giảm 1.017 "
    "người hoạt động không chuyên trách. Bí thư Huyện ủy Nguyễn Văn Tỵ phát biểu: đề nghị các xã hợp nhất văn phòng.\n"
)
WORDS = "đảng uỷ xã huyện thôn nghị quyết sắp xếp tổ chức bộ máy của Đức ngữ kỹ sữa vẫn lặng Ước Ở gì ở đó bầu cử mỹ thuỷ ổn".split()
SENTENCES = st.lists(st.sampled_from([*WORDS, "18-NQ/TW", "10/21", "77,2%", "B1"]), min_size=18, unique=True).map(
    " ".join
)
WINDOWS_SIGNS = "“Tổ chức” – bộ máy… của xã"


@pytest.mark.parametrize("encoding", ENCODERS)
@given(text=SENTENCES)
def test_a_text_comes_back(encoding: str, text: str) -> None:
    written = f"Tổ chức đảng ở xã. Nay {text}"
    raw = ENCODERS[encoding](written)
    expected = written.replace("Ở", "ở") if encoding == "tcvn3" else written
    decoded = decode_legacy(raw)
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == (expected, encoding)
    assert 0.2 < decoded.sure <= 1


@pytest.mark.parametrize("encoding", ENCODERS)
def test_a_report_comes_back_from_bytes_and_from_western_letters(encoding: str) -> None:
    raw = ENCODERS[encoding](REPORT)
    for recoded in (decode_legacy(raw), respell(raw.decode("latin-1"))):
        assert recoded is not None
        assert (recoded.text, recoded.encoding) == (REPORT, encoding)
        assert recoded.sure > 0.7


def test_a_sentence_begins_with_a_capital_that_the_fonts_of_tcvn3_lack() -> None:
    decoded = decode_legacy(
        to_tcvn3("Xã đã giảm 5 ấp. Ấp Hòa có 7 tổ; ấp Thạnh có 5 tổ,\nở đây chưa đổi.\n\nỞ huyện thì khác.")
    )
    assert decoded is not None
    assert decoded.text == "Xã đã giảm 5 ấp. Ấp Hòa có 7 tổ; ấp Thạnh có 5 tổ,\nở đây chưa đổi.\n\nỞ huyện thì khác."


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "windows-1258", "viqr"])
def test_the_signs_of_windows_stay(encoding: str) -> None:
    recoded = decode_legacy(ENCODERS[encoding](WINDOWS_SIGNS))
    assert recoded is not None
    assert recoded.text == WINDOWS_SIGNS


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("®¶ng uû x·", "đảng uỷ xã"),
        ("tr\u00ad\u00ebng phßng \u03bc", "trưởng phòng à"),
        ("Ñaûng uûy xaõ", "Đảng ủy xã"),
        ("HOÄI NGHÒ", "HỘI NGHỊ"),
        ("Dda?ng u?y xa~", "Đảng ủy xã"),
        ("Vie^.t, Vie.^t", "Việt, Việt"),
        ("cu~ la`. Ba`? DDa~ ho.p?", "cũ là. Bà? Đã họp?"),
        ("no'i la\\. thi` ca'c o^to^ cu?a HDDND...", "nói la. thì các ôtô của HĐND..."),
    ],
)
def test_old_spellings_in_unicode(written: str, meant: str) -> None:
    recoded = respell(written)
    assert recoded is not None
    assert recoded.text == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("HéI NGHÞ BAN CHÊP HµNH", "HỘI NGHỊ BAN CHẤP HÀNH"),
        ("Bé ChÝnh trÞ, x· T©n Phó", "Bộ Chính trị, xã Tân Phú"),
        ("NGHÞ QUYÕT CñA Bé CHÝNH TRÞ", "NGHỊ QUYẾT CỦA BỘ CHÍNH TRỊ"),
        ("HéI NGHÞ\nBé ChÝnh trÞ", "HỘI NGHỊ\nBộ Chính trị"),
        ("Së GD-§T tØnh Hµ Giang", "Sở GD-ĐT tỉnh Hà Giang"),
    ],
)
def test_capitals_that_the_fonts_lack(written: str, meant: str) -> None:
    recoded = respell(written)
    assert recoded is not None
    assert recoded.text == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        REPORT,
        "An toàn giao thông là trên hết",
        "What? No. It's 9 a.m. in the U.S. We're late, don't go. f(a) + b(c) = C++",
        "La société générale a été créée à Paris, où l'économie est là. C'est déjà ça.",
        "Der Führer sprach über die Höhe der Löhne für Männer und Frauen.",
        "El señor Núñez comió después en la habitación. ¿Qué pasó mañana?",
        "São Paulo não é só para os ricos; é também para nós, às três horas.",
        "Äáº£ng á»§y xÃ£ Ngá»c ÄÆ°á»ng",
        "Bo Noi vu – Ho so dieu chinh dia gioi ‘xa’ nam 2019. Vu To chuc? Khong.",
        "Россия и Вьетнам",
        "越南共產黨",
    ],
)
def test_other_text_is_not_respelled(text: str) -> None:
    assert respell(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "La société générale a été créée à Paris, où l'économie est là. C'est déjà ça.",
        "Der Führer sprach über die Höhe der Löhne für Männer und Frauen.",
        "“Señor Núñez” – 25 °C, 5 €, § 3",
        "Annual report – part 2",
        "The new building has 25 m² of room for all of the people who work there",
        "Pelé",
    ],
)
def test_western_text_stays_western(text: str) -> None:
    decoded = decode_legacy(text.encode("cp1252"))
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == (text, "cp1252")
    assert 0 < decoded.sure <= 1


def test_bytes_that_cp1252_lacks_are_kept() -> None:
    decoded = decode_legacy(b"caf\xe9 au lait\x81\x8d\x8f\x90\x9d")
    assert decoded is not None
    assert decoded.text == "café au lait\x81\x8d\x8f\x90\x9d"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        bytes(range(256)),
        "Привет, это русский текст о политике".encode("cp1251"),
        "Привет, это русский текст о политике".encode("koi8-r"),
        "越南共產黨中央委員會組織部".encode("gbk"),
        bytes(range(0x80, 0x100)) * 3,
    ],
)
def test_what_reads_as_nothing_is_not_guessed(raw: bytes) -> None:
    assert decode_legacy(raw) is None


def test_markup_does_not_count() -> None:
    page = b"<html><head><script>var a='caf\xe9';</script></head><body><p>" + to_tcvn3(REPORT) + b"</p></body></html>"
    decoded = decode_legacy(page)
    assert decoded is not None
    assert decoded.encoding == "tcvn3"
    assert REPORT in decoded.text


@given(st.text())
def test_any_text_can_be_looked_at(text: str) -> None:
    recoded = respell(text)
    assert recoded is None or 0 <= recoded.sure <= 1


@given(st.binary(max_size=400))
def test_any_bytes_can_be_looked_at(raw: bytes) -> None:
    decoded = decode_legacy(raw)
    assert decoded is None or 0 <= decoded.sure <= 1


@given(SENTENCES)
def test_vietnamese_in_unicode_is_left_alone(text: str) -> None:
    assert respell(f"Đảng uỷ xã {text}") is None


def test_a_fine_text_costs_little_and_a_long_line_is_no_trap() -> None:
    start = time.process_time()
    for _ in range(50):
        respell(REPORT * 20)
    respell(to_tcvn3(REPORT.upper().replace("\n", " ") * 300).decode("cp1252"))
    decode_legacy(b"<script " * 5000)
    assert time.process_time() - start < 5
