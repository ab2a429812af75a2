"""The form to match on keeps its length and knows syllables; sorting follows the Vietnamese dictionary."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.vietnamese import collation_key, is_syllable, match_form, strip_diacritics

VIETNAMESE = st.text(
    st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậòóỏõọỳýỷỹỵèéẻẽẹìíỉĩịùúủũụ QHĐ-–“”’.,19\n")
)


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("hoà hoá hoạ Hoả", "hòa hóa họa hỏa"),
        ("thuỷ tuỵ uỷ luỹ", "thủy tụy ủy lũy"),
        ("khoẻ loè xoè", "khỏe lòe xòe"),
        ("tòan hòang ngòai xóay", "toàn hoàng ngoài xoáy"),
        ("qúy qủa qùa", "quý quả quà"),
        ("Uỷ ban huyện Hoà Bình – Đảng uỷ", "ủy ban huyện hòa bình - đảng ủy"),
    ],
)
def test_tone_placement_has_one_form(written: str, form: str) -> None:
    assert match_form(written) == form


@pytest.mark.parametrize(
    "word",
    ["quý", "quỳ", "quá", "giã", "già", "hoàng", "thuyền", "huỳnh", "luís", "ngoài", "hóa", "ủy", "của", "mùa", "chìa"],
)
def test_other_syllables_stay(word: str) -> None:
    assert match_form(word) == word


@given(st.text())
def test_match_form_keeps_its_length(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert len(match_form(composed)) == len(composed)


@given(VIETNAMESE)
def test_match_form_is_settled_after_one_pass(text: str) -> None:
    assert match_form(match_form(text)) == match_form(text)


@given(VIETNAMESE, VIETNAMESE)
def test_match_form_does_not_look_across_spaces(left: str, right: str) -> None:
    assert match_form(f"{left} {right}") == f"{match_form(left)} {match_form(right)}"


def test_letters_whose_small_form_is_longer_stay() -> None:
    assert match_form("İ Đ") == "İ đ"


def test_dictionary_order() -> None:
    words = ["Ăn", "an", "ân", "à", "á", "ba", "đa", "da", "dạ", "e", "ê", "o", "ô", "ơ", "u", "ư", "y"]
    assert sorted(words, key=collation_key) == [
        "à",
        "á",
        "an",
        "Ăn",
        "ân",
        "ba",
        "da",
        "dạ",
        "đa",
        "e",
        "ê",
        "o",
        "ô",
        "ơ",
        "u",
        "ư",
        "y",
    ]


def test_words_before_tones_and_numbers_by_value() -> None:
    assert sorted(["Thôn 10", "Thôn 9", "Thôn 2A"], key=collation_key) == ["Thôn 2A", "Thôn 9", "Thôn 10"]
    assert sorted(["Hòa Bình", "Hoa Sơn", "Hoa An"], key=collation_key) == ["Hoa An", "Hoa Sơn", "Hòa Bình"]


@given(st.text(), st.text())
def test_collation_keys_can_always_be_compared(left: str, right: str) -> None:
    assert (collation_key(left) < collation_key(right)) or (collation_key(right) <= collation_key(left))


@given(VIETNAMESE)
def test_stripped_vietnamese_is_ascii(text: str) -> None:
    assert all(letter.isascii() or letter in "–“”’" for letter in strip_diacritics(text))


@pytest.mark.parametrize(
    "words",
    [
        "Đảng uỷ xã Ngọc Đường ban trong phường nghiệp nghỉ ghế",
        "hoà hòa thuỷ thủy hoàng hòang khoẻ khỏe toàn tòan loè",
        "quả qủa quý qúy quyết quốc quýt quít quần quê quở",
        "gì gìn giếng giết già giữ giường gỉ",
        "khuya khuỷu khuynh nguyễn uyên yêu yến ỉa iu xoong hươu rượu",
        "HUYỆN Uỷ ĐẮK lẮK Kạn",
    ],
)
def test_syllables(words: str) -> None:
    assert [word for word in words.split() if not is_syllable(word)] == []


@pytest.mark.parametrize(
    "words",
    [
        "tộcc tòc hảch bảp tôc nướć ngê gê cê kông ghông nghoa",
        "đ ng th ch km kg Krông nilông đươc nguời să tâ biê",
        "giì tyêu iên quo café señor Säo là. a1",
    ],
)
def test_what_is_no_syllable(words: str) -> None:
    assert [word for word in words.split() if is_syllable(word)] == []


@given(VIETNAMESE)
def test_a_tone_may_stand_in_either_place(word: str) -> None:
    if is_syllable(word):
        assert is_syllable(match_form(word))
        assert is_syllable(word.upper())
