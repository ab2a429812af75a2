"""Reviews out and in: gold records, Label Studio tasks, examples for patterns, and the queue."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from store_building import GOLD, document, gold_claims, load, proof

from tinhgon.records import Area, Claims, Fact
from tinhgon.store import FactBase
from tinhgon.store.review_examples import pattern_examples
from tinhgon.store.review_exchange import from_gold, gold_records
from tinhgon.store.review_fields import FIELDS
from tinhgon.store.review_queue import queue
from tinhgon.store.review_tasks import from_label_studio, label_studio_tasks, labelling_config
from tinhgon.store.reviews import Review, ReviewError

FIRST = "Bến Tre giảm 10 xã, 20 ấp."
SECOND = "Long An còn 151 xã, trong đó 16 phường."
TEXT = f"Tỉnh họp 💩 bàn.\n{FIRST} {SECOND}"


def fact(piece: str, measure: str = "reduction", counted: str = "commune", **fields: Any) -> Fact:
    why = proof(
        TEXT, piece, sentence=FIRST if piece in FIRST else SECOND, patterns=fields.pop("patterns", ("measure.drop",))
    )
    return Fact(measure, counted, why, **{"area": Area("Bến Tre"), **fields})


TEN = fact("giảm 10 xã", value=10, confidence=0.9)
TWENTY = fact("20 ấp", counted="hamlet", value=20, confidence=0.4)
WHOLE = fact("còn 151 xã", "stock", value=151, area=Area("Long An"), confidence=0.6)
PART = fact("16 phường", "stock", value=16, area=Area("Long An"), part_of="còn 151 xã")
ALL = (TEN, TWENTY, WHOLE, PART)


def claims(*facts: Fact, id: str = "bai-1") -> Claims:
    return Claims(document(TEXT, id=id, published="2021-10-12", title="Gọn"), facts=facts)


@pytest.fixture
def other() -> Iterator[FactBase]:
    with FactBase.open(":memory:", create=True) as opened:
        yield opened


def keys(base: FactBase, document_id: str = "bai-1") -> list[str]:
    return list(base.facts(document_id))


def say(base: FactBase, key: str, verdict: str, /, **corrected: Any) -> Review:
    return base.review(key, verdict, corrected, reviewer="Lan")


def told(base: FactBase) -> list[tuple[Any, ...]]:
    return [(r.fact_id, r.verdict, dict(r.corrected), r.note, r.reviewed_at) for r in base.reviews()]


def item(**fields: Any) -> dict[str, Any]:
    given = {"measure": "reduction", "object": "commune", "value": 10, "province": "Bến Tre", "quote": "giảm 10 xã"}
    return {**given, **fields}


# ---------------------------------------------------------------- gold, out


def test_gold_has_what_was_held_true_as_it_stands(base: FactBase) -> None:
    load(base, claims(*ALL), claims(TEN, id="bai-2"))
    ten, twenty, whole, _ = keys(base)
    say(base, ten, "corrected", value=12, body="Sở Y tế")
    say(base, twenty, "wrong")
    say(base, whole, "right")
    (record,) = gold_records(base)
    assert {name: record[name] for name in ("id", "title", "published", "source")} == {
        "id": "bai-1", "title": "Gọn", "published": "2021-10-12", "source": None,
    }  # fmt: skip
    assert [(one["value"], one.get("body"), one["quote"]) for one in record["facts"]] == [
        (12, "Sở Y tế", "giảm 10 xã"),
        (151, None, "còn 151 xã"),
    ]
    assert list(gold_records(base, complete_only=True)) == []
    say(base, keys(base)[3], "right")
    (whole_record,) = gold_records(base, complete_only=True)
    assert [one["value"] for one in whole_record["facts"]] == [12, 151, 16]


def test_gold_keeps_what_the_program_has_lost(base: FactBase) -> None:
    load(base, claims(TEN, TWENTY))
    for key, verdict in zip(keys(base), ("right", "wrong"), strict=True):
        say(base, key, verdict)
    load(base, claims(WHOLE))
    (record,) = gold_records(base)
    assert [(one["value"], one["quote"]) for one in record["facts"]] == [(10, "giảm 10 xã")]


def test_gold_tells_a_lost_fact_once(base: FactBase) -> None:
    load(base, claims(TEN))
    say(base, keys(base)[0], "right")
    load(base, claims(fact("10 xã", value=10), fact("giảm 10 xã, 20 ấp", value=10)))
    assert [review.orphaned for review in base.reviews()] == [True]
    say(base, keys(base)[0], "right")
    (record,) = gold_records(base)
    assert [one["quote"] for one in record["facts"]] == ["10 xã"]


# ---------------------------------------------------------------- gold, in


def test_records_become_reviews(base: FactBase) -> None:
    load(base, claims(*ALL))
    record = {
        "id": "bai-1",
        "facts": [
            item(),
            item(object="hamlet", value=25, quote="20  ấp", level="hamlet"),
            item(measure="merger", value=7, quote="không có ở đây"),
        ],
    }
    done = from_gold(base, [record], reviewer="Lan")
    ten, twenty, *_ = keys(base)
    assert [(r.fact_id, r.verdict, dict(r.corrected)) for r in done.noted] == [
        (ten, "right", {}),
        (twenty, "corrected", {"value": 25, "level": "hamlet"}),
    ]
    assert (done.unchanged, done.missed, done.problems) == (0, ("bai-1: không có ở đây",), ())
    again = from_gold(base, [record], reviewer="Lan")
    assert (again.noted, again.unchanged) == ((), 2)


def test_only_a_complete_record_makes_the_rest_wrong(base: FactBase) -> None:
    load(base, claims(*ALL))
    record = {"id": "bai-1", "facts": [item()]}
    assert [r.verdict for r in from_gold(base, [record], reviewer="Lan").noted] == ["right"]
    done = from_gold(base, [record], reviewer="Lan", rest_wrong=True)
    assert ([r.verdict for r in done.noted], done.unchanged) == (["wrong"] * 3, 1)
    assert [one["value"] for record in base.records() for one in record["facts"]] == [10]


def test_neighbours_in_a_sentence_are_not_mistaken_for_each_other(base: FactBase) -> None:
    load(base, claims(TEN, TWENTY))
    done = from_gold(base, [{"id": "bai-1", "facts": [item(value=30, quote="30 xã giảm")]}], reviewer="Lan")
    assert (done.noted, done.missed) == ((), ("bai-1: 30 xã giảm",))


def test_another_quote_proves_a_fact_only_where_all_numbers_agree(base: FactBase) -> None:
    load(base, claims(TEN))
    elsewhere = item(quote="10 xã (tít báo)", level="commune")
    (review,) = from_gold(base, [{"id": "bai-1", "facts": [elsewhere]}], reviewer="Lan").noted
    assert dict(review.corrected) == {"level": "commune"}


def test_a_whole_quoted_otherwise_is_the_same_whole(base: FactBase) -> None:
    load(base, claims(WHOLE, PART))
    said = [
        item(measure="stock", value=151, province="Long An", quote="151 xã"),
        item(measure="stock", value=16, province="Long An", quote="16 phường", part_of="151 xã"),
    ]
    assert [r.verdict for r in from_gold(base, [{"id": "bai-1", "facts": said}], reviewer="Lan").noted] == ["right"] * 2
    said[1]["part_of"] = None
    (review,) = from_gold(base, [{"id": "bai-1", "facts": said}], reviewer="Lan").noted
    assert (review.verdict, dict(review.corrected)) == ("corrected", {"part_of": None})


@pytest.mark.parametrize(
    ("record", "says"),
    [
        ({"id": "bai-9", "facts": []}, "no such document"),
        ({"facts": []}, "without an 'id'"),
        (["bai-1"], "without an 'id'"),
        ({"id": "bai-1", "facts": {}}, ""),
        ({"id": "bai-1", "facts": ["10"]}, "no list of facts"),
        ({"id": "bai-1", "facts": [item(value="mười")]}, "write a number"),
        ({"id": "bai-1", "facts": [item(measure="growth")]}, "one of"),
        ({"id": "bai-1", "facts": [item(quote=7)]}, "a quote is"),
    ],
)
def test_a_record_that_cannot_be_read_is_named_and_the_rest_goes_on(record: Any, says: str, base: FactBase) -> None:
    load(base, claims(TEN))
    done = from_gold(base, [record, {"id": "bai-1", "facts": [item()]}], reviewer="Lan")
    assert [r.verdict for r in done.noted] == ["right"]
    assert all(says in problem for problem in done.problems)
    assert bool(done.problems) == bool(says)


def test_gold_comes_back_as_the_same_reviews(base: FactBase, other: FactBase) -> None:
    for one in (base, other):
        load(one, claims(*ALL))
    for key, verdict in zip(keys(base), ("right", "wrong", "right", "right"), strict=True):
        say(base, key, verdict)
    say(base, keys(base)[2], "corrected", level="commune", value=150, roles=["bi_thu_cap_uy"])
    records = json.loads(json.dumps(list(gold_records(base, complete_only=True))))
    from_gold(other, records, reviewer="Lan", rest_wrong=True)
    assert list(gold_records(other)) == records
    assert list(other.records()) == list(base.records())


@pytest.mark.skipif(not GOLD, reason="no gold records in corpus/gold")
def test_the_bundled_gold_is_right_about_itself(base: FactBase) -> None:
    pairs = [gold_claims(path) for path in GOLD]
    load(base, *(claims for _, claims in pairs))
    done = from_gold(base, [record for record, _ in pairs], reviewer="Lan", rest_wrong=True)
    assert (done.missed, done.problems) == ((), ())
    assert {review.verdict for review in done.noted} == {"right"}
    assert len(done.noted) == base.counts()["facts"]


# ---------------------------------------------------------------- Label Studio


def test_a_task_shows_the_sentence_and_marks_the_proof(base: FactBase) -> None:
    load(base, claims(TEN))
    (task,) = json.loads(json.dumps(list(label_studio_tasks(base))))
    (prediction,) = task["predictions"]
    assert prediction["score"] == 0.9
    for region in prediction["result"]:
        value = region["value"]
        assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
    assert [(r["value"]["labels"], r["value"]["text"]) for r in prediction["result"]] == [
        (["sentence"], FIRST),
        (["proof"], "giảm 10 xã"),
    ]
    assert task["data"]["says"].startswith("measure: reduction; object: commune; value: 10;")
    assert (task["data"]["fact"], task["annotations"]) == (keys(base)[0], [])


def test_far_proof_is_within_the_text_of_its_task(base: FactBase) -> None:
    text = "Toàn huyện có 106 thôn. " + "Lời bàn thêm. " * 100 + "Nay tại 71 thôn có mô hình." + " Hết." * 200
    why = proof(text, "106 thôn", "71 thôn", sentence="Nay tại 71 thôn có mô hình.")
    load(base, Claims(document(text), facts=(Fact("concurrent_posts", "hamlet", why, value=71, total=106),)))
    (task,) = label_studio_tasks(base)
    shown = task["data"]["text"]
    assert shown.startswith("Toàn huyện")
    assert len(shown) < len(text)
    assert shown.endswith("Hết.")


def test_the_configuration_has_a_control_for_all_that_is_exchanged() -> None:
    view = ElementTree.fromstring(labelling_config())
    names = [control.get("name") for control in view.iter() if control.get("name")]
    assert set(names) == {"words", "text", "verdict", "note", *FIELDS}
    assert len(names) == len(set(names))
    assert {control.get("toName") for control in view.iter() if control.get("toName")} == {"text"}
    labels = {label.get("value") for label in view.iter("Label")}
    assert labels == {"proof", "sentence"}


def test_reviews_come_back_from_label_studio_as_they_were(base: FactBase, other: FactBase) -> None:
    for one in (base, other):
        load(one, claims(*ALL))
    ten, twenty, whole, part = keys(base)
    base.review(ten, "right", reviewer="Lan", note="đúng,\n“hẳn”")
    base.review(twenty, "wrong", reviewer="Lan")
    full = {"value": 0.000001, "level": "commune", "roles": ["bi_thu_cap_uy", "chu_tich_ubnd"], "percent": 47.125,
        "province": None, "resolutions": ["18-NQ/TW"], "as_of": "2019-10", "per": "year", "status": "planned"}  # fmt: skip
    base.review(whole, "corrected", full, reviewer="Lan")
    base.review(part, "corrected", {"part_of": "giảm 10 xã"}, reviewer="Lan")
    tasks = json.loads(json.dumps(list(label_studio_tasks(base))))
    done = from_label_studio(other, tasks, reviewer="Lan")
    assert (done.problems, sorted(told(other), key=repr)) == ((), sorted(told(base), key=repr))
    assert list(other.records()) == list(base.records())
    again = from_label_studio(base, tasks, reviewer="Minh")
    assert (again.noted, again.unchanged) == ((), 4)


def annotated(task: dict[str, Any], moment: str | None = None, **said: str) -> dict[str, Any]:
    """A task as Label Studio exports it when someone has filled in these controls."""
    kinds = {"value": "textarea", "note": "textarea", "total": "textarea"}
    result = [
        {
            "from_name": name, "to_name": "text", "id": name, "type": kinds.get(name, "choices"), "origin": "manual",
            "value": {"text" if name in kinds else "choices": [text]},
        }
        for name, text in said.items()
    ]  # fmt: skip
    marks = task["predictions"][0]["result"]
    annotation = {"id": 1, "completed_by": 1, "was_cancelled": False, "result": [*marks, *result], "lead_time": 3.5}
    return {**copy.deepcopy(task), "id": 7, "annotations": [{**annotation, "updated_at": moment}]}


def test_what_people_fill_in_becomes_a_review(base: FactBase) -> None:
    load(base, claims(TEN))
    (task,) = label_studio_tasks(base)
    done = annotated(
        task, "2024-05-01T10:00:00.123456Z", verdict="corrected", value="12", level="commune", note="xem lại"
    )
    from_label_studio(base, [done], reviewer="Lan")
    (review,) = base.reviews()
    assert (review.verdict, dict(review.corrected)) == ("corrected", {"value": 12, "level": "commune"})
    assert (review.note, review.reviewer, review.reviewed_at) == ("xem lại", "Lan", "2024-05-01T10:00:00+00:00")


def test_fields_beside_another_verdict_do_not_count(base: FactBase) -> None:
    load(base, claims(TEN))
    (task,) = label_studio_tasks(base)
    from_label_studio(base, [annotated(task, verdict="wrong", value="12")], reviewer="Lan")
    assert [(review.verdict, dict(review.corrected)) for review in base.reviews()] == [("wrong", {})]


def test_the_latest_annotation_stands_and_an_older_one_never_replaces_a_review(base: FactBase) -> None:
    load(base, claims(TEN))
    (task,) = label_studio_tasks(base)
    early, late = (
        annotated(task, day, verdict=verdict) for day, verdict in (("2024-05-01", "wrong"), ("2024-06-01", "right"))
    )
    both = {**late, "annotations": [*late["annotations"], *early["annotations"]]}
    from_label_studio(base, [both], reviewer="Lan")
    assert [review.verdict for review in base.reviews()] == ["wrong", "right"]
    again = from_label_studio(base, [both], reviewer="Lan")
    assert (again.noted, again.unchanged) == ((), 2)


def test_a_moment_to_come_is_now(base: FactBase) -> None:
    load(base, claims(TEN))
    (task,) = label_studio_tasks(base)
    (review,) = from_label_studio(
        base, [annotated(task, "2999-01-01T00:00:00Z", verdict="right")], reviewer="Lan"
    ).noted
    assert review.reviewed_at < "2999"


def broken(task: dict[str, Any], **about: Any) -> dict[str, Any]:
    done = annotated(task, verdict="right")
    return {**done, **about}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda task: annotated(task, value="12"), "without one verdict"),
        (lambda task: annotated(task, verdict="corrected"), "needs a field"),
        (lambda task: annotated(task, verdict="corrected", value="mười hai"), "write a number"),
        (lambda task: annotated(task, verdict="corrected", value="1.017"), "two ways"),
        (lambda task: annotated(task, verdict="corrected", growth="x"), "no field"),
        (lambda task: annotated(task, verdict="right", note="x" * 10_001), "the note has"),
        (lambda task: broken(task, data={"text": "x"}), "no task of tinhgon"),
        (lambda task: broken(task, data={"fact": "00"}), "no such fact"),
        (lambda task: {"text": "x", "verdict": "right"}, "JSON-MIN"),
        (lambda task: broken(task, annotations=[{"result": 7}]), "without one verdict"),
        (
            lambda task: broken(task, annotations=[{"result": [7, {"type": "choices", "value": 7}]}]),
            "without one verdict",
        ),
    ],
)
def test_an_annotation_that_says_nothing_is_named_and_the_rest_goes_on(change: Any, says: str, base: FactBase) -> None:
    load(base, claims(TEN, TWENTY))
    one, other = label_studio_tasks(base)
    done = from_label_studio(base, [change(one), annotated(other, verdict="right")], reviewer="Lan")
    assert [review.fact_id for review in done.noted] == [other["data"]["fact"]]
    (problem,) = done.problems
    assert says in problem


def test_skipped_and_open_tasks_say_nothing(base: FactBase) -> None:
    load(base, claims(TEN))
    (task,) = label_studio_tasks(base)
    cancelled = annotated(task, verdict="wrong")
    cancelled["annotations"][0]["was_cancelled"] = True
    done = from_label_studio(base, [task, cancelled], reviewer="Lan")
    assert (done.noted, done.problems, base.reviews()) == ((), (), [])


@pytest.mark.parametrize("tasks", [{}, "x", [1], None])
def test_what_is_no_list_of_tasks_is_refused(tasks: Any, base: FactBase) -> None:
    with pytest.raises(ReviewError, match="export them as JSON"):
        from_label_studio(base, tasks, reviewer="Lan")


# ---------------------------------------------------------------- the queue


def finding(base: FactBase, key: str, severity: str, message: str) -> None:
    with base.transaction() as run:
        run(
            "INSERT INTO findings (fact_id, check_id, severity, message) VALUES (?, ?, ?, ?)",
            (key, message, severity, message),
        )


def test_findings_come_first_then_what_is_least_sure(base: FactBase) -> None:
    load(base, claims(*ALL))
    ten, twenty, whole, part = keys(base)
    assert [one.fact_id for one in queue(base)] == [twenty, whole, ten, part]
    finding(base, ten, "note", "hơi lạ")
    finding(base, part, "error", "không khớp")
    finding(base, part, "note", "hơi lạ")
    assert [(one.fact_id, one.findings) for one in queue(base, 3)] == [
        (part, "không khớp; hơi lạ"),
        (ten, "hơi lạ"),
        (twenty, None),
    ]
    say(base, part, "right")
    assert [one.fact_id for one in queue(base)] == [ten, twenty, whole]
    assert [task["data"]["fact"] for task in label_studio_tasks(base)] == [ten, twenty, whole, part]
    assert [task["data"]["fact"] for task in label_studio_tasks(base, 1)] == [ten]


# ---------------------------------------------------------------- examples for patterns


def at_word(pattern: str, sentence: str) -> Sequence[tuple[int, int]]:
    word = {"measure.drop": "giảm", "number.count": "10"}.get(pattern)
    start = sentence.find(word) if word else -1
    return [] if start < 0 or word is None else [(start, start + len(word))]


def test_judged_facts_are_examples_of_the_patterns_that_made_them(base: FactBase) -> None:
    both = ("measure.drop", "number.count", "made.up")
    load(
        base,
        claims(fact("giảm 10 xã", value=10, patterns=both)),
        claims(fact("20 ấp", value=20, patterns=("number.count",)), id="bai-2"),
        claims(TWENTY, WHOLE, id="bai-3"),
    )
    say(base, keys(base)[0], "wrong")
    say(base, keys(base, "bai-3")[0], "right")
    say(base, keys(base, "bai-3")[1], "corrected", value=150)
    snippet = pattern_examples(base, at_word)
    assert yaml.safe_load(snippet) == [
        {"id": "measure.drop", "examples": [FIRST.replace("giảm", "«giảm»")]},
        {"id": "number.count", "counterexamples": [FIRST]},
    ]
    assert f'# fact {keys(base)[0]}: «"10"»' in snippet


def test_any_sentence_can_be_pasted(base: FactBase) -> None:
    text = 'Ông nói: «giảm» "10": xã # \\ \x1b[31m \x85 \u2028 hết'
    why = replace(proof(text, "10"), patterns=("number.count", "measure.drop"))
    load(base, Claims(document(text), facts=(Fact("reduction", "commune", why, value=10),)))
    key = keys(base)[0]
    say(base, key, "wrong")
    expected = text.replace("«", "“").replace("»", "”")
    assert [entry["counterexamples"] for entry in yaml.safe_load(pattern_examples(base, at_word))] == [[expected]] * 2
    say(base, key, "right")
    marked = [entry["examples"][0] for entry in yaml.safe_load(pattern_examples(base, at_word))]
    assert marked == [expected.replace("giảm", "«giảm»"), expected.replace("10", "«10»")]


def test_no_review_no_example(base: FactBase) -> None:
    load(base, claims(*ALL))
    assert pattern_examples(base, at_word) == ""
    assert list(gold_records(base)) == []
