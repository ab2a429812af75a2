"""The checks: what each must find, and what it must let pass."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_building import document, load, proof

from tinhgon.compare.checks import (
    CHECKS,
    SEVERITIES,
    Finding,
    check_fact,
    find,
    findings_of,
    kept_findings,
    run_checks,
    summarise,
)
from tinhgon.records import Area, Claims, Fact, Provenance, Span
from tinhgon.store import FactBase

ROLES = ("bi_thu_cap_uy", "chu_tich_ubnd")
DAY = "2021-06-30"
Tell = Callable[..., None]
Told = tuple[str, str]


def plain(measure: str = "concurrent_posts", object: str = "commune", **fields: Any) -> Fact:
    return Fact(measure, object, Provenance((), Span(0, 0, "")), **fields)


def told_by(text: str, quote: str, measure: str = "reduction", object: str = "payroll", **fields: Any) -> Fact:
    """A fact whose sentence is the line of its quote."""
    sentence = next(line for line in text.split("\n") if quote in line)
    fields.setdefault("area", Area("Bến Tre"))
    return Fact(measure, object, proof(text, quote, sentence=sentence), **fields)


def flaws(fact: Fact) -> list[Told]:
    return [(flaw.check_id, flaw.severity) for flaw in check_fact(fact)]


def checks_of(findings: list[Finding]) -> list[Told]:
    return [(finding.check_id, finding.severity) for finding in findings]


@pytest.fixture
def tell(base: FactBase) -> Tell:
    """``tell(fact, ..., published=...)``: an article with these facts."""
    numbers = count(1)

    def load_article(*facts: Fact, text: str = "", published: str | None = DAY) -> None:
        number = next(numbers)
        quoted = text or f"Bài số {number} nói chuyện khác hẳn: " + " ".join(f"{number}-{n}" for n in range(number))
        if not text:
            why = proof(quoted, quoted)
            facts = tuple(replace(fact, provenance=why) for fact in facts)
        article = document(quoted, id=f"bai-{number}", title=f"Bài {number}", published=published)
        load(base, Claims(article, facts=facts))

    return load_article


def found(base: FactBase) -> list[Told]:
    run_checks(base)
    return checks_of(kept_findings(base))


# ------------------------------------------------------------------ one fact alone


@pytest.mark.parametrize(
    "numbers",
    [
        {"value": 22, "total": 21},
        {"value": 15, "value_max": 22, "total": 21},
        {"value": 400, "value_max": 300},
        {"value": 1, "total": 0},
        {"value": 120, "total": 100, "modifier": "about"},
    ],
)
def test_more_than_there_are_is_an_error(numbers: dict[str, Any]) -> None:
    assert flaws(plain(**numbers)) == [("numerator-over-total", "error")]


@pytest.mark.parametrize(
    "numbers",
    [
        {"value": 21, "total": 21},
        {"value": 0, "total": 21},
        {"value": 15, "value_max": 21, "total": 21},
        {"value": 105, "total": 100, "modifier": "about"},
        {"total": 21},
        {"value": 300},
    ],
)
def test_as_many_as_there_are_is_none(numbers: dict[str, Any]) -> None:
    assert flaws(plain(**numbers)) == []


@pytest.mark.parametrize(
    "numbers",
    [
        {"value": 10, "total": 21, "percent": 47.6},
        {"value": 10, "total": 21, "percent": 47.62},
        {"value": 10, "total": 21, "percent": 48},  # rounded up
        {"value": 10, "total": 21, "percent": 47},  # cut off
        {"value": 61, "total": 143, "percent": 42.66},  # 42.657: rounded
        {"value": 61, "total": 143, "percent": 42.65},  # cut off
        {"value": 31, "total": 80, "percent": 38.75},
        {"value": 31, "total": 80, "percent": 38.8},
        {"value": 31, "total": 80, "percent": 38.7},
        {"value": 2, "total": 3, "percent": 67},
        {"value": 21, "total": 21, "percent": 100},
        {"value": 0, "total": 21, "percent": 0},
        {"value": 100, "total": 210, "percent": 50, "modifier": "over"},
        {"value": 10, "value_max": 12, "total": 21, "percent": 57},
        {"value": 10, "total": 20, "percent": 45, "percent_max": 55},
        {"value": 207, "percent": 45},
        {"value": 240, "percent": 10.5, "measure": "reduction"},
        {"value": 336, "percent": 11.2, "after": 2664, "measure": "reduction"},
        {"before": 956, "after": 829, "percent": 13.3, "measure": "reduction"},
        {"value": 12, "before": 31, "after": 19, "percent": 38.7, "measure": "reduction"},
        {"value": 45, "after": 100, "percent": 10, "per": "year", "measure": "reduction"},
        {"value": 10, "total": 24, "attainment": 125},
    ],
)
def test_every_way_to_round_a_percentage_will_do(numbers: dict[str, Any]) -> None:
    assert flaws(plain(**numbers)) == []


@pytest.mark.parametrize(
    "numbers",
    [
        {"value": 10, "total": 21, "percent": 46.7},
        {"value": 10, "total": 21, "percent": 47.5},
        {"value": 10, "total": 21, "percent": 49},
        {"value": 10, "total": 21, "percent": 47.64},
        {"value": 10, "total": 20, "percent": 60, "modifier": "about"},
        {"value": 10, "total": 20, "percent": 51, "percent_max": 55},
        {"before": 956, "after": 829, "percent": 15.3, "measure": "reduction"},
        {"value": 336, "after": 2664, "percent": 12.6, "measure": "reduction"},  # of what was left, not of what was
    ],
)
def test_a_percentage_that_the_numbers_do_not_give(numbers: dict[str, Any]) -> None:
    assert flaws(plain(**numbers)) == [("percent-off", "warning")]


@pytest.mark.parametrize(
    "numbers",
    [
        {"percent": 120},
        {"percent": 106, "measure": "reduction"},
        {"percent": 95, "percent_max": 105},
        {"value": 25, "total": 20, "percent": 125, "measure": "nonlocal_appointment"},
    ],
)
def test_a_share_of_more_than_all_is_an_error(numbers: dict[str, Any]) -> None:
    assert ("percent-off", "error") in flaws(plain(**numbers))


def test_a_saving_may_be_more_than_planned() -> None:
    assert flaws(plain("saving", "money", percent=120)) == []


@given(st.integers(1, 100_000), st.integers(0, 2), st.data())
def test_no_rounding_is_ever_taken_for_a_fault(total: int, digits: int, data: st.DataObject) -> None:
    value = data.draw(st.integers(0, total))
    exact = Fraction(100 * value, total) * 10**digits
    for whole in (math.floor(exact), math.ceil(exact), round(exact)):
        assert flaws(plain(value=value, total=total, percent=whole / 10**digits)) == []


@given(st.integers(1, 1000), st.integers(0, 2), st.integers(2, 40), st.data())
def test_a_percentage_two_places_off_is_always_found(total: int, digits: int, off: int, data: st.DataObject) -> None:
    value = data.draw(st.integers(0, total))
    last = math.floor(Fraction(100 * value, total) * 10**digits) + off
    if last % 10 and last <= 100 * 10**digits:
        assert flaws(plain(value=value, total=total, percent=last / 10**digits)) == [("percent-off", "warning")]


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ({"before": 31, "after": 19, "value": 13}, "A cut of 13 is stated, but from 31 to 19 there are 12 fewer."),
        ({"before": 19, "after": 31}, "A cut is stated, but there were 19 before and are 31 after it."),
        (
            {"before": 19, "after": 31, "value": 12},
            "A cut is stated, but there were 19 before and are 31 after it.",
        ),
    ],
)
def test_a_cut_that_before_and_after_do_not_give(numbers: dict[str, Any], message: str) -> None:
    [flaw] = check_fact(plain("reduction", "division", **numbers))
    assert (flaw.check_id, flaw.severity, flaw.message) == ("before-after-drop", "error", message)


@pytest.mark.parametrize(
    "fact",
    [
        plain("reduction", "division", before=31, after=19, value=12),
        plain("reduction", "division", before=31, after=19),
        plain("reduction", "division", before=31, value=40),
        plain("reduction", "division", before=2100, after=1500, value=620, modifier="about"),
        plain("reduction", "payroll", before=300, after=200, value=25, per="year"),
        plain("reduction", "payroll", before=300, after=200, value=90, value_max=110),
        plain("reduction", "payroll", before=30, after=30),
        plain("merger", "commune", before=21, after=9, value=5),  # five went in
    ],
)
def test_a_cut_that_fits(fact: Fact) -> None:
    assert flaws(fact) == []


# ------------------------------------------------------------------ a whole and its parts


def breakdown(text: str, whole: str, *parts: tuple[str, float], number: float, **fields: Any) -> tuple[Fact, ...]:
    first = told_by(text, whole, value=number, **fields)
    return (first, *(told_by(text, quote, value=value, part_of=whole, **fields) for quote, value in parts))


LIST = (("cấp tỉnh 2", 2), ("cấp huyện 26", 26), ("cấp xã 180", 180), ("đơn vị sự nghiệp 809", 809))
CASES = "Đã tinh giản 1.017 trường hợp: cấp tỉnh 2; cấp huyện 26; cấp xã 180; đơn vị sự nghiệp 809."


def test_parts_that_make_the_whole_are_in_order(base: FactBase, tell: Tell) -> None:
    tell(*breakdown(CASES, "1.017 trường hợp", *LIST, number=1017), text=CASES)
    assert found(base) == []


@pytest.mark.parametrize(("last", "severity"), [(808, "note"), (810, "warning")])
def test_a_list_of_all_parts_must_make_the_whole(base: FactBase, tell: Tell, last: int, severity: str) -> None:
    text = CASES.replace("809", str(last))
    parts = (*LIST[:-1], (f"đơn vị sự nghiệp {last}", last))
    tell(*breakdown(text, "1.017 trường hợp", *parts, number=1017), text=text)
    assert found(base) == [("parts-do-not-add-up", severity)]
    [finding] = kept_findings(base)
    assert f"{last} + 180 + 26 + 2 make {last + 208}" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "Đã giảm 64 người, trong đó có 47 viên chức, 30 nữ.",  # they overlap
        "Đã giảm 64 người, trong số này 47 viên chức và 10 nữ.",
        "Đã giảm 64 người: nhiều nhất 47 viên chức, 10 nữ.",
        "Đã giảm 64 người: 47 viên chức, 10 nữ, còn lại là công chức.",
        "Đã giảm 64 người. Cụ thể: 47 viên chức, 10 nữ.",  # in another sentence
        "Đã giảm 64 người, gồm 47 viên chức, 10 nữ và công chức.",  # one bears no number
        "Đã giảm 64 người (10,5%), 47 viên chức, 10 nữ.",  # what the brackets hold is no list
    ],
)
def test_a_choice_of_parts_need_not_make_the_whole(base: FactBase, tell: Tell, text: str) -> None:
    women = 30 if "30 nữ" in text else 10
    parts = (("47 viên chức", 47), (f"{women} nữ", women))
    tell(*breakdown(text, "64 người", *parts, number=64), text=text)
    assert found(base) == []


def test_a_part_larger_than_its_whole_is_always_wrong(base: FactBase, tell: Tell) -> None:
    text = "Đã giảm 64 người, trong đó có 74 viên chức."
    tell(*breakdown(text, "64 người", ("74 viên chức", 74), number=64), text=text)
    assert found(base) == [("parts-do-not-add-up", "warning")]


def test_parts_of_places_of_their_own_cannot_be_more_than_the_whole(base: FactBase, tell: Tell) -> None:
    text = "Toàn tỉnh giảm 20 trường, trong đó Ba Tri 12, Giồng Trôm 11."
    districts = [("Ba Tri 12", 12, "Ba Tri"), ("Giồng Trôm 11", 11, "Giồng Trôm")]
    whole = told_by(text, "20 trường", object="service_unit", value=20)
    parts = [
        told_by(text, quote, object="service_unit", value=value, part_of="20 trường", area=Area("Bến Tre", name))
        for quote, value, name in districts
    ]
    tell(whole, *parts, text=text)
    assert found(base) == [("parts-do-not-add-up", "warning")]


def test_a_neighbour_is_no_part(base: FactBase, tell: Tell) -> None:
    text = "Giảm mạnh nhất là Ba Tri với 12 ấp, kế đó Giồng Trôm 19 ấp."
    first = told_by(text, "12 ấp", object="hamlet", value=12, area=Area("Bến Tre", "Ba Tri"))
    next_one = told_by(text, "19 ấp", object="hamlet", value=19, part_of="12 ấp", area=Area("Bến Tre", "Giồng Trôm"))
    tell(first, next_one, text=text)
    assert found(base) == []


def test_parts_of_what_is_left_are_set_against_what_is_left(base: FactBase, tell: Tell) -> None:
    text = "Toàn tỉnh giảm 16 đơn vị, còn 125 đơn vị: 101 thôn, 13 bản, 12 tổ dân phố."
    whole = told_by(text, "giảm 16 đơn vị, còn 125 đơn vị", object="hamlet", value=16, after=125)
    parts = [
        told_by(text, quote, "stock", "hamlet", value=value, part_of="giảm 16 đơn vị, còn 125 đơn vị")
        for quote, value in (("101 thôn", 101), ("13 bản", 13), ("12 tổ dân phố", 12))
    ]
    tell(whole, *parts, text=text)
    assert found(base) == [("parts-do-not-add-up", "warning")]


def test_parts_of_another_measure_or_status_are_not_added(base: FactBase, tell: Tell) -> None:
    text = "Đã luân chuyển 6 cán bộ, gồm: 7 người sẽ đi, 8 người giữ hai chức."
    whole = told_by(text, "6 cán bộ", "rotation", "person", value=6)
    planned = told_by(text, "7 người", "rotation", "person", value=7, part_of="6 cán bộ", status="planned")
    posts = told_by(text, "8 người", "concurrent_posts", "person", value=8, part_of="6 cán bộ")
    tell(whole, planned, posts, text=text)
    assert found(base) == []


def test_a_rough_whole_allows_for_it(base: FactBase, tell: Tell) -> None:
    text = "Giảm khoảng 1.000 người, gồm 590 viên chức, 420 công chức."
    tell(
        *breakdown(text, "1.000 người", ("590 viên chức", 590), ("420 công chức", 420), number=1000, modifier="about"),
        text=text,
    )
    assert found(base) == []


# ------------------------------------------------------------------ units and the gazetteer

NINH_GIANG = Area("Hải Dương", "Ninh Giang")  # 28 communes to November 2019, then 20


@pytest.mark.parametrize(
    ("fact", "published", "severity"),
    [
        (plain(value=17, total=20, area=NINH_GIANG), "2020-10-15", None),
        (plain(value=17, total=28, area=NINH_GIANG), "2020-10-15", None),  # so it was a year before
        (plain(value=17, total=28, area=NINH_GIANG), "2023-10-15", "warning"),
        (plain(value=17, total=24, area=NINH_GIANG), "2020-10-15", None),  # between the two: some of the 28
        (plain(value=17, total=19, area=NINH_GIANG), "2020-10-15", None),  # the town is left aside
        (plain(value=17, total=18, area=NINH_GIANG), "2020-10-15", "note"),
        (plain(value=1, total=4, area=NINH_GIANG), "2020-10-15", None),  # surely some only
        (plain(value=17, total=31, area=NINH_GIANG), "2020-10-15", "warning"),
        (plain(value=17, total=31, area=NINH_GIANG, as_of="2020"), "2021-01-15", "warning"),
        (plain(value=17, total=31, area=NINH_GIANG), None, "warning"),  # never so many
        (plain(value=17, total=18, area=NINH_GIANG), None, None),
        (plain(value=17, total=31, area=NINH_GIANG), "2009-10-15", None),  # before what the gazetteer knows
        (plain(value=17, total=30, area=NINH_GIANG, modifier="about"), "2020-10-15", None),
        (plain(value=17, total=31, area=NINH_GIANG, level="hamlet"), "2020-10-15", None),
        (plain(value=17, total=31, area=NINH_GIANG, body="khối trường học"), "2020-10-15", None),
        (plain(value=17, total=31, area=Area("Hải Dương", "Lục Yên")), "2020-10-15", None),  # no such district
        (plain(object="hamlet", value=17, total=310, area=NINH_GIANG), "2020-10-15", None),
        (plain(object="person", value=17, total=310, area=NINH_GIANG), "2020-10-15", None),
        (plain(value=11, total=12, object="district", area=Area("Hải Dương")), "2020-10-15", None),
        (plain(value=11, total=14, object="district", area=Area("Hải Dương")), "2020-10-15", "warning"),
        (plain("reduction", before=28, after=20, area=NINH_GIANG), "2020-10-15", None),
        (plain("reduction", before=28, after=20, area=NINH_GIANG), "2025-10-15", None),  # looks back
        (plain("reduction", before=32, after=20, area=NINH_GIANG), "2020-10-15", "warning"),
        (plain("reduction", before=28, after=17, area=NINH_GIANG), "2020-10-15", "note"),
        (plain("reduction", before=20, after=17, area=NINH_GIANG, status="planned"), "2020-10-15", None),
        (plain("stock", value=31, area=NINH_GIANG), "2020-10-15", "warning"),
        (plain("stock", value=20, area=NINH_GIANG), "2020-10-15", None),
        (plain("merger", value=14, after=6, area=NINH_GIANG), "2020-10-15", None),  # some were merged
    ],
)
def test_units_are_counted_with_the_gazetteer(
    base: FactBase, tell: Tell, fact: Fact, published: str | None, severity: str | None
) -> None:
    tell(fact, published=published)
    assert found(base) == ([("total-against-gazetteer", severity)] if severity else [])


@pytest.mark.parametrize(
    "fact",
    [
        plain("reduction", before=478, after=148, area=Area("Phú Thọ")),  # the three provinces together
        plain("reduction", before=207, after=66, area=Area("Phú Thọ")),  # of the former one alone
        plain("reduction", before=121, after=36, area=Area("Vĩnh Phúc")),  # a province that is no more
        plain("stock", value=148, area=Area("Phú Thọ")),
        plain("reduction", before=10, after=5, area=Area("Quảng Nam", "Nam Trà My")),
    ],
)
def test_the_reform_of_2025_is_no_fault(base: FactBase, tell: Tell, fact: Fact) -> None:
    tell(fact, published="2025-12-03")
    assert found(base) == []


def test_the_message_has_both_numbers(base: FactBase, tell: Tell) -> None:
    tell(plain(value=17, total=31, area=NINH_GIANG), published="2020-10-15")
    run_checks(base)
    assert [finding.message for finding in kept_findings(base)] == [
        "31 communes are stated for Ninh Giang (Hải Dương) as of 2020-10-15, more than the 20 of the gazetteer."
    ]


# ------------------------------------------------------------------ targets

REACHED = "Huyện có 5 xã thực hiện, đạt 125% chỉ tiêu giao 4 xã."


def reached(attainment: float, target: float = 4, **fields: Any) -> tuple[Fact, Fact]:
    area = Area("Yên Bái", "Lục Yên")
    fact = told_by(REACHED, "5 xã", "concurrent_posts", "commune", value=5, attainment=attainment, area=area)
    goal = {"measure": "concurrent_posts", "object": "commune", "value": target, "status": "required", "area": area}
    return fact, told_by(REACHED, "4 xã", **{**goal, **fields})


def test_the_target_in_the_sentence_gives_the_attainment(base: FactBase, tell: Tell) -> None:
    tell(*reached(125), text=REACHED)
    assert found(base) == []


def test_an_attainment_that_is_off_names_the_target(base: FactBase, tell: Tell) -> None:
    tell(*reached(120), text=REACHED)
    assert found(base) == [("attainment-off", "warning")]
    [finding] = kept_findings(base)
    assert finding.message == "120% of the target is stated, but 5 against a target of 4 is 125%."
    [target] = base.rows("SELECT id FROM facts WHERE status = 'required'")
    assert finding.other_id == target["id"]


@pytest.mark.parametrize(
    "fields", [{"object": "hamlet"}, {"area": Area("Yên Bái")}, {"roles": ROLES}, {"status": "achieved"}]
)
def test_a_target_of_something_else_says_nothing(base: FactBase, tell: Tell, fields: dict[str, Any]) -> None:
    tell(*reached(120, **fields), text=REACHED)
    assert found(base) == []


@pytest.mark.parametrize(("year", "expected"), [("2021", [("attainment-off", "warning")]), ("2025", []), (None, [])])
def test_a_target_elsewhere_counts_for_its_year(
    base: FactBase, tell: Tell, year: str | None, expected: list[Told]
) -> None:
    text = "Huyện có 5 xã thực hiện, đạt 120%.\nChỉ tiêu là 4 xã."
    area = Area("Yên Bái", "Lục Yên")
    fact = told_by(text, "5 xã", "concurrent_posts", "commune", value=5, attainment=120, area=area)
    goal = told_by(text, "4 xã", "concurrent_posts", "commune", value=4, status="planned", area=area, as_of=year)
    tell(fact, goal, text=text)
    assert found(base) == expected


# ------------------------------------------------------------------ different articles


def posts(value: float | None, total: float | None = 10, **fields: Any) -> Fact:
    given: dict[str, Any] = {"object": "hamlet", "level": "hamlet", "roles": ROLES, "area": Area("Bến Tre", "Ba Tri")}
    return plain(value=value, total=total, **{**given, **fields})


def test_two_articles_of_one_day_that_disagree(base: FactBase, tell: Tell) -> None:
    tell(posts(5))
    tell(posts(6))
    assert found(base) == [("sources-disagree", "warning")]
    [finding] = kept_findings(base)
    first, second = sorted(row["id"] for row in base.rows("SELECT id FROM facts"))
    assert (finding.fact_id, finding.other_id) == (first, second)
    assert finding.message.startswith("Two articles differ on Ba Tri (Bến Tre) as of 2021-06-30: ")
    assert findings_of(base, [first, second]) == {first: [finding], second: [finding]}


@pytest.mark.parametrize(
    "other",
    [
        posts(5),
        posts(5, None),
        posts(6, roles=("bi_thu_cap_uy",)),
        posts(6, level=None),
        posts(6, object="commune"),
        posts(6, body="khối Đảng"),
        posts(6, since="2018"),
        posts(6, status="planned"),
        posts(6, area=Area("Bến Tre")),
        posts(6, per="year"),
        posts(6, as_of="2020"),
        posts(None, None, percent=50),
    ],
)
def test_numbers_of_different_things_do_not_disagree(base: FactBase, tell: Tell, other: Fact) -> None:
    tell(posts(5))
    tell(other)
    assert ("sources-disagree", "warning") not in found(base)


@pytest.mark.parametrize(
    ("one", "other", "disagree"),
    [
        (posts(None, None, percent=47.6), posts(None, None, percent=47.62), False),
        (posts(None, None, percent=47.6), posts(None, None, percent=48), False),
        (posts(None, None, percent=47.6), posts(None, None, percent=46.7), True),
        (posts(97, 200, modifier="about"), posts(100, 200), False),
        (posts(50, 200, modifier="about"), posts(100, 200), True),
        (posts(4, None, value_max=6), posts(5, None), False),
        (posts(5, 10), posts(5, 12), True),
        (posts(5, roles=()), posts(6, roles=()), False),  # of which posts?
        (posts(5, area=Area()), posts(6, area=Area()), False),  # where?
        (posts(5, area=Area(), body="Bộ Công an"), posts(6, area=Area(), body="Bộ Công an"), True),
    ],
)
def test_what_counts_as_a_difference(base: FactBase, tell: Tell, one: Fact, other: Fact, disagree: bool) -> None:
    tell(one)
    tell(other)
    assert (("sources-disagree", "warning") in found(base)) == disagree


@pytest.mark.parametrize(
    ("one", "other", "disagree"),
    [
        ({"before": 28, "after": 14}, {"before": 41, "after": 15}, False),  # they count other agencies
        ({"before": 28, "after": 14}, {"before": 28, "after": 15}, True),
        ({"value": 5}, {"value": 7}, False),
    ],
)
def test_what_articles_count_each_in_its_way_must_agree_in_something(
    base: FactBase, tell: Tell, one: dict[str, Any], other: dict[str, Any], disagree: bool
) -> None:
    for numbers in (one, other):
        tell(plain("reduction", "agency", area=Area("Bến Tre"), **numbers))
    assert found(base) == ([("sources-disagree", "warning")] if disagree else [])


@pytest.mark.parametrize(("as_of", "disagree"), [(None, False), ("2020", True)])
def test_events_disagree_only_where_their_time_is_told(
    base: FactBase, tell: Tell, as_of: str | None, disagree: bool
) -> None:
    for value in (6, 8):
        tell(plain("merger", "hamlet", value=value, area=Area("Bến Tre"), as_of=as_of))
    assert found(base) == ([("sources-disagree", "warning")] if disagree else [])


def test_one_article_may_tell_two_numbers_of_a_thing(base: FactBase, tell: Tell) -> None:
    tell(posts(5), posts(6))
    tell(posts(7))
    assert found(base) == []


def test_a_copy_is_no_second_source(base: FactBase, tell: Tell) -> None:
    tell(posts(5))
    tell(posts(6))
    with base.transaction() as execute:
        execute("UPDATE documents SET copy_of = 'bai-1' WHERE id = 'bai-2'")
    assert found(base) == []


def test_many_sources_are_set_against_few(base: FactBase, tell: Tell) -> None:
    for value in range(1, 31):
        tell(posts(value, 40))
    summary = run_checks(base)
    assert summary.counts == {("sources-disagree", "warning"): 3 * 30 - 6}


def test_a_count_that_can_only_grow_and_does_not(base: FactBase, tell: Tell) -> None:
    tell(posts(7), published="2020-01-10")
    tell(posts(5), published="2020-08-10")
    assert found(base) == [("fewer-later", "note")]
    [finding] = kept_findings(base)
    assert finding.message == (
        "7/10 is stated as of 2020-01-10 and only 5/10 as of 2020-08-10, where the number can only grow."
    )


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (posts(5), posts(7)),
        (posts(7), posts(7)),
        (posts(7, 12), posts(5, 10)),
        (posts(7, None), posts(5, None)),
        (posts(7), posts(5, roles=("bi_thu_cap_uy",))),
        (posts(10), posts(9.5, modifier="about")),
        (plain("reduction", "hamlet", value=7), plain("reduction", "hamlet", value=5)),  # since when?
        (
            plain("reduction", "payroll", value=7, baseline="2015"),  # of which staff?
            plain("reduction", "payroll", value=5, baseline="2015"),
        ),
    ],
)
def test_what_may_be_lower_later(base: FactBase, tell: Tell, earlier: Fact, later: Fact) -> None:
    tell(earlier, published="2020-01-10")
    tell(later, published="2020-08-10")
    assert found(base) == []


@pytest.mark.parametrize(("since", "expected"), [("2018", [("fewer-later", "note")]), ("2019", [])])
def test_cuts_since_one_year_only_grow(base: FactBase, tell: Tell, since: str, expected: list[Told]) -> None:
    cut = {"measure": "reduction", "object": "hamlet", "area": Area("Bến Tre")}
    tell(plain(value=120, since="2018", **cut), published="2020-01-10")
    tell(plain(value=90, since=since, **cut), published="2020-08-10")
    assert found(base) == expected


def test_an_article_may_tell_of_a_fall_itself(base: FactBase, tell: Tell) -> None:
    tell(posts(7, as_of="2019"), posts(5, as_of="2020"))
    tell(posts(5, roles=("bi_thu_cap_uy",)))
    assert found(base) == []


# ------------------------------------------------------------------ all of it


def test_what_a_review_found_wrong_takes_no_part(base: FactBase, tell: Tell) -> None:
    tell(posts(11))
    tell(posts(5))
    assert found(base) == [("numerator-over-total", "error"), ("sources-disagree", "warning")]
    with base.transaction() as execute:
        execute("UPDATE facts SET verdict = 'wrong' WHERE value = 11")
    assert found(base) == []
    assert run_checks(base).facts == 1


def test_running_again_changes_nothing(base: FactBase, tell: Tell) -> None:
    tell(posts(11, percent=120), published="2020-01-10")
    tell(posts(5), published="2020-08-10")
    first, kept = run_checks(base), kept_findings(base)
    assert run_checks(base) == first
    assert kept_findings(base) == kept
    assert sorted(find(base), key=lambda finding: finding.rank) == kept
    assert summarise(base, kept) == first
    assert [finding.severity for finding in kept] == ["error", "error", "note"]
    assert (first.of_severity("error"), first.as_grave_as("warning"), first.as_grave_as("note")) == (2, 2, 3)


def test_broken_off_it_leaves_the_findings_of_before(
    base: FactBase, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(posts(11))
    run_checks(base)
    kept = kept_findings(base)

    def broken(_: object) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr("tinhgon.compare.checks.run.by_place", broken)
    with pytest.raises(KeyboardInterrupt):
        run_checks(base)
    assert kept_findings(base) == kept != []


def test_only_the_gravest_are_asked_for(base: FactBase, tell: Tell) -> None:
    tell(posts(11), published="2020-01-10")
    tell(posts(5), published="2020-08-10")
    run_checks(base)
    assert checks_of(kept_findings(base, "warning")) == [("numerator-over-total", "error")]
    assert len(kept_findings(base, limit=1)) == 1
    assert kept_findings(base, limit=0) == []


def test_every_finding_is_of_a_check_that_is_told_of(base: FactBase, tell: Tell) -> None:
    tell(posts(11, percent=120), published="2020-01-10")
    tell(posts(5), posts(3, 9, percent=10), published="2020-08-10")
    run_checks(base)
    for finding in kept_findings(base):
        assert finding.check_id in CHECKS
        assert finding.severity in SEVERITIES
        assert finding.message.endswith(".")


def test_nothing_known_of_facts_that_were_not_found_fault_with(base: FactBase, tell: Tell) -> None:
    tell(posts(5))
    run_checks(base)
    [row] = base.rows("SELECT id FROM facts")
    assert findings_of(base, [row["id"], "no such fact"]) == {row["id"]: [], "no such fact": []}
    assert findings_of(base, []) == {}


numbers = st.none() | st.integers(0, 40).map(float)


@given(numbers, numbers, numbers, numbers, numbers, st.sampled_from(["exact", "about", "over", "under"]))
def test_no_numbers_stop_the_checks(
    value: float | None,
    value_max: float | None,
    total: float | None,
    before: float | None,
    after: float | None,
    modifier: Any,
) -> None:
    fields = {"value": value, "value_max": value_max, "total": total, "before": before, "after": after}
    for measure in ("reduction", "concurrent_posts"):
        found_flaws = check_fact(plain(measure, percent=total, modifier=modifier, **fields))
        assert len({flaw.check_id for flaw in found_flaws}) == len(found_flaws)
