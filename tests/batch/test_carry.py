"""What travels between processes arrives as it was sent, to the last row that is made of it."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.batch.carry import CarriedError, packed, unpacked
from tinhgon.records import Claims, Document, Fact, Provenance, Reject, Skip, Span
from tinhgon.store.load import FACT_NUMBERS, Origin, rows_of

# The longest count has eighteen digits, and money is told in thousands of billions.
NUMBERS = st.none() | st.integers(0, 10**30) | st.floats(0, 1e30)


def whole(kind: type, **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Records with all of their fields filled, not only those that must be."""
    return st.builds(kind, **{field.name: given.get(field.name, ...) for field in fields(kind)})


FACTS = whole(Fact, **dict.fromkeys(FACT_NUMBERS, NUMBERS))
CLAIMS = whole(Claims, document=whole(Document), facts=st.lists(FACTS, max_size=3).map(tuple))


@given(CLAIMS)
def test_claims_come_back_and_make_the_same_rows_under_the_same_ids(claims):
    back = unpacked(packed(claims))
    assert back == replace(claims, facts=back.facts)
    origin = Origin("bài-1", 1, 1, "patterns", "0.1.0")
    assert rows_of(back, origin) == rows_of(claims, origin)


@given(whole(Document) | whole(Skip) | whole(Reject))
def test_what_has_no_claims_comes_back_as_it_was(outcome):
    assert unpacked(packed(outcome)) == outcome


def test_what_utf8_cannot_hold_comes_back_as_it_would_be_kept():
    why = Provenance((Span(0, 2, "Xã"),), Span(0, 2, "Xã"))
    claims = Claims(Document("tin", "Xã", (), author="Ng\ud83d"), facts=(Fact("stock", "commune", why, value=8),))
    back = unpacked(packed(claims))
    assert isinstance(back, Claims)
    assert back.document.author == "Ng\N{REPLACEMENT CHARACTER}"
    origin = Origin("tin", 1, 1, "patterns", "0.1.0")
    assert rows_of(back, origin) == rows_of(claims, origin)


@pytest.mark.parametrize(
    "raw", [b"", b"\x80\x04K\x01.", b'["claims",{"document":{"id":"a"}}]', b'["fact",{}]', b'["skip",']
)
def test_other_bytes_are_refused(raw):
    with pytest.raises(CarriedError, match="no outcome of an article"):
        unpacked(raw)
