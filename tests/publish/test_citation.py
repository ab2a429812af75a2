"""Citations: what is known is told, what is not is left out, and no date stands in for another."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from publish_building import HOSTILE, full_claims, hostile_claims, ids_of, judge, load

from tinhgon.publish import STYLES, cite
from tinhgon.records import Claims
from tinhgon.store import FactBase, UnknownClaimError


def fact_of(base: FactBase, value: float, document: str = "bai-1") -> str:
    (row,) = base.rows("SELECT id FROM facts WHERE value = ? AND document_id = ?", (value, document))
    return row["id"]


def with_document(base: FactBase, **fields: str | None) -> str:
    claims = full_claims("bai-9")
    load(base, Claims(replace(claims.document, **fields), facts=claims.facts[:1]))
    return fact_of(base, 98, "bai-9")


def test_a_footnote_goes_from_author_to_proof(base):
    fact = fact_of(base, 98)
    assert cite(base, fact) == (
        "Thanh Nghị, “Mỏ Cày Nam tinh gọn”, baodongkhoi.vn, ngày 12/10/2021, https://baodongkhoi.vn/bai-1.html, truy cập "
        f"ngày 01/02/2022. Trích: “98 trong tổng số 127 … ấp” (ký tự {offsets(base, fact)} của văn bản đã chuẩn hóa); "
        f"tài liệu bai-1; dữ kiện {fact}; SHA-256 0123456789ab; tinhgon 0.1.0.\n"
    )


def offsets(base: FactBase, fact: str) -> str:
    return ", ".join(f"{piece.start}–{piece.end}" for piece in base.fact(fact).fact.provenance.quote)


def test_the_first_signs_of_the_id_are_enough(base):
    fact = fact_of(base, 98)
    assert cite(base, fact[:8]) == cite(base, fact)


@pytest.mark.parametrize("style", STYLES)
def test_the_day_of_access_is_not_that_of_publication(style, base):
    neither = cite(base, with_document(base, published=None, retrieved=None), style)
    fetched = cite(base, with_document(base, published=None), style)
    published = cite(base, with_document(base, retrieved=None), style)
    years = ("2021", "2022")
    assert [[year in text for year in years] for text in (neither, fetched, published)] == [
        [False, False], [False, True], [True, False],
    ]  # fmt: skip


def test_fields_of_bibtex_say_which_day_is_which(base):
    lines = cite(base, fact_of(base, 98), "bibtex").splitlines()
    assert "  date = {2021-10-12}," in lines
    assert "  urldate = {2022-02-01}," in lines
    assert "  author = {{Thanh Nghị}}," in lines


def test_csl_json_is_one_item(base):
    (item,) = json.loads(cite(base, fact_of(base, 98), "csl-json"))
    assert item["issued"] == {"date-parts": [[2021, 10, 12]]}
    assert item["accessed"] == {"date-parts": [[2022, 2, 1]]}
    assert item["author"] == [{"literal": "Thanh Nghị"}]
    assert (item["container-title"], item["URL"]) == ("baodongkhoi.vn", "https://baodongkhoi.vn/bai-1.html")


@pytest.mark.parametrize(("published", "shown"), [("2021", "năm 2021"), ("2021-10", "tháng 10/2021"), ("hôm qua", "")])
def test_a_date_is_as_exact_as_it_is_known(published, shown, base):
    text = cite(base, with_document(base, published=published))
    assert shown in text
    assert "hôm qua" not in text


@pytest.mark.parametrize("style", STYLES)
def test_what_is_not_known_is_left_out(style, base):
    bare = {
        "title": None,
        "author": None,
        "source": None,
        "url": None,
        "published": None,
        "retrieved": None,
        "sha256": "",
    }
    text = cite(base, with_document(base, **bare), style)
    assert not [sign for sign in ("None", "“”", ", ,", "{}", "null", "SHA") if sign in text]
    assert "98 trong tổng số 127" in text


@pytest.mark.parametrize("text", HOSTILE[:15])
def test_hostile_texts_stay_on_their_line_and_in_their_braces(text, empty):
    load(empty, hostile_claims(text, 0))
    (fact,) = ids_of(empty)
    footnote, entry = cite(empty, fact), cite(empty, fact, "bibtex")
    assert footnote.count("\n") == 1
    assert not {"\x00", "\x1b", "\x9b", "\u202e", "\r", "\t"} & set(footnote + entry)
    depth = 0
    for sign in entry:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
    (item,) = json.loads(cite(empty, fact, "csl-json"))
    assert item["id"] == f"tinhgon-{fact}"


def test_a_fact_found_wrong_is_cited_as_such(base):
    fact = fact_of(base, 98)
    judge(base, fact, "wrong")
    assert "cho là dữ kiện sai" in cite(base, fact)


def test_an_unknown_fact_is_told(base):
    with pytest.raises(UnknownClaimError):
        cite(base, "zz")
