"""Comparing places on claims made by hand."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

import pytest
from store_building import GOLD, document, gold_claims, load, proof

from tinhgon.compare import COLUMNS, ComparisonError, compare
from tinhgon.records import Area, Claims, Fact
from tinhgon.store import FactBase

PAIR = ("bi_thu_cap_uy", "chu_tich_ubnd")
_NUMBER = count()


def claim(area: Area, published: str = "2020-01-01", **fields: Any) -> Claims:
    """One document that makes one claim about posts held together at communes."""
    text = f"Bài {next(_NUMBER)}: có nơi thực hiện"
    given: dict[str, Any] = {"roles": PAIR, "level": "commune", "object": "commune", "measure": "concurrent_posts"}
    fact = Fact(provenance=proof(text, "có nơi"), area=area, **{**given, **fields})
    return Claims(document(text, id=f"bai-{next(_NUMBER)}", published=published), facts=(fact,))


def rows(frame: Any, *names: str) -> list[tuple[Any, ...]]:
    """The named columns row by row, unknown as ``None``."""
    return [tuple(None if value != value else value for value in row) for row in frame[list(names)].values.tolist()]


def posts(base: FactBase, **more: Any) -> Any:
    return compare(base, measure="concurrent_posts", **more)


def test_highest_rate_first_then_value_then_alphabet(base: FactBase) -> None:
    load(
        base,
        claim(Area("Đắk Lắk"), value=5),
        claim(Area("Bến Tre"), value=10, total=20),
        claim(Area("An Giang"), percent=80),
        claim(Area("Ấp Bắc"), value=5),
        claim(Area("Cà Mau"), value=9),
    )
    assert [place for (place,) in rows(posts(base), "place")] == ["An Giang", "Bến Tre", "Cà Mau", "Ấp Bắc", "Đắk Lắk"]


def test_a_rate_says_whether_it_is_stated_or_computed(base: FactBase) -> None:
    load(
        base,
        claim(Area("A"), value=10, total=21, percent=47.6),
        claim(Area("B"), value=1, total=3),
        claim(Area("C"), value=3),
        claim(Area("D"), value=3, total=0),
    )
    assert rows(posts(base), "place", "percent", "rate_basis") == [
        ("A", 47.6, "stated"),
        ("B", 33.33, "computed"),
        ("C", None, None),
        ("D", None, None),
    ]


def test_the_latest_claim_stands(base: FactBase) -> None:
    load(
        base,
        claim(Area("Bến Tre"), "2020-01-01", value=10),
        claim(Area("Bến Tre"), "2021-06-01", value=14),
        claim(Area("Bến Tre"), "2022-01-01", value=12, as_of="2019-12"),
    )
    assert rows(posts(base), "value", "as_of", "claims") == [(14, "2021-06-01", 3)]
    assert sorted(rows(posts(base, latest=False), "value")) == [(10,), (12,), (14,)]


def test_the_achieved_stands_before_a_later_plan(base: FactBase) -> None:
    load(
        base,
        claim(Area("Bến Tre"), "2019-01-01", value=10),
        claim(Area("Bến Tre"), "2021-01-01", value=16, status="planned", as_of="2025"),
        claim(Area("Long An"), "2021-01-01", value=7, status="ongoing"),
    )
    assert rows(posts(base), "place", "value", "status") == [("Bến Tre", 10, "achieved"), ("Long An", 7, "ongoing")]
    assert rows(posts(base, status="planned"), "place", "value") == [("Bến Tre", 16)]


@pytest.mark.parametrize(
    "roles",
    ["chu_tich_ubnd+bi_thu_cap_uy", ("bi_thu_cap_uy+chu_tich_ubnd",), PAIR, ["chu_tich_ubnd", "bi_thu_cap_uy"]],
)
def test_roles_are_asked_for_in_any_order(roles: Any, base: FactBase) -> None:
    load(base, claim(Area("A"), value=1), claim(Area("B"), value=2, roles=("bi_thu_cap_uy", "chu_tich_hdnd")))
    assert rows(posts(base, roles=roles), "place", "roles") == [("A", "bi_thu_cap_uy+chu_tich_ubnd")]


def test_what_districts_claim_is_no_claim_of_the_province(base: FactBase) -> None:
    load(
        base,
        claim(Area("Lạng Sơn", "Lộc Bình"), value=10, total=21),
        claim(Area("Lạng Sơn", "Tràng Định"), value=4, total=22),
        claim(Area("Lạng Sơn", "Lộc Bình", "Tú Đoạn"), value=1),
        claim(Area("Bến Tre"), value=3),
    )
    assert rows(posts(base), "place", "value", "claims") == [("Bến Tre", 3, 1), ("Lạng Sơn", None, 3)]
    assert rows(posts(base, by="district"), "place", "value", "claims") == [
        ("Lộc Bình (Lạng Sơn)", 10, 2),
        ("Tràng Định (Lạng Sơn)", 4, 1),
    ]
    assert rows(posts(base, by="commune"), "place", "value") == [("Tú Đoạn (Lộc Bình, Lạng Sơn)", 1)]


def test_a_commune_without_district_is_one_of_its_province(base: FactBase) -> None:
    load(base, claim(Area("Vĩnh Long", None, "Tân Phú"), value=1))
    assert rows(posts(base, by="commune"), "place") == [("Tân Phú (Vĩnh Long)",)]
    assert rows(posts(base, by="district"), "place") == []


def test_national_claims_stand_apart_at_the_end(base: FactBase) -> None:
    load(base, claim(Area(), value=600, percent=99), claim(Area("Bến Tre"), percent=10))
    assert rows(posts(base), "place", "claims") == [("Bến Tre", 1), ("cả nước/chưa rõ", 1)]
    assert rows(posts(base, by="district"), "place") == []


def test_unlike_numbers_are_not_mixed(base: FactBase) -> None:
    def cut(published: str, **fields: Any) -> Claims:
        return claim(Area("Bến Tre"), published, measure="reduction", roles=(), level=None, **fields)

    load(
        base,
        cut("2019-01-01", object="commune", value=7),
        cut("2020-01-01", object="payroll", value=1200),
        cut("2021-01-01", object="payroll", value=40, body="Sở Y tế"),
    )
    frame = compare(base, measure="reduction")
    assert rows(frame, "object", "body", "value") == [
        ("payroll", None, 1200),
        ("payroll", "Sở Y tế", 40),
        ("commune", None, 7),
    ]
    assert rows(compare(base, measure="reduction", object="commune"), "value") == [(7,)]


def with_parts() -> Claims:
    text = "toàn tỉnh 28 trường hợp: cấp tỉnh 2; cấp huyện 26; riêng Lộc Bình 5"
    whole = "toàn tỉnh 28 trường hợp"
    return Claims(
        document(text),
        facts=(
            Fact("concurrent_posts", "post", proof(text, whole), value=28, area=Area("Lạng Sơn")),
            *(
                Fact("concurrent_posts", "post", proof(text, quote), value=value, level=level, area=area, part_of=whole)
                for quote, value, level, area in (
                    ("cấp tỉnh 2", 2, "province", Area("Lạng Sơn")),
                    ("cấp huyện 26", 26, "district", Area("Lạng Sơn")),
                    ("riêng Lộc Bình 5", 5, None, Area("Lạng Sơn", "Lộc Bình")),
                )
            ),
        ),
    )  # fmt: skip


def test_parts_are_left_out_where_their_whole_is_there(base: FactBase) -> None:
    load(base, with_parts())
    assert rows(posts(base), "value") == [(28,)]
    assert rows(posts(base, parts=True), "value") == [(28,), (26,), (2,)]


def test_a_part_answers_where_it_is_what_was_asked_for(base: FactBase) -> None:
    load(base, with_parts())
    assert rows(posts(base, level="district"), "value") == [(26,)]
    assert rows(posts(base, by="district"), "place", "value") == [("Lộc Bình (Lạng Sơn)", 5)]


def test_a_period_is_kept_to(base: FactBase) -> None:
    load(base, *(claim(Area("Bến Tre"), f"{year}-06-01", value=year) for year in (2018, 2019, 2020)))
    assert rows(posts(base, until="2019"), "value") == [(2019,)]
    assert rows(posts(base, since="2019", latest=False), "value") == [(2020,), (2019,)]
    assert rows(posts(base, since="2019-07", until="2020-05"), "value") == []


def test_only_what_is_sure_enough(base: FactBase) -> None:
    load(
        base,
        claim(Area("Bến Tre"), value=1, confidence=0.95),
        claim(Area("Long An"), value=2, confidence=0.9),
        claim(Area("Cà Mau"), value=3, confidence=0.6),
        claim(Area("Lạng Sơn"), value=4),
    )
    assert rows(posts(base), "place") == [("Lạng Sơn",), ("Cà Mau",), ("Long An",), ("Bến Tre",)]
    assert rows(posts(base, min_confidence=0.9), "place", "confidence") == [
        ("Lạng Sơn", None),
        ("Long An", 0.9),
        ("Bến Tre", 0.95),
    ]
    assert rows(posts(base, min_confidence=1), "place") == [("Lạng Sơn",)]


def test_the_surest_of_several_claims_stands_in_for_the_doubted_one(base: FactBase) -> None:
    load(
        base,
        claim(Area("Bến Tre"), "2020-01-01", value=10, confidence=0.95),
        claim(Area("Bến Tre"), "2021-01-01", value=14, confidence=0.6),
    )
    assert rows(posts(base), "value", "claims") == [(14, 2)]
    assert rows(posts(base, min_confidence=0.9), "value", "claims") == [(10, 1)]


def test_a_place_of_doubted_claims_alone_has_no_row(base: FactBase) -> None:
    load(base, claim(Area("Lạng Sơn", "Lộc Bình"), value=10, confidence=0.6))
    assert rows(posts(base), "place", "claims") == [("Lạng Sơn", 1)]
    assert posts(base, min_confidence=0.9).empty


def test_by_document_shows_every_document(base: FactBase) -> None:
    load(base, claim(Area("Bến Tre"), value=1), claim(Area("Bến Tre"), value=2), claim(Area(), value=3))
    frame = posts(base, by="document")
    assert rows(frame, "place", "value") == [("Bến Tre", 2), ("Bến Tre", 1), ("cả nước/chưa rõ", 3)]
    assert frame["document"].nunique() == 3


def test_the_file_of_a_base_will_do(base: FactBase) -> None:
    load(base, claim(Area("Bến Tre"), value=1))
    assert list(compare(Path(base.path), measure="concurrent_posts").columns) == list(COLUMNS)


def test_an_empty_answer_has_its_columns(base: FactBase) -> None:
    frame = posts(base)
    assert frame.empty
    assert list(frame.columns) == list(COLUMNS)


@pytest.mark.parametrize(
    "question",
    [{"measure": "saved"}, {"by": "village"}, {"level": "x"}, {"status": "done"}, {"since": "06/2019"}, {"until": ""}],
)
def test_a_question_that_makes_no_sense_says_so(question: dict[str, Any], base: FactBase) -> None:
    with pytest.raises(ComparisonError):
        compare(base, **{"measure": "stock", **question})


def test_what_is_asked_for_is_data(base: FactBase) -> None:
    load(base, claim(Area("Bến Tre"), value=1))
    assert posts(base, object="' OR 1=1 --").empty
    assert posts(base, roles="x' OR '1'='1").empty


@pytest.mark.skipif(not GOLD, reason="no gold records in corpus/gold")
@pytest.mark.parametrize("by", ["province", "district", "commune", "document"])
def test_every_row_of_the_gold_comparison_can_be_traced(by: Any, base: FactBase) -> None:
    load(base, *(gold_claims(path)[1] for path in GOLD))
    frame = posts(base, by=by)
    assert not frame.empty
    told = frame[frame["fact_id"].notna()]
    for row in told.to_dict("records"):
        stored = base.fact(row["fact_id"])
        assert all(span.text in stored.document.text for span in stored.fact.provenance.quote)
    assert (frame["claims"] > 0).all()


class TestPlacesOfToday:
    """Claims of the provinces before the reform under those of today."""

    def test_a_province_that_was_merged_stands_under_the_one_it_lies_in(self, base: FactBase) -> None:
        load(base, claim(Area("Bến Tre"), value=10, total=20))
        frame = posts(base, places="2025")
        assert rows(frame, "place", "value", "total", "note") == [("Vĩnh Long", 10, 20, "claimed of Bến Tre")]

    def test_several_are_added_up_with_everything_that_makes_the_sum_doubtful(self, base: FactBase) -> None:
        load(
            base,
            claim(Area("Bến Tre"), published="2020-01-01", value=10, total=20),
            claim(Area("Trà Vinh"), published="2019-06-30", value=6, total=30, modifier="about"),
        )
        total = next(row for row in posts(base, places="2025").to_dict("records") if str(row["note"]).startswith("sum"))
        assert (total["place"], total["value"], total["total"], total["percent"]) == ("Vĩnh Long", 16, 50, 32)
        assert total["rate_basis"] == "computed"
        assert total["note"] == (
            "sum of Bến Tre, Trà Vinh; no such number of Vĩnh Long; dates differ: 2019-06-30, 2020-01-01; of rounded numbers"
        )
        assert not isinstance(total["fact_id"], str)

    def test_what_is_claimed_since_the_reform_is_added_to_nothing(self, base: FactBase) -> None:
        load(
            base,
            claim(Area("Vĩnh Long"), published="2025-09-01", value=100, total=124),
            claim(Area("Vĩnh Long"), published="2020-01-01", value=10, total=20),
        )
        frame = posts(base, places="2025", latest=False)
        assert rows(frame, "place", "value", "note") == [
            ("Vĩnh Long", 100, None), ("Vĩnh Long", 10, "before the merger"),
        ]  # fmt: skip

    def test_a_sum_needs_every_number(self, base: FactBase) -> None:
        load(base, claim(Area("Bến Tre"), value=10), claim(Area("Trà Vinh"), percent=40))
        assert not posts(base, places="2025")["note"].str.startswith("sum").any()

    def test_coverage_names_the_provinces_without_a_claim(self, base: FactBase) -> None:
        load(base, claim(Area("Bến Tre"), value=10))
        assert len(posts(base, coverage=True)) == 63
        today = posts(base, coverage=True, places="2025")
        assert len(today) == 34
        assert (today["note"] == "no such number found").sum() == 33

    def test_only_provinces_are_carried(self, base: FactBase) -> None:
        with pytest.raises(ComparisonError, match="ask by province"):
            posts(base, places="2025", by="district")


class TestNarrowing:
    def test_by_the_resolution_a_number_is_tied_to(self, base: FactBase) -> None:
        load(base, claim(Area("Bến Tre"), value=1, resolutions=("18-NQ/TW",)), claim(Area("Cà Mau"), value=2))
        assert rows(posts(base, resolution="18-NQ/TW"), "place") == [("Bến Tre",)]

    def test_by_place_typed_with_or_without_diacritics(self, base: FactBase) -> None:
        load(
            base,
            claim(Area("Bến Tre"), value=1),
            claim(Area("Bến Tre", "Mỏ Cày Nam"), value=3),
            claim(Area("Cà Mau"), value=2),
        )
        assert rows(posts(base, place="ben tre"), "place") == [("Bến Tre",)]
        assert rows(posts(base, place=["Cà Mau", "Bến Tre"]), "place") == [("Cà Mau",), ("Bến Tre",)]
        assert rows(posts(base, place="mo cay nam", by="district"), "value") == [(3,)]
        assert rows(posts(base, place="ben tre", by="district"), "value") == [(3,)]
        with pytest.raises(ComparisonError, match="check the spelling"):
            posts(base, place="Hà Tây")

    def test_a_trend_is_in_the_order_of_time(self, base: FactBase) -> None:
        load(
            base, *(claim(Area("Bến Tre"), published=f"{year}-05-01", value=year - 2000) for year in (2021, 2019, 2020))
        )
        assert rows(posts(base, latest=False, order="time"), "value") == [(19,), (20,), (21,)]


class TestKnownTotals:
    def test_a_count_of_communes_is_set_against_how_many_there_were(self, base: FactBase) -> None:
        load(base, claim(Area("Hà Nội"), published="2019-05-01", value=58))
        assert rows(posts(base), "percent", "rate_basis") == [(None, None)]
        ((rate, basis),) = rows(posts(base, totals="gazetteer"), "percent", "rate_basis")
        assert basis == "gazetteer"
        assert rate == pytest.approx(100 * 58 / 584, abs=0.05)

    @pytest.mark.parametrize(
        "fields",
        [
            {"object": "person", "value": 5}, {"value": 5, "modifier": "about"}, {"value": 99999},
            {"value": 5, "body": "khối Đảng"}, {"percent": 5},
        ],
    )  # fmt: skip
    def test_nothing_is_computed_where_it_is_not_sure(self, base: FactBase, fields: dict[str, Any]) -> None:
        load(base, claim(Area("Hà Nội"), published="2019-05-01", **fields))
        assert "gazetteer" not in posts(base, totals="gazetteer")["rate_basis"].tolist()


@pytest.mark.parametrize("asked", [{"until": "2021-99"}, {"since": "2021-02-31"}, {"since": "2022", "until": "2019"}])
def test_dates_that_are_none(base: FactBase, asked: dict[str, str]) -> None:
    with pytest.raises(ComparisonError):
        posts(base, **asked)


def test_facts_found_wrong_are_in_no_comparison(base: FactBase) -> None:
    load(base, claim(Area("Bến Tre"), value=1))
    with base.transaction() as execute:
        execute("UPDATE facts SET verdict = 'wrong'")
    assert posts(base).empty


class TestTwoProvincesOfOneName:
    """Provinces that grew on 1 July 2025 and kept their names."""

    def test_the_new_one_does_not_hide_the_old(self, base: FactBase) -> None:
        load(
            base,
            claim(Area("Vĩnh Long"), published="2022-05-01", value=38, total=107),
            claim(Area("Bến Tre"), published="2022-05-01", value=10, total=20),
            claim(Area("Vĩnh Long"), published="2025-09-01", value=0, total=124),
        )
        assert rows(posts(base), "place", "value", "note") == [
            ("Bến Tre", 10, None), ("Vĩnh Long", 38, "the province before 1 July 2025"), ("Vĩnh Long", 0, None),
        ]  # fmt: skip
        today = rows(posts(base, places="2025"), "value", "note")
        assert (48, "sum of Bến Tre, Vĩnh Long; no such number of Trà Vinh") in today
        assert (0, None) in today

    def test_a_plan_made_before_is_one_of_the_old_province(self, base: FactBase) -> None:
        load(base, claim(Area("Tuyên Quang"), published="2019-05-01", value=5, as_of="2030", status="planned"))
        assert rows(posts(base, places="2025"), "value", "note") == [(5, "before the merger")]

    def test_old_names_after_the_reform_are_not_added_up(self, base: FactBase) -> None:
        load(base, *(claim(Area(name), published="2026-03-01", value=5) for name in ("Bình Thuận", "Đắk Nông")))
        notes = [note for (note,) in rows(posts(base, places="2025"), "note")]
        assert sorted(notes) == ["claimed of Bình Thuận", "claimed of Đắk Nông"]

    def test_hue_is_one_province(self, base: FactBase) -> None:
        load(base, claim(Area("Thừa Thiên Huế"), published="2020-05-01", value=5))
        frame = posts(base, places="2025", coverage=True)
        assert len(frame) == 34
        assert rows(frame[frame["value"].notna()], "province", "note") == [("Huế", "claimed of Thừa Thiên Huế")]

    @pytest.mark.parametrize("fields", [{"per": "year"}, {"value_max": 9}])
    def test_what_cannot_be_added_is_not(self, base: FactBase, fields: dict[str, Any]) -> None:
        load(base, claim(Area("Bến Tre"), value=5), claim(Area("Trà Vinh"), value=6, **fields))
        assert not posts(base, places="2025")["note"].str.startswith("sum").any()


def test_a_part_does_not_pass_for_its_whole_that_is_filtered_out(base: FactBase) -> None:
    text = "Tỉnh còn 148 đơn vị, trong đó 133 xã."
    whole = Fact("stock", "commune", proof(text, "148 đơn vị"), value=148, area=Area("Phú Thọ"), confidence=0.6)
    part = Fact(
        "stock",
        "commune",
        proof(text, "133 xã"),
        value=133,
        area=Area("Phú Thọ"),
        part_of="148 đơn vị",
        confidence=0.95,
    )
    load(base, Claims(document(text, published="2025-12-01"), facts=(whole, part)))
    assert rows(compare(base, measure="stock"), "value") == [(148,)]
    assert compare(base, measure="stock", min_confidence=0.9)["value"].dropna().empty
