"""Web annotations: the offsets point to the words, the words stand between what surrounds them."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from publish_building import TEXT, full_claims, ids_of, judge, load

from tinhgon.publish import write_annotations, write_collection
from tinhgon.publish.columns import TABLES
from tinhgon.publish.reading import table_rows
from tinhgon.records import Claims


def lines(base, least: float = 0.0) -> list[dict]:
    out = io.StringIO()
    written = write_annotations(base, out, least)
    annotations = [json.loads(line) for line in out.getvalue().split("\n")[:-1]]
    assert len(annotations) == written
    return annotations


def targets(annotation: dict) -> list[dict]:
    return annotation["target"] if isinstance(annotation["target"], list) else [annotation["target"]]


@pytest.mark.parametrize("name", ["empty", "base", "hostile"])
def test_there_is_one_for_every_claim(name, request):
    base = request.getfixturevalue(name)
    claims = [table for table in TABLES if table.proof]
    assert len(lines(base)) == sum(len(list(table_rows(base, table))) for table in claims)
    assert len({annotation["id"] for annotation in lines(base)}) == len(lines(base))


@pytest.mark.parametrize("name", ["empty", "base", "hostile"])
@pytest.mark.parametrize("write", [write_annotations, write_collection])
def test_two_exports_are_the_same(write, name, request):
    base, outs = request.getfixturevalue(name), (io.StringIO(), io.StringIO())
    assert len({write(base, out) for out in outs}) == 1
    assert outs[0].getvalue() == outs[1].getvalue()


@pytest.mark.parametrize("name", ["base", "hostile"])
def test_selectors_agree_with_the_text(name, request):
    base = request.getfixturevalue(name)
    texts = [base.claims(document_id).document.text for document_id in base.document_ids()]
    for annotation in lines(base):
        for target in targets(annotation):
            position, quote = target["selector"]
            around = quote.get("prefix", "") + quote["exact"] + quote.get("suffix", "")
            assert len(quote.get("prefix", "")) <= 32 >= len(quote.get("suffix", ""))
            assert any(
                text[position["start"] : position["end"]] == quote["exact"]
                and text[max(0, position["start"] - 32) : position["end"] + 32] == around
                for text in texts
            )


def test_bodies_are_the_items_of_the_codebook(base):
    record = next(base.records())
    bodies = [annotation["body"] for annotation in lines(base)]
    for key, kind in (("facts", "Fact"), ("holders", "Holder"), ("resolutions", "Citation"), ("mergers", "Merger")):
        items = [
            {k: v for k, v in body.items() if k not in ("@context", "type")} for body in bodies if body["type"] == kind
        ]
        assert items[: len(record[key])] == record[key]


def test_several_pieces_are_several_targets(base):
    (annotation,) = [one for one in lines(base) if one["body"]["type"] == "Holder"][:1]
    assert [target["selector"][1]["exact"] for target in targets(annotation)] == ["Trần Văn Lũy", "hai vai"]


def test_the_source_is_the_page_or_a_name_of_ours(empty, hostile):
    claims = full_claims("bài 1")
    load(empty, claims)
    load(empty, Claims(replace(claims.document, id="b", path="b", url=None), facts=claims.facts))
    assert {target["source"] for one in lines(empty) for target in targets(one)} == {
        "urn:tinhgon:document:b%C3%A0i%201",  # an address with a blank in it is none
        "urn:tinhgon:document:b",
    }
    assert all(target["source"].startswith("urn:") for one in lines(hostile) for target in targets(one))


def test_an_address_is_the_source(base):
    sources = {target["source"] for one in lines(base) for target in targets(one)}
    assert sources == {"https://baodongkhoi.vn/bai-1.html", "https://baodongkhoi.vn/bai-2.html"}


def test_a_collection_holds_the_same_annotations(base):
    out = io.StringIO()
    total = write_collection(base, out)
    collection = json.loads(out.getvalue())
    assert (collection["type"], collection["total"]) == ("AnnotationCollection", total)
    assert [{"@context": collection["@context"], **one} for one in collection["first"]["items"]] == lines(base)


def test_the_wrong_and_the_doubtful_are_left_out(base):
    judge(base, ids_of(base)[0], "wrong")
    facts = [one for one in lines(base, 0.5) if one["body"]["type"] == "Fact"]
    assert len(facts) == 3


def test_nothing_is_outside_the_text(base):
    ends = [target["selector"][0]["end"] for one in lines(base) for target in targets(one)]
    assert max(ends) <= len(TEXT)
