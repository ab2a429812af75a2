"""Article text is data wherever it goes: into SQL, into FTS5, into file names."""

from __future__ import annotations

import pytest
from store_building import document, load, proof

from tinhgon.records import Area, Citation, Claims, Fact, Reject
from tinhgon.store import FactBase, UnknownClaimError
from tinhgon.store.versions import kept_with

HOSTILE = [
    "'; DROP TABLE facts; --",
    '" OR 1=1 --',
    "Robert'); DELETE FROM documents WHERE ('1'='1",
    "%s ? :id @id $id",
    "a\x00b",
    '{"json": "[]"}',
    "NEAR(xã huyện) AND title:*",
    "\x1b[31mđỏ\x1b[0m",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_as_it_is(text: str, base: FactBase) -> None:
    why = proof(text, text)
    claims = Claims(
        document(text, id=text, title=text, path=text),
        (Citation(text, text, text, why),),
        facts=(Fact(text, text, why, body=text, area=Area(text), part_of=text, resolutions=(text,)),),
    )
    load(base, claims)
    base.reject([Reject(text, text, text)], run=1)
    assert base.claims(text) == claims
    assert "patterns" in kept_with(base, text, claims.document.sha256, "0.1.0")
    assert base.counts()["facts"] == 1


@pytest.mark.parametrize(
    "query", [*HOSTILE, '"', "*", "(", "xã NOT", "title:xã", "^", "{", "", "   ", "_", "xã " * 5000]
)
def test_a_search_is_never_read_as_query_language(query: str, base: FactBase) -> None:
    load(base, Claims(document("xã Lộc Bình và huyện khác")))
    base.search(query)


def test_operators_of_the_query_language_are_words(base: FactBase) -> None:
    load(base, Claims(document("not and near", id="a")), Claims(document("xã", id="b")))
    assert [hit.document_id for hit in base.search("NOT")] == ["a"]
    assert base.search("xã OR not") == []


def test_what_utf8_cannot_hold_is_replaced_one_for_one(base: FactBase) -> None:
    text = "xã \ud83d Lộc Bình"
    load(base, Claims(document(text, path="b\udce9.txt"), (Citation("18-NQ/TW", None, None, proof(text, "Lộc Bình")),)))
    (claims,) = [base.claims("bai-1")]
    assert claims is not None
    quote = claims.resolutions[0].provenance.quote[0]
    assert claims.document.text == "xã � Lộc Bình"
    assert claims.document.text[quote.start : quote.end] == "Lộc Bình"


@pytest.mark.parametrize("wanted", ["' OR 1=1 --", "%", "_", "", "zz", "0' UNION SELECT", "A"])
def test_an_id_that_is_none_finds_nothing(wanted: str, base: FactBase) -> None:
    with pytest.raises(UnknownClaimError):
        base.fact(wanted)
