"""Normalisation is done once: doing it again changes nothing."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tinhgon.ingest import normalise
from tinhgon.ingest.normalise import clean_characters


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
    assert clean_characters(clean_characters(text)) == clean_characters(text)


@given(st.text())
def test_the_result_is_composed_and_has_no_doubled_spaces(text: str) -> None:
    result = normalise(text)
    assert unicodedata.is_normalized("NFC", result)
    assert "  " not in result
    assert result == result.strip()
    assert all(letter.isprintable() or unicodedata.category(letter) in ("Cn", "Co", "Cf", "Zs") for letter in result)


def test_quotes_dashes_and_tone_placement_stay_as_written() -> None:
    assert normalise("“Hoà” – ‘Thuỷ’ — 18-NQ/TW…") == "“Hoà” – ‘Thuỷ’ — 18-NQ/TW…"
