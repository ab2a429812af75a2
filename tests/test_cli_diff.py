"""``tinhgon diff``: what it prints of two fact bases, how it fails, and with which exit status."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace

import pytest
from click.testing import CliRunner

from tinhgon.cli import tinhgon
from tinhgon.records import Area, Claims, Document, Fact, Provenance, Span
from tinhgon.store import FactBase

TEXT = "Huyện Lộc Bình có 98/127 thôn bí thư kiêm trưởng thôn. Toàn huyện giảm 10 xã."


def fact(piece: str, text: str = TEXT, **fields):
    start = text.index(piece)
    quote = Span(start, start + len(piece), piece)
    return Fact(provenance=Provenance((quote,), Span(0, len(text), text)), **fields)


POSTS = fact("98/127 thôn", measure="concurrent_posts", object="hamlet", value=98, total=127, level="hamlet")
CUT = fact("giảm 10 xã", measure="reduction", object="commune", value=10, area=Area("Lạng Sơn", "Lộc Bình"))


@pytest.fixture
def base_of(tmp_path):
    """``base_of("name", facts of a document, ...)``: the path of a fact base with these documents."""

    def make(name, *documents, text=TEXT):
        path = tmp_path / f"{name}.db"
        with FactBase.open(path, create=True) as base:
            run = base.begin_run("0.1.0", "", {})
            for number, facts in enumerate(documents, 1):
                document = Document(f"bai-{number}", text, (), path=f"bai-{number}.txt")
                base.add([Claims(document, facts=tuple(facts))], run=run, patterns_hash="", version="0.1.0")
        return path

    return make


def call(*arguments):
    return CliRunner().invoke(tinhgon, ["diff", *map(str, arguments)])


def differing(*arguments):
    """What is printed of two bases that differ: the exit status says so."""
    result = call(*arguments)
    assert result.exit_code == 1, result.output
    assert result.stderr == ""
    return result.stdout


def test_a_base_and_itself_are_equal(base_of):
    db = base_of("facts", [POSTS, CUT])
    result = call(db, db)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "2 facts the same, 0 gained, 0 lost, 0 changed; 0 of the 1 documents in both differ",
        "measure                     same  gained    lost changed",
        "concurrent_posts               1       0       0       0",
        "reduction                      1       0       0       0",
    ]


def test_gained_and_lost_with_their_sentences(base_of):
    printed = differing(base_of("old", [POSTS]), base_of("new", [CUT]))
    assert printed.startswith("0 facts the same, 1 gained, 1 lost, 0 changed; 1 of the 1 documents in both differ\n")
    gained, lost = printed.index("\ngained: 1\n"), printed.index("\nlost: 1\n")
    assert gained < lost
    assert ": reduction: 10 commune, Lộc Bình < Lạng Sơn, achieved “giảm 10 xã”\n" in printed[gained:lost]
    assert ": concurrent_posts: 98/127 hamlet, at hamlet level, achieved “98/127 thôn”\n" in printed[lost:]
    assert printed.count(f"\n      {TEXT}\n") == 2
    assert "changed:" not in printed


def test_the_id_that_is_shown_can_be_explained(base_of):
    new = base_of("new", [CUT])
    (line,) = (line for line in differing(base_of("old", []), new).splitlines() if "giảm 10 xã”" in line)
    document, fact_id = line.split(":")[0].split()
    assert document == "bai-1"
    explained = CliRunner().invoke(tinhgon, ["explain", str(new), fact_id])
    assert "reduction, commune: 10; achieved" in explained.stdout


def test_a_change_is_told_field_by_field(base_of):
    roles = ("bi_thu_chi_bo", "truong_thon")
    now = replace(POSTS, total=127.5, level=None, status="planned", roles=roles)
    printed = differing(base_of("old", [POSTS]), base_of("new", [now]))
    assert "\nchanged: 1\n" in printed
    assert ": concurrent_posts: 98/127.5 hamlet, bi_thu_chi_bo + truong_thon, planned “98/127 thôn”\n" in printed
    fields = "total: 127 -> 127.5; roles: none -> bi_thu_chi_bo + truong_thon; level: hamlet -> none; "
    assert f"\n      {fields}status: achieved -> planned\n      {TEXT}\n" in printed


def test_documents_of_one_base_only_are_named_and_not_compared(base_of):
    one, many = base_of("one", [CUT]), base_of("many", [CUT], *[[POSTS]] * 7)
    printed = differing(one, many)
    assert "Documents only in NEW, not compared: 7 (bai-2, bai-3, bai-4, bai-5, bai-6 and 2 more)\n" in printed
    assert "1 facts the same, 0 gained, 0 lost" in printed
    assert "Documents only in OLD, not compared: 7 (" in differing(many, one)


def test_the_limit(base_of):
    old, new = base_of("old", [], [], []), base_of("new", [CUT], [CUT], [CUT])
    printed = differing(old, new, "--limit", 1)
    assert "gained: 3\n  bai-1 " in printed
    assert printed.endswith("  ... and 2 more: --limit shows more\n")
    assert "bai-2" not in printed
    assert "more" not in differing(old, new)
    assert differing(old, new, "--limit", 0).endswith("gained: 3\n  ... and 3 more: --limit shows more\n")


def test_json(base_of):
    old, new = base_of("old", [POSTS]), base_of("new", [replace(POSTS, status="planned"), CUT])
    result = json.loads(differing(old, new, "--format", "json"))
    assert result["total"] == {"same": 0, "gained": 1, "lost": 0, "changed": 1}
    assert result["changed"][0]["fields"] == {"status": {"old": "achieved", "new": "planned"}}
    assert result["gained"][0]["quote"] == "giảm 10 xã"
    equal = call(new, new, "--format", "json")
    assert (equal.exit_code, json.loads(equal.stdout)["gained"]) == (0, [])


def test_an_article_can_neither_steer_the_terminal_nor_pass_for_a_line_of_ours(base_of):
    text = "giảm \x1b[2J10 xã\u202e\r\ngained: 99\n  bai-9 của ai\x07."
    hostile = fact(text, text, measure="reduction", object="commune", value=10, body="Công an\nlost: 9")
    old = base_of("old", [replace(hostile, body=None)], [], text=text)
    printed = differing(old, base_of("new", [hostile], [hostile], text=text))
    assert not {"\x1b", "\u202e", "\r", "\x07"} & set(printed)
    assert [line for line in printed.splitlines() if line.startswith(("gained:", "lost:", "  bai-9"))] == ["gained: 1"]
    assert "body: none -> Công an lost: 9\n" in printed
    assert "[2J10 xã" in printed


@pytest.mark.parametrize("swapped", [False, True])
class TestFilesThatCannotBeUsed:
    @pytest.fixture
    def refused(self, base_of, swapped):
        """How the command refuses a file, given first or second."""

        def refused(path):
            files = (base_of("facts", [CUT]), path)
            result = call(*(files[::-1] if swapped else files))
            assert (result.exit_code, result.stdout) == (2, "")
            return result.stderr

        return refused

    def test_none(self, refused, tmp_path):
        assert "does not exist" in refused(tmp_path / "none.db")

    def test_no_database(self, refused, tmp_path):
        (tmp_path / "notes.txt").write_text("ghi chép " * 200, "utf-8")
        assert "is not an SQLite database" in refused(tmp_path / "notes.txt")

    def test_of_another_program(self, refused, tmp_path):
        with sqlite3.connect(tmp_path / "other.db") as other:
            other.execute("CREATE TABLE notes (text)")
        assert "but not one of tinhgon" in refused(tmp_path / "other.db")

    def test_of_an_older_version(self, refused, base_of):
        older = base_of("older", [CUT])
        with sqlite3.connect(older) as db:
            db.execute("DELETE FROM _sqlite_migrations WHERE name = '0002_shapes'")
        assert "has an older schema" in refused(older)
