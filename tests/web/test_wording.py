"""The words of the two languages: the same keys, and every sentence of the checks in Vietnamese."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import pytest

from tinhgon.compare.charts.words import roles_text
from tinhgon.compare.checks import CHECKS, SEVERITIES
from tinhgon.records import LEVELS, STATUSES, Modifier
from tinhgon.store.review_fields import FIELDS, MEASURES, OBJECTS, PACES
from tinhgon.store.reviews import VERDICTS
from tinhgon.web.spans import KINDS
from tinhgon.web.wording import LANGUAGES, Language, Words

TEMPLATES = Path(__file__).parents[2] / "pipeline" / "tinhgon" / "web" / "templates"
CODES = {
    "measure": MEASURES,
    "object": OBJECTS,
    "level": LEVELS,
    "status": STATUSES,
    "modifier": get_args(Modifier),
    "per": PACES,
    "check": tuple(CHECKS),
    "severity": SEVERITIES,
    "verdict": VERDICTS,
    "field": FIELDS,
    "kind": tuple(KINDS.values()),
}
# What the checks and comparisons say, one of each kind, with what must be in it in Vietnamese.
SAID = {
    "130 are counted out of 127, more than there are.": "Đếm được 130 trên tổng số 127",
    "The range is stated from 20 up to 15, which is less.": "từ 20 đến 15",
    "A share of 130% is stated, more than all there are; it may be meant as percent of a target.": "Nêu tỷ lệ 130%",
    "46.7% is stated, but 10 of 21 are 47.62%.": "Nêu 46,7%, nhưng 10 trên 21 là 47,62%",
    "40% to 50% is stated, but 10 of 50 are 20%.": "Nêu 40% đến 50%",
    "A cut is stated, but there were 10 before and are 12 after it.": "trước có 10, sau có 12",
    "A cut of 5 is stated, but from 20 to 10 there are 10 fewer.": "từ 20 còn 10 là giảm 10",
    "A part of 30 is stated of a whole of 20.": "một phần là 30 của tổng 20",
    "The parts 20 + 13 make 33, more than the whole of 31.": "20 + 13 cộng thành 33, nhiều hơn tổng là 31",
    "The parts 20 + 3 make 23, less than the whole of 31.": "cộng thành 23, ít hơn tổng là 31",
    "80% of the target is stated, but 10 against a target of 20 is 50%.": "10 so với chỉ tiêu 20 là 50%",
    "80% of the target is stated, but 10% against a target of 20% is 50%.": "Nêu đạt 80% chỉ tiêu, nhưng 10%",
    "23 communes are stated for Quận 1 (Hồ Chí Minh) as of 2021-03, more than the 10 of the gazetteer.": "23 xã vào 03/2021",
    "9 districts are stated for Bến Tre, fewer than the 11 of the gazetteer.": "Bến Tre có 9 huyện, ít hơn 11 huyện",
    "Two articles differ on Bến Tre as of 2020-05-20: 98/127 (77.2%), and 97/127.": "20/05/2020: 98/127 (77,2%)",
    "12 is stated as of 2019-01-31 and only 10 as of 2020-01-31, where the number can only grow.": "mà chỉ 10 vào 31/01/2020",
    "sum of Bến Tre, Trà Vinh; dates differ: 2019, 2020; of rounded numbers": "tổng của Bến Tre, Trà Vinh; khác ngày",
    "claimed of Hà Giang": "số của Hà Giang",
    "no such number found": "không tìm thấy số liệu",
    "'2020-13' is no date; write YYYY, YYYY-MM or YYYY-MM-DD": "'2020-13' không phải ngày tháng",
}  # fmt: skip


def keys(entries: Mapping[str, Any], above: str = "") -> Iterator[str]:
    for name, value in entries.items():
        if isinstance(value, Mapping):
            yield from keys(value, f"{above}{name}.")
        else:
            yield above + name


def test_both_languages_have_the_same_words() -> None:
    vi, en = (Words.of(language)._entries for language in LANGUAGES)
    assert set(keys(vi)) == set(keys(en))


def test_both_languages_put_in_the_same_values() -> None:
    vi, en = (Words.of(language) for language in LANGUAGES)
    for key in keys(vi._entries):
        group, _, name = key.partition(".")
        if key != "said" and group not in ("signs", "dates"):
            values = [set(re.findall(r"{(\w+)}", str(words._entries[group][name]))) for words in (vi, en)]
            assert values[0] == values[1], key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_name(language: Language) -> None:
    words = Words.of(language)
    for group, codes in CODES.items():
        for code in codes:
            assert code in words._entries[group], (group, code)


@pytest.mark.parametrize("template", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.stem)
def test_every_word_a_template_asks_for_is_there(template: Path) -> None:
    words = Words.of("vi")
    for key in re.findall(r'words\("([a-z_]+\.[a-z_0-9]+)"', template.read_text("utf-8")):
        assert words._entries[key.partition(".")[0]].get(key.partition(".")[2]), key


@pytest.mark.parametrize(("english", "told"), SAID.items(), ids=range(len(SAID)))
def test_what_is_said_in_english_is_said_in_vietnamese(english: str, told: str) -> None:
    said = Words.of("vi").sentence(english)
    assert told in said
    assert not re.search(r"\b(is|are|the|than|stated|differ)\b", said)
    assert Words.of("en").sentence(english) == english


def test_no_sentence_of_the_checks_was_forgotten() -> None:
    """Every sentence that the checks put together has an example above: their fixed words occur in one."""
    checks = Path(__file__).parents[2] / "pipeline" / "tinhgon" / "compare" / "checks"
    put_together = [
        node
        for file in checks.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.JoinedStr)
    ]
    parts = [part.value.strip() for node in put_together for part in node.values if isinstance(part, ast.Constant)]
    fixed = {part for part in parts if len(part.split()) > 1 and "SELECT" not in part and "WHERE" not in part}
    assert len(fixed) > 10
    for part in fixed:
        assert any(part in said for said in SAID), part


def test_what_is_not_known_stays_as_it_is() -> None:
    vi = Words.of("vi")
    assert vi.sentence("a new kind of doubt; of rounded numbers") == "a new kind of doubt; of rounded numbers"
    assert vi.sentence(None) == ""
    assert vi.roles("bi_thu+something_new") == roles_text("bi_thu+something_new")
    assert vi.date("trước đây") == "trước đây"
    with pytest.raises(KeyError):
        vi("front.none_such")


def test_numbers_are_written_as_each_language_writes_them() -> None:
    vi, en = (Words.of(language) for language in LANGUAGES)
    assert [vi.number(n) for n in (0.0, 1017.0, 12345678.0, 47.62, None)] == ["0", "1.017", "12.345.678", "47,62", ""]
    assert [en.number(n) for n in (1017.0, 47.62)] == ["1,017", "47.62"]
    assert vi.money(2.5e6) == "2,5 triệu đồng"


def test_no_field_of_a_claim_is_without_a_name() -> None:
    from tinhgon.records import Fact

    told = {field.name for field in fields(Fact)} - {"provenance", "confidence", "area"}
    assert told <= set(FIELDS)
