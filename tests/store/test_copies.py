"""Copies of an article are linked to the first one, and what they repeat counts once."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from tinhgon.compare import compare
from tinhgon.records import Area, Block, Claims, Document, Fact, Provenance, Span
from tinhgon.store import FactBase

SYLLABLES = (
    "huyện xã thôn ấp bản giảm nhập còn nay trước tỉnh cán bộ đảng ủy dân họp bàn việc làm được theo đề án".split()
)


def body(seed: int, words: int = 120) -> str:
    dice = random.Random(seed)
    return " ".join(dice.choice(SYLLABLES) + str(dice.randint(1, 99)) for _ in range(words))


def claims(id: str, text: str, *values: int, published: str | None = "2021-10-12", title: str = "Tin") -> Claims:
    whole = f"{title}\n{text}"
    document = Document(
        id=id, text=whole, blocks=(Block(0, len(title), "title"), Block(len(title) + 1, len(whole), "lead")), title=title,
        published=published, path=f"{id}.txt", sha256=id,
    )  # fmt: skip
    start = len(title) + 1
    proof = Provenance((Span(start, start + 5, whole[start : start + 5]),), Span(start, len(whole), text))
    facts = tuple(Fact("stock", "commune", proof, value=value, area=Area("Bến Tre")) for value in values)
    return Claims(document, facts=facts)


@pytest.fixture
def base():  # type: ignore[no-untyped-def]
    with FactBase.open(":memory:", create=True) as base:
        yield base


def load(base: FactBase, *documents: Claims) -> None:
    run = base.begin_run("0.1.0", "", [])
    base.add(documents, run=run, patterns_hash="", version="0.1.0")


def families(base: FactBase) -> dict[str, str | None]:
    return {row["id"]: row["copy_of"] for row in base.rows("SELECT id, copy_of FROM documents ORDER BY id")}


def test_a_copy_is_linked_to_the_one_published_first(base: FactBase) -> None:
    load(base, claims("sau", body(1), published="2021-10-13"), claims("truoc", body(1), title="Tin khác"))
    assert families(base) == {"sau": "truoc", "truoc": None}


def test_the_first_one_may_come_last(base: FactBase) -> None:
    load(base, claims("b", body(1), published="2021-10-13"))
    load(base, claims("c", body(1), published="2021-10-14"))
    assert families(base) == {"b": None, "c": "b"}
    load(base, claims("a", body(1), published="2021-10-01"))
    assert families(base) == {"a": None, "b": "a", "c": "a"}


def test_edited_copies_and_other_articles(base: FactBase) -> None:
    load(base, claims("goc", body(1)), claims("cat", body(1)[:700]), claims("dai", f"{body(1)} {body(2, 20)}"))
    load(base, claims("khac", body(3)), claims("lan", f"{body(1)[:300]} {body(4, 80)}"))
    linked = families(base)
    assert {id for id, first in linked.items() if first is not None} == {"dai", "goc"}
    assert linked["khac"] is None
    assert linked["lan"] is None


def test_short_texts_are_copies_letter_for_letter_only(base: FactBase) -> None:
    load(
        base,
        claims("a", "Xã Tân Phú còn 8 ấp."),
        claims("b", "Xã Tân Phú còn 8 ấp."),
        claims("c", "Xã Tân Phú còn 9 ấp."),
    )
    assert families(base) == {"a": None, "b": "a", "c": None}


def test_what_a_copy_repeats_counts_once_and_what_it_adds_counts(base: FactBase) -> None:
    load(
        base,
        claims("a", body(1), 5),
        claims("b", body(1), 5, 7, published="2021-10-13"),
        claims("c", body(1), 7, published="2022"),
    )
    assert sorted(compare(base, measure="stock", latest=False)["value"]) == [5, 7]
    assert sorted(compare(base, measure="stock", latest=False, copies=True)["value"]) == [5, 5, 7, 7]
    assert base.counts()["copies"] == 2


def test_a_plan_and_its_result_are_two_numbers_and_so_are_two_dates(base: FactBase) -> None:
    plan, result, later = claims("a", body(1), 5), claims("b", body(1), 5), claims("c", body(1), 5)
    for one, fields in ((plan, {"status": "planned"}), (result, {}), (later, {"as_of": "2021-09-30"})):
        load(base, replace(one, facts=(replace(one.facts[0], **fields),)))
    assert len(compare(base, measure="stock", latest=False)) == 3


def test_loading_a_family_again_leaves_it_as_it_was(base: FactBase) -> None:
    documents = [claims("a", body(1), 5), claims("b", body(1), 5, published="2021-10-13")]
    load(base, *documents)
    before = base.rows("SELECT id, repeat_of FROM facts ORDER BY id"), families(base)
    load(base, documents[0])
    assert (base.rows("SELECT id, repeat_of FROM facts ORDER BY id"), families(base)) == before
    assert base.rows("SELECT count(*) AS n FROM likenesses") == [{"n": 1}]


def test_a_document_that_changed_leaves_its_family(base: FactBase) -> None:
    load(base, claims("a", body(1), 5), claims("b", body(1), 5, published="2021-10-13"))
    load(base, claims("a", body(9), 5))
    assert families(base) == {"a": None, "b": None}
    assert base.rows("SELECT count(*) AS n FROM facts WHERE repeat_of IS NOT NULL") == [{"n": 0}]


def test_when_the_first_one_changes_the_others_stay_a_family(base: FactBase) -> None:
    load(
        base,
        claims("a", body(1), 5, published="2020"),
        claims("b", body(1), 5),
        claims("c", body(1), 5, published="2022"),
    )
    load(base, claims("a", body(9), 5, published="2020"))
    assert families(base) == {"a": None, "b": None, "c": "b"}
    assert base.rows("SELECT count(*) AS n FROM facts WHERE repeat_of IS NOT NULL") == [{"n": 1}]


def test_the_order_of_loading_does_not_matter(tmp_path: Path) -> None:
    documents = [
        claims(name, body(1), 5, published=day)
        for name, day in zip("abcd", ("2021-10-12", "2021", None, "2020"), strict=True)
    ]
    found = []
    for seed in range(6):
        random.Random(seed).shuffle(documents)
        with FactBase.open(tmp_path / f"{seed}.db", create=True) as base:
            for one in documents:
                load(base, one)
            found.append(families(base))
    assert all(one == found[0] for one in found)
