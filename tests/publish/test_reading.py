"""Rows of the flat tables and claims under their ids: what is in them, what is left out, how pages join."""

from __future__ import annotations

import json
import unicodedata

import pytest
from publish_building import full_claims, ids_of, judge, load

from tinhgon.publish import reading
from tinhgon.publish.columns import DOCUMENTS, FACTS, FINDINGS, MERGERS, TABLES
from tinhgon.publish.reading import Row, document_ids, identified_claims, table_rows
from tinhgon.records import Claims, Document
from tinhgon.store import FactBase

LISTS = {"facts": "facts", "pairings": "pairings", "holders": "holders", "mergers": "mergers",
    "citations": "resolutions", "localities": "localities"}  # fmt: skip


def facts(base: FactBase, least: float = 0.0) -> list[Row]:
    return list(table_rows(base, FACTS, least))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_has_a_meaning_and_a_cell_in_every_row(table, base):
    assert all(column.description for column in table.columns)
    assert all(list(row) == [column.name for column in table.columns] for row in table_rows(base, table))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_an_empty_base_has_empty_tables(table, empty):
    assert list(table_rows(empty, table)) == []


@pytest.mark.parametrize("name", ["base", "hostile"])
def test_there_are_as_many_rows_as_records_have_items(name, request):
    base = request.getfixturevalue(name)
    records = list(base.records())
    counts = {table.name: len(list(table_rows(base, table))) for table in TABLES}
    assert counts["documents"] == len(records)
    assert {table: counts[table] for table in LISTS} == {
        table: sum(len(record[key]) for record in records) for table, key in LISTS.items()
    }


def test_a_fact_has_its_number_its_proof_and_its_article(base):
    row = facts(base)[0]
    assert (row["value"], row["total"], row["percent"]) == (98.0, 127.0, None)
    assert (row["province"], row["district"], row["roles"]) == ("Bến Tre", "Mỏ Cày Nam", "bi_thu_chi_bo+truong_thon")
    assert row["quote"] == "98 trong tổng số 127 … ấp"
    pieces = json.loads(str(row["pieces"]))
    assert (row["start"], row["end"]) == tuple(pieces[0][:2])
    assert row["resolutions"] == ["02-NQ/TU"]
    assert (row["title"], row["author"], row["published"]) == ("Mỏ Cày Nam tinh gọn", "Thanh Nghị", "2021-10-12")
    assert (row["url"], row["retrieved"]) == ("https://baodongkhoi.vn/bai-1.html", "2022-02-01")


def test_pieces_are_where_they_say(base):
    document = base.claims("bai-1").document
    for row in facts(base):
        for start, end, words in json.loads(str(row["pieces"])):
            assert document.text[start:end] == words


def test_a_fact_without_a_piece_is_proved_by_its_sentence(base):
    row = facts(base)[2]
    assert (row["quote"], row["pieces"]) == (row["sentence"], "[]")
    assert row["start"] == 0


def test_a_part_points_to_its_whole(base):
    whole, part, _ = facts(base)[:3]
    assert part["part_of_id"] == whole["fact_id"]


def test_what_was_found_wrong_is_left_out_and_so_is_what_points_to_it(base):
    wrong = facts(base)[0]["fact_id"]
    judge(base, str(wrong), "wrong")
    left = facts(base)
    assert wrong not in {row["fact_id"] for row in left}
    assert wrong not in {row["part_of_id"] for row in left}
    assert wrong not in {one.id for _, claims in identified_claims(base) for one in claims}


def test_records_leave_out_the_same_facts(base):
    judge(base, str(facts(base)[0]["fact_id"]), "wrong")
    for least in (0.0, 0.5):
        assert sum(len(record["facts"]) for record in base.records(least)) == len(facts(base, least))


def test_what_was_corrected_stands_as_corrected(base):
    base.review(str(facts(base)[0]["fact_id"]), "corrected", {"value": 97}, reviewer="Lan")
    row = facts(base)[0]
    assert (row["value"], row["verdict"]) == (97.0, "corrected")


def test_what_was_found_right_says_so(base):
    judge(base, str(facts(base)[0]["fact_id"]), "right")
    assert facts(base)[0]["verdict"] == "right"


@pytest.mark.parametrize(("least", "count"), [(0.0, 6), (0.3, 6), (0.5, 4), (0.95, 2)])
def test_the_doubtful_are_left_out_where_asked(base, least, count):
    assert len(facts(base, least)) == count
    claims = [one for _, claims in identified_claims(base, least) for one in claims if one.kind == "fact"]
    assert [one.id for one in claims] == [row["fact_id"] for row in facts(base, least)]


def test_findings_speak_of_published_facts_only(base):
    first, second, third, *_ = (str(row["fact_id"]) for row in facts(base))
    with base.transaction() as execute:
        for one, other in ((first, ""), (first, second), (third, first), (second, third), (first, "gone")):
            execute("INSERT INTO findings VALUES (?, 'check', ?, 'note', 'message')", (one, other))
    pairs = {(row["fact_id"], row["other_id"]) for row in table_rows(base, FINDINGS)}
    assert pairs == {(first, None), (first, second), (third, first), (second, third)}
    assert {row["fact_id"] for row in table_rows(base, FINDINGS, 0.5)} == {first}


def test_parties_come_in_the_order_of_the_text(base):
    assert next(table_rows(base, MERGERS))["parties"] == ["Giao Long", "Giao Hòa"]


def test_folders_are_nobodys_business(base):
    assert [row["file"] for row in table_rows(base, DOCUMENTS)] == ["bai-1.html", "bai-2.html"]


def test_texts_are_composed(empty):
    document = Document("bai", "x", (), unicodedata.normalize("NFD", "Huyện Mỏ Cày"))
    load(empty, Claims(document))
    assert next(table_rows(empty, DOCUMENTS))["title"] == "Huyện Mỏ Cày"


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
def test_pages_of_any_size_give_the_same_rows(size, empty, monkeypatch):
    load(empty, *(full_claims(f"bai-{number}") for number in range(7)))
    tables = [list(table_rows(empty, table)) for table in TABLES]
    monkeypatch.setattr(reading, "_PAGE", size)
    assert [list(table_rows(empty, table)) for table in TABLES] == tables
    assert list(document_ids(empty)) == empty.document_ids()


def test_claims_have_the_ids_of_the_rows(base):
    ids = {one.id for _, claims in identified_claims(base) for one in claims if one.kind == "fact"}
    assert ids == set(ids_of(base))
