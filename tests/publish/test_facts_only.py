"""The copy without texts: none of them is in the file any more, and all that is compared is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from publish_building import full_claims, load

from tinhgon import compare
from tinhgon.publish import PublicationError, write_copy, write_without_text
from tinhgon.records import Block, Claims, Document, Fact, Provenance, Reject, Skip, Span
from tinhgon.store import FactBase, NotAFactBaseError, column_descriptions

SECRET = "Đoạn này không chứng minh điều gì và không được ra ngoài, kể cả từng chữ khuỷnh."
LEFT_OUT = (SECRET, "khuỷnh", "khuynh", "/home/lan")
CUT = {"documents": {"text", "blocks", "path"}, "rejects": {"path", "reason"}, "skipped": {"path", "reason"},
    "runs": {"arguments"}}  # fmt: skip


@pytest.fixture
def whole(base: FactBase) -> FactBase:
    text = f"Bến Tre giảm 10 xã.\n{SECRET}"
    why = Provenance((Span(13, 18, "10 xã"),), Span(0, 19, text[:19]))
    document = Document("bai-3", text, (Block(0, len(text), "paragraph"),), "Giảm xã", path="/home/lan/kho/bai-3.html")
    load(base, Claims(document, facts=(Fact("reduction", "commune", why, value=10),)))
    paths = ("/home/lan/kho/a/x.pdf", "/home/lan/kho/b/x.pdf", "/home/lan/kho/y.pdf")
    base.reject([Reject(path, "read", f"{path} is damaged; see /home/lan/log") for path in paths], run=1)
    base.skip([Skip("x", path, "0", "language: en") for path in paths], run=1)
    return base


@pytest.fixture
def bare(whole: FactBase, tmp_path: Path):
    write_without_text(Path(whole.path), tmp_path / "bare.db")
    with FactBase.open(tmp_path / "bare.db", readonly=True) as opened:
        yield opened


def test_no_text_is_left_in_the_file(whole, bare, tmp_path):
    write_copy(Path(whole.path), tmp_path / "copy.db")
    assert all(words.encode() in (tmp_path / "copy.db").read_bytes() for words in LEFT_OUT)
    assert not any(words.encode() in Path(bare.path).read_bytes() for words in LEFT_OUT)
    assert not list(Path(bare.path).parent.glob(".bare*"))
    assert not list(Path(bare.path).parent.glob("bare.db-*"))


def test_everything_else_is_as_it_was(whole, bare):
    for table, columns in column_descriptions().items():
        kept = ", ".join(name for name in columns if name not in CUT.get(table, ()))
        question = f"SELECT {kept} FROM {table} ORDER BY {kept}"  # noqa: S608
        assert bare.rows(question) == whole.rows(question), table
    assert bare.counts() == whole.counts()


@pytest.mark.parametrize("measure", compare.MEASURES)
def test_it_compares_like_the_whole_one(measure, whole, bare):
    for latest in (True, False):
        frames = [compare.compare(one, measure=measure, latest=latest) for one in (whole, bare)]
        assert frames[0].equals(frames[1])


def test_every_fact_can_be_explained(bare):
    for row in bare.rows("SELECT id FROM facts"):
        assert compare.explain(bare, row["id"]).render_text()


def test_titles_are_found_and_texts_are_not(bare):
    assert [hit.document_id for hit in bare.search("giam xa")] == ["bai-3"]
    assert bare.search("khuỷnh") == []


def test_records_are_the_same(whole, bare):
    assert list(bare.records()) == list(whole.records())


def test_paths_are_names_and_stay_apart(bare):
    assert {row["path"] for row in bare.rows("SELECT path FROM documents")} == {
        "bai-1.html",
        "bai-2.html",
        "bai-3.html",
    }
    for table in ("rejects", "skipped"):
        paths = [row["path"] for row in bare.rows(f"SELECT path FROM {table} ORDER BY path")]  # noqa: S608
        assert [path[:5] for path in paths] == ["x.pdf", "x.pdf", "y.pdf"]
        assert len(set(paths)) == 3
        assert paths[2] == "y.pdf"
    assert {row["reason"] for row in bare.rows("SELECT reason FROM rejects")} == {
        "x.pdf is damaged; see log",
        "y.pdf is damaged; see log",
    }
    assert json.loads(bare.rows("SELECT arguments FROM runs")[0]["arguments"]) == {"sources": ["kho"], "jobs": 1}


def test_it_can_be_loaded_into_again(whole, tmp_path):
    write_without_text(Path(whole.path), tmp_path / "bare.db")
    with FactBase.open(tmp_path / "bare.db") as bare:
        load(bare, full_claims("bai-1"), full_claims("bai-4"))
        bare.rows("SELECT count(*) FROM documents_exact WHERE documents_exact MATCH 'gọn'")
        with bare.transaction() as execute:
            execute("INSERT INTO documents_exact (documents_exact) VALUES ('integrity-check')")
            execute("INSERT INTO documents_folded (documents_folded) VALUES ('integrity-check')")


def test_a_copy_is_whole(whole, tmp_path):
    write_copy(Path(whole.path), tmp_path / "copy.db")
    with FactBase.open(tmp_path / "copy.db", readonly=True) as copy:
        for table in column_descriptions():
            assert copy.rows(f"SELECT * FROM {table}") == whole.rows(f"SELECT * FROM {table}")  # noqa: S608


@pytest.mark.parametrize("write", [write_copy, write_without_text])
def test_nothing_is_written_over(write, base, tmp_path):
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(PublicationError, match="not written over"):
        write(Path(base.path), tmp_path / "mine")
    assert (tmp_path / "mine").read_text() == "mine"


@pytest.mark.parametrize("write", [write_copy, write_without_text])
def test_what_is_no_fact_base_is_not_copied(write, tmp_path):
    (tmp_path / "text.db").write_text("no database" * 100)
    with pytest.raises(NotAFactBaseError):
        write(tmp_path / "text.db", tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


@pytest.mark.parametrize("name", ["empty", "hostile"])
def test_odd_bases_are_copied_too(name, request, tmp_path):
    base = request.getfixturevalue(name)
    write_without_text(Path(base.path), tmp_path / "bare.db")
    with FactBase.open(tmp_path / "bare.db", readonly=True) as bare:
        assert bare.counts() == base.counts()
