"""``export`` in all its forms, and ``cite``: what they write, what they refuse, with which exit status."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from tinhgon.cli import publishing
from tinhgon.cli.shared import PlainErrors
from tinhgon.records import Area, Claims, Document, Fact, Provenance, Span
from tinhgon.store import FactBase

TEXT = "Đến nay, Bến Tre có 98 xã, Long An có 21 xã bí thư kiêm chủ tịch."
FILES = {"xlsx": "f.xlsx", "parquet": "f.parquet", "package": "p.zip", "docbin": "d.spacy", "sqlite": "copy.db"}
TEXTS = {"jsonl": "f.jsonl", "csv": "f.csv", "annotations": "a.jsonl", "prov": "p.json"}


@click.group(cls=PlainErrors)
def program() -> None:
    """The two commands alone."""


program.add_command(publishing.export)
program.add_command(publishing.cite)


def fact(piece: str, province: str, value: float, confidence: float) -> Fact:
    start = TEXT.index(piece)
    why = Provenance((Span(start, start + len(piece), piece),), Span(0, len(TEXT), TEXT))
    return Fact("concurrent_posts", "commune", why, value=value, area=Area(province), confidence=confidence)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "facts.db"
    facts = (fact("98 xã", "Bến Tre", 98, 0.97), fact("21 xã", "Long An", 21, 0.62))
    with FactBase.open(path, create=True) as base:
        run = base.begin_run("0.1.0", "", {})
        document = Document("bai-1", TEXT, (), "Bài 1", "2021-10-12", path="/home/lan/bai-1.txt")
        base.add([Claims(document, facts=facts)], run=run, patterns_hash="", version="0.1.0")
    return path


def call(*arguments: object) -> Result:
    return CliRunner().invoke(program, [str(argument) for argument in arguments])


def ok(*arguments: object) -> str:
    result = call(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(*arguments: object) -> str:
    result = call(*arguments)
    assert result.exit_code == 2
    return result.stderr


def test_records_are_what_is_written_where_nothing_is_asked(db):
    with FactBase.open(db, readonly=True) as base:
        assert [json.loads(line) for line in ok("export", db).splitlines()] == list(base.records())


@pytest.mark.parametrize("form", TEXTS)
def test_texts_go_to_the_screen_or_into_a_file(form, db, tmp_path):
    printed = ok("export", db, "--format", form)
    result = call("export", db, "--format", form, "-o", tmp_path / TEXTS[form])
    assert result.stdout == ""
    assert f"written to {tmp_path / TEXTS[form]}" in result.stderr
    assert (tmp_path / TEXTS[form]).read_text("utf-8") == printed


@pytest.mark.parametrize("form", FILES)
def test_other_forms_need_a_file(form, db, tmp_path):
    assert "-o" in refused("export", db, "--format", form)
    assert ok("export", db, "--format", form, "-o", tmp_path / FILES[form]) == ""
    assert (tmp_path / FILES[form]).stat().st_size > 0


@pytest.mark.parametrize("form", ["csv", "parquet", "package", "docbin"])
def test_a_folder_takes_what_has_several_files(form, db, tmp_path):
    ok("export", db, "--format", form, "-o", tmp_path / "folder")
    assert list((tmp_path / "folder").iterdir())


@pytest.mark.parametrize("form", ["jsonl", "xlsx", "annotations", "prov", "sqlite"])
def test_a_folder_is_no_file(form, db, tmp_path):
    assert "is a folder" in refused("export", db, "--format", form, "-o", tmp_path)


@pytest.mark.parametrize(("name", "kind"), [("a.jsonl", "Annotation"), ("a.json", "AnnotationCollection")])
def test_annotations_are_lines_or_a_collection(name, kind, db, tmp_path):
    ok("export", db, "--format", "annotations", "-o", tmp_path / name)
    lines = (tmp_path / name).read_text("utf-8")
    assert json.loads(lines if name.endswith(".json") else lines.splitlines()[0])["type"] == kind


@pytest.mark.parametrize(("least", "values"), [("0", ["98", "21"]), ("0.9", ["98"])])
def test_the_doubtful_are_left_out_where_asked(least, values, db):
    printed = ok("export", db, "--format", "csv", "--min-confidence", least)
    assert [row["value"] for row in csv.DictReader(io.StringIO(printed))] == values


@pytest.mark.parametrize("form", [*TEXTS, *FILES])
def test_the_fact_base_itself_is_never_written_over(form, db):
    before = db.read_bytes()
    refused("export", db, "--format", form, "-o", db)
    assert db.read_bytes() == before


@pytest.mark.parametrize("form", [*TEXTS, "parquet"])
def test_a_missing_folder_is_told(form, db, tmp_path):
    assert "no/f.x: No such file" in refused("export", db, "--format", form, "-o", tmp_path / "no" / "f.x")


def test_texts_are_left_out_of_the_copy_alone(db, tmp_path):
    ok("export", db, "--format", "sqlite", "--without-text", "-o", tmp_path / "bare.db")
    with FactBase.open(tmp_path / "bare.db", readonly=True) as bare:
        assert bare.rows("SELECT text, path FROM documents") == [{"text": "", "path": "bai-1.txt"}]
    assert "--without-text" in refused("export", db, "--without-text")


def test_a_copy_is_whole_and_new(db, tmp_path):
    ok("export", db, "--format", "sqlite", "-o", tmp_path / "copy.db")
    assert "not written over" in refused("export", db, "--format", "sqlite", "-o", tmp_path / "copy.db")
    assert "whole" in refused(
        "export", db, "--format", "sqlite", "--min-confidence", "0.9", "-o", tmp_path / "other.db"
    )


def test_a_file_that_is_no_fact_base_is_told(tmp_path):
    (tmp_path / "a.txt").write_text("no database" * 100)
    assert "not an SQLite database" in refused("export", tmp_path / "a.txt", "--format", "csv")


@pytest.mark.parametrize("style", publishing.STYLES)
def test_a_fact_is_cited(style, db):
    with FactBase.open(db, readonly=True) as base:
        (row,) = base.rows("SELECT id FROM facts WHERE value = 98")
    printed = ok("cite", db, row["id"][:10], "--style", style)
    assert row["id"] in printed
    assert "98 xã" in printed


def test_an_unknown_fact_is_told(db):
    assert "no fact" in refused("cite", db, "ffffffffffffffff0")


def test_the_styles_are_those_there_are():
    from tinhgon.publish import STYLES

    assert publishing.STYLES == STYLES


@pytest.mark.parametrize("command", [publishing.export, publishing.cite])
def test_help_shows_an_example(command):
    assert "tinhgon " + str(command.name) in ok(str(command.name), "--help")
