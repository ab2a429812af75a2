"""What goes in comes out: gold records and made-up claims, through SQLite and back."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_building import GOLD, document, gold_claims, known_only, load

from tinhgon.records import (
    LEVELS,
    STATUSES,
    Area,
    Citation,
    Claims,
    Fact,
    Holder,
    Locality,
    Merger,
    Miss,
    Pairing,
    Provenance,
    Span,
)
from tinhgon.store import FactBase, codebook_record

pytestmark = pytest.mark.filterwarnings("error")


@pytest.mark.skipif(not GOLD, reason="no gold records in corpus/gold")
@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_a_gold_record_comes_back_as_it_was(path: Path, base: FactBase) -> None:
    record, claims = gold_claims(path)
    load(base, claims)
    (exported,) = base.records()
    assert known_only(exported) == known_only(record)
    assert base.claims(record["id"]) == claims


@pytest.mark.skipif(not GOLD, reason="no gold records in corpus/gold")
def test_records_come_in_the_order_of_their_ids_whatever_the_order_of_loading(base: FactBase) -> None:
    everything = [gold_claims(path)[1] for path in GOLD]
    load(base, *reversed(everything))
    ids = [record["id"] for record in base.records()]
    assert ids == sorted(claims.document.id for claims in everything)


def test_whole_numbers_are_exported_without_a_decimal_point(base: FactBase) -> None:
    text = "tiết kiệm 20 tỷ đồng, đạt 47,6%"
    why = Provenance((Span(10, 20, text[10:20]),), Span(0, len(text), text))
    load(base, Claims(document(text), facts=(Fact("saving", "money", why, value=20e9, percent=47.6),)))
    out = io.StringIO()
    assert base.export_jsonl(out) == 1
    assert '"value": 20000000000, ' in out.getvalue()
    assert '"percent": 47.6, ' in out.getvalue()


def test_a_split_quote_is_a_list_and_a_single_one_a_string(base: FactBase) -> None:
    text = "Toàn huyện có 106 thôn; tại 71 thôn có mô hình"
    whole = Span(0, len(text), text)
    one, two = Span(14, 22, text[14:22]), Span(28, 35, text[28:35])
    load(
        base,
        Claims(
            document(text),
            facts=(
                Fact("concurrent_posts", "hamlet", Provenance((one, two), whole), value=71, total=106),
                Fact("stock", "hamlet", Provenance((one,), whole), value=106),
                Fact("stock", "hamlet", Provenance((), whole), value=106),
            ),
        ),
    )
    (record,) = base.records()
    assert [fact["quote"] for fact in record["facts"]] == [["106 thôn", "71 thôn"], "106 thôn", text]


def test_rare_fields_are_left_out_where_unknown() -> None:
    text = "giảm 10"
    fact = Fact("reduction", "hamlet", Provenance((Span(0, 7, text),), Span(0, 7, text)), value=10)
    item = codebook_record(Claims(document(text), facts=(fact,)))["facts"][0]
    assert not {"body", "value_max", "percent_max", "per"} & set(item)
    assert item["as_of"] is None


# ---------------------------------------------------------------- any claims at all

WORDS = st.text(st.characters(codec="utf-8"), max_size=20)
NAMES = st.one_of(st.none(), st.sampled_from(["Bến Tre", "Châu Thành", "Quận 1", "x'; DROP TABLE facts; --"]))
NUMBERS = st.one_of(st.none(), st.integers(0, 10**12).map(float), st.floats(0, 1e6, allow_nan=False))
DATES = st.one_of(st.none(), st.sampled_from(["2019", "2019-10", "2019-10-31"]))
ROLES = st.lists(st.sampled_from(["bi_thu_cap_uy", "chu_tich_ubnd", "chu_tich_hdnd"]), max_size=3).map(tuple)
AREAS = st.builds(Area, NAMES, NAMES, NAMES)
LEVEL = st.sampled_from([*LEVELS, None])
STATUS = st.sampled_from(STATUSES)
MANY = st.lists(WORDS, max_size=3).map(tuple)


@st.composite
def some_claims(draw: st.DrawFn) -> Claims:
    text = draw(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))

    def span() -> Span:
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, len(text)))
        return Span(start, end, text[start:end])

    def why() -> Provenance:
        return Provenance(
            tuple(span() for _ in range(draw(st.integers(0, 3)))),
            span(),
            draw(MANY),
            draw(MANY),
            tuple(span() for _ in range(draw(st.integers(0, 2)))),
        )

    def some(make: st.SearchStrategy[object]) -> tuple[object, ...]:
        return tuple(draw(st.lists(make, max_size=3)))

    proofs = st.builds(why)
    facts = st.builds(
        Fact, WORDS, WORDS, proofs, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS,
        st.sampled_from(["exact", "about", "over", "under"]), ROLES, LEVEL, AREAS, NAMES, DATES, DATES, DATES,
        st.sampled_from(["year", "month", None]), STATUS, MANY, st.one_of(st.none(), WORDS), NUMBERS,
    )  # fmt: skip
    codes = st.one_of(st.none(), st.sampled_from(["06325", "06326"]))
    return Claims(
        document(text, title=draw(st.one_of(st.none(), WORDS)), author=draw(NAMES), warnings=draw(MANY)),
        some(st.builds(Citation, WORDS, NAMES, DATES, proofs)),
        some(st.builds(Locality, st.sampled_from(LEVELS), AREAS, NAMES, codes, DATES, MANY, proofs)),
        some(st.builds(Pairing, ROLES, LEVEL, STATUS, proofs)),
        some(st.builds(Holder, WORDS, ROLES, LEVEL, AREAS, st.sampled_from(["explicit", "titles"]), proofs)),
        some(st.builds(Merger, WORDS, MANY, st.one_of(st.none(), WORDS), LEVEL, AREAS, STATUS, proofs)),
        some(facts),
        some(st.builds(Miss, WORDS, WORDS, proofs)),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some_claims())
def test_any_claims_come_back_as_they_were(claims: Claims) -> None:
    with FactBase.open(":memory:", create=True) as base:
        load(base, claims)
        assert base.claims(claims.document.id) == claims
        (record,) = base.records()
        assert json.loads(json.dumps(record)) == codebook_record(claims)
        before = base.counts()
        load(base, claims)
        assert base.counts() == before
        assert base.rows("PRAGMA foreign_key_check") == []
