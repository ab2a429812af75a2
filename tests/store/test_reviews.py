"""Reviews: what is said of a fact stands, outlives new runs, and can be taken back without a trace."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_building import document, load, proof

from tinhgon.compare import compare
from tinhgon.records import Area, Block, Claims, Document, Fact, Locality, Provenance, Span
from tinhgon.store import FactBase, StoreError, UnknownClaimError
from tinhgon.store.reviews import Judgement, Review, ReviewError

TEXT = "Bến Tre giảm 10 xã, 20 ấp. Long An còn 151 xã, trong đó 16 phường."


def fact(piece: str, measure: str = "reduction", counted: str = "commune", text: str = TEXT, **fields: Any) -> Fact:
    given: dict[str, Any] = {"area": Area("Bến Tre"), "confidence": 0.75, **fields}
    return Fact(measure, counted, proof(text, piece), **given)


TEN = fact("giảm 10 xã", value=10)
TWENTY = fact("20 ấp", counted="hamlet", value=20)
WHOLE = fact("còn 151 xã", "stock", value=151, area=Area("Long An"))
PART = fact("16 phường", "stock", value=16, area=Area("Long An"), part_of="còn 151 xã")


def claims(*facts: Fact, text: str = TEXT, **about: Any) -> Claims:
    return Claims(document(text, **{"published": "2021-10-12", **about}), facts=facts)


def keys(base: FactBase) -> list[str]:
    return [row["id"] for row in base.rows("SELECT facts.id FROM facts JOIN provenance USING (id) ORDER BY position")]


def contents(base: FactBase) -> dict[str, list[dict[str, Any]]]:
    tables = ("facts", "places", "evidence")
    return {table: base.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables}  # noqa: S608 - our names


def standing(base: FactBase, measure: str = "reduction") -> list[tuple[str, float, str]]:
    frame = compare(base, measure=measure, latest=False)
    return [(row["place"], row["value"], row["status"]) for _, row in frame.iterrows() if row["fact_id"]]


def values(records: Iterable[dict[str, Any]]) -> list[Any]:
    return [item["value"] for record in records for item in record["facts"]]


def say(base: FactBase, key: str, verdict: str, /, **corrected: Any) -> Review:
    return base.review(key, verdict, corrected, reviewer="Lan")


# ---------------------------------------------------------------- what stands


def test_a_corrected_fact_wins_in_comparisons(base: FactBase) -> None:
    load(base, claims(TEN))
    (key,) = keys(base)
    assert standing(base) == [("Bến Tre", 10, "achieved")]
    say(base, key, "corrected", value=12, status="planned", province="Long An", district="Bến Lức", level="commune")
    assert standing(base) == []
    assert compare(base, measure="reduction", by="district")[["place", "value", "status"]].values.tolist() == [
        ["Bến Lức (Long An)", 12, "planned"]
    ]
    (row,) = base.rows("SELECT province, district, commune, level, verdict, place_id FROM facts")
    assert (row["province"], row["district"], row["verdict"]) == ("Long An", "Bến Lức", "corrected")
    assert base.rows("SELECT id, name, level FROM places") == [
        {"id": row["place_id"], "name": "Bến Lức", "level": "district"}
    ]


def test_a_wrong_fact_drops_out_of_comparisons_and_of_the_export(base: FactBase) -> None:
    load(base, claims(TEN, TWENTY))
    ten, _ = keys(base)
    say(base, ten, "wrong")
    assert [value for _, value, _ in standing(base)] == [20]
    assert values(base.records()) == [20]
    assert values(base.records(as_extracted=True)) == [10, 20]
    assert list(base.facts("bai-1")) == keys(base)


def test_the_export_has_what_stands_and_on_demand_what_was_extracted(base: FactBase) -> None:
    load(base, claims(TEN, TWENTY))
    before = io.StringIO()
    base.export_jsonl(before)
    ten, twenty = keys(base)
    say(base, ten, "corrected", value=12, level="commune")
    say(base, twenty, "right")
    assert values(base.records()) == [12, 20]
    extracted = io.StringIO()
    base.export_jsonl(extracted, as_extracted=True)
    assert extracted.getvalue() == before.getvalue()
    assert base.facts("bai-1", as_extracted=True)[ten].value == 10


def test_a_date_moves_the_day_a_number_holds_on(base: FactBase) -> None:
    load(base, claims(TEN))
    (key,) = keys(base)
    review = say(base, key, "corrected", as_of="2019-06")
    assert base.rows("SELECT holds_on, as_of FROM facts") == [{"holds_on": "2019-06-31", "as_of": "2019-06"}]
    base.withdraw(review.id)
    assert base.rows("SELECT holds_on, as_of FROM facts") == [{"holds_on": "2021-10-12", "as_of": None}]


def test_roles_can_be_searched_as_corrected(base: FactBase) -> None:
    load(base, claims(fact("10 xã", "concurrent_posts", value=10)))
    (key,) = keys(base)
    say(base, key, "corrected", roles=["chu_tich_ubnd", "bi_thu_cap_uy"])
    found = compare(base, measure="concurrent_posts", roles="bi_thu_cap_uy+chu_tich_ubnd")
    assert found["value"].tolist() == [10]


def test_a_whole_is_named_by_its_quote(base: FactBase) -> None:
    load(base, claims(WHOLE, replace(PART, part_of=None)))
    whole, part = keys(base)
    assert sorted(value for _, value, _ in standing(base, "stock")) == [16, 151]
    say(base, part, "corrected", part_of="còn 151 xã")
    assert base.rows("SELECT part_of_id FROM facts WHERE id = ?", (part,)) == [{"part_of_id": whole}]
    assert [value for _, value, _ in standing(base, "stock")] == [151]
    with pytest.raises(ReviewError, match="no other fact"):
        say(base, part, "corrected", part_of="16 phường")


def test_the_latest_of_several_reviews_stands(base: FactBase) -> None:
    load(base, claims(TEN))
    before = contents(base)
    (key,) = keys(base)
    first = say(base, key, "corrected", value=12, status="planned")
    second = say(base, key, "corrected", total=20)
    assert (base.fact(key).fact.value, base.fact(key).fact.total, base.fact(key).fact.status) == (10, 20, "achieved")
    third = say(base, key, "wrong")
    assert (base.fact(key).fact.total, standing(base)) == (None, [])
    assert [review.stated["value"] for review in base.reviews()] == [10, 10, 10]
    assert [review.stands for review in base.reviews()] == [False, False, True]
    base.withdraw(second.id)
    assert base.rows("SELECT verdict FROM facts") == [{"verdict": "wrong"}]
    base.withdraw(third.id)
    assert (base.fact(key).fact.value, base.fact(key).fact.status) == (12, "planned")
    base.withdraw(first.id)
    assert contents(base) == before
    assert base.reviews() == []


def test_right_puts_back_what_the_program_had(base: FactBase) -> None:
    load(base, claims(TEN))
    (key,) = keys(base)
    say(base, key, "corrected", value=12)
    say(base, key, "right")
    assert base.fact(key).fact == TEN
    assert base.rows("SELECT verdict FROM facts") == [{"verdict": "right"}]


def test_the_code_of_a_place_follows_the_mentions(base: FactBase) -> None:
    named = Locality("province", Area("Long An"), None, "80", None, (), proof(TEXT, "Long An"))
    load(base, Claims(document(TEXT), localities=(named,), facts=(TEN,)))
    (key,) = keys(base)
    say(base, key, "corrected", province="Long An")
    assert base.rows("SELECT name, code FROM places") == [{"name": "Long An", "code": "80"}]
    say(base, key, "corrected", province=None)
    assert base.rows("SELECT place_id, province FROM facts") == [{"place_id": None, "province": None}]


def test_several_judgements_are_noted_together_or_not_at_all(base: FactBase) -> None:
    load(base, claims(TEN, TWENTY))
    ten, twenty = keys(base)
    with pytest.raises(ReviewError):
        base.review_all([Judgement(ten, "wrong", "Lan"), Judgement(twenty, "perhaps", "Lan")])
    assert base.reviews() == []
    base.review_all([Judgement(ten, "wrong", "Lan"), Judgement(twenty, "right", "Minh")])
    assert [review.reviewer for review in base.reviews("bai-1")] == ["Lan", "Minh"]


# ---------------------------------------------------------------- what cannot be meant


@pytest.mark.parametrize(
    ("corrected", "says"),
    [
        ({"measure": "growth"}, "one of concurrent_posts"),
        ({"measure": None}, "cannot be left open"),
        ({"object": "village"}, "one of post"),
        ({"level": "xã"}, "one of province"),
        ({"status": "done"}, "one of achieved"),
        ({"modifier": ""}, "one of exact"),
        ({"per": "week"}, "one of year"),
        ({"value": float("nan")}, "finite"),
        ({"value": float("inf")}, "finite"),
        ({"value": 10**400}, "finite"),
        ({"value": -1}, "0 or more"),
        ({"value": True}, "write a number"),
        ({"value": "12"}, "write a number"),
        ({"roles": ["Bí thư"]}, "no code of a role"),
        ({"roles": ["bi_thu; DROP"]}, "no code of a role"),
        ({"roles": "bi_thu_cap_uy"}, "is a list"),
        ({"as_of": "2019-13"}, "write a date"),
        ({"as_of": "2019-02-30"}, "write a date"),
        ({"since": "năm 2019"}, "write a date"),
        ({"baseline": 2015}, "write a date"),
        ({"province": ""}, "write a name"),
        ({"province": "Bến\nTre"}, "write a name"),
        ({"district": 7}, "write a name"),
        ({"resolutions": [""]}, "write a name"),
        ({"quote": "10 xã"}, "cannot be corrected"),
        ({"confidence": 1}, "no field"),
        ({"part_of": "không có"}, "no other fact"),
        ({"value": 10}, "needs a field"),
        ({}, "needs a field"),
    ],
)
def test_corrections_keep_to_the_codebook(corrected: dict[str, Any], says: str, base: FactBase) -> None:
    load(base, claims(TEN))
    before = contents(base)
    with pytest.raises(ReviewError, match=says) as caught:
        base.review(keys(base)[0], "corrected", corrected, reviewer="Lan")
    assert isinstance(caught.value, StoreError)
    assert (contents(base), base.reviews()) == (before, [])


@pytest.mark.parametrize(
    ("verdict", "reviewer", "note"), [("maybe", "Lan", ""), ("right", "  ", ""), ("right", "Lan", "x" * 10_001)]
)
def test_a_review_has_a_verdict_a_name_and_a_note_of_some_length(
    verdict: str, reviewer: str, note: str, base: FactBase
) -> None:
    load(base, claims(TEN))
    with pytest.raises(ReviewError):
        base.review(keys(base)[0], verdict, reviewer=reviewer, note=note)


def test_only_a_corrected_fact_has_other_values(base: FactBase) -> None:
    load(base, claims(TEN))
    with pytest.raises(ReviewError, match="call it corrected"):
        say(base, keys(base)[0], "right", value=12)


def test_unknown_facts_and_reviews(base: FactBase) -> None:
    with pytest.raises(UnknownClaimError):
        say(base, "abc", "right")
    with pytest.raises(UnknownClaimError):
        base.withdraw(7)


@pytest.mark.parametrize(
    "note", ["'; DROP TABLE facts; --", "a\x00b", "\x1b[31mđỏ", "💩 dòng\nhai", '{"a": 1}', "\ud83d"]
)
def test_notes_are_kept_as_they_are(note: str, base: FactBase) -> None:
    load(base, claims(TEN))
    (key,) = keys(base)
    review = base.review(key, "wrong", reviewer=note, note=note)
    assert review.note == note.replace("\ud83d", "�")
    load(base, claims(TEN))
    assert base.reviews() == [review]


def test_names_come_as_unicode_has_them_composed(base: FactBase) -> None:
    load(base, claims(TEN))
    say(base, keys(base)[0], "corrected", province="Hu\u00ea\u0301 ")
    assert base.rows("SELECT province FROM facts") == [{"province": "Huế"}]


# ---------------------------------------------------------------- new runs


def test_a_run_that_finds_the_same_changes_nothing(base: FactBase) -> None:
    everything = claims(TEN, TWENTY, WHOLE, PART)
    load(base, everything)
    ten, twenty, whole, part = keys(base)
    say(base, ten, "corrected", value=12, province="Long An", district="Bến Lức")
    say(base, twenty, "wrong")
    say(base, whole, "right")
    say(base, part, "corrected", part_of=None)
    before = contents(base), base.reviews()
    load(base, everything)
    assert (contents(base), base.reviews()) == before
    load(base, replace(everything, facts=everything.facts[::-1]))
    assert sorted(row["verdict"] for row in base.rows("SELECT verdict FROM facts")) == [
        "corrected", "corrected", "right", "wrong",
    ]  # fmt: skip


def test_a_review_follows_its_fact_when_the_quote_changes(base: FactBase) -> None:
    load(base, claims(TEN, TWENTY))
    say(base, keys(base)[0], "corrected", status="planned")
    load(base, claims(fact("10 xã", value=10, level="commune"), TWENTY))
    (review,) = base.reviews()
    assert (review.fact_id, review.orphaned, review.quote[0].text) == (keys(base)[0], False, "10 xã")
    assert base.rows("SELECT verdict, status, level FROM facts WHERE id = ?", (review.fact_id,)) == [
        {"verdict": "corrected", "status": "planned", "level": None}
    ]


@pytest.mark.parametrize("verdict", ["right", "corrected"])
def test_what_was_held_true_stays_true_when_the_program_finds_otherwise(verdict: str, base: FactBase) -> None:
    load(base, claims(TEN))
    review = say(base, keys(base)[0], verdict, **({"level": "commune"} if verdict == "corrected" else {}))
    load(base, claims(fact("giảm 10 xã", value=100, area=Area("Long An"), status="planned")))
    assert standing(base) == [("Bến Tre", 10, "achieved")]
    assert values(base.records(as_extracted=True)) == [100]
    (moved,) = base.reviews()
    assert (moved.truth, moved.verdict, moved.reviewed_at) == (review.truth, verdict, review.reviewed_at)
    load(base, claims(fact("giảm 10 xã", value=11, area=Area("Long An"))))
    assert standing(base) == [("Bến Tre", 10, "achieved")]
    base.withdraw(moved.id)
    assert standing(base) == [("Long An", 11, "achieved")]


def test_a_wrong_fact_stays_wrong_when_a_detail_changes(base: FactBase) -> None:
    load(base, claims(TEN))
    say(base, keys(base)[0], "wrong")
    load(base, claims(replace(TEN, level="commune")))
    assert standing(base) == []
    assert values(base.records()) == []


def test_a_correction_the_program_has_learned_is_no_longer_one(base: FactBase) -> None:
    load(base, claims(TEN))
    say(base, keys(base)[0], "corrected", value=12, measure="merger")
    load(base, claims(fact("giảm 10 xã", "merger", value=12)))
    (review,) = base.reviews()
    assert (review.corrected, review.orphaned) == ({}, False)
    assert standing(base, "merger") == [("Bến Tre", 12, "achieved")]


def test_a_lost_fact_leaves_its_review_and_takes_it_up_again(base: FactBase) -> None:
    load(base, claims(TEN, TWENTY))
    ten, _ = keys(base)
    say(base, ten, "corrected", value=12)
    load(base, claims(TWENTY))
    (orphan,) = base.reviews()
    assert (orphan.orphaned, orphan.fact_id) == (True, ten)
    load(base, claims(TWENTY, fact("10 xã", value=10)))
    assert [review.orphaned for review in base.reviews()] == [False]
    assert sorted(value for _, value, _ in standing(base)) == [12, 20]


def test_an_orphan_can_be_withdrawn(base: FactBase) -> None:
    load(base, claims(TEN))
    review = say(base, keys(base)[0], "wrong")
    load(base, claims())
    base.withdraw(review.id)
    assert base.reviews() == []


def test_the_fact_next_to_a_lost_one_does_not_inherit_its_review(base: FactBase) -> None:
    both = proof(TEXT, "giảm", "10 xã"), proof(TEXT, "giảm", "20 ấp")
    ten, twenty = (replace(one, provenance=why) for one, why in zip((TEN, TWENTY), both, strict=True))
    load(base, claims(ten, twenty))
    say(base, keys(base)[1], "wrong")
    load(base, claims(ten))
    assert standing(base) == [("Bến Tre", 10, "achieved")]
    load(base, claims(replace(ten, level="commune")))
    assert standing(base) == [("Bến Tre", 10, "achieved")]
    assert [review.orphaned for review in base.reviews()] == [True]


def test_a_fact_that_was_there_before_is_nobodys_successor(base: FactBase) -> None:
    twice = fact("giảm 10 xã, 20 ấp", value=30)
    load(base, claims(TEN, twice))
    say(base, keys(base)[1], "wrong")
    load(base, claims(TEN))
    assert standing(base) == [("Bến Tre", 10, "achieved")]
    assert [review.orphaned for review in base.reviews()] == [True]


@pytest.mark.parametrize(
    "found",
    [
        (fact("10 xã", value=10), fact("giảm 10 xã, 20 ấp", value=11)),  # two would fit
        (fact("giảm 10 xã", "dissolution", value=10),),  # another measure
        (fact("20 ấp", value=10),),  # other words
        (),
    ],
)
def test_what_is_not_sure_is_left_without_a_fact(found: tuple[Fact, ...], base: FactBase) -> None:
    load(base, claims(TEN))
    say(base, keys(base)[0], "wrong")
    load(base, claims(*found))
    assert [review.orphaned for review in base.reviews()] == [True]
    assert {row["verdict"] for row in base.rows("SELECT verdict FROM facts")} <= {None}


def test_of_facts_that_share_its_words_the_one_with_its_quote_is_the_judged_one(base: FactBase) -> None:
    longer = fact("giảm 10 xã, 20 ấp", counted="hamlet", value=20)
    load(base, claims(TEN, longer))
    say(base, keys(base)[0], "wrong")
    load(base, claims(replace(TEN, level="commune"), replace(longer, level="hamlet")))
    assert standing(base) == [("Bến Tre", 20, "achieved")]


def test_two_judged_facts_that_become_one_are_not_settled_by_chance(base: FactBase) -> None:
    load(base, claims(fact("10 xã", value=10), fact("giảm 10 xã", value=11)))
    for key, verdict in zip(keys(base), ("right", "wrong"), strict=True):
        say(base, key, verdict)
    load(base, claims(fact("Bến Tre giảm 10 xã", value=12)))
    assert [review.orphaned for review in base.reviews()] == [True, True]
    assert values(base.records()) == [12]


def test_a_text_that_moved_keeps_the_review_of_what_it_still_says(base: FactBase) -> None:
    load(base, claims(TEN))
    say(base, keys(base)[0], "corrected", value=12)
    moved = f"Tin mới. {TEXT}"
    load(base, claims(fact("giảm 10 xã", text=moved, value=10), text=moved))
    assert standing(base) == [("Bến Tre", 12, "achieved")]
    assert base.reviews()[0].quote[0].start == moved.index("giảm 10 xã")


def test_words_at_the_same_offsets_of_another_text_prove_nothing(base: FactBase) -> None:
    load(base, claims(TEN))
    say(base, keys(base)[0], "wrong")
    other = TEXT.replace("giảm 10 xã", "giảm 19 xã")
    load(base, claims(fact("giảm 19 xã", text=other, value=19), text=other))
    assert [review.orphaned for review in base.reviews()] == [True]


def test_numbers_in_words_are_found_again(base: FactBase) -> None:
    text = "Huyện giảm sáu xã"
    load(base, claims(fact("sáu xã", text=text, value=6), text=text))
    say(base, keys(base)[0], "wrong")
    load(base, claims(fact("giảm sáu xã", text=text, value=6), text=text))
    assert [review.orphaned for review in base.reviews()] == [False]


def test_all_reviews_of_a_fact_move_together(base: FactBase) -> None:
    load(base, claims(TEN))
    for value in (11, 12):
        say(base, keys(base)[0], "corrected", value=value)
    load(base, claims(fact("10 xã", value=10)))
    assert standing(base) == [("Bến Tre", 12, "achieved")]
    base.withdraw(base.reviews()[-1].id)
    assert standing(base) == [("Bến Tre", 11, "achieved")]


def test_a_broken_load_leaves_reviews_as_they_were(base: FactBase) -> None:
    load(base, claims(TEN))
    say(base, keys(base)[0], "corrected", value=12)
    before = contents(base), base.reviews()
    broken = replace(TWENTY, measure=None)  # type: ignore[arg-type]
    with pytest.raises(StoreError):
        load(base, claims(fact("10 xã", value=10), broken))
    assert (contents(base), base.reviews()) == before


# ---------------------------------------------------------------- copies


def family(*days: str) -> list[Claims]:
    """The same article in several papers, each with its own ten communes."""
    lead = "Bến Tre giảm 10 xã theo đề án của tỉnh năm nay"
    return [
        Claims(
            Document(
                f"bao-{number}", lead, (Block(0, len(lead), "lead"),), published=day, path=f"{number}.txt", sha256=day
            ),
            facts=(fact("giảm 10 xã", text=lead, value=10),),
        )
        for number, day in enumerate(days)
    ]


def repeats(base: FactBase) -> list[bool]:
    rows = base.rows("SELECT repeat_of IS NOT NULL AS repeats FROM facts ORDER BY document_id")
    return [bool(row["repeats"]) for row in rows]


def test_what_is_wrong_is_repeated_by_none_and_repeats_none(base: FactBase) -> None:
    load(base, *family("2021", "2022"))
    assert repeats(base) == [False, True]
    first = base.rows("SELECT id FROM facts WHERE document_id = 'bao-0'")[0]["id"]
    review = say(base, first, "wrong")
    assert repeats(base) == [False, False]
    base.withdraw(review.id)
    assert repeats(base) == [False, True]


def test_a_corrected_number_is_no_repeat_of_the_uncorrected_one(base: FactBase) -> None:
    articles = family("2021", "2022")
    load(base, *articles)
    second = base.rows("SELECT id FROM facts WHERE document_id = 'bao-1'")[0]["id"]
    say(base, second, "corrected", value=12)
    assert repeats(base) == [False, False]
    load(base, *articles)
    assert repeats(base) == [False, False]
    assert sorted(value for _, value, _ in standing(base)) == [10, 12]


# ---------------------------------------------------------------- any review at all

NAMES = st.sampled_from([None, "Bến Tre", "Long An", "Quận 1"])
NUMBERS = st.one_of(st.none(), st.integers(0, 10**12).map(float), st.floats(0, 1e300, allow_nan=False))
FIELDS = {
    "measure": st.sampled_from(["stock", "merger", "reduction"]),
    "object": st.sampled_from(["commune", "hamlet"]),
    "value": NUMBERS,
    "percent": NUMBERS,
    "roles": st.lists(st.sampled_from(["bi_thu_cap_uy", "chu_tich_ubnd", "chu_tich_hdnd"]), unique=True),
    "level": st.sampled_from([None, "commune", "hamlet"]),
    "province": NAMES,
    "district": NAMES,
    "as_of": st.sampled_from([None, "2019", "2019-10", "2020-02-29"]),
    "status": st.sampled_from(["achieved", "planned"]),
    "body": st.sampled_from([None, "Bộ Công an"]),
    "per": st.sampled_from([None, "year"]),
    "resolutions": st.lists(st.sampled_from(["18-NQ/TW", "39-NQ/TW"]), unique=True),
    "part_of": st.sampled_from([None, "giảm 10 xã", "còn 151 xã"]),
}
PIECES = ("giảm 10 xã", "20 ấp", "còn 151 xã", "16 phường")


@st.composite
def some_facts(draw: st.DrawFn) -> tuple[Fact, ...]:
    def one(piece: str) -> Fact:
        said = {name: draw(values) for name, values in FIELDS.items()}
        area = Area(said.pop("province"), said.pop("district"))
        lists = {name: tuple(said.pop(name)) for name in ("roles", "resolutions")}
        return Fact(**said, **lists, area=area, provenance=proof(TEXT, piece), confidence=draw(st.floats(0, 1)))

    return tuple(one(piece) for piece in draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=5)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(facts=some_facts(), data=st.data())
def test_reviews_taken_back_leave_no_trace(facts: tuple[Fact, ...], data: st.DataObject) -> None:
    with FactBase.open(":memory:", create=True) as base:
        load(base, claims(*facts))
        before = contents(base), list(base.records()), base.claims("bai-1")
        for _ in range(data.draw(st.integers(1, 4))):
            key = data.draw(st.sampled_from(keys(base)))
            verdict = data.draw(st.sampled_from(["right", "wrong", "corrected"]))
            corrected = data.draw(st.fixed_dictionaries({}, optional=FIELDS)) if verdict == "corrected" else {}
            try:
                say(base, key, verdict, **corrected)
            except ReviewError:
                continue
        assert base.rows("PRAGMA foreign_key_check") == []
        assert list(base.records(as_extracted=True)) == before[1]
        standing_now = contents(base), base.reviews()
        load(base, claims(*facts))
        assert (contents(base), base.reviews()) == standing_now
        for review in data.draw(st.permutations(base.reviews())):
            base.withdraw(review.id)
        assert (contents(base), list(base.records()), base.claims("bai-1")) == before


def test_the_log_is_plain_sql(base: FactBase) -> None:
    load(base, claims(TEN))
    review = base.review(
        keys(base)[0], "corrected", {"value": 12.0, "level": "commune"}, reviewer="Lan", note=" xem lại "
    )
    (row,) = base.rows("SELECT * FROM reviews")
    assert json.loads(row["corrected"]) == {"value": 12, "level": "commune"}
    assert json.loads(row["stated"])["value"] == 10
    assert json.loads(row["quote"]) == [[TEXT.index("giảm"), TEXT.index(","), "giảm 10 xã"]]
    assert (row["note"], row["reviewer"], row["reviewed_at"]) == ("xem lại", "Lan", review.reviewed_at)
    assert review.quote == (Span(TEXT.index("giảm"), TEXT.index(","), "giảm 10 xã"),)


def test_a_fact_without_quote_is_judged_by_its_sentence(base: FactBase) -> None:
    bare = Provenance((), Span(0, 26, TEXT[:26]))
    load(base, claims(replace(TEN, provenance=bare)))
    say(base, keys(base)[0], "wrong")
    load(base, claims(replace(TEN, provenance=bare, level="commune")))
    assert [review.orphaned for review in base.reviews()] == [False]
