"""``--min-confidence`` of compare and export, and the confidence that explain tells."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tinhgon.cli import tinhgon
from tinhgon.records import Area, Claims, Document, Fact, Provenance, Span
from tinhgon.store import FactBase

TEXT = "Đến nay, Bến Tre có 98 xã, Long An có 21 xã bí thư kiêm chủ tịch."
POSTS = ("--measure", "concurrent_posts")


def fact(piece: str, province: str, value: float, confidence: float | None) -> Fact:
    start = TEXT.index(piece)
    why = Provenance((Span(start, start + len(piece), piece),), Span(0, len(TEXT), TEXT))
    area = Area(province)
    return Fact("concurrent_posts", "commune", why, value=value, level="commune", area=area, confidence=confidence)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A sure fact of Bến Tre and a doubtful one of Long An."""
    path = tmp_path / "facts.db"
    facts = (fact("98 xã", "Bến Tre", 98, 0.97), fact("21 xã", "Long An", 21, 0.62))
    with FactBase.open(path, create=True) as base:
        run = base.begin_run("0.1.0", "", {})
        base.add([Claims(Document("bai-1", TEXT, ()), facts=facts)], run=run, patterns_hash="", version="0.1.0")
    return path


def call(*arguments: object) -> Result:
    return CliRunner().invoke(tinhgon, [str(argument) for argument in arguments])


def ok(*arguments: object) -> str:
    result = call(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def compared(db: Path, *more: object) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(ok("compare", db, *POSTS, "--format", "csv", *more))))


def test_compare_shows_how_sure_each_number_is(db: Path) -> None:
    assert [(row["place"], float(row["confidence"])) for row in compared(db)] == [("Bến Tre", 0.97), ("Long An", 0.62)]


@pytest.mark.parametrize(
    ("least", "places"), [("0", ["Bến Tre", "Long An"]), ("0.62", ["Bến Tre", "Long An"]), ("0.9", ["Bến Tre"])]
)
def test_compare_leaves_out_what_is_less_sure(db: Path, least: str, places: list[str]) -> None:
    assert [row["place"] for row in compared(db, "--min-confidence", least)] == places


def test_compare_says_so_where_nothing_is_that_sure(db: Path) -> None:
    result = call("compare", db, *POSTS, "--min-confidence", "1")
    assert result.exit_code == 0
    assert "No fact answers this" in result.stderr


@pytest.mark.parametrize(("asked", "values"), [((), [98, 21]), (("--min-confidence", "0.9"), [98])])
def test_export_leaves_out_what_is_less_sure(
    db: Path, tmp_path: Path, asked: tuple[str, ...], values: list[int]
) -> None:
    printed = ok("export", db, *asked)
    assert [item["value"] for item in json.loads(printed)["facts"]] == values
    ok("export", db, *asked, "-o", tmp_path / "facts.jsonl")
    assert (tmp_path / "facts.jsonl").read_text("utf-8") == printed


@pytest.mark.parametrize("command", [("compare", *POSTS), ("export",)])
@pytest.mark.parametrize("least", ["1.01", "-0.1", "90%", "cao"])
def test_a_confidence_is_a_share(db: Path, command: tuple[str, ...], least: str) -> None:
    name, *more = command
    result = call(name, db, *more, "--min-confidence", least)
    assert result.exit_code == 2
    assert "--min-confidence" in result.stderr


def test_explain_shows_the_confidence(db: Path) -> None:
    told = {row["place"]: ok("explain", db, row["fact_id"]) for row in compared(db)}
    assert "confidence: 0.97" in told["Bến Tre"].splitlines()
    assert "confidence: 0.62" in told["Long An"].splitlines()
