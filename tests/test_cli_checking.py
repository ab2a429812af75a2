"""``tinhgon check``: what it prints, what it keeps, and its exit status."""

from __future__ import annotations

import csv
import io
import json

import click
import pytest
from click.testing import CliRunner

from tinhgon.cli.checking import check
from tinhgon.cli.shared import PlainErrors
from tinhgon.records import Area, Claims, Document, Fact, Provenance, Span
from tinhgon.store import FactBase, UnwritableStoreError

TEXT = "Huyện Lộc Bình có 130/127 thôn bí thư kiêm trưởng thôn (70%). Toàn huyện giảm 10 xã. Có 98/127 bản (60%)."


@click.group(cls=PlainErrors)
def cli():
    """The command as the program has it, with its way to tell errors."""


cli.add_command(check)


def fact(piece, **fields):
    start = TEXT.index(piece)
    why = Provenance((Span(start, start + len(piece), piece),), Span(0, len(TEXT), TEXT))
    return Fact(provenance=why, area=Area("Lạng Sơn", "Lộc Bình"), **fields)


TOO_MANY = fact("130/127 thôn", measure="concurrent_posts", object="hamlet", value=130, total=127)
OFF = fact("98/127 bản (60%)", measure="concurrent_posts", object="hamlet", value=98, total=127, percent=60)
RIGHT = fact("giảm 10 xã", measure="reduction", object="commune", value=10)


@pytest.fixture
def base_of(tmp_path):
    """``base_of(fact, ...)``: the path of a fact base with one article of these facts."""

    def make(*facts, title="Gọn bộ máy"):
        path = tmp_path / "facts.db"
        with FactBase.open(path, create=True) as base:
            document = Document("bai-1", TEXT, (), title=title, published="2019-12-31", path="bai-1.txt")
            run = base.begin_run("0.1.0", "", {})
            base.add([Claims(document, facts=facts)], run=run, patterns_hash="", version="0.1.0")
        return path

    return make


def call(*arguments):
    return CliRunner().invoke(cli, ["check", *map(str, arguments)])


def kept(path):
    with FactBase.open(path, readonly=True) as base:
        return [row["check_id"] for row in base.rows("SELECT check_id FROM findings ORDER BY check_id")]


def test_what_fits_is_told_in_one_line(base_of):
    result = call(base_of(RIGHT), "--severity", "note")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "1 fact checked: 0 errors, 0 warnings, 0 notes\n"


def test_counts_then_each_finding_with_its_place_numbers_quote_and_document(base_of):
    path = base_of(TOO_MANY, OFF, RIGHT)
    result = call(path, "--severity", "warning")
    assert (result.exit_code, result.stderr) == (1, "")
    lines = result.stdout.splitlines()
    assert lines[:4] == [
        "3 facts checked: 1 error, 1 warning, 0 notes",
        "check                         errors  warnings     notes",
        "numerator-over-total               1         0         0",
        "percent-off                        0         1         0",
    ]
    assert lines[5] == "error, numerator-over-total: 130 are counted out of 127, more than there are."
    assert lines[6].endswith(": concurrent_posts, hamlet, Lộc Bình (Lạng Sơn); 130/127; achieved")
    assert lines[7:9] == ["    “130/127 thôn”", "    Gọn bộ máy, 2019-12-31 (bai-1)"]
    assert lines[10] == "warning, percent-off: 60% is stated, but 98 of 127 are 77.17%."
    assert kept(path) == ["numerator-over-total", "percent-off"]


@pytest.mark.parametrize(("severity", "status"), [((), 0), (("--severity", "warning"), 1), (("--severity", "note"), 1)])
def test_the_exit_status_is_that_of_the_severity_asked_for(base_of, severity, status):
    result = call(base_of(OFF, RIGHT), *severity)
    assert result.exit_code == status
    assert ("“98/127 bản (60%)”" in result.stdout) == bool(status)
    assert ("listed with --severity" in result.stdout) != bool(status)


def test_the_limit_is_of_what_is_listed_not_of_what_is_found(base_of):
    result = call(base_of(TOO_MANY, OFF), "--severity", "note", "--limit", "1")
    assert result.exit_code == 1
    assert "1 error, 1 warning" in result.stdout
    assert result.stdout.endswith("\n... and 1 more: --limit shows more\n")
    assert "percent-off:" not in result.stdout


def test_json_has_counts_and_findings(base_of):
    result = call(base_of(TOO_MANY, OFF), "--severity", "warning", "--format", "json")
    told = json.loads(result.stdout)
    assert told["facts"] == 2
    assert told["severities"] == {"error": 1, "warning": 1, "note": 0}
    assert told["checks"][0] == {"check_id": "numerator-over-total", "severity": "error", "findings": 1}
    first = told["findings"][0]
    assert (first["severity"], first["value"], first["total"], first["province"]) == ("error", 130, 127, "Lạng Sơn")
    assert (first["quote"], first["document"], first["other"]) == ("130/127 thôn", "bai-1", None)
    assert len(told["findings"]) == 2


def test_csv_is_safe_to_open_in_a_spreadsheet(base_of):
    result = call(base_of(TOO_MANY, title='=HYPERLINK("x")'), "--format", "csv")
    [row] = csv.DictReader(io.StringIO(result.stdout))
    assert (row["check"], row["value"], row["total"]) == ("numerator-over-total", "130", "127")
    assert row["title"] == '\'=HYPERLINK("x")'


def test_csv_without_findings_has_its_head(base_of):
    result = call(base_of(RIGHT), "--format", "csv")
    assert result.exit_code == 0
    assert result.stdout.startswith("severity,check,message,fact,other,province,")
    assert result.stdout.count("\n") == 1


def test_titles_cannot_steer_the_terminal(base_of):
    result = call(base_of(TOO_MANY, title="Gọn \x1b[31m\nbộ máy\u202e"))
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout
    assert "    Gọn  [31m bộ máy" in result.stdout


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_base_that_may_only_be_read_is_checked_and_nothing_kept(base_of, monkeypatch, form):
    path = base_of(TOO_MANY, OFF)
    listed = call(path, "--severity", "warning", "--format", form).stdout
    with FactBase.open(path) as base, base.transaction() as execute:
        execute("DELETE FROM findings")

    def refused(_base):
        raise UnwritableStoreError(f"{path} is read-only. Make the file and its folder writable, or copy it")

    monkeypatch.setattr("tinhgon.compare.checks.run_checks", refused)
    result = call(path, "--severity", "warning", "--format", form)
    assert result.exit_code == 1
    assert result.stdout == listed
    assert result.stderr.startswith("The findings are not kept: ")
    assert kept(path) == []


def test_a_file_that_cannot_be_used_is_told_in_one_line(tmp_path, base_of):
    plain = tmp_path / "notes.db"
    plain.write_text("not a database")
    for arguments, said in (((plain,), "not an SQLite database"), ((tmp_path / "none.db",), "does not exist")):
        result = call(*arguments)
        assert result.exit_code == 2
        assert said in result.stderr
        assert "Traceback" not in result.output
    assert call(base_of(RIGHT), "--severity", "grave").exit_code == 2


def test_help_tells_the_exit_status_and_an_example():
    told = call("--help").stdout
    assert "The exit status is 0" in told
    assert "tinhgon check outputs/facts.db --severity warning" in told
